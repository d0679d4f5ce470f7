//! The extractor for axum: a handler that takes a [`VerifiedDelivery`] only receives verified
//! deliveries.

use std::fmt;
use std::ops::Deref;

use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use jiff::Timestamp;

use super::{Delivery, Verifier, VerifyError};
use crate::json::DecodeError;

/// A verified and decoded delivery. It can be used like its [`Delivery`].
///
/// The [`Verifier`] comes from the router's state: it is the state, or a part of it through
/// [`FromRef`]. The headers are checked before the body is read, and at most [`Verifier::max_body`]
/// of it is read.
///
/// ```
/// use axum::{Router, http::StatusCode, routing::post};
/// use bigcommerce_client::webhook::{VerifiedDelivery, Verifier};
///
/// async fn receive(delivery: VerifiedDelivery) -> StatusCode {
///     // Queue it and respond immediately: BigCommerce does not wait long.
///     println!("{} in {:?}", delivery.scope, delivery.store_hash());
///     StatusCode::NO_CONTENT
/// }
///
/// let app: Router = Router::new()
///     .route("/hooks", post(receive))
///     .with_state(Verifier::new("the client secret"));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct VerifiedDelivery {
    /// The decoded delivery.
    pub delivery: Delivery,
    /// The id of the delivery, the same when it is retried; `None` if a shared header replaced the
    /// signature.
    pub id: Option<String>,
    /// When it was sent; `None` if a shared header replaced the signature.
    pub sent_at: Option<Timestamp>,
    /// The verified body.
    pub body: Bytes,
}

impl Deref for VerifiedDelivery {
    type Target = Delivery;

    fn deref(&self) -> &Delivery {
        &self.delivery
    }
}

/// Omits the body, which may contain a secret or personal data.
impl fmt::Debug for VerifiedDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedDelivery")
            .field("delivery", &self.delivery)
            .field("id", &self.id)
            .field("sent_at", &self.sent_at)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

impl<S> FromRequest<S> for VerifiedDelivery
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = DeliveryRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, DeliveryRejection> {
        let verifier = Verifier::from_ref(state);
        let (head, body) = request.into_parts();
        // If the headers are already wrong, the body is not worth waiting for.
        let admitted = verifier.admit(&head.headers);
        let admitted = admitted.map_err(DeliveryRejection::Refused)?;
        let length = head.headers.get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        if length.is_some_and(|length: usize| length > verifier.body_limit()) {
            return Err(DeliveryRejection::TooLarge);
        }
        let body = Limited::new(body, verifier.body_limit()).collect().await;
        let body = body
            .map_err(|error| match error.is::<LengthLimitError>() {
                true => DeliveryRejection::TooLarge,
                false => DeliveryRejection::Broken,
            })?
            .to_bytes();
        let verified = verifier
            .check(&admitted, &body)
            .map_err(DeliveryRejection::Refused)?;
        let delivery = verified.parse().map_err(DeliveryRejection::Unreadable)?;
        let (id, sent_at) = (verified.id().map(str::to_owned), verified.sent_at());
        Ok(Self {
            delivery,
            id,
            sent_at,
            body,
        })
    }
}

/// Why a delivery was rejected. The response has a status and no body.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryRejection {
    /// It failed verification: 401.
    Refused(VerifyError),
    /// It is too large: 413.
    TooLarge,
    /// It was cut off: 400.
    Broken,
    /// It was verified but is not a delivery: 422.
    Unreadable(DecodeError),
}

impl DeliveryRejection {
    /// The status of the response.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{DeliveryRejection, VerifyError};
    ///
    /// let forged = DeliveryRejection::Refused(VerifyError::WrongSignature);
    /// assert_eq!(forged.status(), 401);
    /// assert_eq!(DeliveryRejection::TooLarge.status(), 413);
    /// ```
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) => StatusCode::UNAUTHORIZED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::Unreadable(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl IntoResponse for DeliveryRejection {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}

impl fmt::Display for DeliveryRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::TooLarge => f.write_str("the delivery is larger than accepted"),
            Self::Broken => f.write_str("the delivery was cut off"),
            Self::Unreadable(error) => write!(f, "the delivery cannot be decoded: {error}"),
        }
    }
}

impl std::error::Error for DeliveryRejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The message contains that of the error itself.
            Self::Refused(error) => error.source(),
            Self::Unreadable(error) => error.source(),
            Self::TooLarge | Self::Broken => None,
        }
    }
}
