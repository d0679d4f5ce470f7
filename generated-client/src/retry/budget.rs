//! The retry budget of a client: a bucket from which each retry takes and which each success refills a
//! little, so that clients do not multiply the load during an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many successes restore one retry.
const COST: u32 = 10;

/// The remaining retries, in fractions.
pub(crate) struct Budget {
    left: AtomicU32,
    most: u32,
}

impl Budget {
    /// A full budget of this many retries.
    pub(crate) const fn new(repetitions: u32) -> Self {
        let most = repetitions.saturating_mul(COST);
        Self {
            left: AtomicU32::new(most),
            most,
        }
    }

    /// Takes a retry, if there is one.
    pub(crate) fn spend(&self) -> bool {
        let take = |left: u32| left.checked_sub(COST);
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    /// Restores a fraction for a successful call.
    pub(crate) fn earn(&self) {
        // It is nearly always full, and then nothing is written.
        if self.left.load(Ordering::Relaxed) < self.most {
            let give = |left: u32| (left < self.most).then(|| left + 1);
            let _ = self
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_budget_is_filled_by_successes_and_never_beyond_its_size() {
        let budget = Budget::new(2);
        assert!(budget.spend() && budget.spend() && !budget.spend());
        for _ in 0..9 {
            budget.earn();
        }
        assert!(!budget.spend());
        budget.earn();
        assert!(budget.spend() && !budget.spend());
        for _ in 0..1000 {
            budget.earn();
        }
        assert!(budget.spend() && budget.spend() && !budget.spend());
        assert!(!Budget::new(0).spend());
    }
}
