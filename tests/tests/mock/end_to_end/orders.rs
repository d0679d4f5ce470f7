//! From a cart to an order, and what happens to it.

use bigcommerce_client::{
    Client, Direction, Number,
    carts::{CartCreate, CartItemInput, CartItemsCreate},
    checkouts::{
        CheckoutAddressInput, CheckoutConsignmentCreate, CheckoutConsignmentItemInput,
        CheckoutConsignmentUpdate, CheckoutCustomShippingInput,
    },
    customers::CustomerCreate,
    json,
    order_messages::OrderMessageStatus,
    order_statuses::OrderStatus,
    orders::{
        OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderShippingAddressCreate,
        OrderSort, OrderUpdate,
    },
    refunds::{
        RefundCreate, RefundItemCreate, RefundItemItemType, RefundPaymentCreate,
        RefundQuoteRequestCreate,
    },
    shipments::{ShipmentCreate, ShipmentItemCreate, ShippingProvider},
    transactions::TransactionEvent,
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
    let checkouts = client.checkouts();
    let refused = checkouts.create_order(&cart.id).await.unwrap_err();
    assert!(
        refused.is_validation(),
        "what is shipped needs a consignment: {refused}"
    );
    let address = CheckoutAddressInput::new()
        .email("ada@example.com")
        .country_code("US")
        .first_name("Ada")
        .last_name("Example")
        .address1("1 Mill Lane")
        .city("Austin");
    let line = lines.physical_items[0].id.as_str();
    let part = CheckoutConsignmentItemInput::new(line, 3);
    let part = CheckoutConsignmentCreate::new([part]).address(address);
    let consignments = checkouts.consignments(&cart.id);
    let part = consignments.create([part]).await.unwrap().consignments[0].clone();
    let by_hand = CheckoutCustomShippingInput::new()
        .price(0)
        .description("By hand");
    let by_hand = CheckoutConsignmentUpdate::new().custom_shipping(by_hand);
    consignments
        .update(part.id.unwrap(), by_hand)
        .await
        .unwrap();

    let orders = client.orders();
    let id = checkouts.create_order(&cart.id).await.unwrap().id;
    let order = orders.get(id).await.unwrap();
    assert_eq!(order.status.as_deref(), Some("Incomplete"));
    assert_eq!(order.cart_id.as_deref(), Some(cart.id.as_str()));
    assert_eq!(order.customer_id, Some(ada));
    assert_eq!(sum(order.total_inc_tax.as_ref()), amount);
    assert!(order.date_shipped.is_none());

    for (status, name) in [
        (OrderStatus::AWAITING_FULFILLMENT, "Awaiting Fulfillment"),
        (OrderStatus::SHIPPED, "Shipped"),
    ] {
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
async fn what_an_order_was_taxed_is_listed_below_it_and_follows_its_changes() {
    let (_store, client) = shop(0).await;
    let address = OrderBillingAddressCreate::new("78701");
    let line = OrderLineCreate::new().name("Engraving").quantity(2);
    let line = line.price_ex_tax(10).price_inc_tax(11);
    let order = OrderCreate::new(address).products([line]);
    let id = client.orders().create(order).await.unwrap().id;
    let taxes = || async { client.orders().taxes(id).list().await.unwrap() };
    let taxed = taxes().await;
    assert_eq!(taxed.len(), 1);
    let rate = taxed[0].rate.as_ref().and_then(|rate| rate.value());
    let tax = taxed[0].line_amount.as_ref().and_then(|tax| tax.value());
    assert_eq!(
        (rate, tax),
        (Some(Decimal::from(10)), Some(Decimal::from(2)))
    );
    assert_eq!(taxed[0].line_item_type, None);

    let untaxed = OrderUpdate::new().total_ex_tax(22).total_inc_tax(22);
    client.orders().update(id, untaxed).await.unwrap();
    assert!(taxes().await.is_empty());
}

#[tokio::test]
async fn a_new_store_has_messages_about_its_orders() {
    let (_store, client) = shop(20).await;
    let order = client.orders().list().await.unwrap()[0].id;
    let messages = client.orders().messages(order);
    let all = messages.list().await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].order_id, Some(order));
    let read = messages.list().status(OrderMessageStatus::Read);
    assert!(read.await.unwrap().is_empty());
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

#[tokio::test]
async fn an_order_is_fulfilled_from_payment_to_tracking_number_and_a_part_of_it_is_refunded() {
    let (_store, client) = shop(0).await;
    let orders = client.orders();
    let line = |name: &str, quantity| {
        let line = OrderLineCreate::new().name(name).quantity(quantity);
        line.price_ex_tax(10).price_inc_tax(12)
    };
    let address = OrderBillingAddressCreate::new("78701").email("ada@example.com");
    let order = OrderCreate::new(address)
        .products([line("Mug", 2), line("Plate", 1)])
        .shipping_addresses([OrderShippingAddressCreate::new().city("Austin")]);
    let id = orders
        .create(order.status_id(OrderStatus::AWAITING_PAYMENT))
        .await
        .unwrap()
        .id;
    let statuses = client.order_statuses().list().await.unwrap();
    assert_eq!(statuses.len(), 15);

    // Nothing is paid, so nothing can be refunded.
    assert!(orders.transactions(id).list().await.unwrap().is_empty());
    let mug = orders.products(id).list().await.unwrap()[0].id;
    let items = || {
        let item = RefundItemCreate::new(RefundItemItemType::Product, mug);
        [item.quantity(1)]
    };
    let quote = || RefundQuoteRequestCreate::new().items(items());
    let unpaid = orders.refunds(id).quote(quote()).await.unwrap_err();
    assert_eq!(unpaid.status().map(|status| status.as_u16()), Some(422));
    orders
        .update(
            id,
            OrderUpdate::new().status_id(OrderStatus::AWAITING_FULFILLMENT),
        )
        .await
        .unwrap();
    let paid = orders.transactions(id).list().await.unwrap();
    assert_eq!(paid[0].amount.value(), Some(Decimal::from(36)));

    let to = orders.shipping_addresses(id).list().await.unwrap()[0].id;
    let sent = |line: i64, quantity: i64, number: &str| {
        let shipment = ShipmentCreate::new(
            to,
            [ShipmentItemCreate::new()
                .order_product_id(line)
                .quantity(quantity)],
        );
        let shipment = shipment.tracking_number(number);
        shipment.shipping_provider(ShippingProvider::Usps)
    };
    let shipments = orders.shipments(id);
    let first = shipments.create(sent(mug, 2, "EJ1")).await.unwrap();
    assert!(first.generated_tracking_link.unwrap().ends_with("/EJ1"));
    assert_eq!(
        orders.get(id).await.unwrap().status_id,
        Some(OrderStatus::PARTIALLY_SHIPPED)
    );
    let more = shipments.create(sent(mug, 1, "EJ2")).await.unwrap_err();
    assert_eq!(more.status().map(|status| status.as_u16()), Some(400));
    let plate = orders.products(id).list().await.unwrap()[1].id;
    shipments.create(sent(plate, 1, "EJ3")).await.unwrap();
    let order = orders.get(id).await.unwrap();
    assert_eq!(
        (order.status_id, order.items_shipped),
        (Some(OrderStatus::SHIPPED), Some(3))
    );
    let line = orders.products(id).get(mug).await.unwrap();
    assert_eq!(line.quantity_shipped, Some(2));
    assert_eq!(shipments.count().await.unwrap().count, Some(2));
    // Deleting its shipments does not change an order's status.
    shipments.delete_everything().await.unwrap();
    assert!(shipments.list().await.unwrap().is_empty());
    assert_eq!(
        orders.get(id).await.unwrap().status_id,
        Some(OrderStatus::SHIPPED)
    );

    let quote = orders.refunds(id).quote(quote()).await.unwrap();
    let method = quote.refund_methods[0].iter();
    let payments: Vec<RefundPaymentCreate> =
        method.map(json::convert).collect::<Result<_, _>>().unwrap();
    let amount = payments[0].amount.as_option();
    assert!(amount.is_some_and(|amount| *amount == Decimal::from(12)));
    let refund = |payments: Vec<RefundPaymentCreate>| {
        let refund = RefundCreate::new().items(items()).payments(payments);
        orders.refunds(id).create(refund)
    };
    let wrong = payments.iter().cloned().map(|it| it.amount(11)).collect();
    assert!(refund(wrong).await.is_err());
    let refund = refund(payments).await.unwrap();
    assert_eq!(
        orders.get(id).await.unwrap().status_id,
        Some(OrderStatus::PARTIALLY_REFUNDED)
    );
    assert_eq!(client.refunds().get(refund.id).await.unwrap().id, refund.id);
    let line = orders.products(id).get(mug).await.unwrap();
    assert_eq!(line.quantity_refunded, Some(1));
    let all = orders.transactions(id).list().await.unwrap();
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn the_refunds_of_a_new_store_fit_their_orders_and_payments() {
    let (_store, client) = shop(24).await;
    let orders = client.orders();
    let refunds = client.refunds().list_across().await.unwrap();
    let mut statuses = Vec::new();
    for refund in &refunds.items {
        let order = orders.get(refund.order_id.unwrap()).await.unwrap();
        let value = |number: &Option<Number>| number.as_ref().and_then(Number::value);
        let (total, back) = (value(&order.total_inc_tax), value(&refund.total_amount));
        assert!(back > Some(Decimal::ZERO), "{refund:?}");
        let status = match back == total {
            true => OrderStatus::REFUNDED,
            false => OrderStatus::PARTIALLY_REFUNDED,
        };
        assert_eq!(order.status_id, Some(status));
        statuses.push(status);
        let transactions = orders.transactions(order.id).list().await.unwrap();
        let steps = transactions.iter();
        let steps: Vec<_> = steps.map(|it| (&it.event, it.amount.value())).collect();
        let (sale, refunded) = (TransactionEvent::Purchase, TransactionEvent::Refund);
        assert_eq!(steps, [(&sale, total), (&refunded, back)]);
    }
    assert_eq!(
        statuses,
        [OrderStatus::PARTIALLY_REFUNDED, OrderStatus::REFUNDED]
    );
}
