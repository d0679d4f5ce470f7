//! Raw calls whose response is read on demand: files and events.

use super::RawRequest;
use crate::call::{Outgoing, Pending};
use crate::download::{self, Download, EventStream, Repeat};
use crate::error::Error;
use crate::response::Response;

impl RawRequest {
    /// Requests a file, which is read on demand; see [`Download`].
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::catalogue::Method;
    ///
    /// let path = "/v3/storefront/redirects/imex/export/9b0d7f6e/download";
    /// let file = store.raw(Method::Get, path).download().await?.into_value();
    /// file.save_to("redirects.csv").await?;
    /// # );
    /// ```
    pub const fn download(self) -> RawDownload {
        RawDownload(self)
    }

    /// Requests events, which are read as they arrive; see [`EventStream`].
    pub const fn events(self) -> RawEvents {
        RawEvents(self)
    }
}

/// A call to any path whose response is a file; created by [`RawRequest::download`]. Awaiting it returns the
/// [`Download`] with the status and headers, or the errors of [`RawRequest::send`].
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct RawDownload(RawRequest);

impl RawDownload {
    /// Requests the file and waits for the start of the response, for code that is not `async`. Read it with
    /// [`Download::blocking`].
    ///
    /// ```no_run
    /// # #[cfg(feature = "blocking")]
    /// # fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
    /// use bigcommerce_client::catalogue::Method;
    ///
    /// let path = "/v3/storefront/redirects/imex/export/9b0d7f6e/download";
    /// let file = store.raw(Method::Get, path).download().blocking()?.into_value();
    /// file.blocking().save_to("redirects.csv")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if awaiting it would fail, or if it is called inside `async` code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<Response<Download>, Error> {
        crate::blocking::wait(self.into_future())
    }
}

impl IntoFuture for RawDownload {
    type Output = Result<Response<Download>, Error>;
    type IntoFuture = Pending<Response<Download>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let outgoing = self.0.outgoing().streamed(download::accepts(None), true);
            outgoing.execute(None).await.map(download::file)
        })
    }
}

/// A call to any path whose response is a stream of events; created by [`RawRequest::events`]. Awaiting it returns
/// the [`EventStream`] with the status and headers, or the errors of [`RawRequest::send`].
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct RawEvents(RawRequest);

impl RawEvents {
    /// Requests the events and waits for the start of the response, for code that is not `async`. Read them with
    /// [`EventStream::blocking`].
    ///
    /// ```no_run
    /// # #[cfg(feature = "blocking")]
    /// # fn example(store: bigcommerce_client::Client) -> Result<(), bigcommerce_client::Error> {
    /// use bigcommerce_client::catalogue::Method;
    ///
    /// let path = "/v3/infrastructure/logs/9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11/tail";
    /// let events = store.raw(Method::Get, path).events().blocking()?.into_value();
    /// for event in events.blocking() {
    ///     println!("{}", event?.data);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if awaiting it would fail, or if it is called inside `async` code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<Response<EventStream>, Error> {
        crate::blocking::wait(self.into_future())
    }
}

impl IntoFuture for RawEvents {
    type Output = Result<Response<EventStream>, Error>;
    type IntoFuture = Pending<Response<EventStream>>;

    fn into_future(self) -> Self::IntoFuture {
        download::events(self.0)
    }
}

impl Repeat for RawRequest {
    fn outgoing(&self) -> Outgoing<'_> {
        self.outgoing()
    }
}
