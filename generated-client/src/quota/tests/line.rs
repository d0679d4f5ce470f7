//! The order of calls if there is not enough capacity for all, and for how long the others yield.

use std::sync::Arc;
use std::time::Duration;

use super::Store;
use crate::catalogue::Endpoint;
use crate::quota::line::GRACE;
use crate::quota::{Places, Quota};

#[test]
fn the_first_in_line_goes_first_unless_it_does_not_come() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 0, 1000);
    let _early = store.state.line.join();
    let late = store.state.line.join();
    store.pass(1000);
    for _ in 0..9 {
        assert!(store.take().is_some(), "there is enough for all");
        if store.left() == Some(2) {
            break;
        }
    }
    assert!(store.take().is_none(), "two are in line");
    assert!(store.state.take(store.now, Some(late)).is_ok());
    assert!(store.state.take(store.now, Some(late)).is_err());
    store.pass(GRACE.as_millis().try_into().unwrap());
    // The early one did not come in time; the late one has been polled since.
    assert!(store.take().is_none());
    assert!(store.state.take(store.now, Some(late)).is_ok());
    assert_eq!(store.left(), Some(0));
}

/// The maximum time for which a slot is taken.
const LONG: Duration = Duration::from_secs(60);

/// The slots of an endpoint with one slot.
fn places() -> Arc<Places> {
    let endpoint = Endpoint::ALL
        .iter()
        .find(|endpoint| endpoint.facts().concurrency == Some(1));
    Quota::new().places(*endpoint.unwrap()).unwrap()
}

#[test]
fn who_gives_back_a_place_does_not_take_it_again_before_those_who_wait() {
    let places = places();
    let now = std::time::Instant::now();
    let (mut own, mut other) = (None, None);
    let place = places.take(now, LONG, &mut own).ok().unwrap();
    assert_eq!(places.take(now, LONG, &mut other).err(), Some(Some(LONG)));
    drop(place);
    assert_eq!(places.take(now, LONG, &mut own).err(), Some(Some(GRACE)));
    let place = places.take(now, LONG, &mut other).ok().unwrap();
    assert!(other.is_none());
    let mut third = None;
    assert!(places.take(now, LONG, &mut third).is_err());
    drop(place);
    // The first in line is not polled.
    assert!(places.take(now, LONG, &mut third).is_err());
    let later = now + GRACE + Duration::from_millis(1);
    assert!(places.take(later, LONG, &mut third).is_ok());
    assert_eq!(Arc::strong_count(&places), 2);
}

#[test]
fn a_place_whose_call_was_sent_is_free_when_that_is_settled_or_has_taken_too_long() {
    let places = places();
    let now = std::time::Instant::now();
    let take = |now| places.take(now, LONG, &mut None);
    let sent = |now| {
        let mut place = take(now).ok().unwrap();
        place.send();
        place
    };
    drop(sent(now));
    assert!(take(now + LONG - GRACE).is_err(), "it may be under way");
    assert!(take(now + LONG).is_ok(), "nobody waits for ever");

    let places = self::places();
    let take = |now| places.take(now, LONG, &mut None);
    let mut place = take(now).ok().unwrap();
    place.send();
    place.settle(now);
    assert!(take(now).is_err(), "who made the call may look at once");
    assert!(take(now + GRACE).is_ok(), "and is not waited for");
    drop(place);
    assert!(take(now).is_ok());

    // A call that is settled too late does not free another call's slot.
    let sent = |now| {
        let mut place = take(now).ok().unwrap();
        place.send();
        place
    };
    let (mut late, mut next) = (sent(now), sent(now + LONG));
    late.settle(now + LONG);
    drop(late);
    assert!(take(now + LONG).is_err());
    next.settle(now + LONG);
    drop(next);
    assert!(take(now + LONG).is_ok());
}
