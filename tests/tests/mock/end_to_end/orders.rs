//! From a cart to an order, and what becomes of it.

use bigcommerce_client::{
    Client, Direction,
    carts::{CartCreate, CartItemInput, CartItemsCreate},
    customers::CustomerCreate,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderSort, OrderUpdate},
};
use rust_decimal::Decimal;

use crate::end_to_end::shop;

/// A product of the store and its first variant.
async fn product(client: &Client) -> (i64, i64) {
    let product = client.products().list().limit(1).await.unwrap()[0].id;
    let variants = client.products().variants(product).list().await.unwrap();
    (product, variants[0].id)
}

fn item(of: (i64, i64), quantity: i64) -> CartItemInput {
    CartItemInput::new()
        .product_id(of.0)
        .quantity(quantity)
        .variant_id(of.1)
}

#[tokio::test]
async fn a_cart_becomes_an_incomplete_order_that_is_paid_shipped_and_archived() {
    let (_store, client) = shop(4).await;
    let product = product(&client).await;
    let ada = CustomerCreate::new()
        .email("ada@example.com")
        .first_name("Ada")
        .last_name("Example");
    let ada = client.customers().create([ada]).await.unwrap()[0].id;

    let cart = CartCreate::new()
        .customer_id(ada)
        .line_items([item(product, 1)]);
    let cart = client.carts().create(cart).await.unwrap();
    let more = CartItemsCreate::new().line_items([item(product, 2)]);
    let cart = client.carts().add_items(&cart.id, more).await.unwrap();
    let lines = cart.line_items.as_ref().unwrap();
    assert_eq!(lines.physical_items[0].quantity, Some(3));
    let sum = |number: Option<&bigcommerce_client::Number>| number.and_then(|it| it.value());
    let amount = sum(cart.cart_amount.as_ref());
    assert!(amount > Some(Decimal::ZERO));

    let checkout = client.checkouts().get(&cart.id).await.unwrap();
    assert_eq!(checkout.cart.as_ref().unwrap().customer_id, Some(ada));
    assert_eq!(sum(checkout.grand_total.as_ref()), amount);
    let orders = client.orders();
    let id = client.checkouts().create_order(&cart.id).await.unwrap().id;
    let order = orders.get(id).await.unwrap();
    assert_eq!(order.status.as_deref(), Some("Incomplete"));
    assert_eq!(order.cart_id.as_deref(), Some(cart.id.as_str()));
    assert_eq!(order.customer_id, Some(ada));
    assert_eq!(sum(order.total_inc_tax.as_ref()), amount);
    assert!(order.date_shipped.is_none());

    for (status, name) in [(11, "Awaiting Fulfillment"), (2, "Shipped")] {
        let change = OrderUpdate::new().status_id(status);
        let changed = orders.update(id, change).await.unwrap();
        assert_eq!(changed.status.as_deref(), Some(name));
    }
    assert!(orders.get(id).await.unwrap().date_shipped.is_some());

    let of_ada = || orders.list().customer_id(ada);
    assert_eq!(of_ada().await.unwrap().len(), 1);
    orders.delete(id).await.unwrap();
    assert!(of_ada().await.unwrap().is_empty());
    assert_eq!(orders.get(id).await.unwrap().is_deleted, Some(true));

    client.carts().delete(&cart.id).await.unwrap();
    let gone = client.carts().get(&cart.id).await.unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
}

#[tokio::test]
async fn an_order_that_comes_from_elsewhere_keeps_its_lines_and_sums() {
    let (_store, client) = shop(0).await;
    let address = OrderBillingAddressCreate::new("78701").email("ada@example.com");
    let line = OrderLineCreate::new().name("Engraving").quantity(2);
    let line = line.price_ex_tax(10).price_inc_tax(11);
    let order = OrderCreate::new(address).products([line]);
    let order = order.external_order_id("shop-7");
    let order = client.orders().create(order).await.unwrap();
    let total = order.total_inc_tax.as_ref().and_then(|total| total.value());
    assert_eq!(total, Some(Decimal::from(22)));

    let list = client.orders().list().external_order_id("shop-7");
    let found = list.await.unwrap();
    assert_eq!(found[0].id, order.id);
}

#[tokio::test]
async fn orders_are_streamed_over_pages_that_do_not_say_how_many_there_are() {
    let (_store, client) = shop(60).await;
    let list = client.orders().list().limit(10);
    let list = list.sort(OrderSort::Id, Direction::Desc).stream();
    let orders = list.into_vec().await.unwrap();
    assert_eq!(orders.len(), 48);
    assert!(orders.is_sorted_by(|a, b| a.id > b.id));
}
