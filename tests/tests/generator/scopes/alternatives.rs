//! Scopes of which a call needs only one: every answer accepts either and names both.

use bigcommerce_tests::api;
use codegen::{
    render::{File, catalogue, docs, scopes as matrix},
    scopes::{self, Allowed, Checked, Form, Granted, Needed, Told as _},
};
use serde_json::{Value, json};

const ID: &str = "payment_actions.capture";
const EITHER: &str = "store_v2_orders or store_v2_transactions";

#[test]
fn a_call_is_allowed_by_either_of_its_alternatives() {
    let api = api();
    let capture = scopes::call(&api, ID).unwrap();
    for (granted, allowed) in [
        ("store_v2_orders", true),
        ("store_v2_transactions", true),
        (
            "store_v2_orders_read_only store_v2_transactions_read_only",
            false,
        ),
    ] {
        let granted = Granted::read(&api, granted);
        assert_eq!(granted.allows(&api, capture), allowed, "{granted:?}");
        let told = Allowed::of(&api, &granted);
        assert_eq!(
            told.allowed.iter().any(|one| one.id == ID),
            allowed,
            "{granted:?}"
        );
        // What falls short is named, whichever of the areas it is of.
        let denied = told.denied.iter().find(|one| one.call.id == ID);
        let short = denied.map(|one| one.short.join(" "));
        let expected = (!allowed)
            .then_some("store_v2_orders_read_only store_v2_transactions_read_only".to_owned());
        assert_eq!(short, expected, "{granted:?}");
    }
}

#[test]
fn the_answers_for_people_and_programs_name_both_alternatives() {
    let api = api();
    let calls = scopes::calls(&api, &[ID.to_owned()]).unwrap();
    let needed = Needed::of(&api, &calls);
    let explained = scopes::explain(&api, "store_v2_transactions").unwrap();
    let granted = Granted::read(&api, "store_v2_transactions");
    let checked = Checked::of(&api, &granted, &calls);
    for form in [Form::Text, Form::Markdown] {
        for told in [needed.tell(form), explained.tell(form)] {
            let told = told.unwrap();
            assert!(told.contains(EITHER), "{told}");
        }
    }
    assert_eq!(needed.oauth, "store_v2_orders");
    assert_eq!(checked.needed.oauth, "store_v2_transactions");
    assert!(checked.fits);
    let json: Value = serde_json::from_str(&needed.tell(Form::Json).unwrap()).unwrap();
    assert_eq!(json["calls"][0]["or_scope"], "store_v2_transactions");
    assert_eq!(
        json["calls"][0]["satisfied_by"],
        json!(["store_v2_transactions"])
    );
    let opens = explained.also_opens.iter().map(|one| one.id);
    assert!(opens.collect::<Vec<_>>().contains(&ID));
}

fn text<'a>(files: &'a [File], name: &str) -> &'a str {
    let mut files = files.iter();
    &files.find(|file| file.path.ends_with(name)).unwrap().text
}

#[test]
fn the_catalogue_and_the_matrix_have_both_alternatives() {
    let api = api();
    let mut files = catalogue::render(&api).unwrap();
    files.extend(matrix::render(&api).unwrap());
    for name in ["/api.json", "/scope-matrix.json"] {
        let file: Value = serde_json::from_str(text(&files, name)).unwrap();
        let all = file["endpoints"].as_array().unwrap();
        let list = all.iter().find(|one| one["id"] == "refunds.list").unwrap();
        assert_eq!(list["scope"], "store_v2_orders_read_only", "{name}");
        assert_eq!(list["or_scope"], "store_v2_transactions_read_only");
        let others = [
            "store_v2_orders",
            "store_v2_transactions_read_only",
            "store_v2_transactions",
        ];
        assert_eq!(list["satisfied_by"], json!(others), "{name}");
        let plain = all.iter().find(|one| one["id"] == "refunds.get").unwrap();
        assert_eq!(plain.get("or_scope"), None, "{name}");
    }
    let matrix = text(&files, "/scope-matrix.md");
    let row = matrix
        .lines()
        .find(|line| line.contains(&format!("`{ID}`")));
    let row = row.unwrap();
    let scopes = "| `store_v2_orders` or `store_v2_transactions` | – | Orders: modify or Order Transactions: modify |";
    assert!(row.contains(scopes), "{row}");
    let csv = text(&files, "/scope-matrix.csv");
    let row = csv.lines().find(|line| line.contains(ID)).unwrap();
    assert!(row.ends_with(",store_v2_transactions"), "{row}");
}

#[test]
fn the_site_has_both_alternatives_where_it_has_the_scope_of_a_call() {
    let files = docs::site(&api()).unwrap();
    for page in ["/scopes.html", "/endpoints.html"] {
        let mut lines = text(&files, page).lines();
        let row = lines.find(|line| line.contains(&format!("data-id=\"{ID}\"")));
        let row = row.unwrap();
        let scopes = "data-scope=\"store_v2_orders store_v2_transactions\"";
        assert!(row.contains(scopes), "{row}");
        let label = "Order Transactions: modify";
        assert!(row.contains(label), "{row}");
    }
    let page = text(&files, "/scope-store_v2_transactions.html");
    let (_, below) = page
        .split_once("<h2>Endpoints that need it or another scope</h2>")
        .unwrap();
    let (listed, narrower) = below
        .split_once("<h2>Other endpoints that it allows</h2>")
        .unwrap();
    assert!(listed.contains("payment_actions.capture"), "{listed}");
    assert!(!narrower.contains("payment_actions.capture"), "{narrower}");
    let group = text(&files, "/payment_actions.html");
    let cell = "<a href=\"scope-store_v2_transactions.html\"><code>";
    assert!(group.contains(cell), "{group}");
}
