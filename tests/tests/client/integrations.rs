//! What integrations do with a store, as their developers would write it: each function solves one problem
//! that connectors, scripts and apps solve with this API, and uses nothing but typed calls. Each runs against
//! the mock store, and the state afterwards is checked.

mod addresses;
mod cart_lines;
mod carts;
mod catalog;
mod categories;
mod customers;
mod group_prices;
mod hooks;
mod orders;
mod parts;
mod payments;
mod prices;
mod promotions;
mod reports;
mod shipping;
mod stock;
mod totals;

use bigcommerce_client::{
    Client,
    customers::CustomerCreate,
    order_statuses::OrderStatus,
    orders::{
        Order, OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderShippingAddressCreate,
    },
};
use bigcommerce_tests::shop::shop;

/// The id of a new customer with this email address.
async fn ada(client: &Client, email: &str) -> i64 {
    let new = CustomerCreate::new().email(email);
    let new = new.first_name("Ada").last_name("Example");
    client.customers().create([new]).await.unwrap()[0].id
}

/// A line of mugs, for 12 each.
fn mugs(quantity: i64) -> OrderLineCreate {
    let mugs = OrderLineCreate::new().name("Mug").sku("MUG");
    mugs.quantity(quantity).price_ex_tax(12).price_inc_tax(12)
}

/// A new order of two mugs for 24 with this status.
async fn order(client: &Client, status: i64) -> Order {
    let billing = OrderBillingAddressCreate::new("78701")
        .email("ada@example.com")
        .phone("555-0100");
    let shipping = OrderShippingAddressCreate::new()
        .city("Austin")
        .zip("78701");
    let order = OrderCreate::new(billing)
        .products([mugs(2)])
        .shipping_addresses([shipping])
        .payment_method("Cash")
        .customer_id(0)
        .status_id(status);
    client.orders().create(order).await.unwrap()
}

/// An order of two pieces of the first product: the ids of its variant and of the order.
async fn order_of_two(client: &Client) -> (i64, i64) {
    let products = client.products().list().await.unwrap();
    let variant = products[0].base_variant_id.unwrap();
    let line = OrderLineCreate::new()
        .product_id(products[0].id)
        .variant_id(variant);
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
        .products([line.quantity(2)])
        .status_id(OrderStatus::AWAITING_FULFILLMENT);
    (variant, client.orders().create(order).await.unwrap().id)
}

/// The stock of a variant at the first location.
async fn level(client: &Client, variant: i64) -> Option<i64> {
    let stock = client.inventory().list().variant_id_in([variant]).await;
    stock.unwrap()[0].locations[0].total_inventory_onhand
}
