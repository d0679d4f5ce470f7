//! Uploads and downloads at URLs that calls return: zip files of deployments and of themes, and images.
//! Such a URL requires no token.
//!
//! A store does not keep uploaded files: it returns the smallest file of the type. Ranges are supported, as
//! needed to resume an interrupted download.

use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_RANGE, RANGE,
};
use http::{Method, StatusCode};

use crate::{Request, Response};

/// An empty zip file: the end of its directory.
const ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// One transparent pixel.
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// The same pixel, also for other extensions: image viewers go by the content.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

/// The media type and the content of files, by file name extension.
const KINDS: [(&str, &str, &[u8]); 8] = [
    (".zip", "application/zip", ZIP),
    (".gif", "image/gif", GIF),
    (".png", "image/png", PNG),
    (".jpg", "image/png", PNG),
    (".jpeg", "image/png", PNG),
    (".webp", "image/png", PNG),
    (".ico", "image/png", PNG),
    (".csv", "text/csv", b"\n"),
];

/// The ETag of every file: files never change.
const TAG: &str = "\"1\"";

/// The response; `None` for any other path.
pub(super) fn answer(request: &Request) -> Option<Response> {
    let is_file = || request.path.starts_with("/files/");
    match request.method {
        Method::PUT if request.path.starts_with("/uploads/") => Some(Response::default()),
        Method::GET if is_file() => {
            let name = request.path.to_ascii_lowercase();
            let (_, kind, content) = KINDS.iter().find(|(ending, ..)| name.ends_with(ending))?;
            Some(part(request, kind, content))
        }
        _ => None,
    }
}

/// The file, or the rest of it from the requested byte.
fn part(request: &Request, kind: &'static str, content: &'static [u8]) -> Response {
    let mut answer = Response {
        status: StatusCode::OK,
        body: Bytes::from_static(content),
        ..Response::default()
    };
    let mut say = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.headers.insert(name, value);
        }
    };
    say(CONTENT_TYPE, kind);
    say(ACCEPT_RANGES, "bytes");
    say(ETAG, TAG);
    let header = |name: HeaderName| request.headers.get(name)?.to_str().ok();
    let same = header(IF_RANGE).is_none_or(|tag| tag == TAG);
    let from = header(RANGE).and_then(|it| it.strip_prefix("bytes=")?.strip_suffix('-'));
    if let Some(from) = from
        .and_then(|it| it.parse::<usize>().ok())
        .filter(|_| same)
    {
        let Some(rest) = content.get(from..).filter(|rest| !rest.is_empty()) else {
            answer.status = StatusCode::RANGE_NOT_SATISFIABLE;
            answer.body = Bytes::new();
            return answer;
        };
        let (last, whole) = (content.len() - 1, content.len());
        say(CONTENT_RANGE, &format!("bytes {from}-{last}/{whole}"));
        answer.status = StatusCode::PARTIAL_CONTENT;
        answer.body = Bytes::from_static(rest);
    }
    answer
}
