//! Which URLs open a checkout.

use bigcommerce_client::storefront::{CheckoutUrl, CheckoutUrlError};

const STORE: &str = "https://mystore.example.com";

#[test]
fn an_address_names_products_quantities_coupon_and_source() {
    let cases = [
        (
            CheckoutUrl::new(STORE).item("BIGC-MUG", 2),
            "https://mystore.example.com/checkout/?products=BIGC-MUG:2&action=buy",
        ),
        (
            CheckoutUrl::new("https://mystore.example.com/")
                .item(12, 1)
                .item(15, 1)
                .coupon("FREESHIPPING")
                .order_source("www"),
            "https://mystore.example.com/checkout/?products=12:1,15:1&coupon=FREESHIPPING&order_source=www&action=buy",
        ),
        (
            CheckoutUrl::new("https://mystore.example.com/fr?a=b#c").item(12, 1),
            "https://mystore.example.com/fr/checkout/?products=12:1&action=buy",
        ),
        (
            CheckoutUrl::new(STORE)
                .item("A&B=C #%/ü", 1)
                .coupon("10% & more"),
            "https://mystore.example.com/checkout/?products=A%26B%3DC%20%23%25%2F%C3%BC:1&coupon=10%25%20%26%20more&action=buy",
        ),
    ];
    for (builder, expected) in cases {
        let url = builder.build().unwrap();
        assert_eq!(url.as_str(), expected);
        // Any character in a value stays part of it.
        let names: Vec<String> = url
            .query_pairs()
            .map(|(name, _)| name.into_owned())
            .collect();
        assert!(
            names
                .iter()
                .all(|name| ["products", "coupon", "order_source", "action"]
                    .contains(&name.as_str()))
        );
    }
}

#[test]
fn what_would_not_open_that_checkout_is_an_error() {
    let sku = |sku: &str| CheckoutUrl::new(STORE).item(sku, 1).build();
    assert_eq!(sku("A:1"), Err(CheckoutUrlError::Sku("A:1".to_owned())));
    assert_eq!(sku("A,B"), Err(CheckoutUrlError::Sku("A,B".to_owned())));
    assert_eq!(sku(""), Err(CheckoutUrlError::Sku(String::new())));
    assert_eq!(
        CheckoutUrl::new(STORE).build(),
        Err(CheckoutUrlError::NoItems)
    );
    assert_eq!(
        CheckoutUrl::new(STORE).item(12, 0).build(),
        Err(CheckoutUrlError::Quantity("12".to_owned()))
    );
    let mug = || CheckoutUrl::new(STORE).item(12, 1);
    let empty = |name| Err(CheckoutUrlError::Empty(name));
    assert_eq!(mug().coupon("").build(), empty("coupon"));
    assert_eq!(mug().order_source("").build(), empty("order_source"));
    let stores = [
        "",
        "mystore.example.com",
        "http://mystore.example.com",
        "javascript:alert(1)",
        "https://a:b@mystore.example.com",
    ];
    for store in stores {
        let built = CheckoutUrl::new(store).item(12, 1).build();
        assert_eq!(built, Err(CheckoutUrlError::Storefront), "{store}");
    }
}
