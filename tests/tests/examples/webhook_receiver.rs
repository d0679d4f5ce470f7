//! Deliveries are verified, accepted once and processed; the hook is created once.

use bigcommerce_client::{
    order_statuses::OrderStatus,
    orders::OrderUpdate,
    webhook::{Signer, Timestamp},
    webhooks::WebhookUpdate,
};
use bigcommerce_mock::Store;
use bigcommerce_tests::server::nobody;

use super::program::{Running, browser, run, text};
use super::store::{client, empty, order, variables};

const RECEIVER: &str = env!("CARGO_BIN_EXE_webhook_receiver");

/// Starts it at this URL, and has it create its hook with this base URL.
fn start(store: &Store, url: &str, hook: bool) -> Running {
    let mut variables = variables(store);
    variables.push(("CLIENT_SECRET", store.client_secret()));
    variables.push(("LISTEN", url.strip_prefix("http://").unwrap()));
    variables.extend(hook.then_some(("PUBLIC_URL", url)));
    let receiver = Running::start(RECEIVER, &[], &variables);
    assert_eq!(receiver.url(), url);
    if hook {
        assert_eq!(
            receiver.line(),
            format!("a webhook sends events to {url}/hooks")
        );
    }
    receiver
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn what_happens_to_an_order_is_delivered_and_worked_on() {
    let store = empty().await;
    let orders = client(&store).orders();
    let receiver = start(&store, &nobody(), true);

    let id = orders
        .create(order(OrderStatus::AWAITING_FULFILLMENT))
        .await
        .unwrap()
        .id;
    let worked = format!("store/order/created: order {id} is Awaiting Fulfillment");
    assert_eq!(receiver.line(), worked);
    let shipped = OrderUpdate::new().status_id(OrderStatus::SHIPPED);
    orders.update(id, shipped).await.unwrap();
    let mut worked = [receiver.line(), receiver.line()];
    worked.sort();
    let both = ["statusUpdated", "updated"];
    assert_eq!(
        worked,
        both.map(|scope| format!("store/order/{scope}: order {id} is Shipped"))
    );

    store.delivered().await;
    for delivery in store.deliveries() {
        assert_eq!(delivery.attempts.len(), 1);
        assert_eq!(delivery.attempts[0].status, Some(204));
    }
    assert_eq!(receiver.interrupt(), Some(0));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_checked_and_worked_on_once() {
    let store = empty().await;
    let client = client(&store);
    let id = client
        .orders()
        .create(order(OrderStatus::AWAITING_FULFILLMENT))
        .await
        .unwrap()
        .id;
    let url = nobody();
    let receiver = start(&store, &url, false);
    let deliver = async |secret: &str, scope: &str| {
        let body = format!(
            r#"{{"scope":"{scope}","store_id":"1","data":{{"type":"order","id":{id}}},"hash":"{scope}","created_at":1561479335,"producer":"stores/{}"}}"#,
            store.hash()
        );
        let signed = Signer::new(secret).sign("msg_1", Timestamp::now(), body.as_bytes());
        let mut request = browser().post(format!("{url}/hooks"));
        for (name, value) in signed.pairs() {
            request = request.header(name, value);
        }
        request.body(body).send().await.unwrap().status().as_u16()
    };

    let secret = store.client_secret();
    let (created, updated) = ("store/order/created", "store/order/updated");
    assert_eq!(deliver("another", created).await, 401);
    assert_eq!(deliver(secret, created).await, 204);
    assert_eq!(deliver(secret, created).await, 204);
    assert_eq!(deliver(secret, updated).await, 204);
    for scope in [created, updated] {
        let worked = format!("{scope}: order {id} is Awaiting Fulfillment");
        assert_eq!(receiver.line(), worked);
    }
    assert_eq!(receiver.interrupt(), Some(0));
    assert!(client.webhooks().list().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hook_is_made_once_and_switched_on_again() {
    let store = empty().await;
    let hooks = client(&store).webhooks();
    let url = nobody();
    for _ in 0..2 {
        drop(start(&store, &url, true));
        let made = hooks.list().await.unwrap();
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].scope.as_deref(), Some("store/order/*"));
        assert_eq!(made[0].is_active, Some(true));
        let off = WebhookUpdate::new().is_active(false);
        hooks.update(made[0].id, off).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_missing_is_told() {
    let store = empty().await;
    let output = run(RECEIVER, &[], &variables(&store)).await;
    assert_eq!(
        text(&output.stderr),
        "set the environment variable CLIENT_SECRET\n"
    );
    assert_eq!(output.status.code(), Some(1));
}
