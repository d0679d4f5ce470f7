//! What follows an entry of the API's changelog, as described in CONTRIBUTING.md: an edit, or what a
//! command scaffolds and a person completes; then `check`, `codegen` with the effects of the edit, and
//! outputs that are up to date. The edits are made one after the other, on a fresh copy.

use bigcommerce_tests::cases::minimal;

use super::{
    beginning::{answer, check, new},
    user::User,
};

const THINGS: &str = "../spec/groups/things.yaml";
const BOXES: &str = "../spec/groups/boxes.yaml";
const EVENTS: &str = "../spec/events.yaml";

/// Writes the part after a line.
fn replace(user: &User, from: &str, to: &str) {
    let text = user.read(THINGS);
    assert_eq!(text.matches(from).count(), 1, "{from}");
    user.write(THINGS, &text.replace(from, to));
}

/// Follows the rest of the loop: each line is reported, and the version that all of them require.
fn follow(user: &User, edit: &str, told: &[&str]) {
    let checked = check(user);
    assert_eq!((checked.code, &*checked.err), (0, ""), "{checked}");
    let stale = user.codegen(&["--check"]);
    assert_eq!(stale.code, 1, "{told:?} makes no difference: {stale}");
    let run = user.codegen(&[]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    let diff = user.at_root(&["diff"]);
    for line in told {
        assert!(run.out.contains(line), "{line}: {run}");
        assert!(diff.out.contains(line), "{line}: {diff}");
    }
    let fresh = user.codegen(&["--check"]);
    assert_eq!((fresh.code, &*fresh.err), (0, ""), "{fresh}");
    user.commit(edit);
}

#[test]
fn each_edit_is_told_by_what_it_means_and_ends_in_outputs_that_are_up_to_date() {
    let user = User::new(&minimal());
    assert_eq!(user.codegen(&[]).code, 0);
    user.commit("v0.1.0");

    let field = "      parts: { type: \"[Part]\" }\n";
    replace(
        &user,
        field,
        &format!("{field}      weight: {{ type: decimal }}\n"),
    );
    follow(
        &user,
        "field",
        &["+ things.Thing.weight is new: decimal", "an addition"],
    );

    let path = "/v1/things/{thing_id}/label";
    let begun = new(&user, &["endpoint", "things.label", "get", path]);
    assert_eq!(begun.code, 0, "{begun}");
    let answers = [
        ("operation:", "getLabel"),
        ("does:", "Read the label of a thing."),
        ("acts_on:", "label"),
        ("returns:", "Part"),
    ];
    answer(&user, THINGS, &answers);
    follow(
        &user,
        "endpoint",
        &["+ things.label is new (GET /v1/things/{thing_id}/label"],
    );

    let words = ["group", "boxes", "--version", "v1", "--scope", "things"];
    assert_eq!(new(&user, &words).code, 0);
    let words = ["endpoint", "boxes.empty", "DELETE", "/v1/boxes"];
    assert_eq!(new(&user, &words).code, 0);
    let answers = [
        ("does:", "Keep boxes."),
        ("warning:", "A write here moves boxes."),
        ("source:", "boxes.yml"),
        ("operation:", "emptyBoxes"),
        ("acts_on:", "box"),
    ];
    answer(&user, BOXES, &answers);
    follow(&user, "group", &["+ boxes is new, with its endpoint"]);

    assert_eq!(new(&user, &["event", "shelf/thing/moved"]).code, 0);
    let answers = [("does:", "A thing is moved."), ("payload:", "ThingEvent")];
    answer(&user, EVENTS, &answers);
    follow(&user, "event", &["+ shelf/thing/moved is new"]);

    replace(
        &user,
        "      price: { type: Money",
        "      cost: { type: Money",
    );
    follow(
        &user,
        "rename",
        &[
            "! things.Thing.cost is renamed from price",
            "a breaking release",
        ],
    );

    let does = "    does: Remove a thing.\n";
    let deprecated =
        "    deprecated: { since: 2026-01-01, use: things.update, why: Things stay. }\n";
    replace(&user, does, &format!("{does}{deprecated}"));
    follow(
        &user,
        "deprecation",
        &["+ things.delete is deprecated; use things.update"],
    );

    // The next release reports all of it together.
    let diff = user.at_root(&["diff", "v0.1.0"]);
    for line in [
        "+ boxes is new",
        "+ things.delete is deprecated",
        "a breaking release",
    ] {
        assert!(diff.out.contains(line), "{line}: {diff}");
    }
}
