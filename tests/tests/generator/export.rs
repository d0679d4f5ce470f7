//! The OpenAPI document exported from the spec, compared with the spec and imported again.

use std::collections::BTreeMap;

use bigcommerce_tests::{accept::accept, cases::minimal};
use codegen::{
    export, fixture,
    import::{self, ImportOptions, ImportedFile},
    load,
    model::Ty,
    pipeline,
    render::catalogue,
    source::Sources,
    spec::Document,
    upstream::{self, Description, Expected, Held, Topic},
};
use serde_json::{Value, json};

fn spec() -> (Document, Sources) {
    let loaded = load::load(&bigcommerce_tests::root().join("spec"));
    (loaded.document.unwrap(), loaded.sources)
}

fn exported(sources: &Sources) -> Value {
    export::openapi(&pipeline::of(sources.clone()).api.unwrap())
}

fn held(text: &str, document: &Document, sources: &Sources) -> Held {
    let description = Description {
        file: "openapi.json",
        text,
    };
    upstream::hold(&[description], document, sources, Expected::All).unwrap()
}

/// What differs, apart from records of what official descriptions say instead.
fn lines(held: &Held) -> Vec<String> {
    let differences = held
        .differences
        .iter()
        .filter(|one| one.topic != Topic::Conflict);
    let all = held.unmatched.iter().chain(differences);
    all.map(|one| format!("{}.{}: {}", one.group, one.endpoints.join(", "), one.text))
        .collect()
}

#[test]
fn the_exported_document_says_what_the_spec_says() {
    let (mut document, sources) = spec();
    let exported = exported(&sources);
    let calls = document.inbound.iter().flat_map(|provider| {
        let calls = provider.endpoints.iter();
        calls.map(|call| provider.id_of(call))
    });
    for id in calls {
        let call = &exported["webhooks"][&id]["post"];
        assert!(call["responses"]["200"].is_object(), "{id}");
    }
    // A webhook in the document is not a path, and only paths are compared.
    document.inbound.clear();
    let text = exported.to_string();
    let held = held(&text, &document, &sources);
    assert_eq!(lines(&held), [""; 0]);
    let ours: usize = document.groups.iter().map(|one| one.endpoints.len()).sum();
    assert_eq!((held.matched, held.sought, held.theirs), (ours, ours, 0));
}

/// The schema that a reference names.
fn named(reference: &Value) -> Option<&str> {
    reference["$ref"].as_str()?.rsplit('/').next()
}

#[test]
fn every_event_is_a_webhook_whose_body_is_a_delivery_with_its_payload() {
    let (_, sources) = spec();
    let api = pipeline::of(sources).api.unwrap();
    let exported = export::openapi(&api);
    let schemas = exported["components"]["schemas"].as_object().unwrap();
    let name = &*api.ty(api.delivery).name;
    let mut wrong = Vec::new();
    for event in &api.events {
        let call = &exported["webhooks"][&event.scope]["post"];
        let parts = &call["requestBody"]["content"]["application/json"]["schema"]["allOf"];
        let delivery = named(&parts[0]).is_some_and(|it| it.ends_with(name));
        let payload = named(&parts[1]["properties"]["data"]);
        let payload = match event.payload {
            Ty::Named(_) => payload.is_some_and(|it| schemas.contains_key(it)),
            _ => true,
        };
        if call["operationId"] != event.variant.as_str() || !delivery || !payload {
            wrong.push(format!("{}: {call:#}", event.scope));
        }
    }
    assert!(
        !api.events.is_empty() && wrong.is_empty(),
        "{}",
        wrong.join("\n")
    );
}

/// A provider one of whose types is made of a shared one.
const PROVIDER: &str = "--- file: inbound/thing_provider.yaml
# yaml-language-server: $schema=../schema/inbound.json
group: thing_provider
title: Provider of things
does: Provide things.
server: The server of an app.
base_url: \"https://{app_domain}\"
auth: basic
credentials: What the merchant set.
source: provider.yml
endpoints:
  - id: provide
    post: /provide
    operation: provideThings
    does: Provide things.
    takes: Request
    returns: Response
    success: [200]
schemas:
  Request:
    does: What is asked for.
    fields:
      count: { type: int, required: [read] }
  Response:
    does: What there is.
    fields:
      price: { type: Money, required: [read] }
";

/// The references of a document that lead nowhere.
fn dangling(value: &Value, document: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let reference = map.get("$ref").and_then(Value::as_str);
            let pointer = reference.and_then(|it| it.strip_prefix('#'));
            let lost = pointer.filter(|it| document.pointer(it).is_none());
            found.extend(lost.map(str::to_owned));
            map.values().for_each(|it| dangling(it, document, found));
        }
        Value::Array(items) => items.iter().for_each(|it| dangling(it, document, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_to_a_schema_even_where_providers_share_one_with_our_calls() {
    let small = fixture::apply(&minimal(), PROVIDER).unwrap();
    for sources in [spec().1, small.clone()] {
        let exported = exported(&sources);
        let mut found = Vec::new();
        dangling(&exported, &exported, &mut found);
        assert_eq!(found, [""; 0]);
    }
    let files = catalogue::render(&pipeline::of(small).api.unwrap()).unwrap();
    let file = files.iter().find(|file| file.path.ends_with("/api.json"));
    let api: Value = serde_json::from_str(&file.unwrap().text).unwrap();
    let types = api["schemas"]["inbound"]["$defs"].as_object().unwrap();
    let names: Vec<&str> = types.keys().map(String::as_str).collect();
    assert!(names.contains(&"shared.Money"), "{names:?}");
}

#[test]
fn an_operation_describes_each_call_with_its_method_and_path() {
    let api = pipeline::of(spec().1).api.unwrap();
    let exported = export::openapi(&api);
    let bare = |path: &str| {
        let names = |(index, part): (usize, &str)| match index {
            0 => part.to_owned(),
            _ => part.split_once('}').unwrap().1.to_owned(),
        };
        let parts: Vec<String> = path.split('{').enumerate().map(names).collect();
        parts.join("{}")
    };
    let paths = exported["paths"].as_object().unwrap();
    let paths: BTreeMap<String, &Value> = paths.iter().map(|(path, it)| (bare(path), it)).collect();
    let mut shared = 0;
    for endpoint in &api.endpoints {
        let method = endpoint.method.as_str().to_ascii_lowercase();
        let operation = &paths[&bare(&endpoint.path)][&method];
        let text = |key: &str| operation[key].as_str().unwrap_or_default();
        let does = endpoint.does.trim_end_matches('.');
        assert!(text("summary").contains(does), "{}", endpoint.id);
        let note = endpoint.note.iter();
        let mut note = note.filter(|note| !text("description").contains(note.as_str()));
        assert_eq!(note.next(), None, "{}", endpoint.id);
        for status in endpoint.success.iter().chain(&endpoint.errors) {
            let response = &operation["responses"][status.to_string()];
            assert!(response.is_object(), "{} {status}", endpoint.id);
        }
        if text("summary") != endpoint.does {
            shared += 1;
            let content = operation["requestBody"]["content"].as_object().unwrap();
            for media_type in content.keys() {
                let part = format!("With `{media_type}`: ");
                assert_eq!(text("description").matches(&part).count(), 1, "{part}");
            }
        }
    }
    assert!(shared > 1);
}

#[test]
fn a_part_of_a_form_has_the_media_types_of_the_files_that_it_accepts() {
    let exported = exported(&spec().1);
    let form = |path: &str| {
        let body = &exported["paths"][path]["post"]["requestBody"]["content"];
        body["multipart/form-data"]["encoding"].clone()
    };
    assert_eq!(
        form("/v3/catalog/categories/{category_id}/image"),
        json!({ "image_file": { "contentType": "image/gif, image/x-icon, image/jpeg, image/png" } })
    );
    let unknown = "/v3/catalog/brands/{brand_id}/image";
    assert_eq!(form(unknown), Value::Null);
}

#[test]
fn an_operation_states_the_scopes_that_it_needs_only_with_some_values() {
    let api = pipeline::of(spec().1).api.unwrap();
    let exported = export::openapi(&api);
    let rendered = catalogue::render(&api).unwrap();
    let catalogue = rendered
        .iter()
        .find(|file| file.path.ends_with("/api.json"));
    let catalogue: Value = serde_json::from_str(&catalogue.unwrap().text).unwrap();
    let mut found = 0;
    for endpoint in catalogue["endpoints"].as_array().unwrap() {
        let id = endpoint["id"].as_str().unwrap();
        let also = endpoint["also_needs"].as_array().cloned();
        let also = also.unwrap_or_default();
        let exported_id = id.replace('.', "_");
        let paths = exported["paths"].as_object().unwrap().values();
        let mut operations = paths.flat_map(|path| path.as_object().unwrap().values());
        let operation = operations.find(|one| one["operationId"] == exported_id);
        if also.is_empty() {
            let stated = operation.is_some_and(|one| one.get("x-also-needs").is_some());
            assert!(!stated, "{id}");
            continue;
        }
        let operation = operation.unwrap();
        found += 1;
        assert_eq!(operation["x-also-needs"], json!(also), "{id}");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let said = also.iter().map(|one| {
            let (scope, when) = (text(&one["scope"]), text(&one["when"]));
            format!("Also requires `{scope}` when {when}.")
        });
        let mut endpoints = api.endpoints.iter();
        let note = &endpoints.find(|one| one.id == id).unwrap().note;
        let description: Vec<String> = note.iter().cloned().chain(said).collect();
        assert_eq!(operation["description"], description.join(" "), "{id}");
    }
    assert!(found > 0);
}

#[test]
fn each_scope_that_is_sufficient_for_an_operation_is_a_requirement_of_its_own() {
    let exported = exported(&spec().1);
    let security = |path: &str, method: &str| exported["paths"][path][method]["security"].clone();
    for (path, method, scopes) in [
        (
            "/v3/orders/{order_id}/payment_actions/capture",
            "post",
            &["store_v2_orders", "store_v2_transactions"][..],
        ),
        (
            "/v3/orders/payment_actions/refunds",
            "get",
            &[
                "store_v2_orders_read_only",
                "store_v2_orders",
                "store_v2_transactions_read_only",
                "store_v2_transactions",
            ],
        ),
    ] {
        let each = scopes.iter().map(|scope| json!({ "token": [scope] }));
        assert_eq!(security(path, method), each.collect::<Value>(), "{path}");
    }
}

#[test]
fn what_is_exported_is_there_when_it_is_imported_again() {
    let (_, sources) = spec();
    let json = exported(&sources).to_string();
    let description = import::Description {
        source: "",
        json: &json,
    };
    let files = sources
        .iter()
        .filter(|(name, _)| !name.starts_with("schema/"));
    let there: Vec<ImportedFile> = files
        .map(|(name, text)| ImportedFile {
            name: name.to_owned(),
            text: text.to_owned(),
        })
        .collect();
    let again = import::import(&[description], &there, &ImportOptions::default()).unwrap();
    assert_eq!(again.files, []);
}

/// The document with the paths of one generation, like official descriptions.
fn generation(document: &Value, version: &str) -> String {
    let mut half = document.clone();
    let paths = half["paths"].as_object_mut().unwrap();
    let own = std::mem::take(paths)
        .into_iter()
        .filter_map(|(path, item)| {
            let bare = path.strip_prefix(&format!("/{version}"))?;
            Some((bare.to_owned(), item))
        });
    *paths = own.collect();
    let url = format!("https://api.bigcommerce.com/stores/{{store_hash}}/{version}");
    half["servers"] = serde_json::json!([{ "url": url }]);
    half["info"]["title"] = version.into();
    half.to_string()
}

#[test]
fn a_spec_drafted_from_the_exported_document_says_the_same_but_for_what_a_reviewer_has_seen() {
    let _accept = accept();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/export");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let (document, sources) = spec();
    let whole = exported(&sources);
    for version in ["v2", "v3"] {
        let json = generation(&whole, version);
        let description = import::Description {
            source: "",
            json: &json,
        };
        let drafted = import::import(&[description], &[], &ImportOptions::default()).unwrap();
        let mut drafts = Document {
            service: document.service.clone(),
            scopes: document.scopes.clone(),
            ..Document::default()
        };
        for file in &drafted.files {
            match file.name.as_str() {
                "shared.yaml" => drafts.shared = serde_yaml::from_str(&file.text).unwrap(),
                "scopes.yaml" => {}
                _ => drafts
                    .groups
                    .push(serde_yaml::from_str(&file.text).unwrap()),
            }
        }
        let mut found = lines(&held(&json, &drafts, &sources));
        // A draft has one spelling and one requirement per field, even if the field's bodies differ.
        // Schemas with the same name at two paths are one to it: option values and modifier values, for
        // example.
        found.sort();
        settings.bind(|| insta::assert_snapshot!(version, found.join("\n")));
    }
}
