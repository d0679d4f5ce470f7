//! Sending a call. This is the only place where a request leaves the client and a response arrives;
//! nothing here depends on the contents of the response.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};

use super::again::Failed;
use super::received::{Raw, ReadBody};
use super::trail::Trail;
use super::{Call, Outgoing};
use crate::clock::chance;
use crate::error::Error;
use crate::json::DecodeError;
use crate::observe::{Span, Wait};
use crate::quota::{Place, Settled, Turn};
use crate::reading::Reading;
use crate::response::Response;
use crate::secrets::Secrets;
use crate::transport::{Limits, StreamBody, TransportError, WantsStream};

fn limits(request: &mut http::Request<Bytes>) -> Option<&mut Limits> {
    request.extensions_mut().get_mut()
}

impl Call {
    /// Sends the call for a response that may be streamed. If it is `prompt`, no chunk may take longer
    /// than the call's timeout.
    pub(crate) fn stream(
        &self,
        accept: HeaderValue,
        prompt: bool,
    ) -> Pin<Box<dyn Future<Output = Result<Raw, Error>> + Send + '_>> {
        self.outgoing().streamed(accept, prompt).execute(None)
    }

    /// Sends the call and accepts any 2xx as a success that can be decoded.
    pub(crate) fn execute<'a>(
        &'a self,
        read: ReadBody<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Raw, Error>> + Send + 'a>> {
        self.outgoing().execute(Some(read))
    }

    /// Sends the call and decodes the response.
    pub(crate) async fn received<T: Send>(
        &self,
        read: fn(&mut Raw) -> Result<T, DecodeError>,
    ) -> Result<Response<T>, Error> {
        let mut value = None;
        let mut into = |raw: &mut Raw| -> Result<(), DecodeError> {
            value = Some(read(raw)?);
            Ok(())
        };
        let raw = self.execute(&mut into).await?;
        raw.with(value.ok_or_else(DecodeError::unread))
    }
}

impl<'a> Outgoing<'a> {
    /// Accepts a response that may be streamed; see [`Call::stream`].
    pub(crate) fn streamed(mut self, accept: HeaderValue, prompt: bool) -> Self {
        let idle = prompt.then(|| self.timeout());
        self.accept = Some((accept, Some(WantsStream { idle })));
        self
    }

    /// Sends the call and accepts any 2xx as a success. The response is decoded here, before the end of the
    /// call is reported: an HTML page with status 200 is not a success.
    pub(crate) fn execute(
        self,
        read: Option<ReadBody<'a>>,
    ) -> Pin<Box<dyn Future<Output = Result<Raw, Error>> + Send + 'a>> {
        Box::pin(async move {
            let span = Span::new(self.target.name(), &self.method, self.client.store_hash());
            let mut trail = Trail::start(&self, span.clone());
            let mut result = span.around(self.settle(&mut trail)).await;
            if let Some(read) = read {
                result = result.and_then(|raw| raw.read_by(read));
            }
            let result = result.map_err(|error| error.without(self.secrets()));
            trail.finish(&result).await;
            result
        })
    }

    /// What an error of this call must not show: its own headers may be secrets as well.
    fn secrets(&self) -> Secrets {
        let given = self.options.iter().flat_map(|options| &options.headers);
        let mut own = given.chain(self.headers).peekable();
        if own.peek().is_none() {
            return self.client.secrets().clone();
        }
        let own = own.filter_map(|(_, value)| value.to_str().ok());
        Secrets::new(own.chain(self.client.tokens()))
    }

    /// The whole life of a call: it is rejected if it cannot be sent, passes the gate, and then waits
    /// for its turn before each attempt.
    async fn settle(&self, trail: &mut Trail<'_>) -> Result<Raw, Error> {
        let mut first = Some(self.request()?);
        self.pass_gate(trail)?;
        let took = self.declare(trail).await?;
        if let Some(limits) = first.as_mut().and_then(limits) {
            limits.timeout = limits.timeout.saturating_sub(took);
        }
        let mut last: Option<Error> = None;
        loop {
            // The request is built before its turn: one that cannot be built takes no turn here or from
            // other processes.
            let request = match first.take() {
                Some(request) => request,
                None => match self.request() {
                    Ok(request) => request,
                    // The request cannot be built again, for example because its file is gone. The result
                    // of the previous attempt says more: the call may have happened.
                    Err(error) => return Err(last.unwrap_or(error)),
                },
            };
            let (place, turn) = match self.enter(trail).await {
                Ok(entered) => entered,
                Err(too_long) => return Err(self.kept_waiting(last, &too_long)),
            };
            let failed = match self.attempt(request, place, turn, trail).await {
                Ok(raw) => {
                    self.client.config().budget.earn();
                    return Ok(raw);
                }
                Err(failed) => failed,
            };
            // A call that is too large would fail again, and its caller has a better way.
            let before = last.as_ref().is_some_and(Error::perhaps_too_much);
            let again = if self.shrinks && before && failed.error.perhaps_too_much() {
                None
            } else {
                self.again(&failed, trail)
            };
            let said = self.options.and_then(|options| options.idempotent);
            let error = failed.error.after(trail.attempts()).idempotent(said);
            let error = error.following(last.as_ref());
            let Some(wait) = again else {
                return Err(error);
            };
            if !wait.is_zero() {
                let sleep = self.client.config().clock.sleep(wait);
                trail.wait(Wait::Backoff, Some(wait), sleep).await;
            }
            last = Some(error);
        }
    }

    /// Sends the request once, and reports the result to the quota.
    async fn attempt(
        &self,
        request: http::Request<Bytes>,
        place: Option<Place>,
        mut turn: Turn,
        trail: &mut Trail<'_>,
    ) -> Result<Raw, Failed> {
        let (config, target) = (self.client.config(), &self.target);
        let ticket = turn.shared;
        trail.sent();
        turn.spend();
        // The slot is freed after everything learned from the response has been reported.
        let upload = request.extensions().get::<StreamBody>().cloned();
        let (answered, _place) = self.answer(request, place, trail).await;
        let now = config.clock.now();
        let answered = match upload {
            Some(upload) if answered.is_ok() && !upload.is_taken() => {
                Err(TransportError::broken("the transport does not support streamed bodies").into())
            }
            _ => answered,
        };
        let (answer, broken) = match answered.map_err(TransportError::part) {
            Ok(answer) => (answer, None),
            Err((Some(begun), source)) => (begun, Some(source)),
            Err((None, source)) => {
                let error = Error::transport(target.clone(), source);
                if error.is_connect() {
                    turn.unspend();
                }
                trail.failed(error.kind(), now);
                let sent = !error.is_connect();
                self.settle_outside(ticket, sent, Reading::default(), None, trail)
                    .await;
                return Err(Failed::silent(error));
            }
        };
        let (mut head, mut body) = answer.into_parts();
        let (status, success) = (head.status, head.status.is_success());
        let reading = self.believed(status, &head.headers, &body, now, trail);
        let refusal = if status == StatusCode::TOO_MANY_REQUESTS {
            let capped = target.cap().is_some();
            let refusal = turn.refused(&reading, capped, chance(&*config.clock), now);
            let pause = refusal.for_all.then_some(refusal.wait);
            self.settle_outside(ticket, true, reading, pause, trail)
                .await;
            Some(refusal)
        } else {
            // Other processes are notified first, because what is learned here admits further calls of
            // this process.
            self.settle_outside(ticket, true, reading, None, trail)
                .await;
            // A server error may come from a gateway, which knows nothing about quotas.
            turn.learn(&reading, !status.is_server_error(), now);
            None
        };
        let limit = config.limits.body;
        let over = body.len() > limit;
        body.truncate(limit);
        if !success {
            let error = Error::refused(target.clone(), status, head.headers, body);
            let error = error.held_against(self.granted()).broken_by(broken);
            return Err(Failed { error, refusal });
        }
        let broken = broken.or_else(|| over.then(|| TransportError::too_large(limit).into()));
        if let Some(source) = broken {
            let error = Error::cut_off(target.clone(), status, head.headers, body, source);
            trail.failed(error.kind(), now);
            return Err(Failed::silent(error));
        }
        let mut headers = head.headers;
        self.client.secrets().mark(&mut headers);
        Ok(Raw {
            target: target.clone(),
            status,
            headers,
            read: self.client.secrets().bytes(&body),
            secrets: self.secrets(),
            body,
            stream: head.extensions.remove(),
            most: limit,
            attempts: trail.attempts(),
            strict: self
                .options
                .and_then(|options| options.strict)
                .unwrap_or(config.strict),
            oddities: Vec::new(),
            afterword: trail.afterword(),
        })
    }

    /// Notifies the shared budget, if it admitted the call.
    async fn settle_outside(
        &self,
        ticket: Option<u64>,
        sent: bool,
        reading: Reading,
        pause: Option<Duration>,
        trail: &Trail<'_>,
    ) {
        let Some(ticket) = ticket else {
            return;
        };
        let (config, quota) = (self.client.config(), self.client.calls_quota());
        let settled = Settled {
            ticket,
            sent,
            reading,
            pause,
            max_hold: quota.longest_hold(),
        };
        let told = quota.settle_outside(settled, config.clock.now());
        if told.await.is_err() {
            trail.unshared();
        }
    }
}
