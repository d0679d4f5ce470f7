//! The receiver that the site shows is a program that does what the page says.

use bigcommerce_client::webhook::{Signer, Timestamp};

include!("../../../../templates/site/verify.rs");

#[test]
fn the_receiver_that_the_site_shows_takes_what_is_signed_and_nothing_else() {
    let body = br#"{"scope":"store/order/created","store_id":"1","data":{"type":"order","id":118},
        "hash":"a","created_at":1769860800,"producer":"stores/abc123"}"#;
    let hooks = Hooks::new("client secret");
    let headers = |secret: &str| {
        let signed = Signer::new(secret).sign("msg_1", Timestamp::now(), body);
        let pairs = signed.pairs().into_iter();
        let pairs = pairs.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        pairs.collect::<http::HeaderMap>()
    };
    assert_eq!(hooks.receive(&headers("client secret"), body), 204);
    assert_eq!(hooks.receive(&headers("client secret"), body), 204, "again");
    assert_eq!(hooks.receive(&headers("client secret"), b"{}"), 401);
    assert_eq!(hooks.receive(&headers("another"), body), 401);
}
