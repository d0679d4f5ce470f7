//! What examples share: the store that the environment names, their arguments, and how they report errors.

#![allow(dead_code, reason = "not every example uses all of it")]

use std::{
    env, io, panic,
    process::{self, ExitCode},
};

use bigcommerce_client::{Client, bulk::Fate, value::Date};

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

/// The command-line arguments. If help is requested, it is printed and the program ends successfully. From here
/// on, the program ends without a message when nobody reads its output any more.
pub fn arguments(usage: &str) -> Vec<String> {
    expect_closed_pipes();
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments
        .iter()
        .any(|given| given == "--help" || given == "-h")
    {
        println!("usage: {usage}");
        process::exit(0);
    }
    arguments
}

/// For a program without arguments.
pub fn no_arguments(usage: &str) -> Result<(), Failure> {
    match arguments(usage).first() {
        Some(given) => Err(format!("unexpected argument {given}; usage: {usage}").into()),
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
        return Err(format!("{name} needs a value").into());
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
    env::var(name).map_err(|_| format!("set the environment variable {name}").into())
}

/// The exit code of a program whose output nobody reads any more, as in `| head -1`: the one that shells report for
/// programs that the signal SIGPIPE ends.
const UNREAD: u8 = 141;

/// Ends the program without a message, instead of in a panic, when it prints something that nobody reads.
fn expect_closed_pipes() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let message = info.payload().downcast_ref::<String>();
        let message = message.filter(|message| message.starts_with("failed printing to "));
        // The message ends in the error of the operating system: `Broken pipe (os error 32)`.
        let code = message.and_then(|it| it.rsplit_once("(os error ")?.1.strip_suffix(')'));
        match code.and_then(|code| code.parse::<i32>().ok()) {
            Some(code) if is_unread(&io::Error::from_raw_os_error(code)) => {
                process::exit(UNREAD.into());
            }
            _ => usual(info),
        }
    }));
}

fn is_unread(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// Whether the program failed because nobody reads its output any more. A broken connection to the API, which is an
/// error of a call, does not count.
pub fn is_of_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    match error.downcast_ref::<csv::Error>().map(csv::Error::kind) {
        Some(csv::ErrorKind::Io(error)) => is_unread(error),
        Some(_) => false,
        None => error.downcast_ref::<io::Error>().is_some_and(is_unread),
    }
}

/// What `main` returns if nobody reads the output of the program any more.
pub fn unread() -> ExitCode {
    ExitCode::from(UNREAD)
}

/// How the program ends: an error is printed, with the fields that the API named.
pub fn ended(outcome: Result<ExitCode, Failure>) -> ExitCode {
    let error = match outcome {
        Ok(code) => return code,
        Err(error) if is_of_closed_pipe(&*error) => return unread(),
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

/// The result of one change of a bulk call.
pub fn fate<T>(fate: &Fate<T>) -> String {
    match fate {
        Fate::Done(_) => "updated".to_owned(),
        Fate::Refused(problem) => {
            let fields = problem.fields.iter();
            let fields = fields.map(|field| format!("; {}: {}", field.field, field.message));
            let title = problem.title.as_deref().unwrap_or("no reason given");
            format!("refused: {title}{}", fields.collect::<String>())
        }
        Fate::Failed(error) => format!("failed: {error}"),
        Fate::Unclear(_) => {
            "perhaps not updated: some items of its batch failed, and the API did not say which"
                .to_owned()
        }
        _ => "not sent".to_owned(),
    }
}

/// Success if everything was accepted.
pub fn exit(is_complete: bool) -> ExitCode {
    if is_complete {
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
