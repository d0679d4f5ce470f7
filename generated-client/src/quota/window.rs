//! The budget of one store as a state that calls change one after another. It has no clock, no lock and
//! no waiting: each question includes the current time, and the answer is immediate.

use std::time::{Duration, Instant};

use super::line::{GRACE, Line};
use crate::reading::Reading;

/// The wait after a 429 that requests none: between these two, doubling each time.
const UNSAID: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(5));
/// The longest wait that was not requested.
const UNSAID_MOST: Duration = Duration::from_secs(60);
/// The jitter added to a requested wait.
const SPREAD: Duration = Duration::from_millis(250);
/// While nothing is known, one call may be in progress, and twice as many after each of these
/// intervals.
const PATIENCE: Duration = Duration::from_secs(1);

/// The maximum time without any call by default: four windows of the usual length.
const MAX_HOLD: Duration = Duration::from_secs(120);

/// What is known about a store's quota, and what was taken from it.
#[derive(Debug)]
pub(super) struct State {
    /// The maximum time without any call, whatever responses report.
    pub(super) max_hold: Duration,
    /// When a call was last admitted or got its response.
    last: Option<Instant>,
    known: Known,
    /// No call is sent before this time.
    paused: Option<Instant>,
    /// The number of consecutive 429s, and the time of the last one.
    strikes: u32,
    struck: Option<Instant>,
    /// Admitted calls that are not settled.
    in_flight: u32,
    /// Those of them that were admitted in this window.
    recent: u32,
    /// Counts admitted calls, to identify the last one.
    turns: u64,
    /// Counts windows, to determine whether a response is about the current one.
    windows: u64,
    /// The waiting calls.
    pub(super) line: Line,
}

#[derive(Debug, Default)]
enum Known {
    /// No response has reported anything yet.
    #[default]
    Nothing,
    /// The same, and a call has been in progress since this time.
    InProgress(Instant),
    /// Responses report nothing: there is no quota.
    Free,
    Window(Window),
}

/// A period in which a number of calls is allowed.
#[derive(Clone, Copy, Debug)]
struct Window {
    quota: Option<u32>,
    /// The length of windows.
    length: Duration,
    /// What is left after counting all admitted calls.
    left: u32,
    ends: Instant,
    /// It is expected to equal the previous one; no response has confirmed it yet.
    expected: bool,
}

/// The permit for one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    turn: u64,
    window: u64,
    at: Instant,
}

/// Not yet: try again at this time, or when something changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) until: Instant,
    /// The API has rejected a call; otherwise the quota is used up, or not known yet.
    pub(crate) refused: bool,
    /// A pending response may change it sooner.
    pub(crate) may_change: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            max_hold: MAX_HOLD,
            last: None,
            known: Known::Nothing,
            paused: None,
            strikes: 0,
            struck: None,
            in_flight: 0,
            recent: 0,
            turns: 0,
            windows: 0,
            line: Line::default(),
        }
    }
}

impl State {
    /// Takes one call out of the budget, for the call with this number if it has waited in line.
    pub(super) fn take(&mut self, now: Instant, number: Option<u64>) -> Result<Ticket, Hold> {
        if let Some(number) = number {
            self.line.tries(number);
        }
        let bound = self.last.and_then(|last| last.checked_add(self.max_hold));
        let bounded = |until: Instant| bound.map_or(until, |bound| until.min(bound));
        let overdue = bound.filter(|bound| *bound <= now);
        if overdue.is_some_and(|bound| self.holds_until(bound)) {
            self.forget();
        }
        if let Some(until) = self.paused.filter(|until| *until > now) {
            return Err(Hold {
                until: bounded(until),
                refused: true,
                may_change: false,
            });
        }
        if self.paused.is_some() {
            // All calls that waited for its end are polled at once. One goes first, so that they are not
            // all rejected together.
            self.forget();
        }
        self.roll(now);
        if overdue.is_some() && self.room_at(now).is_err() {
            self.forget();
        }
        let held = |until| Hold {
            until,
            refused: false,
            may_change: true,
        };
        let room = self.room_at(now).map_err(|until| held(bounded(until)))?;
        if self.line.takes(room, number, now) {
            return Err(held(now + GRACE));
        }
        match &mut self.known {
            Known::Window(window) => window.left = window.left.saturating_sub(1),
            Known::Nothing => self.known = Known::InProgress(now),
            Known::InProgress(_) if self.in_flight == 0 => self.known = Known::InProgress(now),
            Known::InProgress(_) | Known::Free => {}
        }
        self.last = Some(now);
        self.in_flight += 1;
        self.recent += 1;
        self.turns += 1;
        Ok(Ticket {
            turn: self.turns,
            window: self.windows,
            at: now,
        })
    }

    /// How many calls may be sent now, or until when none may be.
    fn room_at(&self, now: Instant) -> Result<u32, Instant> {
        match &self.known {
            Known::Free => Ok(u32::MAX),
            Known::Window(window) if window.left == 0 => Err(window.ends),
            Known::Window(window) => Ok(window.left),
            Known::InProgress(since) if self.in_flight > 0 => {
                let passed = now.saturating_duration_since(*since);
                let steps = u32::try_from(passed.as_millis() / PATIENCE.as_millis());
                let steps = steps.unwrap_or(u32::MAX);
                let most = 1_u32.checked_shl(steps).unwrap_or(u32::MAX);
                match most.saturating_sub(self.in_flight) {
                    0 => Err(*since + PATIENCE.saturating_mul(steps.saturating_add(1))),
                    room => Ok(room),
                }
            }
            Known::Nothing | Known::InProgress(_) => Ok(1),
        }
    }

    /// Whether calls may be sent, judged only by what responses have reported, not by the time.
    pub(super) const fn has_room(&self) -> bool {
        match &self.known {
            Known::Free => true,
            Known::Window(window) => window.left > 0,
            Known::Nothing | Known::InProgress(_) => false,
        }
    }

    /// A window that has ended is followed by one that is expected to be equal.
    fn roll(&mut self, now: Instant) {
        let Known::Window(window) = &mut self.known else {
            return;
        };
        if window.ends > now {
            return;
        }
        self.windows += 1;
        let recent = std::mem::take(&mut self.recent);
        match window.quota {
            Some(quota) => {
                // Calls in progress may arrive in the new window. Those that have been in progress for
                // longer have arrived; nobody has looked at their responses.
                window.left = quota.saturating_sub(recent);
                window.ends = now + window.length;
                window.expected = true;
            }
            None => self.known = Known::Nothing,
        }
    }

    /// Whether no call may be sent until this time or later, according to what is believed.
    fn holds_until(&self, then: Instant) -> bool {
        let spent = match &self.known {
            Known::Window(window) if window.left == 0 => Some(window.ends),
            _ => None,
        };
        self.paused.max(spent).is_some_and(|until| until >= then)
    }

    /// What was believed has held up all calls for the maximum time, or until the end of a pause. One call
    /// finds out whether it is still true.
    fn forget(&mut self) {
        self.paused = None;
        self.known = Known::Nothing;
        self.windows += 1;
        self.recent = 0;
    }

    fn is_over(&mut self, ticket: Ticket) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if ticket.window == self.windows {
            self.recent = self.recent.saturating_sub(1);
        }
    }

    /// The call of the ticket is over. `spent` is whether it may have reached the API.
    pub(super) fn give_back(&mut self, ticket: Ticket, spent: bool) {
        self.is_over(ticket);
        if !spent
            && ticket.window == self.windows
            && let Known::Window(window) = &mut self.known
        {
            window.left = window.left.saturating_add(1);
        }
    }

    /// The call of the ticket got its response. `reached` is whether it came from the API itself, not
    /// from a gateway, and is not a 429.
    pub(super) fn learn(&mut self, ticket: Ticket, reading: &Reading, reached: bool, now: Instant) {
        self.is_over(ticket);
        self.last = Some(now);
        if reached && self.struck.is_none_or(|struck| ticket.at >= struck) {
            self.strikes = 0;
        }
        if !reading.is_complete() {
            // An error of a gateway says nothing; a success without the headers means that there is no
            // quota, unless one was reported in this window.
            let unknown = match &self.known {
                Known::Nothing | Known::InProgress(_) => true,
                Known::Window(window) => window.expected && ticket.window == self.windows,
                Known::Free => false,
            };
            if reached && unknown {
                self.known = Known::Free;
            }
            return;
        }
        let (Some(left), Some(reset)) = (reading.left, reading.reset.or(reading.window)) else {
            return;
        };
        let told = Window {
            quota: reading.quota,
            length: reading.window.unwrap_or(reset),
            left: left.saturating_sub(self.in_flight),
            ends: now + reset,
            expected: false,
        };
        let Known::Window(window) = &mut self.known else {
            self.known = Known::Window(told);
            return;
        };
        if ticket.window != self.windows {
            // It is about a previous window.
            return;
        }
        let later = told.ends.saturating_duration_since(window.ends);
        if !window.expected && later > window.length / 2 {
            // A new window has begun sooner than expected.
            self.windows += 1;
            self.recent = 0;
            *window = told;
            return;
        }
        let alone = self.in_flight == 0 && ticket.turn == self.turns;
        // Responses may overtake each other. Only if nothing else is in progress does this one report
        // the exact number. Otherwise it may lower what is left, if other programs have made calls, but
        // never raise it: calls in progress may not be counted in it.
        let left = match left {
            left if alone => left,
            left if left < window.left => told.left,
            _ => window.left,
        };
        *window = Window { left, ..told };
    }

    /// The call of the ticket was rejected because it came too soon: no call is sent until the wait is
    /// over. Returns how long that is. A 429 that requests no wait only holds up the call itself if it
    /// is `alone`, that is, if its endpoint has its own cap.
    pub(super) fn refuse(
        &mut self,
        ticket: Ticket,
        reading: &Reading,
        alone: bool,
        chance: f64,
        now: Instant,
    ) -> Duration {
        // Calls that were in progress together are rejected together; they count as one 429.
        if self.struck.is_none_or(|struck| ticket.at > struck) {
            self.strikes = self.strikes.saturating_add(1);
            self.struck = Some(now);
        }
        let grown = 1_u32
            .checked_shl(self.strikes.saturating_sub(1))
            .unwrap_or(u32::MAX);
        self.last = Some(now);
        let wait = match reading.wait() {
            Some(wait) => {
                let spread = SPREAD.saturating_mul(grown).min(UNSAID.1);
                wait + spread.mul_f64(chance)
            }
            None => {
                let (least, most) = UNSAID;
                let first = least + (most - least).mul_f64(chance);
                first.saturating_mul(grown).min(UNSAID_MOST)
            }
        };
        let wait = wait.min(self.max_hold);
        if reading.wait().is_some() || !alone {
            let until = now + wait;
            self.paused = Some(self.paused.map_or(until, |paused| paused.max(until)));
        }
        wait
    }

    /// The quota, what is left, and the end of the window, if known.
    pub(super) fn window(&self, now: Instant) -> Option<(Option<u32>, u32, Duration)> {
        match &self.known {
            Known::Window(window) if window.ends > now => {
                Some((window.quota, window.left, window.ends - now))
            }
            _ => None,
        }
    }
}
