//! The client's guides as pages. They are written once, as the documentation of the client's modules, where
//! their code is tested; here the lines that only tests need are removed, and their links lead to pages or to
//! the crate's documentation.

use serde::Serialize;
use serde_json::{Value, json};

use super::{super::text::capital, Links, links::page};
use crate::render::{Defect, json_text, rust_text::CRATE};

/// A module of the client, below its `src`.
macro_rules! module {
    ($path:literal) => {
        include_str!(concat!(
            "../../../../../generated-client/src/",
            $path,
            ".rs"
        ))
    };
}

/// The list of guides, each with when to read it.
const LIST: &str = module!("guide/mod");

/// The guides with a page: the module, its title, its text.
const GUIDES: [(&str, &str, &str); 16] = [
    (
        "getting_started",
        "Getting started",
        module!("guide/getting_started"),
    ),
    ("paging", "Reading long lists", module!("guide/paging")),
    ("bulk", "Changing many things", module!("guide/bulk")),
    (
        "updates",
        "Changing what was read",
        module!("guide/updates"),
    ),
    (
        "files",
        "Uploads, downloads and jobs",
        module!("guide/files"),
    ),
    (
        "channel_settings",
        "Settings of channels",
        module!("guide/channel_settings"),
    ),
    ("paying", "Paying for an order", module!("guide/paying")),
    (
        "limits",
        "Quota, waits and retries",
        module!("guide/limits"),
    ),
    ("errors", "Handling errors", module!("guide/errors")),
    ("apps", "Installing an app", module!("guide/apps")),
    (
        "testing",
        "Testing without BigCommerce",
        module!("guide/testing"),
    ),
    ("scopes", "Scopes of a program", module!("scopes/mod")),
    ("policy", "Access policies", module!("policy/mod")),
    ("audit", "Audit records", module!("audit/mod")),
    ("webhook", "Receiving webhooks", module!("webhook/mod")),
    ("features", "Cargo features", module!("guide/features")),
];

#[derive(Debug, Serialize)]
pub(in super::super) struct Guide {
    pub name: String,
    pub title: &'static str,
    pub href: String,
    /// When to read it.
    pub when: String,
    /// Its subject, in a paragraph of Markdown.
    pub lead: String,
    /// The rest, as Markdown.
    pub body: String,
    /// The whole of it as Markdown.
    pub markdown: String,
}

/// All guides, in the client's own order.
#[derive(Debug, Serialize)]
pub(in super::super) struct Guides {
    pub guides: Vec<Guide>,
}

/// All guides, in the client's own order.
pub(in super::super) fn all(links: &Links<'_>) -> Guides {
    let mut guides: Vec<Guide> = GUIDES
        .iter()
        .map(|(name, title, source)| guide(links, name, title, source))
        .collect();
    let order = |guide: &Guide| LIST.find(&format!("| [`{}`]", guide.name));
    guides.sort_by_key(order);
    Guides { guides }
}

/// The name of a guide's page.
fn of(name: &str) -> String {
    format!("guide-{name}")
}

fn guide(links: &Links<'_>, name: &str, title: &'static str, source: &str) -> Guide {
    let told = shown(source);
    let markdown = linked(&told, &|target| address(links, target, "md"));
    let page = linked(&told, &|target| address(links, target, "html"));
    let (lead, rest) = page.split_once("\n\n").unwrap_or((&page, ""));
    let lead = lead.split_whitespace().collect::<Vec<_>>().join(" ");
    Guide {
        name: name.to_owned(),
        title,
        href: links.file(&of(name)),
        when: capital(when(name)) + ".",
        lead: without_title(&lead, title),
        body: rest.to_owned(),
        markdown: format!("# {title}\n\n{}", lowered(&markdown)),
    }
}

/// The first paragraph, without a repetition of the title.
fn without_title(lead: &str, title: &str) -> String {
    let rest = lead
        .strip_prefix(title)
        .and_then(|rest| rest.strip_prefix(": "));
    rest.map_or_else(|| lead.to_owned(), capital)
}

/// The files of a guide for programs: its name, and its text.
pub(in super::super) fn page_of(guide: &Guide) -> String {
    of(&guide.name)
}

/// When to read a guide, as in the list.
fn when(name: &str) -> &'static str {
    let row = format!("| [`{name}`]");
    let mut lines = LIST.lines();
    let line = lines.find(|line| line.contains(&row)).unwrap_or_default();
    let cell = line.trim_end_matches(" |").rsplit("| ").next();
    cell.unwrap_or_default()
}

/// The documentation of a module as a reader sees it, without the hidden lines of its code.
fn shown(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let mut out = String::new();
    let mut code: Option<bool> = None;
    for line in lines {
        let line = line.strip_prefix(' ').unwrap_or(line);
        if let Some(language) = line.strip_prefix("```") {
            let rust = language.is_empty() || language.starts_with("no_run");
            let opens = code.is_none();
            code = opens.then_some(rust);
            out += if opens && rust { "```rust" } else { line };
            out.push('\n');
            continue;
        }
        let hidden = code == Some(true) && (line == "#" || line.starts_with("# "));
        if !hidden {
            out += line;
            out.push('\n');
        }
    }
    out.trim_end().to_owned()
}

/// The text with its headings one level lower, below a title.
fn lowered(text: &str) -> String {
    let mut code = false;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        code ^= line.starts_with("```");
        let heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
        if heading && !code {
            out.push('#');
        }
        out += line;
        out.push('\n');
    }
    out
}

/// The text with the links to items of the crate resolved to addresses.
fn linked(text: &str, to: &dyn Fn(&str) -> String) -> String {
    let parts = text.split("```").enumerate();
    let parts = parts.map(|(at, part)| match at % 2 {
        0 => links_of(part, to),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("```")
}

fn links_of(text: &str, to: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(']') {
        let (before, after) = rest.split_at(at + 1);
        out += before;
        rest = after;
        if let Some((target, behind)) = after.strip_prefix('(').and_then(|it| it.split_once(')')) {
            out += &format!("({})", to(target));
            rest = behind;
        } else if let Some(name) = before.strip_suffix("`]")
            && let Some((_, name)) = name.rsplit_once("[`")
        {
            // The name is also the target.
            out += &format!("({})", to(name));
        }
    }
    out + rest
}

/// The target of a link: a guide, the page of a group, or the documentation of the crate.
fn address(links: &Links<'_>, target: &str, ending: &str) -> String {
    if target.contains("://") || target.starts_with('#') {
        return target.to_owned();
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = path
        .trim_start_matches("super::")
        .trim_start_matches("crate::");
    let path = path.trim_start_matches("guide::").trim_end_matches("()");
    let anchor = if anchor.is_empty() {
        String::new()
    } else {
        format!("#{anchor}")
    };
    if GUIDES.iter().any(|(name, ..)| *name == path) {
        return format!("{}.{ending}{anchor}", of(path));
    }
    if links.api.groups.iter().any(|group| group.name == path) {
        return format!("{path}.{ending}{anchor}");
    }
    if path == "guide" {
        return format!("{}.{ending}", page::GUIDES);
    }
    let docs = format!(
        "https://docs.rs/{}/latest/{CRATE}/",
        CRATE.replace('_', "-")
    );
    if path == "crate" {
        return docs + &anchor;
    }
    format!("{docs}?search={path}")
}

/// A guide for programs.
pub(in super::super) fn json_of(guide: &Guide) -> Result<String, Defect> {
    print(&of(&guide.name), &entry(guide, Some(&guide.markdown)))
}

/// The list of guides for programs.
pub(in super::super) fn json(guides: &Guides) -> Result<String, Defect> {
    let all: Vec<Value> = guides.guides.iter().map(|one| entry(one, None)).collect();
    print(page::GUIDES, &json!({ "guides": all }))
}

fn entry(guide: &Guide, markdown: Option<&str>) -> Value {
    let mut entry = json!({ "name": guide.name, "title": guide.title, "when": guide.when });
    match markdown {
        Some(text) => entry["markdown"] = text.into(),
        None => entry["page"] = guide.href.clone().into(),
    }
    entry
}

fn print(name: &str, value: &Value) -> Result<String, Defect> {
    json_text::print(value).map_err(|cause| Defect::new(name, cause))
}

/// The list of guides as Markdown.
pub(in super::super) fn markdown(guides: &Guides) -> String {
    let lines = guides.guides.iter().map(|one| {
        let page = of(&one.name);
        format!("- [{}]({page}.md): {}\n", one.title, one.when)
    });
    format!("# Guides\n\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_only_tests_need_are_not_shown() {
        let source = "//! A.\n//!\n//! ```no_run\n//! # hidden();\n//! shown();\n//! # }\n//! ```\n\nfn f() {}\n";
        assert_eq!(shown(source), "A.\n\n```rust\nshown();\n```");
    }

    #[test]
    fn headings_are_below_the_title_and_comments_in_code_are_none() {
        assert_eq!(
            lowered("A.\n\n# B\n\n```toml\n# c\n```\n\n## D"),
            "A.\n\n## B\n\n```toml\n# c\n```\n\n### D\n"
        );
    }

    #[test]
    fn a_lead_does_not_say_its_title_again() {
        let lead = "Cargo features: building less.";
        assert_eq!(without_title(lead, "Cargo features"), "Building less.");
        assert_eq!(without_title(lead, "Audit records"), lead);
    }

    #[test]
    fn links_outside_code_lead_to_addresses() {
        let to = |target: &str| format!("<{target}>");
        let text = "[`A`] and [b](crate::B), `#[c]`\n```\n[`D`]\n```\n[`E`](F)";
        assert_eq!(
            linked(text, &to),
            "[`A`](<A>) and [b](<crate::B>), `#[c]`\n```\n[`D`]\n```\n[`E`](<F>)"
        );
    }

    #[test]
    fn every_guide_of_the_list_has_a_page_or_is_a_groups() {
        for line in LIST.lines().filter(|line| line.starts_with("//! | [`")) {
            let name = line.split('`').nth(1).unwrap();
            let page = GUIDES.iter().any(|(known, ..)| *known == name);
            assert!(page || name == "webhooks", "{name}");
            assert!(!when(name).is_empty(), "{name}");
        }
        for (name, ..) in GUIDES {
            assert!(!when(name).is_empty(), "the list has no {name}");
        }
    }

    #[test]
    fn every_file_of_the_clients_guides_has_a_page() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-client/src/guide");
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            let name = file.file_stem().unwrap().to_str().unwrap();
            let page = GUIDES.iter().any(|(known, ..)| *known == name);
            assert!(page || name == "mod", "{name}");
        }
    }
}
