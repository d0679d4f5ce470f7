//! The module with all groups, and the methods with which a client returns their handles.

use super::{
    docs,
    emit::Source,
    facts::constant,
    group::whole_gate,
    print::{Text, literal},
    source,
};
use crate::{
    model::{Api, Group, Home},
    words::uncapital,
};

/// The parameters of a group's method, if the group has its own server.
const TOKEN: &str = "token: impl Into<secrecy::SecretString>";

/// The files at the root of the generated tree.
pub(super) fn sources(api: &Api) -> Vec<Source<'_>> {
    vec![
        source("mod.rs".to_owned(), "", move || root(api)),
        source("handles.rs".to_owned(), "", move || handles(api)),
    ]
}

fn root(api: &Api) -> Text {
    let mut text = Text::default();
    text.module_docs(&["Everything that is generated from the spec.".to_owned()]);
    source_url(&mut text, api);
    error_bodies(&mut text, api);
    text.line("mod catalogue;");
    text.line("mod handles;");
    text.line("pub mod events;");
    text.line("pub mod shared;");
    for group in &api.groups {
        if let Some(feature) = whole_gate(api, Home::Group(group.id)) {
            text.line(&format!("#[cfg(feature = \"{feature}\")]"));
        }
        text.line(&format!("pub mod {};", group.name));
    }
    text.line("");
    text.line("pub use self::catalogue::{Endpoint, Event, Group, Scope, provenance, service};");
    text
}

/// The URL of a file of the official description: the revision is written only here.
fn source_url(text: &mut Text, api: &Api) {
    let Some((before, after)) = api.source_address() else {
        return;
    };
    let (before, after) = (literal(before), literal(after));
    let reason = "reason = \"not every set of groups has endpoints\"";
    text.line("/// The URL of a file of the official description.");
    text.line(&format!("#[allow(unused_macros, {reason})]"));
    text.block("macro_rules! source_url", |text| {
        text.line(&format!(
            "($file:literal) => {{ concat!({before}, $file, {after}) }};"
        ));
    });
    text.line(&format!("#[allow(unused_imports, {reason})]"));
    text.line("pub(crate) use source_url;");
    text.line("");
}

/// The usual error bodies, for the documentation of the type that they are parsed into.
fn error_bodies(text: &mut Text, api: &Api) {
    let usual = literal(&docs::words(api).usual_error_bodies().join("\n"));
    text.line("/// The usual body of an error response, by version of the API.");
    text.block("macro_rules! error_bodies", |text| {
        text.line(&format!("() => {{ {usual} }};"));
    });
    text.line("pub(crate) use error_bodies;");
    text.line("");
}

fn handles(api: &Api) -> Text {
    let mut text = Text::default();
    text.module_docs(&["The handle of each group, as a method of the client.".to_owned()]);
    text.block("impl crate::Client", |text| {
        methods(text, api, |group| &group.handle, "self");
    });
    text.line("");
    text.block("impl crate::ReadOnlyClient", |text| {
        methods(text, api, |group| &group.reader, "self.client()");
    });
    text
}

/// The methods that return the groups' handles.
fn methods(text: &mut Text, api: &Api, handle: impl Fn(&Group) -> &String, client: &str) {
    let own = api.groups.iter().filter(|group| api.has_own_handle(group));
    for (at, group) in own.enumerate() {
        if at > 0 {
            text.line("");
        }
        let path = format!("crate::{}::{}", group.name, handle(group));
        let mut lines = vec![docs::prose(&group.does)];
        if let Some((_, server)) = api.server(group) {
            let (base, token) = (&server.base_url, uncapital(&docs::prose(&server.token)));
            let calls = format!("Its calls are sent to `{base}` with `token`, {token}");
            lines.extend([String::new(), calls]);
        }
        text.docs(&lines);
        text.line(&format!("#[cfg(feature = {})]", literal(&group.feature)));
        let Some((name, _)) = api.server(group) else {
            text.block(&format!("pub fn {}(&self) -> {path}", group.name), |text| {
                text.line(&format!("{path}::new({client})"));
            });
            continue;
        };
        let server = format!("crate::catalogue::service::servers::{}", constant(name));
        let head = format!("pub fn {}", group.name);
        let taken = ["&self".to_owned(), TOKEN.to_owned()];
        text.call_block(&head, &taken, &format!(" -> {path}"), |text| {
            text.line(&format!(
                "{path}::new(&{client}.at(&{server}, token.into()))"
            ));
        });
    }
}
