//! `diff`, and what `codegen` reports about an edit: the formats, what is denied, and which specs are
//! compared.

use bigcommerce_tests::cases::{cases, minimal};
use codegen::{fixture, source::Sources};
use serde_json::{Value, json};

use super::user::{MANIFEST, Run, User};

/// The small spec after the edit of this case.
fn edited(case: &str) -> Sources {
    let mut cases = cases("diff").into_iter();
    let case = cases.find(|it| it.name == case).unwrap();
    fixture::apply(&minimal(), &case.text).unwrap()
}

/// The small spec with additional fields.
fn with_fields(count: usize) -> Sources {
    let fields: String = (0..count)
        .map(|at| format!("      f{at}: {{ type: int }}\n"))
        .collect();
    let small = minimal();
    let files = small.iter().map(|(path, text)| {
        let text = text.replace("      parts: {", &format!("{fields}      parts: {{"));
        (path.to_owned(), text)
    });
    Sources::from_texts(files)
}

/// A user with a repository: what is committed, and the current spec.
fn repository(committed: &Sources, now: &Sources) -> User {
    let user = User::new(committed);
    user.commit("v0.1.0");
    user.spec(now);
    user
}

fn diff(user: &User, words: &[&str]) -> Run {
    user.at_root(&[&["diff"], words].concat())
}

#[test]
fn diff_says_of_a_revision_with_another_format_which_one_to_name() {
    let edit = "--- edit: groups/things.yaml\n-title: Things\n+heading: Things\n";
    let user = User::new(&fixture::apply(&minimal(), edit).unwrap());
    user.write("../spec/schema/group.json", "{ \"heading\": {} }");
    user.commit("old");
    user.spec(&minimal());
    user.write("../spec/schema/group.json", "{ \"title\": {} }");
    let none = diff(&user, &["old"]);
    assert_eq!((none.code, &*none.out), (2, ""), "{none}");
    let older = "the spec of `old` is in an older format, which is no longer supported; ";
    let yet = format!("{older}no revision has the current format yet");
    assert!(none.err.contains(&yet), "{none}");
    user.commit("new");
    let one = diff(&user, &["old"]);
    assert!(
        one.err
            .contains("is the first readable one after it: use that or a later one"),
        "{one}"
    );
    assert_eq!(diff(&user, &["new"]).out, "nothing changed\n");
}

#[test]
fn diff_compares_with_head_with_any_revision_and_with_a_folder() {
    let user = repository(&minimal(), &edited("field_optional"));
    let line = "! things.Thing.name is not required (create) [field-optional: rust, breaking] \
                (spec/groups/things.yaml:";
    let head = diff(&user, &[]);
    assert_eq!((head.code, &*head.err), (0, ""), "{head}");
    assert!(head.out.contains(line), "{head}");
    assert!(
        head.out.contains("2 break Rust code that uses them"),
        "{head}"
    );

    // Another commit: `HEAD` is the current spec, the tag is the previous one.
    user.commit("second");
    assert_eq!(diff(&user, &[]).out, "nothing changed\n");
    assert_eq!(diff(&user, &["v0.1.0"]).out, head.out);
    assert_eq!(diff(&user, &["HEAD~1"]).out, head.out);

    let folder = User::new(&minimal());
    let folder = folder.path("../spec");
    assert_eq!(diff(&user, &[folder.to_str().unwrap()]).out, head.out);
}

#[test]
fn diff_names_what_is_no_revision_and_no_folder() {
    let user = repository(&minimal(), &minimal());
    for nothing in ["nowhere", "-n", "HEAD~7"] {
        let run = diff(&user, &["--", nothing]);
        assert_eq!((run.code, &*run.out), (2, ""), "{run}");
        assert!(run.err.contains(&format!("`{nothing}`")), "{run}");
        assert!(!run.err.contains("fatal"), "{run}");
    }
    let run = diff(&user, &["spec/service.yaml"]);
    assert_eq!((run.code, &*run.out), (2, ""), "{run}");
    let says = "error: `spec/service.yaml` is a file; name the folder of a spec, or a revision of this repository\n";
    assert_eq!(run.err, says);
}

#[test]
fn diff_says_which_of_the_two_specs_has_errors() {
    let mut bad = cases("diagnostics").into_iter();
    let bad = bad.find(|it| it.name == "E400-unknown-scope").unwrap();
    let (bad, good) = (bad.sources(), minimal());
    let wrong = |of: &str| format!("the spec of `{of}` has 3 errors; nothing was compared");
    let run = diff(&repository(&bad, &good), &[]);
    assert_eq!((run.code, &*run.out), (2, ""), "{run}");
    assert!(run.err.contains("error[E400 unknown-scope]"), "{run}");
    assert!(run.err.contains(&wrong("HEAD")), "{run}");
    assert!(!run.err.contains("nothing was written"), "{run}");

    let user = repository(&good, &bad);
    let run = diff(&user, &["--spec", "spec"]);
    assert_eq!((run.code, &*run.out), (2, ""), "{run}");
    assert!(run.err.contains(&wrong("spec")), "{run}");
    assert!(!run.err.contains("`HEAD`"), "{run}");
}

#[test]
fn diff_tells_programs_each_change_with_its_kind_its_place_and_the_version_it_asks_for() {
    let user = repository(&minimal(), &edited("endpoint_renamed"));
    let run = diff(&user, &["--format", "json"]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    let said: Value = serde_json::from_str(&run.out).unwrap();
    let line = edited("endpoint_renamed");
    let mut lines = line.text("groups/things.yaml").unwrap().lines();
    let line = lines.position(|it| it == "  - id: change").unwrap() + 1;
    let expected = json!({
        "changes": [{
            "kind": "endpoint-renamed",
            "verdict": "rust",
            "bump": "breaking",
            "subject": "things.change",
            "text": "is renamed from things.update",
            "explains": "The method, its request and the variant of `Endpoint` are renamed.",
            "place": { "spec": "new", "file": "spec/groups/things.yaml", "line": line, "column": 9 },
        }],
        "bump": "breaking",
        "version": "0.1.0",
        "next_version": "0.2.0",
    });
    assert_eq!(said, expected);
}

#[test]
fn diff_is_markdown_for_a_review() {
    let user = repository(&minimal(), &edited("endpoint_renamed"));
    let run = diff(&user, &["--format", "md"]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    let line = edited("endpoint_renamed");
    let mut lines = line.text("groups/things.yaml").unwrap().lines();
    let line = lines.position(|it| it == "  - id: change").unwrap() + 1;
    let expected = format!(
        "### Breaking for Rust code\n\n- `things.change` is renamed from things.update \
         (endpoint-renamed: rust, breaking; spec/groups/things.yaml:{line}:9).\n\n\
         1 change, which breaks Rust code that uses it. It requires a breaking release, 0.1.0 -> 0.2.0.\n"
    );
    assert_eq!(run.out, expected);
}

#[test]
fn diff_exits_with_1_where_there_is_what_is_denied() {
    // By the effect of a change: whether each of `breaking`, `rust` and `any` denies it.
    for (case, denied) in [
        ("endpoint_renamed", [1, 1, 1]),
        ("scope_needed", [1, 0, 1]),
        ("page_size", [0, 0, 1]),
        ("endpoint_added", [0, 0, 0]),
    ] {
        let user = repository(&minimal(), &edited(case));
        let free = diff(&user, &[]);
        assert_eq!(free.code, 0, "{case}: {free}");
        for (what, code) in ["breaking", "rust", "any"].into_iter().zip(denied) {
            let run = diff(&user, &["--deny", what]);
            assert_eq!(run.code, code, "{case} {what}: {run}");
            assert_eq!(run.out, free.out, "what is printed is the same");
        }
    }
}

#[test]
fn codegen_says_nothing_of_changes_on_its_first_run() {
    let run = User::new(&minimal()).codegen(&[]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    assert!(
        !run.out.contains("change, which") && !run.out.contains("changes:"),
        "{run}"
    );
    assert!(!run.out.contains("previously rendered"), "{run}");
}

#[test]
fn codegen_says_that_it_does_not_know_the_spec_that_was_rendered_last() {
    let user = User::new(&minimal());
    user.codegen(&[]);
    let (known, unknown) = (minimal().hash(), "0".repeat(64));
    let manifest = user.read(MANIFEST).replace(&known, &unknown);
    user.write(MANIFEST, &manifest);
    let run = user.codegen(&[]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    assert!(
        run.out
            .contains("the previously rendered spec is not available here"),
        "{run}"
    );
}

#[test]
fn codegen_tells_twenty_changes_and_counts_the_rest_unless_all_are_asked_for() {
    for (fields, told, more) in [
        (20, 20, None),
        // One more line would take as much space.
        (21, 21, None),
        (22, 20, Some("  and 2 more: `cargo xtask diff` shows all\n")),
    ] {
        let lines = |run: &Run| run.out.lines().filter(|it| it.starts_with("+ ")).count();
        let user = User::new(&minimal());
        user.codegen(&[]);
        user.spec(&with_fields(fields));
        let run = user.codegen(&[]);
        assert_eq!(run.code, 0, "{run}");
        assert_eq!(lines(&run), told, "{run}");
        assert_eq!(run.out.contains(" more: "), more.is_some(), "{run}");
        assert!(more.is_none_or(|more| run.out.contains(more)), "{run}");
        assert!(run.out.contains(&format!("{fields} changes: ")), "{run}");

        user.spec(&minimal());
        user.codegen(&[]);
        user.spec(&with_fields(fields));
        let all = user.codegen(&["--verbose"]);
        assert_eq!(lines(&all), fields, "{all}");
    }
}
