//! An endpoint in the Rust client: its call, the one for any number of items, and the one that waits for a job.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    model::{self, Api},
    render::rust_text::{self, Bare, Speller},
};

/// Where an endpoint is in the Rust client.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Rust {
    /// The call on the client, with sample arguments.
    call: String,
    /// The type of the body; null if there is none.
    request: Option<String>,
    /// The type that decodes the whole body of a success; null if there is none.
    response: Option<String>,
    /// The type of the data of an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    /// The type that decodes the whole body of a 207, if it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<String>,
}

/// A call for any number of items: it is split into as many calls of the endpoint as necessary, and reports
/// the result of each item.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct All<'a> {
    /// Its name in the Rust client.
    name: &'a str,
    /// The query parameter for the items; null if they are in the body.
    by: Option<&'a str>,
    /// The field of the body with the array for the items, if they are not the whole body.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// Whether no source says what happens to the other items of a batch if one is rejected.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unclear: bool,
    /// The call on the client, with sample arguments.
    call: String,
}

/// How to wait for a job: the endpoint is polled until the job has ended. If it returns events, they are followed
/// instead, and it is called again each time they end.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Job<'a> {
    /// The name of the call in the Rust client.
    name: &'a str,
    /// The query parameter that selects the job in a list; null if it is returned alone or in events.
    by: Option<&'a str>,
    /// The field with the state of the job.
    status: &'a str,
    /// The values of that field when the job is done.
    done: &'a [String],
    /// The values of that field when the job has failed.
    failed: &'a [String],
    /// The call on the client, with sample arguments.
    call: String,
}

/// Where a field that is null or missing in a response gets its value.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Inherits<'a> {
    /// From the same call without this query parameter.
    Without(&'a str),
    /// From the call of the same group with this method in the Rust client.
    From(&'a str),
}

impl Rust {
    pub(super) fn of(api: &Api, endpoint: &model::Endpoint) -> Self {
        Self {
            call: spelled(api, &model::call(api, endpoint)),
            request: rust_text::of_request(api, endpoint),
            response: rust_text::of_response(api, endpoint),
            event: rust_text::of_event(api, endpoint),
            partial: rust_text::of_partial(api, endpoint),
        }
    }
}

impl<'a> All<'a> {
    pub(super) fn of(api: &Api, endpoint: &'a model::Endpoint) -> Option<Self> {
        let all = endpoint.all.as_ref()?;
        let by = all.by.and_then(|at| endpoint.query.get(at));
        Some(Self {
            name: &all.name,
            by: by.map(|parameter| &*parameter.wire),
            field: all.field.as_ref().map(|field| &*field.wire),
            unclear: all.unclear,
            call: spelled(api, &model::call_of_all(api, endpoint)?),
        })
    }
}

impl<'a> Job<'a> {
    pub(super) fn of(api: &Api, endpoint: &'a model::Endpoint) -> Option<Self> {
        let job = endpoint.job.as_ref()?;
        let by = job
            .by
            .as_ref()
            .and_then(|by| endpoint.query.get(by.parameter));
        Some(Self {
            name: &job.name,
            by: by.map(|parameter| &*parameter.wire),
            status: &job.status,
            done: &job.done,
            failed: &job.failed,
            call: spelled(api, &model::call_of_job(api, endpoint)?),
        })
    }
}

impl<'a> Inherits<'a> {
    pub(super) fn of(inherits: &'a model::Inherits) -> Self {
        match inherits {
            model::Inherits::Without(parameter) => Self::Without(parameter),
            model::Inherits::From { call, .. } => Self::From(call),
        }
    }
}

fn spelled(api: &Api, call: &model::Call<'_>) -> String {
    Speller::new(api, Bare::None).call(call)
}
