//! Where `cargo xtask upstream --write` puts what differs in the endpoints that a template makes.

use bigcommerce_tests::{
    cases::minimal,
    changes::{put, take},
};
use codegen::{
    diagnostic::render_plain,
    export, pipeline,
    source::Sources,
    upstream::{self, Take},
};
use serde_json::{Value, json};

use super::{
    changes::edited,
    differences::{held, lines, written},
};

const TEMPLATE: &str = "\
# yaml-language-server: $schema=../schema/template.json
does: Read and change levels.

arguments:
  of: What has the level.
  path: Where it is.

endpoints:
  - id: get_${of}
    get: ${path}
    operation: get${Of}Level
    does: Read the ${of} level.
    acts_on: level
    query:
      depth: { type: int }
    returns: Part
    success: [200]
    errors: [404]

  - id: update_${of}
    put: ${path}
    operation: update${Of}Level
    does: Change the ${of} level.
    acts_on: level
    takes: PartInput
    returns: Part
    success: [200]
";

const USES: &str = "  - template: levels
    of: red
    path: /v1/levels/red

  - template: levels
    of: blue
    path: /v1/levels/blue
    endpoints:
      get_blue: { errors: [401] }

schemas:
";

const RED: &str = "/paths/~1v1~1levels~1red";
const BLUE: &str = "/paths/~1v1~1levels~1blue";

fn spec() -> Sources {
    spec_of(TEMPLATE, USES)
}

fn spec_of(template: &str, uses: &str) -> Sources {
    let minimal = minimal();
    let files = minimal.iter().map(|(file, text)| {
        let text = match file {
            "groups/things.yaml" => text.replacen("schemas:\n", uses, 1),
            _ => text.to_owned(),
        };
        (file.to_owned(), text)
    });
    let template = ("templates/levels.yaml".to_owned(), template.to_owned());
    Sources::from_texts(files.chain([template]))
}

fn exported() -> Value {
    let spec = pipeline::of(spec());
    let told = render_plain(&spec.diagnostics, &spec.sources);
    export::openapi(&spec.api.expect(&told))
}

/// The lines that differ in each file of the spec that does.
fn edits(after: &Sources) -> Vec<(String, Vec<String>)> {
    let before = spec();
    let files = before.iter().map(|(file, text)| {
        let edits = edited(text, after.text(file).unwrap());
        (file.to_owned(), edits)
    });
    files.filter(|(_, edits)| !edits.is_empty()).collect()
}

/// The edits that are made of a description, after which nothing differs.
fn made(description: &Value, side: Take) -> Vec<(String, Vec<String>)> {
    let text = description.to_string();
    let first = held(&text, &spec());
    assert!(!first.differences.is_empty());
    let after = written(&first, &spec(), side);
    assert_eq!(lines(&held(&text, &after)), [""; 0]);
    edits(&after)
}

fn in_file(file: &str, lines: &[&str]) -> Vec<(String, Vec<String>)> {
    let lines = lines.iter().map(|line| (*line).to_owned());
    vec![(file.to_owned(), lines.collect())]
}

fn taken() -> Value {
    json!({ "description": "Taken." })
}

fn shelf() -> Value {
    json!({ "name": "shelf", "in": "query", "schema": { "type": "integer" } })
}

#[test]
fn what_every_use_needs_is_written_into_the_template() {
    let mut description = exported();
    for path in [RED, BLUE] {
        put(
            &mut description,
            &format!("{path}/put/responses/409"),
            taken(),
        );
    }
    let expected = in_file("templates/levels.yaml", &["+    errors: [409]"]);
    assert_eq!(made(&description, Take::Theirs), expected);
    // A use that says the key by itself is edited as well.
    let mut description = exported();
    for path in [RED, BLUE] {
        put(
            &mut description,
            &format!("{path}/get/responses/409"),
            taken(),
        );
    }
    let expected = [
        (
            "groups/things.yaml",
            [
                "-      get_blue: { errors: [401] }",
                "+      get_blue: { errors: [401, 409] }",
            ],
        ),
        (
            "templates/levels.yaml",
            ["-    errors: [404]", "+    errors: [404, 409]"],
        ),
    ];
    let expected =
        expected.map(|(file, lines)| (file.to_owned(), lines.map(str::to_owned).to_vec()));
    assert_eq!(made(&description, Take::Theirs), expected);
}

#[test]
fn what_one_use_needs_is_written_into_that_use() {
    let mut description = exported();
    put(
        &mut description,
        &format!("{RED}/get/parameters/-"),
        shelf(),
    );
    let expected = in_file(
        "groups/things.yaml",
        &[
            "+    endpoints:",
            "+      get_red:",
            "+        query:",
            "+          depth: { type: int }",
            "+          shelf: { type: int }",
        ],
    );
    assert_eq!(made(&description, Take::Theirs), expected);
    // Below what it says of the endpoint already.
    let mut description = exported();
    let limits = json!({ "type": "integer", "minimum": 1 });
    put(
        &mut description,
        &format!("{BLUE}/get/parameters/depth/schema"),
        limits,
    );
    let expected = in_file(
        "groups/things.yaml",
        &[
            "-      get_blue: { errors: [401] }",
            "+      get_blue: { errors: [401], query: { depth: { type: int, range: 1.. } } }",
        ],
    );
    assert_eq!(made(&description, Take::Theirs), expected);
}

#[test]
fn a_path_that_moves_is_another_argument_if_all_its_methods_move() {
    let mut description = exported();
    let moved = take(&mut description, RED);
    put(&mut description, "/paths/~1v1~1levels~1crimson", moved);
    let expected = in_file(
        "groups/things.yaml",
        &["-    path: /v1/levels/red", "+    path: /v1/levels/crimson"],
    );
    assert_eq!(made(&description, Take::Theirs), expected);
    let mut description = exported();
    let moved = take(&mut description, &format!("{RED}/put"));
    let moved = json!({ "put": moved });
    put(&mut description, "/paths/~1v1~1levels~1crimson", moved);
    let edits = made(&description, Take::Theirs);
    let [(file, lines)] = edits.as_slice() else {
        panic!("{edits:#?}");
    };
    assert_eq!(file, "groups/things.yaml");
    let has = |text: &str| lines.iter().any(|line| line.contains(text));
    assert!(has("update_red") && has("/v1/levels/crimson"), "{lines:#?}");
    assert!(
        !lines.iter().any(|line| line.starts_with('-')),
        "{lines:#?}"
    );
}

#[test]
fn a_difference_of_what_a_template_makes_is_recorded_in_the_use() {
    let mut description = exported();
    for pointer in [
        format!("{RED}/get/parameters/-"),
        format!("{BLUE}/get/parameters/-"),
    ] {
        put(&mut description, &pointer, shelf());
    }
    let edits = made(&description, Take::Conflict);
    let [(file, lines)] = edits.as_slice() else {
        panic!("{edits:#?}");
    };
    assert_eq!(file, "groups/things.yaml");
    let text = "\"parameter shelf is missing here\"";
    let recorded = lines.iter().filter(|line| {
        line.trim_start_matches('+').trim() == format!("differs: [{text}]")
            || line.contains("- parameter shelf is missing here")
    });
    // One record names all endpoints of the group that differ.
    assert_eq!(recorded.count(), 1, "{lines:#?}");
    let named = "- endpoints: [get_red, get_blue]";
    assert!(lines.iter().any(|line| line.ends_with(named)), "{lines:#?}");
    assert!(lines.contains(&"+      get_red:".to_owned()), "{lines:#?}");
    // Another one of the same endpoint joins it.
    put(
        &mut description,
        &format!("{RED}/get/responses/409"),
        taken(),
    );
    let edits = made(&description, Take::Conflict);
    let count = edits.iter().flat_map(|(_, lines)| lines);
    let count = count.filter(|line| line.trim_end().ends_with("conflicts:"));
    assert_eq!(count.count(), 1, "{edits:#?}");
}

#[test]
fn what_a_person_has_to_write_is_told_with_the_place_of_the_use() {
    let mut description = exported();
    take(&mut description, &format!("{RED}/get/parameters/depth"));
    let held = held(&description.to_string(), &spec());
    assert_eq!(
        lines(&held),
        ["things.get_red: parameter depth is not official"]
    );
    let written = upstream::write(&held.differences, &spec(), Take::Theirs);
    let [(_, why)] = written.left.as_slice() else {
        panic!("{written:?}");
    };
    let spec = spec();
    let things = spec.text("groups/things.yaml").unwrap();
    let before = things.find("template: levels").unwrap();
    let line = things[..before].matches('\n').count() + 1;
    let says = format!(
        "spec/templates/levels.yaml is a template: move what only some uses need to `endpoints` of the use at \
         spec/groups/things.yaml:{line}"
    );
    assert!(why.ends_with(&says), "{why}");
}

#[test]
fn a_record_of_a_template_is_reported_where_it_is_not_true_unless_the_use_names_other_endpoints() {
    let errors = "    errors: [404]\n";
    let conflict = "    conflicts:
      - about: status
        official: It is also a conflict.
        holds: official
        why: It is the only source.
        differs_at:
          - endpoints: ${differing}
            differs:
              - error status 409 is missing here
";
    let path = "  path: Where it is.\n";
    let differing =
        "  differing: { does: Which have it., default: [\"get_${of}\", \"update_${of}\"] }\n";
    let template = TEMPLATE
        .replace(errors, &format!("{errors}{conflict}"))
        .replace(path, &format!("{path}{differing}"));
    let mut description = exported();
    for call in [
        format!("{RED}/get"),
        format!("{RED}/put"),
        format!("{BLUE}/get"),
    ] {
        put(&mut description, &format!("{call}/responses/409"), taken());
    }
    let description = description.to_string();
    let told = |uses: &str| lines(&held(&description, &spec_of(&template, uses)));
    let gone = "`error status 409 is missing here` is recorded but no longer true";
    assert_eq!(told(USES), [format!("things.update_blue: {gone}")]);
    let path = "    path: /v1/levels/blue\n";
    let uses = USES.replace(path, &format!("{path}    differing: [get_blue]\n"));
    assert_eq!(told(&uses), [""; 0]);
}

#[test]
fn a_template_may_record_a_difference_of_an_endpoint_that_a_use_leaves_out() {
    let errors = "    errors: [404]\n";
    let conflict = "    conflicts:
      - about: status
        official: It is also a conflict.
        holds: official
        why: It is the only source.
        differs_at:
          - endpoints:
              - get_${of}
              - update_${of}
            differs:
              - error status 409 is missing here
";
    assert!(TEMPLATE.contains(errors));
    let template = TEMPLATE.replace(errors, &format!("{errors}{conflict}"));
    let path = "    path: /v1/levels/blue\n";
    let uses = USES.replace(path, &format!("{path}    without: [update_blue]\n"));
    let told = |template: &str| {
        let spec = pipeline::of(spec_of(template, &uses));
        render_plain(&spec.diagnostics, &spec.sources)
    };
    let recorded = told(&template);
    assert!(!recorded.contains("E508"), "{recorded}");
    let misspelled = told(&template.replace("- update_${of}", "- udpate_${of}"));
    assert!(
        misspelled.contains("there is no endpoint `udpate_"),
        "{misspelled}"
    );
}
