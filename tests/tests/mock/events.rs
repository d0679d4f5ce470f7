//! The mock's deliveries, token exchanges and signed callbacks, checked by the client: neither was
//! written from the other, so what one signs and the other accepts is how both read the API.

mod deliveries;
mod hooks;
mod installs;
mod retries;

use std::sync::{Arc, Mutex};

use bigcommerce_mock::events::{Account, Dispatcher, DispatcherBuilder, Hook, Identity};
use serde_json::{Value, json};

const SECRET: &str = "client-secret-9f8e7d";

/// The account that created the hooks.
#[derive(Default)]
struct Maker {
    hooks: Mutex<Vec<Hook>>,
    off: Mutex<Vec<Value>>,
    gone: Mutex<bool>,
}

impl Account for Maker {
    fn secret(&self, client_id: &str) -> Option<String> {
        (client_id == "maker").then(|| SECRET.to_owned())
    }

    fn switch_off(&self, hook: &Hook) {
        self.off.lock().unwrap().push(hook.id.clone());
        self.hooks.lock().unwrap().retain(|own| own.id != hook.id);
    }

    fn hooks(&self) -> Vec<Hook> {
        self.hooks.lock().unwrap().clone()
    }

    fn is_wanted(&self, _: &Hook) -> bool {
        !*self.gone.lock().unwrap()
    }
}

fn dispatcher(maker: &Arc<Maker>) -> DispatcherBuilder {
    let store = Identity::new("abc123", "1025646");
    Dispatcher::builder(store, Arc::<Maker>::clone(maker))
}

fn hook(id: i64, scope: &str, destination: &str) -> Hook {
    let record = json!({
        "id": id, "client_id": "maker", "scope": scope, "destination": destination,
        "headers": { "x-hook-key": "open sesame" }, "is_active": true,
    });
    Hook::from_record(record.as_object().unwrap()).unwrap()
}
