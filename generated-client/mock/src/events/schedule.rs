//! The retry schedule of failed deliveries, and its clock.

use std::time::Duration;

/// The waits before the attempts after the first, in seconds: two days in all.
const WAITS: [u64; 11] = [
    60, 180, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 50_400, 86_400,
];

/// The waits between attempts, on a clock that runs faster than the API's. The same clock determines
/// how long a destination is blocked, and when an unused hook is deactivated.
///
/// ```
/// use std::time::Duration;
/// use bigcommerce_mock::events::Schedule;
///
/// let schedule = Schedule::compressed(600);
/// assert_eq!(schedule.wait(1), Some(Duration::from_millis(100))); // a minute
/// assert_eq!(schedule.wait(11), Some(Duration::from_secs(144))); // a day
/// assert_eq!(schedule.wait(12), None); // the hook is deactivated by then
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    compression: u32,
}

impl Schedule {
    /// How many seconds of the API pass in one real second; 1 and 0 mean real time.
    #[must_use]
    pub const fn compressed(compression: u32) -> Self {
        let compression = if compression == 0 { 1 } else { compression };
        Self { compression }
    }

    /// The wait after this many failed attempts; `None` if there are no more.
    #[must_use]
    pub fn wait(&self, failed: usize) -> Option<Duration> {
        let seconds = WAITS.get(failed.checked_sub(1)?)?;
        Some(self.seconds(*seconds))
    }

    /// Seconds of the API, converted to real time.
    pub(super) fn seconds(self, seconds: u64) -> Duration {
        Duration::from_secs(seconds) / self.compression
    }

    /// The total number of attempts.
    #[must_use]
    pub const fn attempts(&self) -> usize {
        WAITS.len() + 1
    }
}

/// An hour in a second: all attempts take 48 seconds.
impl Default for Schedule {
    fn default() -> Self {
        Self::compressed(3_600)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_eleven_retries_in_about_two_days() {
        let schedule = Schedule::compressed(0);
        let waits: Vec<_> = (1..).map_while(|failed| schedule.wait(failed)).collect();
        assert_eq!(waits.len(), 11);
        assert_eq!(waits.iter().sum::<Duration>(), Duration::from_secs(173_040));
        assert_eq!(schedule.wait(0), None);
    }
}
