//! The example of a call in Rust: a program that makes a client and calls, with imported types to keep the
//! call short.

use std::collections::BTreeSet;

use crate::{
    model::{Api, Call, Endpoint, call, call_of_all, call_of_job},
    render::rust_text::{Bare, CRATE, Speller, formatted},
};

/// The lines of an endpoint's example.
pub(super) fn text(api: &Api, endpoint: &Endpoint) -> String {
    written(api, &call(api, endpoint))
}

/// The lines of the example of its call for any number of items.
pub(super) fn of_all(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let call = call_of_all(api, endpoint)?;
    Some(written(api, &call))
}

/// The first program that a reader writes: what to install, and the shortest call.
pub(super) fn first(api: &Api, endpoint: &Endpoint) -> String {
    let install = format!(
        "// cargo add {} tokio --features tokio/full\n",
        CRATE.replace('_', "-")
    );
    install + &text(api, endpoint)
}

/// The lines of the example of the call that waits for its job.
pub(super) fn of_job(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let call = call_of_job(api, endpoint)?;
    Some(written(api, &call))
}

fn written(api: &Api, call: &Call<'_>) -> String {
    let mut speller = Speller::new(api, Bare::All);
    let spelled = speller.call(call);
    let bound = match &call.result {
        Some(name) => format!("let {name} = "),
        None => String::new(),
    };
    speller.uses.insert(format!("{CRATE}::Client"));
    let mut text = imports(&speller.uses);
    text += "\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {\n";
    text += "    let token = std::env::var(\"ACCESS_TOKEN\")?;\n";
    text += "    let store = Client::new(\"your-store-hash\", token)?;\n";
    for line in formatted(&format!("{bound}store.{spelled}.await?;")) {
        text += &format!("    {line}\n");
    }
    if let Some(name) = &call.result {
        text += &format!("    println!(\"{{{name}:?}}\");\n");
    }
    text + "    Ok(())\n}"
}

/// The paths as imports, combined by module.
fn imports(paths: &BTreeSet<String>) -> String {
    let mut modules: Vec<(&str, Vec<&str>)> = Vec::new();
    for path in paths {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        match modules.iter_mut().find(|(known, _)| *known == module) {
            Some((_, names)) => names.push(name),
            None => modules.push((module, vec![name])),
        }
    }
    let mut text = String::new();
    for (module, names) in modules {
        let all = names.join(", ");
        text += &match names.as_slice() {
            [name] => format!("use {module}::{name};\n"),
            _ if module.len() + all.len() < 88 => format!("use {module}::{{{all}}};\n"),
            _ => format!("use {module}::{{\n{}\n}};\n", folded(&names)),
        };
    }
    text
}

/// Names in indented lines.
fn folded(names: &[&str]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() < 96 => *line += &format!(" {name},"),
            _ => lines.push(format!("    {name},")),
        }
    }
    lines.join("\n")
}
