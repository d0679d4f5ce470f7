//! An app is installed in a store and uninstalled again.

use bigcommerce_client::{
    Scope,
    app::{App, MemoryTokens, TokenStore},
    brands::BrandCreate,
};
use bigcommerce_mock::app::{Callback, Registration};
use bigcommerce_tests::server::{Answer, Server};
use secrecy::ExposeSecret;

use crate::end_to_end::shop;

const ID: &str = "app 236754";
const SECRET: &str = "client-secret-9f8e7d";

/// The URL to which the merchant's browser is redirected.
async fn sent_to(url: &str) -> String {
    // Nothing here uses TLS, yet it requires a provider of certificates.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let stays = reqwest::redirect::Policy::none();
    let browser = reqwest::Client::builder().no_proxy().redirect(stays);
    let page = browser.build().unwrap().get(url).send().await.unwrap();
    page.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_app_gets_a_token_for_what_the_merchant_agreed_to_until_it_is_uninstalled() {
    let (store, _) = shop(4).await;
    let callbacks = Server::start(|_| Answer::empty(204)).await;
    let redirect = format!("{}/auth", callbacks.url());
    let registered = Registration::new(ID, SECRET, &redirect)
        .scopes(["store_v2_orders_read_only"])
        .load_url(format!("{}/load", callbacks.url()))
        .uninstall_url(format!("{}/uninstall", callbacks.url()));
    store.apps().register(registered);
    let app = App::builder(ID, SECRET, &redirect)
        .scopes([Scope::OrdersRead])
        .login_url(store.url())
        .build()
        .unwrap();

    let agreed = format!("{}&accept=1", app.authorize_url(store.hash()));
    let callback = sent_to(&agreed).await;
    assert!(callback.starts_with(&redirect), "{callback}");
    let tokens = MemoryTokens::default();
    let grant = app.install(&callback, &tokens).await.unwrap();
    assert_eq!(grant.store_hash, store.hash());
    let client = grant
        .client_builder()
        .base_url(store.url())
        .build()
        .unwrap();
    assert!(!client.orders().list().await.unwrap().is_empty());
    let error = client
        .brands()
        .create(BrandCreate::new("Acme"))
        .await
        .unwrap_err();
    assert_eq!(error.missing_scope(), Some(Scope::ProductsModify));
    let exchanged_twice = app.install(&callback, &tokens).await.unwrap_err();
    let told = exchanged_twice.to_string();
    assert!(!told.contains(grant.access_token.expose_secret()), "{told}");

    let login = store.apps();
    let load = login
        .callback_url(ID, Callback::Load, login.owner())
        .unwrap();
    assert!(app.load(&load).unwrap().is_owner());
    assert_eq!(login.uninstall(ID).await.unwrap(), 204);
    let [asked] = &callbacks.take()[..] else {
        panic!("one callback")
    };
    app.uninstall(&asked.line(), &tokens).await.unwrap();
    assert!(tokens.get(store.hash()).await.unwrap().is_none());
    let error = client.orders().list().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
}
