//! The schemas of responses, compared with what the client accepts.

use bigcommerce_tests::{root, rows::complete};
use serde_json::Value;

use super::{catalogue, whole};

/// The responses that the client accepts in the cases of its behaviour: the case, the endpoint, the
/// body.
fn answers() -> Vec<(String, String, Value)> {
    let folder = root().join("tests/data/behaviour");
    let mut answers = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // The cases in folders are about how calls are made, not about what is returned.
        if path.is_dir() {
            continue;
        }
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        if !case["expect"]["kind"].is_null() {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let endpoint = case["call"]["endpoint"].as_str().unwrap().to_owned();
        for exchange in case["exchanges"].as_array().unwrap() {
            let body = &exchange["answer"]["json"];
            let succeeds = exchange["answer"]["status"].as_u64().unwrap() < 300;
            if !body.is_null() && succeeds {
                answers.push((name.clone(), endpoint.clone(), body.clone()));
            }
        }
    }
    answers
}

#[test]
fn the_schemas_of_answers_take_every_answer_that_the_client_takes() {
    let catalogue = catalogue(whole());
    let schema = |id: &str| {
        let mut endpoints = catalogue["endpoints"].as_array().unwrap().iter();
        let endpoint = endpoints.find(|one| one["id"] == id).unwrap();
        let schema = &endpoint["json_schema"]["response"];
        jsonschema::draft202012::new(&complete(&catalogue, "responses", schema)).unwrap()
    };
    let answers = answers();
    assert!(answers.len() > 30, "only {} answers", answers.len());
    let mut refused = Vec::new();
    for (name, id, body) in answers {
        // A response without a relevant body is not read.
        if id.ends_with(".delete") {
            continue;
        }
        for error in schema(&id).iter_errors(&body) {
            refused.push(format!("{name}: {}: {error}", error.instance_path()));
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");

    // But the schemas do not accept everything.
    for (id, body) in [
        ("brands.create", r#"{"data":{"id":true}}"#),
        ("brands.create", r#"{"data":[{"id":1},{"id":2}]}"#),
        ("brands.create", r#"{"id":true}"#),
        ("brands.get", r#"{"data":[{"id":1}]}"#),
        ("brands.list", r#"[{"id":true}]"#),
        ("brands.list", r#"{"data":{"id":1}}"#),
        ("pricelists.upsert_records", "[]"),
    ] {
        let body: Value = serde_json::from_str(body).unwrap();
        assert!(!schema(id).is_valid(&body), "{id} takes {body}");
    }
}
