//! The faults of a running store.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Fault, Kind, Script, pattern::fits};

/// The faults of a running store. Clones share the same faults.
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use bigcommerce_mock::{Fault, Moment, Store};
///
/// let store = Store::start().await?;
/// store.faults().add(Fault::reset(Moment::During).on("products.list").times(1));
/// // ... the first list of products is cut off, the second one works ...
/// store.faults().clear();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Faults(Arc<Inner>);

struct Inner {
    /// A store without faults takes no lock for them.
    any: AtomicBool,
    rules: Mutex<Rules>,
}

struct Rules {
    seed: u64,
    added: u64,
    rules: Vec<Rule>,
}

struct Rule {
    fault: Fault,
    chance: fastrand::Rng,
    fitted: u64,
    struck: u64,
}

/// The faults for one request.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Troubles {
    /// The additional latency.
    pub(crate) wait: Duration,
    /// The failure.
    pub(crate) failure: Option<Failure>,
}

/// A failure.
pub(crate) type Failure = Kind;

impl Faults {
    pub(crate) fn new(script: Script) -> Self {
        let rules = Rules {
            seed: script.seed,
            added: 0,
            rules: Vec::new(),
        };
        let faults = Self(Arc::new(Inner {
            any: AtomicBool::new(false),
            rules: Mutex::new(rules),
        }));
        for fault in script.faults {
            faults.add(fault);
        }
        faults
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.0.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a fault after the existing ones.
    pub fn add(&self, fault: Fault) {
        let mut rules = self.rules();
        // Each has its own random generator, so that one fault does not affect another.
        let seed = rules
            .seed
            .wrapping_add(rules.added.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let chance = fastrand::Rng::with_seed(seed);
        rules.added += 1;
        rules.rules.push(Rule {
            fault,
            chance,
            fitted: 0,
            struck: 0,
        });
        self.0.any.store(true, Ordering::Release);
    }

    /// Removes all faults.
    pub fn clear(&self) {
        self.rules().rules.clear();
        self.0.any.store(false, Ordering::Release);
    }

    /// Each fault with how often it has occurred.
    #[must_use]
    pub fn list(&self) -> Vec<(Fault, u64)> {
        let rules = self.rules();
        rules
            .rules
            .iter()
            .map(|rule| (rule.fault.clone(), rule.struck))
            .collect()
    }

    /// The faults for a request: all latencies, and the first failure.
    pub(crate) fn strike(&self, method: &str, path: &str, endpoint: Option<&str>) -> Troubles {
        let mut troubles = Troubles::default();
        if !self.0.any.load(Ordering::Acquire) {
            return troubles;
        }
        for rule in &mut self.rules().rules {
            let waits = matches!(rule.fault.kind, Kind::Latency { .. });
            if !waits && troubles.failure.is_some() {
                continue;
            }
            if !rule.fault.is_for(method, path, endpoint) || !rule.strikes() {
                continue;
            }
            match rule.fault.kind {
                Kind::Latency { wait, jitter } => {
                    troubles.wait += wait + jitter.mul_f64(rule.chance.f64());
                }
                failure => troubles.failure = Some(failure),
            }
        }
        troubles
    }
}

impl Rule {
    fn strikes(&mut self) -> bool {
        self.fitted += 1;
        if self.fitted <= self.fault.after
            || self.fault.times.is_some_and(|most| self.struck >= most)
        {
            return false;
        }
        let strikes = self.fault.probability >= 1.0 || self.chance.f64() < self.fault.probability;
        self.struck += u64::from(strikes);
        strikes
    }
}

impl Fault {
    fn is_for(&self, method: &str, path: &str, endpoint: Option<&str>) -> bool {
        self.method
            .as_deref()
            .is_none_or(|only| only.eq_ignore_ascii_case(method))
            && self
                .path
                .as_deref()
                .is_none_or(|only| fits(only, path, '/'))
            && self
                .endpoint
                .as_deref()
                .is_none_or(|only| endpoint.is_some_and(|endpoint| fits(only, endpoint, '.')))
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.list()).finish()
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::super::{Body, Moment};
    use super::*;

    fn of(seed: u64, faults: impl IntoIterator<Item = Fault>) -> Faults {
        Faults::new(
            faults
                .into_iter()
                .fold(Script::new().seed(seed), Script::fault),
        )
    }

    #[test]
    fn a_fault_strikes_after_some_requests_and_only_so_often() {
        let faults = of(
            1,
            [Fault::reset(Moment::Before)
                .on("orders.create")
                .after(2)
                .times(2)],
        );
        let struck: Vec<bool> = (0..6)
            .map(|_| {
                faults
                    .strike("POST", "/v2/orders", Some("orders.create"))
                    .failure
                    .is_some()
            })
            .collect();
        assert_eq!(struck, [false, false, true, true, false, false]);
        assert_eq!(faults.list()[0].1, 2);
    }

    #[test]
    fn requests_that_do_not_fit_are_not_counted() {
        let faults = of(1, [Fault::truncate().method("get").path("/v3/**").after(1)]);
        assert_eq!(
            faults.strike("POST", "/v3/hooks", None),
            Troubles::default()
        );
        assert_eq!(
            faults.strike("GET", "/v2/orders", None),
            Troubles::default()
        );
        assert_eq!(faults.strike("GET", "/v3/hooks", None), Troubles::default());
        assert!(faults.strike("GET", "/v3/hooks", None).failure.is_some());
    }

    #[test]
    fn the_same_seed_fails_the_same_requests_and_another_one_others() {
        let fault = || Fault::error(StatusCode::BAD_GATEWAY, Body::Html).probability(0.5);
        let run = |seed| -> Vec<bool> {
            let faults = of(seed, [fault()]);
            (0..64)
                .map(|_| faults.strike("GET", "/v3/hooks", None).failure.is_some())
                .collect()
        };
        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
    }

    #[test]
    fn waits_add_up_beside_the_first_failure() {
        let wait = Duration::from_millis(20);
        let faults = of(
            1,
            [
                Fault::latency(wait),
                Fault::limit(3),
                Fault::truncate(),
                Fault::latency(wait),
            ],
        );
        let troubles = faults.strike("GET", "/v3/hooks", None);
        assert_eq!(troubles.wait, wait * 2);
        assert_eq!(
            troubles.failure,
            Some(Kind::Limit {
                headers: true,
                retry_after: 3
            })
        );
    }
}
