//! Which of a response's statements about the store's quota are believed: impossible values are
//! ignored, and times are shortened to the limit. Observers are notified of both.

use std::time::Instant;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Outgoing;
use super::trail::Trail;
use crate::error::{RETRY_AFTER_FIELD, retry_after_field};
use crate::reading::{Reading, seconds};

impl Outgoing<'_> {
    /// Reports a response to the trail, and returns what it says, as far as it is believed.
    pub(super) fn believed(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
        now: Instant,
        trail: &mut Trail<'_>,
    ) -> Reading {
        let mut doubts = Vec::new();
        let mut reading = Reading::read(headers, &mut |what| doubts.push(what));
        let refused = [
            StatusCode::TOO_MANY_REQUESTS,
            StatusCode::SERVICE_UNAVAILABLE,
        ];
        if refused.contains(&status)
            && let Some(number) = retry_after_field(body)
        {
            match seconds(number) {
                Some(wait) => reading.retry_after = reading.retry_after.max(Some(wait)),
                None => doubts.push(RETRY_AFTER_FIELD),
            }
        }
        trail.answered(status.as_u16(), reading.left, now);
        for what in doubts {
            trail.doubted(what);
        }
        let most = self.client.config().quota.longest_hold();
        let (reading, longest) = reading.within(most);
        if let Some(longest) = longest {
            trail.shortened(longest, most);
        }
        reading
    }
}
