use std::path::Path;

use crate::{
    diagnostic::{Diagnostics, SpecPath, render_plain},
    index::place_of,
    load::{Loaded, load_sources, texts},
    source::Sources,
    spec::Group,
};

const TEMPLATE: &str = "\
# yaml-language-server: $schema=../schema/template.json
does: Count things.

arguments:
  of: What is counted.
  path: Where it is.
  type: What the number comes as.

endpoints:
  - id: count_${of}
    get: ${path}
    operation: count${Of}
    does: Count the ${of} things.
    acts_on: thing
    returns: ${type}
    success: [200]

  - id: clear_${of}
    delete: ${path}
    operation: clear${Of}
    does: Remove the ${of} things.
    acts_on: thing
    returns: none
    success: [204]

";

/// The small spec with these uses instead of the endpoint that updates a thing.
fn with(uses: &str) -> Loaded {
    with_template(TEMPLATE, uses)
}

fn with_template(template: &str, uses: &str) -> Loaded {
    let minimal = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/minimal");
    let (sources, _) = texts(&minimal);
    let files = sources.iter().map(|(file, text)| {
        let text = match file {
            "groups/things.yaml" => {
                let start = text.find("  - id: update\n").unwrap();
                let end = text.find("  - id: delete\n").unwrap();
                format!("{}{uses}\n{}", &text[..start], &text[end..])
            }
            _ => text.to_owned(),
        };
        (file.to_owned(), text)
    });
    let template = ("templates/counts.yaml".to_owned(), template.to_owned());
    load_sources(Sources::from_texts(files.chain([template])))
}

fn things(loaded: &Loaded) -> &Group {
    let groups = &loaded.document.as_ref().unwrap().groups;
    groups.iter().find(|group| group.group == "things").unwrap()
}

fn told(diagnostics: &Diagnostics, sources: &Sources) -> String {
    render_plain(diagnostics, sources)
}

const RED: &str = "  - { template: counts, of: red, path: /v1/things/red, type: Thing }\n";
const BLUE: &str = "  - { template: counts, of: blue, path: /v1/things/blue, type: Part, \
                    without: [clear_blue], endpoints: { count_blue: { errors: [404] } } }\n";

#[test]
fn endpoints_of_a_template_are_where_they_are_used() {
    let loaded = with(&format!("{RED}\n{BLUE}"));
    assert!(
        !loaded.diagnostics.has_errors(),
        "{}",
        told(&loaded.diagnostics, &loaded.sources)
    );
    let things = things(&loaded);
    let ids: Vec<&str> = things.endpoints.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "list",
            "create",
            "count_red",
            "clear_red",
            "count_blue",
            "delete"
        ]
    );
    let blue = &things.endpoints[4];
    assert_eq!(blue.operation, "countBlue");
    assert_eq!(blue.get.as_deref(), Some("/v1/things/blue"));
    assert_eq!(blue.returns, "Part");
    assert_eq!(blue.errors, [404]);
}

#[test]
fn what_a_use_says_is_in_the_group_and_the_rest_in_the_template() {
    let loaded = with(&format!("{RED}\n{BLUE}"));
    let things = things(&loaded);
    let at = |key: &str| {
        let at = place_of(things, &things.endpoints[4]).key(key).value();
        let way = at.segments.iter().map(|step| format!("{step:?}"));
        format!("{} {}", at.file, way.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(
        at("does"),
        r#"templates/counts.yaml Key("endpoints") Index(0) Key("does")"#
    );
    assert_eq!(
        at("returns"),
        r#"groups/things.yaml Key("endpoints") Index(3) Key("type")"#
    );
    assert_eq!(
        at("errors"),
        r#"groups/things.yaml Key("endpoints") Index(3) Key("endpoints") Key("count_blue") Key("errors")"#
    );
    let last = place_of(things, &things.endpoints[5]).value();
    assert_eq!(last.file, "groups/things.yaml");
    assert!(format!("{:?}", last.segments).contains("Index(4)"));
}

#[test]
fn an_argument_that_is_a_list_is_the_value_of_a_key_and_has_its_place_in_the_use() {
    let argument = "  path: Where it is.\n";
    let refused = "  refused: { does: The statuses of errors., default: [404] }\n";
    let key = "    returns: ${type}\n    success: [200]\n";
    let template = TEMPLATE
        .replace(argument, &format!("{argument}{refused}"))
        .replace(key, &format!("{key}    errors: ${{refused}}\n"));
    let blue = "  - { template: counts, of: blue, path: /v1/things/blue, type: Part, refused: [409, 422] }\n";
    let loaded = with_template(&template, &format!("{RED}\n{blue}"));
    assert!(
        !loaded.diagnostics.has_errors(),
        "{}",
        told(&loaded.diagnostics, &loaded.sources)
    );
    let things = things(&loaded);
    let errors: Vec<&[u16]> = things.endpoints.iter().map(|it| &*it.errors).collect();
    assert_eq!(errors[2..6], [&[404][..], &[], &[409, 422], &[]]);
    let at = |index: usize| {
        place_of(things, &things.endpoints[index])
            .key("errors")
            .index(1)
    };
    let shown = |at: SpecPath| {
        let way = at.segments.iter().map(|step| format!("{step:?}"));
        format!("{} {}", at.file, way.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(
        shown(at(4).value()),
        r#"groups/things.yaml Key("endpoints") Index(3) Key("refused") Index(1)"#
    );
    let of_template = r#"templates/counts.yaml Key("endpoints") Index(0) Key("errors") Index(1)"#;
    assert_eq!(shown(at(4).own_value()), of_template);
    // The use that does not set it has the default of the template.
    assert_eq!(shown(at(2).value()), of_template);
}

#[test]
fn what_is_wrong_with_a_use_is_reported_where_it_is() {
    for (uses, message) in [
        (RED.replace("of: red, ", ""), "the template requires `of`"),
        (
            RED.replace("type:", "tpye:"),
            "the template has no argument `tpye`",
        ),
        (
            RED.replace("template: counts", "template: count"),
            "there is no file `templates/count.yaml`",
        ),
        (
            RED.replace("template: counts", "templte: counts"),
            "there is no key `templte` here",
        ),
        (
            BLUE.replace("count_blue:", "count_bleu:"),
            "the template has no endpoint `count_bleu`",
        ),
        (
            BLUE.replace("errors:", "erors:"),
            "there is no key `erors` here",
        ),
    ] {
        let loaded = with(&uses);
        let told = told(&loaded.diagnostics, &loaded.sources);
        assert!(told.contains(message), "{uses}{told}");
        assert!(told.contains("groups/things.yaml:"), "{uses}{told}");
    }
}
