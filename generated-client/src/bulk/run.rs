//! A bulk call in progress: which batches wait, which are on their way, and what is known about each item.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::task::{Context, Poll};

use super::{Answering, Fate, Report};
use crate::error::{Error, FieldProblem, Problem};

/// The positions of the items of one batch.
pub(super) type Batch = Vec<usize>;

/// Returns, for each problem, the position in the batch of the one item that it names.
pub(super) type Naming<'a> = dyn Fn(&Batch, &[Problem]) -> Vec<Option<usize>> + 'a;

/// Which items of a batch problems are about.
pub(super) struct Blamed<'a> {
    /// By what the item is: that of each problem.
    pub(super) named: &'a Naming<'a>,
    /// Identified by the path of the problem's field.
    pub(super) place: &'a dyn Fn(&FieldProblem) -> Option<usize>,
}

/// A bulk call in progress.
pub(super) struct Run<T> {
    pub(super) waiting: VecDeque<Batch>,
    pub(super) running: Vec<(Batch, Answering<T>)>,
    pub(super) fates: Vec<Option<Fate<T>>>,
    /// The problems with which items were rejected, in batches that will be sent again in smaller
    /// parts.
    pub(super) rejected: BTreeMap<usize, Arc<Error>>,
    /// Whether it is undocumented what happens to the other items of a batch when one is rejected.
    pub(super) unclear: bool,
    /// The error that every further item would meet as well.
    pub(super) stopped: Option<Arc<Error>>,
    /// Whether any batch may have reached the API.
    pub(super) sent: bool,
    /// How many items are settled.
    pub(super) done: usize,
}

impl<T> Run<T> {
    /// Sends batches until none is left, or until waiting for a response.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        at_once: usize,
        send: impl Fn(&Batch) -> Answering<T>,
        blamed: &Blamed<'_>,
        mut tell: impl FnMut(usize, usize),
    ) -> Poll<()> {
        loop {
            while self.stopped.is_none()
                && self.running.len() < at_once
                && let Some(batch) = self.waiting.pop_front()
            {
                let answering = send(&batch);
                self.running.push((batch, answering));
            }
            if self.running.is_empty() {
                return Poll::Ready(());
            }
            let mut came = None;
            for (at, (_, answering)) in self.running.iter_mut().enumerate() {
                if let Poll::Ready(answer) = answering.as_mut().poll(context) {
                    came = Some((at, answer));
                    break;
                }
            }
            let Some((at, answer)) = came else {
                return Poll::Pending;
            };
            let (batch, _) = self.running.swap_remove(at);
            let before = self.done;
            self.settle(batch, answer, blamed);
            if self.done > before {
                tell(self.done, self.fates.len());
            }
        }
    }

    /// The fate of each item.
    pub(super) fn report<I>(mut self, items: Vec<I>) -> Result<Report<I, T>, Error> {
        let fates = std::mem::take(&mut self.fates).into_iter().enumerate();
        let fates = fates.map(|(at, fate)| fate.unwrap_or_else(|| self.unsent(at)));
        let fates: Vec<_> = fates.collect();
        let stopped = match self.stopped {
            Some(error) if !self.sent => match Arc::try_unwrap(error) {
                Ok(error) => return Err(error),
                Err(shared) => Some(shared),
            },
            stopped => stopped,
        };
        Ok(Report::new(items.into_iter().zip(fates).collect(), stopped))
    }
}
