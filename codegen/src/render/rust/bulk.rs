//! Calls for any number of items, made of an endpoint that takes some at a time.

use super::{
    docs, examples,
    print::{Text, literal},
    request::arguments,
    ty,
};
use crate::model::{All, Answer, Api, Endpoint, Shape, Ty};

/// Prints the method of a handle, for an endpoint that has such a call. `reader` is what has the client.
pub(super) fn method(body: &mut Text, api: &Api, endpoint: &Endpoint, reader: &str) {
    let Some(all) = &endpoint.all else { return };
    let All { name, by } = all;
    let by = by.and_then(|at| endpoint.query.get(at));
    let sent = endpoint
        .body
        .as_ref()
        .map(|body| ty::value(api, body.item(), None));
    let Some(item) = by.map(|it| ty::value(api, &it.ty, None)).or(sent) else {
        return;
    };
    let (answered, read) = answer(api, endpoint);
    // All but the last argument, which is the items, stand in the path.
    let mut paths = arguments(api, endpoint);
    paths.truncate(endpoint.path_parameters.len());
    let mut call = format!(
        "Call::new(&{reader}.client, Endpoint::{})",
        endpoint.variant
    );
    let mut taken = vec!["&self".to_owned()];
    let held = api.held(endpoint);
    for it in &paths {
        if held.iter().any(|held| held.rust == it.name) {
            call += &it.chained_of(reader);
        } else {
            call += &it.chained();
            taken.push(format!("{}: {}", it.name, it.taken));
        }
    }
    taken.push(format!("items: impl IntoIterator<Item = {item}>"));
    body.line("");
    body.docs(&lines(api, endpoint, all));
    if let Some(deprecated) = docs::deprecated_text(endpoint.deprecated.as_ref()) {
        body.line(&deprecated);
    }
    let (head, returns) = (
        format!("pub fn {name}"),
        format!(" -> Bulk<{item}, {answered}>"),
    );
    body.call_block(&head, &taken, &returns, |body| {
        body.line(&format!("let call = {call};"));
        match by {
            Some(it) => {
                let made = match it.shape {
                    Shape::Each => "exploded",
                    _ => "ids",
                };
                let wire = literal(&it.wire);
                body.line(&format!("Bulk::{made}(call, {wire}, items, {read})"));
            }
            None => body.line(&format!("Bulk::bodies(call, items, {read})")),
        }
    });
}

/// What the API returns for each item, and the way to read it.
fn answer(api: &Api, endpoint: &Endpoint) -> (String, &'static str) {
    match &endpoint.answer {
        Answer::Outcome(Ty::List(item)) => (ty::value(api, item, None), "Call::outcome"),
        Answer::One(Ty::List(item)) => (ty::value(api, item, None), "Call::each"),
        Answer::Counts => ("()".to_owned(), "Call::each_counted"),
        _ => ("()".to_owned(), "Call::each_untold"),
    }
}

fn lines(api: &Api, endpoint: &Endpoint, all: &All) -> Vec<String> {
    let (full, reader) = api.handles_of(endpoint);
    let handle = if endpoint.writes { full } else { reader };
    let sent = docs::words(api).sent_in_bulk(endpoint, all);
    let mut lines = vec![
        format!(
            "{} Takes any number of items, {sent}.",
            docs::prose(&endpoint.does)
        ),
        String::new(),
        format!(
            "Built on [`{call}`]({handle}::{call}); the report gives the result of each item.",
            call = endpoint.call,
        ),
    ];
    lines.extend(examples::of_all(api, endpoint));
    lines
}
