//! The budget of one store as a state that calls change one after another. It has no clock, no lock
//! and no waiting of its own: each question comes with the time, and nothing waits for its reply.

use std::time::{Duration, Instant};

use super::line::{GRACE, Line};
use crate::reading::Reading;

/// A wait after a 429 that names none: between these two, and twice as long each time.
const UNSAID: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(5));
/// The longest wait that is not asked for.
const UNSAID_MOST: Duration = Duration::from_secs(60);
/// The spread that is added to a wait that is asked for.
const SPREAD: Duration = Duration::from_millis(250);
/// While nothing is known, one call may be on its way, and twice as many after each of these.
const PATIENCE: Duration = Duration::from_secs(1);

/// For how long at most nobody calls, when nothing else is said: four windows of the usual length.
const MAX_HOLD: Duration = Duration::from_secs(120);

/// What is known and taken of a store's quota.
#[derive(Debug)]
pub(super) struct State {
    /// For how long at most nobody calls, whatever responses say.
    pub(super) max_hold: Duration,
    /// When a call was last let go or got its response.
    last: Option<Instant>,
    known: Known,
    /// Nobody calls before then.
    paused: Option<Instant>,
    /// How many 429s came one after another, and when the last one did.
    strikes: u32,
    struck: Option<Instant>,
    /// Calls that were let go and are not settled.
    in_flight: u32,
    /// Those of them that were let go in this window.
    recent: u32,
    /// Counts the calls that were let go, to tell which was the last.
    turns: u64,
    /// Counts the windows, to tell whether a response is about this one.
    windows: u64,
    /// Those who wait.
    pub(super) line: Line,
}

#[derive(Debug, Default)]
enum Known {
    /// No response has told yet.
    #[default]
    Nothing,
    /// The same, and a call is on its way since then.
    Asked(Instant),
    /// Responses tell nothing: there is no quota.
    Free,
    Window(Window),
}

/// A stretch of time in which a number of calls is allowed.
#[derive(Clone, Copy, Debug)]
struct Window {
    quota: Option<u32>,
    /// How long windows are.
    length: Duration,
    /// What is left when all that was let go is counted.
    left: u32,
    ends: Instant,
    /// It is expected to be like the one before; no response has told yet.
    expected: bool,
}

/// The leave to make one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    turn: u64,
    window: u64,
    at: Instant,
}

/// Not yet: ask again then, or when something changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) until: Instant,
    /// The API has refused; otherwise the quota is spent, or not known yet.
    pub(crate) refused: bool,
    /// A response on its way may change it sooner.
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
    /// Takes one call out of the budget, for the one with that number if it has stood in line.
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
            // All who waited for its end are here at once. One goes ahead, lest they are refused together.
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
            Known::Nothing => self.known = Known::Asked(now),
            Known::Asked(_) if self.in_flight == 0 => self.known = Known::Asked(now),
            Known::Asked(_) | Known::Free => {}
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

    /// How many calls may go now, or until when none may.
    fn room_at(&self, now: Instant) -> Result<u32, Instant> {
        match &self.known {
            Known::Free => Ok(u32::MAX),
            Known::Window(window) if window.left == 0 => Err(window.ends),
            Known::Window(window) => Ok(window.left),
            Known::Asked(since) if self.in_flight > 0 => {
                let passed = now.saturating_duration_since(*since);
                let steps = u32::try_from(passed.as_millis() / PATIENCE.as_millis());
                let steps = steps.unwrap_or(u32::MAX);
                let most = 1_u32.checked_shl(steps).unwrap_or(u32::MAX);
                match most.saturating_sub(self.in_flight) {
                    0 => Err(*since + PATIENCE.saturating_mul(steps.saturating_add(1))),
                    room => Ok(room),
                }
            }
            Known::Nothing | Known::Asked(_) => Ok(1),
        }
    }

    /// Whether calls may go, by what responses have told and without the time.
    pub(super) const fn has_room(&self) -> bool {
        match &self.known {
            Known::Free => true,
            Known::Window(window) => window.left > 0,
            Known::Nothing | Known::Asked(_) => false,
        }
    }

    /// A window that has ended is followed by one that is expected to be the same.
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
                // What is on its way may arrive in the new window. What has been for longer has
                // arrived; nobody has looked at its response.
                window.left = quota.saturating_sub(recent);
                window.ends = now + window.length;
                window.expected = true;
            }
            None => self.known = Known::Nothing,
        }
    }

    /// Whether nobody calls until then or for longer, by what is believed.
    fn holds_until(&self, then: Instant) -> bool {
        let spent = match &self.known {
            Known::Window(window) if window.left == 0 => Some(window.ends),
            _ => None,
        };
        self.paused.max(spent).is_some_and(|until| until >= then)
    }

    /// What was believed has held everyone up for as long as it may, or until the end of a pause. One call finds
    /// out what is true.
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

    /// The call of the ticket got its response. `reached` is whether the response is the API's own
    /// and not that of a gateway, nor a 429.
    pub(super) fn learn(&mut self, ticket: Ticket, reading: &Reading, reached: bool, now: Instant) {
        self.is_over(ticket);
        self.last = Some(now);
        if reached && self.struck.is_none_or(|struck| ticket.at >= struck) {
            self.strikes = 0;
        }
        if !reading.is_complete() {
            // A gateway's error says nothing; a good response without the headers says that there
            // is no quota, unless it has been seen in this window.
            let unknown = match &self.known {
                Known::Nothing | Known::Asked(_) => true,
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
            // It is about a window that is over.
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
        // Responses may overtake each other. Only when nothing else is on its way is what this one
        // says the whole truth. Otherwise it can lower what is left, when others have called too,
        // and never raise it: what is on its way may not be counted in it.
        let left = match left {
            left if alone => left,
            left if left < window.left => told.left,
            _ => window.left,
        };
        *window = Window { left, ..told };
    }

    /// The call of the ticket was refused for coming too soon: nobody calls until the wait is over.
    /// Returns how long that is. The wait of a 429 that names none holds up only the call
    /// itself when it is `alone`, that is, when its endpoint has a cap of its own.
    pub(super) fn refuse(
        &mut self,
        ticket: Ticket,
        reading: &Reading,
        alone: bool,
        chance: f64,
        now: Instant,
    ) -> Duration {
        // Calls that were on their way together are refused together; that is one 429.
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

    /// Quota, left and the end of the window, when they are known.
    pub(super) fn window(&self, now: Instant) -> Option<(Option<u32>, u32, Duration)> {
        match &self.known {
            Known::Window(window) if window.ends > now => {
                Some((window.quota, window.left, window.ends - now))
            }
            _ => None,
        }
    }
}
