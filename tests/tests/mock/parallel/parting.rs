//! One client deletes what the other uses at the same moment. Whichever comes first, no dangling
//! reference is left.

use bigcommerce_client::{
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate},
    pricelists::{PriceListCreate, PriceRecordInput},
    products::{ProductCreate, ProductType},
    variants::{VariantCreate, VariantOptionValueInput},
};
use serde_json::json;
use tokio::join;

use crate::parallel::{
    races,
    worker::{Worker, refused},
};

/// One deletes a product while the other creates a variant of it, orders it and adds it to a cart.
pub async fn product(one: &mut Worker, other: &mut Worker, name: &str) {
    let value = |option: &str, label: &str| {
        VariantOptionValueInput::new()
            .option_display_name(option)
            .label(label)
    };
    let variant = |size: &str, colour: &str| {
        let values = [value("Size", size), value("Colour", colour)];
        VariantCreate::new(format!("{name} {size} {colour}"), values)
    };
    let product = ProductCreate::new()
        .name(name)
        .kind(ProductType::Digital)
        .weight(1)
        .price(5);
    let product = product.variants([variant("S", "red"), variant("M", "blue")]);
    let product = one.client.products().create(product).await.unwrap().id;
    let made = one
        .client
        .products()
        .variants(product)
        .list()
        .await
        .unwrap();
    let values = [
        &made.items[0].option_values[0],
        &made.items[1].option_values[1],
    ];
    let values = values.map(|value| {
        let input = VariantOptionValueInput::new().option_id(value.option_id.unwrap());
        input.id(value.id.unwrap())
    });
    one.ledger
        .made("products", product, json!({ "base_variant_id": null }));
    let line = OrderLineCreate::new().product_id(product).quantity(1);
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701")).products([line]);
    let (gone, made, ordered) = join!(
        one.client.products().delete(product).into_future(),
        other
            .client
            .products()
            .variants(product)
            .create(VariantCreate::new(format!("{name} free"), values))
            .into_future(),
        other.client.orders().create(order).into_future(),
    );
    gone.unwrap();
    one.ledger.deleted("products", product);
    if let Err(error) = made {
        assert!(refused(&error), "{error:?}");
    }
    match ordered {
        Ok(order) => other
            .ledger
            .made("orders", order.id, json!({ "items_total": 1 })),
        Err(error) => assert!(refused(&error), "{error:?}"),
    }
}

/// One deletes a price list while the other sets a price in it, and then the product.
pub async fn price_list(one: &mut Worker, other: &mut Worker, name: &str) {
    let product = races::product(other, name).await;
    let variant = other
        .ledger
        .field("products", &product.to_string(), "base_variant_id");
    let variant = variant.as_i64().unwrap();
    let list = one
        .client
        .pricelists()
        .create(PriceListCreate::new(name))
        .await
        .unwrap()
        .id;
    one.ledger
        .made("price_lists", list, json!({ "name": name }));
    let records = || {
        let price = |currency| PriceRecordInput::new(currency).variant_id(variant).price(3);
        ["usd", "eur", "gbp"].map(price)
    };
    let (gone, priced) = join!(
        one.client.pricelists().delete(list).into_future(),
        other
            .client
            .pricelists()
            .upsert_records(list, records())
            .into_future(),
    );
    gone.unwrap();
    one.ledger.deleted("price_lists", list);
    assert!(priced.as_ref().err().is_none_or(refused), "{priced:?}");

    let kept = one
        .client
        .pricelists()
        .create(PriceListCreate::new(format!("{name} kept")));
    let kept = kept.await.unwrap().id;
    one.ledger.made("price_lists", kept, json!({}));
    let (gone, priced) = join!(
        other.client.products().delete(product).into_future(),
        one.client
            .pricelists()
            .upsert_records(kept, records())
            .into_future(),
    );
    gone.unwrap();
    other.forget_product(&product.to_string());
    assert!(priced.as_ref().err().is_none_or(refused), "{priced:?}");
}
