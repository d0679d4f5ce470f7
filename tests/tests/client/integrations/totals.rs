//! The totals of orders: whether they add up, and what refunds, updates and a new address leave of them.

use bigcommerce_client::{
    Client, Error, Number,
    jiff::{Timestamp, ToSpan},
    order_shipping_addresses::ShippingAddressUpdate,
    order_statuses::OrderStatus,
    orders::{Order, OrderBillingAddressCreate, OrderCreate, OrderUpdate},
    promotions::{
        CartValueActionInput, CartValueDiscountInput, PercentageDiscountInput, PromotionCreate,
        PromotionRedemptionFilter, PromotionRedemptionType, PromotionRuleInput, PromotionStatus,
    },
    rust_decimal::Decimal,
};

use super::{mugs, order, payments::refund_a_line, shop};

/// A program that creates or updates an order may set its totals, which then differ from the sum of its lines.
async fn find_totals_that_do_not_add_up(
    store: &Client,
    since: Timestamp,
) -> Result<Vec<(i64, Decimal)>, Error> {
    let mut found = Vec::new();
    let mut orders = store.orders().list().date_created_min(since).stream();
    while let Some(order) = orders.try_next().await? {
        let lines = store.orders().products(order.id).list().stream();
        let lines = lines.into_vec().await?;
        let costs = [
            &order.shipping_cost_inc_tax,
            &order.handling_cost_inc_tax,
            &order.wrapping_cost_inc_tax,
        ];
        let off = [&order.discount_amount, &order.coupon_discount];
        let lines = lines.iter().flat_map(|line| &line.total_inc_tax);
        let sum = Number::sum(lines.chain(costs.into_iter().flatten()))?;
        let sum = sum - Number::sum(off.into_iter().flatten())?;
        let gap = Number::sum(&order.total_inc_tax)? - sum;
        if !gap.is_zero() {
            found.push((order.id, gap));
        }
    }
    Ok(found)
}

/// An update computes the totals again and may lose the discount of a coupon, so they are set once more.
async fn update_an_order_and_keep_its_discount(
    store: &Client,
    order: i64,
    change: OrderUpdate,
) -> Result<Order, Error> {
    let orders = store.orders();
    let before = orders.get(order).await?;
    let after = orders.update(order, change).await?;
    if Number::sum(&after.coupon_discount)? >= Number::sum(&before.coupon_discount)? {
        return Ok(after);
    }
    let mut totals = OrderUpdate::new();
    if let (Some(ex_tax), Some(inc_tax)) = (before.total_ex_tax, before.total_inc_tax) {
        totals = totals.total_ex_tax(ex_tax).total_inc_tax(inc_tax);
    }
    orders.update(order, totals).await
}

/// A refund does not reduce the tax of its order: what is left of it.
async fn tax_that_refunds_leave(store: &Client, order: i64) -> Result<Decimal, Error> {
    let refunds = store.orders().refunds(order).list().await?;
    let refunded = Number::sum(refunds.iter().flat_map(|it| &it.total_tax))?;
    let order = store.orders().get(order).await?;
    Ok(Number::sum(&order.total_tax)? - refunded)
}

/// An order that goes elsewhere keeps its shipping costs, unless they are set together with the address.
async fn send_an_order_elsewhere(
    store: &Client,
    order: i64,
    (city, zip): (&str, &str),
    (ex_tax, inc_tax): (Decimal, Decimal),
) -> Result<Order, Error> {
    let orders = store.orders();
    for address in orders.shipping_addresses(order).list().await? {
        let change = ShippingAddressUpdate::new().city(city).zip(zip);
        let addresses = orders.shipping_addresses(order);
        addresses.update(address.id, change).await?;
    }
    let costs = OrderUpdate::new().shipping_cost_ex_tax(ex_tax);
    let costs = costs.shipping_cost_inc_tax(inc_tax);
    orders.update(order, costs).await
}

/// Promotions do not apply to prices that an order brings along: lines without any discount, while there are some.
async fn find_lines_without_a_promotion(store: &Client, order: i64) -> Result<Vec<i64>, Error> {
    let promotions = store.promotions().list().status(PromotionStatus::Enabled);
    let promotions = promotions.redemption_type(PromotionRedemptionFilter::Automatic);
    if promotions.await?.is_empty() {
        return Ok(Vec::new());
    }
    let lines = store.orders().products(order).list().stream();
    let lines = lines.into_vec().await?.into_iter();
    let full = lines.filter(|line| line.applied_discounts.is_empty());
    Ok(full.map(|line| line.id).collect())
}

#[tokio::test]
async fn a_total_that_is_not_the_sum_of_its_order_is_found() {
    let (_store, client) = shop(0).await;
    order(&client, OrderStatus::AWAITING_FULFILLMENT).await;
    let wrong = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let total = OrderUpdate::new().total_ex_tax(20).total_inc_tax(20);
    client.orders().update(wrong, total).await.unwrap();
    let since = Timestamp::now() - 1.hours();
    let found = find_totals_that_do_not_add_up(&client, since).await;
    assert_eq!(found.unwrap(), [(wrong, Decimal::from(-4))]);
}

#[tokio::test]
async fn an_order_keeps_its_totals_when_its_notes_change() {
    let (_store, client) = shop(0).await;
    let before = order(&client, OrderStatus::AWAITING_FULFILLMENT).await;
    let notes = OrderUpdate::new().staff_notes("Call first");
    let after = update_an_order_and_keep_its_discount(&client, before.id, notes).await;
    let after = after.unwrap();
    assert_eq!(after.staff_notes.as_deref(), Some("Call first"));
    assert_eq!(after.total_inc_tax, before.total_inc_tax);
}

#[tokio::test]
async fn a_refund_leaves_the_tax_of_the_rest() {
    let (_store, client) = shop(0).await;
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
        .products([mugs(2).price_inc_tax(15)])
        .status_id(OrderStatus::AWAITING_FULFILLMENT);
    let id = client.orders().create(order).await.unwrap().id;
    let line = client.orders().products(id).list().await.unwrap()[0].id;
    refund_a_line(&client, id, line, 1).await.unwrap();
    let left = tax_that_refunds_leave(&client, id).await.unwrap();
    assert_eq!(left, Decimal::from(3));
}

#[tokio::test]
async fn an_order_that_goes_elsewhere_has_new_costs() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let costs = (Decimal::from(5), Decimal::from(6));
    let sent = send_an_order_elsewhere(&client, id, ("Dallas", "75201"), costs).await;
    assert_eq!(
        Number::sum(&sent.unwrap().total_inc_tax),
        Ok(Decimal::from(30))
    );
    let addresses = client.orders().shipping_addresses(id).list().await.unwrap();
    assert_eq!(addresses[0].city.as_deref(), Some("Dallas"));
}

#[tokio::test]
async fn a_line_lacks_a_discount_once_there_is_a_promotion() {
    let (_store, client) = shop(0).await;
    let id = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let found = find_lines_without_a_promotion(&client, id).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
    let discount = CartValueDiscountInput::new(PercentageDiscountInput::new(10));
    let rule = PromotionRuleInput::new(CartValueActionInput::new(discount));
    let promotion = PromotionCreate::new()
        .redemption_type(PromotionRedemptionType::Automatic)
        .name("Spring")
        .rules([rule])
        .status(PromotionStatus::Enabled);
    client.promotions().create(promotion).await.unwrap();
    let found = find_lines_without_a_promotion(&client, id).await.unwrap();
    assert_eq!(found.len(), 1);
}
