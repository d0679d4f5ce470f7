//! Destinations that fail too often and are blocked for a while. All hooks of an account on one host
//! are blocked together.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{Block, Schedule};

/// The length of the evaluated period, in seconds.
const WINDOW: u64 = 120;
/// How long a destination is blocked, in seconds.
const BLOCKED: u64 = 180;
/// The minimum number of attempts before a destination can be blocked.
const JUDGED: usize = 100;
/// The required percentage of successful attempts.
const ENOUGH: usize = 90;

/// An account's hooks on one host. The API only allows port 443; here, different ports represent
/// different hosts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Site {
    pub(super) client_id: String,
    pub(super) host: String,
}

/// The recent attempts of each site, and the blocked sites.
#[derive(Debug)]
pub(super) struct Blocks {
    window: Duration,
    blocked: Duration,
    sites: Mutex<HashMap<Site, Standing>>,
}

#[derive(Debug, Default)]
struct Standing {
    /// The attempts in the period, and whether they succeeded.
    attempts: VecDeque<(Instant, bool)>,
    failed: usize,
    until: Option<Instant>,
}

impl Blocks {
    pub(super) fn new(schedule: Schedule) -> Self {
        Self {
            window: schedule.seconds(WINDOW),
            blocked: schedule.seconds(BLOCKED),
            sites: Mutex::default(),
        }
    }

    pub(super) fn is_blocked(&self, site: &Site, now: Instant) -> bool {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites
            .get(site)
            .is_some_and(|standing| standing.is_blocked(now))
    }

    /// Takes down how an attempt went. If the site is blocked from now on because of it, says how many of the
    /// latest attempts failed.
    pub(super) fn judge(&self, site: &Site, succeeded: bool, now: Instant) -> Option<usize> {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        // Hooks come and go, and sites without a hook would pile up.
        sites.retain(|_, standing| standing.counts(self.window, now));
        let standing = sites.entry(site.clone()).or_default();
        // An attempt that was in progress when the block began says nothing about the time after it.
        if standing.is_blocked(now) {
            return None;
        }
        standing.add(succeeded, now);
        standing.forget(self.window, now);
        if !standing.is_bad() {
            return None;
        }
        let failed = standing.failed;
        *standing = Standing {
            until: Some(now + self.blocked),
            ..Standing::default()
        };
        Some(failed)
    }

    /// A block of a site that begins now.
    pub(super) fn block(&self, site: &Site, failed: usize, why: String) -> Block {
        Block {
            host: site.host.clone(),
            seconds: BLOCKED,
            lasts: self.blocked,
            why,
            failed,
            began: Timestamp::now().as_second(),
        }
    }
}

impl Standing {
    fn is_blocked(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| now < until)
    }

    /// Whether it still says something about its site.
    fn counts(&self, window: Duration, now: Instant) -> bool {
        let latest = self.attempts.back();
        let is_recent = latest.is_some_and(|(at, _)| now.duration_since(*at) <= window);
        is_recent || self.is_blocked(now)
    }

    fn is_bad(&self) -> bool {
        let judged = self.attempts.len();
        judged >= JUDGED && (judged - self.failed) * 100 < judged * ENOUGH
    }

    fn add(&mut self, succeeded: bool, now: Instant) {
        self.attempts.push_back((now, succeeded));
        self.failed += usize::from(!succeeded);
    }

    fn forget(&mut self, window: Duration, now: Instant) {
        while let Some((at, succeeded)) = self.attempts.front()
            && now.duration_since(*at) > window
        {
            self.failed -= usize::from(!succeeded);
            self.attempts.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(host: &str) -> Site {
        Site {
            client_id: "abc".to_owned(),
            host: host.to_owned(),
        }
    }

    fn at(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn a_site_is_judged_by_a_hundred_attempts_and_blocked_for_three_minutes() {
        let (blocks, start) = (Blocks::new(Schedule::compressed(1)), Instant::now());
        let bad = site("one");
        for n in 1..100 {
            assert_eq!(blocks.judge(&bad, n > 10, start), None, "{n}");
        }
        assert_eq!(blocks.judge(&bad, false, start), Some(11), "of 100");
        assert!(blocks.is_blocked(&bad, at(start, 179)));
        assert!(!blocks.is_blocked(&bad, at(start, 180)));
        assert!(!blocks.is_blocked(&site("two"), start));
        let anew = blocks.judge(&bad, false, at(start, 181));
        assert_eq!(anew, None, "it starts anew");
    }

    #[test]
    fn nine_in_ten_are_enough() {
        let (blocks, start) = (Blocks::new(Schedule::compressed(1)), Instant::now());
        for n in 0..1_000 {
            let judged = blocks.judge(&site("one"), n % 10 != 9, start);
            assert_eq!(judged, None, "{n}");
        }
    }

    #[test]
    fn what_is_older_than_two_minutes_does_not_count() {
        let (blocks, start) = (Blocks::new(Schedule::compressed(1)), Instant::now());
        for _ in 0..99 {
            blocks.judge(&site("one"), false, start);
        }
        let judged = blocks.judge(&site("one"), false, at(start, 121));
        assert_eq!(judged, None);
    }

    #[test]
    fn a_site_that_nothing_goes_to_any_more_is_forgotten() {
        let (blocks, start) = (Blocks::new(Schedule::compressed(1)), Instant::now());
        for n in 0..10 {
            blocks.judge(&site(&n.to_string()), true, start);
        }
        blocks.judge(&site("one"), true, at(start, 121));
        assert_eq!(blocks.sites.lock().unwrap().len(), 1);
    }
}
