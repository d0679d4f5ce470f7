//! What holds of groups whose features are off: their calls are not there, and no raw call gets around
//! what a policy says of them.

use bigcommerce_client::{
    Client, Endpoint, ErrorKind, Group,
    policy::{Level, Policy},
};

#[test]
fn the_endpoints_of_a_group_come_with_its_feature() {
    let mut groups: Vec<_> = Endpoint::ALL.iter().map(|it| it.group()).collect();
    groups.dedup();
    assert_eq!(groups, [Group::Brands, Group::BrandMetafields]);
    assert_eq!(Endpoint::from_id("orders.get"), None);
    assert_eq!(Group::Orders.endpoints().count(), 0);
    assert_eq!(Group::Orders.facts().feature, "orders");
}

#[test]
fn a_policy_that_names_an_endpoint_whose_feature_is_off_is_told_which_feature_that_is() {
    let refused = Policy::from_json(r#"{ "endpoints": { "orders.get": "allow" } }"#).unwrap_err();
    let said = refused.to_string();
    assert!(said.contains("its feature `orders` is disabled"), "{said}");
}

#[tokio::test]
async fn a_raw_call_is_held_to_a_group_whose_feature_is_off() {
    let policy = Policy::new()
        .raw(Level::Full)
        .every_group(Level::Full)
        .group(Group::Orders, Level::Off);
    let store = Client::builder("abc123", "token")
        .policy(policy)
        .build()
        .unwrap();
    for path in [
        "/v2/orders/118",
        "/v2/ORDERS.json",
        "/v2/orders/118/shipments",
    ] {
        let refused = store.raw(http::Method::GET, path).send().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Denied, "{path}: {refused}");
        assert!(
            refused.to_string().contains("orders: off"),
            "{path}: {refused}"
        );
    }
}
