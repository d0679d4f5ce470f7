//! Scopes that calls need only with some values: they are listed apart, and a token with them has nothing
//! in excess.

use bigcommerce_tests::api;
use codegen::{
    render::{catalogue, docs, scopes as matrix},
    scopes::{self, Allowed, Checked, Form, Granted, Needed, Scan, Text, Told as _},
};
use serde_json::{Value, json};

use super::joined;

#[test]
fn a_granted_scope_that_a_call_needs_only_with_some_values_is_not_in_excess() {
    let api = api();
    for (names, granted, also, excess) in [
        (
            "scripts.create",
            "store_v2_content store_content_checkout",
            "store_content_checkout",
            "",
        ),
        ("scripts.create", "store_v2_content", "", ""),
        (
            "products.list",
            "store_v2_products_read_only store_content_checkout",
            "",
            "store_content_checkout",
        ),
        (
            "scripts.get",
            "store_v2_content_read_only store_content_checkout",
            "",
            "store_content_checkout",
        ),
        (
            "scripts.get scripts.update",
            "store_v2_content store_content_checkout store_content_checkout_read_only",
            "store_content_checkout",
            "store_content_checkout_read_only",
        ),
        (
            "scripts.get scripts.update",
            "store_v2_content store_content_checkout_read_only",
            "store_content_checkout_read_only",
            "",
        ),
        (
            "brand_metafields.list",
            "store_v2_products_read_only store_metafield_write store_metafield_write_all",
            "store_metafield_write_all",
            "",
        ),
        (
            "brand_metafields.update_batch brand_metafields.delete",
            "store_v2_products store_metafield_write_all",
            "store_metafield_write_all store_metafield_write_all",
            "",
        ),
    ] {
        let names: Vec<String> = names.split(' ').map(str::to_owned).collect();
        let calls = scopes::calls(&api, &names).unwrap();
        let checked = Checked::of(&api, &Granted::read(&api, granted), &calls);
        let told = checked.tell(Form::Text).unwrap();
        assert_eq!(
            joined(checked.also.iter().map(|one| one.scope)),
            also,
            "{told}"
        );
        assert_eq!(
            joined(checked.excess.iter().map(|one| one.scope)),
            excess,
            "{told}"
        );
        assert_eq!(checked.fits, excess.is_empty(), "{told}");
    }
}

#[test]
fn a_scope_broader_than_one_needed_with_some_values_is_in_excess_of_that_one() {
    let api = api();
    let calls = scopes::calls(&api, &["scripts.get".to_owned()]).unwrap();
    let granted = Granted::read(&api, "store_v2_content_read_only store_content_checkout");
    let checked = Checked::of(&api, &granted, &calls);
    assert_eq!(
        checked.excess[0].instead,
        ["store_content_checkout_read_only"]
    );
}

#[test]
fn the_answers_list_a_scope_needed_with_some_values_apart_with_its_condition() {
    let api = api();
    let calls = scopes::calls(&api, &["scripts.create".to_owned()]).unwrap();
    let needed = Needed::of(&api, &calls);
    assert_eq!(needed.oauth, "store_v2_content");
    let condition = "when `visibility` is `all_pages` or `checkout`";
    let explained = scopes::explain(&api, "store_content_checkout").unwrap();
    assert!(explained.calls.is_empty());
    let granted = Granted::read(&api, "store_v2_content store_content_checkout");
    let checked = Checked::of(&api, &granted, &calls);
    for (form, title) in [
        (needed.tell(Form::Text), "Also needed with some values:"),
        (checked.tell(Form::Text), "Needed only with some values:"),
        (
            explained.tell(Form::Text),
            "Also needed by, with some values:",
        ),
    ] {
        let told = form.unwrap();
        let (_, after) = told
            .split_once(title)
            .unwrap_or_else(|| panic!("no `{title}` in {told}"));
        assert!(after.contains(condition), "{told}");
        assert!(after.contains("scripts.create"), "{told}");
    }
    let csv = checked.tell(Form::Csv).unwrap();
    assert!(csv.contains("also,store_content_checkout,"), "{csv}");
}

const CONDITION: &str = "when `visibility` is `all_pages` or `checkout`";

/// The row of a call in CSV.
fn row<'a>(csv: &'a str, call: &str) -> &'a str {
    let mut rows = csv.lines();
    let found = rows.find(|row| row.split(',').any(|cell| cell == call));
    found.unwrap_or_else(|| panic!("no row of {call} in {csv}"))
}

#[test]
fn the_csv_of_each_answer_has_the_scopes_needed_with_some_values() {
    let api = api();
    let names = ["scripts.create", "scripts.update"].map(str::to_owned);
    let calls = scopes::calls(&api, &names).unwrap();
    let file = Text {
        file: "main.rs".to_owned(),
        text: "fn f(s: &Client, it: ScriptCreate) { s.scripts().create(it); }".to_owned(),
    };
    let scanned = scopes::scan(&api, &[file], Scan::default());
    let granted = Granted::read(&api, "store_v2_content");
    for (answer, csv) in [
        ("for", Needed::of(&api, &calls).tell(Form::Csv)),
        (
            "explain the conditional scope",
            scopes::explain(&api, "store_content_checkout")
                .unwrap()
                .tell(Form::Csv),
        ),
        (
            "explain the least scope",
            scopes::explain(&api, "store_v2_content")
                .unwrap()
                .tell(Form::Csv),
        ),
        ("allow", Allowed::of(&api, &granted).tell(Form::Csv)),
        ("scan", scanned.tell(Form::Csv)),
    ] {
        let csv = csv.unwrap();
        let head = csv.lines().next().unwrap();
        assert!(head.ends_with(",also_needs"), "{answer}: {head}");
        let create = row(&csv, "scripts.create");
        let cell = format!(",store_content_checkout {CONDITION}");
        assert!(create.ends_with(&cell), "{answer}: {create}");
    }
}

#[test]
fn an_allowed_call_says_which_scope_it_lacks_with_some_values_until_that_is_granted() {
    let api = api();
    for (granted, lacks) in [
        ("store_v2_content", true),
        ("store_v2_content store_content_checkout_read_only", true),
        ("store_v2_content store_content_checkout", false),
    ] {
        let allowed = Allowed::of(&api, &Granted::read(&api, granted));
        let csv = allowed.tell(Form::Csv).unwrap();
        let create = row(&csv, "scripts.create");
        assert_eq!(create.contains(CONDITION), lacks, "{granted}: {create}");
        assert!(create.contains(",true,"), "{granted}: {create}");
        let json: Value = serde_json::from_str(&allowed.tell(Form::Json).unwrap()).unwrap();
        let of_create = json["also"].as_array().is_some_and(|all| {
            let mut calls = all.iter().flat_map(|one| one["calls"].as_array().unwrap());
            calls.any(|call| call == "scripts.create")
        });
        assert_eq!(of_create, lacks, "{granted}: {}", json["also"]);
        for form in [Form::Text, Form::Markdown] {
            let told = allowed.tell(form).unwrap();
            let also = told.split_once("Also needed with some values, and not granted:");
            let also = also.map(|(_, rest)| rest.split_once("Denied").map_or(rest, |it| it.0));
            let said = also.is_some_and(|also| also.contains(CONDITION));
            assert_eq!(said, lacks, "{granted}: {told}");
        }
    }
}

#[test]
fn a_denied_call_says_what_it_needs_with_some_values_besides_the_scope_that_unlocks_it() {
    let api = api();
    let granted = Granted::read(&api, "store_v2_content_read_only");
    let allowed = Allowed::of(&api, &granted);
    let csv = allowed.tell(Form::Csv).unwrap();
    let create = row(&csv, "scripts.create");
    assert!(create.contains(",false,store_v2_content,"), "{create}");
    assert!(create.contains(CONDITION), "{create}");
    let mut also = allowed.also.iter().flat_map(|one| &one.calls);
    assert!(!also.any(|call| *call == "scripts.create"));
}

#[test]
fn a_scope_that_only_some_values_need_may_be_needed_but_is_never_missing() {
    let api = api();
    let calls = scopes::calls(&api, &["scripts.create".to_owned()]).unwrap();
    for (granted, may_need, fits) in [
        ("store_v2_content", "store_content_checkout", true),
        (
            "store_v2_content store_content_checkout_read_only",
            "store_content_checkout",
            false,
        ),
        ("store_v2_content store_content_checkout", "", true),
        (
            "store_v2_content_read_only",
            "store_content_checkout",
            false,
        ),
    ] {
        let checked = Checked::of(&api, &Granted::read(&api, granted), &calls);
        let may = joined(checked.may_need.iter().map(|one| one.scope));
        assert_eq!(may, may_need, "{granted}");
        assert_eq!(checked.fits, fits, "{granted}");
        let mut missing = checked.missing.iter();
        assert!(missing.all(|one| one.scope != "store_content_checkout"));
        let title = "Not granted, and needed only with some values:";
        let told = checked.tell(Form::Text).unwrap();
        assert_eq!(told.contains(title), !may_need.is_empty(), "{told}");
        let csv = checked.tell(Form::Csv).unwrap();
        let row = csv.contains("may_need,store_content_checkout,");
        assert_eq!(row, !may_need.is_empty(), "{csv}");
    }
}

#[test]
fn every_output_has_a_scope_needed_with_some_values_and_its_condition() {
    let api = api();
    let catalogue = catalogue::render(&api).unwrap();
    let text = |files: &[codegen::render::File], name: &str| -> String {
        let file = files.iter().find(|file| file.path.ends_with(name));
        file.unwrap_or_else(|| panic!("no {name}")).text.clone()
    };
    let json: Value = serde_json::from_str(&text(&catalogue, "docs/api.json")).unwrap();
    let endpoints = json["endpoints"].as_array().unwrap();
    let create = endpoints.iter().find(|one| one["id"] == "scripts.create");
    let when = "`visibility` is `all_pages` or `checkout`";
    assert_eq!(
        create.unwrap()["also_needs"],
        json!([{
            "scope": "store_content_checkout",
            "when": when,
            "values": { "visibility": ["all_pages", "checkout"] },
        }])
    );
    let list = endpoints.iter().find(|one| one["id"] == "scripts.list");
    let also = &list.unwrap()["also_needs"][0];
    assert_eq!(also["satisfied_by"], json!(["store_content_checkout"]));
    assert_eq!(also["values"], Value::Null);
    let scopes = json["scopes"].as_array().unwrap();
    let scope = scopes
        .iter()
        .find(|one| one["wire"] == "store_content_checkout");
    assert_eq!(
        scope.unwrap()["also_needed_by"],
        json!(["scripts.create", "scripts.update", "scripts.delete"])
    );
    let matrix = matrix::render(&api).unwrap();
    let markdown = text(&matrix, "scope-matrix.md");
    let sentence = format!("Also requires `store_content_checkout` when {when}.");
    assert!(markdown.contains(&sentence));
    let csv = text(&matrix, "scope-matrix.csv");
    assert!(csv.contains(&format!("store_content_checkout when {when}")));
    let pages = docs::markdown(&api).unwrap();
    let page = text(&pages, "docs/scripts.md");
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, after) = page.split_once(&format!("when {when}, ")).unwrap();
    assert!(after.starts_with("[`store_content_checkout`]"), "{after}");
}
