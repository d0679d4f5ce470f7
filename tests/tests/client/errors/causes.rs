//! The causes of an error: each is reached from it, and a printed chain says each part once.

use std::io;

use bigcommerce_client::{
    ChangeError, Client, Error, ErrorKind, RetryPolicy,
    app::{CallbackError, ExchangeError, Grant, InstallError, PayloadError, UninstallError},
    brands::{Brand, BrandUpdate},
    json,
    policy::Policy,
    storefront::mcp::McpError,
    transport::TransportError,
    webhook::{DeliveryRejection, VerifyError},
};
use bigcommerce_tests::server::{Answer, Server, nobody};

use super::{Answering, Outer, TOKEN, printed};

/// The first error of this type among the causes. None of them may show the token.
fn cause<E: std::error::Error + 'static>(error: &Error) -> Option<&E> {
    let mut found = None;
    for cause in error.causes() {
        assert!(!format!("{cause} {cause:?}").contains(TOKEN), "{cause:?}");
        found = found.or(cause.downcast_ref());
    }
    found
}

#[test]
fn a_change_that_cannot_be_sent_is_an_error_of_the_call_that_was_not_sent() {
    fn change(before: &Brand, after: &Brand) -> Result<Option<BrandUpdate>, Error> {
        Ok(BrandUpdate::between(before, after)?)
    }

    let before: Brand = json::from_str(r#"{"id":7,"name":"Acme"}"#).unwrap();
    let mut after = before.clone();
    after.id = 8;
    let error = change(&before, &after).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(!error.may_have_happened());
    assert!(cause::<ChangeError>(&error).is_some(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the call was not sent: `id` differs, so these are two different records"
    );
}

#[test]
fn a_value_that_cannot_be_decoded_is_an_error_of_a_function_that_calls() {
    fn brand(text: &str) -> Result<Brand, Error> {
        Ok(json::from_str(text)?)
    }

    let error = brand("7").unwrap_err();
    assert!(error.is_decode());
    // It may be the response to a raw call.
    assert!(error.may_have_happened() && !error.is_retryable());
    let at = error.decode_error().unwrap();
    assert_eq!(
        error.to_string(),
        format!("the client could not decode a value: {at}")
    );
    assert_eq!(at.found(), "number");
    printed(&error);
}

#[tokio::test]
async fn the_cause_of_a_failed_connection_is_reached_from_the_error() {
    let refused = |url: String| {
        let builder = Client::builder("abc123", TOKEN).base_url(url);
        builder.retry(RetryPolicy::never()).build().unwrap()
    };
    let error = refused(nobody()).brands().get(7).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(cause::<TransportError>(&error).is_some(), "{error:?}");
    let system: &io::Error = cause(&error).unwrap();
    assert_eq!(system.kind(), io::ErrorKind::ConnectionRefused);

    let cut = Answer::json(200, r#"{"data":{"id":7}}"#).cut();
    let server = Server::script([cut]).await;
    let error = refused(server.url()).brands().get(7).await.unwrap_err();
    let broken: &TransportError = cause(&error).unwrap();
    assert!(broken.cause().is_some(), "{error:?}");
}

/// The error of a call that is not retried.
async fn failing(transport: Answering) -> Error {
    let builder = Client::builder("abc123", TOKEN).transport(transport);
    let store = builder.retry(RetryPolicy::never()).build().unwrap();
    store.brands().get(7).await.unwrap_err()
}

#[tokio::test]
async fn a_printed_chain_of_errors_says_each_part_once() {
    let grant = Grant::new("abc123", "the-token", "store_v2_orders".into());
    let unstored = InstallError::Store {
        error: Outer::new(),
        grant: Box::new(grant),
    };
    let unsent = InstallError::<Outer>::Exchange(ExchangeError::NotSent(Outer::new().into()));
    let chains: [Box<dyn std::error::Error>; 9] = [
        Box::new(unstored),
        Box::new(unsent),
        Box::new(ExchangeError::NoResponse(Outer::new().into())),
        Box::new(UninstallError::Store(Outer::new())),
        Box::new(McpError::Connect(Outer::new().into())),
        Box::new(McpError::Transport(Outer::new().into())),
        Box::new(TransportError::broken(Outer::new())),
        Box::new(failing(Answering::Layered).await),
        Box::new(failing(Answering::BrokenInLayers).await),
    ];
    for error in &chains {
        let said = printed(&**error);
        for layer in ["the outer layer", "the inner layer"] {
            assert_eq!(said.matches(layer).count(), 1, "{said}");
        }
    }
    let bare: [Box<dyn std::error::Error>; 4] = [
        Box::new(InstallError::<Outer>::Callback(CallbackError::Context)),
        Box::new(UninstallError::<Outer>::Payload(
            PayloadError::WrongSignature,
        )),
        Box::new(DeliveryRejection::Refused(VerifyError::WrongSignature)),
        Box::new(Policy::from_file("there-is-no-such-policy.json").unwrap_err()),
    ];
    for error in &bare {
        printed(&**error);
    }
}

#[tokio::test]
async fn every_cause_is_reached_although_the_message_contains_it() {
    for transport in [Answering::Layered, Answering::BrokenInLayers] {
        let error = failing(transport).await;
        assert!(cause::<Outer>(&error).is_some(), "{error:?}");
        assert!(cause::<io::Error>(&error).is_some(), "{error:?}");
    }
}
