//! The sub-resources of a customer, for a store that has something of everything.

use bigcommerce_client::{
    Client,
    customer_attribute_values::CustomerAttributeValueUpdate,
    customer_attributes::{CustomerAttributeDefinitionCreate, CustomerAttributeDefinitionType},
    customer_groups::CustomerGroupCreate,
    segments::SegmentCreate,
    shopper_profiles::ShopperProfileCreate,
    subscribers::SubscriberCreate,
    wishlists::{WishlistCreate, WishlistItemCreate},
};
use serde_json::{Map, Value, json};

/// Creates them for this customer.
pub async fn people(client: &Client, customer: i64, product: i64) -> Map<String, Value> {
    let group = CustomerGroupCreate::new("Trade");
    let group = client.customer_groups().create(group).await.unwrap();
    let attribute = CustomerAttributeDefinitionCreate::new().name("Joined");
    let attribute = attribute.kind(CustomerAttributeDefinitionType::Date);
    let attributes = client.customer_attributes().create([attribute]);
    let attribute = attributes.await.unwrap()[0].id;
    let value = CustomerAttributeValueUpdate::new().attribute_id(attribute);
    let value = value.customer_id(customer).value("2026-01-02");
    let values = client.customer_attribute_values().upsert([value]);
    let values = values.await.unwrap();
    let addresses = client.customer_addresses().list();
    let addresses = addresses.customer_id_in([customer]).await.unwrap();
    let segments = client.segments().create([SegmentCreate::new("Loyal")]);
    let segments = segments.await.unwrap();
    let profile = ShopperProfileCreate::new(customer);
    let profiles = client.shopper_profiles().create([profile]).await.unwrap();
    let subscriber = SubscriberCreate::new("reader@example.com");
    let subscriber = client.subscribers().create(subscriber).await.unwrap();
    let wishlist = WishlistCreate::new(customer, "Birthday");
    let wishlist = wishlist.items([WishlistItemCreate::new().product_id(product)]);
    let wishlist = client.wishlists().create(wishlist).await.unwrap();
    let known = json!({
        "customer_group_id": group.id,
        "attribute_id": attribute,
        "attribute_value_id": values[0].id,
        "customer_address_id": addresses.items[0].id,
        "segment_id": segments[0].id,
        "shopper_profile_id": profiles[0].id,
        "subscriber_id": subscriber.id,
        "wishlist_id": wishlist.id,
        "item_id": wishlist.items[0].id,
    });
    match known {
        Value::Object(known) => known,
        _ => unreachable!(),
    }
}

/// Which of them `id` means in the calls of a group.
pub fn own(group: &str) -> Option<&'static str> {
    Some(match group {
        "customer_addresses" => "customer_address_id",
        "customer_attributes" => "attribute_id",
        "customer_attribute_values" => "attribute_value_id",
        "customer_groups" => "customer_group_id",
        "segments" => "segment_id",
        "segment_shopper_profiles" | "shopper_profiles" => "shopper_profile_id",
        "subscribers" => "subscriber_id",
        "wishlists" | "wishlist_items" => "item_id",
        _ => return None,
    })
}
