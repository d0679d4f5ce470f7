//! Whatever anybody may send to a hook's destination or an app's callbacks: nothing that was not
//! signed is accepted, and nothing falls over. Three lines of headers, then the body.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    sync::LazyLock,
    task::{Context, Poll},
};

use bigcommerce_client::{
    app::{App, Callback},
    webhook::{Signer, Timestamp, Topic, Verifier, VerifyError},
};
use bytes::Bytes;

const SECRET: &str = "the secret of these tests";
const NOW: i64 = 1_700_000_000;
/// The length up to which every id is accepted.
const LONGEST: usize = 256;

static APP: LazyLock<App> = LazyLock::new(|| {
    App::builder("client", SECRET, "https://app.example.com/auth")
        .transport(Nobody)
        .build()
        .expect("the settings are sound")
});

/// Checks one input.
pub fn check(data: &[u8]) {
    let now = Timestamp::from_second(NOW).expect("it is a time");
    let verifier = Verifier::new(SECRET).clock(move || now);
    let mut parts = data.splitn(4, |byte| *byte == b'\n');
    let mut part = || parts.next().unwrap_or_default();
    let headers = [
        ("webhook-id", part()),
        ("webhook-timestamp", part()),
        ("webhook-signature", part()),
    ];
    let body = part();
    assert!(
        verifier.verify(&headers, body).is_err(),
        "a forged one is accepted"
    );

    // With the right signature added, it is accepted if and only if the headers can be read.
    if let Ok(id) = std::str::from_utf8(headers[0].1)
        && !id.is_empty()
    {
        let signed = Signer::new(SECRET).sign(id, now, body);
        match verifier.verify(&signed, body) {
            Ok(verified) => {
                assert_eq!(verified.id(), Some(id));
                let _ = verified.parse();
            }
            Err(error) => {
                assert_eq!(error, VerifyError::HeaderTooLong("webhook-id"));
                assert!(id.len() > LONGEST, "a signed one is refused");
            }
        }
        let longer = [body, b"x"].concat();
        assert!(
            verifier.verify(&signed, &longer).is_err(),
            "a longer one is accepted"
        );
    }

    if let Ok(text) = std::str::from_utf8(data) {
        if let Ok(topic) = Topic::new(text) {
            assert_eq!(Topic::new(topic.as_str()).as_ref(), Ok(&topic));
            let _ = (
                topic.matches(text),
                topic.is_known(),
                topic.events().count(),
            );
        }
        assert!(
            APP.verify_jwt(text).is_err(),
            "a forged payload is accepted"
        );
        assert!(
            APP.verify_legacy(text).is_err(),
            "a forged payload is accepted"
        );
        assert!(APP.load(text).is_err(), "a forged payload is accepted");
        let _ = Callback::parse(text);
    }
}

/// Nothing is sent here.
#[derive(Clone)]
struct Nobody;

impl tower_service::Service<http::Request<Bytes>> for Nobody {
    type Response = http::Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        ready(Ok(http::Response::new(Bytes::new())))
    }
}
