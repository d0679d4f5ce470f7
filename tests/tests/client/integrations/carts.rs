//! Carts and checkouts that a server builds for a shopper.

use bigcommerce_client::{
    Client, Error, Number,
    carts::{
        Cart, CartCreate, CartCurrencyInput, CartInclude, CartItem, CartItemInput,
        CartLineItemUpdate, CartUpdate,
    },
    checkout_coupons::CheckoutCouponInput,
    checkouts::{
        CheckoutAddressInput, CheckoutCartDiscountInput, CheckoutCartDiscountsInput,
        CheckoutConsignmentCreate, CheckoutConsignmentItemInput, CheckoutConsignmentUpdate,
        CheckoutCustomShippingInput, CheckoutDiscountsInput, CheckoutInclude,
    },
    coupons::{CouponAppliesToInput, CouponCreate, CouponEntity, CouponType},
    number,
    order_statuses::OrderStatus,
    orders::OrderUpdate,
    rust_decimal::Decimal,
    shared::{MetafieldCreate, MetafieldPermission},
};

use super::shop;

/// What was chosen for the lines of a cart.
pub(super) const OPTIONS: [CartInclude; 2] = [
    CartInclude::LineItemsPhysicalItemsOptions,
    CartInclude::LineItemsDigitalItemsOptions,
];

/// A chat or a quote ends with a link to a filled cart.
async fn link_to_a_filled_cart(
    store: &Client,
    items: &[(i64, i64)],
) -> Result<Option<String>, Error> {
    let items = items.iter().map(|(product, quantity)| {
        CartItemInput::new()
            .product_id(*product)
            .quantity(*quantity)
    });
    let cart = CartCreate::new().line_items(items);
    let cart = store.carts().create(cart).await?;
    let urls = store.carts().create_redirect_urls(&cart.id).await?;
    Ok(urls.checkout_url)
}

fn address(email: &str) -> CheckoutAddressInput {
    let address = CheckoutAddressInput::new().email(email).country_code("US");
    address
        .first_name("Ada")
        .last_name("Example")
        .address1("1 Mill Lane")
        .city("Austin")
        .state_or_province_code("TX")
        .postal_code("78701")
}

/// A cart becomes a paid order without a browser.
pub(super) async fn order_a_cart(store: &Client, cart: &str, email: &str) -> Result<i64, Error> {
    let checkouts = store.checkouts();
    let checkout = checkouts.get(cart).await?;
    let lines = checkout.cart.and_then(|cart| cart.line_items);
    let lines = lines.map(|lines| lines.physical_items).unwrap_or_default();
    let items = lines
        .iter()
        .map(|line| CheckoutConsignmentItemInput::new(&line.id, line.quantity.unwrap_or_default()));
    let address = address(email);
    checkouts
        .billing_address(cart)
        .create(address.clone())
        .await?;
    let consignment = CheckoutConsignmentCreate::new(items).address(address);
    let consignments = checkouts.consignments(cart);
    let checkout = consignments.create([consignment]).await?;
    for id in checkout.consignments.iter().filter_map(|it| it.id.as_ref()) {
        let by_hand = CheckoutCustomShippingInput::new().price(0);
        let by_hand = by_hand.description("By hand");
        let change = CheckoutConsignmentUpdate::new().custom_shipping(by_hand);
        consignments.update(id, change).await?;
    }
    let order = checkouts.create_order(cart).await?.id;
    let paid = OrderUpdate::new().status_id(OrderStatus::AWAITING_FULFILLMENT);
    Ok(store.orders().update(order, paid).await?.id)
}

/// A discount by hand removes the coupons of a cart, so they are applied again.
async fn discount_a_cart_and_keep_its_coupons(
    store: &Client,
    cart: &str,
    off: Number,
) -> Result<usize, Error> {
    let checkouts = store.checkouts();
    let coupons = checkouts.get(cart).await?.coupons;
    let discount = CheckoutCartDiscountInput::new(off);
    let discount = CheckoutCartDiscountsInput::new().discounts([discount]);
    let discount = CheckoutDiscountsInput::new(discount);
    let mut checkout = checkouts.add_discounts(cart, discount).await?;
    for code in coupons.into_iter().filter_map(|coupon| coupon.code) {
        let is_kept = |known: &Option<String>| known.as_ref() == Some(&code);
        if !checkout.coupons.iter().any(|known| is_kept(&known.code)) {
            let coupon = CheckoutCouponInput::new(code);
            checkout = checkouts.coupons(cart).apply(coupon).await?;
        }
    }
    Ok(checkout.coupons.len())
}

/// The currency of a cart is fixed, so a cart in another currency takes its place.
async fn change_the_currency_of_a_cart(
    store: &Client,
    cart: &str,
    currency: &str,
) -> Result<Cart, Error> {
    let old = store.carts().get(cart).include(OPTIONS).await?;
    let lines = old.line_items.iter().flat_map(|all| all.products());
    let mut new = CartCreate::new()
        .line_items(lines.filter_map(CartItem::to_input))
        .currency(CartCurrencyInput::new().code(currency));
    if let Some(customer) = old.customer_id.filter(|customer| *customer > 0) {
        new = new.customer_id(customer);
    }
    let new = store.carts().create(new).await?;
    store.carts().delete(cart).await?;
    Ok(new)
}

/// A program that writes to shoppers who left their carts marks those it has written to.
pub(super) async fn mark_a_cart_that_was_left(store: &Client, cart: &str) -> Result<bool, Error> {
    let metafields = store.carts().metafields(cart);
    let known = metafields.list().namespace("reminder").key("sent").await?;
    if !known.is_empty() {
        return Ok(false);
    }
    let mark = MetafieldCreate::new()
        .namespace("reminder")
        .key("sent")
        .value("1")
        .permission_set(MetafieldPermission::AppOnly);
    metafields.create(mark).await?;
    Ok(true)
}

/// Members pay their own price: the line of a cart is overridden, and the cart is theirs.
async fn give_a_cart_the_price_of_a_member(
    store: &Client,
    cart: &str,
    customer: i64,
    price: Number,
) -> Result<(), Error> {
    let carts = store.carts();
    let owned = CartUpdate::new().customer_id(customer);
    let lines = carts.update(cart, owned).include(OPTIONS).await?.line_items;
    for line in lines.iter().flat_map(|all| all.products()) {
        if let Some(item) = line.to_input() {
            let change = CartLineItemUpdate::new(item.list_price(&price));
            carts.update_item(cart, &line.id, change).await?;
        }
    }
    Ok(())
}

/// An embedded checkout has to show which ways of shipping there are.
async fn list_the_ways_of_shipping(store: &Client, cart: &str) -> Result<Vec<String>, Error> {
    let options = CheckoutInclude::ConsignmentsAvailableShippingOptions;
    let checkout = store.checkouts().get(cart).include([options]).await?;
    let parts = checkout.consignments.into_iter();
    let options = parts.flat_map(|part| part.available_shipping_options);
    Ok(options.filter_map(|option| option.description).collect())
}

/// A cart with two of a product, whose size is not to be chosen.
pub(super) async fn cart(client: &Client) -> Cart {
    let product = client.products().list().limit(1).await.unwrap()[0].id;
    let item = CartItemInput::new().product_id(product).quantity(2);
    let cart = CartCreate::new().line_items([item]);
    client.carts().create(cart).await.unwrap()
}

#[tokio::test]
async fn a_link_leads_to_a_filled_cart() {
    let (_store, client) = shop(1).await;
    let product = client.products().list().await.unwrap()[0].id;
    let link = link_to_a_filled_cart(&client, &[(product, 2)]).await;
    assert!(link.unwrap().is_some());
}

#[tokio::test]
async fn a_cart_shows_its_ways_of_shipping_once_it_has_an_address() {
    let (_store, client) = shop(1).await;
    let cart = cart(&client).await;
    let ways = list_the_ways_of_shipping(&client, &cart.id).await.unwrap();
    assert!(ways.is_empty(), "it has no address yet: {ways:?}");
    let line = &cart.line_items.as_ref().unwrap().physical_items[0];
    let items = [CheckoutConsignmentItemInput::new(&line.id, 2)];
    let consignment = CheckoutConsignmentCreate::new(items).address(address("ada@example.com"));
    let consignments = client.checkouts().consignments(&cart.id);
    consignments.create([consignment]).await.unwrap();
    let ways = list_the_ways_of_shipping(&client, &cart.id).await.unwrap();
    assert!(!ways.is_empty());
}

#[tokio::test]
async fn a_cart_becomes_a_paid_order() {
    let (_store, client) = shop(1).await;
    let id = cart(&client).await.id;
    let order = order_a_cart(&client, &id, "ada@example.com").await;
    let order = client.orders().get(order.unwrap()).await.unwrap();
    assert_eq!(order.status_id, Some(OrderStatus::AWAITING_FULFILLMENT));
}

#[tokio::test]
async fn a_discounted_cart_costs_less_and_keeps_its_coupons() {
    let (_store, client) = shop(1).await;
    let id = cart(&client).await.id;
    let coupon = CouponCreate::new()
        .name("Spring")
        .code("SPRING")
        .kind(CouponType::PercentageDiscount)
        .amount(10)
        .applies_to(CouponAppliesToInput::new(CouponEntity::Categories, [0]));
    client.coupons().create(coupon).await.unwrap();
    let coupon = CheckoutCouponInput::new("SPRING");
    client.checkouts().coupons(&id).apply(coupon).await.unwrap();
    let before = client.checkouts().get(&id).await.unwrap();
    let coupons = discount_a_cart_and_keep_its_coupons(&client, &id, number!(2));
    assert_eq!(coupons.await.unwrap(), 1);
    let after = client.checkouts().get(&id).await.unwrap();
    let (before, after) = (before.grand_total, after.grand_total);
    assert!(Number::sum(&after).unwrap() < Number::sum(&before).unwrap());
}

#[tokio::test]
async fn a_cart_in_another_currency_takes_the_place_of_the_old_one() {
    let (_store, client) = shop(1).await;
    let id = cart(&client).await.id;
    let new = change_the_currency_of_a_cart(&client, &id, "USD").await;
    let new = client.carts().get(new.unwrap().id).await.unwrap();
    let lines = new.line_items.unwrap().physical_items;
    assert_eq!(lines[0].quantity, Some(2));
    let old = client.carts().get(&id).await;
    assert!(old.is_err_and(|error| error.is_not_found()));
}

#[tokio::test]
async fn a_cart_is_marked_once() {
    let (_store, client) = shop(1).await;
    let id = cart(&client).await.id;
    assert!(mark_a_cart_that_was_left(&client, &id).await.unwrap());
    assert!(!mark_a_cart_that_was_left(&client, &id).await.unwrap());
}

#[tokio::test]
async fn a_member_pays_the_price_of_a_member() {
    let (_store, client) = shop(1).await;
    let id = cart(&client).await.id;
    let customer = client.customers().list().await.unwrap()[0].id;
    let priced = give_a_cart_the_price_of_a_member(&client, &id, customer, number!(3.50));
    priced.await.unwrap();
    let cart = client.carts().get(&id).await.unwrap();
    assert_eq!(cart.customer_id, Some(customer));
    assert_eq!(Number::sum(&cart.cart_amount), Ok(Decimal::from(7)));
}
