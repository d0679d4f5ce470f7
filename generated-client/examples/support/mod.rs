//! What examples share: the store that the environment names, and how they tell what went wrong.

#![allow(dead_code, reason = "not every example uses all of it")]

use std::{env, process::ExitCode};

use bigcommerce_client::{Client, value::Date};

/// Why a program gives up. Its message is a sentence for people, and never contains the token.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The store that `STORE_HASH` and `ACCESS_TOKEN` name. `BASE_URL` points to another host than
/// BigCommerce's own, such as a mock store on this machine.
pub fn connect() -> Result<Client, Failure> {
    let mut store = Client::builder(variable("STORE_HASH")?, variable("ACCESS_TOKEN")?);
    if let Ok(url) = env::var("BASE_URL") {
        store = store.base_url(url);
    }
    Ok(store.build()?)
}

/// The command-line arguments. If help is requested, it is printed and the program ends successfully.
pub fn arguments(usage: &str) -> Vec<String> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments
        .iter()
        .any(|given| given == "--help" || given == "-h")
    {
        println!("usage: {usage}");
        std::process::exit(0);
    }
    arguments
}

/// For a program without arguments.
pub fn no_arguments(usage: &str) -> Result<(), Failure> {
    match arguments(usage).first() {
        Some(given) => Err(format!("{given} means nothing here; usage: {usage}").into()),
        None => Ok(()),
    }
}

/// Whether a flag was given, and the other arguments.
pub fn flag(mut arguments: Vec<String>, name: &str) -> (bool, Vec<String>) {
    let before = arguments.len();
    arguments.retain(|argument| argument != name);
    (arguments.len() < before, arguments)
}

/// The value of an option, and the other arguments.
pub fn option(
    mut arguments: Vec<String>,
    name: &str,
) -> Result<(Option<String>, Vec<String>), Failure> {
    let Some(at) = arguments.iter().position(|argument| argument == name) else {
        return Ok((None, arguments));
    };
    arguments.remove(at);
    if arguments.get(at).is_none_or(|value| value.starts_with('-')) {
        return Err(format!("{name} wants something behind it").into());
    }
    let value = arguments.remove(at);
    Ok((Some(value), arguments))
}

/// The only argument that is not a flag.
pub fn one(arguments: &[String]) -> Option<&String> {
    match arguments {
        [one] if !one.starts_with('-') => Some(one),
        _ => None,
    }
}

/// A required environment variable.
pub fn variable(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(|_| format!("set the variable {name}").into())
}

/// How the program ends: an error is printed, with the fields that the API named.
pub fn ended(outcome: Result<ExitCode, Failure>) -> ExitCode {
    let error = match outcome {
        Ok(code) => return code,
        Err(error) => error,
    };
    match error.downcast_ref::<bigcommerce_client::Error>() {
        Some(refused) => eprintln!("{}", told(refused)),
        None => eprintln!("{error}"),
    }
    ExitCode::FAILURE
}

/// The error of a call, and the fields that the API named, each on its own line.
pub fn told(error: &bigcommerce_client::Error) -> String {
    let problems = error.problems().iter().flat_map(|problem| &problem.fields);
    let fields = problems.map(|refused| format!("\n  {}: {}", refused.field, refused.message));
    format!("{error}{}", fields.collect::<String>())
}

/// Success if everything was accepted.
pub fn exit(all_taken: bool) -> ExitCode {
    if all_taken {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A date in the format year, month and day.
pub fn day(text: &str) -> Result<String, Failure> {
    let day = Date::from_wire(text).date().map(|day| day.to_string());
    day.ok_or_else(|| format!("{text} is not a date; write it as 2026-01-31").into())
}
