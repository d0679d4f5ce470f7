//! A store with a copy of another one's records, for tests that start with the same records.

use bigcommerce_client::{
    brands::BrandCreate,
    products::{ProductCreate, ProductType},
    upload::FilePart,
};

use crate::end_to_end::{builder, shop};

#[tokio::test]
async fn a_copy_has_what_was_there_and_goes_its_own_way_from_then_on() {
    let (furnished, client) = shop(2).await;
    let first = BrandCreate::new("First");
    let first = client.brands().create(first).await.unwrap();

    let copy = furnished.copy().await.unwrap();
    assert_ne!(copy.url(), furnished.url());
    assert_eq!(copy.hash(), furnished.hash());
    // The token of the original works with the copy.
    let other = builder(&copy, furnished.token()).build().unwrap();
    let kept = other.brands().get(first.id).await.unwrap();
    assert_eq!(kept.name.as_deref(), Some("First"));
    assert_eq!(copy.log().len(), 1, "the log begins anew");

    let second = BrandCreate::new("Second");
    let second = other.brands().create(second).await.unwrap();
    assert_eq!(second.id, first.id + 1, "ids go on where they were");
    assert!(
        client
            .brands()
            .get(second.id)
            .await
            .unwrap_err()
            .is_not_found()
    );
    client.brands().delete(first.id).await.unwrap();
    assert!(other.brands().get(first.id).await.is_ok());
    // Unique values are also unique among the copied records.
    let again = other.brands().create(BrandCreate::new("First")).await;
    assert_eq!(again.unwrap_err().status().map(|it| it.as_u16()), Some(409));

    let token = furnished.token_with(["store_v2_default_read_only"]);
    assert!(!copy.revoke(&token), "it was given out later");
}

#[tokio::test]
async fn addresses_in_a_copy_lead_to_the_copy() {
    let (furnished, client) = shop(1).await;
    let product = ProductCreate::new()
        .name("Mug")
        .kind(ProductType::Physical)
        .weight(1)
        .price(10);
    let product = client.products().create(product).await.unwrap().id;
    let image = FilePart::bytes("mug.png", b"\x89PNG\r\n\x1a\n".to_vec());
    let image = client.products().images(product).upload(image);
    let image = image.await.unwrap();
    let of = |address: Option<String>| address.unwrap();
    assert!(of(image.url_zoom).starts_with(furnished.url()));

    let copy = furnished.copy().await.unwrap();
    let other = builder(&copy, copy.token()).build().unwrap();
    let images = other.products().images(product).list().await.unwrap();
    let address = of(images.items[0].url_zoom.clone());
    assert!(address.starts_with(copy.url()), "{address}");
    // The original is unchanged.
    let images = client.products().images(product).list().await.unwrap();
    let address = of(images.items[0].url_zoom.clone());
    assert!(address.starts_with(furnished.url()), "{address}");
}
