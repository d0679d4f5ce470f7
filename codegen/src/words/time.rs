//! Spans of time.

use super::{Words, grammar::sentence};
use crate::spec;

/// `1 minute`, `48 hours and 4 minutes`
pub(crate) fn duration(seconds: u32) -> String {
    let parts = [
        (seconds / 3_600, "hour"),
        (seconds % 3_600 / 60, "minute"),
        (seconds % 60, "second"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, unit)| match count {
            1 => format!("1 {unit}"),
            _ => format!("{count} {unit}s"),
        })
        .collect();
    match parts.as_slice() {
        [] => "0 seconds".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

impl Words<'_> {
    /// How often a failed delivery is retried, and what happens then.
    pub(crate) fn retries(&self, retries: &spec::Retries) -> String {
        let times = match retries.after.len() {
            1 => "once".to_owned(),
            count => format!("{count} times"),
        };
        let all = retries.after.iter();
        let all = duration(all.fold(0, |sum, wait| sum.saturating_add(*wait)));
        let then = sentence(&self.prose(&retries.then));
        format!(
            "A delivery without a 2xx response is retried {times}, the last time {all} after the first attempt. {then}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_the_units_they_have() {
        for (seconds, told) in [
            (0, "0 seconds"),
            (60, "1 minute"),
            (90, "1 minute and 30 seconds"),
            (3_600, "1 hour"),
            (173_040, "48 hours and 4 minutes"),
            (3_661, "1 hour, 1 minute and 1 second"),
        ] {
            assert_eq!(duration(seconds), told);
        }
    }
}
