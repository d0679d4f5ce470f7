//! Malicious specs: deep, huge, or full of bytes that no spec contains. Each is rejected with a limited
//! number of reasons, or is valid; none crashes the program.

use std::fs;

use bigcommerce_tests::{cases::minimal, choices::cases};
use codegen::{diagnostic::render_plain, pipeline, source::Sources};

/// The files of the smallest spec, each of which is attacked.
const FILES: [&str; 5] = [
    "service.yaml",
    "scopes.yaml",
    "events.yaml",
    "shared.yaml",
    "groups/things.yaml",
];

/// The maximum size of a diagnostic in bytes, and a lower limit for all of them together.
const SHOWN: usize = 4_000;

/// What is appended to a file or replaces it; `n` is its size.
type Harm = (&'static str, fn(usize) -> String);

const BEHIND: &[Harm] = &[
    ("lists in lists", |n| format!("deep: {}", "[".repeat(n))),
    ("closed lists in lists", |n| {
        format!("deep: {}{}\n", "[".repeat(n), "]".repeat(n))
    }),
    ("maps in maps", |n| format!("deep: {}1\n", "{a: ".repeat(n))),
    ("blocks in blocks", |n| {
        let deep = |at: usize| format!("{}a:\n", " ".repeat(at));
        (0..n.min(2_000)).map(deep).collect()
    }),
    ("items in items", |n| {
        format!("deep:\n  {}1\n", "- ".repeat(n))
    }),
    ("aliases of aliases", |n| {
        let line = |at: usize| format!("a{}: &a{} [*a{at}, *a{at}, *a{at}]\n", at + 1, at + 1);
        format!(
            "a0: &a0 [1]\n{}",
            (0..n.min(500)).map(line).collect::<String>()
        )
    }),
    ("an alias of itself", |_| "a: &a [*a]\n".to_owned()),
    ("merges of themselves", |_| "a: &a\n  <<: *a\n".to_owned()),
    ("a huge key", |n| format!("{}: 1\n", "k".repeat(n * 20))),
    ("a huge quoted key", |n| {
        format!("\"{}\": 1\n", "é".repeat(n * 10))
    }),
    ("a huge value", |n| {
        format!("name: {}\n", "v".repeat(n * 20))
    }),
    ("a huge number", |n| format!("x: {}\n", "9".repeat(n))),
    ("many unknown keys", |n| {
        (0..n).map(|at| format!("k{at}: {at}\n")).collect()
    }),
    ("one key many times", |n| "k: 1\n".repeat(n)),
    ("many items of nothing", |n| {
        format!("x:\n{}", "  -\n".repeat(n))
    }),
    ("many documents", |n| "---\na: 1\n".repeat(n)),
    ("many directives", |n| "%YAML 9.9\n".repeat(n)),
    ("tags", |n| "x: !!binary aGFybQ==\n".repeat(n.min(200))),
    ("a tag of a program", |_| {
        "x: !!python/object/apply:os.system [id]\n".to_owned()
    }),
    ("a NUL", |_| "x: a\0b\n\0\n".to_owned()),
    ("control characters", |_| {
        "x: \u{1}\u{7f}\u{9b}31m\u{202e}\u{2028}\n".to_owned()
    }),
    ("a byte order mark inside", |_| {
        "x: 1\n\u{feff}y: 2\n".to_owned()
    }),
    ("lone carriage returns", |n| {
        "x: 1\ry: 2\r".repeat(n.min(500))
    }),
    ("an open quote", |n| {
        format!("x: \"open\n{}", "  more\n".repeat(n))
    }),
    ("an open list", |n| format!("x: [\n{}", "  1,\n".repeat(n))),
    ("odd block scalars", |n| {
        format!("x: |9+\n y\nz: >-3\n{}", "   text\n".repeat(n))
    }),
    ("keys that are lists", |n| {
        "? [a, b]\n: {c: d}\n".repeat(n.min(500))
    }),
    ("tabs", |n| "\tx:\t1\n".repeat(n.min(500))),
    ("blanks alone", |n| " \n".repeat(n)),
    ("comments alone", |n| "# no more\n".repeat(n)),
];

/// Reads it as the commands do, and limits what they print.
fn refused_or_rendered(what: &str, file: &str, sources: Sources) {
    let (lines, bytes) = sources.iter().fold((0, 0), |(lines, bytes), (_, text)| {
        (lines + text.lines().count(), bytes + text.len())
    });
    let checked = pipeline::of(sources);
    let drawn = render_plain(&checked.diagnostics, &checked.sources);
    let (count, shown) = (checked.diagnostics.len(), drawn.len());
    // Several things may be wrong on a line, but no more than it contains.
    assert!(
        count <= 2 * lines.max(bytes / 8),
        "{what} in {file}: {count} for {lines} lines"
    );
    let most = SHOWN * (count + 1);
    assert!(
        shown <= most,
        "{what} in {file}: {shown} bytes for {count} diagnostics of {bytes} bytes"
    );
    assert!(
        !drawn.contains('\0') && !drawn.contains('\u{9b}'),
        "{what} in {file}"
    );
    match &checked.document {
        Some(_) => assert!(checked.api.is_some(), "{what} in {file}"),
        None => assert!(checked.diagnostics.has_errors(), "{what} in {file}"),
    }
}

#[test]
fn a_hostile_spec_is_refused_with_reasons_that_are_bounded_and_never_ends_the_program() {
    let n = cases(2_000) as usize;
    for (what, make) in BEHIND {
        for file in FILES {
            let files = minimal();
            let files = files.iter().map(|(path, text)| {
                let harm = if path == file { make(n) } else { String::new() };
                (path.to_owned(), format!("{text}{harm}"))
            });
            refused_or_rendered(what, file, Sources::from_texts(files));
        }
        // In place of a file it is the whole file.
        let files = minimal();
        let files = files.iter().map(|(path, text)| {
            let is_it = path == "groups/things.yaml";
            (
                path.to_owned(),
                if is_it { make(n) } else { text.to_owned() },
            )
        });
        refused_or_rendered(what, "place of a group", Sources::from_texts(files));
    }
}

#[test]
fn a_spec_with_the_line_ends_of_windows_is_the_same_spec() {
    let plain = pipeline::of(minimal()).document;
    let files = minimal();
    let files = files
        .iter()
        .map(|(path, text)| (path.to_owned(), text.replace('\n', "\r\n")));
    let windows = pipeline::of(Sources::from_texts(files)).document;
    assert_eq!(format!("{plain:?}"), format!("{windows:?}"));
    assert!(plain.is_some());
}

#[cfg(unix)]
#[test]
fn files_that_are_no_text_and_links_of_any_kind_are_refused_by_their_names() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt, os::unix::fs::symlink, path::Path};
    type Make = fn(&Path);
    let harms: [(&str, Make); 7] = [
        ("shared.yaml", |spec| {
            fs::write(spec.join("shared.yaml"), b"schemas: {}\n\xff\xfe\0").unwrap();
        }),
        ("groups/things.yaml", |spec| {
            let text = fs::read(spec.join("groups/things.yaml")).unwrap();
            fs::write(
                spec.join("groups/things.yaml"),
                [&text[..], b"\xc3"].concat(),
            )
            .unwrap();
        }),
        ("groups/link.yaml", |spec| {
            symlink("../../other", spec.join("groups/link.yaml")).unwrap();
        }),
        ("groups/gone.yaml", |spec| {
            symlink("nowhere", spec.join("groups/gone.yaml")).unwrap();
        }),
        ("groups/self.yaml", |spec| {
            symlink("self.yaml", spec.join("groups/self.yaml")).unwrap();
        }),
        ("loop", |spec| symlink(".", spec.join("loop")).unwrap()),
        ("groups/", |spec| {
            let name = OsStr::from_bytes(b"groups/\xff.yaml");
            fs::write(spec.join(name), "group: x\n").unwrap();
        }),
    ];
    for (name, make) in harms {
        let folder = tempfile::tempdir().unwrap();
        let spec = folder.path().join("spec");
        for (path, text) in minimal().iter() {
            let path = spec.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(folder.path().join("other"), "neither:a:spec\n").unwrap();
        assert!(pipeline::read(&spec).document.is_some());
        make(&spec);
        let checked = pipeline::read(&spec);
        assert!(checked.document.is_none(), "{name} is taken");
        let drawn = render_plain(&checked.diagnostics, &checked.sources);
        assert!(drawn.contains(name), "{name} is not named: {drawn}");
        // A loop is followed to the maximum depth of a spec.
        assert!(checked.diagnostics.len() < 40, "{drawn}");
    }
}
