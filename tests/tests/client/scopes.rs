//! Scopes: the matrix is complete and equal in all its forms, least privilege really is minimal, and a
//! client that knows the granted scopes applies them to its calls.

use std::collections::BTreeSet;

use bigcommerce_client::{
    Client, Endpoint as Call, Error, ErrorKind, Scope,
    observe::Step,
    scopes::{self as sets, ScopeSet},
    scripts::ScriptCreate,
};
use bigcommerce_tests::{
    api, json,
    server::{Answer, Server, TOKEN, store_with},
    time::Told,
};
use codegen::{
    model::{Api, Endpoint, ScopeId},
    render::scopes,
};
use serde_json::Value;

fn file(api: &Api, kind: &str) -> String {
    let files = scopes::render(api).unwrap();
    files
        .into_iter()
        .find(|file| file.path.ends_with(kind))
        .unwrap()
        .text
}

/// The rows of a CSV file with the line endings of RFC 4180.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                row.last_mut().unwrap().push(chars.next().unwrap())
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'), "a line ends with both signs");
                rows.push(vec![String::new()]);
            }
            c => row.last_mut().unwrap().push(c),
        }
    }
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "the last line ends as well"
    );
    rows
}

#[test]
fn every_endpoint_is_in_every_form_of_the_matrix_with_its_scope() {
    let api = api();
    let rows = csv(&file(&api, ".csv"));
    let json: Value = serde_json::from_str(&file(&api, ".json")).unwrap();
    let markdown = file(&api, ".md");
    let column = |name: &str| rows[0].iter().position(|cell| cell == name).unwrap();
    assert_eq!(rows.len(), api.endpoints.len() + 1);
    for (at, endpoint) in api.endpoints.iter().enumerate() {
        let row = &rows[at + 1];
        let scope = &api.scope(endpoint.scope).wire;
        let other = endpoint.or_scope.map(|id| &*api.scope(id).wire);
        assert_eq!(row.len(), rows[0].len());
        assert_eq!(
            (&row[column("id")], &row[column("scope")]),
            (&endpoint.id, scope)
        );
        assert_eq!(
            row[column("beyond_guide")] == "yes",
            endpoint.guide.is_none()
        );
        assert_eq!(
            json["endpoints"][at]["id"],
            Value::from(endpoint.id.clone())
        );
        assert_eq!(json["endpoints"][at]["scope"], Value::from(scope.clone()));
        let start = format!(
            "| `{} {}`<br>`{}` |",
            endpoint.method, endpoint.path, endpoint.id
        );
        let line = markdown
            .lines()
            .find(|line| line.starts_with(&start))
            .unwrap();
        let cell = match other {
            Some(other) => format!("| `{scope}` or `{other}` |"),
            None => format!("| `{scope}` |"),
        };
        assert!(line.contains(&cell), "{line}");
        assert_eq!(line.contains("*In the guide.*"), endpoint.guide.is_some());
    }
    // The legend counts the marks.
    let listed = api.endpoints.iter().filter(|one| one.guide.is_some());
    let legend = format!("- *In the guide* marks the {} endpoints", listed.count());
    assert!(markdown.contains(&legend), "{legend}");
    assert!(!markdown.contains("Not in the guide"));
}

#[test]
fn every_note_of_the_markdown_is_referred_to_and_every_reference_has_its_note() {
    let text = file(&api(), ".md");
    for number in 1.. {
        let mark = format!("[^{number}]");
        let note = text.contains(&format!("\n{mark}: "));
        assert_eq!(
            text.matches(&mark).count() > usize::from(note),
            note,
            "{mark}"
        );
        if !note {
            break;
        }
    }
}

#[test]
fn the_least_scopes_open_everything_asked_for_and_none_of_them_can_be_left_out() {
    let api = api();
    let enough = |held: &[ScopeId], calls: &[&Endpoint]| {
        calls
            .iter()
            .all(|call| held.iter().any(|scope| api.allows(*scope, call)))
    };
    // Calls that need the same scope are equivalent here.
    let mut seen = BTreeSet::new();
    let calls = api.endpoints.iter();
    let calls = calls.filter(|it| seen.insert((it.scope, it.or_scope)));
    let calls: Vec<&Endpoint> = calls.collect();
    assert!(calls.len() > 40, "{}", calls.len());
    for &first in &calls {
        for &second in &calls {
            for &third in &calls {
                let calls = [first, second, third];
                let held = api.least(calls);
                assert!(enough(&held, &calls), "{held:?}");
                for without in 0..held.len() {
                    let mut fewer = held.clone();
                    fewer.remove(without);
                    assert!(!enough(&fewer, &calls), "{held:?}");
                }
            }
        }
    }
}

/// The granted scopes of a test.
fn granted(text: &str) -> ScopeSet {
    text.parse().unwrap_or_else(|never| match never {})
}

const NEEDED: ScopeSet = sets::required([
    Call::ProductsList,
    Call::ProductsUpdate,
    Call::OrdersList,
    Call::CartsGet,
]);

#[test]
fn the_scopes_that_calls_need_are_a_constant_and_the_least() {
    assert_eq!(
        NEEDED.to_string(),
        "store_v2_products store_v2_orders_read_only store_cart_read_only"
    );
    assert_eq!(NEEDED, granted(&NEEDED.to_string()));
    assert_eq!(NEEDED.len(), 3);
}

#[test]
fn the_client_and_the_matrix_agree_on_the_least_scopes_for_any_calls() {
    let api = api();
    for first in Call::ALL {
        for second in Call::ALL {
            let in_spec = |call: &Call| api.endpoints.iter().find(|it| it.id == call.id()).unwrap();
            let calls = [in_spec(first), in_spec(second)];
            let held = api.least(calls);
            let wires: ScopeSet = held.iter().map(|id| &*api.scope(*id).wire).fold(
                ScopeSet::new(),
                |mut set, wire| {
                    set.insert_name(wire);
                    set
                },
            );
            assert_eq!(sets::required([*first, *second]), wires, "{first} {second}");
        }
    }
}

#[test]
fn a_scope_that_a_call_needs_only_with_some_values_is_a_fact_of_the_call_and_not_required() {
    let also = Call::ScriptsCreate.facts().also_needs;
    let condition = "`visibility` is `all_pages` or `checkout`";
    assert_eq!(also, [(Scope::CheckoutContentModify, condition)]);
    let required = sets::required([Call::ScriptsCreate]);
    assert_eq!(required.to_string(), "store_v2_content");
    assert!(Call::ProductsList.facts().also_needs.is_empty());
}

#[test]
fn a_set_covers_what_its_scopes_allow_and_keeps_names_that_nobody_knows() {
    let set = granted(" store_v2_default  store_v2_orders\tstore_v2_products_read_only ");
    let written = "store_v2_products_read_only store_v2_orders store_v2_default";
    assert_eq!(set.to_string(), written);
    for scope in Scope::ALL {
        let held = [Scope::ProductsRead, Scope::OrdersModify].contains(scope);
        assert_eq!(set.contains(*scope), held, "{scope}");
        assert_eq!(
            set.covers(*scope),
            held || *scope == Scope::OrdersRead,
            "{scope}"
        );
    }
    let all = Call::ALL.iter().copied();
    let missing = set.missing(all.clone());
    assert!(!missing.contains(Scope::OrdersModify) && missing.contains(Scope::ProductsModify));
    let whole = set.union(&missing);
    assert!(all.clone().all(|call| whole.allows(call)));
    assert!(whole.missing(all).is_empty());
    assert_eq!(
        whole.least().len(),
        whole.len() - 1,
        "reading products is covered twice"
    );
    assert!(ScopeSet::new().is_empty() && !set.is_empty());
}

pub(super) async fn refused(
    scopes: &str,
    call: impl AsyncFnOnce(&Client) -> Error,
) -> (Error, usize) {
    let server = Server::start(|_| Answer::json(403, r#"{"status":403,"title":"No"}"#)).await;
    let store = store_with(&server, |builder| builder.granted(granted(scopes)));
    let error = call(&store).await;
    assert!(!format!("{error} {error:?}").contains(TOKEN));
    (error, server.asked().len())
}

#[tokio::test]
async fn a_call_outside_the_granted_scopes_is_not_sent_and_says_what_it_needs() {
    let delete = async |store: &Client| store.brands().delete(7).await.unwrap_err();
    for (scopes, says, short) in [
        (
            "store_v2_products_read_only store_v2_orders",
            "brands.delete was not sent: the token lacks the scope `store_v2_products` (Products: \
             modify); the granted `store_v2_products_read_only` (Products: read-only) is not sufficient",
            &[Scope::ProductsRead][..],
        ),
        (
            "store_v2_orders",
            "brands.delete was not sent: the token lacks the scope `store_v2_products` (Products: \
             modify); none of the granted scopes covers it",
            &[],
        ),
    ] {
        let (error, asked) = refused(scopes, delete).await;
        assert_eq!((error.to_string().as_str(), asked), (says, 0));
        assert_eq!(error.kind(), ErrorKind::Scope);
        assert!(error.is_missing_scope() && !error.is_retryable() && !error.is_denied());
        assert_eq!(error.missing_scope(), Some(Scope::ProductsModify));
        assert_eq!(error.insufficient_scopes(), short);
    }
    let raw = async |store: &Client| {
        let call = store.raw(http::Method::DELETE, "/v3/catalog/brands/7");
        call.await.unwrap_err()
    };
    let (error, asked) = refused("store_v2_orders", raw).await;
    assert_eq!((error.kind(), asked), (ErrorKind::Scope, 0));
}

#[tokio::test]
async fn a_403_names_the_scope_by_both_names_and_the_granted_ones_that_fell_short() {
    // If the sources disagree, the call is sent, and so is one that is not in the catalogue.
    let hooks = async |store: &Client| store.webhooks().list().await.unwrap_err();
    let (error, asked) = refused("store_v2_orders", hooks).await;
    assert_eq!(asked, 1);
    assert_eq!(
        error.to_string(),
        "webhooks.list was refused with 403 Forbidden (No); grant the token the scope \
         `store_v2_information_read_only` (Information & Settings: read-only); none of the granted scopes covers it"
    );
    let checkout = async |store: &Client| store.checkouts().create_order("c").await.unwrap_err();
    let (error, _) = refused("store_checkout_read_only", checkout).await;
    assert_eq!(error.insufficient_scopes(), [Scope::CheckoutsRead]);
    let orders = async |store: &Client| store.orders().list().await.unwrap_err();
    let (error, _) = refused("store_v2_orders", orders).await;
    assert!(
        error
            .to_string()
            .ends_with("so the token may be a different one or the store may have reached a limit"),
        "{error}"
    );
    assert_eq!(error.insufficient_scopes(), []);
    // Which values were sent is not known to the error.
    let script = async |store: &Client| {
        let script = ScriptCreate::new("Chat");
        store.scripts().create(script).await.unwrap_err()
    };
    let (error, _) = refused("store_v2_content", script).await;
    assert!(
        error.to_string().ends_with(
            "; when `visibility` is `all_pages` or `checkout`, it also needs `store_content_checkout` \
             (Checkout Content: modify)"
        ),
        "{error}"
    );
    let (error, _) = refused("store_v2_content store_content_checkout", script).await;
    assert!(!error.to_string().contains("also needs"), "{error}");
    let other = async |store: &Client| {
        let call = store.raw(http::Method::GET, "/v3/store/summary");
        call.await.unwrap_err()
    };
    let (error, _) = refused("store_v2_orders", other).await;
    assert_eq!(
        error.to_string(),
        "GET /v3/store/summary was refused with 403 Forbidden (No); check the scopes of the token"
    );
    assert!(error.is_missing_scope() && error.missing_scope().is_none());
}

#[tokio::test]
async fn where_the_sources_disagree_on_a_scope_observers_are_told() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let told = Told::default();
    let store = store_with(&server, |builder| {
        builder
            .granted(granted("store_v2_orders"))
            .observer(told.clone())
    });
    assert!(store.webhooks().list().await.is_ok());
    let scope = Scope::InformationRead;
    let doubts = told
        .steps()
        .into_iter()
        .filter(|(_, step)| *step == Step::Doubtful { scope });
    assert_eq!(doubts.count(), 1);
    assert!(store.orders().list().await.is_ok());
    let doubts = told
        .steps()
        .into_iter()
        .filter(|(_, step)| matches!(step, Step::Doubtful { .. }));
    assert_eq!(doubts.count(), 1, "what was granted is not doubted");
}

#[test]
fn the_cases_of_the_command_line_and_the_site_hold_for_the_client_too() {
    for case in json::<Vec<Value>>("tests/data/scopes/sets.json") {
        let text = |name: &str| case[name].as_str().unwrap();
        let calls = case["calls"].as_array().unwrap().iter();
        let calls = calls.map(|id| Call::from_id(id.as_str().unwrap()).unwrap());
        let least = sets::required_by(calls.clone());
        assert_eq!(least.to_string(), text("least"), "{case}");
        let check = granted(text("granted")).check(calls.clone());
        let needed = case["needed"].as_str().map_or(least, granted);
        assert_eq!(check, granted(text("granted")).compare(&needed), "{case}");
        assert_eq!(check.missing.to_string(), text("missing"), "{case}");
        assert_eq!(check.extra.to_string(), text("excess"), "{case}");
        let missing = granted(text("granted")).missing(calls);
        assert_eq!(missing.to_string(), text("missing"), "{case}");
    }
}
