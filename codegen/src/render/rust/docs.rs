//! Doc comments: prose and facts from the model, wrapped and made safe for rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    conflicts,
    print::{Text, literal},
};
use crate::{
    model::{Api, Endpoint, Field, Parameter, TypeDef},
    spec::Deprecated,
};

const WIDTH: usize = 92;

/// `lines`, each of which is wrapped; an empty one stands for an empty line.
pub(super) fn wrapped(lines: &[String], width: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut code = false;
    for line in lines {
        code ^= line.starts_with("```");
        if code || line.is_empty() || line.starts_with("```") {
            out.push(line.clone());
            continue;
        }
        let indent = if line.starts_with("- ") { "  " } else { "" };
        let options = textwrap::Options::new(width)
            .subsequent_indent(indent)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace);
        out.extend(textwrap::wrap(line, options).into_iter().map(Into::into));
    }
    out
}

/// Doc attributes for `lines`.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = wrapped(lines, WIDTH).into_iter().map(|line| match &*line {
        "" => line,
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
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

/// Prints what stands above a field: what it means and its facts, in one paragraph.
pub(super) fn field(text: &mut Text, field: &Field) {
    let facts = (!field.facts.is_empty()).then_some(&field.facts);
    let parts: Vec<_> = field.does.iter().chain(facts).map(|it| prose(it)).collect();
    let line = match parts.join(" ") {
        // Its name and its type say it all, and still every field has its line.
        line if line.is_empty() => format!("`{}`", field.wire),
        line => line,
    };
    text.docs(&[line]);
    if let Some(deprecated) = deprecated_text(field.deprecated.as_ref()) {
        text.line(&deprecated);
    }
}

/// What stands above a type.
pub(super) fn ty(ty: &TypeDef) -> Vec<String> {
    let mut lines = vec![prose(&ty.does)];
    for note in &ty.notes {
        lines.push(String::new());
        lines.push(prose(note));
    }
    lines
}

/// Prints what stands above a parameter.
pub(super) fn parameter(text: &mut Text, parameter: &Parameter) {
    let docs: Vec<_> = parameter.docs.iter().map(|it| prose(it)).collect();
    text.docs(&[docs.join(" ")]);
    if let Some(deprecated) = deprecated_text(parameter.deprecated.as_ref()) {
        text.line(&deprecated);
    }
}

/// The attribute of what is on its way out, with what to use instead and why.
pub(super) fn deprecated_text(deprecated: Option<&Deprecated>) -> Option<String> {
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
    Some(format!("#[deprecated(note = {})]", literal(&note)))
}

/// As [`allow_deprecated`].
pub(super) const ALLOW_DEPRECATED: &str =
    "#![allow(deprecated, reason = \"what is on its way out is still sent and read\")]";

/// What stands at the top of a file in which something is on its way out: the crate itself still
/// reads and writes it.
pub(super) fn allow_deprecated(any: bool) -> Option<TokenStream> {
    any.then(
        || quote!(#![allow(deprecated, reason = "what is on its way out is still sent and read")]),
    )
}

/// Prints what stands above an endpoint's method: what it does, then its facts.
pub(super) fn endpoint(text: &mut Text, api: &Api, endpoint: &Endpoint) {
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
    if endpoint.source_url.is_none() {
        let (operation, source) = (&endpoint.operation, &endpoint.source);
        lines.push(format!("- **Source:** `{operation}` in `{source}`"));
    }
    text.docs(&lines);
    if endpoint.source_url.is_some() {
        let before = literal(&format!("- **Source:** [`{}`](", endpoint.operation));
        let url = format!(
            "crate::generated::source_url!({})",
            literal(&endpoint.source)
        );
        text.line(&format!("#[doc = concat!({before}, {url}, \")\")]"));
    }
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
