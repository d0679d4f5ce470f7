use bigcommerce_client::events::EventData;
use bigcommerce_client::http::HeaderMap;
use bigcommerce_client::webhook::{Seen, Verifier};

pub struct Hooks {
    verifier: Verifier,
    seen: Seen,
}

impl Hooks {
    /// The secret is the client secret of the API account or app that created the hooks.
    pub fn new(client_secret: &str) -> Self {
        Self {
            verifier: Verifier::new(client_secret),
            seen: Seen::new(10_000),
        }
    }

    /// Returns the status to respond with, immediately and without a body. Pass the bytes as they
    /// were received: a body that was parsed and serialized again has another signature.
    pub fn receive(&self, headers: &HeaderMap, body: &[u8]) -> u16 {
        let Ok(verified) = self.verifier.verify(headers, body) else {
            return 401;
        };
        let Ok(delivery) = verified.parse() else {
            return 422;
        };
        // A repeated delivery is accepted again, but processed only once.
        if self.seen.is_new(&delivery) {
            match &delivery.data {
                EventData::OrderCreated(order) => println!("order {:?}", order.id),
                _ => println!("{}", delivery.scope),
            }
        }
        204
    }
}
