//! Calls for any number of items, built on an endpoint that accepts some at a time.

use super::{
    docs, examples,
    print::{Text, literal},
    request::arguments,
    ty,
};
use crate::{
    model::{All, Answer, Api, Endpoint, Shape, Ty},
    words,
};

/// Prints the method of a handle, for an endpoint that has such a call. `reader` has the client.
pub(super) fn method(body: &mut Text, api: &Api, endpoint: &Endpoint, reader: &str) {
    let Some(all) = &endpoint.all else { return };
    let All {
        name,
        by,
        field,
        unclear,
    } = all;
    let by = by.and_then(|at| endpoint.query.get(at));
    let sent = endpoint.body.as_ref().map(|body| body.item());
    let within = field.as_ref().map(|field| &field.item);
    let Some(item) = by.map(|it| &it.ty).or(within).or(sent) else {
        return;
    };
    let is_text = matches!(item, Ty::Text | Ty::Uuid);
    let item = ty::value(api, item, None);
    let (answered, read) = answer(api, endpoint);
    // All arguments but the last, which is the items or the body with them, are path parameters.
    let mut paths = arguments(api, endpoint);
    let whole = field.as_ref().and_then(|_| paths.pop());
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
    // Strings are taken as a single call takes them.
    let texts = whole.is_none() && is_text;
    taken.push(match &whole {
        Some(body) => format!("{}: {}", body.name, body.taken),
        None if texts => format!("items: impl IntoIterator<Item = impl Into<{item}>>"),
        None => format!("items: impl IntoIterator<Item = {item}>"),
    });
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
        if texts {
            body.line(&format!(
                "let items = items.into_iter().map(Into::<{item}>::into);"
            ));
        }
        let made = match (by, field, &whole) {
            (Some(it), ..) => {
                let made = match it.shape {
                    Shape::Each => "exploded",
                    _ => "ids",
                };
                format!("Bulk::{made}(call, {}, items, {read})", literal(&it.wire))
            }
            (None, Some(field), Some(whole)) => {
                let (wire, rust) = (literal(&field.wire), &field.rust);
                format!(
                    "Bulk::within(call, {}, {wire}, |body| &mut body.{rust}, {read})",
                    whole.name
                )
            }
            _ => format!("Bulk::bodies(call, items, {read})"),
        };
        let unclear = if *unclear { ".unclear()" } else { "" };
        body.line(&(made + unclear));
    });
}

/// The type that the API returns for each item, and how to read it.
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
            "{} Accepts any number of items, {sent}.",
            docs::prose(&endpoint.does)
        ),
        String::new(),
        format!(
            "Built on [`{call}`]({handle}::{call}); the report gives the result of each item.",
            call = endpoint.call,
        ),
    ];
    if let Some(undivided) = words::undivided(endpoint, all) {
        lines.extend([String::new(), undivided]);
    }
    lines.extend(examples::of_all(api, endpoint));
    lines
}
