//! The expected form of a call with the sample arguments, derived from the catalogue alone.

use std::sync::LazyLock;

use bigcommerce_tests::{
    api,
    rows::{Parameter, Row},
};
use codegen::model::{Api, Sample, sample_of_parameter};

const UUID: &str = "9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11";

/// The path below the store, with its parameters filled in.
pub fn path(row: &Row) -> String {
    let mut path = row.path.clone();
    for parameter in row
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "path")
    {
        path = path.replace(&format!("{{{}}}", parameter.name), &value(row, parameter));
    }
    assert!(
        !path.contains(['{', '}']),
        "{}: {path} has unknown parameters",
        row.id
    );
    path
}

/// The names and values of the query, encoded.
pub fn query(row: &Row) -> Vec<(String, String)> {
    let parameters = row
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "query");
    parameters
        .map(|parameter| (parameter.name.clone(), value(row, parameter)))
        .collect()
}

/// The beginning of the result's `Debug` output.
pub fn kind(row: &Row) -> String {
    if row.pagination.is_some() {
        return "Page {".to_owned();
    }
    match row.stream.as_deref() {
        Some("file") => return "Download {".to_owned(),
        Some("events") => return "EventStream {".to_owned(),
        _ => {}
    }
    let Some(response) = &row.rust.response else {
        return "()".to_owned();
    };
    if row.envelope == "meta" {
        return "Outcome { value: Counts".to_owned();
    }
    let inner = response.strip_prefix("bigcommerce_client::Envelope<");
    let inner = inner
        .and_then(|inner| inner.strip_suffix('>'))
        .unwrap_or(response);
    let value = match inner {
        // It is shown as its JSON.
        "bigcommerce_client::RawJson" if row.envelope == "flat" => return String::new(),
        // A number is shown as its digits.
        "i64" => return String::new(),
        // Only the success counts.
        "bigcommerce_client::RawJson" => return "()".to_owned(),
        inner if inner.starts_with("Vec<") => "[",
        // Either one or several.
        inner if inner.starts_with("bigcommerce_client::OneOrMany<") => "",
        inner => inner.rsplit("::").next().unwrap(),
    };
    if row.success.contains(&207) {
        format!("Outcome {{ value: {value}")
    } else {
        value.to_owned()
    }
}

/// Numbers that are the same in every run.
pub fn numbers(seed: u32) -> Vec<u32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    // Without numbers the body is the plainest one.
    (0..seed * 40).map(|_| next()).collect()
}

/// The sample argument of a parameter, encoded.
fn value(row: &Row, parameter: &Parameter) -> String {
    match (
        parameter.role.as_str(),
        parameter.ty.as_str(),
        parameter.form.as_str(),
    ) {
        ("sort", ..) => sort(row, parameter),
        (_, "bool", "flag") => "1".to_owned(),
        ("page", "int", _) => "7".to_owned(),
        (_, "bool", _) => "true".to_owned(),
        (_, "int", _) => {
            let end = |name: &str| parameter.json_schema[name].as_i64();
            // Nothing is its own parent.
            let usual = match parameter.name.split(':').next() {
                Some("parent_id") => 23,
                _ => 118,
            };
            let least = end("minimum").map_or(usual, |end| end.max(usual));
            end("maximum")
                .map_or(least, |end| end.min(least))
                .to_string()
        }
        (_, "decimal", _) => "25".to_owned(),
        (_, "datetime", _) => "2026-01-31T12%3A00%3A00Z".to_owned(),
        (_, "uuid", _) => UUID.to_owned(),
        (_, "string", _) => encoded(&text(row, parameter)),
        _ => match &parameter.json_schema["enum"][0] {
            serde_json::Value::String(text) => encoded(text),
            number => number.to_string(),
        },
    }
}

/// The string that samples have for a parameter.
fn text(row: &Row, parameter: &Parameter) -> String {
    static API: LazyLock<Api> = LazyLock::new(api);
    let mut endpoints = API.endpoints.iter();
    let endpoint = endpoints.find(|one| one.id == row.id).unwrap();
    let mut all = endpoint.path_parameters.iter().chain(&endpoint.query);
    let own = all.find(|one| one.wire == parameter.name).unwrap();
    let sample = match sample_of_parameter(&API, endpoint, own) {
        Sample::List(mut items) => items.remove(0),
        sample => sample,
    };
    match sample {
        Sample::Text(text) | Sample::Id(text) => text,
        other => panic!("{}, {}: {other:?} is no string", row.id, parameter.name),
    }
}

fn sort(row: &Row, parameter: &Parameter) -> String {
    let sort = row.sort.as_ref().unwrap();
    match (parameter.name.as_str(), sort.direction.as_str()) {
        ("direction", _) => "desc".to_owned(),
        (_, "joined") => format!("{}:desc", sort.by[0]),
        _ => sort.by[0].clone(),
    }
}

fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    let bytes = text.bytes().map(|byte| match plain(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    bytes.collect()
}
