//! Encodes a form (RFC 7578): as a whole if its files are in memory and no progress is reported, and
//! otherwise as a stream.

use std::collections::VecDeque;
use std::fmt::Write as _;

use bytes::{BufMut, Bytes, BytesMut};
use http::HeaderValue;

use super::form::{Accepted, Content, Form, Part};
use super::pieces::{Counted, Joined};
use super::{FilePart, Source};
use crate::transport::{ByteStream, StreamBody};

/// A form, ready to be sent once.
pub(crate) struct Encoded {
    pub(crate) content_type: HeaderValue,
    pub(crate) body: Bytes,
    /// The body if it is streamed.
    pub(crate) stream: Option<StreamBody>,
}

impl Form {
    /// Encodes the form from its beginning.
    ///
    /// # Errors
    ///
    /// Returns the reason if it cannot be sent.
    pub(crate) fn encode(&self) -> Result<Encoded, String> {
        let boundary = boundary();
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let content_type = HeaderValue::try_from(content_type).map_err(|it| it.to_string())?;
        let end = format!("--{boundary}--\r\n");
        let whole = self.files().all(FilePart::is_at_hand);
        let (mut body, mut segments) = (BytesMut::new(), VecDeque::new());
        let mut length = Some(0_u64);
        let mut add = |bytes: usize| {
            let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
            length = length.and_then(|length| length.checked_add(bytes));
        };
        let mut sizes = Vec::new();
        for part in &self.parts {
            let head = head(part, &boundary);
            add(head.len() + LINE.len());
            body.put_slice(head.as_bytes());
            match &part.content {
                Content::Value(value) => {
                    add(value.len());
                    body.put_slice(value.as_bytes());
                }
                Content::File(file, accepted) => {
                    let size = file.within(&part.name, *accepted)?;
                    sizes.push(size);
                    match &file.source {
                        Source::Bytes(bytes) if whole => body.put_slice(bytes),
                        _ => {
                            segments.push_back(still(body.split().freeze()));
                            segments.push_back(Box::pin(Counted::of(file, size, accepted.most)));
                        }
                    }
                }
            }
            body.put_slice(LINE);
        }
        add(end.len());
        body.put_slice(end.as_bytes());
        if whole {
            return Ok(Encoded {
                content_type,
                body: body.freeze(),
                stream: None,
            });
        }
        for size in sizes {
            length = length
                .zip(size)
                .and_then(|(one, other)| one.checked_add(other));
        }
        segments.push_back(still(body.freeze()));
        Ok(Encoded {
            content_type,
            body: Bytes::new(),
            stream: Some(StreamBody::new(Box::pin(Joined::of(segments)), length)),
        })
    }
}

const LINE: &[u8] = b"\r\n";

fn still(bytes: Bytes) -> ByteStream {
    Box::pin(super::pieces::Slices::of(bytes))
}

/// The headers of a part.
fn head(part: &Part, boundary: &str) -> String {
    let mut head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
        quoted(&part.name)
    );
    if let Content::File(file, _) = &part.content {
        let kind: String = file.kind().chars().filter(|it| !it.is_control()).collect();
        let name = quoted(&file.name);
        let _ = write!(head, "; filename=\"{name}\"\r\nContent-Type: {kind}");
    }
    head + "\r\n\r\n"
}

/// A quoted name, as browsers write it (HTML, 4.10.22.8).
fn quoted(name: &str) -> String {
    let name = name.replace('\r', "%0D").replace('\n', "%0A");
    name.replace('"', "%22")
}

/// The separator of the parts, which is very unlikely to occur inside one.
fn boundary() -> String {
    format!("bc-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

impl FilePart {
    /// Whether it may be sent from memory at once.
    fn is_at_hand(&self) -> bool {
        matches!(self.source, Source::Bytes(_)) && self.progress.is_none()
    }

    /// Its size in bytes, if known.
    ///
    /// # Errors
    ///
    /// Returns an error if the file is of a type that is not accepted, cannot be found or is too large.
    fn within(&self, part: &str, accepted: Accepted) -> Result<Option<u64>, String> {
        if let Some(kind) = self.not_of(accepted.types) {
            let types = accepted.types.join(", ");
            return Err(format!(
                "the file of `{part}` is `{kind}`, but the API accepts only {types}"
            ));
        }
        let size = self.size();
        let size = size.map_err(|error| format!("the file of `{part}` cannot be read: {error}"))?;
        match (size, accepted.most) {
            (Some(size), Some(most)) if size > most => Err(format!(
                "the file of `{part}` has {size} bytes, but the API accepts at most {most}"
            )),
            _ => Ok(size),
        }
    }
}
