//! The result of calls that may succeed in part.

use std::fmt;
use std::ops::Deref;

use crate::envelope::{Envelope, Meta};
use crate::error::{Incomplete, Problem};
use crate::json::{Decode, DecodeError, Encode, Reader, Writer};
use crate::value::RawJson;

/// The value of a call, and the errors of a partial success.
///
/// Some calls return 207 when only a part succeeded. That is a success with
/// [`problems`](Self::problems); check [`is_complete`](Self::is_complete), or make it an error with
/// [`complete`](Self::complete).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a part of the call may have failed; see `complete` and `problems`"]
pub struct Outcome<T> {
    value: T,
    problems: Vec<Problem>,
    meta: Option<Meta>,
}

impl<T> Outcome<T> {
    pub(crate) fn new(value: T, errors: Option<&RawJson>, meta: Option<Meta>) -> Self {
        let problems = errors.map_or_else(Vec::new, |errors| Problem::within(errors.get()));
        Self {
            value,
            problems,
            meta,
        }
    }

    /// What succeeded.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// What succeeded, without what failed.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The value, if nothing failed.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["categories"] store:
    /// use bigcommerce_client::categories::CategoryCreate;
    ///
    /// let new = ["Mugs", "Plates"].map(|name| CategoryCreate::new(name).tree_id(1));
    /// for category in store.categories().create(new).await?.complete()? {
    ///     println!("{:?} has the id {}", category.name, category.category_id);
    /// }
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns what failed, if anything did. What succeeded is then in the store, but not in the error: look at
    /// [`value`](Self::value) first if you need it.
    pub fn complete(self) -> Result<T, Incomplete> {
        if self.is_complete() {
            return Ok(self.value);
        }
        let meta = self.meta.as_ref();
        let count = |count: i64| usize::try_from(count).ok().filter(|count| *count > 0);
        Err(Incomplete {
            failed: meta.and_then(|meta| meta.failed).and_then(count),
            total: meta.and_then(|meta| meta.total).and_then(count),
            problems: self.problems,
            error: None,
            may_have_happened: true,
        })
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome {
            value: change(self.value),
            problems: self.problems,
            meta: self.meta,
        }
    }

    /// What failed; empty if everything succeeded.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["categories"] store:
    /// use bigcommerce_client::categories::CategoryUpdate;
    ///
    /// let changes = [118, 119].map(|id| CategoryUpdate::new(id).parent_id(23));
    /// let outcome = store.categories().update(changes).await?;
    /// for field in outcome.problems().iter().flat_map(|problem| &problem.fields) {
    ///     eprintln!("{}: {}", field.field, field.message);
    /// }
    /// # );
    /// ```
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The metadata of the response.
    pub const fn meta(&self) -> Option<&Meta> {
        self.meta.as_ref()
    }

    /// Whether nothing failed.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["categories"] store:
    /// use bigcommerce_client::categories::CategoryUpdate;
    ///
    /// let hidden = CategoryUpdate::new(118).is_visible(false);
    /// let outcome = store.categories().update([hidden]).await?;
    /// if !outcome.is_complete() {
    ///     println!("not hidden: {:?}", outcome.problems());
    /// }
    /// # );
    /// ```
    pub fn is_complete(&self) -> bool {
        let failed = self.meta.as_ref().and_then(|meta| meta.failed);
        self.problems.is_empty() && failed.unwrap_or_default() == 0
    }
}

impl<T> Deref for Outcome<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The counts of a batch.
#[derive(Clone, PartialEq)]
pub struct Counts(Envelope<RawJson>);

impl Counts {
    /// How many items the batch had.
    ///
    /// ```
    /// use bigcommerce_client::{Counts, json};
    ///
    /// let response = r#"{"data":[],"meta":{"total":3,"success":2,"failed":1}}"#;
    /// assert_eq!(json::from_str::<Counts>(response)?.total(), Some(3));
    /// assert_eq!(json::from_str::<Counts>("{}")?.total(), None, "not every response has a tally");
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn total(&self) -> Option<i64> {
        self.meta()?.total
    }

    /// How many of them succeeded.
    pub fn success(&self) -> Option<i64> {
        self.meta()?.success
    }

    /// How many of them failed.
    pub fn failed(&self) -> Option<i64> {
        self.meta()?.failed
    }

    /// The whole response.
    ///
    /// ```
    /// use bigcommerce_client::{Counts, json};
    ///
    /// let counts: Counts = json::from_str(
    ///     r#"{"data":[],"errors":{"0":"parent_id is unknown"},"meta":{"total":1,"failed":1}}"#,
    /// )?;
    /// let errors = counts.envelope().errors.as_ref().map(|errors| errors.get());
    /// assert_eq!(errors, Some(r#"{"0":"parent_id is unknown"}"#));
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub const fn envelope(&self) -> &Envelope<RawJson> {
        &self.0
    }

    fn meta(&self) -> Option<&Meta> {
        self.0.meta.as_ref()
    }
}

/// Omits the rest of the response, which is raw.
impl fmt::Debug for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counts")
            .field("total", &self.total())
            .field("success", &self.success())
            .field("failed", &self.failed())
            .finish_non_exhaustive()
    }
}

impl Decode for Counts {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Envelope::decode(r).map(Self)
    }
}

impl Encode for Counts {
    fn encode(&self, w: &mut Writer) {
        self.0.encode(w);
    }
}
