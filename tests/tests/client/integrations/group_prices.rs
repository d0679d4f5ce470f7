//! The prices of a customer group in orders and carts: what a customer should pay, and who pays something else.

use bigcommerce_client::{
    Client, Error, Number,
    carts::{CartCreate, CartItemInput, CartLineItemUpdate},
    customers::CustomerUpdate,
    jiff::{Timestamp, ToSpan},
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate},
    pricelist_assignments::PriceListAssignmentCreate,
    pricelists::{PriceRecord, VariantPricesInput},
    pricing::{PricingCreate, PricingItemCreate},
    rust_decimal::Decimal,
};

use super::{ada, shop};

/// The records that the price list of a customer's group has for variants in a channel.
async fn records_for_a_customer(
    store: &Client,
    customer: i64,
    (channel, currency): (i64, &str),
    variants: &[i64],
) -> Result<Vec<PriceRecord>, Error> {
    let found = store.customers().list().id_in([customer]).await?;
    let Some(group) = found.first().and_then(|known| known.customer_group_id) else {
        return Ok(Vec::new());
    };
    let assigned = store.pricelist_assignments().list();
    let assigned = assigned
        .customer_group_id(group)
        .channel_id(channel)
        .await?;
    let Some(list) = assigned.first().and_then(|it| it.price_list_id) else {
        return Ok(Vec::new());
    };
    let records = store.pricelists().list_records(list).currency(currency);
    let records = records.variant_id_in(variants.iter().copied());
    records.stream().into_vec().await
}

/// Lines of an order whose price is not that of the customer's group, and what is missing from each.
async fn find_lines_without_the_price_of_the_group(
    store: &Client,
    order: i64,
) -> Result<Vec<(i64, Decimal)>, Error> {
    let lines = store.orders().products(order).list().stream();
    let lines = lines.into_vec().await?;
    let order = store.orders().get(order).await?;
    let (Some(customer), Some(channel)) = (order.customer_id, order.channel_id) else {
        return Ok(Vec::new());
    };
    let currency = order.default_currency_code.unwrap_or_default();
    let currency = currency.to_lowercase();
    let variants: Vec<i64> = lines.iter().filter_map(|line| line.variant_id).collect();
    let records =
        records_for_a_customer(store, customer, (channel, currency.as_str()), &variants).await?;
    let mut gaps = Vec::new();
    for line in &lines {
        let mut records = records.iter();
        if let Some(record) = records.find(|record| record.variant_id == line.variant_id) {
            let price = Number::sum(&record.calculated_price)?;
            gaps.push((line.id, Number::sum(&line.price_ex_tax)? - price));
        }
    }
    gaps.retain(|(_, gap)| !gap.is_zero());
    Ok(gaps)
}

/// The API does not look up the prices of a customer for an order, so they are calculated first. There is no order
/// if one of the prices is unknown.
async fn order_at_the_prices_of_a_customer(
    store: &Client,
    customer: i64,
    currency: &str,
    items: &[(i64, i64)],
) -> Result<Option<i64>, Error> {
    let asked = items
        .iter()
        .map(|(product, _)| PricingItemCreate::new(*product));
    let asked = PricingCreate::new(1, currency, asked).customer_id(customer);
    let prices = store.pricing().calculate(asked).await?;
    let lines = items.iter().map(|(product, quantity)| {
        let mut prices = prices.iter();
        let price = prices.find(|price| price.product_id == Some(*product))?;
        let pays = price.calculated_price.as_ref()?;
        let line = OrderLineCreate::new().product_id(*product);
        let line = line.quantity(*quantity).variant_id(price.variant_id?);
        let line = line.price_ex_tax(pays.tax_exclusive.as_ref()?);
        Some(line.price_inc_tax(pays.tax_inclusive.as_ref()?))
    });
    let Some(lines) = lines.collect::<Option<Vec<_>>>() else {
        return Ok(None);
    };
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
        .products(lines)
        .customer_id(customer);
    Ok(Some(store.orders().create(order).await?.id))
}

/// A customer has moved to another group, and the cart still has the prices of the old one.
async fn refresh_a_cart_after_a_change_of_group(
    store: &Client,
    cart: &str,
) -> Result<usize, Error> {
    let carts = store.carts();
    let known = carts.get(cart).await?;
    let lines = known.line_items.map(|lines| lines.physical_items);
    let lines = lines.unwrap_or_default();
    let (Some(customer), Some(channel)) = (known.customer_id, known.channel_id) else {
        return Ok(0);
    };
    let currency = known.currency.and_then(|currency| currency.code);
    let currency = currency.unwrap_or_default().to_lowercase();
    let variants: Vec<i64> = lines.iter().filter_map(|line| line.variant_id).collect();
    let records =
        records_for_a_customer(store, customer, (channel, currency.as_str()), &variants).await?;
    let mut stale = 0;
    for line in &lines {
        let mut records = records.iter();
        let record = records.find(|record| record.variant_id == line.variant_id);
        let (Some(record), Some(product), Some(quantity)) =
            (record, line.product_id, line.quantity)
        else {
            continue;
        };
        let price = Number::sum(&record.calculated_price)?;
        if Number::sum(&line.sale_price)? == price {
            continue;
        }
        let item = CartItemInput::new().product_id(product).quantity(quantity);
        let mut item = item.list_price(price);
        if let Some(variant) = line.variant_id {
            item = item.variant_id(variant);
        }
        let change = CartLineItemUpdate::new(item);
        carts.update_item(cart, &line.id, change).await?;
        stale += 1;
    }
    Ok(stale)
}

/// No webhook reports a changed price, so the records that have changed since the last run are read.
async fn find_prices_that_have_changed(
    store: &Client,
    since: Timestamp,
) -> Result<Vec<(i64, Decimal)>, Error> {
    let mut changed = Vec::new();
    for list in store.pricelists().list().stream().into_vec().await? {
        let records = store.pricelists().list_records(list.id);
        let mut records = records.date_modified_min(since).stream();
        while let Some(record) = records.try_next().await? {
            if let Some(variant) = record.variant_id {
                changed.push((variant, Number::sum(&record.calculated_price)?));
            }
        }
    }
    Ok(changed)
}

/// A customer whose group pays 9 for a product: the customer, the product and its variant.
async fn customer_of_a_group(client: &Client) -> (i64, i64, i64) {
    let product = client.products().list().await.unwrap()[0].clone();
    let variant = product.base_variant_id.unwrap();
    let list = client.pricelists().list().await.unwrap()[0].id;
    let prices = VariantPricesInput::new(9);
    let record = client.pricelists().set_record(list, variant, "usd", prices);
    record.await.unwrap();
    let customer = ada(client, "ada@example.com").await;
    let groups = client.customer_groups().list().await.unwrap();
    let group = groups[0].id.unwrap();
    let change = CustomerUpdate::new(customer);
    let change = change.customer_group_id(group);
    client.customers().update([change]).await.unwrap();
    let assignment = PriceListAssignmentCreate::new(list).customer_group_id(group);
    let assignments = client.pricelist_assignments();
    let new = assignments.create([assignment.channel_id(1)]);
    new.await.unwrap();
    (customer, product.id, variant)
}

#[tokio::test]
async fn a_line_without_the_price_of_the_group_is_found() {
    let (_store, client) = shop(1).await;
    let (customer, product, variant) = customer_of_a_group(&client).await;
    let line = OrderLineCreate::new().product_id(product).quantity(1);
    let line = line.variant_id(variant).price_ex_tax(12).price_inc_tax(12);
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
        .products([line])
        .customer_id(customer);
    let wrong = client.orders().create(order).await.unwrap().id;
    let found = find_lines_without_the_price_of_the_group(&client, wrong).await;
    let gaps: Vec<Decimal> = found.unwrap().into_iter().map(|(_, gap)| gap).collect();
    assert_eq!(gaps, [Decimal::from(3)]);
    let items = [(product, 2)];
    let right = order_at_the_prices_of_a_customer(&client, customer, "USD", &items).await;
    let right = right.unwrap().unwrap();
    let found = find_lines_without_the_price_of_the_group(&client, right).await;
    assert!(found.unwrap().is_empty());
    let order = client.orders().get(right).await.unwrap();
    assert_eq!(Number::sum(&order.subtotal_ex_tax), Ok(Decimal::from(18)));
}

#[tokio::test]
async fn a_cart_gets_the_prices_of_the_group() {
    let (_store, client) = shop(1).await;
    let (customer, product, variant) = customer_of_a_group(&client).await;
    let item = CartItemInput::new().product_id(product).quantity(1);
    let item = item.variant_id(variant).list_price(12);
    let cart = CartCreate::new().line_items([item]);
    let cart = cart.customer_id(customer);
    let cart = client.carts().create(cart).await.unwrap().id;
    for stale in [1, 0] {
        let refreshed = refresh_a_cart_after_a_change_of_group(&client, &cart).await;
        assert_eq!(refreshed.unwrap(), stale);
    }
    let cart = client.carts().get(&cart).await.unwrap();
    assert_eq!(Number::sum(&cart.cart_amount), Ok(Decimal::from(9)));
}

#[tokio::test]
async fn a_price_that_has_changed_is_found() {
    let (_store, client) = shop(1).await;
    let (_, _, variant) = customer_of_a_group(&client).await;
    let changed = find_prices_that_have_changed(&client, Timestamp::now() - 1.hours()).await;
    assert!(changed.unwrap().contains(&(variant, Decimal::from(9))));
    let later = Timestamp::now() + 1.hours();
    let changed = find_prices_that_have_changed(&client, later).await;
    assert!(changed.unwrap().is_empty());
}
