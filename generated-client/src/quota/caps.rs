//! How many calls of one endpoint run at once in a store, by the number that the catalogue gives.
//! Endpoints without such a number never come here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::catalogue::Endpoint;

/// A place among the calls that run at once; it is free again when this is dropped.
pub(crate) type Place = OwnedSemaphorePermit;

/// The places of each endpoint that has a cap.
#[derive(Debug, Default)]
pub(super) struct Caps(Mutex<HashMap<Endpoint, Arc<Semaphore>>>);

impl Caps {
    pub(super) fn places(&self, endpoint: Endpoint, cap: u32) -> Arc<Semaphore> {
        let mut caps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cap = usize::try_from(cap.max(1)).unwrap_or(Semaphore::MAX_PERMITS);
        let places = caps
            .entry(endpoint)
            .or_insert_with(|| Arc::new(Semaphore::new(cap)));
        Arc::clone(places)
    }
}
