//! Every kind of problem with a spec, printed as a maintainer sees it.

use std::{collections::BTreeMap, fs};

use bigcommerce_tests::{
    accept::accept,
    cases::{cases, minimal, snapshots},
};
use codegen::{
    check::all_codes,
    diagnostic::{Diagnostics, render_plain, reports},
    pipeline,
};

/// Problems of a folder on disk, which no text in memory can have.
const OF_THE_DISK: [&str; 3] = [
    "E001-missing-folder",
    "E003-unreadable-file",
    "E004-not-utf8",
];

/// Problems of a whole file, without any text to underline.
const OF_A_WHOLE_FILE: [&str; 5] = ["E001", "E002", "E003", "E005", "E006"];

fn draw(checked: &pipeline::Spec) -> String {
    render_plain(&checked.diagnostics, &checked.sources)
}

fn settings(about: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/diagnostics");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(about.replace('\n', " "));
    settings
}

#[test]
fn each_problem_is_drawn_with_its_place_its_reason_and_its_remedy() {
    let _accept = accept();
    for case in cases("diagnostics") {
        let drawn = draw(&pipeline::of(case.sources()));
        settings(&case.about).bind(|| insta::assert_snapshot!(case.name, drawn));
    }
}

/// Warnings do not fail a run, but here there must be none.
#[test]
fn the_real_spec_draws_nothing() {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec");
    assert_eq!(draw(&pipeline::read(spec.as_ref())), "");
}

#[test]
fn each_diagnostic_alone_names_a_place_underlines_text_and_says_why_or_how() {
    let mut wrong = String::new();
    for case in cases("diagnostics") {
        let checked = pipeline::of(case.sources());
        assert!(!checked.diagnostics.is_empty(), "{}", case.name);
        for diagnostic in &checked.diagnostics {
            let mut alone = Diagnostics::default();
            alone.push(diagnostic.clone());
            let drawn = render_plain(&alone, &checked.sources);
            let whole = OF_A_WHOLE_FILE.contains(&diagnostic.code.number);
            let severity = if diagnostic.is_error() {
                "error"
            } else {
                "warning"
            };
            let title = format!(
                "{severity}[{} {}]: ",
                diagnostic.code.number, diagnostic.code.name
            );
            let sound = drawn.starts_with(&title)
                && drawn.lines().any(|line| is_place(line, whole))
                && (whole || drawn.lines().any(is_underlined))
                && (diagnostic.why.is_some() || !diagnostic.help.is_empty());
            if !sound {
                wrong += &format!("{}:\n{drawn}\n", case.name);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// `--> file:line:column`, or `--> file` if it is about the whole file.
fn is_place(line: &str, whole_file: bool) -> bool {
    let Some(place) = line.trim_start().strip_prefix("--> spec/") else {
        return false;
    };
    let mut parts = place.split(':');
    let path = parts.next().unwrap_or_default();
    let numbers: Vec<_> = parts.map(str::parse::<usize>).collect();
    let is_file = path.ends_with(".yaml") || path.ends_with(".yml");
    is_file && (whole_file || matches!(numbers[..], [Ok(_), Ok(_)]))
}

fn is_underlined(line: &str) -> bool {
    line.split_once('|')
        .is_some_and(|(margin, rest)| margin.trim().is_empty() && rest.contains('^'))
}

#[test]
fn every_code_is_shown_by_a_case_and_no_two_codes_are_alike() {
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases("diagnostics") {
        let checked = pipeline::of(case.sources());
        for diagnostic in &checked.diagnostics {
            *shown.entry(diagnostic.code.number).or_default() += 1;
        }
    }
    let codes: BTreeMap<_, _> = all_codes().map(|code| (code.number, code)).collect();
    let missing: Vec<_> = codes
        .values()
        .map(|code| format!("{}-{}", code.number, code.name))
        .filter(|name| !shown.contains_key(&name[..4]) && !OF_THE_DISK.contains(&&**name))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    for code in all_codes() {
        // Several rules may report one code, but a rule always reports the same one.
        assert_eq!(codes[code.number], code);
        let twins = codes
            .values()
            .filter(|other| other.name == code.name || other.explains == code.explains);
        assert_eq!(twins.count(), 1, "{}", code.number);
    }
}

#[test]
fn all_problems_of_a_spec_are_told_in_one_run_causes_first_and_then_in_the_order_of_their_places() {
    let _accept = accept();
    let case = "--- edit: groups/things.yaml\n-scope: things\n+scope: thigns\n\n\
                -    page: numbered\n+    page: numberd\n\n-      parts: { type: \"[Part]\" }\n\
                +      parts: { type: \"[Prat]\" }\n--- edit: service.yaml\n-topics: []\n+topics:\n";
    let sources = codegen::fixture::apply(&minimal(), case).unwrap();
    let drawn = draw(&pipeline::of(sources));
    settings("Several mistakes at once.").bind(|| insta::assert_snapshot!("several", drawn));
}

#[test]
fn of_very_many_problems_the_first_hundred_are_drawn_and_the_rest_is_counted() {
    let strange: String = (0..5_000).map(|n| format!("strange_{n}: 1\n")).collect();
    let case = format!(
        "--- edit: groups/things.yaml\n-scope: things\n+{}\n",
        strange.trim_end().replace('\n', "\n+")
    );
    let case = case.replace("+strange_0: 1\n", "+scope: things\n+strange_0: 1\n");
    let checked = pipeline::of(codegen::fixture::apply(&minimal(), &case).unwrap());
    assert_eq!(checked.diagnostics.errors(), 5_000);
    let drawn = draw(&checked);
    assert_eq!(drawn.matches("error[E020 unknown-key]").count(), 100);
    assert!(
        drawn.ends_with("\nand 4900 more\n"),
        "{}",
        &drawn[drawn.len() - 200..]
    );
    let reports = reports(&checked.diagnostics, &checked.sources);
    let lines: Vec<usize> = reports.iter().filter_map(|one| one.line).collect();
    assert_eq!(lines.len(), 5_000);
    let first = lines[0];
    assert!(lines.into_iter().eq(first..first + 5_000));
}

#[test]
fn no_drawing_is_left_of_a_case_that_is_gone() {
    let cases = cases("diagnostics");
    let known = |name: &String| {
        name == "several"
            || OF_THE_DISK.contains(&name.as_str())
            || cases.iter().any(|case| case.name == *name)
    };
    let left: Vec<_> = snapshots("diagnostics")
        .into_iter()
        .filter(|name| !known(name))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_spec_without_a_flaw_draws_nothing() {
    assert_eq!(draw(&pipeline::of(minimal())), "");
}

#[test]
fn a_scope_about_which_the_sources_disagree_is_not_warned_of() {
    let scope = "--- edit: groups/things.yaml\n-    page: numbered\n+    page: numbered\n\
                 +    scope: things.modify\n";
    let conflict = "+    conflicts:\n+      - { about: scope, official: Modify., holds: official, \
                    why: It is the only source. }\n";
    let drawn = |case: &str| {
        let sources = codegen::fixture::apply(&minimal(), case).unwrap();
        draw(&pipeline::of(sources))
    };
    assert!(drawn(scope).contains("W402"));
    assert_eq!(drawn(&format!("{scope}{conflict}")), "");
}

#[test]
fn problems_of_the_disk_are_drawn_too() {
    let _accept = accept();
    let missing = pipeline::read(std::path::Path::new("no/such/folder"));
    settings("There is no spec folder.")
        .bind(|| insta::assert_snapshot!(OF_THE_DISK[0], draw(&missing)));
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("groups")).unwrap();
    for (path, text) in minimal().iter() {
        fs::write(folder.path().join(path), text).unwrap();
    }
    let shown = |checked: &pipeline::Spec| {
        let place = folder.path().to_string_lossy().replace('\\', "/");
        draw(checked).replace(&place, "spec")
    };
    #[cfg(unix)]
    {
        let link = folder.path().join("groups/more.yaml");
        std::os::unix::fs::symlink("nowhere.yaml", &link).unwrap();
        let unreadable = pipeline::read(folder.path());
        settings("A file that cannot be read.")
            .bind(|| insta::assert_snapshot!(OF_THE_DISK[1], shown(&unreadable)));
        fs::remove_file(link).unwrap();
    }
    let shared = folder.path().join("shared.yaml");
    let text = [fs::read(&shared).unwrap(), b"# caf\xe9\n".to_vec()].concat();
    fs::write(shared, text).unwrap();
    let latin = pipeline::read(folder.path());
    settings("A file in another encoding.")
        .bind(|| insta::assert_snapshot!(OF_THE_DISK[2], shown(&latin)));
}
