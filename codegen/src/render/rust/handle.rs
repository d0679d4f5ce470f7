//! Handles: what `store.products()` returns. One type only reads; the other adds the writes and
//! dereferences to the first, so a reader can be handed out where nothing may be changed.

use super::{bulk, docs, examples, print::Text, request::arguments, ty};
use crate::model::{Api, Endpoint, Group};

/// The file of a group's handles.
pub(super) fn text(api: &Api, group: &Group) -> Text {
    let (handle, reader) = (&group.handle, &group.reader);
    let endpoints = api.endpoints_of(group);
    let mut body = Text::default();
    body.docs(&[format!(
        "The reading half of [`{handle}`]: no call here changes the store."
    )]);
    body.line("#[derive(Clone, Debug)]");
    body.block(&format!("pub struct {reader}"), |body| {
        body.line("client: Client,");
    });
    body.line("");
    body.block(&format!("impl {reader}"), |body| {
        body.block("pub(crate) fn new(client: &Client) -> Self", |body| {
            body.line("Self { client: client.clone() }");
        });
        for endpoint in endpoints.iter().filter(|it| !it.writes) {
            method(body, api, endpoint, "self.client");
        }
    });
    let mut lines = vec![docs::prose(&format!("{}: {}", group.title, group.does))];
    if !group.warning.is_empty() {
        lines.extend([String::new(), docs::prose(&group.warning)]);
    }
    lines.extend([
        String::new(),
        format!("Reads through [`{reader}`], to which it dereferences."),
    ]);
    body.line("");
    body.docs(&lines);
    body.line("#[derive(Clone, Debug)]");
    body.block(&format!("pub struct {handle}"), |body| {
        body.line(&format!("reader: {reader},"));
    });
    body.line("");
    body.block(&format!("impl {handle}"), |body| {
        body.block("pub(crate) fn new(client: &Client) -> Self", |body| {
            body.line(&format!("Self {{ reader: {reader}::new(client) }}"));
        });
        for endpoint in endpoints.iter().filter(|it| it.writes) {
            method(body, api, endpoint, "self.reader.client");
            bulk::method(body, api, endpoint);
        }
    });
    body.line("");
    body.block(&format!("impl std::ops::Deref for {handle}"), |body| {
        body.line(&format!("type Target = {reader};"));
        body.line("");
        body.block("fn deref(&self) -> &Self::Target", |body| {
            body.line("&self.reader");
        });
    });
    let mut text = Text::default();
    text.line("use super::requests;");
    ty::import(&mut text, &body, &["Client"], "");
    text.append(&body);
    text
}

fn method(body: &mut Text, api: &Api, endpoint: &Endpoint, client: &str) {
    let arguments = arguments(api, endpoint);
    let taken = arguments
        .iter()
        .map(|it| format!("{}: {}", it.name, it.taken));
    let taken: Vec<_> = std::iter::once("&self".to_owned()).chain(taken).collect();
    let passed = arguments.iter().map(|it| it.passed.clone());
    let passed: Vec<_> = std::iter::once(format!("&{client}"))
        .chain(passed)
        .collect();
    let request = format!("requests::{}", endpoint.request);
    body.line("");
    docs::endpoint(body, api, endpoint);
    body.docs(&examples::of_request(api, endpoint));
    if let Some(deprecated) = docs::deprecated_text(endpoint.deprecated.as_ref()) {
        body.line(&deprecated);
    }
    let (head, returns) = (
        format!("pub fn {}", endpoint.call),
        format!(" -> {request}"),
    );
    body.call_block(&head, &taken, &returns, |body| {
        body.call(&format!("{request}::new"), &passed, "");
    });
}
