//! What happens to the permit for one call, however the call ends.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};
use std::time::{Duration, Instant};

use super::{Reading, told};
use crate::quota::line::GRACE;
use crate::quota::{Inner, Quota, Turn, Waiter};

/// A quota whose response has reported this many calls left.
fn quota(left: u32) -> (Quota, Instant) {
    let (quota, now) = (Quota::new(), Instant::now());
    turn(&quota, now).learn(&told(left, 30_000), true, now);
    (quota, now)
}

fn turn(quota: &Quota, now: Instant) -> Turn {
    match quota.take(now, &mut None) {
        Ok(turn) => turn,
        Err(hold) => panic!("{hold:?}"),
    }
}

fn left(quota: &Quota) -> u32 {
    quota.left().unwrap().calls
}

#[test]
fn a_call_that_nobody_waits_for_counts_only_if_it_was_sent() {
    let (quota, now) = quota(9);
    drop(turn(&quota, now));
    assert_eq!(left(&quota), 9, "it never left");
    let mut sent = turn(&quota, now);
    sent.spend();
    drop(sent);
    assert_eq!(left(&quota), 8);
    let mut refused_at_the_door = turn(&quota, now);
    refused_at_the_door.spend();
    refused_at_the_door.unspend();
    drop(refused_at_the_door);
    assert_eq!(left(&quota), 8);
}

#[test]
fn what_was_answered_is_not_given_back_a_second_time() {
    let (quota, now) = quota(9);
    let _slow = turn(&quota, now);
    let mut answered = turn(&quota, now);
    answered.spend();
    answered.learn(&told(8, 30_000), true, now);
    answered.learn(&told(1, 30_000), true, now);
    drop(answered);
    assert_eq!(left(&quota), 7, "one is on its way");
    let mut last = turn(&quota, now);
    last.spend();
    last.learn(&told(9, 30_000), true, now);
    assert_eq!(left(&quota), 6, "it still is, so nothing is raised");
}

#[test]
fn a_refusal_holds_up_all_unless_it_names_no_wait_and_the_endpoint_has_a_cap() {
    for (reading, capped, for_all) in [
        (Reading::default(), true, false),
        (Reading::default(), false, true),
        (told(0, 5000), true, true),
        (told(0, 5000), false, true),
    ] {
        let (quota, now) = quota(9);
        let refusal = turn(&quota, now).refused(&reading, capped, 0.0, now);
        assert_eq!(refusal.for_all, for_all);
        assert_eq!(quota.take(now, &mut None).is_err(), for_all);
        let named = reading.wait().unwrap_or(Duration::from_secs(2));
        assert_eq!(refusal.wait, named);
    }
}

#[test]
fn a_refusal_tells_what_is_left_and_is_no_sign_that_there_is_no_quota() {
    let (told_of, now) = quota(9);
    let mut call = turn(&told_of, now);
    call.spend();
    let _ = call.refused(&told(3, 30_000), false, 0.0, now);
    assert_eq!(left(&told_of), 3);

    let unknown = Quota::new();
    let mut call = turn(&unknown, now);
    call.spend();
    let _ = call.refused(&Reading::default(), true, 0.0, now);
    let _asks = turn(&unknown, now);
    assert!(
        unknown.take(now, &mut None).is_err(),
        "one call asks, others wait"
    );
}

#[test]
fn who_waits_behind_one_that_does_not_come_learns_of_a_new_window_as_well() {
    let (quota, now) = quota(1);
    let mut sent = turn(&quota, now);
    sent.spend();
    let (mut first, mut second) = (None, None);
    assert!(quota.take(now, &mut first).is_err());
    assert!(quota.take(now, &mut second).is_err());
    let is_called = |waiter: &Option<Waiter<Inner>>| {
        let called = pin!(waiter.as_ref().unwrap().called());
        let mut context = Context::from_waker(Waker::noop());
        called.poll(&mut context).is_ready()
    };
    assert!(!is_called(&second));
    // The window is renewed sooner than reported, with room for one call.
    sent.learn(&told(1, 60_000), true, now);
    assert!(is_called(&second));
    assert!(quota.take(now, &mut second).is_err(), "the first may come");
    assert!(quota.take(now + GRACE, &mut second).is_ok());
    assert!(first.is_some());
}

/// Makes another attempt as soon as it is woken.
struct Hasty {
    quota: Quota,
    now: Instant,
    went: AtomicBool,
}

impl Wake for Hasty {
    fn wake(self: Arc<Self>) {
        let went = self.quota.take(self.now, &mut None).is_ok();
        self.went.store(went, Ordering::SeqCst);
    }
}

#[test]
fn nobody_goes_on_what_a_refusal_tells_before_its_pause_begins() {
    let (quota, now) = quota(1);
    let mut sent = turn(&quota, now);
    sent.spend();
    let mut waiter = None;
    assert!(quota.take(now, &mut waiter).is_err());
    let went = AtomicBool::new(false);
    let hasty = Arc::new(Hasty {
        quota: quota.clone(),
        now,
        went,
    });
    let waker = Waker::from(Arc::clone(&hasty));
    let called = pin!(waiter.as_ref().unwrap().called());
    assert!(called.poll(&mut Context::from_waker(&waker)).is_pending());
    // The window has room again, but there is a 429.
    let _ = sent.refused(&told(5, 30_000), false, 0.0, now);
    assert_eq!(left(&quota), 5);
    assert!(!hasty.went.load(Ordering::SeqCst));
}
