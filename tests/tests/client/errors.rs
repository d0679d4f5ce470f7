//! The errors of the client, produced by its public calls with an in-process transport.

mod causes;
mod messages;

use std::{
    fmt, io,
    task::{Context, Poll},
};

use bigcommerce_client::{
    Client, Error,
    transport::{BoxError, TransportError},
};
use bytes::Bytes;
use tower_service::Service;

/// A transport that returns the same response to every call.
#[derive(Clone)]
enum Answering {
    With(u16, &'static str),
    Connect,
    Timeout,
    TooLarge,
    Broken,
    BrokenInLayers,
    Layered,
    Own,
}

impl Service<http::Request<Bytes>> for Answering {
    type Response = http::Response<Bytes>;
    type Error = BoxError;
    type Future = std::future::Ready<Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        std::future::ready(match self {
            Self::With(status, body) => {
                let mut answer = http::Response::new(Bytes::from_static(body.as_bytes()));
                *answer.status_mut() = http::StatusCode::from_u16(*status).unwrap();
                Ok(answer)
            }
            Self::Connect => Err(TransportError::connect("connection refused").into()),
            Self::Timeout => Err(TransportError::timeout().into()),
            Self::TooLarge => Err(TransportError::too_large(1024).into()),
            Self::Broken => Err(TransportError::broken("connection reset by peer").into()),
            Self::BrokenInLayers => Err(TransportError::broken(Outer::new()).into()),
            Self::Layered => Err(Outer::new().into()),
            Self::Own => Err("the cassette has no such response".into()),
        })
    }
}

const TOKEN: &str = "a-token-that-no-text-may-show";

fn store(transport: Answering) -> Client {
    Client::builder("abc123", TOKEN)
        .transport(transport)
        .build()
        .unwrap()
}

/// The messages of an error and of its sources, as programs print them. None repeats another.
fn printed(error: &(dyn std::error::Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        assert!(!said.contains(&text), "{said}: {text}");
        said = format!("{said}: {text}");
        next = cause.source();
    }
    said
}

/// Records the message of the error, and checks what must hold for every error.
fn says(name: &str, error: &Error) {
    let text = error.to_string();
    printed(error);
    assert!(!text.contains('\n'), "more than a line: {text}");
    assert!(
        !text.contains(TOKEN) && !format!("{error:?}").contains(TOKEN),
        "shows the token"
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/errors");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _accept = bigcommerce_tests::accept::accept();
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// An error with a cause of its own.
#[derive(Debug)]
struct Outer(io::Error);

impl Outer {
    fn new() -> Self {
        Self(io::Error::other("the inner layer"))
    }
}

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the outer layer")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
