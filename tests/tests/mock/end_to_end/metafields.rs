//! Metafields: their owners, their visibility, and batches of them. Two resource types are tested,
//! since all of them come from one template.

use bigcommerce_client::shared::{
    Metafield, MetafieldBatchUpdate, MetafieldCreate, MetafieldPermission, MetafieldUpdate,
};
use bigcommerce_client::{
    brands::BrandCreate,
    carts::{CartCreate, CartItemInput, CartMetafieldBatchCreate},
};

use crate::end_to_end::{builder, shop};

fn new(key: &str, value: &str, permission: MetafieldPermission) -> MetafieldCreate {
    MetafieldCreate::new()
        .namespace("warehouse")
        .key(key)
        .value(value)
        .permission_set(permission)
}

fn keys(metafields: &[Metafield]) -> Vec<&str> {
    metafields
        .iter()
        .map(|it| it.key.as_deref().unwrap_or_default())
        .collect()
}

#[tokio::test]
async fn a_metafield_of_a_brand_is_its_accounts_own_and_others_see_what_it_permits() {
    let (store, client) = shop(0).await;
    let brand = client
        .brands()
        .create(BrandCreate::new("Acme"))
        .await
        .unwrap();
    let id = brand.id;
    let own = client.brands().metafields(id);
    let shelf = own
        .create(new("shelf", "A1", MetafieldPermission::AppOnly))
        .await
        .unwrap();
    assert_eq!(shelf.owner_client_id.as_deref(), Some(store.client_id()));
    assert_eq!(
        shelf.resource_id.as_ref().and_then(|id| id.as_i64()),
        Some(id)
    );
    own.create(new("row", "7", MetafieldPermission::Write))
        .await
        .unwrap();
    own.create(new("bin", "3", MetafieldPermission::Read))
        .await
        .unwrap();

    let twice = own
        .create(new("shelf", "B2", MetafieldPermission::Read))
        .await;
    assert_eq!(twice.unwrap_err().status().map(|it| it.as_u16()), Some(409));
    let moved = own
        .update(shelf.id, MetafieldUpdate::new().value("A2"))
        .await
        .unwrap();
    assert_eq!(moved.value.as_deref(), Some("A2"));

    let token = store.token_of("another", ["store_v2_products"]);
    let another = builder(&store, &token).build().unwrap();
    let theirs = another.brands().metafields(id);
    let seen = theirs.list().await.unwrap();
    assert_eq!(keys(&seen), ["row", "bin"]);
    let hidden = theirs.get(shelf.id).await.unwrap_err();
    assert!(hidden.is_not_found(), "{hidden}");
    let row = theirs
        .update(seen[0].id, MetafieldUpdate::new().value("8"))
        .await
        .unwrap();
    assert_eq!(row.value.as_deref(), Some("8"));
    for (of, change) in [
        (seen[0].id, MetafieldUpdate::new().key("line")),
        (seen[1].id, MetafieldUpdate::new().value("4")),
    ] {
        let refused = theirs.update(of, change).await.unwrap_err();
        assert_eq!(refused.status().map(|it| it.as_u16()), Some(403));
    }
    let refused = theirs.delete(seen[1].id).await.unwrap_err();
    assert_eq!(refused.status().map(|it| it.as_u16()), Some(403));
    theirs.delete(seen[0].id).await.unwrap();
    // The same namespace and key of another account is another metafield.
    theirs
        .create(new("shelf", "Z", MetafieldPermission::Read))
        .await
        .unwrap();
    assert_eq!(own.list().key("shelf").await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_token_for_the_metafields_of_all_accounts_manages_those_that_others_do_not_see() {
    let (store, client) = shop(0).await;
    let brand = client.brands().create(BrandCreate::new("Acme")).await;
    let brand = brand.unwrap().id;
    let own = client.brands().metafields(brand);
    let shelf = new("shelf", "A1", MetafieldPermission::AppOnly);
    let shelf = own.create(shelf).await.unwrap();

    let scopes = ["store_v2_products", "store_metafield_write_all"];
    let token = store.token_of("another", scopes);
    let another = builder(&store, &token).build().unwrap();
    let theirs = another.brands().metafields(brand);
    assert_eq!(keys(&theirs.list().await.unwrap()), ["shelf"]);
    let across = another.brand_metafields().list_across().await.unwrap();
    assert_eq!(keys(&across), ["shelf"]);
    let change = MetafieldUpdate::new().value("A2");
    let moved = theirs.update(shelf.id, change).await.unwrap();
    assert_eq!(moved.value.as_deref(), Some("A2"));
    assert_eq!(moved.owner_client_id.as_deref(), Some(store.client_id()));
    // What identifies it stays with the account that owns it.
    let renamed = theirs.update(shelf.id, MetafieldUpdate::new().key("row"));
    let refused = renamed.await.unwrap_err();
    assert_eq!(refused.status().map(|it| it.as_u16()), Some(403));
    theirs.delete(shelf.id).await.unwrap();
    assert!(own.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_batch_of_metafields_names_its_carts_and_saves_what_it_can() {
    let (_store, client) = shop(3).await;
    let product = client.products().list().await.unwrap()[0].id;
    let line = CartItemInput::new().product_id(product).quantity(1);
    let cart = client
        .carts()
        .create(CartCreate::new().line_items([line]))
        .await
        .unwrap();
    let all = client.cart_metafields();
    let item = |key: &str| {
        CartMetafieldBatchCreate::new()
            .resource_id(cart.id.to_string())
            .namespace("gift")
            .key(key)
            .value("yes")
            .permission_set(MetafieldPermission::WriteAndSfAccess)
    };
    let made = all
        .create_batch([item("wrap"), item("card")])
        .await
        .unwrap();
    assert_eq!(keys(&made), ["wrap", "card"]);
    let listed = client
        .carts()
        .metafields(cart.id.clone())
        .list()
        .await
        .unwrap();
    assert_eq!(keys(&listed), ["wrap", "card"]);

    let refused = all
        .create_batch([item("wrap"), item("bow")])
        .await
        .unwrap_err();
    assert_eq!(refused.status().map(|it| it.as_u16()), Some(422));
    assert_eq!(
        keys(&all.list_across().namespace("gift").await.unwrap()),
        ["wrap", "card", "bow"]
    );

    let change = MetafieldBatchUpdate::new(made[0].id).value("no");
    let changed = all.update_batch([change]).await.unwrap();
    assert_eq!(changed[0].value.as_deref(), Some("no"));
    let gone = all.delete_all(made.iter().map(|it| it.id)).await.unwrap();
    assert!(gone.is_complete());
    assert_eq!(keys(&all.list_across().await.unwrap()), ["bow"]);
}
