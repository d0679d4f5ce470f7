//! Limits the concurrent calls of an endpoint in a store.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::catalogue::Endpoint;

/// Counts the calls in progress, for endpoints with a cap.
#[derive(Debug, Default)]
pub(crate) struct Caps {
    under_way: HashMap<String, AtomicUsize>,
}

/// A call in progress; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct UnderWay<'a>(Option<&'a AtomicUsize>);

impl Caps {
    pub(crate) fn of<'a>(endpoints: impl IntoIterator<Item = &'a Endpoint>) -> Self {
        let capped = endpoints
            .into_iter()
            .filter(|endpoint| endpoint.concurrency.is_some());
        Self {
            under_way: capped
                .map(|endpoint| (endpoint.id.clone(), AtomicUsize::new(0)))
                .collect(),
        }
    }

    /// Starts a call, unless the cap is reached.
    pub(crate) fn begin(&self, endpoint: &Endpoint) -> Option<UnderWay<'_>> {
        let (Some(most), Some(count)) = (endpoint.concurrency, self.under_way.get(&endpoint.id))
        else {
            return Some(UnderWay(None));
        };
        let one_more = |now| (now < most).then_some(now + 1);
        count
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more)
            .is_ok()
            .then(|| UnderWay(Some(count)))
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if let Some(count) = self.0 {
            count.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_call_beyond_the_cap_waits_for_none_and_is_let_in_once_another_ended() {
        let endpoints = &Catalogue::shared().unwrap().endpoints;
        let caps = Caps::of(endpoints);
        let capped = endpoints.iter().find(|e| e.concurrency.is_some()).unwrap();
        let most = capped.concurrency.unwrap();
        let mut under_way: Vec<_> = (0..most).map(|_| caps.begin(capped).unwrap()).collect();
        assert!(caps.begin(capped).is_none());
        under_way.pop();
        assert!(caps.begin(capped).is_some());
    }

    #[test]
    fn a_call_without_a_cap_is_always_let_in() {
        let endpoints = &Catalogue::shared().unwrap().endpoints;
        let caps = Caps::of(endpoints);
        let free = endpoints.iter().find(|e| e.concurrency.is_none()).unwrap();
        let under_way: Vec<_> = (0..100).map(|_| caps.begin(free)).collect();
        assert!(under_way.iter().all(Option::is_some));
    }
}
