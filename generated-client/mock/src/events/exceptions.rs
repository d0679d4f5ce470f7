//! What hooks for exceptions are told about the failures of other hooks.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Fired, Hook, Schedule};

/// The event. It is the only one that no call fires.
pub(super) const SCOPE: &str = "store/hook/deliveryException";

/// The minimum interval between retry notifications for a destination, in seconds.
const QUIET: u64 = 600;

/// What happened to a delivery, or to its hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exception {
    /// It failed, and will be retried.
    Retried,
    /// No attempts are left, and the hook is deactivated.
    SwitchedOff,
    /// The destination is blocked for a while.
    Blocked,
}

impl Exception {
    pub(super) fn fired(self, hook: &Hook) -> Fired {
        let (code, message) = match self {
            Self::Retried => (90_001, "The delivery failed and will be retried."),
            Self::SwitchedOff => (90_002, "No attempts are left. The hook is now inactive."),
            Self::Blocked => (90_003, "The domain of the destination is blocked."),
        };
        let data =
            json!({ "type": "webhook", "id": hook.id, "error_code": code, "message": message });
        Fired::new(SCOPE, data)
    }
}

/// When the retries of each destination were last reported.
#[derive(Debug)]
pub(super) struct Notices {
    quiet: Duration,
    last: Mutex<HashMap<(String, String), Instant>>,
}

impl Notices {
    pub(super) fn new(schedule: Schedule) -> Self {
        Self {
            quiet: schedule.seconds(QUIET),
            last: Mutex::default(),
        }
    }

    /// Whether this is reported now.
    pub(super) fn is_due(&self, exception: Exception, hook: &Hook, now: Instant) -> bool {
        if exception != Exception::Retried {
            return true;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (hook.client_id.clone(), hook.destination.clone());
        last.retain(|_, told| now.duration_since(*told) < self.quiet);
        let is_due = !last.contains_key(&key);
        if is_due {
            last.insert(key, now);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_hears_of_retries_once_in_ten_minutes() {
        let record =
            json!({ "id": 7, "scope": "store/thing/*", "destination": "http://localhost/" });
        let hook = record.as_object().and_then(Hook::from_record).unwrap();
        let (notices, start) = (Notices::new(Schedule::compressed(1)), Instant::now());
        let due = |exception, seconds| {
            notices.is_due(exception, &hook, start + Duration::from_secs(seconds))
        };
        assert!(due(Exception::Retried, 0));
        assert!(!due(Exception::Retried, 599));
        assert!(due(Exception::SwitchedOff, 599));
        assert!(due(Exception::Retried, 600));
    }
}
