//! Doc comments: prose and facts from the model, wrapped and escaped for rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{Text, literal, wrapped};
use crate::{
    code_span::code,
    model::{Api, Endpoint, Field, Group, Parameter, TypeDef},
    spec::{Conflict, Deprecated, View},
    words::{Dialect, Fact, Target, Words, deprecation_note, facts, field_facts},
};

const WIDTH: usize = 92;

/// Doc attributes for `lines`.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = wrapped(lines, WIDTH).into_iter().map(|line| match &*line {
        "" => line,
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Doc comments: types are in the signature, and of the facts only the usual error body has a link.
struct Rustdoc;

impl Dialect for Rustdoc {
    fn prose(&self, text: &str) -> String {
        prose(text)
    }

    fn link(&self, target: Target, shown: String) -> String {
        match target {
            Target::Errors => format!("[{shown}](crate::Problem#error-bodies)"),
            _ => shown,
        }
    }
}

/// The words for doc comments.
pub(super) fn words(api: &Api) -> Words<'_> {
    Words::new(api, &Rustdoc)
}

/// Doc attributes for a single paragraph.
pub(super) fn paragraph(text: &str) -> TokenStream {
    attributes(&[prose(text)])
}

/// Prose of the spec, escaped for rustdoc: outside code spans, brackets and angles are escaped, and bare
/// addresses become links.
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

/// Prints the doc comment of a field: what it means and its facts, in one paragraph.
pub(super) fn field(text: &mut Text, api: &Api, field: &Field, written: bool) {
    let facts = words(api).field(field_facts(field, written));
    let does = field.does.iter().map(|does| prose(does));
    let parts: Vec<_> = does.chain((!facts.is_empty()).then_some(facts)).collect();
    let line = match parts.join(" ") {
        // Its name and its type say it all, but every field has a line.
        line if line.is_empty() => format!("`{}`", field.wire),
        line => line,
    };
    text.docs(&[line]);
    if let Some(deprecated) = deprecated_text(field.deprecated.as_ref()) {
        text.line(&deprecated);
    }
}

/// The doc comment of a type.
pub(super) fn ty(ty: &TypeDef) -> Vec<String> {
    let mut lines = vec![prose(&ty.does)];
    for note in &ty.notes {
        lines.push(String::new());
        lines.push(prose(note));
    }
    // The type that is read has a constant for each.
    if ty.known.is_empty() || ty.view == Some(View::Read) {
        return lines;
    }
    lines.push(String::new());
    let known = ty.known.iter();
    lines.extend(known.map(|one| {
        let does = prose(&one.does);
        format!("- {} {}: {does}", code(&one.wire), prose(&one.name))
    }));
    lines
}

/// Prints the doc comment of a parameter.
pub(super) fn parameter(text: &mut Text, api: &Api, endpoint: &Endpoint, parameter: &Parameter) {
    text.docs(&[words(api).parameter(endpoint, parameter)]);
    if let Some(deprecated) = deprecated_text(parameter.deprecated.as_ref()) {
        text.line(&deprecated);
    }
}

/// The attribute of a deprecated item.
pub(super) fn deprecated_text(deprecated: Option<&Deprecated>) -> Option<String> {
    let note = deprecation_note(deprecated?);
    Some(format!("#[deprecated(note = {})]", literal(&note)))
}

/// Like [`allow_deprecated`].
pub(super) const ALLOW_DEPRECATED: &str =
    "#![allow(deprecated, reason = \"deprecated items are still sent and read\")]";

/// The attribute of a file with a deprecated item: the crate itself still reads and writes it.
pub(super) fn allow_deprecated(any: bool) -> Option<TokenStream> {
    any.then(|| quote!(#![allow(deprecated, reason = "deprecated items are still sent and read")]))
}

/// Prints the doc comment of an endpoint's method: what it does, then its facts.
pub(super) fn endpoint(text: &mut Text, api: &Api, endpoint: &Endpoint) {
    let mut lines = vec![prose(&endpoint.does)];
    if let Some(note) = &endpoint.note {
        lines.extend([String::new(), prose(note)]);
    }
    lines.push(String::new());
    let words = words(api);
    let facts = facts(api, endpoint).into_iter();
    for fact in facts.filter(|fact| !is_elsewhere(endpoint, *fact)) {
        let text = words.fact(endpoint, fact);
        lines.push(format!("- **{}:** {text}", fact.name()));
    }
    lines.extend(conflicts(api, &endpoint.conflicts));
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

/// Facts that are in the signature of a method, or matter only in a reference.
fn is_elsewhere(endpoint: &Endpoint, fact: Fact<'_>) -> bool {
    match fact {
        Fact::Events => endpoint.fires.is_empty(),
        Fact::ActsOn
        | Fact::Access
        | Fact::Version
        | Fact::Request(_)
        | Fact::Form
        | Fact::Response
        | Fact::Bulk(_)
        | Fact::Job(_)
        | Fact::NeedsFilter
        | Fact::Success => true,
        _ => false,
    }
}

/// One line for each fact.
fn conflicts(api: &Api, conflicts: &[Conflict]) -> impl Iterator<Item = String> {
    conflicts.iter().map(|conflict| {
        let told = words(api).conflict(conflict);
        format!("- **Sources disagree on {}:** {}", told.about, told.text())
    })
}

/// The same after an empty line, for an item without a list of facts; nothing if the sources agree.
pub(super) fn conflicts_apart(api: &Api, all: &[Conflict]) -> Vec<String> {
    let mut lines: Vec<String> = conflicts(api, all).collect();
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines
}

/// A link to a group's page on the docs site, after an empty line; nothing if the site is not published.
pub(super) fn on_the_site(api: &Api, group: &Group) -> Vec<String> {
    let page = api.page_of_site(&format!("{}.html", group.name));
    page.map_or_else(Vec::new, |page| {
        let link = format!(
            "[{} on the docs site]({page}), with requests and responses.",
            prose(&group.title)
        );
        vec![String::new(), link]
    })
}
