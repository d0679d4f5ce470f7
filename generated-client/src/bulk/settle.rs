//! What the response to a batch means for each item, and whether sending the rest is still worthwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Batch, Blamed, Fate, Run};
use crate::error::{Error, ErrorKind, Problem};
use crate::outcome::Outcome;
use crate::response::Response;

impl<T> Run<T> {
    /// Assigns fates to the items of a batch, or requeues them to be sent in smaller parts.
    pub(super) fn settle(
        &mut self,
        batch: Batch,
        answer: Result<Response<Outcome<Vec<T>>>, Error>,
        blamed: &Blamed<'_>,
    ) {
        match answer {
            Ok(response) => {
                self.sent = true;
                let outcome = response.into_value();
                let failed = outcome.meta().and_then(|meta| meta.failed);
                let problems = outcome.problems().to_vec();
                let told = Findings::new(&batch, problems, failed, blamed);
                let complete = outcome.is_complete();
                let values = Some(outcome.into_value());
                let values = values.filter(|values| complete && values.len() == batch.len());
                self.taken(batch, told, values.unwrap_or_default());
            }
            Err(error) => self.failed(batch, error, blamed),
        }
    }

    /// The batch was accepted, except for its failed items.
    fn taken(&mut self, batch: Batch, mut told: Findings, values: Vec<T>) {
        let mut values = values.into_iter();
        for (place, at) in batch.into_iter().enumerate() {
            let value = values.next();
            let fate = match told.refused.remove(&place) {
                Some(problem) => Fate::Refused(problem),
                None if told.unclear => Fate::Unclear(told.problems.clone()),
                None => Fate::Done(value),
            };
            self.decide(at, fate);
        }
    }

    fn failed(&mut self, batch: Batch, error: Error, blamed: &Blamed<'_>) {
        let problems = error.problems().to_vec();
        let mut told = Findings::new(&batch, problems, error.failed_items(), blamed);
        let harmless = error.is_harmless_again();
        // Items that may have been accepted, by this or an earlier attempt, are sent again only if that
        // is harmless; until then they do not count as certainly rejected.
        let certain = harmless || !error.may_have_happened();
        let in_part = error.took_a_part();
        let reached = error.status().is_some() || error.may_have_happened();
        self.sent |= reached;
        // The API did not examine the items of a batch that is too large.
        let whole = harmless || !self.unclear || error.is_too_large();
        if error.is_refusal() && certain && whole && batch.len() > 1 {
            self.narrow(batch, told.refused, error);
            return;
        }
        let perhaps_in_part = error.is_refusal() && certain && !whole && batch.len() > 1;
        told.unclear |= perhaps_in_part;
        if perhaps_in_part && told.problems.is_empty() {
            // The error itself is dropped, so its message must be kept.
            told.problems.push(Problem {
                status: error.status().map(|status| status.as_u16().to_string()),
                title: Some(error.to_string()),
                ..Problem::default()
            });
        }
        if in_part || perhaps_in_part {
            self.taken(batch, told, Vec::new());
            return;
        }
        let ends = ends_all(&error);
        let alone = match error.problems() {
            [problem] if error.is_refusal() && batch.len() == 1 => Some(problem.clone()),
            _ => None,
        };
        let error = Arc::new(error);
        for (place, at) in batch.into_iter().enumerate() {
            let fate = match told.refused.get(&place).or(alone.as_ref()) {
                Some(problem) if certain => Fate::Refused(problem.clone()),
                _ if reached => Fate::Failed(Arc::clone(&error)),
                // It may have been sent before, in a larger batch.
                _ => self.unsent(at),
            };
            self.decide(at, fate);
        }
        if ends && self.stopped.is_none() {
            self.stopped = Some(error);
        }
    }

    /// Sends a rejected batch again without the named items, or in halves if none was named.
    fn narrow(&mut self, batch: Batch, mut refused: BTreeMap<usize, Problem>, error: Error) {
        let error = Arc::new(error);
        if refused.is_empty() {
            self.put_back(&batch, &error);
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
            self.put_back(&left, &error);
            self.waiting.push_front(left);
        }
    }

    /// Remembers the reason for a rejection, so that the items do not count as never sent if the call stops
    /// before they are sent again.
    fn put_back(&mut self, batch: &Batch, error: &Arc<Error>) {
        for at in batch {
            self.rejected.insert(*at, Arc::clone(error));
        }
    }

    /// The fate of an item that is not sent, or not sent again.
    pub(super) fn unsent(&self, at: usize) -> Fate<T> {
        let rejected = self.rejected.get(&at).cloned();
        rejected.map_or(Fate::NotAttempted, Fate::Failed)
    }

    fn decide(&mut self, at: usize, fate: Fate<T>) {
        if let Some(place) = self.fates.get_mut(at)
            && place.replace(fate).is_none()
        {
            self.done += 1;
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
            | ErrorKind::Unrecorded
            | ErrorKind::Connect
            | ErrorKind::Busy
    ) || error.is_unauthorized()
        || error.is_missing_scope()
        || error.is_rate_limited()
}

/// What a response says about the items of a batch.
struct Findings {
    /// The problems that identify an item, by its position.
    refused: BTreeMap<usize, Problem>,
    problems: Vec<Problem>,
    /// Whether some items failed without being identified.
    unclear: bool,
}

impl Findings {
    fn new(
        batch: &Batch,
        problems: Vec<Problem>,
        failed: Option<i64>,
        blamed: &Blamed<'_>,
    ) -> Self {
        let mut refused: BTreeMap<usize, Problem> = BTreeMap::new();
        let mut unclear = false;
        let named = (blamed.named)(batch, &problems);
        for (problem, named) in problems.iter().zip(named) {
            if let Some(place) = named {
                let own = refused.entry(place);
                own.and_modify(|own| own.fields.extend(problem.fields.iter().cloned()))
                    .or_insert_with(|| problem.clone());
                continue;
            }
            unclear |= problem.fields.is_empty();
            for field in &problem.fields {
                let place = (blamed.place)(field);
                let Some(place) = place.filter(|place| *place < batch.len()) else {
                    unclear = true;
                    continue;
                };
                let own = refused.entry(place).or_insert_with(|| Problem {
                    fields: Vec::new(),
                    ..problem.clone()
                });
                own.fields.push(field.clone());
            }
        }
        let told = i64::try_from(refused.len()).unwrap_or(i64::MAX);
        unclear |= failed.is_some_and(|failed| failed > told);
        Self {
            refused,
            problems,
            unclear,
        }
    }
}
