//! The life of a product, with everything that belongs to it.

use bigcommerce_client::{
    brands::{BrandCreate, BrandUpdate},
    categories::CategoryCreate,
    products::{CustomFieldInput, ProductCreate, ProductInclude, ProductType, ProductUpdate},
    variants::{VariantBatchUpdate, VariantCreate, VariantOptionValueInput, VariantUpdate},
};
use rust_decimal::Decimal;

use crate::end_to_end::shop;

/// A product that comes in these sizes.
fn mug(sizes: &[&str]) -> ProductCreate {
    let variants = sizes.iter().map(|size| {
        let value = VariantOptionValueInput::new().option_display_name("Size");
        VariantCreate::new(format!("MUG-{size}"), [value.label(*size)])
    });
    let mug = ProductCreate::new()
        .name("Mug")
        .kind(ProductType::Physical)
        .weight(1)
        .price(Decimal::new(12_50, 2));
    mug.sku("MUG").variants(variants)
}

#[tokio::test]
async fn a_product_is_made_with_all_that_belongs_to_it_and_read_back_with_it() {
    let (_store, client) = shop(0).await;
    let brand = client.brands().create(BrandCreate::new("Penhallow")).await;
    let brand = brand.unwrap().id;
    let tree = client.categories().trees().await.unwrap()[0].id;
    let drinking = CategoryCreate::new("Drinking").tree_id(tree);
    let made = client.categories().create([drinking]).await.unwrap();
    let category = made[0].category_id;

    let made_in = CustomFieldInput::new().name("Made in").value("Wales");
    let product = mug(&["S", "L"]).brand_id(brand).categories([category]);
    let product = client.products().create(product.custom_fields([made_in]));
    let product = product.await.unwrap();
    assert!(product.is_complete());

    let list = client.products().list().brand_id(brand);
    let list = list.include([ProductInclude::Variants, ProductInclude::CustomFields]);
    let found = list.await.unwrap();
    assert_eq!(found.len(), 1);
    let found = &found[0];
    assert_eq!(found.id, product.id);
    assert_eq!(found.name.as_deref(), Some("Mug"));
    let price = found.price.as_ref().and_then(|price| price.value());
    assert_eq!(price, Some(Decimal::new(12_50, 2)));
    assert_eq!(found.categories.to_vec(), [category]);
    assert_eq!(found.custom_fields[0].value.as_deref(), Some("Wales"));
    let skus: Vec<_> = found
        .variants
        .iter()
        .filter_map(|it| it.sku.as_deref())
        .collect();
    assert_eq!(skus, ["MUG-S", "MUG-L"]);

    let tree = client.categories().tree(tree).await.unwrap();
    assert!(tree.iter().any(|node| node.id == category));
}

#[tokio::test]
async fn variants_have_prices_of_their_own_until_these_are_taken_back() {
    let (_store, client) = shop(0).await;
    let product = client.products().create(mug(&["S", "L"])).await.unwrap();
    let variants = client.products().variants(product.id);
    let list = || variants.list().stream().into_vec();
    let [small, large] = &list().await.unwrap()[..] else {
        panic!("two variants")
    };
    assert_eq!((small.price.as_ref(), large.price.as_ref()), (None, None));

    let changes = [(small, 10), (large, 15)]
        .map(|(variant, price)| VariantBatchUpdate::new(variant.id).price(price));
    client.variants().update_batch(changes).await.unwrap();
    let prices = |variants: &[bigcommerce_client::variants::Variant]| {
        let prices = variants.iter().map(|variant| variant.price.as_ref());
        let prices = prices.map(|price| price.and_then(|price| price.value()));
        prices.collect::<Vec<_>>()
    };
    let both = [Some(Decimal::from(10)), Some(Decimal::from(15))];
    assert_eq!(prices(&list().await.unwrap()), both);

    let back = VariantUpdate::new().clear_price();
    let back = variants.update(large.id, back).await.unwrap();
    assert_eq!(back.price, None);
    assert_eq!(prices(&list().await.unwrap()), [both[0], None]);
}

#[tokio::test]
async fn a_change_leaves_alone_what_it_does_not_name() {
    let (_store, client) = shop(0).await;
    let products = client.products();
    let product = products
        .create(mug(&["S"]).description("Enamel"))
        .await
        .unwrap();
    let changed = ProductUpdate::new().name("Cup").price(9);
    let changed = products.update(product.id, changed).await.unwrap();
    assert_eq!(changed.name.as_deref(), Some("Cup"));
    let read = products.get(product.id).await.unwrap();
    assert_eq!(read.name.as_deref(), Some("Cup"));
    assert_eq!(read.description.as_deref(), Some("Enamel"));
    assert_eq!(read.sku.as_deref(), Some("MUG"));
}

#[tokio::test]
async fn what_is_removed_is_gone_from_all_that_named_it() {
    let (_store, client) = shop(0).await;
    let brand = client.brands().create(BrandCreate::new("Tallis")).await;
    let brand = brand.unwrap().id;
    let renamed = BrandUpdate::new().name("Tallis & Daughter");
    let renamed = client.brands().update(brand, renamed).await.unwrap();
    assert_eq!(renamed.name.as_deref(), Some("Tallis & Daughter"));
    let product = client.products().create(mug(&["S"]).brand_id(brand));
    let product = product.await.unwrap().id;

    client.brands().delete(brand).await.unwrap();
    let error = client.brands().get(brand).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let orphan = client.products().get(product).await.unwrap();
    assert_eq!(orphan.brand_id, Some(0));

    client.products().delete(product).await.unwrap();
    let error = client.products().get(product).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let error = client
        .products()
        .variants(product)
        .list()
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn a_new_product_has_at_most_600_variants_and_250_values_of_an_option() {
    let (_store, client) = shop(0).await;
    let new = |name: &str, sizes: usize, colours: usize| {
        let pairs = (0..sizes).flat_map(|size| (0..colours).map(move |colour| (size, colour)));
        let variants = pairs.map(|(size, colour)| {
            let value = |option: &str, label: usize| {
                let value = VariantOptionValueInput::new().option_display_name(option);
                value.label(label.to_string())
            };
            let values = [value("Size", size), value("Colour", colour)];
            VariantCreate::new(format!("{name}-{size}-{colour}"), values)
        });
        let product = ProductCreate::new().name(name).kind(ProductType::Physical);
        let product = product.weight(1).price(5).variants(variants);
        client.products().create(product)
    };
    for (name, sizes, colours) in [("Shirt", 151, 4), ("Scarf", 251, 2)] {
        let error = new(name, sizes, colours).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(422), "{name}");
    }
    let made = new("Sock", 150, 4).await.unwrap();
    let variants = client.products().variants(made.id).list().stream();
    assert_eq!(variants.into_vec().await.unwrap().len(), 600);
}
