//! Routes a request: to the store, to the control page, or elsewhere.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use http::{Method, StatusCode};
use hyper::body::Incoming;
use jiff::Timestamp;

use super::body::Sent;
use super::call::{Ended, Lost};
use super::files;
use super::guard::is_from_here;
use super::read::read;
use super::wire::Break;
use crate::answers::text;
use crate::gate::Decision;
use crate::log::Entry;
use crate::shop::Shop;
use crate::{Request, Response, control};

/// Serves the requests of one connection.
pub(super) struct Service {
    shop: Arc<Shop>,
    breaks: Break,
}

impl Service {
    pub(super) fn new(shop: Arc<Shop>, breaks: Break) -> Self {
        Self { shop, breaks }
    }
}

impl hyper::service::Service<http::Request<Incoming>> for Service {
    type Response = http::Response<Sent>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<http::Response<Sent>>> + Send>>;

    fn call(&self, request: http::Request<Incoming>) -> Self::Future {
        Box::pin(answer(Arc::clone(&self.shop), self.breaks.clone(), request))
    }
}

async fn answer(
    shop: Arc<Shop>,
    breaks: Break,
    request: http::Request<Incoming>,
) -> io::Result<http::Response<Sent>> {
    let began = Instant::now();
    if !is_from_here(&shop.url, request.uri(), request.headers()) {
        let answer = elsewhere(&shop);
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let seen = (method, path, Decision::Elsewhere, answer.status);
        log_beside(&shop, seen, began);
        return Ok(written(answer, Sent::whole));
    }
    let Some((mut request, refusal)) = read(request, shop.patience).await else {
        return Err(io::ErrorKind::UnexpectedEof.into());
    };
    let path = std::mem::take(&mut request.path);
    let Some(below) = path.strip_prefix("/stores/") else {
        request.path = path;
        let answer = beside(&shop, &request, began);
        return Ok(written(answer, Sent::whole));
    };
    let (hash, rest) = below.split_at(below.find('/').unwrap_or(below.len()));
    request.path = rest.to_owned();
    let ended = shop.call(hash, &request, refusal).await;
    shop.log.add(entry(&shop, &request, &ended, began));
    let Ended { answer, lost, .. } = ended;
    match lost {
        None => Ok(written(answer, Sent::whole)),
        Some(Lost::All) => {
            breaks.now();
            Err(io::ErrorKind::ConnectionReset.into())
        }
        Some(Lost::Part { keep, reset }) => {
            if reset {
                breaks.now();
            }
            Ok(written(answer, |body| Sent::part(body, keep)))
        }
        Some(Lost::Next) => {
            breaks.after_answer();
            Ok(written(answer, Sent::whole))
        }
    }
}

/// Paths outside the store: the control page, OAuth, or none.
fn beside(shop: &Arc<Shop>, request: &Request, began: Instant) -> Response {
    if let Some(answer) = control::answer(shop, request) {
        return answer;
    }
    let page = shop.pages.as_ref().and_then(|pages| pages.answer(request));
    let answer = page.or_else(|| files::answer(request)).unwrap_or_else(|| {
        text(
            StatusCode::NOT_FOUND,
            format!(
                "This is a mock of BigCommerce. Its store is at {}/stores/{}, and its control page is {}/.\n",
                shop.url, shop.hash, shop.url
            ),
        )
    });
    let (method, path) = (request.method.clone(), request.path.clone());
    log_beside(shop, (method, path, Decision::Open, answer.status), began);
    answer
}

/// The error response to a request that another site may have made a browser send.
fn elsewhere(shop: &Shop) -> Response {
    let says = format!(
        "This is a mock of BigCommerce for programs on this machine: its Host is {}, and it accepts no Origin except {}.\n",
        shop.url.trim_start_matches("http://"),
        shop.url
    );
    text(StatusCode::FORBIDDEN, says)
}

/// A query there may contain a secret, and is not stored.
fn log_beside(
    shop: &Shop,
    (method, path, decision, status): (Method, String, Decision, StatusCode),
    began: Instant,
) {
    shop.log.add(Entry {
        time: Timestamp::now(),
        method,
        path,
        endpoint: None,
        decision,
        status: Some(status.as_u16()),
        took: began.elapsed(),
        ids: Vec::new(),
        fault: None,
    });
}

fn entry(shop: &Shop, request: &Request, ended: &Ended, began: Instant) -> Entry {
    let mut path = request.path.clone();
    for (at, (key, value)) in request.query.iter().enumerate() {
        path.push(if at == 0 { '?' } else { '&' });
        path.push_str(key);
        path.push('=');
        // A token does not belong in a query, but some clients put it there.
        let secret = *value == shop.account.client_secret || shop.tokens.find(value).is_some();
        path.push_str(if secret { "…" } else { value });
    }
    Entry {
        time: Timestamp::now(),
        method: request.method.clone(),
        path,
        endpoint: ended.endpoint.map(|endpoint| endpoint.id.as_str()),
        decision: ended.decision.clone(),
        status: match ended.lost {
            Some(Lost::All) => None,
            _ => Some(ended.answer.status.as_u16()),
        },
        took: began.elapsed(),
        ids: ended.ids.clone(),
        fault: ended.fault.clone(),
    }
}

fn written(answer: Response, body: impl FnOnce(bytes::Bytes) -> Sent) -> http::Response<Sent> {
    let mut response = http::Response::new(body(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}
