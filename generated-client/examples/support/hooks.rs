//! Hooks of a store, made once however often a program starts.

use bigcommerce_client::{
    Client,
    webhook::Topic,
    webhooks::{WebhookCreate, WebhookUpdate},
};

use super::support::Failure;

/// Has every event of orders sent to this address. One hook is enough: it is found again, and switched
/// on again where BigCommerce has switched it off.
pub async fn subscribe(store: &Client, destination: &str) -> Result<(), Failure> {
    let topic: Topic = "store/order/*".parse()?;
    let hooks = store.webhooks();
    let same = hooks.list().scope(topic.as_str()).destination(destination);
    match same.stream().try_next().await? {
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
