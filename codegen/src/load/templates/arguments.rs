//! How the arguments of a template are declared: each by its meaning, or by its meaning and a default.

use super::nodes::{entries, get, is_plain};
use crate::{
    diagnostic::{Diagnostic, Focus, Segment, SpecPath, codes},
    load::node::Node,
};

/// The keys of an argument that is a mapping.
const KEYS: [&str; 2] = ["does", "default"];

/// What an argument is, or an item of one.
const PLAIN: &str = "a string, an integer, `true` or `false`";

/// Reports declarations that are invalid. Only their names and defaults are read.
pub(super) fn check(file: &str, declared: Option<&Node<'_>>, out: &mut Vec<Diagnostic>) {
    let place = |keys: &[&str], focus: Focus| SpecPath {
        segments: ["arguments"]
            .iter()
            .chain(keys)
            .map(|key| Segment::Key((*key).to_owned()))
            .collect(),
        focus,
        ..SpecPath::file(file)
    };
    let wrong_kind = |keys: &[&str], expected: &str, node: &Node<'_>, help: &str| {
        if matches!(node.untagged(), Node::Null) {
            let says = format!("this key has no value; expected {expected}");
            return Diagnostic::new(&codes::EMPTY_VALUE, place(keys, Focus::Key), says)
                .help("write a value after the key");
        }
        let says = format!("expected {expected}, found {}", node.untagged().kind());
        Diagnostic::new(&codes::WRONG_KIND, place(keys, Focus::Value), says).help(help)
    };
    match declared.map(Node::untagged) {
        None | Some(Node::Map(_)) => {}
        Some(other) => {
            let help = "write `name: what it means` for each argument";
            out.push(wrong_kind(&[], "a mapping", other, help));
        }
    }
    for (name, argument) in declared.map(entries).unwrap_or_default() {
        match argument.untagged() {
            Node::Text(_) | Node::Map(_) => {}
            other => {
                let help = "write what it means, or a mapping with `does` and `default`";
                out.push(wrong_kind(&[name], "a string or a mapping", other, help));
            }
        }
        let keys = entries(argument);
        for (key, value) in keys {
            match (&**key, value.untagged()) {
                ("does", Node::Text(_)) => {}
                ("default", plain) if is_plain(plain) => {}
                ("default", Node::List(items)) => {
                    let wrong = items.iter().enumerate().filter(|(_, item)| !is_plain(item));
                    for (index, item) in wrong {
                        let mut at = place(&[name, key], Focus::Value);
                        at.segments.push(Segment::Index(index));
                        let says = format!("expected {PLAIN}, found {}", item.untagged().kind());
                        let problem = Diagnostic::new(&codes::WRONG_KIND, at, says);
                        out.push(problem.help("write each item as one value, such as a string"));
                    }
                }
                ("does", other) => {
                    let help = "write what the argument means";
                    out.push(wrong_kind(&[name, key], "a string", other, help));
                }
                ("default", other) => {
                    let help = match other {
                        Node::Float(_) => "put the value in quotes",
                        _ => "write one value, or a list of values",
                    };
                    let expected = format!("{PLAIN}, or a list of these");
                    out.push(wrong_kind(&[name, key], &expected, other, help));
                }
                (key, _) => {
                    let says = format!("there is no key `{key}` here");
                    let place = place(&[name, key], Focus::Key);
                    let free = KEYS.into_iter().filter(|it| get(argument, it).is_none());
                    out.push(Diagnostic::new(&codes::UNKNOWN_KEY, place, says).meant(key, free));
                }
            }
        }
        let is_mapping = matches!(argument.untagged(), Node::Map(_));
        // A misspelled key may be the one that seems to be missing.
        let is_misspelled = keys.iter().any(|(key, _)| !KEYS.contains(&&**key));
        if is_mapping && !is_misspelled && get(argument, "does").is_none() {
            let says = "the key `does` is missing";
            let problem = Diagnostic::new(&codes::MISSING_KEY, place(&[name], Focus::Key), says);
            out.push(problem.help("add `does: ...`"));
        }
    }
}
