//! The audit record of a call under a policy: what it says about a call that was sent, denied or invalid,
//! and what it never shows.

use std::sync::Arc;

use bigcommerce_client::{
    Endpoint, ErrorKind, Group, RetryPolicy,
    audit::JsonLines,
    customers::{CustomerCreate, CustomerUpdate},
    orders::OrderUpdate,
    policy::{Level, Policy},
    pricelists::PriceRecordInput,
};
use bigcommerce_tests::server::{Answer, STORE_HASH, Server, TOKEN, store_with};
use serde_json::Value;

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
        assert!(!text.contains(secret), "{secret} is in {text}");
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
async fn every_call_and_every_denial_leaves_a_record_and_a_sentence() {
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
            "night shift requested orders.delete (order_id 118): denied by `orders.delete: deny`, \
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
            "the client requested HEAD of orders.get (order_id 118): denied by ",
        ),
    ] {
        assert_eq!(line["method"], "HEAD");
        assert_eq!(line["endpoint"], endpoint);
        let said = line["sentence"].as_str().unwrap();
        assert!(said.starts_with(sentence), "{said}");
    }
}
