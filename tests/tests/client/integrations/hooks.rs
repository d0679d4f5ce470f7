//! Webhooks and scripts: what an app sets up in a store, and keeps in order there.

use std::collections::{BTreeMap, HashMap};

use bigcommerce_client::{
    Client, Direction, Error, Event,
    jiff::{Timestamp, ToSpan},
    order_statuses::OrderStatus,
    orders::{OrderSort, OrderUpdate},
    scripts::{ScriptCreate, ScriptKind, ScriptLoadMethod, ScriptLocation, ScriptVisibility},
    webhook::Topic,
    webhooks::{WebhookCreate, WebhookUpdate},
};

use super::{order, shop};

/// An app needs a hook, whether it is there, switched off or missing.
async fn have_a_hook(store: &Client, event: Event, to: &str) -> Result<i64, Error> {
    let hooks = store.webhooks();
    let topic = Topic::from(event);
    let known = hooks.list().scope(topic.as_str()).destination(to).await?;
    if let Some(hook) = known.first() {
        if hook.is_active != Some(true) {
            let on = WebhookUpdate::new().is_active(true);
            hooks.update(hook.id, on).await?;
        }
        return Ok(hook.id);
    }
    let hook = WebhookCreate::new().scope(topic).destination(to);
    Ok(hooks.create(hook).await?.id)
}

/// The API switches a hook off that fails for too long; a monitor switches it on again.
async fn switch_hooks_on_again(store: &Client) -> Result<Vec<i64>, Error> {
    let hooks = store.webhooks();
    let off = hooks.list().is_active(false).stream().into_vec().await?;
    let mut on = Vec::new();
    for hook in off {
        let change = WebhookUpdate::new().is_active(true);
        on.push(hooks.update(hook.id, change).await?.id);
    }
    Ok(on)
}

/// Hooks to a server that is gone stay for ever, unless they are deleted.
async fn delete_hooks_to_another_server(store: &Client, own: &str) -> Result<usize, Error> {
    let hooks = store.webhooks();
    let mut deleted = 0;
    for hook in hooks.list().stream().into_vec().await? {
        let to = hook.destination.as_deref().unwrap_or_default();
        if !to.starts_with(own) {
            hooks.delete(hook.id).await?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// A gateway in front of the receiver asks for a header, next to the ones a hook already has.
async fn add_a_header_to_hooks(store: &Client, name: &str, value: &str) -> Result<usize, Error> {
    let hooks = store.webhooks();
    let mut changed = 0;
    for hook in hooks.list().stream().into_vec().await? {
        let mut headers: BTreeMap<String, String> = hook.headers.unwrap_or_default();
        if headers.insert(name.to_owned(), value.to_owned()).as_deref() != Some(value) {
            let change = WebhookUpdate::new().headers(headers);
            hooks.update(hook.id, change).await?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// Deliveries were lost while hooks were off, and none contains the new status, so each is compared with the
/// last one that was known.
async fn catch_up_on_statuses(
    store: &Client,
    known: &mut HashMap<i64, i64>,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<i64>, Error> {
    let changed = store.orders().list().date_modified_min(from);
    let changed = changed.date_modified_max(to);
    let mut changed = changed
        .sort(OrderSort::DateModified, Direction::Asc)
        .stream();
    let mut missed = Vec::new();
    while let Some(order) = changed.try_next().await? {
        let Some(status) = order.status_id else {
            continue;
        };
        if known.insert(order.id, status) != Some(status) {
            missed.push(order.id);
        }
    }
    Ok(missed)
}

/// A widget needs its script in the storefront once, in its latest version.
async fn install_a_script(store: &Client, name: &str, src: &str) -> Result<String, Error> {
    let scripts = store.scripts();
    for script in scripts.list().stream().into_vec().await? {
        let (Some(uuid), true) = (script.uuid, script.name.as_deref() == Some(name)) else {
            continue;
        };
        if script.src.as_deref() == Some(src) {
            return Ok(uuid);
        }
        scripts.delete(uuid).await?;
    }
    let script = ScriptCreate::new(name)
        .kind(ScriptKind::Src)
        .src(src)
        .load_method(ScriptLoadMethod::Async)
        .location(ScriptLocation::Footer)
        .visibility(ScriptVisibility::Storefront)
        .auto_uninstall(true);
    Ok(scripts.create(script).await?.uuid.unwrap_or_default())
}

const OWN: &str = "https://app.example.com";

async fn hook(client: &Client, path: &str) -> i64 {
    let to = format!("{OWN}/{path}");
    let had = have_a_hook(client, Event::OrderCreated, &to).await;
    had.unwrap()
}

#[tokio::test]
async fn a_hook_is_created_once_and_switched_on_again() {
    let (_store, client) = shop(0).await;
    let id = hook(&client, "orders").await;
    let off = WebhookUpdate::new().is_active(false);
    client.webhooks().update(id, off).await.unwrap();
    assert_eq!(switch_hooks_on_again(&client).await.unwrap(), [id]);
    assert_eq!(hook(&client, "orders").await, id);
    let hooks = client.webhooks().list().await.unwrap();
    assert_eq!(hooks.len(), 1);
    assert_eq!(hooks[0].is_active, Some(true));
}

#[tokio::test]
async fn hooks_to_another_server_are_deleted() {
    let (_store, client) = shop(0).await;
    let id = hook(&client, "orders").await;
    let stale = WebhookCreate::new()
        .scope("store/order/*")
        .destination("https://old.example.com");
    client.webhooks().create(stale).await.unwrap();
    let deleted = delete_hooks_to_another_server(&client, OWN).await;
    assert_eq!(deleted.unwrap(), 1);
    assert_eq!(client.webhooks().list().await.unwrap()[0].id, id);
}

#[tokio::test]
async fn a_header_is_added_to_every_hook() {
    let (_store, client) = shop(0).await;
    let id = hook(&client, "orders").await;
    for changed in [1, 0] {
        let run = add_a_header_to_hooks(&client, "x-gateway", "open").await;
        assert_eq!(run.unwrap(), changed);
    }
    let headers = client.webhooks().get(id).await.unwrap().headers.unwrap();
    assert_eq!(headers["x-gateway"], "open");
}

#[tokio::test]
async fn a_script_is_installed_in_its_latest_version() {
    let (_store, client) = shop(0).await;
    for version in ["1", "2", "2"] {
        let src = format!("{OWN}/{version}.js");
        install_a_script(&client, "Widget", &src).await.unwrap();
    }
    let scripts = client.scripts().list().await.unwrap();
    assert_eq!(scripts.len(), 1);
    assert!(
        scripts[0]
            .src
            .as_ref()
            .is_some_and(|src| src.ends_with("2.js"))
    );
}

#[tokio::test]
async fn an_app_has_a_hook_for_its_own_removal() {
    let (_store, client) = shop(0).await;
    let to = format!("{OWN}/uninstalled");
    let first = have_a_hook(&client, Event::AppUninstalled, &to).await;
    let again = have_a_hook(&client, Event::AppUninstalled, &to).await;
    assert_eq!(first.unwrap(), again.unwrap());
}

#[tokio::test]
async fn a_new_status_without_a_delivery_is_found_once() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_PAYMENT).await.id;
    let mut known = HashMap::from([(id, OrderStatus::AWAITING_PAYMENT)]);
    let window = (Timestamp::now() - 1.hours(), Timestamp::now() + 1.hours());
    let missed = catch_up_on_statuses(&client, &mut known, window).await;
    assert!(missed.unwrap().is_empty());
    let paid = OrderUpdate::new().status_id(OrderStatus::AWAITING_FULFILLMENT);
    client.orders().update(id, paid).await.unwrap();
    for orders in [vec![id], Vec::new()] {
        let missed = catch_up_on_statuses(&client, &mut known, window).await;
        assert_eq!(missed.unwrap(), orders);
    }
}
