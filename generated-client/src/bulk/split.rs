//! Splitting items into batches: by the endpoint's maximum count, and by the maximum length of a URL.

use std::collections::VecDeque;

use super::{Batch, Put};
use crate::call::{Call, LONGEST_IDS};

/// The batches of all items, in order.
pub(super) fn batches<I>(
    call: &Call,
    items: &[I],
    put: &Put<I>,
    at_most: usize,
) -> VecDeque<Batch> {
    let cap = call.endpoint.facts().batch;
    let cap = cap.and_then(|cap| usize::try_from(cap).ok());
    let cap = cap.unwrap_or(usize::MAX).min(at_most).max(1);
    let mut batches = VecDeque::new();
    let mut batch = Batch::new();
    let mut length = 0;
    for (at, item) in items.iter().enumerate() {
        let own = match put {
            Put::Body(..) | Put::Field(..) => 0,
            // An encoded comma takes up to three bytes.
            Put::Query(_, text) => text(item).len() + 3,
            Put::Each(key, text) => text(item).len() + key.len() + 2,
        };
        let full = batch.len() >= cap || length + own > LONGEST_IDS;
        if full && !batch.is_empty() {
            batches.push_back(std::mem::take(&mut batch));
            length = 0;
        }
        batch.push(at);
        length += own;
    }
    if !batch.is_empty() {
        batches.push_back(batch);
    }
    batches
}
