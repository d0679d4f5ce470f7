//! What an answer to a batch means for each of its items, and whether the rest is still worth sending.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Batch, Fate, Run};
use crate::error::{Error, ErrorKind, Problem};
use crate::outcome::Outcome;
use crate::response::Response;

impl<T> Run<T> {
    /// Gives the items of a batch their fates, or puts them back to be sent in smaller parts.
    pub(super) fn settle(
        &mut self,
        batch: Batch,
        answer: Result<Response<Outcome<Vec<T>>>, Error>,
    ) {
        match answer {
            Ok(response) => {
                self.sent = true;
                self.taken(batch, response.into_value());
            }
            Err(error) => self.failed(batch, error),
        }
    }

    fn taken(&mut self, batch: Batch, outcome: Outcome<Vec<T>>) {
        let complete = outcome.is_complete();
        let mut refused = by_item(outcome.problems(), batch.len());
        let problems = outcome.problems().to_vec();
        let failed = outcome.meta().and_then(|meta| meta.failed);
        let told = i64::try_from(refused.len()).unwrap_or(i64::MAX);
        let unclear = failed.is_some_and(|failed| failed > told)
            || problems.iter().any(|it| !names_items(it, batch.len()));
        let values = outcome.into_value();
        let mut values = Some(values)
            .filter(|values| complete && values.len() == batch.len())
            .map(Vec::into_iter);
        for (place, at) in batch.into_iter().enumerate() {
            let value = values.as_mut().and_then(Iterator::next);
            let fate = match refused.remove(&place) {
                Some(problem) => Fate::Refused(problem),
                None if unclear => Fate::Unclear(problems.clone()),
                None => Fate::Done(value),
            };
            self.decide(at, fate);
        }
    }

    fn failed(&mut self, batch: Batch, error: Error) {
        let refused = by_item(error.problems(), batch.len());
        let harmless = error
            .endpoint()
            .is_some_and(|endpoint| endpoint.facts().repeatable);
        let refusal = error.is_validation() || error.is_too_large();
        if refusal && harmless && batch.len() > 1 {
            self.narrow(batch, refused);
            return;
        }
        let ends = ends_all(&error);
        let reached = error.status().is_some() || error.may_have_happened();
        self.sent |= reached;
        let error = Arc::new(error);
        for (place, at) in batch.into_iter().enumerate() {
            let fate = match refused.get(&place) {
                Some(problem) => Fate::Refused(problem.clone()),
                None if reached => Fate::Failed(Arc::clone(&error)),
                None => Fate::NotAttempted,
            };
            self.decide(at, fate);
        }
        if ends && self.stopped.is_none() {
            self.stopped = Some(error);
        }
    }

    /// Sends a refused batch again without the items that were named, or in halves when none was.
    fn narrow(&mut self, batch: Batch, mut refused: BTreeMap<usize, Problem>) {
        if refused.is_empty() {
            let mut first = batch;
            let second = first.split_off(first.len() / 2);
            self.waiting.push_front(second);
            self.waiting.push_front(first);
            return;
        }
        let mut left = Batch::new();
        for (place, at) in batch.into_iter().enumerate() {
            match refused.remove(&place) {
                Some(problem) => self.decide(at, Fate::Refused(problem)),
                None => left.push(at),
            }
        }
        if !left.is_empty() {
            self.waiting.push_front(left);
        }
    }

    fn decide(&mut self, at: usize, fate: Fate<T>) {
        if let Some(place) = self.fates.get_mut(at) {
            *place = Some(fate);
        }
    }
}

/// Whether every further item would meet the same error.
fn ends_all(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Build
            | ErrorKind::Request
            | ErrorKind::Denied
            | ErrorKind::Scope
            | ErrorKind::Connect
            | ErrorKind::Busy
    ) || error.is_unauthorized()
        || error.is_missing_scope()
        || error.is_rate_limited()
}

/// Whether the problem says of all it is about which items of the batch they are.
fn names_items(problem: &Problem, len: usize) -> bool {
    let named = |place: Option<usize>| place.is_some_and(|place| place < len);
    !problem.fields.is_empty() && problem.fields.iter().all(|field| named(field.index()))
}

/// The problems that name an item of the batch, by its position.
fn by_item(problems: &[Problem], len: usize) -> BTreeMap<usize, Problem> {
    let mut found = BTreeMap::new();
    for problem in problems {
        for field in &problem.fields {
            let Some(place) = field.index().filter(|place| *place < len) else {
                continue;
            };
            let own: &mut Problem = found.entry(place).or_insert_with(|| Problem {
                fields: Vec::new(),
                ..problem.clone()
            });
            own.fields.push(field.clone());
        }
    }
    found
}
