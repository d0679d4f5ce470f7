//! A login service with a registered app, for the tests of this module.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::Response;

use super::{App, Issued, Person, Registration, Tokens};
use crate::urlencoded::parse;

#[derive(Default)]
pub(super) struct Kept {
    pub(super) issued: Mutex<Vec<Issued>>,
    pub(super) uninstalled: Mutex<Vec<String>>,
}

impl Tokens for Kept {
    fn register(&self, issued: Issued) {
        self.issued.lock().unwrap().push(issued);
    }

    fn revoke(&self, client_id: &str) {
        self.issued
            .lock()
            .unwrap()
            .retain(|it| it.client_id != client_id);
    }

    fn uninstalled(&self, client_id: &str) {
        self.uninstalled.lock().unwrap().push(client_id.to_owned());
    }
}

pub(super) fn login() -> (App, Arc<Kept>) {
    let kept = Arc::<Kept>::default();
    let login = App::new("abc123", Person::new(1, "owner@example.com"), kept.clone());
    let app = Registration::new("id", "secret", "http://127.0.0.1:3000/auth");
    login.register(app.scopes(["store_v2_orders", "store_v2_products"]));
    (login, kept)
}

pub(super) fn location(answer: &Response<Bytes>) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}

pub(super) fn code(login: &App) -> String {
    let to = location(&login.authorize("client_id=id&accept=1"));
    let query = parse(to.split_once('?').unwrap().1);
    query
        .into_iter()
        .find(|(name, _)| name == "code")
        .unwrap()
        .1
}
