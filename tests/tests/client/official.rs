//! The example bodies of the official descriptions, without their prose: each is read as the client's type
//! for its call and written again without a loss, or is listed here with the reason why it is wrong.

use std::fs;

use bigcommerce_client::Endpoint;
use bigcommerce_tests::{
    Trip,
    exact::{Merging, difference},
    generated::types::round_trip,
    root,
    rows::rows,
};
use serde::Deserialize;
use serde_json::value::RawValue;

const FOLDER: &str = "tests/data/official";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    /// The call, by its id.
    of: String,
    /// The status of the response, or `request`.
    at: String,
    /// Why the example is wrong, and how the client reports it.
    #[serde(default)]
    wrong: Option<Wrong>,
    body: Box<RawValue>,
}

/// The result of an example that shows something the API does not do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrong {
    why: String,
    /// A part of the error, if it is rejected.
    #[serde(default)]
    refused: Option<String>,
    /// The exact reports about values that their fields cannot represent.
    #[serde(default)]
    odd: Vec<String>,
    /// Whether it is the only item of a list, and nothing around it preserves that it came alone.
    #[serde(default)]
    is_alone: bool,
}

fn examples() -> Vec<Example> {
    let entries = fs::read_dir(root().join(FOLDER)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| -> Vec<Example> {
        let text = fs::read_to_string(file).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    files.iter().flat_map(read).collect()
}

/// What is wrong with how the client reads an example, if anything.
fn judge(example: &Example, path: &str) -> Result<(), String> {
    let body = example.body.get();
    let trip = round_trip(path, body.as_bytes()).ok_or(format!("there is no type {path}"))?;
    let wrong = example.wrong.as_ref();
    let refused = wrong.and_then(|it| it.refused.as_deref());
    let (encoded, same, oddities) = match (trip, refused) {
        (Trip::Refused(error), Some(part)) if error.contains(part) => return Ok(()),
        (Trip::Refused(error), _) => return Err(format!("refused: {error}")),
        (Trip::Done { .. }, Some(_)) => return Err("not refused".to_owned()),
        (
            Trip::Done {
                encoded,
                same,
                oddities,
                ..
            },
            None,
        ) => (encoded, same, oddities),
    };
    if wrong.map_or(&[][..], |it| &it.odd) != oddities {
        return Err(format!("these are told: {oddities:#?}"));
    }
    let encoded = String::from_utf8(encoded).map_err(|error| error.to_string())?;
    let written = match wrong {
        Some(wrong) if wrong.is_alone => format!("[{body}]"),
        _ => body.to_owned(),
    };
    match difference(&written, &encoded, Merging::Allowed).map_err(|error| error.to_string())? {
        Some(difference) => Err(format!("written as {encoded}: {difference}")),
        None if !same => Err(format!("reading {encoded} again gives another value")),
        None => Ok(()),
    }
}

#[test]
fn every_official_example_is_read_and_written_again_or_is_recorded_as_wrong() {
    let rows = rows();
    let mut wrong = Vec::new();
    for (number, example) in examples().iter().enumerate() {
        let place = format!("{number}: {} {}", example.of, example.at);
        if let Some(wrong) = &example.wrong {
            let Wrong {
                why, refused, odd, ..
            } = wrong;
            assert!(why.ends_with('.'), "{place}: the reason is a sentence");
            let shows = refused.is_some() || !odd.is_empty();
            assert!(shows, "{place}: nothing shows that it is wrong");
        }
        assert!(
            Endpoint::from_id(&example.of).is_some(),
            "{place}: no such call"
        );
        let row = rows.iter().find(|row| row.id == example.of).unwrap();
        let path = match example.at.as_str() {
            "request" => row.rust.request.as_deref(),
            _ => row.rust.response.as_deref(),
        };
        let judged = match path {
            Some(path) => judge(example, path),
            None => Err("the client has no type for it".to_owned()),
        };
        if let Err(why) = judged {
            wrong.push(format!("{place}:\n  {why}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
