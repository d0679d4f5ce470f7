//! Every kind of problem has a case in tests/data/diagnostics that shows it.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{check::all_codes, diagnostic::render_plain, explain, fixture, load, source::Sources};

fn data() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data")
}

/// Problems of the disk, which no text can show.
const OF_THE_DISK: [&str; 3] = ["E001", "E003", "E004"];

#[test]
fn the_sound_spec_has_nothing_wrong() {
    let checked = super::read(&data().join("minimal"));
    assert!(
        checked.diagnostics.is_empty(),
        "{}",
        render_plain(&checked.diagnostics, &checked.sources)
    );
}

#[test]
fn each_case_shows_its_problem_and_no_other() {
    let (base, _) = load::texts(&data().join("minimal"));
    let mut shown = BTreeSet::new();
    let mut wrong = String::new();
    for entry in fs::read_dir(data().join("diagnostics")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let case = fs::read_to_string(&path).unwrap();
        let checked = match fixture::apply(&base, &case) {
            Ok(sources) => super::of(sources),
            Err(error) => {
                wrong += &format!("{name}: {error}\n");
                continue;
            }
        };
        let found: BTreeSet<&str> = checked
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.number)
            .collect();
        for diagnostic in &checked.diagnostics {
            if diagnostic.why.is_none() && diagnostic.help.is_empty() {
                wrong += &format!("{name}: neither why nor how: {}\n", diagnostic.message);
            }
        }
        // The corrected text has no problems, like the valid spec.
        if case.contains("\n--- right: ") {
            let checked = fixture::righted(&base, &case).map(super::of);
            let told = checked.map(|it| render_plain(&it.diagnostics, &it.sources));
            if !told.as_ref().is_ok_and(String::is_empty) {
                wrong += &format!("{name}, put right: {told:?}\n");
            }
        }
        let (number, rest) = name.split_once('-').unwrap();
        // A case of one mistake has a suffix for it, and gives one error.
        let (code_name, mistake) = rest
            .split_once('.')
            .map_or((rest, None), |(name, word)| (name, Some(word)));
        // A case of several mistakes states which other problems it shows, even of its own code.
        let also = case.lines().find_map(|line| line.strip_prefix("also: "));
        let several = also.is_some();
        let also = also.into_iter().flat_map(|also| also.split(", "));
        let expected: BTreeSet<&str> = also.chain([number]).collect();
        let code = all_codes().find(|code| code.number == number);
        let once = mistake.is_none() || several || checked.diagnostics.len() == 1;
        if !once || found != expected || code.is_none_or(|code| code.name != code_name) {
            let drawn = render_plain(&checked.diagnostics, &checked.sources);
            wrong += &format!("{name}: expected {expected:?}, found {found:?}\n{drawn}\n");
        }
        shown.insert(number.to_owned());
    }
    assert!(wrong.is_empty(), "{wrong}");
    let missing: Vec<&str> = all_codes()
        .map(|code| code.number)
        .filter(|number| !shown.contains(*number) && !OF_THE_DISK.contains(number))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn what_is_wrong_with_the_rest_is_told_in_the_run_in_which_a_file_is_not_yaml() {
    let (base, _) = load::texts(&data().join("minimal"));
    let status = (
        "groups/things.yaml",
        "success: [200]",
        "success: [700]",
        "E222",
    );
    let key = ("shared.yaml", "schemas:", "odd: 1\nschemas:", "E020");
    for (broken, (file, from, to, told)) in [
        ("shared.yaml", status),
        ("service.yaml", status),
        ("scopes.yaml", status),
        ("events.yaml", status),
        ("groups/things.yaml", key),
    ] {
        let files = base.iter().map(|(path, text)| {
            let text = match path {
                path if path == broken => format!("{text}{{\n"),
                path if path == file => text.replacen(from, to, 1),
                _ => text.to_owned(),
            };
            (path, text)
        });
        let checked = super::of(Sources::from_texts(files));
        let found: BTreeSet<&str> = checked
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.number)
            .collect();
        let drawn = render_plain(&checked.diagnostics, &checked.sources);
        assert_eq!(found, BTreeSet::from(["E010", told]), "{broken}: {drawn}");
    }
}

/// A text in which the first line with this start, with everything nested below it, is replaced by this line.
fn replaced(text: &str, start: &str, line: &str) -> String {
    fn depth(line: &str) -> usize {
        line.len() - line.trim_start().len()
    }
    let mut lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|it| it.starts_with(start)).unwrap();
    let deeper = |it: &&&str| it.trim().is_empty() || depth(it) > depth(start);
    let below = lines[at + 1..].iter().take_while(deeper).count();
    lines.splice(at..=at + below, [line]);
    lines.join("\n") + "\n"
}

#[test]
fn a_value_of_the_wrong_kind_is_told_once_whatever_refers_to_what_it_would_have_named() {
    let (base, _) = load::texts(&data().join("minimal"));
    let mut wrong = String::new();
    for (file, start, line) in [
        ("groups/things.yaml", "endpoints:", "endpoints: 5"),
        ("groups/things.yaml", "  - id: list", "  - list"),
        ("groups/things.yaml", "path:", "path: []"),
        ("groups/things.yaml", "schemas:", "schemas: []"),
        ("groups/things.yaml", "schemas:", "schemas: Thing"),
        ("groups/things.yaml", "  Thing:", "  Thing: []"),
        ("groups/things.yaml", "    fields:", "    fields: []"),
        ("groups/things.yaml", "      parts:", "      parts: [Part]"),
        ("groups/things.yaml", "", "- a"),
        ("service.yaml", "generations:", "generations: []"),
        ("service.yaml", "  v1:", "  v1: []"),
        ("service.yaml", "    operators:", "    operators: [eq, in]"),
        ("service.yaml", "pages:", "pages: []"),
        ("service.yaml", "rates:", "rates: []"),
        ("service.yaml", "groups:", "groups: things"),
        ("service.yaml", "", "- a"),
        ("shared.yaml", "schemas:", "schemas: []"),
        ("shared.yaml", "", "[]"),
        ("scopes.yaml", "areas:", "areas: []"),
        ("scopes.yaml", "  things:", "  things: []"),
        ("scopes.yaml", "    levels:", "    levels: []"),
        ("scopes.yaml", "      read:", "      read: []"),
        ("scopes.yaml", "", "- a"),
        ("events.yaml", "events:", "events: {}"),
        (
            "events.yaml",
            "  - scope: shelf/thing/created",
            "  - created",
        ),
        ("events.yaml", "schemas:", "schemas: []"),
        ("events.yaml", "", "5"),
    ] {
        let files = base.iter().map(|(path, text)| {
            let text = match start {
                _ if path != file => text.to_owned(),
                "" => format!("{line}\n"),
                start => replaced(text, start, line),
            };
            (path, text)
        });
        let checked = super::of(Sources::from_texts(files));
        let found = checked.diagnostics.iter();
        let found: Vec<&str> = found.map(|diagnostic| diagnostic.code.number).collect();
        if found != ["E022"] {
            let drawn = render_plain(&checked.diagnostics, &checked.sources);
            wrong += &format!("{file}: {line}: {found:?}\n{drawn}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_a_wrong_example_that_gives_it_and_a_right_one_that_does_not() {
    // The correct text is the valid spec or the correction of a case; other tests check that they have no
    // problems.
    for code in explain::codes() {
        let explained = explain::explain(code.number).unwrap();
        let number = code.number;
        assert!(
            explained.about.ends_with('.'),
            "{number}: {}",
            explained.about
        );
        assert!(!explained.examples.is_empty(), "{number}");
        for example in &explained.examples {
            assert_ne!(example.wrong, example.right, "{number}");
        }
        let title = format!("[{number} {}]", code.name);
        let said = super::said(&explained);
        let shown = said.is_some_and(|said| said.contains(&title));
        assert_eq!(shown, !OF_THE_DISK.contains(&number), "{number}");
    }
}

#[test]
fn every_code_has_a_number_and_a_name_of_its_own() {
    let codes: BTreeSet<_> = all_codes().collect();
    let numbers: BTreeSet<_> = codes.iter().map(|code| code.number).collect();
    let names: BTreeSet<_> = codes.iter().map(|code| code.name).collect();
    assert_eq!((numbers.len(), names.len()), (codes.len(), codes.len()));
    for code in codes {
        let letter = if code.severity == crate::diagnostic::Severity::Error {
            'E'
        } else {
            'W'
        };
        assert!(code.number.starts_with(letter), "{}", code.number);
        assert!(code.explains.ends_with('.'), "{}", code.number);
    }
}

/// A string with something changed at random: a piece cut out, doubled, moved or overwritten.
fn mutate(text: &str, random: &mut impl FnMut(usize) -> usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    for _ in 0..=random(3) {
        let at = random(lines.len());
        let other = lines[random(lines.len())].clone();
        match random(8) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, other),
            2 => lines[at] = other,
            3 => lines[at] = lines[at].replacen(": ", ":", 1),
            4 => lines[at] = lines[at].replacen(['[', '{', '"', '\''], "", 1),
            5 => lines[at].insert_str(0, ["  ", "\t", "- ", "&a ", "*b ", "!c ", "é"][random(7)]),
            6 => {
                let words: Vec<&str> = other.split_whitespace().collect();
                let word = words
                    .get(random(words.len().max(1)))
                    .copied()
                    .unwrap_or("~");
                let cut = lines[at].find(": ").map_or(0, |colon| colon + 2);
                lines[at].replace_range(cut.., word);
            }
            _ => {
                let from = lines[at]
                    .char_indices()
                    .map(|(index, _)| index)
                    .nth(random(20));
                lines[at].truncate(from.unwrap_or(0));
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn whatever_is_changed_in_a_spec_is_judged_and_drawn_without_a_panic() {
    let mut seed = 3_u64;
    let mut random = move |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    let (base, _) = load::texts(&data().join("minimal"));
    let mut refused = 0;
    for _ in 0..1500 {
        let paths: Vec<&str> = base.iter().map(|(path, _)| path).collect();
        let changed = paths[random(paths.len())];
        let files: Vec<(&str, String)> = base
            .iter()
            .map(|(path, text)| {
                let text = if path == changed {
                    mutate(text, &mut random)
                } else {
                    text.to_owned()
                };
                (path, text)
            })
            .collect();
        let checked = super::of(Sources::from_texts(files));
        let drawn = render_plain(&checked.diagnostics, &checked.sources);
        assert_eq!(checked.document.is_none(), checked.diagnostics.has_errors());
        assert_eq!(drawn.is_empty(), checked.diagnostics.is_empty());
        refused += usize::from(checked.diagnostics.has_errors());
        // Valid specs are resolved.
        assert_eq!(checked.api.is_none(), checked.diagnostics.has_errors());
    }
    assert!(refused > 700, "{refused}");
}
