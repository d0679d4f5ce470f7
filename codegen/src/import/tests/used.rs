//! Endpoints that a template of the spec makes are drafted as a use of it.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::import::{Description, ImportOptions, Imported, ImportedFile, import};

/// A description of settings that are read and changed.
fn settings(parameters: &Value) -> String {
    let lamps = json!({ "$ref": "#/components/schemas/LampSettings" });
    let of = |schema: &Value| json!({ "application/json": { "schema": schema } });
    let response =
        json!({ "type": "object", "properties": { "data": lamps, "meta": { "type": "object" } } });
    let operation = |id: &str| {
        json!({ "operationId": id, "tags": ["Lamps"], "parameters": parameters,
            "responses": { "200": { "description": "", "content": of(&response) } } })
    };
    let mut update = operation("updateSettingsLamps");
    update["requestBody"] = json!({ "required": true, "content": of(&lamps) });
    update["responses"]["422"] = json!({ "description": "No." });
    json!({ "openapi": "3.0.0", "info": { "title": "lamps" },
        "paths": { "/v3/settings/lamps": { "get": operation("getSettingsLamps"), "put": update } },
        "components": { "schemas": { "LampSettings": { "type": "object",
            "properties": { "is_bright": { "type": "boolean" } } } } } })
    .to_string()
}

fn template() -> ImportedFile {
    let name = "templates/channel_settings.yaml";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../spec")
        .join(name);
    ImportedFile {
        name: name.to_owned(),
        text: fs::read_to_string(path).unwrap(),
    }
}

fn drafted(json: &str, there: &[ImportedFile]) -> Imported {
    let source = "lamps.v3.yml";
    let description = Description { source, json };
    import(&[description], there, &ImportOptions::default()).unwrap()
}

fn text(drafted: &Imported) -> String {
    let mut groups = drafted.files.iter();
    let group = groups.find(|file| file.name.starts_with("groups/"));
    group.unwrap().text.clone()
}

#[test]
fn endpoints_that_a_template_makes_are_one_item_with_what_is_other_below_it() {
    let channel = json!([{ "name": "channel_id", "in": "query", "schema": { "type": "integer" } }]);
    let json = settings(&channel);
    let with = drafted(&json, &[template()]);
    let group = text(&with);
    for part in [
        "  - template: channel_settings\n",
        "    path: /v3/settings/lamps\n    operation: SettingsLamps\n    what: ",
        "    endpoints:\n",
        "errors: [422]",
        "warning: ",
        "schemas:\n",
    ] {
        assert!(group.contains(part), "{part}\n{group}");
    }
    assert!(!group.contains("  - id: "), "{group}");
    assert_eq!((with.report.drafted, with.report.made), (2, 2));
    // It makes the calls of the description.
    let there: Vec<ImportedFile> = with.files.into_iter().chain([template()]).collect();
    let again = drafted(&json, &there);
    assert_eq!((again.report.there, again.report.drafted), (2, 0));
    // Without the template they are drafted one by one.
    assert!(text(&drafted(&json, &[])).contains("operation: getSettingsLamps\n"));
}

#[test]
fn endpoints_that_take_other_parameters_than_those_of_a_template_are_drafted_one_by_one() {
    let channel = json!([{ "name": "store_id", "in": "query", "schema": { "type": "integer" } }]);
    for parameters in [json!([]), channel] {
        let drafted = drafted(&settings(&parameters), &[template()]);
        let group = text(&drafted);
        assert!(!group.contains("template:"), "{group}");
        assert!(
            group.contains("operation: updateSettingsLamps\n"),
            "{group}"
        );
        assert_eq!(drafted.report.made, 0);
    }
}

#[test]
fn a_template_with_an_argument_that_is_a_list_is_used_with_its_default() {
    let channel = json!([{ "name": "channel_id", "in": "query", "schema": { "type": "integer" } }]);
    let mut template = template();
    for (part, with) in [
        (
            "\nendpoints:\n",
            "  refused: { does: The statuses of errors., default: [422] }\n\nendpoints:\n",
        ),
        (
            "    takes: ${type}Update\n",
            "    takes: ${type}Update\n    errors: ${refused}\n",
        ),
    ] {
        assert_eq!(template.text.matches(part).count(), 1, "{part}");
        template.text = template.text.replace(part, with);
    }
    let drafted = drafted(&settings(&channel), &[template]);
    assert_eq!(drafted.report.made, 2);
    let group = text(&drafted);
    assert!(!group.contains("errors:"), "{group}");
    assert!(!group.contains("refused"), "{group}");
}

#[test]
fn a_template_is_used_even_if_its_calls_need_a_scope_that_no_description_states() {
    let channel = json!([{ "name": "channel_id", "in": "query", "schema": { "type": "integer" } }]);
    let mut template = template();
    let line = "    inherits: channel_id\n";
    let also = "    also_needs: [{ scope: content.modify, when: the lamp is dim }]\n";
    assert!(template.text.contains(line));
    template.text = template.text.replace(line, &format!("{line}{also}"));
    let drafted = drafted(&settings(&channel), &[template]);
    assert_eq!(drafted.report.made, 2);
}
