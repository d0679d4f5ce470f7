//! Doc comments: prose and facts from the model, wrapped and made safe for rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use super::conflicts;
use crate::{
    model::{Api, Endpoint, Field, Parameter, TypeDef},
    spec::Deprecated,
};

const WIDTH: usize = 92;

/// Doc attributes for `lines`, each of which is wrapped; an empty one stands for an empty line.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let mut attributes = TokenStream::new();
    let mut push = |line: &str| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        attributes.extend(quote!(#[doc = #line]));
    };
    let mut code = false;
    for line in lines {
        if line.starts_with("```") {
            code = !code;
            push(line);
        } else if code || line.is_empty() {
            push(line);
        } else {
            let indent = if line.starts_with("- ") { "  " } else { "" };
            let options = textwrap::Options::new(WIDTH)
                .subsequent_indent(indent)
                .break_words(false)
                .word_splitter(textwrap::WordSplitter::NoHyphenation)
                .word_separator(textwrap::WordSeparator::AsciiSpace);
            for part in textwrap::wrap(line, options) {
                push(&part);
            }
        }
    }
    attributes
}

/// Names as code, with commas between them.
pub(super) fn code_list(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Doc attributes for a single paragraph.
pub(super) fn paragraph(text: &str) -> TokenStream {
    attributes(&[prose(text)])
}

/// Prose of the spec as rustdoc takes it: outside code spans, brackets and angles are no markup, and
/// bare addresses become links.
pub(super) fn prose(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            out.push('`');
        }
        if at % 2 == 1 {
            out.push_str(part);
            continue;
        }
        for (at, word) in part.split(' ').enumerate() {
            if at > 0 {
                out.push(' ');
            }
            if word.starts_with("https://") {
                let end = word.trim_end_matches(['.', ',', ';', ')']).len();
                out.push_str(&format!("<{}>{}", &word[..end], &word[end..]));
            } else if word.contains("](") {
                out.push_str(word);
            } else {
                for c in word.chars() {
                    if matches!(c, '<' | '>' | '[' | ']' | '*' | '_') {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
        }
    }
    out
}

/// What stands above a field.
pub(super) fn field(field: &Field) -> TokenStream {
    let mut lines = Vec::new();
    if let Some(does) = &field.does {
        lines.push(prose(does));
    }
    if !field.facts.is_empty() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(prose(&field.facts));
    }
    if lines.is_empty() {
        // Its name and its type say it all, and still every field has its line.
        lines.push(format!("On the wire `{}`.", field.wire));
    }
    let (doc, deprecated) = (attributes(&lines), deprecated(field.deprecated.as_ref()));
    quote!(#doc #deprecated)
}

/// What stands above a type.
pub(super) fn ty(ty: &TypeDef, view: &str) -> Vec<String> {
    let mut lines = vec![prose(&ty.does) + view];
    for note in &ty.notes {
        lines.push(String::new());
        lines.push(prose(note));
    }
    lines
}

/// What stands above a parameter's setter.
pub(super) fn parameter(parameter: &Parameter) -> TokenStream {
    let mut lines = Vec::new();
    for (at, text) in parameter.docs.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        lines.push(prose(text));
    }
    let (doc, deprecated) = (
        attributes(&lines),
        deprecated(parameter.deprecated.as_ref()),
    );
    quote!(#doc #deprecated)
}

/// The attribute of what is on its way out, with what to use instead and why.
pub(super) fn deprecated(deprecated: Option<&Deprecated>) -> Option<TokenStream> {
    let Deprecated {
        since,
        instead,
        why,
    } = deprecated?;
    let instead = instead.iter().map(|it| format!("use {it} instead"));
    let since = since.iter().map(|it| format!("deprecated since {it}"));
    let mut note = instead.chain(since).collect::<Vec<_>>().join("; ");
    if let Some(why) = why {
        if !note.is_empty() {
            note += ". ";
        }
        note += why.trim_end_matches('.');
    }
    Some(quote!(#[deprecated(note = #note)]))
}

/// What stands at the top of a file in which something is on its way out: the crate itself still
/// reads and writes it.
pub(super) fn allow_deprecated(any: bool) -> Option<TokenStream> {
    any.then(
        || quote!(#![allow(deprecated, reason = "what is on its way out is still sent and read")]),
    )
}

/// What stands above an endpoint's method and its request: what it does, then its facts.
pub(super) fn endpoint(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let mut lines = vec![prose(&endpoint.does)];
    if let Some(note) = &endpoint.note {
        lines.extend([String::new(), prose(note)]);
    }
    lines.push(String::new());
    let mut fact = |name: &str, text: String| lines.push(format!("- **{name}:** {text}"));
    fact("Call", format!("`{} {}`", endpoint.method, endpoint.path));
    fact("Scope", scope(api, endpoint));
    if !endpoint.fires.is_empty() {
        let fires = endpoint
            .fires
            .iter()
            .map(|id| format!("`{}`", api.event(*id).scope));
        fact("Fires", fires.collect::<Vec<_>>().join(", "));
    }
    if let (Some(event), true) = (endpoint.event, endpoint.fires.is_empty()) {
        fact(
            "Related event",
            format!(
                "`{}`, fired by writes, not by this call",
                api.event(event).scope
            ),
        );
    }
    if let Some(paging) = paging(api, endpoint) {
        fact("Paging", paging);
    }
    let limits = limits(api, endpoint);
    if !limits.is_empty() {
        fact("Limits", limits);
    }
    for names in &endpoint.at_most_one_of {
        fact("At most one of", code_list(names));
    }
    let again = match (endpoint.repeatable, &endpoint.repeat_why) {
        (true, None) => "safe to repeat when the outcome is unknown".to_owned(),
        (false, None) => "not safe to repeat when the outcome is unknown".to_owned(),
        (true, Some(why)) => format!("safe to repeat when the outcome is unknown. {}", prose(why)),
        (false, Some(why)) => format!(
            "not safe to repeat when the outcome is unknown. {}",
            prose(why)
        ),
    };
    fact("Repeating", again);
    if !endpoint.errors.is_empty() {
        fact("Errors declared", statuses(api, &endpoint.errors));
    }
    lines.extend(conflicts::lines(&endpoint.conflicts));
    lines.push(format!("- **Source:** {}", source(endpoint)));
    lines
}

fn scope(api: &Api, endpoint: &Endpoint) -> String {
    let scope = api.scope(endpoint.scope);
    let area = &api.areas[scope.area];
    let mut text = format!(
        "`{}` ({}, {})",
        scope.wire,
        prose(&area.label),
        prose(&scope.level)
    );
    if !scope.satisfied_by.is_empty() {
        let others = scope
            .satisfied_by
            .iter()
            .map(|id| format!("`{}`", api.scope(*id).wire));
        text += &format!("; {} grants it too", others.collect::<Vec<_>>().join(", "));
    }
    text
}

fn paging(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let (_, style) = api.page_style(endpoint.page?);
    let mut text = prose(&style.title);
    if let Some(limit) = &endpoint.limit {
        text += &format!("; {} a page, at most {}", limit.default, limit.max);
        if limit.unstated {
            text += " by common practice";
        }
        if let Some(note) = &limit.note {
            text += &format!(". {}", prose(note));
        }
    }
    Some(text)
}

fn statuses(api: &Api, statuses: &[u16]) -> String {
    let named = statuses.iter().map(|status| {
        let known = api
            .service
            .statuses
            .iter()
            .find(|known| known.status == *status);
        known.map_or_else(
            || status.to_string(),
            |known| format!("{status} {}", prose(&known.name)),
        )
    });
    named.collect::<Vec<_>>().join(", ")
}

fn limits(api: &Api, endpoint: &Endpoint) -> String {
    let mut parts = Vec::new();
    if let Some(batch) = endpoint.body.as_ref().and_then(|body| body.batch.as_ref()) {
        let mut part = format!("at most {} items a call", batch.max);
        if let Some(note) = &batch.note {
            part += &format!(" ({})", prose(note.trim_end_matches('.')));
        }
        parts.push(part);
    }
    if let Some(concurrency) = &endpoint.concurrency {
        let mut part = format!("at most {} at once for a store", concurrency.max);
        if let Some(note) = &concurrency.note {
            part += &format!(" ({})", prose(note.trim_end_matches('.')));
        }
        parts.push(part);
    }
    let (_, rate) = api.rate(endpoint.rate);
    parts.push(prose(&rate.title).to_lowercase());
    parts.join("; ")
}

fn source(endpoint: &Endpoint) -> String {
    match &endpoint.source_url {
        Some(url) => format!("[`{}`]({url})", endpoint.operation),
        None => format!("`{}` in `{}`", endpoint.operation, endpoint.source),
    }
}
