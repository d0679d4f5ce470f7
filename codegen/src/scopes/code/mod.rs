//! Finds the calls of the client in Rust source by their names: a chain such as
//! `store.orders().shipments(118).list()`, or a call on a variable, field, parameter or function whose type
//! is a handle. It parses syntax without type inference, so it misses a handle that is passed through another
//! type. It reports what it cannot read although calls may be there: macros, and parameters of closures.

mod arguments;
mod closures;
mod depth;
mod handles;
mod names;
mod pieces;
mod raw_calls;
mod responses;
mod tests_only;
mod untyped;
mod visit;

use std::{collections::HashSet, thread};

use serde::Serialize;

use self::handles::Handles;
use super::{Checked, Granted, Needed, NeededCall};
use crate::model::{Api, Endpoint};

/// A file of a program.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its path, as shown in reports.
    pub file: String,
    /// Its contents.
    pub text: String,
}

/// Options of a scan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scan<'a> {
    /// The scopes of a token to compare with.
    pub granted: Option<&'a Granted>,
    /// Whether to include code that is compiled only for tests.
    pub tests: bool,
}

/// The calls of a program, and what they need.
#[derive(Debug, Serialize)]
pub struct Scanned<'a> {
    /// How many files were read.
    pub files: usize,
    /// Where each call is made.
    pub sites: Vec<Site<'a>>,
    /// Raw calls that match no endpoint of the spec, so their scope is unknown.
    pub raw: Vec<Raw>,
    /// Files that are not Rust, and where they stop being Rust.
    pub unread: Vec<Raw>,
    /// Macros that name methods of the client, and could not be read, or only in part.
    pub macros: Vec<Raw>,
    /// What may be calls, on parameters of closures whose types are unknown.
    pub untyped: Vec<Raw>,
    /// What the calls need.
    pub needed: Needed<'a>,
    /// How the scopes of a token compare with that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked<'a>>,
}

/// A call in the source.
#[derive(Debug, Serialize)]
pub struct Site<'a> {
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    #[serde(flatten)]
    pub call: NeededCall<'a>,
}

/// A place in the source, and what is there.
#[derive(Debug, Serialize)]
pub struct Raw {
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is there.
    pub what: String,
}

impl Site<'_> {
    /// `src/main.rs:3:9`
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Raw {
    /// `src/main.rs:3:9`
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Finds the calls in the files of a program.
#[must_use]
pub fn scan<'a>(api: &'a Api, files: &[Text], options: Scan<'_>) -> Scanned<'a> {
    let read = || scan_here(api, files, options);
    thread::scope(|scope| {
        let large = thread::Builder::new().stack_size(depth::STACK);
        match large.spawn_scoped(scope, read) {
            Ok(thread) => match thread.join() {
                Ok(scanned) => scanned,
                Err(panic) => std::panic::resume_unwind(panic),
            },
            // Without memory for such a stack, the default one is enough for most programs.
            Err(_) => read(),
        }
    })
}

fn scan_here<'a>(api: &'a Api, files: &[Text], options: Scan<'_>) -> Scanned<'a> {
    let handles = Handles::of(api);
    let mut unread = Vec::new();
    let mut parsed = Vec::new();
    for (at, Text { file, text }) in files.iter().enumerate() {
        if let Some(span) = depth::too_deep(text) {
            let why = "it nests too deeply to be read".to_owned();
            unread.push((at, raw(file, span, why)));
            continue;
        }
        match syn::parse_file(text) {
            Ok(tree) => parsed.push((at, tree)),
            Err(error) => unread.push((at, raw(file, error.span(), error.to_string()))),
        }
    }
    let left = match options.tests {
        true => HashSet::new(),
        false => tests_only::files(files, &parsed),
    };
    parsed.retain(|(at, _)| !left.contains(at));
    unread.retain(|(at, _)| !left.contains(at));
    let known = names::of(&handles, parsed.iter().map(|(_, tree)| tree));
    let mut found: Vec<(String, proc_macro2::Span, visit::Found)> = Vec::new();
    for (at, tree) in &parsed {
        let Some(Text { file, .. }) = files.get(*at) else {
            continue;
        };
        let calls = visit::calls(api, &handles, &known, tree, options.tests);
        found.extend(
            calls
                .into_iter()
                .map(|(span, call)| (file.clone(), span, call)),
        );
    }
    let mut sites = Vec::new();
    let mut raws = Vec::new();
    let mut macros = Vec::new();
    let mut untyped = Vec::new();
    let mut made = vec![false; api.endpoints.len()];
    for (file, span, one) in found {
        match one {
            visit::Found::Endpoint(at) => {
                made[at] = true;
                let place = span.start();
                sites.push(Site {
                    file,
                    line: place.line,
                    column: place.column + 1,
                    call: NeededCall::of(api, &api.endpoints[at]),
                });
            }
            visit::Found::Raw(what) => raws.push(raw(&file, span, what)),
            visit::Found::Macro(what) => macros.push(raw(&file, span, what)),
            visit::Found::Untyped(what) => untyped.push(raw(&file, span, what)),
        }
    }
    sites.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    let all = api.endpoints.iter().zip(made);
    let calls: Vec<&Endpoint> = all.filter_map(|(one, made)| made.then_some(one)).collect();
    Scanned {
        files: files.len() - left.len(),
        sites,
        raw: raws,
        unread: unread.into_iter().map(|(_, one)| one).collect(),
        macros,
        untyped,
        needed: Needed::of(api, &calls),
        checked: options
            .granted
            .map(|granted| Checked::of(api, granted, &calls)),
    }
}

fn raw(file: &str, span: proc_macro2::Span, what: String) -> Raw {
    let place = span.start();
    Raw {
        file: file.to_owned(),
        line: place.line,
        column: place.column + 1,
        what,
    }
}
