//! Hooks of a store, created once however often a program starts.

use bigcommerce_client::{
    Client,
    webhook::Topic,
    webhooks::{WebhookCreate, WebhookUpdate},
};

use super::support::Failure;

/// Subscribes this URL to every order event. One hook is enough: an existing one is reused, and
/// activated again if BigCommerce has deactivated it.
pub async fn subscribe(store: &Client, destination: &str) -> Result<(), Failure> {
    let topic: Topic = "store/order/*".parse()?;
    let hooks = store.webhooks();
    let same = hooks.list().scope(topic.as_str()).destination(destination);
    match same.first().await? {
        Some(hook) if hook.is_active == Some(true) => {}
        Some(hook) => {
            let on = WebhookUpdate::new().is_active(true);
            hooks.update(hook.id, on).await?;
        }
        None => {
            hooks
                .create(WebhookCreate::new().scope(topic).destination(destination))
                .await?;
        }
    }
    Ok(())
}
