//! Who receives an event, and whether a receiver accepts it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bigcommerce_client::{
    Client, Event, RawJson,
    events::EventData,
    webhook::{self, Seen, Topic, Verifier},
    webhooks::WebhookCreate,
};
use bigcommerce_mock::Store;
use bigcommerce_mock::events::{Fired, Hook, State};
use bigcommerce_tests::server::{Answer, Server};
use serde_json::{Value, json};

use crate::events::{Maker, SECRET, dispatcher, hook};

fn created() -> Fired {
    let data = json!({ "type": "order", "id": 250 });
    Fired::new("store/order/created", data)
}

async fn receiver() -> Server {
    Server::start(|_| Answer::empty(204)).await
}

#[tokio::test]
async fn the_client_verifies_and_reads_a_delivery() {
    let server = receiver().await;
    let deliveries = dispatcher(&Arc::default()).start().unwrap();
    let hook = hook(
        1,
        "store/order/created",
        &format!("{}/hooks?a=b", server.url()),
    );
    deliveries.dispatch(&[created()], &[hook]);
    deliveries.settled().await;

    let [asked] = &server.take()[..] else {
        panic!("one delivery")
    };
    assert_eq!(asked.line(), "POST /hooks?a=b");
    assert_eq!(asked.header("content-type"), Some("application/json"));
    assert_eq!(asked.header("x-hook-key"), Some("open sesame"));
    let verified = Verifier::new(SECRET)
        .verify(&asked.headers, &asked.body)
        .unwrap();
    let delivery = verified.parse().unwrap();
    assert_eq!(delivery.scope, "store/order/created");
    assert_eq!(delivery.store_hash(), Some("abc123"));
    assert!(matches!(&delivery.data, EventData::OrderCreated(_)));
    assert_eq!(delivery.envelope().hash.as_deref().map(str::len), Some(40));

    assert!(
        Verifier::new("another")
            .verify(&asked.headers, &asked.body)
            .is_err()
    );
    let reference = standardwebhooks::Webhook::from_bytes(SECRET.as_bytes().to_vec()).unwrap();
    reference.verify(&asked.body, &asked.headers).unwrap();

    let log = deliveries.log();
    assert_eq!(log[0].state, State::Delivered);
    assert_eq!(log[0].attempts[0].status, Some(204));
    assert_eq!(Some(log[0].id.as_str()), asked.header("webhook-id"));
    assert_eq!(log[0].body.as_bytes(), asked.body);
}

#[tokio::test]
async fn a_wildcard_and_the_event_itself_are_two_deliveries_of_one_event() {
    let server = receiver().await;
    let deliveries = dispatcher(&Arc::default()).start().unwrap();
    let url = server.url();
    let mut off = hook(4, "store/order/created", &url);
    off.is_active = false;
    let hooks: Vec<Hook> = vec![
        hook(1, "store/order/*", &url),
        hook(2, "store/order/created", &url),
        hook(3, "store/cart/*", &url),
        off,
    ];
    deliveries.dispatch(&[created()], &hooks);
    deliveries.settled().await;

    let asked = server.take();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].body, asked[1].body);
    assert_ne!(asked[0].header("webhook-id"), asked[1].header("webhook-id"));
    let seen = Seen::new(10);
    let verifier = Verifier::new(SECRET);
    let new = asked.iter().filter(|asked| {
        let verified = verifier.verify(&asked.headers, &asked.body).unwrap();
        seen.is_new(&verified.parse().unwrap())
    });
    assert_eq!(new.count(), 1, "a receiver sees that it is one event");
}

#[tokio::test]
async fn an_event_of_a_channel_comes_under_the_scope_of_the_channel() {
    let server = receiver().await;
    let deliveries = dispatcher(&Arc::default()).start().unwrap();
    let hook = hook(1, "store/channel/2/order/*", &server.url());
    let hooks = [hook];
    deliveries.dispatch(
        &[created(), created().in_channel(1), created().in_channel(2)],
        &hooks,
    );
    deliveries.settled().await;
    let [asked] = &server.take()[..] else {
        panic!("one delivery")
    };
    let verified = Verifier::new(SECRET)
        .verify(&asked.headers, &asked.body)
        .unwrap();
    assert_eq!(
        verified.parse().unwrap().scope,
        "store/channel/2/order/created"
    );
}

#[tokio::test]
async fn the_store_tells_hooks_of_a_channel_what_happened_there_in_their_own_words() {
    let server = receiver().await;
    let store = Store::builder().products(1).start().await.unwrap();
    let client = Client::builder(store.hash(), store.token()).base_url(store.url());
    let client = client.build().unwrap();
    for scope in [
        "store/channel/1/*",
        "store/channel/2/*",
        "store/category/created",
    ] {
        let hook = WebhookCreate::new().scope(scope).destination(server.url());
        let _ = client.webhooks().create(hook).await.unwrap();
    }
    let bodies = [
        (
            "/v3/catalog/trees/categories",
            r#"[{"name":"Tins","tree_id":1,"parent_id":0}]"#,
        ),
        (
            "/v3/carts",
            r#"{"custom_items":[{"name":"Engraving","sku":"E","quantity":1,"list_price":5}],"channel_id":2}"#,
        ),
    ];
    for (path, body) in bodies {
        let call = client.raw(http::Method::POST, path);
        call.json(&RawJson::new(body).unwrap()).await.unwrap();
    }
    store.delivered().await;

    let mut told: Vec<(String, Value)> = server
        .take()
        .iter()
        .map(|asked| {
            let body: Value = serde_json::from_slice(&asked.body).unwrap();
            let fields = body["data"].as_object().unwrap().keys();
            (
                body["scope"].as_str().unwrap().to_owned(),
                fields.cloned().collect(),
            )
        })
        .collect();
    told.sort_by(|(one, _), (other, _)| one.cmp(other));
    assert_eq!(
        json!(told),
        json!([
            ["store/category/created", ["type", "id"]],
            [
                "store/channel/1/category/created",
                ["category_id", "tree_id"]
            ],
            ["store/channel/2/cart/created", ["cart_id"]],
            ["store/channel/2/cart/updated", ["cart_id"]],
        ])
    );
}

#[tokio::test]
async fn a_change_of_settings_reaches_the_hooks_of_its_channel_and_no_other() {
    let server = receiver().await;
    let store = Store::builder().start().await.unwrap();
    let client = Client::builder(store.hash(), store.token()).base_url(store.url());
    let client = client.build().unwrap();
    let seo = Topic::from(Event::ChannelSettingsSeoUpdated);
    let topics = [
        seo.in_channel(1),
        seo.in_channel(2),
        Topic::new("store/channel/1/settings/*").unwrap(),
        Topic::new("store/channel/1/page/*").unwrap(),
        Topic::new("store/channel/*").unwrap(),
        Topic::from(Event::InformationUpdated),
    ];
    for topic in topics {
        let hook = WebhookCreate::new().scope(topic).destination(server.url());
        let _ = client.webhooks().create(hook).await.unwrap();
    }
    let call = client.raw(http::Method::PUT, "/v3/settings/storefront/seo");
    let call = call.query("channel_id", 1);
    let body = RawJson::new(r#"{"page_title":"Harbour Lamps"}"#).unwrap();
    call.json(&body).await.unwrap();
    store.delivered().await;

    let asked = server.take();
    assert_eq!(asked.len(), 2, "one for the event and one for the wildcard");
    for asked in asked {
        let delivery = webhook::parse(&asked.body).unwrap();
        assert_eq!(delivery.scope, "store/channel/1/settings/SEO/updated");
        assert_eq!(delivery.channel_id, Some(1));
        assert!(
            matches!(&delivery.data, EventData::ChannelSettingsSeoUpdated(_)),
            "{delivery:?}"
        );
    }
}

#[tokio::test]
async fn nothing_leaves_this_machine_and_nothing_goes_unsigned() {
    let deliveries = dispatcher(&Arc::default()).start().unwrap();
    let mut stranger = hook(3, "store/order/*", "http://127.0.0.1:9/");
    stranger.client_id = "stranger".to_owned();
    let hooks = [
        hook(1, "store/order/*", "https://example.com/hooks"),
        hook(2, "store/order/*", "https://127.0.0.1/hooks"),
        stranger,
    ];
    deliveries.dispatch(&[created()], &hooks);
    deliveries.settled().await;
    let log = deliveries.log();
    assert_eq!(log.len(), 3);
    for delivery in log {
        assert!(matches!(delivery.state, State::NotSent(_)), "{delivery:?}");
        assert!(delivery.attempts.is_empty());
    }
}

#[tokio::test]
async fn a_write_waits_for_no_receiver_and_a_full_queue_takes_no_more() {
    let server = Server::start(|_| Answer::empty(204).after(Duration::from_millis(200))).await;
    let maker = Arc::<Maker>::default();
    let deliveries = dispatcher(&maker).queue(3).concurrency(1).start().unwrap();
    let hook = [hook(1, "store/order/*", &server.url())];
    let began = Instant::now();
    deliveries.dispatch(&vec![created(); 5], &hook);
    assert!(began.elapsed() < Duration::from_millis(100));
    assert_eq!(deliveries.waiting(), 3);
    deliveries.settled().await;
    assert!(
        began.elapsed() >= Duration::from_millis(600),
        "one at a time"
    );
    let states: Vec<_> = deliveries.log().into_iter().map(|it| it.state).collect();
    assert_eq!(
        states[..3],
        [State::Delivered, State::Delivered, State::Delivered]
    );
    assert!(
        states[3..]
            .iter()
            .all(|state| matches!(state, State::NotSent(_)))
    );
}
