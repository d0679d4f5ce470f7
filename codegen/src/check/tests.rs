//! Every kind of problem has a case in tests/data/diagnostics that shows it.

use std::{collections::BTreeSet, fs, path::Path};

use super::{Checked, all_codes};
use crate::{diagnostic::render_plain, fixture, source::Sources};

fn data() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data")
}

/// Problems of the disk, which no text can show.
const OF_THE_DISK: [&str; 3] = ["E001", "E003", "E004"];

#[test]
fn the_sound_spec_has_nothing_wrong() {
    let checked = Checked::read(&data().join("minimal"));
    assert!(
        checked.diagnostics.is_empty(),
        "{}",
        render_plain(&checked.diagnostics, &checked.sources)
    );
}

#[test]
fn each_case_shows_its_problem_and_no_other() {
    let (base, _) = Sources::read(&data().join("minimal"));
    let mut shown = BTreeSet::new();
    let mut wrong = String::new();
    for entry in fs::read_dir(data().join("diagnostics")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let case = fs::read_to_string(&path).unwrap();
        let checked = match fixture::apply(&base, &case) {
            Ok(sources) => Checked::of(sources),
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
        let (number, code_name) = name.split_once('-').unwrap();
        let also = case.lines().find_map(|line| line.strip_prefix("also: "));
        let also = also.into_iter().flat_map(|also| also.split(", "));
        let expected: BTreeSet<&str> = also.chain([number]).collect();
        let code = all_codes().find(|code| code.number == number);
        if found != expected || code.is_none_or(|code| code.name != code_name) {
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
