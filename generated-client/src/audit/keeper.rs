//! The thread of a sink, so that a sink that blocks or panics delays a call no longer than allowed, and
//! does not affect other sinks.

use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::AuditSink;
use super::entry::Entry;
use crate::clock::by;

/// How many records may wait for a sink.
const QUEUE: usize = 1024;

/// How long a call waits at most for an optional sink.
pub(crate) const PATIENCE: Duration = Duration::from_secs(1);

/// How long a call without any time left, or without a caller, still waits for a sink.
pub(crate) const MOMENT: Duration = Duration::from_millis(20);

/// A running sink.
pub(crate) struct Keeper {
    /// Whether a write is sent only after the sink has recorded it.
    required: bool,
    queue: SyncSender<Job>,
    /// How many records are pending or written. Records that were rejected because the sink had fallen
    /// behind do not count, since the sink never finishes them.
    handed: AtomicU64,
    progress: Arc<Progress>,
}

#[derive(Default)]
struct Progress {
    /// How many records it has finished.
    done: AtomicU64,
    /// The last record for which waiting timed out.
    late: AtomicU64,
}

struct Job {
    entry: Arc<Entry>,
    told: oneshot::Sender<io::Result<()>>,
}

impl Keeper {
    /// Starts the sink.
    ///
    /// # Errors
    ///
    /// Returns an error if the system cannot start a thread.
    pub(crate) fn start(sink: Arc<dyn AuditSink>, required: bool) -> io::Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        let progress = Arc::new(Progress::default());
        let seen = Arc::clone(&progress);
        let thread = thread::Builder::new().name("bigcommerce-audit".to_owned());
        thread.spawn(move || work(&*sink, &jobs, &seen))?;
        Ok(Self {
            required,
            queue,
            handed: AtomicU64::new(0),
            progress,
        })
    }

    /// Passes a record to the sink without waiting: a sink that has fallen too far behind does not get
    /// it.
    pub(crate) fn hand(&self, entry: &Arc<Entry>) -> Handed<'_> {
        let (told, kept) = oneshot::channel();
        let entry = Arc::clone(entry);
        let number = match self.queue.try_send(Job { entry, told }) {
            Ok(()) => self.handed.fetch_add(1, Ordering::Relaxed) + 1,
            Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) => {
                let _ = job
                    .told
                    .send(Err(io::Error::other("it has fallen too far behind")));
                0
            }
        };
        Handed {
            keeper: self,
            number,
            kept,
        }
    }

    /// Whether the record for which waiting timed out is still pending. Further records are not waited
    /// for then.
    fn is_behind(&self) -> bool {
        let progress = &*self.progress;
        progress.late.load(Ordering::Relaxed) > progress.done.load(Ordering::Relaxed)
    }
}

fn work(sink: &dyn AuditSink, jobs: &Receiver<Job>, progress: &Progress) {
    for Job { entry, told } in jobs {
        let kept = catch_unwind(AssertUnwindSafe(|| sink.record(&entry.record())));
        // The receiver may check who else holds a reference to the client.
        drop(entry);
        progress.done.fetch_add(1, Ordering::Relaxed);
        let _ = told.send(kept.unwrap_or_else(|_| Err(io::Error::other("it panicked"))));
    }
}

/// A record that was passed to a sink.
pub(crate) struct Handed<'a> {
    keeper: &'a Keeper,
    /// Its position among the sink's records; 0 if the sink did not get it.
    number: u64,
    kept: oneshot::Receiver<io::Result<()>>,
}

impl Handed<'_> {
    pub(crate) const fn is_required(&self) -> bool {
        self.keeper.required
    }

    /// Waits until the sink has recorded it, at most for the given time.
    ///
    /// # Errors
    ///
    /// Returns an error if the sink fails, panics or takes too long.
    pub(crate) async fn kept(self, most: Duration) -> io::Result<()> {
        let (keeper, number) = (self.keeper, self.number);
        let kept = match Handle::try_current() {
            Ok(_) => by(most, self.kept).await,
            Err(_) => parked(most, self.kept),
        };
        keeper.judge(number, kept)
    }

    /// Like [`kept`](Self::kept), but blocks the thread.
    pub(crate) fn kept_here(self, most: Duration) -> io::Result<()> {
        self.keeper.judge(self.number, parked(most, self.kept))
    }

    /// How long to wait for this record of a call that has this much time.
    pub(crate) fn patience(&self, left: Duration) -> Duration {
        if self.keeper.is_behind() {
            Duration::ZERO
        } else {
            left.clamp(MOMENT, PATIENCE)
        }
    }
}

type Reply = Option<Result<io::Result<()>, oneshot::error::RecvError>>;

impl Keeper {
    fn judge(&self, number: u64, told: Reply) -> io::Result<()> {
        match told {
            Some(Ok(kept)) => kept,
            Some(Err(_)) => Err(io::Error::other("its thread has ended")),
            None => {
                self.progress.late.fetch_max(number, Ordering::Relaxed);
                Err(io::ErrorKind::TimedOut.into())
            }
        }
    }
}

/// Blocks the thread on a future, at most for the given time.
fn parked<F: Future>(most: Duration, future: F) -> Option<F::Output> {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let (mut context, mut future) = (Context::from_waker(&waker), pin!(future));
    let began = Instant::now();
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        let left = most.checked_sub(began.elapsed())?;
        thread::park_timeout(left);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::audit::Record;
    use crate::target::{Other, Target};

    /// A sink that stores one record at a time while it is held back, and all of them once it is
    /// released.
    struct Gate(Mutex<Receiver<()>>);

    impl AuditSink for Gate {
        fn record(&self, _: &Record<'_>) -> io::Result<()> {
            let _ = self.0.lock().unwrap().recv();
            Ok(())
        }
    }

    fn entry() -> Arc<Entry> {
        Arc::new(Entry {
            store_hash: "abc123".to_owned(),
            actor: None,
            target: Target::Other(Arc::new(Other {
                method: http::Method::GET,
                path: "/v3/catalog/summary".to_owned(),
                groups: Vec::new(),
                official: true,
            })),
            method: http::Method::GET,
            ids: Vec::new(),
            at: jiff::Timestamp::UNIX_EPOCH,
            call: 1,
            verdict: None,
            end: None,
            status: None,
            attempts: 0,
            waited: Duration::ZERO,
            took: Duration::ZERO,
        })
    }

    #[test]
    fn a_sink_that_did_not_get_some_records_is_waited_for_again_once_it_has_the_others() {
        let (gate, held) = channel();
        let keeper = Keeper::start(Arc::new(Gate(Mutex::new(held))), false).unwrap();
        let entry = entry();
        let hand = |most| keeper.hand(&entry).kept_here(most).map_err(|it| it.kind());
        let mut refused = 0;
        while refused < 10 {
            let kind = hand(Duration::ZERO).unwrap_err();
            refused += usize::from(kind != io::ErrorKind::TimedOut);
        }
        // Waiting for the next record times out as well.
        gate.send(()).unwrap();
        while hand(Duration::ZERO) != Err(io::ErrorKind::TimedOut) {
            thread::yield_now();
        }
        assert!(keeper.is_behind());
        drop(gate);
        while hand(PATIENCE).is_err() {
            thread::yield_now();
        }
        assert!(!keeper.is_behind());
    }
}
