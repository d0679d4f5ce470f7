//! What the mock store rejects, for every call that can be rejected in that way: the client parses each
//! error response into its typed problem, in any of the groups' formats.

use bigcommerce_client::Error;
use bigcommerce_mock::{Body, Fault};
use bigcommerce_tests::rows::Row;
use http::{
    StatusCode,
    header::{ACCEPT, CONTENT_TYPE, HeaderValue},
};
use serde_json::{Value, json};

use super::{Which, call, nothing_of, rows, shop::Shop};
use crate::conformance::way::Asking;

/// A way in which a call can be rejected.
struct Refused {
    why: &'static str,
    /// The statuses in V3 and V2.
    status: (u16, u16),
    /// Whether an endpoint can be rejected in this way.
    can: fn(&Row) -> bool,
    /// What is wrong with the request.
    spoil: fn(&mut Asking, &Row),
    /// Whether the error response names the fields.
    fields: bool,
}

/// A missing channel has an empty list of listings, missing listings are skipped, and deleting a missing
/// promotion succeeds. Any tax provider can be connected, and a channel without a template of its own loses
/// none.
const FORGIVEN: [&str; 8] = [
    "channel_listings.list",
    "channel_listings.create",
    "channel_listings.update",
    "promotions.delete",
    "email_templates.delete",
    "tax_provider_connections.get",
    "tax_provider_connections.update",
    "tax_provider_connections.delete",
];

/// A custom field can be updated partially: only the client requires the whole value.
const IN_PART: [&str; 1] = ["product_custom_fields.update"];

/// Whether a call is sent to the store's server, whose paths have versions.
fn at_the_store(row: &Row) -> bool {
    row.path.starts_with("/v")
}

const WAYS: &[Refused] = &[
    Refused {
        why: "without a token",
        status: (401, 401),
        can: |_| true,
        spoil: |asking, _| {
            asking.headers.remove("x-auth-token");
            asking.headers.remove("authorization");
        },
        fields: false,
    },
    Refused {
        why: "by a path that the catalogue does not have",
        status: (501, 501),
        can: at_the_store,
        spoil: |asking, _| {
            asking.target = format!("{}/of/nothing/at/all", asking.target[..3].to_owned())
        },
        fields: false,
    },
    Refused {
        why: "by a method that the catalogue does not have there",
        status: (501, 501),
        can: at_the_store,
        spoil: |asking, _| "PATCH".clone_into(&mut asking.method),
        fields: false,
    },
    Refused {
        why: "for a response in HTML",
        status: (406, 406),
        can: |row| at_the_store(row) && row.stream.is_none(),
        spoil: |asking, _| {
            asking
                .headers
                .insert(ACCEPT, HeaderValue::from_static("text/html"));
        },
        fields: false,
    },
    Refused {
        why: "for a record that is not there",
        status: (404, 404),
        can: |row| row.path.contains('{') && !FORGIVEN.contains(&row.id.as_str()),
        spoil: |asking, row| {
            let (own, sent) = (row.path.split('/'), asking.target.split('/'));
            let path: Vec<&str> = own
                .zip(sent)
                .map(|(own, sent)| if own.starts_with('{') { "999999" } else { sent })
                .collect();
            asking.target = path.join("/");
        },
        fields: false,
    },
    Refused {
        why: "for a body that is no JSON",
        status: (400, 400),
        can: sends,
        spoil: |asking, _| asking.body = "{\"name\":".into(),
        fields: false,
    },
    Refused {
        why: "for a body of another kind",
        status: (415, 415),
        can: sends,
        spoil: |asking, _| {
            asking
                .headers
                .insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        },
        fields: false,
    },
    Refused {
        why: "for a body that is a text",
        status: (422, 400),
        can: |row| sends(row) && row.id != "hosting_deployments.prepare_upload",
        spoil: |asking, _| asking.body = "\"a text\"".into(),
        fields: false,
    },
    Refused {
        why: "for a list in place of an object",
        status: (422, 400),
        can: |row| sends(row) && takes_an_object(row),
        spoil: |asking, _| {
            asking.body = format!("[{}]", String::from_utf8_lossy(&asking.body)).into()
        },
        fields: false,
    },
    Refused {
        why: "for a body without what is needed",
        status: (422, 400),
        can: |row| {
            let schema = row.json_schema.request.as_ref().filter(|_| sends(row));
            schema.is_some_and(|schema| !jsonschema::is_valid(schema, &nothing(row)))
                && !IN_PART.contains(&row.id.as_str())
        },
        spoil: |asking, row| asking.body = nothing(row).to_string().into(),
        fields: true,
    },
    Refused {
        why: "for a parameter that is no number",
        status: (422, 400),
        can: |row| number(row).is_some(),
        spoil: |asking, row| {
            let path = asking.target.split('?').next().unwrap_or_default();
            asking.target = format!("{path}?{}=many", number(row).unwrap_or_default());
        },
        fields: true,
    },
    Refused {
        why: "for too large a batch",
        status: (413, 413),
        can: |row| row.batch.is_some() && sends(row) && !takes_an_object(row),
        spoil: |asking, row| {
            let items: Vec<Value> = serde_json::from_slice(&asking.body).unwrap();
            let many: Value = items
                .into_iter()
                .cycle()
                .take(row.batch.unwrap() + 1)
                .collect();
            asking.body = many.to_string().into();
        },
        fields: false,
    },
    Refused {
        why: "for too many ids in its query",
        status: (422, 422),
        can: |row| names_in_query(row) && !row.errors.contains(&413),
        spoil: too_many_ids,
        fields: true,
    },
    Refused {
        why: "for too many ids in its query, where that is too large",
        status: (413, 413),
        can: |row| names_in_query(row) && row.errors.contains(&413),
        spoil: too_many_ids,
        fields: true,
    },
];

/// Whether a call has the ids of its records in its query, and accepts a limited number.
fn names_in_query(row: &Row) -> bool {
    row.batch.is_some() && !sends(row)
}

fn too_many_ids(asking: &mut Asking, row: &Row) {
    let path = asking.target.split('?').next().unwrap_or_default();
    let ids: Vec<String> = (0..=row.batch.unwrap()).map(|id| id.to_string()).collect();
    asking.target = format!("{path}?id:in={}", ids.join(","));
}

/// Whether a call with its required arguments has a body.
fn sends(row: &Row) -> bool {
    row.json_schema.request.is_some() && !row.optional_body
}

/// Whether a body is a single object.
fn takes_an_object(row: &Row) -> bool {
    let schema = row.json_schema.request.as_ref();
    schema.is_some_and(|schema| schema.get("$ref").is_some() || schema["type"] == "object")
}

/// An empty body, or a batch with one such item.
fn nothing(row: &Row) -> Value {
    match row
        .json_schema
        .request
        .as_ref()
        .map(|schema| &schema["type"])
    {
        Some(kind) if kind == "array" => json!([{}]),
        _ => json!({}),
    }
}

fn number(row: &Row) -> Option<&str> {
    let mut query = row.parameters.iter().filter(|one| one.place == "query");
    let number = query.find(|one| one.ty == "int" && one.role == "filter");
    number.map(|one| one.name.as_str())
}

/// The formats of error responses, by group and status.
fn forms() -> Value {
    let catalogue: Value = bigcommerce_tests::json("generated-client/docs/api.json");
    let groups = catalogue["groups"].as_array().unwrap().iter();
    let forms = groups.map(|group| {
        let name = group["name"].as_str().unwrap();
        (name.to_owned(), group["refusals"].clone())
    });
    Value::Object(forms.collect())
}

#[tokio::test]
async fn every_refusal_is_read_as_a_problem_that_says_why() {
    let shop = Shop::open().await;
    let forms = &forms();
    let mut found = Vec::new();
    for row in rows() {
        for way in WAYS.iter().filter(|way| (way.can)(row)) {
            shop.fit(row).await;
            let spoilt = row.clone();
            shop.way.also(move |asking| (way.spoil)(asking, &spoilt));
            let status = if row.path.starts_with("/v2/") {
                way.status.1
            } else {
                way.status.0
            };
            let reason = refusal(&shop, row, forms, status, way.fields).await;
            found.extend(reason.map(|reason| format!("{} {}: {reason}", row.id, way.why)));
        }
    }
    nothing_of(&found);
}

#[tokio::test]
async fn every_fault_is_read_as_a_problem_that_says_why() {
    let shop = Shop::open().await;
    let forms = &forms();
    let faults = [
        (429, Fault::limit(1)),
        (
            500,
            Fault::error(StatusCode::INTERNAL_SERVER_ERROR, Body::Json),
        ),
        (502, Fault::error(StatusCode::BAD_GATEWAY, Body::Html)),
        (
            503,
            Fault::error(StatusCode::SERVICE_UNAVAILABLE, Body::Json),
        ),
    ];
    let mut found = Vec::new();
    for (status, fault) in faults {
        for row in rows() {
            let shop = shop.anew();
            shop.store.faults().clear();
            shop.fit(row).await;
            shop.store.faults().add(fault.clone());
            let reason = refusal(&shop, row, forms, status, false).await;
            found.extend(reason.map(|reason| format!("{} by a fault: {reason}", row.id)));
        }
    }
    nothing_of(&found);
}

#[tokio::test]
async fn a_token_without_the_scope_is_refused_and_the_client_names_the_scope() {
    let shop = Shop::open().await;
    let forms = &forms();
    let bare = HeaderValue::try_from(shop.store.token_with([""; 0])).unwrap();
    let mut found = Vec::new();
    for row in rows().iter().filter(|row| at_the_store(row)) {
        shop.fit(row).await;
        let bare = bare.clone();
        shop.way.also(move |asking| {
            asking.headers.insert("x-auth-token", bare.clone());
        });
        let (sent, seen) = call(&shop, row, Which::Plain).await;
        let error = sent.failure.as_ref();
        let reason = said(row, forms, error, &seen.answer, 403, false);
        found.extend(reason.map(|reason| format!("{}: {reason}", row.id)));
        if error.and_then(Error::missing_scope).is_none() {
            found.push(format!("{} names no scope: {error:?}", row.id));
        }
    }
    nothing_of(&found);
}

/// What is wrong with how a call is rejected.
async fn refusal(
    shop: &Shop,
    row: &Row,
    forms: &Value,
    status: u16,
    fields: bool,
) -> Option<String> {
    let (sent, seen) = call(shop, row, Which::Plain).await;
    said(
        row,
        forms,
        sent.failure.as_ref(),
        &seen.answer,
        status,
        fields,
    )
}

fn said(
    row: &Row,
    forms: &Value,
    error: Option<&Error>,
    answer: &[u8],
    status: u16,
    fields: bool,
) -> Option<String> {
    let answer = String::from_utf8_lossy(answer);
    let Some(error) = error else {
        return Some(format!("is no refusal: {answer}"));
    };
    if error.status().map(|status| status.as_u16()) != Some(status) {
        return Some(format!("is not {status}: {error} {answer}"));
    }
    let group = row.id.split('.').next().unwrap();
    if forms[group][status.to_string()] == "empty" {
        let silent = answer.is_empty() && error.problem().is_none();
        return (!silent).then(|| format!("should say nothing: {answer}"));
    }
    let Some(problem) = error.problem() else {
        return Some(format!("has no problem: {answer}"));
    };
    // An error response in this format cannot name fields.
    let fields = fields && forms[group][status.to_string()] != "errors";
    let titled = problem
        .title
        .as_deref()
        .is_some_and(|title| !title.trim().is_empty());
    if !titled || fields && problem.fields.is_empty() {
        return Some(format!("does not say enough: {problem:?} of {answer}"));
    }
    None
}
