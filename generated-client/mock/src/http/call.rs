//! A request to the store: faults, then the gate, then the engine.

use std::sync::Arc;
use std::time::Instant;

use http::StatusCode;
use http::header::{HeaderMap, HeaderValue};
use serde_json::json;

use crate::answers::html;
use crate::catalogue::{Endpoint, Server};
use crate::engine::{Outcome, Route};
use crate::faults::{Body, Failure, Moment};
use crate::gate::{Decision, Token, UnderWay, retry_after, takes_json};
use crate::setting::Caller;
use crate::shop::Shop;
use crate::{Refusal, Request, Response};

/// The header with the token.
const TOKEN: &str = "x-auth-token";
const FORBIDDEN: &str = "You don't have a required scope to access the endpoint";
const TOO_MANY: &str = "Too many requests";

/// The result of a request.
pub(super) struct Ended {
    pub(super) answer: Response,
    pub(super) endpoint: Option<&'static Endpoint>,
    pub(super) decision: Decision,
    pub(super) ids: Vec<String>,
    pub(super) fault: Option<String>,
    pub(super) lost: Option<Lost>,
}

/// Which part of the response is lost.
pub(super) enum Lost {
    /// None of it.
    All,
    /// The rest of the body.
    Part { keep: f64, reset: bool },
    /// Nothing, but the next request on the connection fails.
    Next,
}

/// How far a request gets.
enum Passed<'a> {
    To(
        &'static Endpoint,
        Vec<(String, String)>,
        Caller,
        UnderWay<'a>,
    ),
    No(Response),
    /// It is rejected, without quota headers.
    Bare(Response),
}

impl Shop {
    /// Serves a request below `/stores/{hash}`; `refusal` is an error from reading it.
    pub(super) async fn call(
        &self,
        hash: &str,
        request: &Request,
        refusal: Option<Refusal>,
    ) -> Ended {
        let route = self
            .engine
            .route(&request.method, &request.path, request.is_form());
        let endpoint = match route {
            Route::Endpoint { endpoint, .. } => Some(endpoint),
            _ => None,
        };
        let id = endpoint.map(|endpoint| endpoint.id.as_str());
        let troubles = self
            .faults
            .strike(request.method.as_str(), &request.path, id);
        let wait = self.latency + troubles.wait;
        let mut ended = Ended {
            answer: Response::default(),
            endpoint,
            decision: Decision::Undecided,
            ids: Vec::new(),
            fault: None,
            lost: None,
        };
        if let Some(failure) = troubles.failure {
            ended.fault = Some(failure.to_string());
        } else if !troubles.wait.is_zero() {
            ended.fault = Some(format!("{} ms longer", troubles.wait.as_millis()));
        }

        let group = endpoint.map(|endpoint| endpoint.group.as_str());
        let of_the_store = endpoint.is_none_or(|endpoint| self.elsewhere(endpoint).is_none());
        let instead = troubles
            .failure
            .and_then(|failure| self.instead(group, failure, &mut ended));
        if let Some(answer) = instead {
            pause(wait).await;
            ended.answer = answer;
            return ended;
        }
        match self.gate(hash, request, route, refusal, &mut ended.decision) {
            Passed::No(answer) => {
                pause(wait).await;
                ended.answer = answer;
                if of_the_store {
                    self.tell_quota(hash, &mut ended.answer.headers);
                }
            }
            Passed::Bare(answer) => {
                pause(wait).await;
                ended.answer = answer;
            }
            Passed::To(endpoint, path, caller, under_way) => {
                pause(wait).await;
                let Outcome { answer, fired, ids } =
                    self.engine.run(endpoint, &path, request, &caller);
                drop(under_way);
                if let Some(listener) = self.listener.as_ref().filter(|_| !fired.is_empty()) {
                    listener.fired(fired);
                }
                (ended.answer, ended.ids) = (answer, ids);
                if of_the_store {
                    self.tell_quota(hash, &mut ended.answer.headers);
                }
            }
        }
        ended.lost = match troubles.failure {
            Some(Failure::Reset(Moment::Before)) => Some(Lost::All),
            Some(Failure::Reset(Moment::During)) => Some(Lost::Part {
                keep: 0.5,
                reset: true,
            }),
            Some(Failure::Reset(Moment::After)) => Some(Lost::Next),
            Some(Failure::Truncate { keep }) => Some(Lost::Part { keep, reset: false }),
            _ => None,
        };
        ended
    }

    /// Adds the quota headers, unless they are present.
    fn tell_quota(&self, hash: &str, headers: &mut HeaderMap) {
        if hash != self.hash || headers.contains_key("x-rate-limit-requests-quota") {
            return;
        }
        if let Some(spent) = self.quota.now(Instant::now()) {
            spent.write(headers);
        }
    }

    /// The response to a failure that does not run the call.
    fn instead(
        &self,
        group: Option<&str>,
        failure: Failure,
        ended: &mut Ended,
    ) -> Option<Response> {
        match failure {
            Failure::Reset(Moment::BeforeCall) => {
                ended.lost = Some(Lost::All);
                Some(Response::default())
            }
            Failure::Limit {
                headers,
                retry_after: seconds,
            } => {
                let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, TOO_MANY);
                let mut answer = self.engine.refuse(group, &refusal);
                if headers {
                    if let Some(spent) = self.quota.now(Instant::now()) {
                        spent.write(&mut answer.headers);
                    }
                    spent_until(&mut answer.headers, seconds);
                }
                Some(answer)
            }
            Failure::Degraded { retry_after } => Some(degraded(retry_after)),
            Failure::Error { status, body } => Some(match body {
                Body::Json => {
                    let title = status.canonical_reason().unwrap_or("Error");
                    self.engine.refuse(group, &Refusal::new(status, title))
                }
                Body::Html => html(status, gateway(status)),
                Body::None => Response {
                    status,
                    ..Response::default()
                },
            }),
            Failure::Latency { .. } | Failure::Reset(_) | Failure::Truncate { .. } => None,
        }
    }

    /// Lets a request through to its call, or rejects it.
    fn gate(
        &self,
        hash: &str,
        request: &Request,
        route: Route,
        unread: Option<Refusal>,
        decision: &mut Decision,
    ) -> Passed<'_> {
        let group = match &route {
            Route::Endpoint { endpoint, .. } => Some(endpoint.group.as_str()),
            _ => None,
        };
        let refused = |status: StatusCode, title: String| {
            Passed::No(self.engine.refuse(group, &Refusal::new(status, title)))
        };
        if hash != self.hash {
            *decision = Decision::NoStore;
            let title = format!(
                "There is no store {hash} here; this mock is the store {}",
                self.hash
            );
            return refused(StatusCode::NOT_FOUND, title);
        }
        let elsewhere = match &route {
            Route::Endpoint { endpoint, .. } => self.elsewhere(endpoint),
            _ => None,
        };
        let (secret, token) = match elsewhere {
            Some((server, endpoint)) => {
                let secret = server.token(&request.headers);
                (
                    secret,
                    secret.and_then(|it| self.guest(server, endpoint, it)),
                )
            }
            None => {
                let secret = request.headers.get(TOKEN);
                let secret = secret.and_then(|value| value.to_str().ok());
                (secret, secret.and_then(|secret| self.tokens.find(secret)))
            }
        };
        let Some(token) = token else {
            *decision = if secret.is_some() {
                Decision::UnknownToken
            } else {
                Decision::NoToken
            };
            return refused(StatusCode::UNAUTHORIZED, "Unauthorized".to_owned());
        };
        *decision = Decision::NoCall(Arc::clone(&token));
        // The quota is that of the store's server; no source says how another one reports its own.
        let of_the_store = elsewhere.is_none();
        let spent = of_the_store.then(|| self.quota.spend(Instant::now()));
        if let Some(spent) = spent.flatten().filter(|spent| spent.over) {
            *decision = Decision::Spent(token);
            let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, TOO_MANY);
            let mut answer = self.engine.refuse(group, &refusal);
            spent.write(&mut answer.headers);
            return Passed::No(answer);
        }
        let (endpoint, path) = match route {
            Route::Endpoint { endpoint, path } => (endpoint, path),
            // The API has been observed to respond this way if the path without the slash exists.
            Route::Unknown { .. } if self.has_a_slash_too_many(request) => {
                let title = "The path ends with a slash";
                return refused(StatusCode::NOT_FOUND, title.to_owned());
            }
            Route::Unknown { others } => {
                return refused(StatusCode::NOT_IMPLEMENTED, unknown(request, &others));
            }
        };
        *decision = Decision::on(endpoint, &token);
        if matches!(decision, Decision::Refused(..)) {
            return refused(StatusCode::FORBIDDEN, FORBIDDEN.to_owned());
        }
        if of_the_store && endpoint.stream.is_none() && !takes_json(&request.headers) {
            let title = "The Accept header excludes application/json, the only available type";
            return refused(StatusCode::NOT_ACCEPTABLE, title.to_owned());
        }
        if let Some(unread) = unread {
            return Passed::No(self.engine.refuse(group, &unread));
        }
        if let Some(withheld) = Decision::on_values(endpoint, &token, &request.body) {
            *decision = withheld;
            return refused(StatusCode::FORBIDDEN, FORBIDDEN.to_owned());
        }
        match self.caps.begin(endpoint) {
            Some(under_way) => {
                let caller = Caller {
                    client_id: token.client_id.clone(),
                    scopes: token.scopes.clone(),
                };
                Passed::To(endpoint, path, caller, under_way)
            }
            // As in the live API, this error response has none of the headers.
            None => {
                *decision = Decision::TooMany(token, endpoint);
                let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, TOO_MANY);
                Passed::Bare(self.engine.refuse(group, &refusal))
            }
        }
    }

    /// The server of an endpoint that is not on the store's server.
    fn elsewhere(
        &self,
        endpoint: &'static Endpoint,
    ) -> Option<(&'static Server, &'static Endpoint)> {
        Some((self.engine.catalogue().server(endpoint)?, endpoint))
    }

    /// The owner of another server's token: any token except one of the store, which is not valid there.
    /// It has the required scope.
    fn guest(&self, server: &Server, endpoint: &Endpoint, secret: &str) -> Option<Arc<Token>> {
        let token = || {
            Arc::new(Token {
                client_id: self.account.client_id.clone(),
                name: server.name.clone(),
                scopes: [endpoint.scope.clone()].into(),
                installed: false,
            })
        };
        self.tokens.find(secret).is_none().then(token)
    }

    fn has_a_slash_too_many(&self, request: &Request) -> bool {
        request.path.strip_suffix('/').is_some_and(|path| {
            let route = self.engine.route(&request.method, path, request.is_form());
            matches!(route, Route::Endpoint { .. })
        })
    }
}

/// A path that is missing from the catalogue may exist in the API: the response only speaks for the
/// mock.
fn unknown(request: &Request, others: &[&str]) -> String {
    let (method, path) = (&request.method, &request.path);
    let mut says = format!(
        "Not Implemented: this mock does not model {method} {path}; the live API may have it"
    );
    if !others.is_empty() {
        says += &format!(". For this path it models {}", others.join(", "));
    }
    says
}

/// Reports that nothing is left, and for how long.
fn spent_until(headers: &mut HeaderMap, seconds: u64) {
    if headers.contains_key("x-rate-limit-requests-left") {
        headers.insert("x-rate-limit-requests-left", HeaderValue::from(0));
        headers.insert(
            "x-rate-limit-time-reset-ms",
            HeaderValue::from(seconds.saturating_mul(1000)),
        );
    }
    retry_after(headers, seconds);
}

/// What deletions of price lists return while the service is overloaded.
fn degraded(seconds: u64) -> Response {
    let error = json!({
        "code": "SERVICE_DEGRADED",
        "message": "The service is overloaded.",
        "details": "The request was not processed. Retry it later.",
        "retry_after_seconds": seconds,
        "timestamp": jiff::Timestamp::now().to_string(),
    });
    crate::answers::json(StatusCode::SERVICE_UNAVAILABLE, &json!({ "error": error }))
}

fn gateway(status: StatusCode) -> String {
    format!(
        "<html>\n<head><title>{status}</title></head>\n<body>\n<center><h1>{status}</h1></center>\n</body>\n</html>\n"
    )
}

async fn pause(wait: std::time::Duration) {
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
}
