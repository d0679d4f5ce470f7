//! The catalog: products that are hidden, lost, doubled or priced wrongly.

use std::collections::HashSet;

use bigcommerce_client::{
    Client, Error, Number,
    brands::BrandCreate,
    number,
    products::{
        InventoryTracking, Product, ProductAvailability, ProductCreate, ProductField,
        ProductInclude, ProductType, ProductUpdate,
    },
    rust_decimal::Decimal,
    variants::{VariantCreate, VariantOptionValueInput, VariantUpdate},
};

use super::shop;

/// A supplier's product gets the brand of its name, which is created if there is none.
async fn import_a_product_of_a_brand(
    store: &Client,
    sku: &str,
    brand: &str,
    price: Number,
) -> Result<i64, Error> {
    let known = store.products().list().sku(sku);
    if let Some(product) = known.first().await? {
        return Ok(product.id);
    }
    let brands = store.brands();
    let brand = match brands.list().name(brand).first().await? {
        Some(known) => known.id,
        None => brands.create(BrandCreate::new(brand)).await?.id,
    };
    let product = ProductCreate::new()
        .name(sku)
        .kind(ProductType::Physical)
        .weight(1)
        .price(price)
        .sku(sku)
        .brand_id(brand);
    Ok(store.products().create(product).await?.id)
}

/// Whatever else changed in the meantime stays: only the difference of two states is sent.
async fn update_from_a_feed(
    store: &Client,
    product: i64,
    name: &str,
    price: Number,
) -> Result<bool, Error> {
    let before = store.products().get(product).await?;
    let mut after = before.clone();
    after.name = Some(name.to_owned());
    after.price = Some(price);
    let Some(update) = ProductUpdate::between(&before, &after)? else {
        return Ok(false);
    };
    let updated = store.products().update(product, update).await?;
    updated.complete()?;
    Ok(true)
}

/// Products without a category cannot be found by browsing, so they get one of last resort.
async fn give_a_category_to_products_without_one(
    store: &Client,
    category: i64,
) -> Result<usize, Error> {
    let list = store.products().list();
    let products = list.include_fields([ProductField::Categories]).stream();
    let lost = products.into_vec().await?.into_iter();
    let lost = lost.filter(|product| product.categories.is_empty());
    let changes = lost.map(|it| ProductUpdate::new().id(it.id).categories([category]));
    let changed = store.products().update_all(changes).await?.complete()?;
    Ok(changed.len())
}

/// What is sold out is no longer offered, however many variants it has.
async fn stop_offering_what_is_sold_out(store: &Client) -> Result<usize, Error> {
    let list = store.products().list();
    let products = list.include([ProductInclude::Variants]).stream();
    let products = products.into_vec().await?;
    let level = |product: &Product| match product.inventory_tracking {
        Some(InventoryTracking::Product) => product.inventory_level,
        Some(InventoryTracking::Variant) => {
            let levels = product.variants.iter();
            Some(levels.filter_map(|variant| variant.inventory_level).sum())
        }
        _ => None,
    };
    let gone = products.iter().filter(|product| level(product) == Some(0));
    let changes = gone.map(|product| {
        let change = ProductUpdate::new().id(product.id);
        change.availability(ProductAvailability::Disabled)
    });
    let changed = store.products().update_all(changes).await?.complete()?;
    Ok(changed.len())
}

/// Stock is tracked by variant where there are several.
async fn track_the_stock_of_variants(store: &Client) -> Result<usize, Error> {
    let list = store.products().list();
    let mut products = list.include([ProductInclude::Variants]).stream();
    let mut changes = Vec::new();
    while let Some(product) = products.try_next().await? {
        let tracking = product.inventory_tracking;
        if product.variants.len() > 1 && tracking != Some(InventoryTracking::Variant) {
            let change = ProductUpdate::new().id(product.id);
            changes.push(change.inventory_tracking(InventoryTracking::Variant));
        }
    }
    let changed = store.products().update_all(changes).await?.complete()?;
    Ok(changed.len())
}

/// Variants without an SKU, or with that of another one, get one of their own.
async fn mend_the_skus_of_variants(store: &Client) -> Result<usize, Error> {
    let mut known = HashSet::new();
    let mut mended = 0;
    for variant in store.variants().list_across().stream().into_vec().await? {
        let sku = variant.sku.unwrap_or_default();
        let Some(product) = variant.product_id else {
            continue;
        };
        if !sku.is_empty() && known.insert(sku.clone()) {
            continue;
        }
        let change = VariantUpdate::new().sku(format!("{sku}#{}", variant.id));
        let variants = store.products().variants(product);
        variants.update(variant.id, change).await?.complete()?;
        mended += 1;
    }
    Ok(mended)
}

/// A variant whose own price is that of its product follows the product again.
async fn let_variants_follow_the_price_of_their_product(
    store: &Client,
    product: i64,
) -> Result<usize, Error> {
    let price = store.products().get(product).await?.price;
    let variants = store.products().variants(product);
    let mut mended = 0;
    let mut all = variants.list().stream();
    while let Some(variant) = all.try_next().await? {
        if variant.price.is_some() && Number::sum(&variant.price)? == Number::sum(&price)? {
            let change = VariantUpdate::new().clear_price();
            variants.update(variant.id, change).await?.complete()?;
            mended += 1;
        }
    }
    Ok(mended)
}

/// An export with sub-resources has to be complete, though the API shortens its pages then.
async fn export_products_with_their_parts(store: &Client) -> Result<(usize, usize), Error> {
    let parts = [ProductInclude::Variants, ProductInclude::Options];
    let products = store.products().list().include(parts).limit(250).stream();
    let products = products.into_vec().await?;
    let variants = products.iter().map(|product| product.variants.len());
    Ok((products.len(), variants.sum()))
}

#[tokio::test]
async fn a_product_of_a_supplier_is_imported_once_with_its_brand() {
    let (_store, client) = shop(0).await;
    for _ in 0..2 {
        let imported = import_a_product_of_a_brand(&client, "K-1", "Tallis", number!(49.50));
        imported.await.unwrap();
    }
    let other = import_a_product_of_a_brand(&client, "K-2", "Tallis", number!(9));
    other.await.unwrap();
    assert_eq!(client.brands().list().await.unwrap().len(), 1);
    assert_eq!(client.products().list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn only_what_a_feed_changes_is_sent() {
    let (store, client) = shop(1).await;
    let id = client.products().list().await.unwrap()[0].id;
    for is_new in [true, false] {
        let changed = update_from_a_feed(&client, id, "Kettle", number!(49.50));
        assert_eq!(changed.await.unwrap(), is_new);
    }
    let product = client.products().get(id).await.unwrap();
    assert_eq!(product.name.as_deref(), Some("Kettle"));
    let updates = |id: Option<&str>| id == Some("products.update");
    let log = store.log();
    let sent = log.iter().filter(|logged| updates(logged.endpoint));
    assert_eq!(sent.count(), 1);
}

#[tokio::test]
async fn products_without_a_category_get_one() {
    let (_store, client) = shop(3).await;
    let products = client.products().list().await.unwrap();
    let category = products[1].categories[0];
    let lost = ProductUpdate::new().categories([]);
    let lost = client.products().update(products[0].id, lost);
    assert!(lost.await.unwrap().is_complete());
    let given = give_a_category_to_products_without_one(&client, category);
    assert_eq!(given.await.unwrap(), 1);
    let found = client.products().get(products[0].id).await.unwrap();
    assert_eq!(found.categories.as_slice(), [category]);
}

#[tokio::test]
async fn what_is_sold_out_is_no_longer_offered() {
    let (_store, client) = shop(3).await;
    let id = client.products().list().await.unwrap()[0].id;
    let sold_out = ProductUpdate::new()
        .inventory_tracking(InventoryTracking::Product)
        .inventory_level(0);
    let sold_out = client.products().update(id, sold_out).await.unwrap();
    assert!(sold_out.is_complete());
    let stopped = stop_offering_what_is_sold_out(&client).await.unwrap();
    assert!(stopped > 0);
    let product = client.products().get(id).await.unwrap();
    assert_eq!(product.availability, Some(ProductAvailability::Disabled));
}

/// A shirt in two sizes.
pub(super) async fn shirt(client: &Client) -> i64 {
    let size = |size: &str| {
        let value = VariantOptionValueInput::new().option_display_name("Size");
        VariantCreate::new(format!("SHIRT-{size}"), [value.label(size)])
    };
    let shirt = ProductCreate::new()
        .name("Shirt")
        .kind(ProductType::Physical)
        .weight(1)
        .price(20)
        .variants([size("S"), size("L")]);
    client.products().create(shirt).await.unwrap().id
}

#[tokio::test]
async fn the_stock_of_variants_is_tracked() {
    let (_store, client) = shop(0).await;
    let id = shirt(&client).await;
    assert_eq!(track_the_stock_of_variants(&client).await.unwrap(), 1);
    let shirt = client.products().get(id).await.unwrap();
    assert_eq!(shirt.inventory_tracking, Some(InventoryTracking::Variant));
    let (products, variants) = export_products_with_their_parts(&client).await.unwrap();
    assert_eq!((products, variants), (1, 2));
}

#[tokio::test]
async fn every_variant_has_an_sku_of_its_own() {
    let (_store, client) = shop(8).await;
    let plain = ProductCreate::new()
        .name("Plain")
        .kind(ProductType::Physical)
        .weight(1)
        .price(20);
    let made = client.products().create(plain).await.unwrap();
    made.complete().unwrap();
    for mended in [1, 0] {
        let run = mend_the_skus_of_variants(&client).await;
        assert_eq!(run.unwrap(), mended);
    }
    let variants = client.variants().list_across().stream().into_vec().await;
    let variants = variants.unwrap();
    let skus = variants.iter().filter_map(|it| it.sku.as_deref());
    let skus: HashSet<_> = skus.filter(|sku| !sku.is_empty()).collect();
    assert!(!variants.is_empty());
    assert_eq!(skus.len(), variants.len());
}

#[tokio::test]
async fn a_variant_follows_the_price_of_its_product() {
    let (_store, client) = shop(0).await;
    let id = shirt(&client).await;
    let variants = client.products().variants(id);
    let first = variants.list().await.unwrap()[0].id;
    let same = VariantUpdate::new().price(number!(20.00));
    assert!(variants.update(first, same).await.unwrap().is_complete());
    let mended = let_variants_follow_the_price_of_their_product(&client, id).await;
    assert_eq!(mended.unwrap(), 1);
    let raised = ProductUpdate::new().price(25);
    let raised = client.products().update(id, raised).await.unwrap();
    assert!(raised.is_complete());
    let variant = variants.get(first).await.unwrap();
    assert_eq!(
        Number::sum(&variant.calculated_price),
        Ok(Decimal::from(25))
    );
}
