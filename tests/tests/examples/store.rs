//! The store that the examples work on. [`Store::start`] is the only place that knows what kind of store
//! it is; tests fill it and look into it through the API.

use bigcommerce_client::Client;
use bigcommerce_tests::server::{STORE_HASH, Server, TOKEN};

use super::shelves::Shelves;

/// A store on this machine; it ends when this is dropped.
pub struct Store {
    server: Server,
}

impl Store {
    /// An empty store.
    pub async fn start() -> Self {
        let shelves = Shelves::default();
        Self {
            server: Server::start(move |asked| shelves.answer(asked)).await,
        }
    }

    /// The variables by which an example finds it.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("STORE_HASH", STORE_HASH.to_owned()),
            ("ACCESS_TOKEN", TOKEN.to_owned()),
            ("BASE_URL", self.server.url()),
        ]
    }

    /// A client of it.
    pub fn client(&self) -> Client {
        let builder = Client::builder(STORE_HASH, TOKEN).base_url(self.server.url());
        builder.build().unwrap()
    }
}

/// Variables, as a program takes them.
pub fn pairs<'a>(variables: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    let pairs = variables.iter();
    pairs.map(|(name, value)| (*name, value.as_str())).collect()
}
