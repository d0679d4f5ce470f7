//! A file that is sent to a URL that a call returned, on another host. The token is never sent there.

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method};

use crate::address::trusted;
use crate::call::{Pending, uri};
use crate::client::Client;
use crate::error::Error;
use crate::secrets::{Secrets, of_query};
use crate::target::Target;
use crate::transport::{BoxError, TransportError};
use crate::upload::FilePart;

/// An upload to a URL that a call returned; created by [`Client::upload_to`].
///
/// Awaiting it sends the file once. It is not retried automatically, because such a URL may be valid only once or
/// for a short time.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// use bigcommerce_client::upload::FilePart;
///
/// let url = "https://storage.example.com/uploads/7?signature=1";
/// store.upload_to(url, FilePart::path("storefront.zip")).await?;
/// # );
/// ```
#[must_use = "a file is sent only when this is awaited"]
pub struct UploadTo {
    client: Client,
    address: String,
    file: FilePart,
}

impl Client {
    /// Sends a file with `PUT` to a URL that a call returned, such as the `upload_url` of a deployment. Such a
    /// URL carries its own authorization: neither the token nor any header of the client is sent, no redirect is
    /// followed, and no quota is used. It is not an API call: policies, observers and audit sinks do not see it.
    ///
    /// The media type is that of the file. Set the [`length`](FilePart::length) of a stream; most hosts require
    /// it.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["hosting"] store:
    /// use bigcommerce_client::{RawJson, upload::FilePart};
    ///
    /// let upload = store.hosting_deployments().prepare_upload(RawJson::new("{}")?).await?;
    /// let url = upload.upload_url.as_deref().ok_or("the response has no URL")?;
    /// let zip = FilePart::path("storefront.zip")
    ///     .on_progress(|sent, total| println!("{sent} of {total:?}"));
    /// store.upload_to(url, zip).await?;
    /// # );
    /// ```
    pub fn upload_to(&self, address: impl Into<String>, file: FilePart) -> UploadTo {
        UploadTo {
            client: self.clone(),
            address: address.into(),
            file,
        }
    }
}

impl UploadTo {
    /// Sends the file, for code that is not `async`.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or sent, or if the host rejects it; and inside `async`
    /// code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<(), Error> {
        crate::blocking::wait(self.into_future())
    }

    async fn send(self) -> Result<(), Error> {
        let config = self.client.config();
        let (uri, host) = match trusted(&self.address) {
            Ok((url, _)) => {
                let host = url.origin().ascii_serialization();
                (uri(url.into()), host)
            }
            Err(why) => (Err(format!("its URL {why}")), "a file".to_owned()),
        };
        let target = Target::Upload(host.into());
        let wrong = |why: String| Error::request(target.clone(), why);
        let uri = uri.map_err(wrong)?;
        let signatures = of_query(uri.query().unwrap_or_default());
        let hidden = signatures.iter().map(String::as_str);
        let secrets = Secrets::new(hidden.chain(self.client.tokens()));

        let body = self.file.body();
        let body = body.map_err(|error| wrong(format!("the file cannot be read: {error}")))?;
        let kind = HeaderValue::try_from(self.file.kind());
        let kind = kind.map_err(|error| wrong(format!("its media type is invalid: {error}")))?;
        let mut request = http::Request::new(Bytes::new());
        *request.method_mut() = Method::PUT;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(USER_AGENT, config.user_agent.clone());
        if let Some(size) = body.length() {
            headers.insert(CONTENT_LENGTH, size.into());
        }
        request.extensions_mut().insert(config.limits);
        request.extensions_mut().insert(body.clone());

        let answered = config.transport.answer(request).await;
        let failed =
            |source: BoxError| Error::transport(target.clone(), source).without(secrets.clone());
        let (answer, broken) = match answered.map_err(TransportError::part) {
            Ok(answer) => (answer, None),
            Err((Some(begun), source)) => (begun, Some(source)),
            Err((None, source)) => return Err(failed(source)),
        };
        if broken.is_none() && !body.is_taken() {
            let why = "the transport does not support streamed bodies";
            return Err(failed(TransportError::broken(why).into()));
        }
        let (head, said) = answer.into_parts();
        let (status, headers) = (head.status, head.headers);
        let error = match broken {
            broken if !status.is_success() => {
                Error::refused(target, status, headers, said).broken_by(broken)
            }
            Some(source) => Error::cut_off(target, status, headers, said, source),
            None => return Ok(()),
        };
        Err(error.without(secrets))
    }
}

impl IntoFuture for UploadTo {
    type Output = Result<(), Error>;
    type IntoFuture = Pending<()>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Without the URL, which may let anyone in who has it.
impl fmt::Debug for UploadTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadTo")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}
