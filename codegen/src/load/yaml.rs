//! From text to tree. The only place that knows the YAML parser, and the one that rejects what a spec
//! must not use: everything that hides a fact from a plain text search.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    GROUPS, Parsed, TEMPLATES,
    invisible::invisible,
    links::unsafe_links,
    node::{Node, Step, place},
    syntax,
};
use crate::{
    diagnostic::{Diagnostic, Focus, SpecPath, codes},
    scan::{Token, TokenKind, scan},
};

/// Reads the text of `file`.
pub(super) fn read<'a>(file: &str, text: &'a str) -> Parsed<'a> {
    let tokens = scan(text);
    let mut problems = invisible(file, text, &tokens);
    // YAML reads such a space as a part of a word, and stops somewhere below.
    let is_odd = !problems.is_empty();
    problems.extend(forbidden(file, text, &tokens));
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let node = match documents.next().map(Node::deserialize) {
        Some(Ok(Node::Null)) | None => {
            problems.push(
                Diagnostic::new(
                    &codes::EMPTY_FILE,
                    SpecPath::file(file),
                    "this file is empty",
                )
                .help(contents_of(file)),
            );
            return (None, problems);
        }
        Some(Ok(node)) => node,
        Some(Err(_)) if is_odd => return (None, problems),
        Some(Err(error)) => {
            problems.extend(syntax::error(file, text, &tokens, &error, &problems));
            return (None, problems);
        }
    };
    // The parser must also accept what follows a document it has already returned.
    if let Some(Err(error)) = documents.next().map(Node::deserialize) {
        problems.extend(syntax::error(file, text, &tokens, &error, &problems));
        return (None, problems);
    }
    duplicates(file, &node, &mut Vec::new(), &mut problems);
    unsafe_links(file, &node, &mut Vec::new(), &mut problems);
    (Some(node), problems)
}

/// What to do about an empty file.
fn contents_of(file: &str) -> &'static str {
    match file {
        "shared.yaml" => "write its contents; `schemas: {}` is enough",
        file if file.starts_with(GROUPS) => {
            "write its contents, or remove the file and its line under `groups` in service.yaml"
        }
        file if file.starts_with(TEMPLATES) => {
            "write its contents, or remove the file and its uses"
        }
        _ => "write its contents",
    }
}

/// What the parser would silently accept.
fn forbidden(file: &str, text: &str, tokens: &[Token]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut content = false;
    for token in tokens {
        let found = &text[token.range.clone()];
        let at = SpecPath::bytes(file, token.range.clone());
        let diagnostic = match token.kind {
            // The second star of a word in bold.
            TokenKind::Alias if found == "*" && goes_on(text, problems.last(), token) => continue,
            TokenKind::Anchor => {
                Diagnostic::new(&codes::ANCHOR, at, format!("`{found}` is an anchor"))
            }
            TokenKind::Alias => {
                Diagnostic::new(&codes::ANCHOR, at, format!("`{found}` is an alias"))
            }
            TokenKind::Tag => Diagnostic::new(&codes::TAG, at, format!("`{found}` is a tag"))
                .help("remove the tag; put the value in quotes if it must be a string"),
            TokenKind::Plain if token.is_key && found == "<<" => Diagnostic::new(
                &codes::MERGE_KEY,
                at,
                "`<<` merges another mapping into this one",
            ),
            TokenKind::Tab => Diagnostic::new(&codes::TAB, at, "this line is indented with a tab")
                .help("indent with spaces"),
            TokenKind::Directive => {
                Diagnostic::new(&codes::DIRECTIVE, at, format!("`{found}` is a directive"))
                    .help("remove the line")
            }
            // A single `---` above everything has no effect.
            TokenKind::DocumentStart if !content => continue,
            TokenKind::DocumentStart | TokenKind::DocumentEnd => Diagnostic::new(
                &codes::SEVERAL_DOCUMENTS,
                at,
                format!("`{found}` ends the document"),
            )
            .why("a spec file is one document; what follows would be ignored")
            .help("remove the line"),
            _ => {
                content = true;
                continue;
            }
        };
        content |= !matches!(token.kind, TokenKind::Directive);
        let diagnostic = match token.kind {
            TokenKind::Anchor | TokenKind::Alias | TokenKind::Plain => diagnostic
                .why("a search for the value would not find its uses")
                .help("write the value out where it is used"),
            _ => diagnostic,
        };
        problems.push(match token.kind {
            TokenKind::Anchor | TokenKind::Alias => {
                diagnostic.help("put a string that starts with `*` or `&` in quotes")
            }
            _ => diagnostic,
        });
    }
    problems
}

/// Whether the token is on the line of the last problem.
fn goes_on(text: &str, last: Option<&Diagnostic>, token: &Token) -> bool {
    let Some(Focus::Bytes(range)) = last.map(|last| &last.at.focus) else {
        return false;
    };
    let between = text.get(range.end..token.range.start);
    between.is_some_and(|between| !between.contains('\n'))
}

fn duplicates<'n>(
    file: &str,
    node: &'n Node<'_>,
    path: &mut Vec<Step<'n>>,
    problems: &mut Vec<Diagnostic>,
) {
    match node {
        Node::Map(entries) => {
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            for (key, value) in entries {
                path.push(Step::Key(key));
                let times = seen.entry(key).or_default();
                if *times > 0 {
                    let at = |focus| place(file, path, focus);
                    problems.push(
                        Diagnostic::new(
                            &codes::DUPLICATE_KEY,
                            at(Focus::RepeatedKey(*times)),
                            format!("duplicate key `{key}`"),
                        )
                        .label("again")
                        .also(at(Focus::Key), "first here")
                        .help("keep one of the two"),
                    );
                } else {
                    duplicates(file, value, path, problems);
                }
                *times += 1;
                path.pop();
            }
        }
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                duplicates(file, item, path, problems);
                path.pop();
            }
        }
        Node::Tagged(inner) => {
            // The scanner has seen every tag that the parser sees; should it ever miss one, the tag is
            // still rejected. If one is found, it is among the last.
            if !problems
                .iter()
                .rev()
                .any(|problem| problem.code == &codes::TAG)
            {
                let at = place(file, path, Focus::Value);
                problems.push(Diagnostic::new(&codes::TAG, at, "this value has a tag"));
            }
            duplicates(file, inner, path, problems);
        }
        _ => {}
    }
}
