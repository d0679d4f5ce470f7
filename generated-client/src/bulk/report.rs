//! The outcome of each item of a bulk call.

use std::sync::Arc;

use crate::error::{Error, Incomplete, Problem};

/// The outcome of one item.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Fate<T> {
    /// It was accepted. The value is what the API returned for it, if the response has one value per item.
    Done(Option<T>),
    /// It was rejected, and the API gave the reason for this item.
    Refused(Problem),
    /// Its batch failed. Unless [`Error::may_have_happened`] says otherwise, the API accepted none of it. The same
    /// applies to a rejected batch if the call stops before the batch is sent again in smaller parts.
    Failed(Arc<Error>),
    /// The API reported that some items of the batch failed, but not which: this one may be among them.
    /// The same applies if a batch is rejected and it is not documented whether the rest of it was
    /// accepted.
    Unclear(Vec<Problem>),
    /// It was never sent, since an earlier error would have affected every item.
    NotAttempted,
}

/// What is known about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Known {
    /// It was accepted.
    Done,
    /// It was never sent.
    NotSent,
    /// It was sent, but certainly not accepted.
    NotDone,
    /// It may have been accepted or not. Sending it again may do it twice.
    MayBeDone,
}

impl<T> Fate<T> {
    /// What is known about the item.
    ///
    /// ```
    /// use bigcommerce_client::bulk::{Fate, Known};
    ///
    /// assert_eq!(Fate::<()>::NotAttempted.known(), Known::NotSent);
    /// assert_eq!(Fate::<()>::Unclear(Vec::new()).known(), Known::MayBeDone);
    /// ```
    pub fn known(&self) -> Known {
        match self {
            Self::Done(_) => Known::Done,
            Self::NotAttempted => Known::NotSent,
            Self::Failed(error) if error.may_have_happened() => Known::MayBeDone,
            Self::Refused(_) | Self::Failed(_) => Known::NotDone,
            Self::Unclear(_) => Known::MayBeDone,
        }
    }

    /// Whether the item was accepted.
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// Whether the item was never sent.
    pub const fn is_not_attempted(&self) -> bool {
        matches!(self, Self::NotAttempted)
    }
}

/// The outcome of each item of a bulk call, in the order in which they were passed.
///
/// Every item occurs once. Pass those of [`into_retryable`](Self::into_retryable) to another call to
/// retry them, and look in the store for those that [may be done](Self::may_be_done).
#[derive(Clone, Debug)]
#[must_use = "an item may have failed; see `complete` and `failures`"]
pub struct Report<I, T> {
    items: Vec<(I, Fate<T>)>,
    stopped: Option<Arc<Error>>,
}

impl<I, T> Report<I, T> {
    pub(super) const fn new(items: Vec<(I, Fate<T>)>, stopped: Option<Arc<Error>>) -> Self {
        Self { items, stopped }
    }

    /// Each item with its outcome.
    ///
    /// ```
    /// # fn example(report: bigcommerce_client::bulk::Report<i64, ()>) {
    /// for (customer, fate) in &report {
    ///     println!("{customer}: {:?}", fate.known());
    /// }
    /// # }
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = &(I, Fate<T>)> {
        self.items.iter()
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether every item was accepted.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["customers"] store:
    /// let report = store.customers().delete_all([11, 12, 13]).await?;
    /// if !report.is_complete() {
    ///     eprintln!("{} of {} were not removed", report.failures().count(), report.len());
    /// }
    /// # );
    /// ```
    pub fn is_complete(&self) -> bool {
        self.items.iter().all(|(_, fate)| fate.is_done())
    }

    /// Each item with what the API returned for it, if every item was accepted. An item has no value if the
    /// response has none for it, as after a deletion.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["customers"] store:
    /// let deleted = store.customers().delete_all([11, 12, 13]).await?.complete()?;
    /// println!("{} were removed", deleted.len());
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the reasons if an item was not accepted, but not which item it was: look at
    /// [`failures`](Self::failures) first if you need to know.
    pub fn complete(self) -> Result<Vec<(I, Option<T>)>, Incomplete> {
        let failed = self.failures().count();
        if failed > 0 {
            return Err(self.incomplete(failed));
        }
        let done = |(item, fate): (I, Fate<T>)| match fate {
            Fate::Done(value) => (item, value),
            _ => (item, None),
        };
        Ok(self.items.into_iter().map(done).collect())
    }

    /// Why items failed.
    fn incomplete(&self, failed: usize) -> Incomplete {
        let (mut refused, mut unclear): (Vec<Problem>, Vec<Problem>) = (Vec::new(), Vec::new());
        let mut error = self.stopped.clone();
        for (_, fate) in self.failures() {
            match fate {
                Fate::Refused(problem) => refused.push(problem.clone()),
                // Each item of a batch has the same ones.
                Fate::Unclear(problems) if !unclear.ends_with(problems) => {
                    unclear.extend_from_slice(problems);
                }
                Fate::Failed(first) => error = error.or_else(|| Some(Arc::clone(first))),
                Fate::Unclear(_) | Fate::Done(_) | Fate::NotAttempted => {}
            }
        }
        refused.extend(unclear);
        let perhaps = |known: Known| matches!(known, Known::Done | Known::MayBeDone);
        Incomplete {
            failed: Some(failed),
            total: Some(self.len()),
            problems: refused,
            error,
            may_have_happened: self.iter().any(|(_, fate)| perhaps(fate.known())),
        }
    }

    /// How many items were accepted.
    pub fn done(&self) -> usize {
        self.items.iter().filter(|(_, fate)| fate.is_done()).count()
    }

    /// The items that were not accepted, each with its fate.
    ///
    /// ```
    /// # fn example(report: bigcommerce_client::bulk::Report<i64, ()>) {
    /// use bigcommerce_client::bulk::Fate;
    ///
    /// for (customer, fate) in report.failures() {
    ///     match fate {
    ///         Fate::Refused(problem) => eprintln!("{customer}: {:?}", problem.title),
    ///         Fate::Failed(error) if error.may_have_happened() => eprintln!("{customer}?"),
    ///         _ => eprintln!("{customer}: to be tried again"),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn failures(&self) -> impl Iterator<Item = &(I, Fate<T>)> {
        self.items.iter().filter(|(_, fate)| !fate.is_done())
    }

    /// The error that ended the call before all items were sent.
    ///
    /// ```
    /// # fn example(report: bigcommerce_client::bulk::Report<i64, ()>) {
    /// match report.stopped() {
    ///     Some(error) if error.is_unauthorized() => eprintln!("get a new token for the rest"),
    ///     Some(error) => eprintln!("it ended early: {error}"),
    ///     None => println!("all of it was tried"),
    /// }
    /// # }
    /// ```
    pub fn stopped(&self) -> Option<&Error> {
        self.stopped.as_deref()
    }

    /// The items for which it is unknown whether they were accepted: look in the store before sending
    /// them again.
    pub fn may_be_done(&self) -> impl Iterator<Item = &(I, Fate<T>)> {
        let unknown = |it: &&(I, Fate<T>)| it.1.known() == Known::MayBeDone;
        self.items.iter().filter(unknown)
    }

    /// The items that were never sent or were certainly not accepted, to be passed to another call.
    /// Items that may be done are not included. [Refused](Fate::Refused) items are, so correct them
    /// first.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["customers"] store:
    /// # let new: Vec<bigcommerce_client::customers::CustomerCreate> = Vec::new();
    /// let report = store.customers().create_all(new).await?;
    /// if report.stopped().is_some_and(|error| error.is_rate_limited()) {
    ///     // None of them can be created twice.
    ///     let again = store.customers().create_all(report.into_retryable()).await?;
    /// }
    /// # );
    /// ```
    pub fn into_retryable(self) -> Vec<I> {
        let safe = |fate: &Fate<T>| matches!(fate.known(), Known::NotSent | Known::NotDone);
        let safe = self.items.into_iter().filter(|(_, fate)| safe(fate));
        safe.map(|(item, _)| item).collect()
    }

    /// What the API returned for the accepted items, in order. Items without a value, such as deleted
    /// ones, are omitted.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["customers"] store:
    /// use bigcommerce_client::customers::CustomerCreate;
    ///
    /// let new = [CustomerCreate::new().email("ada@example.com").first_name("Ada").last_name("Example")];
    /// for customer in store.customers().create_all(new).await?.into_values() {
    ///     println!("{:?} has the id {}", customer.email, customer.id);
    /// }
    /// # );
    /// ```
    pub fn into_values(self) -> Vec<T> {
        let value = |(_, fate)| match fate {
            Fate::Done(value) => value,
            _ => None,
        };
        self.items.into_iter().filter_map(value).collect()
    }
}

impl<I, T> IntoIterator for Report<I, T> {
    type Item = (I, Fate<T>);
    type IntoIter = std::vec::IntoIter<(I, Fate<T>)>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a Report<I, T> {
    type Item = &'a (I, Fate<T>);
    type IntoIter = std::slice::Iter<'a, (I, Fate<T>)>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
