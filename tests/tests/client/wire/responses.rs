//! Every form of a response: each success that the catalogue describes, and one without a body.

use bigcommerce_client::{Endpoint, Envelope, RawJson, json};
use bigcommerce_tests::{
    Trip, api,
    choices::Choices,
    generated::{calls::plain, types::round_trip},
    rows::{Row, rows},
    samples::Samples,
    server::{Answer, Server, store},
};

use super::{Called, Which, call_all, expected, nothing_of};

#[tokio::test]
async fn a_response_without_a_body_is_no_value_an_empty_one_or_an_error_that_says_so() {
    for Called { row, sent, .. } in call_all(Which::Plain).await {
        match (expected::kind(&row).as_str(), sent.error) {
            ("()", None) => assert_eq!(sent.value, "()", "{}", row.id),
            // No source describes its body.
            ("", None) => assert_eq!(sent.value, "null", "{}", row.id),
            ("Page {", None) => {
                assert!(
                    sent.value.starts_with("Page { items: []"),
                    "{}: {}",
                    row.id,
                    sent.value
                );
            }
            ("[" | "Outcome { value: [", None) => {
                assert!(sent.value.contains("[]"), "{}: {}", row.id, sent.value);
            }
            ("Outcome { value: Counts" | "Download {" | "EventStream {", None) => {}
            (_, None) if sent.value == "None" => {
                assert!(row.success.contains(&204), "{}", row.id);
            }
            (_, Some(error)) => {
                let says = "but its response is unexpectedly empty";
                assert!(error.contains(says), "{}: {error}", row.id);
            }
            (kind, None) => {
                // An object without required fields may be empty.
                let path = row.rust.response.as_deref().unwrap();
                let inner = path.strip_prefix("bigcommerce_client::Envelope<");
                let inner = inner.and_then(|inner| inner.strip_suffix('>'));
                let empty = round_trip(inner.unwrap_or(path), b"{}");
                let fits = !matches!(empty, Some(Trip::Refused(_)) | None);
                let named = sent.value.starts_with(kind);
                assert!(fits && named, "{}: {} is no {kind}", row.id, sent.value);
            }
        }
    }
}

#[tokio::test]
async fn every_answer_that_the_catalogue_describes_is_read_as_its_type() {
    let api = api();
    let samples = Samples::new(&api);
    let mut found = Vec::new();
    for row in rows() {
        let endpoint = Endpoint::from_id(&row.id).unwrap();
        let schema = row.json_schema.response.as_ref();
        let schema = schema.map(|schema| jsonschema::validator_for(schema).unwrap());
        let target = row
            .rust
            .response
            .as_deref()
            .map(|path| samples.target(path).unwrap());
        let bodies: Vec<Option<String>> = match target {
            Some(target) => {
                let body =
                    |seed| samples.body(&target, &mut Choices::new(&expected::numbers(seed)));
                (0..8).map(|seed| Some(body(seed))).collect()
            }
            None => vec![None],
        };
        let answers = bodies.iter().flat_map(|body| {
            let row = &row;
            let forms =
                move |status: &u16| (*status, body.clone().map(|body| form(row, *status, body)));
            row.success.iter().map(forms)
        });
        for (at, (status, body)) in answers.enumerate() {
            // The plainest body conforms to the schema; the others are odder than any schema allows.
            let plainest = at < row.success.len();
            if let (Some(body), Some(schema), true) = (&body, &schema, plainest) {
                let body = serde_json::from_str(body).unwrap();
                let errors = schema.iter_errors(&body).map(|error| error.to_string());
                found.extend(errors.map(|error| format!("{} {status}: {error}", row.id)));
            }
            if let Some((path, body)) = decoded_by(&row, status).zip(body.as_deref()) {
                let trip = round_trip(path, body.as_bytes()).unwrap();
                if let Trip::Refused(error) = trip {
                    found.push(format!("{} {status} as {path}: {error} in {body}", row.id));
                }
            }
            let answer = match &body {
                Some(body) if status != 204 => Answer::json(status, body.clone()),
                _ => Answer::empty(status),
            };
            let server = Server::script([answer]).await;
            let sent = plain(&store(&server), endpoint).await.unwrap();
            let kind = expected::kind(&row);
            // A value that a 204 can omit is an option.
            let optional = sent.value.strip_prefix("Some(");
            let optional = optional.filter(|_| row.success.contains(&204));
            let left_out = status == 204 && sent.value == "None";
            let is_kind = optional.unwrap_or(&sent.value).starts_with(&kind);
            if sent.status != Some(status) || !(left_out || is_kind) {
                let body = body.unwrap_or_default();
                found.push(format!(
                    "{} {status} as {kind}: {sent:?} from {body}",
                    row.id
                ));
            }
        }
    }
    nothing_of(found);
}

#[tokio::test]
async fn a_success_that_no_source_describes_may_have_no_body() {
    let error = r#"{"status":422,"title":"The payment cannot be captured"}"#;
    let answers = [
        Answer::empty(201),
        Answer::json(201, "{}"),
        Answer::json(201, error),
    ];
    let server = Server::script(answers).await;
    let store = store(&server);
    let actions = store.orders().payment_actions(118);
    for body in ["null", "{}"] {
        assert_eq!(actions.capture().await.unwrap().get(), body);
    }
    assert!(actions.capture().await.is_err());
}

/// The endpoints that return a value without an envelope, each with its type.
fn without_envelope(rows: &[Row]) -> impl Iterator<Item = (&Row, &str)> {
    let flat = rows.iter().filter(|row| {
        row.envelope == "flat" && row.pagination.is_none() && !row.success.contains(&207)
    });
    let with_type = flat.filter_map(|row| Some((row, row.rust.response.as_deref()?)));
    with_type.filter(|(_, path)| *path != "bigcommerce_client::RawJson")
}

#[tokio::test]
async fn a_value_in_an_unexpected_envelope_is_the_same_as_without_it() {
    let api = api();
    let samples = Samples::new(&api);
    let (rows, mut found, mut compared) = (rows(), Vec::new(), 0);
    for (row, path) in without_envelope(&rows) {
        let endpoint = Endpoint::from_id(&row.id).unwrap();
        let target = samples.target(path).unwrap();
        let status = *row.success.iter().find(|status| **status != 204).unwrap();
        for seed in 0..4 {
            let bare = samples.body(&target, &mut Choices::new(&expected::numbers(seed)));
            let enveloped = format!(r#"{{"data":{bare},"meta":{{}}}}"#);
            let bodies = [bare, enveloped.clone()];
            let server = Server::script(bodies.map(|body| Answer::json(status, body))).await;
            let client = store(&server);
            let alone = plain(&client, endpoint).await.unwrap();
            let wrapped = plain(&client, endpoint).await.unwrap();
            compared += usize::from(alone.status.is_some());
            if (wrapped.status, &wrapped.value) != (alone.status, &alone.value) {
                found.push(format!(
                    "{}: {wrapped:?} is not {} from {enveloped}",
                    row.id, alone.value
                ));
            }
        }
    }
    nothing_of(found);
    assert!(compared > 200, "only {compared} were compared");
}

#[test]
fn no_value_without_an_envelope_has_a_field_that_could_make_one_of_it() {
    let (rows, mut seen) = (rows(), 0);
    for (row, _) in without_envelope(&rows) {
        let schema = row.json_schema.response.as_ref().unwrap();
        let name = schema["$ref"].as_str().unwrap_or_default();
        let name = name.trim_start_matches("#/$defs/");
        if let Some(fields) = schema["$defs"][name]["properties"].as_object() {
            assert!(!fields.contains_key("data"), "{}", row.id);
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} are objects");
}

/// The body for a status: after a partial success, a single record may be in a list.
fn form(row: &Row, status: u16, body: String) -> String {
    if status != 207 || row.rust.partial.is_none() {
        return body;
    }
    let mut whole: Envelope<RawJson> = json::from_str(&body).unwrap();
    whole.data = whole
        .data
        .map(|data| RawJson::new(&format!("[{data}]")).unwrap());
    json::to_string(&whole)
}

/// The type that decodes the body of a success with this status.
fn decoded_by(row: &Row, status: u16) -> Option<&str> {
    let partial = row.rust.partial.as_deref().filter(|_| status == 207);
    partial
        .or(row.rust.response.as_deref())
        .filter(|_| status != 204)
}
