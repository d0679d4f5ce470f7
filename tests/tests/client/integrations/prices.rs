//! Prices: price lists that miss something, and the price file of an ERP.

use std::collections::{HashMap, HashSet};

use bigcommerce_client::{
    Client, Error, Number,
    customer_groups::{
        CustomerGroupDiscountMethod, CustomerGroupDiscountRuleInput, CustomerGroupDiscountScope,
        CustomerGroupUpdate,
    },
    number,
    pricelist_assignments::PriceListAssignmentCreate,
    pricelists::PriceRecordInput,
    rust_decimal::Decimal,
    variants::VariantBatchUpdate,
};

use super::shop;

/// A price list lacks variants that were added later: they get their usual price less a percentage.
async fn complete_a_price_list(
    store: &Client,
    list: i64,
    currency: &str,
    factor: Decimal,
) -> Result<usize, Error> {
    let records = store.pricelists().list_records(list).currency(currency);
    let known = records.stream().into_vec().await?;
    let known: HashSet<_> = known.iter().filter_map(|it| it.variant_id).collect();
    let variants = store.variants().list_across().stream().into_vec().await?;
    let missing = variants.iter().filter(|it| !known.contains(&it.id));
    let mut records = Vec::new();
    for variant in missing {
        let price = Number::sum(&variant.calculated_price)? * factor;
        let record = PriceRecordInput::new(currency).variant_id(variant.id);
        records.push(record.price(price.round_dp(2)));
    }
    let lists = store.pricelists();
    let records = lists.upsert_all_records(list, records).await?.complete()?;
    Ok(records.len())
}

/// The price list of a group has no effect in a channel where it is not assigned to the group.
async fn assign_a_price_list_to_a_group(
    store: &Client,
    list: i64,
    group: i64,
    channel: i64,
) -> Result<bool, Error> {
    let assignments = store.pricelist_assignments();
    let known = assignments.list().customer_group_id(group);
    let known = known.channel_id(channel).await?;
    if known.iter().any(|it| it.price_list_id == Some(list)) {
        return Ok(false);
    }
    for other in &known {
        assignments.delete_matching().id(other.id).await?;
    }
    let new = PriceListAssignmentCreate::new(list).customer_group_id(group);
    assignments.create([new.channel_id(channel)]).await?;
    Ok(true)
}

/// A group has either discounts of its own or a price list, so the older discounts are removed.
async fn make_way_for_a_price_list(store: &Client, group: i64) -> Result<bool, Error> {
    let groups = store.customer_groups();
    let rules = groups.get(group).await?.discount_rules;
    let scope = Some(CustomerGroupDiscountScope::PriceList);
    if rules.iter().all(|rule| rule.kind == scope) {
        return Ok(false);
    }
    let change = CustomerGroupUpdate::new().discount_rules([]);
    groups.update(group, change).await?.complete()?;
    Ok(true)
}

/// The price file of an ERP has SKUs: only prices that differ are sent, and unknown SKUs are returned.
async fn set_prices_by_sku(
    store: &Client,
    prices: HashMap<String, Number>,
) -> Result<(usize, Vec<String>), Error> {
    let mut unknown = prices;
    let mut changes = Vec::new();
    let mut variants = store.variants().list_across().stream();
    while let Some(before) = variants.try_next().await? {
        let Some(price) = before.sku.as_ref().and_then(|sku| unknown.remove(sku)) else {
            continue;
        };
        let mut after = before.clone();
        after.price = Some(price);
        changes.extend(VariantBatchUpdate::between(&before, &after)?);
    }
    let changed = store.variants().update_all(changes).await?.complete()?;
    Ok((changed.len(), unknown.into_keys().collect()))
}

/// The prices that a price list has for a variant, by currency.
async fn find_the_prices_of_a_variant(
    store: &Client,
    list: i64,
    variant: i64,
) -> Result<HashMap<String, Decimal>, Error> {
    let records = store.pricelists().list_variant_records(list, variant);
    let records = records.stream().into_vec().await?.into_iter();
    let prices = records.filter_map(|it| Some((it.currency?, it.calculated_price?.value()?)));
    Ok(prices.collect())
}

#[tokio::test]
async fn a_price_list_has_a_price_for_every_variant() {
    let (_store, client) = shop(14).await;
    let list = client.pricelists().list().await.unwrap()[0].id;
    let half = Decimal::new(5, 1);
    let added = complete_a_price_list(&client, list, "usd", half).await;
    assert!(added.unwrap() > 0);
    let added = complete_a_price_list(&client, list, "usd", half).await;
    assert_eq!(added.unwrap(), 0);
    let variant = client.variants().list_across().await.unwrap()[0].id;
    let prices = find_the_prices_of_a_variant(&client, list, variant).await;
    assert_eq!(prices.unwrap().len(), 1);
}

#[tokio::test]
async fn a_price_list_is_assigned_and_nothing_hides_it() {
    let (_store, client) = shop(1).await;
    let list = client.pricelists().list().await.unwrap()[0].id;
    let group = client.customer_groups().list().await.unwrap()[0]
        .id
        .unwrap();
    let tenth = CustomerGroupDiscountRuleInput::new(CustomerGroupDiscountScope::All)
        .method(CustomerGroupDiscountMethod::Percent)
        .amount(number!(10));
    let own = CustomerGroupUpdate::new().discount_rules([tenth]);
    let own = client.customer_groups().update(group, own).await.unwrap();
    assert!(own.is_complete());
    for is_new in [true, false] {
        let removed = make_way_for_a_price_list(&client, group).await;
        assert_eq!(removed.unwrap(), is_new);
        let assigned = assign_a_price_list_to_a_group(&client, list, group, 1).await;
        assert_eq!(assigned.unwrap(), is_new);
    }
    let group = client.customer_groups().get(group).await.unwrap();
    assert!(group.discount_rules.is_empty());
}

#[tokio::test]
async fn prices_are_set_by_sku_and_unknown_skus_are_returned() {
    let (_store, client) = shop(3).await;
    let first = client.variants().list_across().await.unwrap()[0].clone();
    let sku = first.sku.unwrap();
    let prices = HashMap::from([(sku, number!(7.50)), ("none".to_owned(), number!(1))]);
    let set = set_prices_by_sku(&client, prices.clone()).await.unwrap();
    assert_eq!(set, (1, vec!["none".to_owned()]));
    let (again, _) = set_prices_by_sku(&client, prices).await.unwrap();
    assert_eq!(again, 0);
    let variant = client.variants().list_across().id(first.id).await.unwrap();
    assert_eq!(Number::sum(&variant[0].price), Ok(Decimal::new(75, 1)));
}
