//! Guarantees for single-click apps: a token is accepted only for the right store and with scopes, and
//! a callback only if BigCommerce signed it. The cases are in `tests/data/app`.

mod callbacks;
mod exchanges;
mod life;
mod logins;
mod payloads;

use bigcommerce_client::{
    Scope,
    app::{App, AppBuilder},
};

/// The secret of the app, which must never be shown.
const SECRET: &str = "client-secret-9f8e7d";
const CLIENT_ID: &str = "236754";
const REDIRECT: &str = "https://app.example.com/auth";
const QUERY: &str = "code=qr6h3thv&scope=store_v2_orders+store_v2_products&context=stores%2Fabc123";

fn builder() -> AppBuilder {
    App::builder(CLIENT_ID, SECRET, REDIRECT).scopes([Scope::OrdersModify, Scope::ProductsModify])
}
