//! Access policies and the audit record: which rule allows what, how errors in a policy are reported,
//! and that a denied call never reaches the server.

use std::{collections::BTreeMap, sync::Arc};

use bigcommerce_client::{
    Endpoint, ErrorKind, Group, RetryPolicy,
    audit::JsonLines,
    customers::{CustomerCreate, CustomerUpdate},
    orders::OrderUpdate,
    policy::{Level, Policy},
    pricelists::PriceRecordInput,
};
use bigcommerce_tests::{
    json,
    server::{Answer, STORE_HASH, Server, TOKEN, store_with},
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decisions {
    does: String,
    policy: Value,
    #[serde(default)]
    allowed: BTreeMap<String, String>,
    #[serde(default)]
    refused: BTreeMap<String, String>,
    scopes: String,
}

fn cases() -> Vec<Decisions> {
    json("tests/data/policy/decisions.json")
}

/// The error and the record of a raw call with this name, or of the endpoint with this name.
async fn judged(policy: Policy, call: &str) -> (Option<bigcommerce_client::Error>, Value, usize) {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let log = Arc::new(JsonLines::new(Vec::new()));
    let store = store_with(&server, |b| b.policy(policy).audit(Arc::clone(&log)));
    let (method, path) = match call.split_once(' ') {
        Some((method, path)) => (method.parse().unwrap(), path.to_owned()),
        None => {
            let endpoint = Endpoint::from_id(call).unwrap();
            let path = endpoint.path().replace(['{', '}'], "");
            (http::Method::from(endpoint.method()), path)
        }
    };
    let result = store.raw(method, path).query("id:in", 1).await;
    let text = log.with(|written| String::from_utf8(written.clone()).unwrap());
    let line = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    (result.err(), line, server.asked().len())
}

#[tokio::test]
async fn a_policy_decides_before_the_network_and_names_the_rule() {
    let mut wrong = Vec::new();
    for case in cases() {
        let does = &case.does;
        let policy = Policy::from_json(&case.policy.to_string()).unwrap();
        assert_eq!(policy.scopes().to_string(), case.scopes, "{does}");
        let allowed = case
            .allowed
            .iter()
            .map(|(call, rule)| ("allowed", call, rule));
        let refused = case
            .refused
            .iter()
            .map(|(call, rule)| ("refused", call, rule));
        for (decision, call, rule) in allowed.chain(refused) {
            let (error, record, asked) = judged(policy.clone(), call).await;
            let is = [&record["decision"], &record["rule"]].map(|it| it.as_str().unwrap());
            if is != [decision, rule] {
                wrong.push(format!("{does} {call}: {is:?}, not {decision} by {rule}"));
                continue;
            }
            assert_eq!(asked, usize::from(decision == "allowed"), "{does} {call}");
            if decision == "allowed" {
                assert!(error.is_none(), "{does} {call}: {error:?}");
                continue;
            }
            let error = error.unwrap_or_else(|| panic!("{does} {call} was allowed"));
            assert!(error.is_denied() && !error.is_retryable(), "{does} {call}");
            assert_eq!(
                error.denied_by().unwrap().to_string(),
                *rule,
                "{does} {call}"
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_policy_says_the_same_in_yaml_and_in_json() {
    for case in cases() {
        // JSON is YAML, and its block form is written by hand here.
        let mut text = String::new();
        for (part, value) in case.policy.as_object().unwrap() {
            match value {
                Value::Object(entries) => {
                    text += &format!("{part}:\n");
                    for (name, value) in entries {
                        text += &format!("  {name}: {}\n", value.to_string().replace('"', ""));
                    }
                }
                value => text += &format!("{part}: {value}\n"),
            }
        }
        let flow = case.policy.to_string();
        let policy = Policy::from_json(&flow).unwrap();
        assert_eq!(Policy::from_yaml(&flow).unwrap(), policy, "{flow}");
        assert_eq!(Policy::from_json(&policy.to_json()).unwrap(), policy);
        if !text.is_empty() {
            assert_eq!(Policy::from_yaml(&text).unwrap(), policy, "{text}");
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistaken {
    does: String,
    #[serde(default)]
    yaml: bool,
    text: String,
    says: Vec<String>,
}

#[test]
fn every_mistake_in_a_policy_is_named_with_its_place_and_how_to_fix_it() {
    for case in json::<Vec<Mistaken>>("tests/data/policy/mistakes.json") {
        let read = if case.yaml {
            Policy::from_yaml
        } else {
            Policy::from_json
        };
        let error = read(&case.text).unwrap_err().to_string();
        let said: Vec<&str> = error.lines().collect();
        assert_eq!(said, case.says, "{}", case.does);
    }
}

#[test]
fn of_very_many_mistakes_each_is_named_with_its_place_and_the_first_have_advice() {
    let count = 20_000;
    let name = |at: usize| format!("order{at}");
    let groups: Vec<String> = (0..count)
        .map(|at| format!(r#""{}": "read""#, name(at)))
        .collect();
    let error = Policy::from_json(&format!("{{\"groups\": {{{}}}}}", groups.join(", ")));
    let error = error.unwrap_err();
    let problems = error.problems();
    assert_eq!(problems.len(), count);
    let mut column = 13;
    for (at, problem) in problems.iter().enumerate() {
        assert_eq!(problem.path, format!("groups.{}", name(at)));
        assert_eq!((problem.line, problem.column), (1, column));
        let advised = problem.message.ends_with("did you mean `orders`?");
        assert_eq!(advised, at < 100, "{}", problem.message);
        column += groups[at].len() + 2;
    }
}

#[test]
fn errors_in_a_policy_file_name_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let good = write("agent.yaml", "groups:\n  orders: read\n");
    let policy = Policy::from_file(&good).unwrap();
    assert_eq!(policy, Policy::new().group(Group::Orders, Level::Read));

    let bad = write("agent.json", "{\n\"groups\": {\"order\": \"read\"}}");
    let error = Policy::from_file(&bad).unwrap_err().to_string();
    let place = format!("{}:2:12: groups.order: ", bad.display());
    assert!(error.starts_with(&place), "{error}");

    let kind = write("agent.toml", "");
    let error = Policy::from_file(&kind).unwrap_err().to_string();
    assert!(
        error.ends_with("use the extension `.json` or `.yaml`"),
        "{error}"
    );

    let error = Policy::from_file(folder.path().join("none.json")).unwrap_err();
    let missing = error.io_error().map(std::io::Error::kind);
    assert_eq!(missing, Some(std::io::ErrorKind::NotFound), "{error}");
}

#[tokio::test]
async fn a_typed_call_is_refused_before_it_is_sent_and_says_why() {
    let server = Server::script([]).await;
    let store = store_with(&server, |builder| {
        builder.policy(Policy::new().group(Group::Orders, Level::Read))
    });
    let error = store.orders().delete(118).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Denied);
    assert_eq!(
        error.to_string(),
        "orders.delete was not sent: the access policy says `orders: read`"
    );
    let error = store.brands().list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "brands.list was not sent: the access policy does not name it, and denies everything it \
         does not name"
    );
    let error = store.raw(http::Method::GET, "/v3/store/summary").await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "GET /v3/store/summary was not sent: the access policy says `raw: off`"
    );
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_client_under_another_policy_may_do_less_and_never_more() {
    let server = Server::start(|_| Answer::json(200, "[]")).await;
    let store = store_with(&server, |builder| {
        builder.policy(Policy::new().group(Group::Orders, Level::Read))
    });
    let wide = store.under(Policy::new().every_group(Level::Full).raw(Level::Full));
    assert!(wide.orders().list().await.is_ok());
    assert!(wide.orders().delete(118).await.unwrap_err().is_denied());
    let narrow = store.under(Policy::new());
    assert!(narrow.orders().list().await.unwrap_err().is_denied());
    assert!(
        store.orders().list().await.is_ok(),
        "the first is as it was"
    );
}

#[tokio::test]
async fn bulk_calls_and_streams_end_at_the_first_refusal() {
    let server = Server::script([]).await;
    let store = store_with(&server, |builder| {
        builder.policy(Policy::new().group(Group::Customers, Level::Read))
    });
    let changes = (1..=95).map(|id| CustomerUpdate::new(id).company("Acme"));
    let error = store.customers().update_all(changes).await.unwrap_err();
    assert!(error.is_denied(), "{error}");

    let mut items = store.orders().list().stream();
    assert!(items.try_next().await.unwrap_err().is_denied());
    assert!(server.asked().is_empty());
}

/// The records of a server's client.
async fn records(answers: Vec<Answer>, policy: Policy) -> (Vec<Value>, Vec<String>) {
    let server = Server::script(answers).await;
    let log = Arc::new(JsonLines::new(Vec::new()));
    let store = store_with(&server, |builder| {
        builder
            .retry(RetryPolicy::never())
            .policy(policy)
            .actor("store-ops")
            .audit(Arc::clone(&log))
    });
    let _ = store.orders().get(118).await;
    let change = OrderUpdate::new().staff_notes("leave it with Ms. Personal");
    let _ = store.orders().update(118, change).await;
    let _ = store.acting_as("night\nshift").orders().delete(118).await;
    let _ = store
        .customers()
        .list()
        .email_in(["jo@personal.example"])
        .await;
    let _ = store
        .raw(http::Method::GET, "/v3/../x")
        .query("a", "jo@personal.example")
        .await;
    let text = log.with(|written| String::from_utf8(written.clone()).unwrap());
    for secret in [TOKEN, "personal", "Personal"] {
        assert!(!text.contains(secret), "{secret} stands in {text}");
    }
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let sentence = |line: &Value| {
        let text = line["sentence"].as_str().unwrap().to_owned();
        match text.rsplit_once(" after ") {
            Some((text, time)) if time.ends_with(" s.") => format!("{text} after .. s."),
            _ => text,
        }
    };
    let sentences = lines.iter().map(sentence).collect();
    (lines, sentences)
}

#[tokio::test]
async fn every_call_and_every_refusal_leaves_a_record_and_a_sentence() {
    let policy = Policy::new()
        .group(Group::Orders, Level::Full)
        .deny(Endpoint::OrdersDelete)
        .group(Group::Customers, Level::Read);
    let answers = vec![
        Answer::json(200, r#"{"id":118}"#),
        Answer::json(422, r#"[{"status":422,"message":"no"}]"#),
        Answer::json(200, "").cut(),
    ];
    let (lines, sentences) = records(answers, policy).await;
    assert_eq!(
        sentences,
        [
            "store-ops requested orders.get (order_id 118): allowed by `orders: full`, returned \
             200 after .. s.",
            "store-ops requested orders.update (order_id 118): allowed by `orders: full`, about to be \
             sent.",
            "store-ops requested orders.update (order_id 118): allowed by `orders: full`, returned \
             422 after .. s.",
            "night shift requested orders.delete (order_id 118): refused by `orders.delete: deny`, \
             nothing was sent.",
            "store-ops requested customers.list: allowed by `customers: read`, without a response: \
             transport after .. s.",
            "store-ops requested GET /v3/../x: the request was invalid, nothing was sent.",
        ]
    );
    let read = &lines[0];
    assert_eq!(read["actor"], "store-ops");
    assert_eq!(read["store_hash"], STORE_HASH);
    assert_eq!(read["endpoint"], "orders.get");
    assert_eq!(
        (&read["method"], &read["path"]),
        (&"GET".into(), &"/v2/orders/{order_id}".into())
    );
    assert_eq!(read["ids"]["order_id"], "118");
    assert_eq!(
        (&read["decision"], &read["rule"]),
        (&"allowed".into(), &"orders: full".into())
    );
    assert_eq!(
        (&read["end"], &read["status"]),
        (&"succeeded".into(), &200.into())
    );
    assert_eq!(read["attempts"], 1);
    assert!(read["at"].as_str().unwrap().ends_with('Z') && read["took_ms"].is_u64());
    assert_eq!(
        (&lines[1]["end"], &lines[1]["attempts"]),
        (&"pending".into(), &0.into())
    );
    assert_eq!(lines[1]["call"], lines[2]["call"]);
    assert_eq!(
        (&lines[2]["end"], &lines[2]["error"]),
        (&"failed".into(), &"status".into())
    );
    assert_eq!(
        (&lines[3]["error"], &lines[3]["attempts"]),
        (&"denied".into(), &0.into())
    );
    assert_eq!(
        (&lines[4]["error"], &lines[4]["status"]),
        (&"transport".into(), &Value::Null)
    );
    assert_eq!(
        (&lines[5]["decision"], &lines[5]["rule"]),
        (&"invalid".into(), &Value::Null)
    );
}

#[tokio::test]
async fn a_record_of_a_call_about_many_things_says_which() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let log = Arc::new(JsonLines::new(Vec::new()));
    let store = store_with(&server, |builder| builder.audit(Arc::clone(&log)));
    let told = |id| CustomerUpdate::new(id).email("jo@personal.example");
    let _ = store.customers().delete_all([7, 8]).await;
    let _ = store.customers().update_all([told(19), told(20)]).await;
    let _ = store.categories().delete().tree_id_in([3]).await;
    let prices = [
        PriceRecordInput::new("usd").variant_id(5),
        PriceRecordInput::new("usd").sku("MUG 1"),
        PriceRecordInput::new("usd").variant_id(6),
    ];
    let _ = store.pricelists().upsert_records(2, prices).await;
    let raw = |method, path: &str| store.raw(method, path);
    let _ = raw(http::Method::DELETE, "/v3/customers")
        .query("id:in", "7,8")
        .query("id:in", 9)
        .query("email:in", "jo@personal.example")
        .await;
    let items = r#"[{"id": "21", "email": "jo@personal.example"}, {"id": 22}, {"id": null}, 23]"#;
    let _ = raw(http::Method::PUT, "/v3/customers")
        .body(items, "application/json")
        .await;
    // A read or a create names no records.
    let _ = store.customers().list().id_in([1]).await;
    let new = CustomerCreate::new()
        .email("jo@personal.example")
        .first_name("Jo")
        .last_name("Personal");
    let _ = store.customers().create([new]).await;

    let text = log.with(|written| String::from_utf8(written.clone()).unwrap());
    assert!(!text.to_lowercase().contains("personal"), "{text}");
    // The intent of a write is recorded as well, and names the same records.
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let (intents, lines): (Vec<Value>, Vec<Value>) =
        lines.partition(|line: &Value| line["end"] == "pending");
    for intent in intents {
        let over = lines.iter().find(|line| line["call"] == intent["call"]);
        assert_eq!(over.unwrap()["ids"], intent["ids"]);
    }
    let ids = lines.iter().map(|line| {
        (
            line["endpoint"].as_str().unwrap().to_owned(),
            line["ids"].clone(),
        )
    });
    let expected = [
        ("customers.delete", serde_json::json!({"id:in": "7,8"})),
        ("customers.update", serde_json::json!({"id": "19,20"})),
        ("categories.delete", serde_json::json!({"tree_id:in": "3"})),
        (
            "pricelists.upsert_records",
            serde_json::json!({"price_list_id": "2", "variant_id": "5,6", "sku": "MUG 1"}),
        ),
        ("customers.delete", serde_json::json!({"id:in": "7,8,9"})),
        ("customers.update", serde_json::json!({"id": "21,22"})),
        ("customers.list", serde_json::json!({})),
        ("customers.create", serde_json::json!({})),
    ];
    let expected = expected.map(|(endpoint, ids)| (endpoint.to_owned(), ids));
    assert_eq!(ids.collect::<Vec<_>>(), expected);
    assert!(text.contains("requested customers.delete (id:in 7,8): allowed by "));
}

#[tokio::test]
async fn a_head_of_an_endpoint_is_judged_as_its_reading_and_recorded_as_a_head() {
    let policy = Policy::new().group(Group::Brands, Level::Read);
    let server = Server::script([Answer::empty(200)]).await;
    let log = Arc::new(JsonLines::new(Vec::new()));
    let store = store_with(&server, |builder| {
        builder.policy(policy).audit(Arc::clone(&log))
    });
    let head = |path: &str| store.raw(http::Method::HEAD, path);
    head("/v3/catalog/brands/7").await.unwrap();
    let error = head("/v2/orders/118").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Denied);
    let asked: Vec<String> = server.asked().iter().map(|asked| asked.line()).collect();
    assert_eq!(asked, ["HEAD /stores/abc123/v3/catalog/brands/7"]);

    let text = log.with(|written| String::from_utf8(written.clone()).unwrap());
    let told: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (line, endpoint, sentence) in [
        (
            &told[0],
            "brands.get",
            "the client requested HEAD of brands.get (brand_id 7): allowed by `brands: read`",
        ),
        (
            &told[1],
            "orders.get",
            "the client requested HEAD of orders.get (order_id 118): refused by ",
        ),
    ] {
        assert_eq!(line["method"], "HEAD");
        assert_eq!(line["endpoint"], endpoint);
        let said = line["sentence"].as_str().unwrap();
        assert!(said.starts_with(sentence), "{said}");
    }
}
