//! A quota of requests over two windows: it is used up in the first, and full again at the second.

use super::{About, Picture, Side, WIDTH};

/// A quota, with its headers.
#[derive(Clone, Debug)]
pub(in super::super) struct Quota {
    pub requests: u32,
    pub seconds: u32,
    /// The header with the remaining requests.
    pub left: String,
    /// The header with the time until the quota is full again.
    pub reset: String,
}

const FULL: i32 = 44;
const NONE: i32 = 128;
const START: i32 = 4;
/// When the last request of the first window is sent.
const SPENT: i32 = 112;
/// When the second window starts.
const AGAIN: i32 = 188;

/// The remaining quota, and the responses when none is left.
pub(in super::super) fn quota(quota: &Quota, about: About<'_>) -> String {
    let mut picture = Picture::default();
    let end = WIDTH - 4;
    picture.text((START, 14), Side::Right, "code", &quota.left);
    picture.rect((SPENT, FULL), (AGAIN - SPENT, NONE - FULL), "shut");
    picture.line(&[(START, NONE), (end, NONE)], "lane");
    picture.line(&[(AGAIN, FULL - 8), (AGAIN, NONE + 54)], "lane");
    picture.line(&[(START, FULL), (START, NONE + 54)], "lane");
    let mut course = vec![(START, FULL)];
    for step in 1..=9 {
        let x = START + (SPENT - START) * step / 9;
        let before = FULL + (NONE - FULL) * (step - 1) / 9;
        course.extend([(x, before), (x, FULL + (NONE - FULL) * step / 9)]);
    }
    course.extend([(AGAIN, NONE), (AGAIN, FULL)]);
    for step in 1..=4 {
        let x = AGAIN + (end - AGAIN) * step / 4;
        course.extend([(x, FULL + 9 * (step - 1)), (x, FULL + 9 * step)]);
    }
    course.pop();
    picture.line(&course, "course");
    picture.text(
        (START, FULL - 8),
        Side::Right,
        "",
        &quota.requests.to_string(),
    );
    picture.text(
        (AGAIN + 4, FULL - 8),
        Side::Right,
        "",
        &quota.requests.to_string(),
    );
    let middle = (SPENT + AGAIN) / 2;
    picture.text((middle, (FULL + NONE) / 2 + 5), Side::Middle, "stop", "429");
    picture.arrow(SPENT, AGAIN, NONE + 14, "arrow");
    picture.text((AGAIN - 6, NONE + 36), Side::Left, "code", &quota.reset);
    let window = format!("window of {} seconds", quota.seconds);
    let foot = NONE + 50;
    picture.line(&[(START, foot), (AGAIN, foot)], "arrow");
    for x in [START, AGAIN] {
        picture.line(&[(x, foot - 4), (x, foot + 4)], "arrow");
    }
    picture.text(((START + AGAIN) / 2, foot + 18), Side::Middle, "", &window);
    picture.svg(about)
}
