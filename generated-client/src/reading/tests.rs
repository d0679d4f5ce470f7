use http::{HeaderName, HeaderValue};

use super::*;

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers
}

fn reading(pairs: &[(&'static str, &'static str)]) -> Reading {
    Reading::of(&headers(pairs))
}

#[test]
fn the_four_headers_and_the_fifth_of_refusals_are_read() {
    let reading = reading(&[
        ("x-rate-limit-requests-quota", "150"),
        ("x-rate-limit-requests-left", "35"),
        ("x-rate-limit-time-window-ms", "30000"),
        ("x-rate-limit-time-reset-ms", " 15000"),
        ("x-retry-after", "16"),
    ]);
    assert_eq!((reading.quota, reading.left), (Some(150), Some(35)));
    assert_eq!(reading.window, Some(Duration::from_secs(30)));
    assert_eq!(reading.reset, Some(Duration::from_secs(15)));
    assert_eq!(reading.wait(), Some(Duration::from_secs(16)));
    assert!(reading.is_complete());
}

#[test]
fn what_is_no_number_is_as_good_as_absent_and_the_longer_wait_counts() {
    let reset = "x-rate-limit-time-reset-ms";
    let after = "x-retry-after";
    for (pairs, millis) in [
        (&[(reset, "1500"), (after, "1")][..], Some(1500)),
        (&[(reset, "1500"), (after, "2")], Some(2000)),
        (&[(after, "0.5")], Some(500)),
        (&[(reset, "soon"), (after, "2")], Some(2000)),
        (&[(reset, "NaN"), (after, "inf")], None),
        (&[(reset, "-5")], None),
        (&[(reset, "0"), (after, "0")], None),
        (&[], None),
    ] {
        let wait = reading(pairs).wait().map(|wait| wait.as_millis());
        assert_eq!(wait, millis, "{pairs:?}");
    }
}

#[test]
fn of_a_header_that_comes_twice_the_value_counts_that_asks_for_more_patience() {
    for (name, values, left, wait) in [
        ("x-rate-limit-requests-left", ["9", "0"], Some(0), None),
        ("x-rate-limit-requests-left", ["0", "9"], Some(0), None),
        ("x-rate-limit-requests-left", ["?", "9"], Some(9), None),
        ("x-rate-limit-time-reset-ms", ["5", "2000"], None, Some(2)),
        ("x-retry-after", ["60", "1"], None, Some(60)),
        ("retry-after", ["1", "30"], None, Some(30)),
        ("retry-after", ["1", "soon"], None, Some(1)),
    ] {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, HeaderValue::from_static(value));
        }
        let reading = Reading::of(&headers);
        assert_eq!(reading.left, left, "{name}: {values:?}");
        let waits = reading.wait().map(|wait| wait.as_secs());
        assert_eq!(waits, wait, "{name}: {values:?}");
    }
}

/// What is read, and which headers are doubted.
fn doubts(pairs: &[(&'static str, &'static str)]) -> (Reading, Vec<&'static str>) {
    let mut doubts = Vec::new();
    let reading = Reading::read(&headers(pairs), &mut |name| doubts.push(name));
    (reading, doubts)
}

#[test]
fn what_cannot_be_true_counts_as_not_said_and_is_told_of() {
    let (quota, left) = ("x-rate-limit-requests-quota", "x-rate-limit-requests-left");
    let (window, reset) = ("x-rate-limit-time-window-ms", "x-rate-limit-time-reset-ms");
    let (after, standard) = ("x-retry-after", "retry-after");
    let secs = |seconds| Some(Duration::from_secs(seconds));
    for (pairs, quotas, times, doubted) in [
        // A quota of zero with zero left, forever.
        (
            &[(quota, "0"), (left, "0"), (window, "30000")][..],
            (None, None),
            (secs(30), None, None),
            &[quota][..],
        ),
        // More calls left than the quota.
        (
            &[(quota, "150"), (left, "4000000000")],
            (Some(150), Some(150)),
            (None, None, None),
            &[left],
        ),
        (
            &[(quota, "-1"), (left, "1e300")],
            (None, None),
            (None, None, None),
            &[quota, left],
        ),
        // Timestamps, in seconds and in milliseconds, in place of durations.
        (
            &[(window, "30000"), (reset, "1764000000000")],
            (None, None),
            (secs(30), None, None),
            &[reset],
        ),
        (
            &[(reset, "1764000000"), (after, "1764000000")],
            (None, None),
            (None, None, None),
            &[reset, after],
        ),
        // A window that ends later than its length allows, and one that only does so by rounding.
        (
            &[(window, "30000"), (reset, "3600000")],
            (None, None),
            (secs(30), secs(30), None),
            &[reset],
        ),
        (
            &[(window, "30000"), (reset, "31000")],
            (None, None),
            (secs(30), secs(31), None),
            &[],
        ),
        // A window of two days, and a wait of as many.
        (
            &[(window, "172800000"), (after, "172800")],
            (None, None),
            (None, None, secs(172_800)),
            &[window],
        ),
        (
            &[(window, "0"), (reset, "9000")],
            (None, None),
            (None, secs(9), None),
            &[window],
        ),
        (
            &[(after, "undefined"), (standard, "soon")],
            (None, None),
            (None, None, None),
            &[after, standard],
        ),
    ] {
        let (reading, told) = doubts(pairs);
        let names = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| name.to_ascii_lowercase()).collect()
        };
        assert_eq!((reading.quota, reading.left), quotas, "{pairs:?}");
        let read = (reading.window, reading.reset, reading.retry_after);
        assert_eq!(read, times, "{pairs:?}");
        assert_eq!(names(&told), names(doubted), "{pairs:?}");
    }
}

#[test]
fn the_standard_wait_is_in_seconds_or_until_a_moment_by_the_clock_of_the_answer() {
    const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    for (pairs, seconds) in [
        (&[("retry-after", "120")][..], Some(120)),
        (&[("retry-after", "120"), ("x-retry-after", "7")], Some(120)),
        (&[("retry-after", "7"), ("x-retry-after", "120")], Some(120)),
        (
            &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")],
            Some(30),
        ),
        (
            &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:49:07 GMT")],
            Some(0),
        ),
        (
            &[DATE, ("retry-after", "Mon, 06 Nov 2034 08:49:37 GMT")],
            None,
        ),
        // Days are possible, years are not.
        (
            &[DATE, ("retry-after", "Tue, 08 Nov 1994 08:49:37 GMT")],
            Some(172_800),
        ),
        (&[("retry-after", "172800")], Some(172_800)),
        (&[("x-retry-after", "172800")], Some(172_800)),
        // Without that clock the system clock counts.
        (&[("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")], Some(0)),
        (&[("retry-after", "1764000000")], None),
    ] {
        let wait = reading(pairs).retry_after;
        assert_eq!(wait, seconds.map(Duration::from_secs), "{pairs:?}");
    }
}

#[test]
fn no_time_is_longer_than_the_bound_and_the_longest_that_was_is_told() {
    let long = reading(&[
        ("x-rate-limit-time-window-ms", "3600000"),
        ("x-rate-limit-time-reset-ms", "5000"),
        ("x-retry-after", "7200"),
    ]);
    let (cut, longest) = long.within(Duration::from_secs(60));
    let secs = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(
        (cut.window, cut.reset, cut.retry_after),
        (secs(60), secs(5), secs(60))
    );
    assert_eq!(longest, secs(7200));
    assert_eq!(cut.within(Duration::from_secs(60)), (cut, None));
}
