//! The parts of a running store; all connections share them.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::engine::Engine;
use crate::events::Dispatcher;
use crate::faults::Faults;
use crate::gate::{Caps, Plan, Quota, Tokens};
use crate::log::Log;
use crate::seams::{Listener, Pages};

/// The parts of a running store.
pub(crate) struct Shop {
    /// `abc123`.
    pub(crate) hash: String,
    /// `http://127.0.0.1:8080`.
    pub(crate) url: String,
    /// The requested seed; without one the records are those of seed 1.
    pub(crate) seed: Option<u64>,
    pub(crate) strict: bool,
    pub(crate) plan: Plan,
    pub(crate) latency: Duration,
    /// How long a body may take to arrive.
    pub(crate) patience: Duration,
    pub(crate) engine: Arc<Engine>,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) account: Account,
    pub(crate) quota: Quota,
    pub(crate) caps: Caps,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) dispatcher: Arc<Dispatcher>,
    pub(crate) apps: Arc<App>,
    pub(crate) listener: Option<Arc<dyn Listener>>,
    pub(crate) pages: Option<Arc<dyn Pages>>,
}

/// The API account of a new store.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) token: String,
    pub(crate) read_only_token: String,
}
