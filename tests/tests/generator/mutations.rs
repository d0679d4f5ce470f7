//! Damage to the real spec: whatever happens to its text, the pipeline reports diagnostics or produces
//! a document that renders, and never panics. The damage is drawn from a fixed seed.

use std::{cell::Cell, sync::LazyLock};

use bigcommerce_tests::{choices::cases, root};
use codegen::{
    diagnostic::render_plain,
    load::Memo,
    model::Api,
    pipeline::{self, Output},
    source::Sources,
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    sample::Index,
    test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use rayon::prelude::*;

type Files = Vec<(String, String)>;

/// How many damaged specs there are, and how many of those that are still valid are rendered: rendering
/// takes as long as reading a hundred specs.
const CASES: u32 = 150;
const RENDERED: u32 = 5;

/// The real spec, with its parsed files, so that only the damaged part is parsed again.
static REAL: LazyLock<Sources> = LazyLock::new(|| {
    let (sources, diagnostics) = codegen::load::texts(&root().join("spec"));
    assert!(diagnostics.is_empty(), "the spec cannot be read");
    sources
});
static MEMO: LazyLock<Memo<'static>> = LazyLock::new(|| Memo::of(&REAL));

fn real() -> Files {
    REAL.iter()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

/// One change: the operation, the file, the position, and the text.
type Change = (u8, Index, Index, Index);

const ODD: &[&str] = &[
    "*", "&a", "!!str", "<<: *a", "{", "}", "[", "]", "\"", "'", ":", "- ", "#", "|", ">", "%",
    "@", "\t", "\0", "é", "\u{2028}", "\u{feff}", "~", "null", "1e999", "0x10", "---", "...", "? ",
    "½", "../", "{{ x }}", "*/",
];

/// Applies one change to the text of a file.
fn mutate(text: &mut String, donor: &str, (kind, _, at, with): &Change) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let donors: Vec<&str> = donor.lines().collect();
    if lines.is_empty() || donors.is_empty() {
        return text.push_str(ODD[with.index(ODD.len())]);
    }
    let line = at.index(lines.len());
    let other = with.index(lines.len());
    match kind % 11 {
        0 => drop(lines.remove(line)),
        1 => lines.insert(other, lines[line].clone()),
        2 => lines[line] = donors[with.index(donors.len())].to_owned(),
        3 => lines.insert(line, donors[with.index(donors.len())].to_owned()),
        4 => lines.swap(line, other),
        5 => lines[line].insert_str(0, ["  ", " ", "    ", "\t"][with.index(4)]),
        6 => {
            let spaces = lines[line].len() - lines[line].trim_start_matches(' ').len();
            lines[line].drain(..spaces.min(1 + with.index(2)));
        }
        7 | 8 => {
            let token = tokens(donors[with.index(donors.len())]);
            let own = tokens(&lines[line]);
            if let (Some(token), Some(own)) = (token.first(), own.get(with.index(own.len().max(1))))
            {
                lines[line] = lines[line].replacen(own.as_str(), token, 1);
            }
        }
        9 => {
            let places: Vec<usize> = lines[line].char_indices().map(|(at, _)| at).collect();
            let place = places
                .get(with.index(places.len().max(1)))
                .copied()
                .unwrap_or_default();
            lines[line].insert_str(place, ODD[at.index(ODD.len())]);
        }
        _ => {
            let end = (line + 1 + with.index(6)).min(lines.len());
            lines.drain(line..end);
        }
    }
    *text = lines.join("\n") + "\n";
}

/// The words and single symbols of a line.
fn tokens(line: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        let joins = tokens.last().is_some_and(|last| {
            c.is_alphanumeric()
                && last.ends_with(|last: char| last.is_alphanumeric() || last == '_')
        });
        match tokens.last_mut() {
            Some(last) if joins || c == '_' => last.push(c),
            _ => tokens.push(c.to_string()),
        }
    }
    tokens
}

/// What is left of a damaged spec, if it is still valid; an error means that a guarantee was broken.
fn read(files: &Files) -> Result<Option<Api>, String> {
    let checked = pipeline::of_edited(&MEMO, Sources::from_texts(files.clone()));
    let drawn = render_plain(&checked.diagnostics, &checked.sources);
    let (silent, empty) = (checked.diagnostics.is_empty(), drawn.trim().is_empty());
    if silent != empty {
        return Err(format!(
            "diagnostics that are not drawn as they are: {drawn}"
        ));
    }
    if checked.api.is_none() && !checked.diagnostics.has_errors() {
        return Err("no API, and no error that says why".to_owned());
    }
    Ok(checked.api)
}

/// Runs an API through the rest of the pipeline.
fn render(api: &Api) -> Result<(), String> {
    let rendered = pipeline::render(api, &Output::ALL).map_err(|error| error.to_string())?;
    for (_, file) in &rendered.files {
        if file.path.ends_with(".rs")
            && let Err(error) = syn::parse_file(&file.text)
        {
            return Err(format!("{} is not Rust: {error}", file.path));
        }
    }
    Ok(())
}

#[test]
fn a_damaged_spec_is_refused_with_reasons_or_renders() {
    let real = real();
    let config = ProptestConfig {
        cases: cases(CASES),
        failure_persistence: None,
        max_shrink_iters: 30,
        ..ProptestConfig::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let changes = vec(
        (any::<u8>(), any::<Index>(), any::<Index>(), any::<Index>()),
        1..4,
    );
    let valid = Cell::new(0);
    let outcome = TestRunner::new_with_rng(config, rng).run(&changes, |changes: Vec<Change>| {
        let mut files = real.clone();
        for change in &changes {
            let donor = real[change.3.index(real.len())].1.as_str();
            let at = change.1.index(files.len());
            mutate(&mut files[at].1, donor, change);
        }
        let answer = read(&files).and_then(|api| match api {
            Some(api) if valid.get() < cases(RENDERED) => {
                valid.set(valid.get() + 1);
                render(&api)
            }
            _ => Ok(()),
        });
        answer.map_err(|why| TestCaseError::fail(format!("{why}\n{}", changed(&real, &files))))
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(
        valid.get() > 0,
        "all damage was fatal, so nothing was rendered"
    );
}

#[test]
fn a_spec_without_one_of_its_files_or_with_an_empty_one_is_refused() {
    let real = real();
    (0..real.len()).into_par_iter().for_each(|at| {
        let path = &real[at].0;
        for text in [None, Some(""), Some("null\n")] {
            let mut files = real.clone();
            match text {
                None => drop(files.remove(at)),
                Some(text) => files[at].1 = text.to_owned(),
            }
            let api = read(&files).unwrap();
            // The list of official operations may be omitted, but not empty.
            let optional = path == "official.yaml" && text.is_none();
            assert_eq!(api.is_some(), optional, "{path} as {text:?} is not missed");
        }
    });
}

/// The lines that differ.
fn changed(real: &Files, damaged: &Files) -> String {
    let mut out = String::new();
    for ((path, was), (_, is)) in real.iter().zip(damaged).filter(|(a, b)| a != b) {
        let (was, is): (Vec<_>, Vec<_>) = (was.lines().collect(), is.lines().collect());
        let same = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
        let end = was
            .iter()
            .rev()
            .zip(is.iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        let end = end.min(was.len() - same).min(is.len() - same);
        out += &format!("--- {path}, from line {}\n", same + 1);
        out.extend(
            was[same..was.len() - end]
                .iter()
                .map(|line| format!("-{line}\n")),
        );
        out.extend(
            is[same..is.len() - end]
                .iter()
                .map(|line| format!("+{line}\n")),
        );
    }
    out
}
