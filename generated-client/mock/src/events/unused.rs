//! Deactivates hooks that receive no events for a long time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Hook, Schedule};

/// In seconds.
pub(super) const DAY: u64 = 86_400;
/// The number of days without an event after which a hook is deactivated.
const DAYS: u64 = 90;

/// When each hook was last used.
#[derive(Debug)]
pub(super) struct Unused {
    most: Duration,
    used: Mutex<HashMap<String, Instant>>,
}

impl Unused {
    pub(super) fn new(schedule: Schedule) -> Self {
        Self {
            most: schedule.seconds(DAYS * DAY),
            used: Mutex::default(),
        }
    }

    pub(super) fn uses(&self, hook: &Hook, now: Instant) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert(hook.id.to_string(), now);
    }

    /// The hooks that have been unused for too long. For a hook that is inactive or new, the period
    /// starts when it is active.
    pub(super) fn among(&self, hooks: Vec<Hook>, now: Instant) -> Vec<Hook> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut before = std::mem::take(&mut *used);
        let mut unused = Vec::new();
        for hook in hooks.into_iter().filter(|hook| hook.is_active) {
            let name = hook.id.to_string();
            let since = before.remove(&name).unwrap_or(now);
            if now.duration_since(since) >= self.most {
                unused.push(hook);
            } else {
                used.insert(name, since);
            }
        }
        unused
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_hook_without_an_event_in_ninety_days_is_unused_and_begins_anew_when_it_is_on_again() {
        let hook = |id: i64, is_active: bool| {
            let record =
                json!({ "id": id, "scope": "s", "destination": "d", "is_active": is_active });
            record.as_object().and_then(Hook::from_record).unwrap()
        };
        let (unused, start) = (Unused::new(Schedule::compressed(1)), Instant::now());
        let on = |days: u64, hooks: Vec<Hook>| {
            let now = start + Duration::from_secs(days * DAY);
            let found = unused.among(hooks, now).into_iter();
            found.map(|hook| hook.id).collect::<Vec<_>>()
        };
        let both = || vec![hook(1, true), hook(2, true)];
        assert!(on(0, both()).is_empty());
        unused.uses(&hook(2, true), start + Duration::from_secs(DAY));
        assert!(on(89, both()).is_empty());
        assert_eq!(on(90, both()), [json!(1)]);
        assert_eq!(on(91, vec![hook(1, false), hook(2, true)]), [json!(2)]);
        assert!(on(92, both()).is_empty());
        assert!(on(180, both()).is_empty());
        assert_eq!(on(182, both()), [json!(1), json!(2)]);
    }
}
