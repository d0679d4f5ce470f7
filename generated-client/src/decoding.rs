//! Responses that are decoded as the caller's own type, for requests that select their fields. The
//! request is the same; only the decoding of its response differs.

use std::fmt;
use std::marker::PhantomData;

use crate::call::{Call, Pending};
use crate::json::Decode;
use crate::page::{First, Items, Page, Pages};
use crate::response::Response;

/// A list whose items are decoded as `T`.
///
/// ```no_run
/// # bigcommerce_client::example!(["brands", "serde"] store:
/// use bigcommerce_client::{brands::BrandField, json::Json};
///
/// #[derive(serde::Deserialize)]
/// struct Name {
///     id: i64,
///     name: String,
/// }
///
/// let request = store.brands().list().include_fields([BrandField::Name]);
/// let names: Vec<Json<Name>> = request.decoding().stream().into_vec().await?;
/// # );
/// ```
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Listing<T> {
    call: Call,
    item: PhantomData<fn() -> T>,
}

impl<T: Decode> Listing<T> {
    #[allow(dead_code, reason = "without a group there are no lists")]
    pub(crate) const fn new(call: Call) -> Self {
        let item = PhantomData;
        Self { call, item }
    }

    /// Sends the request and returns its page with the status, headers and raw body.
    ///
    /// # Errors
    ///
    /// Returns an error if the call cannot be sent, fails, or returns a response that cannot be
    /// decoded.
    pub fn send(self) -> Pending<Response<Page<T>>> {
        self.call.page()
    }

    /// Sends the request and waits for its page, for code that is not `async`.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send), and an error if it is called inside `async` code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<Page<T>, crate::Error> {
        crate::blocking::wait(self.into_future())
    }

    /// Every item of this page and all following ones, in order.
    pub fn stream(self) -> Items<T> {
        self.call.items()
    }

    /// Like [`stream`](Self::stream), but page by page.
    pub fn pages(self) -> Pages<T> {
        self.call.pages()
    }

    /// The first item of this page or a following one; `None` if there is none.
    pub fn first(self) -> First<T> {
        self.call.first()
    }
}

impl<T: Decode> IntoFuture for Listing<T> {
    type Output = Result<Page<T>, crate::Error>;
    type IntoFuture = Pending<Page<T>>;

    fn into_future(self) -> Self::IntoFuture {
        Call::value(self.send())
    }
}

impl<T> fmt::Debug for Listing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listing").field(&self.call).finish()
    }
}

/// A request whose response is decoded as `T`; see [`Listing`] for your own types.
///
/// ```no_run
/// # bigcommerce_client::example!(["brands"] store:
/// use bigcommerce_client::RawJson;
///
/// // Every field unchanged.
/// let brand = store.brands().get(7).decoding::<RawJson>().await?;
/// println!("{brand}");
/// # );
/// ```
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Single<T> {
    call: Call,
    finish: fn(Call) -> Pending<Response<T>>,
}

impl<T: Decode> Single<T> {
    #[allow(dead_code, reason = "without a group there are no requests")]
    pub(crate) const fn new(call: Call, finish: fn(Call) -> Pending<Response<T>>) -> Self {
        Self { call, finish }
    }

    /// Sends the request and returns its value with the status, headers and raw body.
    ///
    /// # Errors
    ///
    /// Returns an error if the call cannot be sent, fails, or returns a response that cannot be
    /// decoded.
    pub fn send(self) -> Pending<Response<T>> {
        (self.finish)(self.call)
    }

    /// Sends the request and waits for its value, for code that is not `async`.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send), and an error if it is called inside `async` code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<T, crate::Error> {
        crate::blocking::wait(self.into_future())
    }
}

impl<T: Decode> IntoFuture for Single<T> {
    type Output = Result<T, crate::Error>;
    type IntoFuture = Pending<T>;

    fn into_future(self) -> Self::IntoFuture {
        Call::value(self.send())
    }
}

impl<T> fmt::Debug for Single<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Single").field(&self.call).finish()
    }
}
