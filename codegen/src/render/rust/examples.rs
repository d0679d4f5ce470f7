//! The examples in the docs of calls and types.

use crate::{
    model::{
        Api, Call, Endpoint, Narrowed, TypeDef, call, call_narrowed, call_of_all, call_of_job,
        field_name, sample_of_type,
    },
    render::rust_text::{self, Bare, CRATE, Speller, formatted},
};

/// The end of the example of a call.
const END: [&str; 2] = ["# );", "```"];

/// The example under an endpoint's method.
pub(super) fn of_request(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    plain(api, &call(api, endpoint), endpoint)
}

/// The example of the method that narrows a handle to a single resource.
pub(super) fn of_narrowed(api: &Api, endpoint: &Endpoint, narrowed: &Narrowed) -> Vec<String> {
    plain(api, &call_narrowed(api, endpoint, narrowed), endpoint)
}

/// A call with nothing after it.
fn plain(api: &Api, call: &Call<'_>, endpoint: &Endpoint) -> Vec<String> {
    let mut lines = of_call(api, call, endpoint);
    lines.extend(END.map(str::to_owned));
    lines
}

/// The example of the call for any number of items.
pub(super) fn of_all(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let Some(call) = call_of_all(api, endpoint) else {
        return Vec::new();
    };
    let mut lines = of_call(api, &call, endpoint);
    lines.push("report.complete()?;".to_owned());
    lines.extend(END.map(str::to_owned));
    lines
}

/// The example of the call that waits for a job.
pub(super) fn of_job(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let Some(call) = call_of_job(api, endpoint) else {
        return Vec::new();
    };
    let mut lines = of_call(api, &call, endpoint);
    lines.push("println!(\"{:?}\", end.job());".to_owned());
    lines.extend(END.map(str::to_owned));
    lines
}

/// A call and its result, with the imported type of its body.
fn of_call(api: &Api, call: &Call<'_>, endpoint: &Endpoint) -> Vec<String> {
    let body = endpoint.body.as_ref().and_then(|body| body.item().named());
    let bare = body.map_or(Bare::None, |id| Bare::One(api.ty(id)));
    let mut speller = Speller::new(api, bare);
    let text = format!("store.{}.await?;", speller.call(call));
    let statement = match &call.result {
        Some(result) => format!("let {result} = {text}"),
        None => text,
    };
    let mut lines = vec![String::new(), "```no_run".to_owned()];
    for path in speller.uses {
        lines.extend([format!("use {path};"), String::new()]);
    }
    // It has the features of what it shows, so it names none.
    lines.push(format!("# {CRATE}::example!([] store:"));
    lines.extend(formatted(&statement));
    lines
}

/// The example of a written type.
pub(super) fn of_model(api: &Api, def: &TypeDef) -> Vec<String> {
    let Some(made) = sample_of_type(api, def) else {
        return Vec::new();
    };
    let value = Speller::new(api, Bare::One(def)).made(&made);
    let path = rust_text::of_type(api, def);
    let mut lines = vec![
        String::new(),
        "```".to_owned(),
        format!("use {path};"),
        String::new(),
    ];
    let binding = field_name(&def.schema);
    lines.extend(formatted(&format!("let {binding} = {value};")));
    lines.push("```".to_owned());
    lines
}

/// A link to the method that makes an endpoint's request.
pub(super) fn handle_link(api: &Api, endpoint: &Endpoint) -> String {
    let group = api.group(endpoint.group);
    let (full, reader) = api.handles_of(endpoint);
    let handle = if endpoint.writes { full } else { reader };
    format!(
        "[`{handle}::{call}`](crate::{}::{handle}::{call})",
        group.name,
        call = endpoint.call
    )
}
