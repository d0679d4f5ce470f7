//! Waits between attempts, as bars. They grow from a minute to a day, so the scale is logarithmic.

use super::{About, LINE, Picture, Side, WIDTH};

/// A wait before a try.
#[derive(Clone, Debug)]
pub(in super::super) struct Wait {
    /// How long it is.
    pub seconds: u32,
    pub told: String,
}

/// Where the bars start.
const LEFT: i32 = 104;

/// The longest bar.
const LONGEST: i32 = WIDTH - LEFT - 4;

const ROW: i32 = LINE + 9;

/// A bar for each wait, between what comes first and what happens after all attempts.
pub(in super::super) fn waits(first: &str, all: &[Wait], last: &str, about: About<'_>) -> String {
    let mut picture = Picture::default();
    let (mut y, x) = (14, 7);
    let rows = i32::try_from(all.len()).unwrap_or(0);
    picture.line(&[(x, y), (x, y + (rows + 1) * ROW)], "lane");
    picture.dot((x, y), "dot");
    picture.text((x + 14, y + 5), Side::Right, "strong", first);
    let lengths = || all.iter().map(|wait| bits(wait.seconds));
    let (least, most) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(1));
    // The shortest also has a length.
    let base = least - 24;
    for wait in all {
        y += ROW;
        picture.dot((x, y), "dot");
        picture.text((x + 14, y + 5), Side::Right, "", &wait.told);
        let length = (bits(wait.seconds) - base) * LONGEST / (most - base).max(1);
        picture.rect((LEFT, y - 6), (length.max(4), 12), "bar");
    }
    y += ROW;
    picture.dot((x, y), "dot stop");
    picture.text((x + 14, y + 5), Side::Right, "strong", last);
    picture.reaches(y + 12);
    picture.svg(about)
}

/// The binary logarithm of a wait, in sixteenths.
fn bits(seconds: u32) -> i32 {
    let whole = seconds.max(1).ilog2();
    let part = (u64::from(seconds.max(1)) << 4 >> whole) - 16;
    i32::try_from(u64::from(whole) * 16 + part).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_wait_has_a_longer_bar() {
        let all = [1, 2, 3, 59, 60, 180, 300, 3_600, 86_400];
        assert!(all.windows(2).all(|two| bits(two[0]) < bits(two[1])));
        assert_eq!(bits(64), 6 * 16);
        assert_eq!(bits(0), 0);
    }
}
