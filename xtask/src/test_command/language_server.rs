//! Tests the JSON Schemas of the spec with the YAML language server, which VS Code also uses: it finds
//! them by the first line of a file, completes keys and reports unknown ones.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use super::{
    lsp::Server,
    step::{Outcome, Step},
    tools::{npm, skipped},
};
use crate::root;

const SERVER: &[&str] = &["yaml-language-server@1.25.0"];

/// A key that no file of the spec has, and the beginning of one that an endpoint may have.
const UNKNOWN: &str = "colour: red";
const BEGUN: &str = "part";

/// Checks that an editor completes and checks while typing.
pub fn step() -> Step {
    Step::new("an editor completes and checks the spec", check)
}

fn check() -> Result<Outcome, String> {
    let Some(bin) = npm("yaml-language-server", SERVER)? else {
        return skipped("yaml-language-server");
    };
    let mut server = Server::start(Command::new(bin.join("yaml-language-server")).arg("--stdio"))?;
    let settings = json!({ "yaml": {
        "validate": true, "completion": true, "schemaStore": { "enable": false },
    } });
    server.request(
        "initialize",
        json!({ "processId": null, "rootUri": uri(&root()), "capabilities": {} }),
    )?;
    server.notify("initialized", json!({}))?;
    server.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": settings }),
    )?;
    for file in files()? {
        let text =
            fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let told = opened(&mut server, &file, &text)?;
        if !told.is_empty() {
            return Err(format!("{}: {told:#?}", file.display()));
        }
    }
    let file = root().join("spec/groups/brands.yaml");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let at = text.lines().position(|line| line.starts_with("  - id: "));
    let at = at.ok_or("the brands have no endpoint")? + 1;
    // Next to it, so that nothing is reported twice. The server does not read the file that it receives.
    let group = |name| root().join("spec/groups").join(name);
    refuses(
        &mut server,
        &group("unknown.yaml"),
        &with(&text, at, UNKNOWN),
        at,
    )?;
    completes(
        &mut server,
        &group("begun.yaml"),
        &with(&text, at, BEGUN),
        at,
    )?;
    Ok(Outcome::Passed)
}

/// The files that people edit.
fn files() -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for folder in ["spec", "spec/groups", "spec/inbound", "spec/templates"] {
        let folder = root().join(folder);
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let paths = entries.flatten().map(|entry| entry.path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|it| it == "yaml")));
    }
    Ok(files)
}

/// The text with a line of an endpoint put before line `at`, counted from 0.
fn with(text: &str, at: usize, line: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let line = format!("    {line}");
    lines.insert(at, &line);
    lines.join("\n") + "\n"
}

/// What the server reports for a file with this text.
fn opened(server: &mut Server, file: &Path, text: &str) -> Result<Vec<Value>, String> {
    let document = json!({ "uri": uri(file), "languageId": "yaml", "version": 1, "text": text });
    server.notify("textDocument/didOpen", json!({ "textDocument": document }))?;
    let told = server.until(|message| {
        let about = message["method"] == "textDocument/publishDiagnostics";
        about && message["params"]["uri"] == uri(file)
    })?;
    let told = told["params"]["diagnostics"].as_array().cloned();
    Ok(told.unwrap_or_default())
}

fn refuses(server: &mut Server, file: &Path, text: &str, at: usize) -> Result<(), String> {
    let told = opened(server, file, text)?;
    let there = told.iter().any(|one| {
        let names = one["message"]
            .as_str()
            .is_some_and(|it| it.contains("colour"));
        names && one["range"]["start"]["line"] == at
    });
    there.then_some(()).ok_or(format!(
        "`{UNKNOWN}` is not reported on its line: {told:#?}"
    ))
}

fn completes(server: &mut Server, file: &Path, text: &str, at: usize) -> Result<(), String> {
    opened(server, file, text)?;
    let position = json!({ "line": at, "character": 4 + BEGUN.len() });
    let place = json!({ "textDocument": { "uri": uri(file) }, "position": position });
    let offered = server.request("textDocument/completion", place)?;
    let items = offered["items"].as_array().or(offered.as_array());
    let labels: Vec<&str> = items
        .into_iter()
        .flatten()
        .filter_map(|item| item["label"].as_str())
        .collect();
    let there = labels.contains(&"partial");
    there
        .then_some(())
        .ok_or(format!("`{BEGUN}` is completed by {labels:?}"))
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
