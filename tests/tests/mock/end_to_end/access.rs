//! What a token may do, and how the client reports what it may not do.

use bigcommerce_client::{
    Scope,
    brands::BrandCreate,
    scripts::{ScriptCreate, ScriptUpdate, ScriptVisibility},
};

use crate::end_to_end::{builder, shop};

#[tokio::test]
async fn a_scope_that_is_missing_is_named_with_its_label_in_the_control_panel() {
    let (store, client) = shop(4).await;
    let products_only = store.token_with(["store_v2_products"]);
    let products_only = builder(&store, &products_only).build().unwrap();
    assert!(!products_only.products().list().await.unwrap().is_empty());
    let error = products_only.orders().list().await.unwrap_err();
    assert!(error.is_missing_scope() && !error.is_retryable());
    assert_eq!(error.missing_scope(), Some(Scope::OrdersRead));
    assert!(error.to_string().contains("Orders: read-only"), "{error}");
    assert!(!client.orders().list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_read_only_token_reads_every_group_and_writes_to_none() {
    let (store, _) = shop(4).await;
    let client = builder(&store, store.read_only_token()).build().unwrap();
    client.brands().list().await.unwrap();
    client.categories().list().await.unwrap();
    client.customers().list().await.unwrap();
    client.orders().list().await.unwrap();
    client.pricelists().list().await.unwrap();
    let products = client.products().list().await.unwrap();
    client
        .products()
        .variants(products[0].id)
        .list()
        .await
        .unwrap();
    client.webhooks().list().await.unwrap();

    let error = client
        .brands()
        .create(BrandCreate::new("Acme"))
        .await
        .unwrap_err();
    assert_eq!(error.missing_scope(), Some(Scope::ProductsModify));
    let error = client.orders().delete(100).await.unwrap_err();
    assert_eq!(error.missing_scope(), Some(Scope::OrdersModify));
}

#[tokio::test]
async fn a_token_that_is_unknown_or_taken_back_is_refused_and_never_shown() {
    let (store, _) = shop(0).await;
    let revoked = store.token_with(["store_v2_products"]);
    let client = builder(&store, &revoked).build().unwrap();
    client.brands().list().await.unwrap();
    assert!(store.revoke(&revoked));
    let unknown = builder(&store, "wr0ng-t0ken").build().unwrap();
    for (client, token) in [(client, revoked.as_str()), (unknown, "wr0ng-t0ken")] {
        let error = client.brands().list().await.unwrap_err();
        assert!(error.is_unauthorized(), "{error}");
        assert!(!format!("{error} {error:?} {client:?}").contains(token));
    }
}

#[tokio::test]
async fn a_token_opens_its_own_store_alone_and_what_its_own_account_made() {
    let (store, client) = shop(2).await;
    let (other, _) = shop(0).await;
    let stranger = builder(&store, other.token()).build().unwrap();
    let error = stranger.products().list().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");

    // Each token of a store works, as far as its scopes go.
    let second = store.token_with(["store_v2_products_read_only"]);
    let second = builder(&store, &second).build().unwrap();
    assert_eq!(second.products().list().await.unwrap().len(), 2);
    assert_eq!(client.products().list().await.unwrap().len(), 2);

    let account = store.token_of("another-account", ["store_v2_content"]);
    let another = builder(&store, &account).build().unwrap();
    let script = client.scripts().create(ScriptCreate::new("Chat"));
    let script = script.await.unwrap().uuid.unwrap();
    assert!(another.scripts().list().await.unwrap().is_empty());
    let error = another.scripts().get(&script).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    let error = another.scripts().delete(&script).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    client.scripts().get(&script).await.unwrap();
}

#[tokio::test]
async fn a_value_that_needs_a_further_scope_is_refused_until_the_token_has_it() {
    let (store, _) = shop(0).await;
    let chat = || ScriptCreate::new("Chat");
    let on_checkout = || chat().visibility(ScriptVisibility::AllPages);
    let content = store.token_with(["store_v2_content"]);
    let content = builder(&store, &content).build().unwrap();
    let scripts = content.scripts();
    let uuid = scripts.create(chat()).await.unwrap().uuid.unwrap();
    let moved = ScriptUpdate::new().visibility(ScriptVisibility::Checkout);
    for error in [
        scripts.create(on_checkout()).await.unwrap_err(),
        scripts.update(&uuid, moved).await.unwrap_err(),
    ] {
        let needs = "it also needs `store_content_checkout`";
        assert!(error.is_missing_scope(), "{error}");
        assert!(error.to_string().contains(needs), "{error}");
    }
    let said = "also needs store_content_checkout";
    let log = store.log().into_iter();
    assert_eq!(log.filter(|one| one.decision.contains(said)).count(), 2);

    let both = store.token_with(["store_v2_content", "store_content_checkout"]);
    let both = builder(&store, &both).build().unwrap();
    both.scripts().create(on_checkout()).await.unwrap();
}

#[tokio::test]
async fn a_script_on_checkout_pages_needs_the_scope_of_checkout_content_to_be_read_or_changed() {
    let (store, client) = shop(0).await;
    let chat = ScriptCreate::new("Chat").visibility(ScriptVisibility::AllPages);
    let uuid = client.scripts().create(chat).await.unwrap().uuid.unwrap();
    let status = |error: bigcommerce_client::Error| error.status().map(|status| status.as_u16());
    let elsewhere = || ScriptUpdate::new().visibility(ScriptVisibility::Storefront);
    for (more, listed, changed) in [
        (None, 0, 404),
        (Some("store_content_checkout_read_only"), 1, 403),
    ] {
        let scopes = ["store_v2_content"].into_iter().chain(more);
        let token = store.token_with(scopes);
        let limited = builder(&store, &token).build().unwrap();
        let scripts = limited.scripts();
        assert_eq!(scripts.list().await.unwrap().len(), listed, "{more:?}");
        assert_eq!(scripts.get(&uuid).await.is_ok(), listed == 1, "{more:?}");
        let error = scripts.update(&uuid, elsewhere()).await.unwrap_err();
        assert_eq!(status(error), Some(changed), "{more:?}");
        let error = scripts.delete(&uuid).await.unwrap_err();
        assert_eq!(status(error), Some(changed), "{more:?}");
    }
    client.scripts().update(&uuid, elsewhere()).await.unwrap();
    client.scripts().delete(&uuid).await.unwrap();
}

#[tokio::test]
async fn a_read_only_handle_reads_with_a_token_that_could_write() {
    let (store, client) = shop(12).await;
    let reader = client.read_only();
    let products = reader.products().list().limit(5).stream();
    assert_eq!(products.into_vec().await.unwrap().len(), 12);
    assert!(!reader.orders().list().await.unwrap().is_empty());
    assert!(store.log().iter().all(|logged| logged.method == "GET"));
}

#[tokio::test]
async fn what_the_client_knows_it_was_not_granted_is_not_even_sent() {
    let (store, _) = shop(0).await;
    let token = store.token_with(["store_v2_products_read_only"]);
    let client = builder(&store, &token).granted([Scope::ProductsRead]);
    let client = client.build().unwrap();
    client.brands().list().await.unwrap();
    let error = client
        .brands()
        .create(BrandCreate::new("Acme"))
        .await
        .unwrap_err();
    assert_eq!(error.missing_scope(), Some(Scope::ProductsModify));
    assert_eq!(store.log().len(), 1);
}
