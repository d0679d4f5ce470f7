//! A response as it was received, and its decoding: as a value, as bytes or as a stream.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::trail::Afterword;
use crate::body::text;
use crate::error::Error;
use crate::json::{Decode, DecodeError, Reader, Tree};
use crate::response::{Received, Response};
use crate::secrets::Secrets;
use crate::target::Target;
use crate::transport::{ByteStream, StreamBody, Unfold};

/// Decodes the body of a response into a given place.
pub(crate) type ReadBody<'r> = &'r mut (dyn FnMut(&mut Raw) -> Result<(), DecodeError> + Send + 'r);

/// A response whose body has not been decoded yet.
pub(crate) struct Raw {
    pub(super) target: Target,
    pub(crate) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The body as received.
    pub(super) body: Bytes,
    /// The rest of the body, which has not arrived yet.
    pub(super) stream: Option<StreamBody>,
    /// How many bytes of it may be kept in memory.
    pub(super) most: usize,
    /// The body without the client's secrets. Values are decoded from this one, so that they never
    /// contain a secret that the server merely repeated.
    pub(super) read: Bytes,
    /// What a decoding error must not show.
    pub(super) secrets: Secrets,
    /// How often the call was sent.
    pub(super) attempts: u32,
    /// Whether a value of the wrong type is an error.
    pub(super) strict: bool,
    /// The values of the wrong type that are not errors.
    pub(super) oddities: Vec<DecodeError>,
    pub(super) afterword: Afterword,
}

impl Raw {
    /// The body without its byte order mark and surrounding whitespace.
    pub(crate) fn text(&self) -> &[u8] {
        text(&self.read)
    }

    /// Whether there is nothing to decode: no body, or a status that says so.
    pub(crate) fn is_empty(&self) -> bool {
        self.status == StatusCode::NO_CONTENT || matches!(self.text(), b"" | b"null")
    }

    /// Whether the response is an error despite its status.
    pub(crate) fn is_an_error(&self) -> bool {
        Tree::lenient(self.text()).is_ok_and(|tree| tree.is_an_error())
    }

    /// Decodes the body, and notes its oddities.
    pub(crate) fn decode<T: Decode>(&mut self) -> Result<T, DecodeError> {
        self.decode_as(None)
    }

    /// Decodes the body, or another text in place of an empty one.
    pub(crate) fn decode_or<T: Decode>(&mut self, empty: &str) -> Result<T, DecodeError> {
        self.decode_as(Some(empty))
    }

    fn decode_as<T: Decode>(&mut self, empty: Option<&str>) -> Result<T, DecodeError> {
        let mut value = None;
        self.decode_by(empty, &mut |reader| {
            value = Some(T::decode(reader)?);
            Ok(())
        })?;
        value.ok_or_else(DecodeError::unread)
    }

    /// The part of decoding that does not depend on the type, which is compiled once.
    fn decode_by(
        &mut self,
        empty: Option<&str>,
        decode: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let mut reader = match empty.filter(|_| self.is_empty()) {
            Some(empty) => Reader::over(empty),
            None => Reader::new(text(&self.read))?,
        };
        if self.strict {
            reader = reader.strict();
        }
        decode(&mut reader)?;
        self.oddities = reader.into_oddities()?;
        Ok(())
    }

    pub(crate) fn with<T>(self, value: Result<T, DecodeError>) -> Result<Response<T>, Error> {
        match value {
            Ok(value) => Ok(self.read_whole().with(value)),
            Err(error) => Err(self.unreadable(error)),
        }
    }

    /// The response without its value.
    fn read_whole(self) -> Received {
        if !self.oddities.is_empty() {
            self.afterword.odd(&self.target, &self.oddities);
        }
        Received {
            status: self.status,
            headers: self.headers,
            body: self.body,
            target: self.target,
            oddities: self.oddities,
        }
    }

    /// The decoded response.
    pub(super) fn read_by(mut self, read: ReadBody<'_>) -> Result<Self, Error> {
        match read(&mut self) {
            Ok(()) => Ok(self),
            Err(error) => Err(self.unreadable(error)),
        }
    }

    #[cold]
    fn unreadable(self, error: DecodeError) -> Error {
        let error = Error::decode(self.target, self.status, self.headers, self.body, error);
        error.after(self.attempts).without(self.secrets)
    }

    /// The response and its body as a stream, with its length if known, how much of it may be kept in
    /// memory, and what must be redacted. A body that was received in full is a single chunk.
    pub(crate) fn streamed(self) -> (Received, ByteStream, Option<u64>, usize, Secrets) {
        let (length, stream) = match self.stream {
            Some(stream) => (stream.length(), stream.pieces()),
            None => (u64::try_from(self.body.len()).ok(), once(self.body)),
        };
        let head = Received {
            status: self.status,
            headers: self.headers,
            body: Bytes::new(),
            target: self.target,
            oddities: Vec::new(),
        };
        (head, stream, length, self.most, self.secrets)
    }

    /// The response whose body will be decoded.
    pub(crate) fn whole(self) -> Response<Bytes> {
        let received = Received {
            status: self.status,
            headers: self.headers,
            body: self.body,
            target: self.target,
            oddities: Vec::new(),
        };
        received.with(self.read)
    }
}

/// Bytes as a stream with one chunk.
pub(crate) fn once(bytes: Bytes) -> ByteStream {
    Box::pin(Unfold::of(Some(bytes), |bytes| {
        Box::pin(async move { Ok(bytes.map(|bytes| (bytes, None))) })
    }))
}
