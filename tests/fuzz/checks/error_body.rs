//! What the API may return as an error: whatever the body, the error keeps it, says one line about
//! it, and never the token. The first byte picks the status.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    pin::pin,
    task::{Context, Poll, Waker},
};

use bigcommerce_client::Client;
use bytes::Bytes;

const TOKEN: &str = "the-token-of-these-tests";
/// None of them is worth another try.
const STATUSES: [u16; 7] = [400, 401, 403, 404, 409, 413, 422];

/// Checks one input.
pub fn check(data: &[u8]) {
    let Some((first, body)) = data.split_first() else {
        return;
    };
    let status = STATUSES[usize::from(*first) % STATUSES.len()];
    let body = Bytes::copy_from_slice(body);
    let store = Client::builder("abc123", TOKEN)
        .transport(Refusing {
            status,
            body: body.clone(),
        })
        .build()
        .expect("the settings are sound");
    let mut call = pin!(store.brands().get(1).send());
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        panic!("a refusal is not an error");
    };
    assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    assert_eq!(error.body(), Some(&body));
    let said = error.to_string();
    assert!(!said.contains(char::is_control), "{said:?}");
    if !body
        .windows(TOKEN.len())
        .any(|window| window == TOKEN.as_bytes())
    {
        assert!(!format!("{said} {error:?}").contains(TOKEN), "{said}");
    }
    for problem in error.problems() {
        let _ = format!("{problem:?}");
    }
}

#[derive(Clone)]
struct Refusing {
    status: u16,
    body: Bytes,
}

impl tower_service::Service<http::Request<Bytes>> for Refusing {
    type Response = http::Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        let mut response = http::Response::new(self.body.clone());
        if let Ok(status) = http::StatusCode::from_u16(self.status) {
            *response.status_mut() = status;
        }
        ready(Ok(response))
    }
}
