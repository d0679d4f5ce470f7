//! The span of a call, for the crate `tracing`. Without the feature it does nothing.

use super::Step;

/// The span of one call.
#[derive(Clone)]
pub(crate) struct Span(#[cfg(feature = "tracing")] tracing::Span);

#[cfg(feature = "tracing")]
impl Span {
    pub(crate) fn new(endpoint: &str, method: &http::Method, store_hash: &str) -> Self {
        Self(tracing::info_span!(
            "bigcommerce_call",
            endpoint,
            method = method.as_str(),
            store_hash,
            status = tracing::field::Empty,
            attempts = tracing::field::Empty,
            waited_ms = tracing::field::Empty,
        ))
    }

    /// The future, inside the span whenever it is polled.
    pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        tracing::Instrument::instrument(future, self.0.clone())
    }

    pub(crate) fn tell(&self, step: &Step) {
        if self.0.is_disabled() {
            return;
        }
        let span = &self.0;
        let millis =
            |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        match *step {
            Step::Started => {}
            Step::Doubtful { scope } => {
                let scope = scope.as_str();
                tracing::warn!(parent: span, scope, "the granted scopes may not be sufficient");
            }
            Step::Waiting { why, expected } => {
                let expected_ms = expected.map(millis);
                tracing::debug!(parent: span, ?why, expected_ms, "waiting");
            }
            Step::Unshared => tracing::warn!(parent: span, "the shared quota cannot be reached"),
            Step::Sent { attempt } => tracing::debug!(parent: span, attempt, "sent"),
            Step::Responded {
                attempt,
                status,
                took,
                left,
            } => {
                let took_ms = millis(took);
                tracing::debug!(parent: span, attempt, status, took_ms, left, "responded");
            }
            Step::Doubted { what } => {
                tracing::warn!(parent: span, what, "the response reports an impossible value for \
                    the quota");
            }
            Step::Shortened { from, to } => {
                let (from_ms, to_ms) = (millis(from), millis(to));
                tracing::warn!(parent: span, from_ms, to_ms, "the quota would delay calls for \
                    too long");
            }
            Step::Failed {
                attempt,
                kind,
                took,
            } => {
                let took_ms = millis(took);
                tracing::debug!(parent: span, attempt, ?kind, took_ms, "no response");
            }
            Step::Retrying {
                attempt,
                why,
                after,
            } => {
                let after_ms = millis(after);
                tracing::info!(parent: span, attempt, ?why, after_ms, "retrying");
            }
            Step::Unrecorded => tracing::warn!(parent: span, "an audit sink has failed"),
            Step::Odd { count } => {
                tracing::warn!(parent: span, count, "the response has values of the wrong type");
            }
            Step::Finished {
                end,
                status,
                attempts,
                waited,
                ..
            } => {
                span.record("attempts", attempts);
                span.record("waited_ms", millis(waited));
                if let Some(status) = status {
                    span.record("status", status);
                }
                tracing::debug!(parent: span, ?end, "finished");
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
impl Span {
    #[inline]
    pub(crate) const fn new(_: &str, _: &http::Method, _: &str) -> Self {
        Self()
    }

    #[inline]
    pub(crate) const fn around<F: Future>(&self, future: F) -> F {
        future
    }

    #[inline]
    #[allow(clippy::unused_self, reason = "as with the feature")]
    pub(crate) const fn tell(&self, _: &Step) {}
}
