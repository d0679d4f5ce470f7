//! The links in the spec's texts: every address in them becomes a link in the docs, so it must be safe to
//! follow.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{
    TEMPLATES,
    node::{Node, Step, place},
};
use crate::diagnostic::{Diagnostic, Focus, codes};

/// Keys whose whole text is an address.
const ADDRESSES: [&str; 2] = ["docs", "url"];

/// The same, at the top of a file.
const OF_THE_FILE: [&str; 2] = ["rustdoc", "site"];

/// Keys below which names are free.
const VALUES: [&str; 6] = ["enum", "values", "default", "example", "types", "sample"];

/// Every address in the file that is not that of a web page.
pub(super) fn unsafe_links<'n>(
    file: &str,
    node: &'n Node<'_>,
    path: &mut Vec<Step<'n>>,
    problems: &mut Vec<Diagnostic>,
) {
    match node {
        Node::Text(text) => {
            // The values of placeholders are checked once they are filled in.
            let whole = is_address(path) && !(file.starts_with(TEMPLATES) && text.contains("${"));
            let found = if whole {
                (!is_page(text)).then(|| text.to_string())
            } else {
                links(text).find(|link| !is_page(link) && scheme(link).is_some())
            };
            if let Some(link) = found {
                let at = place(file, path, Focus::Value);
                problems.push(
                    Diagnostic::new(&codes::LINK, at, format!("`{link}` is not a web page"))
                        .why("it would become a link in the docs")
                        .help("write an address that starts with `https://` or `http://`"),
                );
            }
        }
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                unsafe_links(file, item, path, problems);
                path.pop();
            }
        }
        Node::Map(entries) => {
            for (key, value) in entries {
                path.push(Step::Key(key));
                unsafe_links(file, value, path, problems);
                path.pop();
            }
        }
        Node::Tagged(inner) => unsafe_links(file, inner, path, problems),
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) => {}
    }
}

/// Whether the end of the path is an address, and not a value of an enumeration or a default with the name of
/// such a key.
fn is_address(path: &[Step<'_>]) -> bool {
    let key =
        |step: &Step<'_>, among: &[&str]| matches!(step, Step::Key(key) if among.contains(key));
    path.split_last().is_some_and(|(last, outer)| {
        key(last, &ADDRESSES) && !outer.iter().any(|step| key(step, &VALUES))
            || key(last, &OF_THE_FILE) && outer.is_empty()
    })
}

/// The targets of the links in a paragraph of Markdown.
fn links(text: &str) -> impl Iterator<Item = String> {
    // Every kind of link has one of these characters; most texts have neither.
    let may_have = text.contains("](") || text.contains("]:") || text.contains('<');
    may_have
        .then(|| Parser::new_ext(text, Options::empty()))
        .into_iter()
        .flatten()
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        })
}

/// Whether the address starts like that of a web page.
fn is_page(address: &str) -> bool {
    let starts = |with: &str| {
        let head = address.get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with)) && address.len() > with.len()
    };
    (starts("https://") || starts("http://")) && !address.contains(char::is_whitespace)
}

/// The scheme of an address that is not a path within the docs, as browsers see it: they ignore spaces and
/// control characters.
fn scheme(address: &str) -> Option<String> {
    let seen: String = address.chars().filter(|c| *c > ' ').collect();
    let end = seen.find([':', '/', '?', '#'])?;
    // Two leading slashes lead to another host, with the scheme of the page itself.
    (seen[end..].starts_with(':') || seen.starts_with("//")).then(|| seen[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(key: &str, text: &str) -> bool {
        let node = Node::Map(vec![(key.to_owned().into(), Node::Text(text.into()))]);
        let mut problems = Vec::new();
        unsafe_links("a.yaml", &node, &mut Vec::new(), &mut problems);
        !problems.is_empty()
    }

    #[test]
    fn only_addresses_of_web_pages_become_links() {
        for address in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//example.com",
            "index.html",
            "https://",
            "https://example.com/ a",
        ] {
            assert!(refused("docs", address), "{address:?}");
        }
        for text in [
            "See [this](javascript:alert(1)).",
            "See [this](JAVASCRIPT&colon;alert(1)).",
            "See [this](<java\tscript:alert(1)>).",
            "See [this](//example.com).",
            "See [this][1].\n\n[1]: javascript:alert(1)",
            "See ![this](data:image/svg+xml,x).",
            "See <javascript:alert(1)>.",
        ] {
            assert!(refused("does", text), "{text:?}");
        }
        assert!(!refused("docs", "https://example.com/a?b#c"));
        assert!(!refused("url", "HTTP://example.com/{file}"));
        for text in [
            "See [this](https://example.com) and [that](#there) or [those](index.html#a).",
            "A `[code](javascript:x)` is none, nor is a: b or x < y: z.",
        ] {
            assert!(!refused("does", text), "{text:?}");
        }
    }
}
