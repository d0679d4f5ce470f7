//! What a running store is made of; all connections share it.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::engine::Engine;
use crate::events::Dispatcher;
use crate::faults::Faults;
use crate::gate::{Caps, Plan, Quota, Tokens};
use crate::log::Log;
use crate::seams::{Listener, Pages};

/// What a running store is made of.
pub(crate) struct Shop {
    /// `abc123`.
    pub(crate) hash: String,
    /// `http://127.0.0.1:8080`.
    pub(crate) url: String,
    /// What was asked for; without one the records are those of the seed 1.
    pub(crate) seed: Option<u64>,
    pub(crate) strict: bool,
    pub(crate) plan: Plan,
    pub(crate) latency: Duration,
    /// How long a body may take to come.
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

/// The API account that a store starts with.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) token: String,
    pub(crate) read_only_token: String,
}
