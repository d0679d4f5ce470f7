//! A larger spec: the same groups several times, each time under new names.

use std::collections::BTreeSet;

use codegen::{
    diagnostic::render_plain,
    model::Api,
    pipeline,
    source::Sources,
    spec::{Document, View},
};

/// The resolved spec of [`multiply`].
///
/// # Errors
///
/// Returns what is wrong with it, as diagnostics.
pub fn multiplied(document: &Document, sources: &Sources, times: usize) -> Result<Api, String> {
    let checked = pipeline::of(multiply(document, sources, times));
    let said = || render_plain(&checked.diagnostics, &checked.sources);
    checked.api.ok_or_else(said)
}

/// The spec of `document` with every group `times` times. The groups, schemas, guide rows and paths of
/// a copy have their own names; scopes and events are shared.
pub fn multiply(document: &Document, sources: &Sources, times: usize) -> Sources {
    let names = Names::of(document);
    let mut files = Vec::new();
    // The copies are not official operations, so their list is omitted.
    for (path, text) in sources.iter().filter(|(path, _)| *path != "official.yaml") {
        let text = match path {
            "service.yaml" => service(document, text, times),
            _ => text.to_owned(),
        };
        if let Some(name) = path.strip_prefix("groups/") {
            for copy in 2..=times {
                files.push((format!("groups/g{copy}_{name}"), names.renamed(&text, copy)));
            }
        }
        files.push((path.to_owned(), text));
    }
    Sources::from_texts(files)
}

/// The list of groups and the guide's totals, adapted.
fn service(document: &Document, text: &str, times: usize) -> String {
    let guide = &document.service.guide;
    let mut totals = vec![
        ("  endpoints: ", guide.endpoints),
        ("  groups: ", guide.groups),
        ("  reads: ", guide.reads),
        ("  writes: ", guide.writes),
    ];
    let mut groups = document.service.groups.clone();
    for copy in 2..=times {
        let copies = document.service.groups.iter();
        groups.extend(copies.map(|name| format!("g{copy}_{name}")));
    }
    let mut out = String::new();
    let mut is_listed = false;
    for line in text.lines() {
        is_listed &= line.is_empty() || line.starts_with(' ');
        if is_listed {
            continue;
        }
        let total = totals
            .iter()
            .position(|(key, total)| line.strip_prefix(key) == Some(&total.to_string()));
        if line.starts_with("groups:") {
            is_listed = true;
            out += &format!("groups: [{}]\n", groups.join(", "));
        } else if let Some(at) = total {
            let (key, total) = totals.remove(at);
            out += &format!("{key}{}\n", total * times);
        } else {
            out += &format!("{line}\n");
        }
    }
    out
}

/// The names of a copy.
struct Names {
    groups: BTreeSet<String>,
    schemas: BTreeSet<String>,
}

impl Names {
    fn of(document: &Document) -> Self {
        let mut schemas = BTreeSet::new();
        for (name, schema) in document
            .groups
            .iter()
            .flat_map(|group| group.schemas.iter())
        {
            schemas.insert(name.to_owned());
            schemas.extend(schema.views.iter().map(|view| match view {
                View::Read => name.to_owned(),
                View::Create => format!("{name}Create"),
                View::Update => format!("{name}Update"),
                View::Write => format!("{name}Input"),
            }));
        }
        Self {
            groups: document.service.groups.iter().cloned().collect(),
            schemas,
        }
    }

    /// The text of a group's file with the names of a copy.
    fn renamed(&self, text: &str, copy: usize) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        // A template names its groups after their owner, once.
        let mut section = "";
        let paths = text.lines().filter(|line| line.contains(": /v"));
        let paths: String = paths.take_while(|line| !line.contains("all: ")).collect();
        for line in text.lines() {
            let (indent, fact) = line.split_at(line.len() - line.trim_start().len());
            if indent.is_empty() && !fact.is_empty() {
                section = fact.split(':').next().unwrap_or_default();
            }
            let name = fact.split(':').next().unwrap_or_default();
            // No line of this file contains the paths of a template.
            let unused = || match indent.len() {
                _ if text.contains("\n  - template: ") => false,
                0 => !paths.contains('{'),
                2 => !paths.contains(&format!("{{{name}}}")),
                _ => false,
            };
            if section == "templates" || section == "path" && unused() {
                continue;
            }
            out += indent;
            out += &match (indent.len(), fact.split_once(": ")) {
                (0, Some((key @ ("group" | "under" | "feature"), name))) => {
                    format!("{key}: g{copy}_{name}")
                }
                (4, Some(("guide", row))) => format!("guide: g{copy}_{row}"),
                (
                    4,
                    Some((method @ ("get" | "post" | "put" | "patch" | "delete" | "path"), path)),
                ) if path.starts_with('/') => {
                    // After the generation, which stays the first part of the path.
                    let path = path.replacen("/v3/", &format!("/v3/g{copy}/"), 1);
                    let path = path.replacen("/v2/", &format!("/v2/g{copy}/"), 1);
                    // A call on another server has none.
                    let own = if path.starts_with("/v") {
                        ""
                    } else {
                        &format!("/g{copy}")
                    };
                    format!("{method}: {own}{path}")
                }
                _ => self.renamed_line(fact, copy),
            };
            out.push('\n');
        }
        out
    }

    /// A line in which every schema, and every group before one, has the copy's name.
    fn renamed_line(&self, line: &str, copy: usize) -> String {
        let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let mut out = String::with_capacity(line.len() + 8);
        let mut rest = line;
        while let Some(start) = rest.find(in_word) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c| !in_word(c)).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            let qualifies = after
                .strip_prefix('.')
                .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_uppercase()));
            out += before;
            if qualifies && self.groups.contains(word) {
                out += &format!("g{copy}_");
            } else if self.schemas.contains(word) {
                out += &format!("G{copy}");
            }
            out += word;
            rest = after;
        }
        out + rest
    }
}
