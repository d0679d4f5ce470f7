//! The context of every call: the store, and the caller.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::events::Block;

/// The context of every call of a store.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) hash: String,
    pub(crate) url: String,
    pub(crate) strict: bool,
    /// The root of links in responses.
    pub(crate) root: String,
    /// Whether the store is being filled, and has no caller yet.
    pub(crate) filling: bool,
    /// The hosts that hooks get nothing at: for which account, and since when.
    blocks: Mutex<Vec<(String, Instant, Block)>>,
}

impl Setting {
    pub(crate) fn new(hash: String, url: String, strict: bool) -> Self {
        let root = format!("{url}/stores/{hash}/v2");
        Self {
            hash,
            url,
            strict,
            root,
            filling: false,
            blocks: Mutex::default(),
        }
    }

    /// Remembers a block until it is over.
    pub(crate) fn block(&self, client_id: &str, block: &Block) {
        let now = Instant::now();
        self.blocks(now)
            .push((client_id.to_owned(), now, block.clone()));
    }

    /// The blocks of an account, and how many seconds of the API's clock are left of each.
    pub(crate) fn blocked(&self, client_id: &str) -> Vec<(Block, u64)> {
        let now = Instant::now();
        let all = self.blocks(now);
        let own = all.iter().filter(|(of, ..)| of == client_id);
        own.map(|(_, began, block)| (block.clone(), left(block, now.duration_since(*began))))
            .collect()
    }

    /// Those that are not over.
    fn blocks(&self, now: Instant) -> MutexGuard<'_, Vec<(String, Instant, Block)>> {
        let mut all = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(_, began, block)| now.duration_since(*began) < block.lasts);
        all
    }
}

/// How many of a block's seconds are left when so much of it has passed.
fn left(block: &Block, passed: Duration) -> u64 {
    let rest = block.lasts.saturating_sub(passed).as_millis();
    let seconds = rest * u128::from(block.seconds);
    let seconds = seconds.div_ceil(block.lasts.as_millis().max(1));
    u64::try_from(seconds).unwrap_or(block.seconds)
}

/// The caller.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The API account that the token belongs to.
    pub client_id: String,
    /// The scopes of the token.
    pub scopes: BTreeSet<String>,
}

impl Caller {
    /// Whether the token has one of some scopes.
    pub(crate) fn has_one_of(&self, scopes: &[&str]) -> bool {
        scopes.iter().any(|scope| self.scopes.contains(*scope))
    }
}
