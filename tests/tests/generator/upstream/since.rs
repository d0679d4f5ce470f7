//! What is reported about two descriptions of the small spec, whatever has to be edited.

use bigcommerce_tests::{
    cases::minimal,
    changes::{lines, put, take},
};
use codegen::{
    export, load, pipeline,
    source::Sources,
    upstream::{self, Became, Description, Since, Take},
};
use serde_json::{Value, json};

use super::{
    changes::reworded,
    differences::{held, written},
};

/// The description of the small spec.
fn described() -> Value {
    export::openapi(&pipeline::of(minimal()).api.unwrap())
}

/// What happened between two descriptions.
fn since(old: &Value, new: &Value) -> Since {
    since_in(&minimal(), old, new)
}

fn since_in(spec: &Sources, old: &Value, new: &Value) -> Since {
    let document = load::load_sources(spec.clone()).document.unwrap();
    let [old, new] = [old, new].map(ToString::to_string);
    let file = "things.yml";
    let [old, new] = [&old, &new].map(|text| [Description { file, text }]);
    upstream::since(&old, &new, &document, spec).unwrap()
}

#[test]
fn what_else_changed_is_told_too_and_so_are_numbers_in_prose() {
    let old = described();
    let mut new = old.clone();
    for (pointer, value) in [
        ("get/responses/409", json!({ "description": "Taken." })),
        ("get/parameters/depth/schema/uniqueItems", json!(true)),
        (
            "post/summary",
            json!("Add a thing, 250 at most: see https://example.com/9 and v3."),
        ),
    ] {
        put(&mut new, &format!("/paths/~1v1~1things/{pointer}"), value);
    }
    let told = since(&old, &new);
    let changed = ["things.list: error status 409 is missing here"];
    assert_eq!(lines(&told.changed), changed);
    let others = told.others.iter();
    let others: Vec<_> = others.map(|one| (&*one.call, &one.became)).collect();
    let places = Became::Changed(vec![
        "parameter depth: schema/uniqueItems is new".to_owned(),
    ]);
    assert_eq!(others, [("GET /v1/things (getThings)", &places)]);
    assert_eq!(told.prose, [""; 0]);
    let text = "Add a thing, 250 at most: see https://example.com/9 and v3.";
    assert_eq!(
        reworded(&told.reworded),
        [format!("createThing: `Add a thing.` -> `{text}`")]
    );
    let ours: Vec<_> = told.reworded.iter().flat_map(|one| &one.ours).collect();
    let [(name, place)] = ours.as_slice() else {
        panic!("{ours:?}");
    };
    assert_eq!(name, "things.create");
    assert!(place.contains("things.yaml:"), "{place}");
}

#[test]
fn another_order_and_a_flag_that_is_off_are_no_change_and_a_text_next_to_a_new_parameter_is_told() {
    let old = described();
    let mut new = old.clone();
    let parameters = "/paths/~1v1~1things/get/parameters";
    let all = new.pointer_mut(parameters).unwrap();
    all.as_array_mut().unwrap().reverse();
    let shelf = json!({ "name": "shelf", "in": "query", "schema": { "type": "integer" } });
    for (pointer, value) in [
        (format!("{parameters}/-"), shelf),
        (
            format!("{parameters}/depth/description"),
            json!("Up to 5 levels."),
        ),
        (format!("{parameters}/depth/deprecated"), json!(false)),
        (
            "/components/schemas/ThingColor/enum".to_owned(),
            json!(["blue", "red"]),
        ),
    ] {
        put(&mut new, &pointer, value);
    }
    let told = since(&old, &new);
    let changed = ["things.list: parameter shelf is missing here"];
    assert_eq!(lines(&told.changed), changed);
    assert_eq!(lines(&told.corrected), [""; 0]);
    assert_eq!(told.others, []);
    assert_eq!(told.prose, [""; 0]);
    assert_eq!(
        reworded(&told.reworded),
        ["getThings: `` -> `Up to 5 levels.`"]
    );
    let about = told.reworded.iter().flat_map(|one| &one.about);
    assert_eq!(about.collect::<Vec<_>>(), ["parameter depth"]);
}

#[test]
fn a_field_that_is_gone_is_a_change_of_the_api_though_the_old_examples_show_it() {
    let mut old = described();
    let content = "/paths/~1v1~1things/get/responses/200/content/application~1json";
    let example = json!({ "data": [{ "id": 1, "tags": ["a"] }] });
    put(&mut old, &format!("{content}/example"), example);
    let mut new = old.clone();
    take(&mut new, "/components/schemas/Thing/properties/tags");
    let told = since(&old, &new);
    let changed = ["things.list, create, update: field tags is not official"];
    assert_eq!(lines(&told.changed), changed);
    assert_eq!(lines(&told.corrected), [""; 0]);
    let written = upstream::write(&told.changed, &minimal(), Take::Theirs);
    let [(_, why)] = written.left.as_slice() else {
        panic!("{written:?}");
    };
    assert!(
        why.starts_with("the API may still have it: remove the field"),
        "{why}"
    );
}

#[test]
fn of_an_operation_that_the_older_side_lacks_nothing_is_told_as_changed() {
    let mut new = described();
    for pointer in [
        "/paths/~1v1~1things/get/responses/409",
        "/paths/~1v1~1things/post/responses/410",
    ] {
        put(&mut new, pointer, json!({ "description": "Taken." }));
    }
    let mut old = new.clone();
    take(&mut old, "/paths/~1v1~1things/get/responses/409");
    take(&mut old, "/paths/~1v1~1things/post");
    let told = since(&old, &new);
    let changed = ["things.list: error status 409 is missing here"];
    assert_eq!(lines(&told.changed), changed);
    assert_eq!(told.unseen, 1);
    let others = told.others.iter();
    let others: Vec<_> = others.map(|one| (&*one.call, &one.became)).collect();
    assert_eq!(others, [("POST /v1/things (createThing)", &Became::New)]);
}

#[test]
fn a_difference_is_a_change_or_a_correction_even_if_another_endpoint_of_the_group_has_it() {
    let mut old = described();
    let taken = json!({ "description": "Taken." });
    put(
        &mut old,
        "/paths/~1v1~1things/get/responses/409",
        taken.clone(),
    );
    let mut new = old.clone();
    put(&mut new, "/paths/~1v1~1things/post/responses/409", taken);
    let told = since(&old, &new);
    let changed = ["things.create: error status 409 is missing here"];
    assert_eq!(lines(&told.changed), changed);
    assert_eq!(lines(&told.corrected), [""; 0]);
    // And the other way round, a difference that the other endpoint still has is a correction.
    let told = since(&new, &old);
    assert_eq!(lines(&told.changed), [""; 0]);
    assert_eq!(lines(&told.corrected), changed);
}

#[test]
fn what_changes_alike_in_a_response_and_in_a_body_is_one_change() {
    let old = described();
    let mut new = old.clone();
    for schema in ["Thing", "ThingCreate", "ThingUpdate"] {
        let pointer = format!("/components/schemas/{schema}/properties/bay");
        put(&mut new, &pointer, json!({ "type": "integer" }));
    }
    let told = since(&old, &new);
    let both = [
        "things.list, create, update: field bay is missing here",
        "things.create, update: body field bay is missing here",
    ];
    let mut found = lines(&told.changed);
    found.sort_by_key(|line| line.contains("body"));
    assert_eq!(found, both);
    let together = upstream::together(&told.changed);
    let [(response, alike)] = together.as_slice() else {
        panic!("{together:?}");
    };
    assert_eq!(response.text, "field bay is missing here");
    let [body] = alike.as_slice() else {
        panic!("{alike:?}");
    };
    assert_eq!(body.endpoints, ["create", "update"]);
    assert_eq!(body.place_in_call().as_deref(), Some("the body"));
}

#[test]
fn an_example_that_contradicts_its_schema_is_no_change_whether_or_not_it_is_recorded() {
    let old = described();
    let mut new = old.clone();
    let content = "/paths/~1v1~1things/post/requestBody/content/application~1json";
    put(
        &mut new,
        &format!("{content}/example"),
        json!({ "name": 7 }),
    );
    let differs = held(&new.to_string(), &minimal());
    assert_eq!(differs.differences.len(), 1);
    let recorded = written(&differs, &minimal(), Take::Conflict);
    for spec in [minimal(), recorded] {
        let told = since_in(&spec, &old, &new);
        assert_eq!(lines(&told.changed), [""; 0]);
        assert_eq!(told.recorded, 0);
    }
}
