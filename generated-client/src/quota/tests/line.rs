//! Who goes first when there is not enough for all, and who is waited for.

use std::sync::Arc;
use std::time::Duration;

use super::Store;
use crate::catalogue::Endpoint;
use crate::quota::Quota;
use crate::quota::line::GRACE;

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
    // The early one was missed; the late one has come since.
    assert!(store.take().is_none());
    assert!(store.state.take(store.now, Some(late)).is_ok());
    assert_eq!(store.left(), Some(0));
}

#[test]
fn who_gives_back_a_place_does_not_take_it_again_before_those_who_wait() {
    let quota = Quota::new();
    let endpoint = Endpoint::ALL
        .iter()
        .find(|endpoint| endpoint.facts().concurrency == Some(1));
    let places = quota.places(*endpoint.unwrap()).unwrap();
    let now = std::time::Instant::now();
    let (mut own, mut other) = (None, None);
    let place = places.take(now, &mut own).ok().unwrap();
    assert_eq!(places.take(now, &mut other).err(), Some(None));
    drop(place);
    assert_eq!(places.take(now, &mut own).err(), Some(Some(GRACE)));
    let place = places.take(now, &mut other).ok().unwrap();
    assert!(other.is_none());
    let mut third = None;
    assert!(places.take(now, &mut third).is_err());
    drop(place);
    // The first of the line does not come.
    assert!(places.take(now, &mut third).is_err());
    let later = now + GRACE + Duration::from_millis(1);
    assert!(places.take(later, &mut third).is_ok());
    assert_eq!(Arc::strong_count(&places), 3);
}
