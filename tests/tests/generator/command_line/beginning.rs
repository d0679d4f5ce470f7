//! `new`: what it scaffolds is in the right place, marks what it cannot know, and passes once that is
//! filled in.

use bigcommerce_tests::cases::{cases, minimal};

use super::user::{Run, User};

const THINGS: &str = "../spec/groups/things.yaml";
const EVENTS: &str = "../spec/events.yaml";
const SERVICE: &str = "../spec/service.yaml";

pub(super) fn new(user: &User, words: &[&str]) -> Run {
    user.run(&[&["new"], words, &["--spec", "../spec"]].concat())
}

pub(super) fn check(user: &User) -> Run {
    user.run(&["check", "--spec", "../spec"])
}

/// Every line of `before` is unchanged in `after`, in the same order.
fn keeps_lines(before: &str, after: &str) {
    let mut rest = after.lines();
    for line in before.lines() {
        assert!(
            rest.any(|other| other == line),
            "{line:?} is lost:\n{after}"
        );
    }
}

/// Resolves open questions: each pair is the beginning of a line and its new text.
pub(super) fn answer(user: &User, file: &str, answers: &[(&str, &str)]) {
    let text = user.read(file);
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("todo: "))
        .map(|line| match line.split_once(", todo: ") {
            Some((before, _)) => format!("{before} }}"),
            None => line.to_owned(),
        })
        .map(|line| {
            let asked = line.trim_start().strip_suffix(" \"\"");
            let said = asked.and_then(|key| answers.iter().find(|(asked, _)| *asked == key));
            match said {
                Some((_, said)) => line.replace("\"\"", said),
                None => line,
            }
        });
    let answered: Vec<String> = lines.collect();
    user.write(file, &(answered.join("\n") + "\n"));
}

/// This many questions are listed when it is scaffolded, and each is an error at its own line.
fn asks(user: &User, begun: &Run, file: &str, count: usize) {
    let check = check(user);
    assert_eq!(check.code, 2, "{check}");
    let text = user.read(&format!("../spec/{file}"));
    let mut named = 0;
    for (at, line) in text.lines().enumerate() {
        let place = format!("../spec/{file}:{}:", at + 1);
        if begun.out.contains(&place) {
            assert!(line.contains("todo: "), "{place} asks nothing: {begun}");
            assert!(check.err.contains(&place), "{place} is not told: {check}");
            named += 1;
        }
    }
    assert_eq!(named, count, "{begun}");
}

#[test]
fn an_endpoint_that_the_list_of_official_operations_lacks_comes_with_its_line() {
    let user = User::new(&minimal());
    let list =
        "files:\n  things:\n    /v1/things: GET POST\n    \"/v1/things/{thing_id}\": PUT DELETE\n";
    user.write("../spec/official.yaml", list);
    let begun = new(
        &user,
        &["endpoint", "things.get", "get", "/v1/things/{thing_id}"],
    );
    assert_eq!((begun.code, &*begun.err), (0, ""), "{begun}");
    let line = "Add `\"/v1/things/{thing_id}\": DELETE GET PUT` below `things` in \
        ../spec/official.yaml.\n";
    assert!(begun.out.contains(line), "{begun}");
}

#[test]
fn an_endpoint_is_added_after_the_others_and_asks_what_it_cannot_know() {
    let user = User::new(&minimal());
    let before = user.read(THINGS);
    let words = [
        "endpoint",
        "things.part",
        "get",
        "/v1/things/{thing_id}/parts/{part_id}",
    ];
    let begun = new(&user, &words);
    assert_eq!((begun.code, &*begun.err), (0, ""), "{begun}");
    let after = user.read(THINGS);
    keeps_lines(&before, &after);
    assert!(after.contains("  thing_id: { type: int }\n  part_id: { type: int, todo: "));
    let first =
        "    success: [204]\n\n  - id: part\n    get: /v1/things/{thing_id}/parts/{part_id}\n";
    assert!(after.contains(first), "{after}");
    assert!(after.contains("\n\nschemas:\n"), "{after}");
    asks(&user, &begun, "groups/things.yaml", 2);

    let answers = [
        ("operation:", "getPart"),
        ("does:", "Read one part."),
        ("acts_on:", "part"),
        ("returns:", "Part"),
    ];
    answer(&user, THINGS, &answers);
    let check = check(&user);
    assert_eq!((check.code, &*check.err), (0, ""), "{check}");
    assert_eq!(user.codegen(&[]).code, 0);
    let page = user.read("generated-client/docs/things.md");
    assert!(
        page.contains("/v1/things/{thing_id}/parts/{part_id}"),
        "{page}"
    );
}

#[test]
fn a_call_with_a_body_asks_for_it_and_one_that_removes_returns_nothing() {
    let user = User::new(&minimal());
    let begun = new(
        &user,
        &[
            "endpoint",
            "things.polish",
            "POST",
            "/v1/things/{thing_id}/shine",
        ],
    );
    assert_eq!(begun.code, 0, "{begun}");
    let begun = new(
        &user,
        &[
            "endpoint",
            "things.dull",
            "DELETE",
            "/v1/things/{thing_id}/shine",
        ],
    );
    assert_eq!(begun.code, 0, "{begun}");
    let text = user.read(THINGS);
    assert!(
        text.contains("    takes: \"\"\n    returns: \"\"\n"),
        "{text}"
    );
    assert!(
        text.contains("    returns: none\n    success: [204]\n"),
        "{text}"
    );
    let answers = [
        ("operation:", "x"),
        ("does:", "Do it."),
        ("acts_on:", "thing"),
        ("takes:", "ThingUpdate"),
        ("returns:", "Thing"),
    ];
    answer(&user, THINGS, &answers);
    let distinct = user
        .read(THINGS)
        .replacen("operation: x", "operation: y", 1);
    user.write(THINGS, &distinct);
    let check = check(&user);
    assert_eq!((check.code, &*check.err), (0, ""), "{check}");
}

#[test]
fn a_group_gets_a_file_and_a_line_in_the_list_and_takes_endpoints() {
    let user = User::new(&minimal());
    let before = user.read(SERVICE);
    let begun = new(
        &user,
        &["group", "old_boxes", "--version", "v1", "--scope", "things"],
    );
    assert_eq!((begun.code, &*begun.err), (0, ""), "{begun}");
    let listed = before.replace("groups: [things]", "groups: [things, old_boxes]");
    assert_eq!(user.read(SERVICE), listed);
    let boxes = "../spec/groups/old_boxes.yaml";
    let text = user.read(boxes);
    let head = "# yaml-language-server: $schema=../schema/group.json\ngroup: old_boxes\ntitle: Old boxes\n";
    assert!(text.starts_with(head), "{text}");
    asks(&user, &begun, "groups/old_boxes.yaml", 1);

    let begun = new(
        &user,
        &["endpoint", "old_boxes.empty", "DELETE", "/v1/boxes"],
    );
    assert_eq!(begun.code, 0, "{begun}");
    let answers = [
        ("does:", "Keep boxes."),
        ("warning:", "A write here moves boxes."),
        ("operation:", "emptyBoxes"),
        ("acts_on:", "box"),
    ];
    answer(&user, boxes, &answers);
    // An empty value is reported, although nothing asks for it any more.
    let left = check(&user);
    assert_eq!(left.code, 2, "{left}");
    assert!(left.err.contains("source: \"\""), "{left}");
    answer(&user, boxes, &[("source:", "boxes.yml")]);
    let check = check(&user);
    assert_eq!((check.code, &*check.err), (0, ""), "{check}");
    assert_eq!(user.codegen(&[]).code, 0);
}

#[test]
fn an_event_is_added_next_to_those_about_the_same_resource() {
    let user = User::new(&minimal());
    let before = user.read(EVENTS).replace(
        "    payload: ThingEvent\n",
        "    payload: ThingEvent\n\n  # Boxes\n  - scope: shelf/box/created\n    does: A box comes.\n    payload: ThingEvent\n",
    );
    user.write(EVENTS, &before);
    let begun = new(&user, &["event", "shelf/thing/moved"]);
    assert_eq!((begun.code, &*begun.err), (0, ""), "{begun}");
    let after = user.read(EVENTS);
    keeps_lines(&before, &after);
    let there = "    payload: ThingEvent\n  - scope: shelf/thing/moved\n    does: \"\"\n";
    assert!(after.contains(there), "{after}");
    asks(&user, &begun, "events.yaml", 1);
    answer(
        &user,
        EVENTS,
        &[("does:", "A thing is moved."), ("payload:", "ThingEvent")],
    );
    let check = check(&user);
    assert_eq!((check.code, &*check.err), (0, ""), "{check}");
}

#[test]
fn conflicts_are_put_below_the_endpoint_or_the_event() {
    let user = User::new(&minimal());
    let before = user.read(THINGS);
    for (on, about, file, answered) in [
        ("things.list", "limit", THINGS, "groups/things.yaml"),
        ("things.list", "status", THINGS, "groups/things.yaml"),
        ("shelf/thing/created", "event", EVENTS, "events.yaml"),
    ] {
        let begun = new(&user, &["conflict", on, about]);
        assert_eq!((begun.code, &*begun.err), (0, ""), "{begun}");
        let text = user.read(file);
        let item = format!("      - about: {about}\n        guide: \"\"\n        official: \"\"\n");
        assert!(text.contains(&item), "{text}");
        asks(&user, &begun, answered, 1);
    }
    keeps_lines(&before, &user.read(THINGS));
    let answers = [
        ("guide:", "One."),
        ("official:", "Another."),
        ("why:", "It was tried."),
    ];
    answer(&user, THINGS, &answers);
    answer(&user, EVENTS, &answers);
    let check = check(&user);
    assert_eq!((check.code, &*check.err), (0, ""), "{check}");
}

#[test]
fn a_conflict_of_what_a_template_makes_belongs_into_the_file_that_uses_it() {
    let mut cases = cases("fragments").into_iter();
    let template = cases.find(|case| case.name == "template").unwrap();
    let user = User::new(&template.sources());
    let run = new(&user, &["conflict", "thing_notes.list", "limit"]);
    assert_eq!((run.code, &*run.out), (2, ""), "{run}");
    for part in [
        "templates/notes.yaml:",
        ": `thing_notes.list` comes from a template\n",
        "write it in groups/things.yaml: `list` with its `conflicts`, under `endpoints` of the use",
    ] {
        assert!(run.err.contains(part), "{part}: {run}");
    }
}

#[test]
fn what_is_there_already_or_has_no_place_is_refused_and_nothing_is_written() {
    let user = User::new(&minimal());
    let files = || (user.read(THINGS), user.read(EVENTS), user.read(SERVICE));
    let before = files();
    for (words, parts) in [
        (
            &["endpoint", "things.list", "GET", "/v1/others"][..],
            &["things.yaml:14: `things.list` already exists"][..],
        ),
        (
            &["endpoint", "things.drop", "DELETE", "/v1/things/{id}"],
            &[
                "things.yaml:",
                "DELETE /v1/things/{id} already exists, as `things.delete`",
            ],
        ),
        (
            &["endpoint", "thigns.list", "GET", "/v1/others"],
            &[
                "no group `thigns`",
                "did you mean `things`?",
                "cargo xtask new group thigns",
            ],
        ),
        (
            &["endpoint", "things", "GET", "/v1/others"],
            &["`things` is not an endpoint id"],
        ),
        (
            &["endpoint", "things.all", "GET", "v1/others"],
            &[
                "does not start with `/`",
                "write it without the server, as in `/",
            ],
        ),
        (
            &["endpoint", "things.All", "GET", "/v1/others"],
            &["snake_case"],
        ),
        (
            &["endpoint", "things.all", "HEAD", "/v1/others"],
            &["'HEAD'"],
        ),
        (
            &["group", "things"],
            &["things.yaml", "`things` already exists"],
        ),
        (
            &["event", "shelf/thing/created"],
            &["events.yaml:5: the event `shelf/thing/created` already exists"],
        ),
        (
            &["endpoint", ".all", "GET", "/v1/others"],
            &["an empty string is not a valid name in code"],
        ),
        (
            &["endpoint", "things.all", "GET", "/v1/ot hers/{id"],
            &["`/v1/ot hers/{id` is not a path"],
        ),
        (
            &["group", "boxes", "--version", "v2"],
            &["no generation `v2`", "did you mean `v1`?"],
        ),
        (
            &["group", "boxes", "--scope", "thing"],
            &["did you mean `things`?"],
        ),
        (
            &["event", "shelf/*"],
            &["`shelf/*` cannot be the scope of an event"],
        ),
        (&["event", "moved"], &["cannot be the scope of an event"]),
        (&["conflict", "things.list", ""], &["the fact is not named"]),
        (
            &["conflict", "things.lits", "limit"],
            &["did you mean `list`?"],
        ),
        (
            &["conflict", "shelf/thing/creatde", "event"],
            &["did you mean `shelf/thing/created`?"],
        ),
    ] {
        let run = new(&user, words);
        assert_eq!((run.code, &*run.out), (2, ""), "{run}");
        for part in parts {
            assert!(run.err.contains(part), "{part}: {run}");
        }
    }
    assert_eq!(files(), before);
}
