//! What the deliveries of a store share, and how they end with it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use super::blocks::Blocks;
use super::exceptions::Notices;
use super::log::Log;
use super::unused::Unused;
use super::{Account, Schedule};

/// What the deliveries of a store share.
pub(super) struct Shared {
    pub(super) account: Arc<dyn Account>,
    pub(super) schedule: Schedule,
    pub(super) patience: Duration,
    /// The concurrency limit. A delivery that waits for its next attempt does not count.
    pub(super) turns: Semaphore,
    pub(super) log: Log,
    pub(super) blocks: Blocks,
    pub(super) notices: Notices,
    pub(super) unused: Unused,
    /// How many deliveries are not settled.
    pub(super) open: watch::Sender<usize>,
    pub(super) ending: watch::Sender<bool>,
}

/// The result of the future, unless the store stops first. Dropping the dispatcher counts as stopping.
pub(super) async fn unless<T>(
    ending: &mut watch::Receiver<bool>,
    coming: impl Future<Output = T>,
) -> Option<T> {
    tokio::select! {
        biased;
        _ = ending.wait_for(|ending| *ending) => None,
        it = coming => Some(it),
    }
}
