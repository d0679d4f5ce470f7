//! Least privilege in `cargo xtask scopes`: the same cases as in the client and on the site, any set of
//! endpoints, and the calls in the source of programs.

mod also;
mod alternatives;
mod least;

use std::{collections::BTreeSet, fs, path::Path};

use bigcommerce_tests::{api, json, root, text};
use codegen::scopes::{self, Checked, Form, Granted, Needed, Scan, Text, Told as _};
use serde::Deserialize;

#[derive(Deserialize)]
struct Set {
    does: String,
    calls: Vec<String>,
    least: String,
    granted: String,
    /// What the calls need of that token, if it has an alternative of their least scopes.
    needed: Option<String>,
    missing: String,
    excess: String,
}

fn joined<'a>(scopes: impl Iterator<Item = &'a str>) -> String {
    scopes.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_cases_of_the_client_and_the_site_hold_here_too() {
    let api = api();
    for set in json::<Vec<Set>>("tests/data/scopes/sets.json") {
        let does = &set.does;
        let calls = scopes::calls(&api, &set.calls).unwrap();
        assert_eq!(Needed::of(&api, &calls).oauth, set.least, "{does}");
        let granted = Granted::read(&api, &set.granted);
        let checked = Checked::of(&api, &granted, &calls);
        let needed = set.needed.as_ref().unwrap_or(&set.least);
        assert_eq!(&checked.needed.oauth, needed, "{does}");
        let missing = checked.missing.iter().map(|one| one.scope);
        assert_eq!(joined(missing), set.missing, "{does}");
        let mut unknown: Vec<_> = checked
            .unknown
            .iter()
            .filter(|one| !one.of_every_token)
            .map(|one| one.name.as_str())
            .collect();
        unknown.sort_unstable();
        let excess = checked.excess.iter().map(|one| one.scope).chain(unknown);
        assert_eq!(joined(excess), set.excess, "{does}");
        let fits = set.missing.is_empty() && set.excess.is_empty();
        assert_eq!(checked.fits, fits, "{does}");
    }
}

#[test]
fn what_every_token_is_granted_is_not_excess_but_an_unknown_scope_is() {
    let api = api();
    let calls = scopes::calls(&api, &["orders.list".to_owned()]).unwrap();
    for (granted, fits) in [
        (
            "store_v2_orders_read_only store_v2_default users_basic_information",
            true,
        ),
        ("[\"store_v2_orders_read_only\", 'store_v2_default']", true),
        ("store_v2_orders_read_only,store_of_tomorrow", false),
    ] {
        let granted = Granted::read(&api, granted);
        assert_eq!(
            Checked::of(&api, &granted, &calls).fits,
            fits,
            "{granted:?}"
        );
    }
}

#[test]
fn what_bigcommerce_grants_by_default_is_distinguished_from_unknown_scopes() {
    let api = api();
    let calls = scopes::calls(&api, &["orders.list".to_owned()]).unwrap();
    let granted = Granted::read(&api, "users_basic_information store_of_tomorrow");
    let told = Checked::of(&api, &granted, &calls)
        .tell(Form::Text)
        .unwrap();
    let (unknown, ignored) = told.split_once("Ignored:").unwrap();
    assert!(unknown.contains("store_of_tomorrow"), "{told}");
    assert!(!unknown.contains("users_basic_information"), "{told}");
    assert!(ignored.contains("users_basic_information"), "{told}");
    let explained = scopes::explain(&api, "users_basic_information").unwrap_err();
    assert!(explained.contains("no app requests it"), "{explained}");
}

#[test]
fn calls_are_named_by_id_group_operation_or_path_and_a_wrong_name_has_its_suggestion() {
    let api = api();
    let ids = |names: &[&str]| -> Result<Vec<String>, String> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let calls = scopes::calls(&api, &names).map_err(|error| error.to_string())?;
        Ok(calls.iter().map(|one| one.id.clone()).collect())
    };
    for name in [
        "products.get",
        "getProduct",
        "GET /v3/catalog/products/{product_id}",
        "get /v3/catalog/products/118?include=variants",
        "GET https://api.bigcommerce.com/stores/abc/v3/catalog/products/7",
    ] {
        assert_eq!(ids(&[name]).unwrap(), ["products.get"], "{name}");
    }
    // A literal path takes precedence over one with a parameter.
    assert_eq!(
        ids(&["GET /v3/hooks/admin"]).unwrap(),
        ["webhooks.get_admin"]
    );
    let group = |name: &str| api.groups.iter().find(|one| one.name == name).unwrap();
    let all = api.endpoints_of(group("brands"));
    assert_eq!(ids(&["brands"]).unwrap().len(), all.len());
    assert_eq!(ids(&["brands:full"]).unwrap().len(), all.len());
    let reads: Vec<_> = all
        .iter()
        .filter(|one| !one.writes)
        .map(|one| one.id.clone())
        .collect();
    assert_eq!(ids(&["brands:read", "brands.list"]).unwrap(), reads);

    let error = ids(&[
        "produts.list",
        "brands.list",
        "ordes:read",
        "PUT /v2/order/{order_id}",
    ]);
    assert_eq!(
        error.unwrap_err(),
        "there is no endpoint or group `produts.list`; did you mean `products.list`?\n\
         there is no endpoint or group `ordes:read`; did you mean `orders:read`?\n\
         there is no endpoint or group `PUT /v2/order/{order_id}`; did you mean `PUT /v2/orders/{order_id}`?"
    );
    assert_eq!(
        ids(&["storefront_tokens:read"]).unwrap_err(),
        "no endpoint of `storefront_tokens` only reads; name `storefront_tokens` for all of them"
    );
    let error = scopes::explain(&api, "store_v2_order").unwrap_err();
    assert_eq!(
        error,
        "the spec has no scope `store_v2_order`; did you mean `store_v2_orders`?"
    );
}

#[derive(Deserialize)]
struct Code {
    does: String,
    source: Vec<String>,
    calls: Vec<String>,
    #[serde(default)]
    raw: Vec<String>,
    #[serde(default)]
    unread: usize,
    #[serde(default)]
    macros: Vec<String>,
    #[serde(default)]
    untyped: Vec<String>,
}

#[test]
fn the_calls_of_a_program_are_found_by_the_names_of_handles_and_methods() {
    let api = api();
    for code in json::<Vec<Code>>("tests/data/scopes/code.json") {
        let file = Text {
            file: "main.rs".to_owned(),
            text: code.source.join("\n"),
        };
        let scanned = scopes::scan(&api, &[file], Scan::default());
        let sites = scanned.sites.iter();
        let calls: Vec<_> = sites
            .map(|one| format!("{}:{} {}", one.line, one.column, one.call.id))
            .collect();
        assert_eq!(calls, code.calls, "{}", code.does);
        for (found, expected) in [
            (&scanned.raw, &code.raw),
            (&scanned.macros, &code.macros),
            (&scanned.untyped, &code.untyped),
        ] {
            let found: Vec<_> = found
                .iter()
                .map(|one| format!("{}:{} {}", one.line, one.column, one.what))
                .collect();
            assert_eq!(&found, expected, "{}", code.does);
        }
        assert_eq!(scanned.unread.len(), code.unread, "{}", code.does);
    }
}

#[test]
fn what_a_scan_could_not_read_is_reported_in_every_form() {
    let api = api();
    let file = |file: &str, text: &str| Text {
        file: file.to_owned(),
        text: text.to_owned(),
    };
    let files = [
        file(
            "one.rs",
            "fn f(s: &Client) { query!(select s.brands().list() from it); }\n\
             fn g() { each(|orders| orders.get(7)); s.raw(Method::GET, path); }",
        ),
        file("two.rs", "fn h( {"),
    ];
    let scanned = scopes::scan(&api, &files, Scan::default());
    for (form, title) in [
        (Form::Text, "1 macro could not be read:"),
        (Form::Markdown, "1 macro could not be read:"),
        (Form::Json, "\"macros\": ["),
        (
            Form::Csv,
            "one.rs,1,20,,,,macro that could not be read: query!,",
        ),
    ] {
        let told = scanned.tell(form).unwrap();
        assert!(told.contains(title), "{told}");
        for what in ["query!", "orders.get", "GET …", "two.rs"] {
            assert!(told.contains(what), "{form:?} without {what}: {told}");
        }
    }
    let read = scopes::scan(
        &api,
        &[file("one.rs", "fn f() { a!(b); }")],
        Scan::default(),
    );
    let told = read.tell(Form::Text).unwrap();
    assert!(!told.contains("macro"), "{told}");
}

/// The header of an example names the scopes of its token; its calls are in it and in its shared code.
#[test]
fn the_scopes_that_examples_name_are_those_that_their_calls_need() {
    let api = api();
    let folder = root().join("generated-client/examples");
    let read = |path: &Path| Text {
        file: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        text: fs::read_to_string(path).unwrap(),
    };
    let sources = |folder: &Path| -> Vec<Text> {
        let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
        let files = entries.filter(|path| path.extension().is_some_and(|it| it == "rs"));
        files.map(|path| read(&path)).collect()
    };
    let shared = sources(&folder.join("support"));
    let mut compared = 0;
    for example in sources(&folder) {
        let head = example
            .text
            .lines()
            .map_while(|line| line.strip_prefix("//!"));
        let head = head.collect::<String>();
        let Some((_, needs)) = head.split_once("needs the scope") else {
            continue;
        };
        let named: BTreeSet<&str> = needs
            .split('`')
            .filter(|it| it.starts_with("store_"))
            .collect();
        let used = |one: &&Text| example.text.contains(&format!("{}::", one.file));
        let mut files: Vec<Text> = shared.iter().filter(used).cloned().collect();
        files.push(example.clone());
        let scanned = scopes::scan(&api, &files, Scan::default());
        let found: BTreeSet<&str> = scanned.needed.scopes.iter().map(|one| one.scope).collect();
        assert_eq!(found, named, "{}", example.file);
        compared += 1;
    }
    assert!(compared >= 9, "only {compared} examples say what they need");
}

#[test]
fn every_endpoint_is_found_in_the_calls_that_are_generated_for_it() {
    let api = api();
    let file = Text {
        file: "calls.rs".to_owned(),
        text: text("tests/src/generated/calls.rs"),
    };
    let scanned = scopes::scan(&api, &[file], Scan::default());
    let found: BTreeSet<&str> = scanned.needed.calls.iter().map(|one| one.id).collect();
    let missed: Vec<_> = api
        .endpoints
        .iter()
        .filter(|one| !found.contains(one.id.as_str()))
        .map(|one| &one.id)
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
    assert_eq!((scanned.raw.len(), scanned.unread.len()), (0, 0));
}

#[test]
fn an_answer_reads_as_its_snapshot_in_every_form() {
    let api = api();
    let names = ["products.list", "orders.update", "orders.get"].map(str::to_owned);
    let calls = scopes::calls(&api, &names).unwrap();
    let needed = Needed::of(&api, &calls);
    let granted = Granted::read(
        &api,
        "store_v2_orders_read_only store_cart store_v2_default stoer_cart",
    );
    let checked = Checked::of(&api, &granted, &calls);
    let explained = scopes::explain(&api, "store_checkout_read_only").unwrap();
    let file = Text {
        file: "src/main.rs".to_owned(),
        text: "fn f(s: &Client) { s.brands().get(7); s.raw(Method::GET, \"/v2/loyalty\"); }"
            .to_owned(),
    };
    let scanned = scopes::scan(
        &api,
        &[file],
        Scan {
            granted: Some(&granted),
            tests: false,
        },
    );
    let mut all = String::new();
    for (name, form) in [
        ("text", Form::Text),
        ("json", Form::Json),
        ("md", Form::Markdown),
        ("csv", Form::Csv),
    ] {
        for (question, told) in [
            ("for", needed.tell(form)),
            ("check", checked.tell(form)),
            ("explain", explained.tell(form)),
            ("scan", scanned.tell(form)),
        ] {
            all += &format!(
                "==== {question} {name}\n{}\n",
                told.unwrap().replace("\r\n", "\n")
            );
        }
    }
    insta::with_settings!({
        snapshot_path => root().join("tests/tests/snapshots/scopes"), prepend_module_to_snapshot => false,
    }, { insta::assert_snapshot!("answers", all) });
}
