//! Sending a request and listening for its response. If an endpoint has a concurrency cap, its call
//! counts at the API until it responds, whether or not the caller still waits. So the client listens
//! for longer than the caller does, and the slot stays taken in the meantime.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::runtime::Handle;

use super::Outgoing;
use super::trail::Trail;
use crate::clock::{Clock, by};
use crate::kind::ErrorKind;
use crate::quota::Place;
use crate::transport::{BoxError, Limits, TransportError};

/// The response, and the call's slot, which is freed when this is dropped.
type Heard = (Result<Response<Bytes>, BoxError>, Option<Place>);

impl Outgoing<'_> {
    pub(super) async fn answer(
        &self,
        mut request: Request<Bytes>,
        place: Option<Place>,
        trail: &Trail<'_>,
    ) -> Heard {
        let config = self.client.config();
        let Some(mut place) = place else {
            return (config.transport.answer(request).await, None);
        };
        place.send();
        let clock = Arc::clone(&config.clock);
        let limits = request.extensions_mut().get_mut::<Limits>();
        let (Ok(runtime), Some(limits)) = (Handle::try_current(), limits) else {
            let answer = config.transport.answer(request).await;
            return settled(answer, place, &*clock);
        };
        let timeout = limits.timeout;
        limits.timeout = self.longest(timeout);
        let answer = config.transport.answer(request);
        let listening = async move { settled(answer.await, place, &*clock) };
        match by(timeout, runtime.spawn(trail.around(listening))).await {
            Some(Ok(answer)) => answer,
            Some(Err(error)) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(error) => (Err(TransportError::broken(error).into()), None),
            },
            None => (Err(TransportError::timeout().into()), None),
        }
    }

    /// How long a call with this timeout may remain in progress.
    pub(super) fn longest(&self, timeout: Duration) -> Duration {
        timeout.max(self.client.config().quota.longest_hold())
    }
}

/// Frees the slot, unless it is unknown whether the call is still in progress.
fn settled(
    answer: Result<Response<Bytes>, BoxError>,
    mut place: Place,
    clock: &dyn Clock,
) -> Heard {
    let failure = answer.as_ref().err().and_then(|error| error.downcast_ref());
    if failure.map(TransportError::kind) != Some(ErrorKind::Timeout) {
        place.settle(clock.now());
    }
    (answer, Some(place))
}
