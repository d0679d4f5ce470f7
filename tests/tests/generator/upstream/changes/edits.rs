//! The edit of the spec that follows a change, and what it leaves to a person.

use bigcommerce_tests::{
    cases::minimal,
    changes::{changes, lines, put, take},
};
use codegen::{
    export, load, pipeline,
    source::Sources,
    upstream::{self, Description, Take},
};
use serde_json::json;

use super::edited;

#[test]
fn a_list_that_loses_its_cursors_is_paged_by_number_again_and_one_that_loses_one_of_them_is_for_a_person()
 {
    let change = changes()
        .into_iter()
        .find(|one| one.group.contains("group: metafields"));
    let change = change.unwrap();
    let spec = change.edited();
    let document = load::load_sources(spec.clone()).document.unwrap();
    let old = export::openapi(&pipeline::of(spec.clone()).api.unwrap());
    for (gone, edit, left) in [
        (
            vec!["before", "after"],
            vec!["-    page: numbered_cursor", "+    page: numbered"],
            0,
        ),
        (vec!["before"], vec![], 1),
    ] {
        let mut new = old.clone();
        for name in &gone {
            take(
                &mut new,
                &format!("/paths/~1v1~1brands~1metafields/get/parameters/{name}"),
            );
        }
        let [old, new] = [&old, &new].map(ToString::to_string);
        let file = "metafields.yml";
        let [old, new] = [&old, &new].map(|text| [Description { file, text }]);
        let told = upstream::since(&old, &new, &document, &spec).unwrap();
        let says = |name| format!("metafields.list: parameter {name} is not official");
        let says: Vec<String> = gone.iter().map(says).collect();
        assert_eq!(lines(&told.changed), says);
        let written = upstream::write(&told.changed, &spec, Take::Theirs);
        assert_eq!(written.left.len(), left, "{gone:?}");
        let ours = written.files.iter();
        let ours = ours.flat_map(|(name, text)| edited(spec.text(name).unwrap(), text));
        assert_eq!(ours.collect::<Vec<_>>(), edit, "{gone:?}");
    }
}

#[test]
fn what_is_written_and_not_complete_without_a_person_is_told() {
    let spec = minimal();
    let document = load::load_sources(spec.clone()).document.unwrap();
    let old = export::openapi(&pipeline::of(spec.clone()).api.unwrap());
    let mut new = old.clone();
    put(&mut new, "/paths/~1v1~1things/get/deprecated", json!(true));
    let shelf = json!({ "type": "object", "properties": { "bay": { "type": "integer" } } });
    put(
        &mut new,
        "/components/schemas/Thing/properties/shelf",
        shelf,
    );
    let [old, new] = [old, new].map(|one| one.to_string());
    let file = "things.yml";
    let [old, new] = [&old, &new].map(|text| [Description { file, text }]);
    let told = upstream::since(&old, &new, &document, &spec).unwrap();
    let written = upstream::write(&told.changed, &spec, Take::Theirs);
    assert_eq!(written.left, []);
    let open = written.open.iter();
    let open: Vec<_> = open.map(|(one, why)| (&*one.text, why.as_str())).collect();
    let expected = [
        (
            "is deprecated officially but not here",
            "it does not say since when, why, or what to use instead",
        ),
        (
            "field shelf is missing here",
            "it has an open `todo:`: what it is",
        ),
    ];
    assert_eq!(open, expected);
    let after = written
        .files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let kept = spec
        .iter()
        .filter(|(name, _)| !written.files.iter().any(|(one, _)| one == name));
    let after = pipeline::of(Sources::from_texts(kept.chain(after)));
    let mut codes: Vec<&str> = after.diagnostics.iter().map(|one| one.code.name).collect();
    codes.retain(|name| ["deprecation", "todo"].contains(name));
    codes.sort_unstable();
    assert_eq!(codes, ["deprecation", "todo"]);
}

#[test]
fn a_parameter_with_known_values_is_written_with_the_question_of_their_type() {
    let spec = minimal();
    let document = load::load_sources(spec.clone()).document.unwrap();
    let old = export::openapi(&pipeline::of(spec.clone()).api.unwrap());
    for (name, key) in [("shelf", "query"), ("shelf:in", "filters")] {
        let mut new = old.clone();
        let schema = json!({ "type": "string", "enum": ["low", "top"] });
        let parameter = json!({ "name": name, "in": "query", "schema": schema });
        put(&mut new, "/paths/~1v1~1things/get/parameters/-", parameter);
        let [old, new] = [old.to_string(), new.to_string()];
        let file = "things.yml";
        let [old, new] = [&old, &new].map(|text| [Description { file, text }]);
        let told = upstream::since(&old, &new, &document, &spec).unwrap();
        let written = upstream::write(&told.changed, &spec, Take::Theirs);
        let open = written.open.iter();
        let open: Vec<_> = open.map(|(_, why)| why.as_str()).collect();
        let why = "it has an open `todo:`: a type that lists its values: low, top";
        assert_eq!(open, [why], "{name}");
        let (_, text) = &written.files[0];
        let things: serde_json::Value = serde_yaml::from_str(text).unwrap();
        let list = &things["endpoints"][0];
        let question = list[key]["shelf"]["todo"].as_str();
        assert!(
            question.is_some_and(|it| it.ends_with("low, top")),
            "{text}"
        );
    }
}
