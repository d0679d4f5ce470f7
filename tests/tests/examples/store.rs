//! The mock store for the examples. Tests fill and inspect it through the API.

use bigcommerce_client::{
    Client,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate},
};
use bigcommerce_mock::{Plan, Store};

/// A store without products and without a quota.
pub async fn empty() -> Store {
    let store = Store::builder().products(0).plan(Plan::Enterprise);
    store.start().await.unwrap()
}

/// The environment variables by which an example finds it.
pub fn variables(store: &Store) -> Vec<(&'static str, &str)> {
    vec![
        ("STORE_HASH", store.hash()),
        ("ACCESS_TOKEN", store.token()),
        ("BASE_URL", store.url()),
    ]
}

pub fn client(store: &Store) -> Client {
    let builder = Client::builder(store.hash(), store.token()).base_url(store.url());
    builder.build().unwrap()
}

/// An order with this status.
pub fn order(status: i64) -> OrderCreate {
    let address = OrderBillingAddressCreate::new("78701")
        .first_name("Ada")
        .last_name("Example")
        .street_1("1 Main Street")
        .city("Austin")
        .state("Texas")
        .country("United States")
        .country_iso2("US")
        .email("ada@example.com");
    let line = OrderLineCreate::new().name("Mug").quantity(1);
    let line = line.price_inc_tax(10).price_ex_tax(10);
    let order = OrderCreate::new(address).products([line]);
    order.status_id(status).total_inc_tax(10).total_ex_tax(10)
}
