//! Deduplication of deliveries, with bounded memory and time.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::Delivery;

/// Retries of one delivery are spread over about two days.
const WINDOW: Duration = Duration::from_secs(48 * 60 * 60);

/// What distinguishes events: half a SHA-256 of what identifies them.
type Mark = [u8; 16];

/// Remembers deliveries, so that each event is processed once.
///
/// The same event is delivered again if BigCommerce gets no quick response, and once for each hook
/// that subscribes to it. Two deliveries are the same event if store, scope, `hash` and `created_at`
/// are equal; without a `hash` the data is compared. Memory is bounded: about 32 bytes per delivery,
/// and the oldest are evicted first.
///
/// ```
/// use bigcommerce_client::webhook::{self, Seen};
///
/// let seen = Seen::new(10_000);
/// let delivery = webhook::parse(br#"{"scope":"store/order/created","data":{"id":1},"hash":"7ee6"}"#)?;
/// assert!(seen.is_new(&delivery));
/// assert!(!seen.is_new(&delivery));
///
/// // The work failed: accept the retry.
/// seen.forget(&delivery);
/// assert!(seen.is_new(&delivery));
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
///
/// It only knows the deliveries of this process. Several processes with the same destination need a
/// shared store, such as a database with a unique key on [`Seen::key`].
pub struct Seen {
    capacity: usize,
    window: Duration,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    marks: HashSet<Mark>,
    order: VecDeque<(Timestamp, Mark)>,
}

impl Seen {
    /// Remembers up to this many deliveries, each for at most 48 hours, the time for which
    /// BigCommerce retries. 0 counts as 1.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{self, Seen};
    ///
    /// // With a capacity of one, the second delivery replaces the first.
    /// let seen = Seen::new(1);
    /// let order = |id| format!(r#"{{"scope":"store/order/created","data":{{"id":{id}}}}}"#);
    /// let first = webhook::parse(order(250).as_bytes())?;
    /// let second = webhook::parse(order(251).as_bytes())?;
    /// assert!(seen.is_new(&first) && seen.is_new(&second));
    /// assert!(seen.is_new(&first), "forgotten");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            window: WINDOW,
            clock: Arc::new(Timestamp::now),
            state: Mutex::default(),
        }
    }

    /// Sets how long deliveries are remembered.
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// A custom clock, such as one that a test controls.
    ///
    /// ```
    /// use std::sync::{Arc, atomic::{AtomicI64, Ordering}};
    /// use bigcommerce_client::webhook::{self, Seen, Timestamp};
    ///
    /// let hours = Arc::new(AtomicI64::new(0));
    /// let now = Arc::clone(&hours);
    /// let seen = Seen::new(10).clock(move || {
    ///     Timestamp::from_second(now.load(Ordering::Relaxed) * 3600).unwrap_or_default()
    /// });
    ///
    /// let delivery = webhook::parse(br#"{"scope":"store/order/created","data":{"id":250}}"#)?;
    /// assert!(seen.is_new(&delivery) && !seen.is_new(&delivery));
    /// hours.store(49, Ordering::Relaxed);
    /// assert!(seen.is_new(&delivery), "48 hours are over");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Whether the delivery is seen for the first time. It is remembered from then on.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{self, Seen};
    ///
    /// let seen = Seen::new(10_000);
    /// let delivery = webhook::parse(
    ///     br#"{"scope":"store/sku/created","data":{"id":7},"hash":"7ee6"}"#,
    /// )?;
    /// for expected in [true, false, false] {
    ///     assert_eq!(seen.is_new(&delivery), expected);
    /// }
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn is_new(&self, delivery: &Delivery) -> bool {
        let (now, mark) = ((self.clock)(), mark(delivery));
        let mut state = self.state();
        state.expire(now, self.window);
        if !state.marks.insert(mark) {
            return false;
        }
        state.order.push_back((now, mark));
        if state.order.len() > self.capacity {
            state.drop_oldest();
        }
        true
    }

    /// Forgets a delivery, so that it counts as new when it is retried.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{self, Seen};
    ///
    /// let seen = Seen::new(10_000);
    /// let delivery = webhook::parse(br#"{"scope":"store/order/created","data":{"id":250}}"#)?;
    /// assert!(seen.is_new(&delivery));
    /// let worked: Result<(), &str> = Err("the database is away");
    /// if worked.is_err() {
    ///     seen.forget(&delivery); // Respond with 500, so that it is retried.
    /// }
    /// assert!(seen.is_new(&delivery));
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn forget(&self, delivery: &Delivery) {
        let mark = mark(delivery);
        let mut state = self.state();
        if state.marks.remove(&mark) {
            state.order.retain(|(_, other)| *other != mark);
        }
    }

    /// The number of remembered deliveries.
    pub fn len(&self) -> usize {
        self.state().marks.len()
    }

    /// Whether no delivery is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The key that identifies a delivery: 32 hex characters.
    ///
    /// ```
    /// use bigcommerce_client::webhook::{self, Seen};
    ///
    /// // The same event, delivered to two hooks.
    /// let body = br#"{"scope":"store/order/created","data":{"id":250},"hash":"7ee6"}"#;
    /// let (one, other) = (webhook::parse(body)?, webhook::parse(body)?);
    /// assert_eq!(Seen::key(&one), Seen::key(&other));
    /// assert_eq!(Seen::key(&one).len(), 32);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn key(delivery: &Delivery) -> String {
        let digits = mark(delivery).map(|byte| format!("{byte:02x}"));
        digits.concat()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn expire(&mut self, now: Timestamp, window: Duration) {
        while let Some((at, _)) = self.order.front() {
            let age = now.duration_since(*at);
            if age.is_negative() || age.unsigned_abs() <= window {
                return;
            }
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some((_, mark)) = self.order.pop_front() {
            self.marks.remove(&mark);
        }
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen")
            .field("len", &self.len())
            .field("capacity", &self.capacity)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

fn mark(delivery: &Delivery) -> Mark {
    let created_at = delivery.created_at.as_ref().map(crate::DateTime::as_str);
    // An empty hash would make all events of one second equal.
    let hash = delivery.hash.as_deref().filter(|hash| !hash.is_empty());
    let parts = [
        delivery
            .producer
            .as_deref()
            .or(delivery.store_id.as_deref()),
        Some(delivery.scope.trim_end_matches('/')),
        hash.or(Some(delivery.raw_data().get())),
        created_at,
    ];
    let mut digest = Sha256::new();
    for part in parts {
        // The length prefix keeps the parts separate.
        let part = part.unwrap_or_default();
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    let mut mark = Mark::default();
    let whole = digest.finalize();
    for (to, from) in mark.iter_mut().zip(whole.iter()) {
        *to = *from;
    }
    mark
}
