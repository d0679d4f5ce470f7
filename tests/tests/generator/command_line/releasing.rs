//! `release-notes` and `bump`, in a repository with a release tag.

use bigcommerce_tests::cases::minimal;
use codegen::source::Sources;

use super::user::User;

const VERSION: &str = "version = \"0.1.0\"\n";

/// A release with its manifests and its changelog, and an edit of the spec since then: a method is
/// renamed, and the API's history has another entry.
fn released() -> User {
    let user = User::new(&minimal());
    let package =
        |name: &str| format!("[package]\nname = \"{name}\"\n{VERSION}edition = \"2024\"\n");
    let alone = |name: &str, client: &str| {
        format!(
            "{}\n[dependencies]\nbigcommerce-client = {{ path = \"{client}\" }}\n\n[workspace]\n",
            package(name)
        )
    };
    let workspace = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"generated-client\", \"generated-client/mock\"]\n\
         exclude = [\"tests\"]\n\n[workspace.package]\n{VERSION}"
    );
    let client = format!(
        "{}\n[dependencies]\nbigcommerce-mock = {{ path = \"mock\", version = \"0.1.0\" }}\n",
        package("bigcommerce-client")
    );
    for (path, text) in [
        ("Cargo.toml", workspace),
        ("generated-client/Cargo.toml", client),
        (
            "generated-client/mock/Cargo.toml",
            package("bigcommerce-mock"),
        ),
        (
            "tests/downstream/Cargo.toml",
            alone("downstream", "../../generated-client"),
        ),
        (
            "tests/fuzz/Cargo.toml",
            alone("fuzz", "../../generated-client"),
        ),
    ] {
        user.write(&format!("../{path}"), &text);
        let source = path.replace("Cargo.toml", "src/lib.rs");
        user.write(&format!("../{source}"), "");
    }
    user.write(
        "../CHANGELOG.md",
        "# Changelog\n\n## Unreleased\n\n- Mine.\n\n## 0.1.0\n\n- Old.\n",
    );
    user.lock();
    user.commit("v0.1.0");
    let small = minimal();
    let files = small.iter().map(|(path, text)| {
        let text = text
            .replace("  - id: update\n", "  - id: change\n")
            .replace(
                "history: []",
                "history: [{ name: 2026-12-01, title: Names change, does: They do., changes: [] }]",
            );
        (path.to_owned(), text)
    });
    user.spec(&Sources::from_texts(files));
    user
}

#[test]
fn bump_raises_the_manifests_and_the_locks_to_the_version_that_the_changes_ask_for() {
    let user = released();
    let run = user.at_root(&["bump"]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    assert_eq!(
        run.out,
        "0.1.0 -> 0.2.0: required by the changes since v0.1.0\n"
    );
    for (path, times) in [
        ("Cargo.toml", 1),
        ("generated-client/Cargo.toml", 2),
        ("generated-client/mock/Cargo.toml", 1),
        ("Cargo.lock", 2),
        ("tests/downstream/Cargo.lock", 2),
        ("tests/fuzz/Cargo.lock", 2),
    ] {
        let text = user.read(&format!("../{path}"));
        assert_eq!(
            text.matches("version = \"0.2.0\"").count(),
            times,
            "{path}:\n{text}"
        );
    }
    // A package that is not released keeps its version.
    assert!(user.read("../tests/fuzz/Cargo.toml").contains(VERSION));

    let again = user.at_root(&["bump"]);
    assert_eq!(again.code, 0, "{again}");
    assert_eq!(
        again.out,
        "0.2.0 is sufficient: the changes since v0.1.0 require 0.2.0\n"
    );

    // A version that is set but not released is not a base, so further changes require the same one.
    let asked = "a breaking release, 0.1.0 -> 0.2.0\n";
    let since = user.at_root(&["diff", "v0.1.0"]);
    assert!(since.out.ends_with(asked), "{since}");
    user.commit("set");
    user.spec(&minimal());
    let since = user.at_root(&["diff"]);
    assert!(since.out.ends_with(asked), "{since}");
}

#[test]
fn release_notes_go_into_the_changelog_next_to_what_people_wrote() {
    let user = released();
    let link = "generated-client/docs/versions.md#2026-12-01-names-change";
    let notes = format!(
        "### The API, since v0.1.0\n\nIt follows the API's [history](generated-client/docs/versions.md#changelog):\n\n\
         - [2026-12-01: Names change]({link})\n\n#### Breaking for Rust code\n\n\
         - `things.change` is renamed from things.update.\n\n\
         1 change in the docs only.\n\n\
         2 changes: 1 breaks Rust code that uses it. They require a breaking release, 0.1.0 -> 0.2.0.\n"
    );
    let before = user.read("../CHANGELOG.md");
    let printed = user.at_root(&["release-notes", "--print"]);
    assert_eq!((printed.code, &*printed.err), (0, ""), "{printed}");
    assert_eq!(printed.out, notes);
    assert_eq!(
        user.read("../CHANGELOG.md"),
        before,
        "printing wrote something"
    );

    let run = user.at_root(&["release-notes", "v0.1.0"]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    let part = format!("<!-- release-notes:begin -->\n\n{notes}\n<!-- release-notes:end -->\n");
    let expected = before.replace("- Mine.\n", &format!("- Mine.\n\n{part}"));
    assert_eq!(user.read("../CHANGELOG.md"), expected);

    // Once the section has its version, the notes stay there.
    let named = expected.replace("## Unreleased", "## 0.2.0 (2026-12-02)");
    user.write("../CHANGELOG.md", &named);
    let again = user.at_root(&["release-notes"]);
    assert_eq!(
        again.out, "CHANGELOG.md already has the section of 0.2.0\n",
        "{again}"
    );
    assert_eq!(user.read("../CHANGELOG.md"), named);
}

#[test]
fn without_a_tag_of_a_release_a_revision_is_asked_for() {
    let user = User::new(&minimal());
    user.commit("first");
    for command in ["bump", "release-notes"] {
        let run = user.at_root(&[command]);
        assert_eq!((run.code, &*run.out), (2, ""), "{run}");
        assert!(run.err.contains("name the released revision"), "{run}");
    }
}
