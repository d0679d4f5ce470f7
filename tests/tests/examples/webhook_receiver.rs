//! Deliveries are checked, taken once and worked on; the hook is made once.

use bigcommerce_client::{
    orders::{OrderBillingAddressCreate, OrderCreate},
    webhook::{Signer, Timestamp},
};

use super::program::{Running, ask, run, text};
use super::store::{Store, pairs};

const RECEIVER: &str = env!("CARGO_BIN_EXE_webhook_receiver");
const SECRET: &str = "cl1ent-s3cret";

/// Posts a delivery of this text, signed with the secret.
fn deliver(address: &str, secret: &str, body: &str) -> u16 {
    let signed = Signer::new(secret).sign("msg_1", Timestamp::now(), body.as_bytes());
    ask(address, "POST /hooks", &signed.pairs(), body).0
}

fn event(scope: &str, id: i64, hash: &str) -> String {
    let data = format!(r#"{{"type":"order","id":{id}}}"#);
    format!(
        r#"{{"scope":"{scope}","store_id":"1","data":{data},"hash":"{hash}","created_at":1561479335,"producer":"stores/abc123"}}"#
    )
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_checked_and_worked_on_once() {
    let store = Store::start().await;
    let client = store.client();
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701")).status_id(11);
    let id = client.orders().create(order).await.unwrap().id;
    let mut variables = store.variables();
    variables.push(("CLIENT_SECRET", SECRET.to_owned()));
    variables.push(("LISTEN", "127.0.0.1:0".to_owned()));
    let receiver = Running::start(RECEIVER, &[], &pairs(&variables));
    let address = receiver.address();

    let created = event("store/order/created", id, "a");
    assert_eq!(deliver(&address, "another", &created), 401);
    assert_eq!(deliver(&address, SECRET, &created), 204);
    assert_eq!(deliver(&address, SECRET, &created), 204);
    let updated = event("store/order/updated", id, "b");
    assert_eq!(deliver(&address, SECRET, &updated), 204);
    for scope in ["store/order/created", "store/order/updated"] {
        let worked = format!("{scope}: order {id} is Awaiting Fulfillment");
        assert_eq!(receiver.line(), worked);
    }
    assert_eq!(receiver.interrupt(), Some(0));
    assert!(client.webhooks().list().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hook_is_made_once_and_switched_on_again() {
    use bigcommerce_client::webhooks::WebhookUpdate;

    let store = Store::start().await;
    let hooks = store.client().webhooks();
    let mut variables = store.variables();
    variables.push(("CLIENT_SECRET", SECRET.to_owned()));
    variables.push(("LISTEN", "127.0.0.1:0".to_owned()));
    variables.push(("PUBLIC_URL", "https://hooks.example.com".to_owned()));
    for _ in 0..2 {
        let receiver = Running::start(RECEIVER, &[], &pairs(&variables));
        receiver.address();
        assert_eq!(
            receiver.line(),
            "a hook leads to https://hooks.example.com/hooks"
        );
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
    let store = Store::start().await;
    let output = run(RECEIVER, &[], &pairs(&store.variables())).await;
    assert_eq!(text(&output.stderr), "set the variable CLIENT_SECRET\n");
    assert_eq!(output.status.code(), Some(1));
}
