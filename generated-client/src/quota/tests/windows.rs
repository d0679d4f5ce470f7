//! What is learned about windows, and how many calls they admit.

use std::time::Duration;

use super::{Reading, Store, Ticket, told};

#[test]
fn while_nothing_is_known_one_call_asks_and_more_only_when_it_is_slow() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    assert_eq!(store.held(), 1000);
    store.pass(1000);
    assert_eq!(store.drain().len(), 1);
    store.pass(1000);
    assert_eq!(store.drain().len(), 2);
    store.answer(first, 9, 28_000);
    assert_eq!(
        store.drain().len(),
        6,
        "three are on their way and may not be counted yet"
    );
}

#[test]
fn calls_that_left_before_anything_was_known_are_of_the_first_window() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.pass(2000);
    let (second, third) = (store.take().unwrap(), store.take().unwrap());
    store.answer(first, 9, 28_000);
    assert_eq!(store.left(), Some(7));
    store.state.give_back(second, false);
    assert_eq!(store.left(), Some(8), "it was not sent after all");
    store.answer(third, 5, 28_000);
    assert_eq!(store.drain().len(), 5);
}

#[test]
fn calls_never_take_more_than_is_left_and_wait_for_the_next_window() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 3, 12_000);
    assert_eq!(store.drain().len(), 3);
    assert_eq!(store.held(), 12_000);
    store.pass(12_000);
    assert_eq!(
        store.drain().len(),
        7,
        "three of the last window may arrive in this one"
    );
    assert_eq!(store.held(), 30_000);
}

#[test]
fn answers_that_overtake_each_other_never_raise_what_is_left() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let calls: Vec<Ticket> = (0..5).map(|_| store.take().unwrap()).collect();
    // The server processed them in order; their responses arrive in reverse order.
    for (at, call) in calls.iter().enumerate().rev() {
        store.answer(*call, 8 - u32::try_from(at).unwrap(), 29_000);
    }
    assert_eq!(store.drain().len(), 4);
}

#[test]
fn what_other_apps_take_is_seen_and_a_lone_answer_is_the_whole_truth() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let second = store.take().unwrap();
    store.answer(second, 2, 29_000);
    assert_eq!(store.state.window(store.now).unwrap().1, 2);
    let third = store.take().unwrap();
    store.answer(third, 6, 28_000);
    assert_eq!(store.drain().len(), 6, "the share of this app has grown");
}

#[test]
fn a_window_that_begins_early_is_taken_for_what_it_is() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 2, 10_000);
    let (second, third) = (store.take().unwrap(), store.take().unwrap());
    store.pass(3000);
    store.answer(second, 9, 30_000);
    assert_eq!(store.left(), Some(8), "one may not be counted yet");
    store.answer(third, 0, 7000);
    assert_eq!(
        store.drain().len(),
        8,
        "the other response is about the window before"
    );
    assert_eq!(store.held(), 30_000);
}

#[test]
fn a_window_that_ends_a_little_later_than_told_is_still_the_same() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 3, 15_000);
    let (second, _third) = (store.take().unwrap(), store.take().unwrap());
    store.answer(second, 9, 30_000);
    assert_eq!(store.drain().len(), 1);
}

#[test]
fn an_answer_about_a_window_that_is_over_changes_nothing() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 5000);
    let slow = store.take().unwrap();
    store.pass(5000);
    let fresh = store.take().unwrap();
    store.answer(fresh, 8, 29_000);
    store.answer(slow, 0, 100);
    assert_eq!(store.drain().len(), 8);
}

#[test]
fn a_call_that_was_not_sent_gives_its_share_back_and_one_that_was_does_not() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 2, 30_000);
    let calls = store.drain();
    store.state.give_back(calls[1], true);
    assert_eq!(store.drain().len(), 0);
    store.state.give_back(calls[0], false);
    assert_eq!(store.drain().len(), 1);
}

#[test]
fn a_call_that_was_not_sent_in_the_window_before_gives_nothing_to_this_one() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 2, 5000);
    let slow = store.take().unwrap();
    store.pass(5000);
    assert_eq!(store.drain().len(), 9);
    store.state.give_back(slow, false);
    assert_eq!(store.drain().len(), 0);
}

#[test]
fn the_probe_of_a_caller_who_went_away_is_followed_by_the_next() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    assert_eq!(store.held(), 1000);
    store.pass(700);
    store.state.give_back(first, true);
    assert!(store.take().is_some());
    assert_eq!(store.held(), 1000, "the next has as much time");
}

#[test]
fn a_store_without_a_quota_is_never_waited_for() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store
        .state
        .learn(first, &Reading::default(), false, store.now);
    let second = store.take().unwrap();
    assert_eq!(store.held(), 1000, "an error without headers says nothing");
    store
        .state
        .learn(second, &Reading::default(), true, store.now);
    assert_eq!(store.drain().len(), 10_000);
}

#[test]
fn who_waits_for_an_answer_or_a_window_may_go_sooner_when_something_changes() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    let hold = store.hold();
    assert!(!hold.refused && hold.may_change);
    store.answer(first, 0, 12_000);
    let hold = store.hold();
    assert!(!hold.refused && hold.may_change);
}

#[test]
fn a_window_that_follows_begins_with_its_first_call() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 0, 12_000);
    store.pass(20_000);
    assert_eq!(store.drain().len(), 10);
    assert_eq!(store.held(), 30_000);
}

#[test]
fn a_window_that_follows_is_no_sooner_over_than_its_first_answer_says() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 5000);
    store.pass(5000);
    let (second, third) = (store.take().unwrap(), store.take().unwrap());
    store.pass(20_000);
    store.answer(second, 9, 30_000);
    store.answer(third, 3, 30_000);
    assert_eq!(store.left(), Some(3), "both are of the same window");
    assert_eq!(store.drain().len(), 3);
    assert_eq!(store.held(), 30_000);
}

#[test]
fn a_plan_that_grows_counts_from_the_next_window() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 5000);
    let second = store.take().unwrap();
    let grown = Reading {
        quota: Some(20),
        ..told(8, 5000)
    };
    store.state.learn(second, &grown, true, store.now);
    store.pass(5000);
    assert_eq!(store.drain().len(), 20);
}

#[test]
fn the_last_answer_does_not_raise_what_is_left_while_another_call_is_on_its_way() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 5, 30_000);
    let (_slow, last) = (store.take().unwrap(), store.take().unwrap());
    store.answer(last, 9, 29_000);
    assert_eq!(store.drain().len(), 3);
}

#[test]
fn what_other_apps_take_leaves_room_for_the_calls_on_their_way() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 30_000);
    let calls: Vec<Ticket> = (0..3).map(|_| store.take().unwrap()).collect();
    store.answer(calls[0], 4, 29_000);
    assert_eq!(store.drain().len(), 2);
}

#[test]
fn a_quota_that_is_no_longer_told_of_ends_with_its_window() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 5000);
    let (second, slow) = (store.take().unwrap(), store.take().unwrap());
    store.answer_untold(second);
    assert_eq!(store.left(), Some(7), "it was told of in this window");
    store.pass(5000);
    let third = store.take().unwrap();
    store.answer_untold(slow);
    assert_eq!(store.left(), Some(8), "that was a call of the last window");
    store.answer_untold(third);
    assert_eq!(store.drain().len(), 10_000);
}

#[test]
fn a_quota_that_is_told_of_again_stays() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 5000);
    store.pass(5000);
    let second = store.take().unwrap();
    store.answer(second, 9, 30_000);
    let third = store.take().unwrap();
    store.answer_untold(third);
    assert_eq!(store.drain().len(), 8);
}

#[test]
fn a_window_without_a_number_of_calls_is_followed_by_a_question() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    let unsaid = Reading {
        quota: None,
        ..told(2, 5000)
    };
    store.state.learn(first, &unsaid, true, store.now);
    store.pass(5000);
    assert!(store.take().is_some());
    assert_eq!(store.held(), 1000);
}

#[test]
fn of_its_length_and_its_end_a_window_may_tell_one_alone() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    let length_alone = Reading {
        reset: None,
        ..told(1, 0)
    };
    store.state.learn(first, &length_alone, true, store.now);
    assert_eq!(store.drain().len(), 1);
    assert_eq!(store.held(), 30_000);

    let mut store = Store::new();
    let first = store.take().unwrap();
    let end_alone = Reading {
        window: None,
        ..told(0, 5000)
    };
    store.state.learn(first, &end_alone, true, store.now);
    store.pass(5000);
    assert_eq!(store.drain().len(), 10);
    assert_eq!(store.held(), 5000);
}

#[test]
fn what_is_left_is_shown_until_the_window_ends() {
    let mut store = Store::new();
    let first = store.take().unwrap();
    store.answer(first, 9, 5000);
    store.pass(2000);
    let shown = store.state.window(store.now);
    assert_eq!(shown, Some((Some(10), 9, Duration::from_secs(3))));
    store.pass(3000);
    assert_eq!(store.state.window(store.now), None);
}
