//! Bodies of any kind: reading one never falls over, and what was read is written and read again
//! without a change. The first byte says as what.

use std::fmt::Debug;

use bigcommerce_client::{
    Decode, Encode, Number, RawJson, carts::Cart, customers::Customer, events::WebhookDelivery,
    json, orders::Order, products::Product, webhook, webhooks::Webhook,
};

/// Checks one input.
pub fn check(data: &[u8]) {
    let Some((kind, body)) = data.split_first() else {
        return;
    };
    match kind {
        b'p' => trip::<Product>(body),
        b'o' => trip::<Order>(body),
        b'c' => trip::<Customer>(body),
        b'k' => trip::<Cart>(body),
        b'h' => trip::<Webhook>(body),
        b'l' => trip::<Vec<Product>>(body),
        b'n' => trip::<Number>(body),
        b'r' => trip::<RawJson>(body),
        b'd' => {
            trip::<WebhookDelivery>(body);
            let _ = webhook::parse(body);
        }
        _ => {}
    }
}

fn trip<T: Decode + Encode + PartialEq + Debug>(body: &[u8]) {
    let Ok(value) = json::from_slice::<T>(body) else {
        return;
    };
    let written = json::to_vec(&value);
    match json::from_slice::<T>(&written) {
        Ok(again) => assert_eq!(again, value, "{}", String::from_utf8_lossy(&written)),
        Err(error) => panic!("{error}: {}", String::from_utf8_lossy(&written)),
    }
}
