//! What the store rejects is returned as an error that says why, field by field.

use bigcommerce_client::{
    Error,
    brands::BrandCreate,
    categories::CategoryCreate,
    customers::CustomerCreate,
    order_statuses::OrderStatus,
    orders::OrderUpdate,
    pricelists::PriceListCreate,
    products::{ProductCreate, ProductType, ProductUpdate},
    webhooks::WebhookCreate,
};

use crate::end_to_end::shop;

/// The fields that the error names.
fn fields(error: &Error) -> Vec<&str> {
    let problems = error.problems().iter();
    let fields = problems.flat_map(|problem| &problem.fields);
    fields.map(|field| field.field.as_str()).collect()
}

fn mug() -> ProductCreate {
    ProductCreate::new()
        .name("Mug")
        .kind(ProductType::Physical)
        .weight(1)
        .price(10)
        .sku("MUG")
}

#[tokio::test]
async fn a_name_that_is_taken_is_a_conflict_that_names_the_field() {
    let (_store, client) = shop(0).await;
    let brand = || client.brands().create(BrandCreate::new("Acme"));
    let product = || client.products().create(mug());
    let price_list = || client.pricelists().create(PriceListCreate::new("Winter"));
    assert!(brand().await.unwrap().is_complete());
    assert!(product().await.unwrap().is_complete());
    price_list().await.unwrap();
    for (error, field) in [
        (brand().await.unwrap_err(), "name"),
        (product().await.unwrap_err(), "name"),
        (price_list().await.unwrap_err(), "name"),
    ] {
        assert!(error.is_conflict(), "{error}");
        assert_eq!(fields(&error), [field], "{error}");
        assert!(!error.may_have_happened() && !error.is_retryable());
    }
}

#[tokio::test]
async fn an_impossible_value_is_a_validation_error_that_names_the_field() {
    let (_store, client) = shop(0).await;
    let product = client.products().create(mug()).await.unwrap().id;
    let hidden = ProductUpdate::new().is_price_hidden(true);
    let error = client.products().update(product, hidden).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
    assert_eq!(fields(&error), ["is_price_hidden"]);

    let hook = WebhookCreate::new()
        .scope("store/order/*")
        .destination("http://example.com/hooks");
    let error = client.webhooks().create(hook).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
    assert_eq!(fields(&error), ["destination"]);

    let ada = || {
        CustomerCreate::new()
            .email("ada@example.com")
            .first_name("Ada")
            .last_name("Example")
    };
    client.customers().create([ada()]).await.unwrap();
    let error = client.customers().create([ada()]).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
    assert_eq!(error.problem().unwrap().fields[0].index(), Some(0));

    let empty = CategoryCreate::new("");
    let error = client.categories().create([empty]).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
}

#[tokio::test]
async fn a_missing_record_is_not_found_in_either_version() {
    let (_store, client) = shop(0).await;
    let shipped = OrderUpdate::new().status_id(OrderStatus::SHIPPED);
    for error in [
        client.products().get(9).await.unwrap_err(),
        client.orders().get(9).await.unwrap_err(),
        client.orders().update(9, shipped).await.unwrap_err(),
        client.carts().get("no-such-cart").await.unwrap_err(),
        client.pricelists().get(999).await.unwrap_err(),
        client.webhooks().get(9).await.unwrap_err(),
    ] {
        assert!(error.is_not_found(), "{error}");
    }
}
