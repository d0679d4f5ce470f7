//! What happens to hooks whose deliveries fail, or that receive none.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bigcommerce_client::{
    Client,
    events::EventData,
    products::ProductUpdate,
    webhook::Verifier,
    webhooks::{WebhookCreate, WebhookStateStatus, WebhookUpdate},
};
use bigcommerce_mock::{
    Plan, Store,
    events::{Delivery, Fired, Hook, Schedule, State},
};
use bigcommerce_tests::server::{Answer, Received, Server, nobody};
use serde_json::{Value, json};

use crate::events::{Maker, SECRET, dispatcher, hook};

/// Two days in a fifth of a second.
const FAST: Schedule = Schedule::compressed(1_000_000);
/// The two minutes in which attempts are counted take half a minute, which a busy machine can keep up
/// with.
const SLOW: Schedule = Schedule::compressed(4);

fn fired() -> Fired {
    Fired::new("store/order/created", json!({ "type": "order", "id": 1 }))
}

/// An account with these hooks.
fn maker(hooks: &[Hook]) -> Arc<Maker> {
    let maker = Arc::<Maker>::default();
    *maker.hooks.lock().unwrap() = hooks.to_vec();
    maker
}

/// How often each code was reported, and for which hook.
fn told(asked: &[Received]) -> BTreeMap<(i64, i64), usize> {
    let mut told = BTreeMap::new();
    for asked in asked {
        let verified = Verifier::new(SECRET).verify(&asked.headers, &asked.body);
        let delivery = verified.unwrap().parse().unwrap();
        let EventData::HookDeliveryException(data) = &delivery.data else {
            panic!("{} is no exception", delivery.scope)
        };
        let about = (data.error_code.unwrap(), data.id.unwrap());
        *told.entry(about).or_default() += 1;
    }
    told
}

#[tokio::test]
async fn an_account_hears_that_a_hook_fails_and_is_switched_off() {
    let listener = Server::start(|_| Answer::empty(204)).await;
    let failing = hook(1, "store/order/*", &nobody());
    let hooks = [
        failing.clone(),
        hook(2, "store/hook/deliveryException", &listener.url()),
    ];
    let maker = maker(&hooks);
    // Ten minutes in six milliseconds, which timers can distinguish from one.
    let schedule = Schedule::compressed(100_000);
    let deliveries = dispatcher(&maker).schedule(schedule).start().unwrap();
    deliveries.dispatch(&[fired()], &[failing]);
    deliveries.settled().await;

    assert_eq!(*maker.off.lock().unwrap(), [json!(1)]);
    let told = told(&listener.take());
    assert_eq!(told[&(90_002, 1)], 1);
    // The clock decides how many of the retries are ten minutes apart.
    let retries = told[&(90_001, 1)];
    assert!((2..=11).contains(&retries), "{retries}");
    assert_eq!(told.len(), 2);
}

#[tokio::test]
async fn other_accounts_hear_nothing_and_nobody_hears_of_a_notice_that_fails() {
    let failing = hook(1, "store/order/*", &nobody());
    let mut stranger = hook(2, "store/hook/deliveryException", &nobody());
    stranger.client_id = "stranger".to_owned();
    let hooks = [
        failing.clone(),
        stranger,
        hook(3, "store/hook/deliveryException", &nobody()),
    ];
    let maker = maker(&hooks);
    let deliveries = dispatcher(&maker).schedule(FAST).start().unwrap();
    deliveries.dispatch(&[fired()], &[failing]);
    deliveries.settled().await;

    let about = |delivery: &Delivery| serde_json::from_str::<Value>(&delivery.body).unwrap();
    for delivery in deliveries.log().iter().skip(1) {
        assert_eq!(delivery.hook, json!(3));
        assert_eq!(about(delivery)["data"]["id"], json!(1));
    }
    let mut off = maker.off.lock().unwrap().clone();
    off.dedup();
    assert_eq!(off, [json!(1), json!(3)]);
}

#[tokio::test]
async fn a_destination_that_fails_too_often_is_left_alone_for_a_while() {
    let server = Server::start(|_| Answer::empty(500)).await;
    let other = Server::start(|_| Answer::empty(204)).await;
    let failing = hook(1, "store/order/*", &server.url());
    let fine = hook(2, "store/order/*", &other.url());
    let exceptions = hook(3, "store/hook/*", &other.url());
    let maker = maker(&[failing.clone(), fine.clone(), exceptions]);
    let deliveries = dispatcher(&maker).schedule(SLOW).concurrency(1);
    let deliveries = deliveries.start().unwrap();
    deliveries.dispatch(&vec![fired(); 101], &[failing, fine]);

    let is_held_back = |deliveries: &[Delivery]| deliveries.iter().any(|it| it.held_back > 0);
    tokio::time::timeout(Duration::from_secs(30), async {
        while !is_held_back(&deliveries.log()) || deliveries.log().len() < 204 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        while other.asked().len() < 103 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .unwrap();
    let log = deliveries.log();
    let (held_back, sent): (Vec<&Delivery>, Vec<&Delivery>) = log
        .iter()
        .filter(|delivery| delivery.hook == json!(1))
        .partition(|delivery| delivery.attempts.is_empty());
    assert_eq!((held_back.len(), sent.len()), (1, 100));
    assert_eq!(held_back[0].state, State::Waiting);
    let asked = other.take();
    let exceptions: Vec<Received> = asked
        .into_iter()
        .filter(|asked| String::from_utf8_lossy(&asked.body).contains("deliveryException"))
        .collect();
    let told = told(&exceptions);
    assert_eq!(told[&(90_003, 1)], 1);
    assert_eq!(told[&(90_001, 1)], 1);
    deliveries.shutdown().await;
}

#[tokio::test]
async fn an_answer_with_too_many_headers_is_no_acknowledgement() {
    let server = Server::start(|_| {
        let many = (0..65).map(|n| format!("x-{n}"));
        many.fold(Answer::empty(200), |answer, name| answer.header(&name, "x"))
    })
    .await;
    let failing = [hook(1, "store/order/*", &server.url())];
    let deliveries = dispatcher(&maker(&failing)).schedule(FAST).start().unwrap();
    deliveries.dispatch(&[fired()], &failing);
    deliveries.settled().await;
    let log = deliveries.log();
    assert_eq!(log[0].state, State::GivenUp);
    assert_eq!(log[0].attempts[0].status, Some(200));
    assert!(
        log[0].attempts[0]
            .error
            .as_deref()
            .unwrap()
            .contains("headers")
    );
}

#[tokio::test]
async fn a_hook_that_gets_nothing_for_ninety_days_is_switched_off() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let (used, unused) = (
        hook(1, "store/order/*", &server.url()),
        hook(2, "store/cart/*", &server.url()),
    );
    let maker = maker(&[used.clone(), unused]);
    // Ninety days in about two seconds.
    let schedule = Schedule::compressed(4_000_000);
    let deliveries = dispatcher(&maker).schedule(schedule).start().unwrap();
    tokio::time::timeout(Duration::from_secs(10), async {
        while maker.off.lock().unwrap().is_empty() {
            deliveries.dispatch(&[fired()], std::slice::from_ref(&used));
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .unwrap();
    assert_eq!(*maker.off.lock().unwrap(), [json!(2)]);
}

#[tokio::test]
async fn the_store_shows_that_a_hook_was_switched_off_and_takes_it_back() {
    let store = Store::builder().products(1).schedule(FAST).start();
    let store = store.await.unwrap();
    let client = Client::builder(store.hash(), store.token()).base_url(store.url());
    let client = client.build().unwrap();
    let hook = WebhookCreate::new()
        .scope("store/product/*")
        .destination(nobody());
    let hook = client.webhooks().create(hook).await.unwrap().id;
    let product = client.products().list().await.unwrap().items[0].id;
    let renamed = ProductUpdate::new().name("Tin Mug");
    let _ = client.products().update(product, renamed).await.unwrap();
    store.delivered().await;

    let off = client.webhooks().get(hook).await.unwrap();
    assert_eq!(off.is_active, Some(false));
    let status = async || {
        let told = client.webhooks().get_admin().await.unwrap();
        let told = told.hooks_list.into_iter().next().unwrap();
        told.status.unwrap()
    };
    assert_eq!(status().await, WebhookStateStatus::Deactivated);
    let on = WebhookUpdate::new().is_active(true);
    let on = client.webhooks().update(hook, on).await.unwrap();
    assert_eq!(on.is_active, Some(true));
    assert_eq!(status().await, WebhookStateStatus::Active);
    let off = WebhookUpdate::new().is_active(false);
    client.webhooks().update(hook, off).await.unwrap();
    assert_eq!(status().await, WebhookStateStatus::Inactive);
}

#[tokio::test]
async fn the_store_shows_which_destination_is_blocked_why_and_for_how_long() {
    let store = Store::builder().products(1).plan(Plan::Enterprise);
    let store = store.schedule(SLOW).start().await.unwrap();
    let client = Client::builder(store.hash(), store.token()).base_url(store.url());
    let client = client.build().unwrap();
    let nobody = nobody();
    let hook = WebhookCreate::new()
        .scope("store/product/updated")
        .destination(nobody.as_str());
    client.webhooks().create(hook).await.unwrap();
    let product = client.products().list().await.unwrap().items[0].id;
    for n in 0..100_i64 {
        let moved = ProductUpdate::new().sort_order(n);
        let _ = client.products().update(product, moved).await.unwrap();
    }
    let blocked = tokio::time::timeout(Duration::from_secs(10), async {
        loop {
            let told = client.webhooks().get_admin().await.unwrap();
            if let Some(blocked) = told.blocked_domains.into_iter().next() {
                break blocked;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    let blocked = blocked.await.unwrap();
    let host = nobody.trim_start_matches("http://");
    let host = host.trim_end_matches('/');
    assert_eq!(blocked.destination.as_deref(), Some(host));
    let left = blocked.time_left.unwrap();
    assert!((1..=180).contains(&left), "{left}");
    assert_eq!(blocked.reasons[0].count, Some(100));
    let why = blocked.reasons[0].failure_description.as_deref();
    assert!(why.is_some_and(|why| !why.is_empty()), "{why:?}");
    // Other accounts are not concerned.
    let other = store.token_of("other", ["store_v2_information"]);
    let other = Client::builder(store.hash(), other).base_url(store.url());
    let told = other.build().unwrap().webhooks().get_admin().await.unwrap();
    assert!(told.blocked_domains.is_empty());
}
