//! Many items in as many calls as needed: split into batches, sent concurrently as far as the endpoint
//! allows, and reported item by item. It knows nothing of HTTP beyond the errors of single calls.

mod put;
mod report;
mod run;
mod settle;
mod split;

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;

pub use report::{Fate, Known, Report};

use self::put::{Fill, Put};
use self::run::{Batch, Blamed, Run};
use crate::call::{Call, Pending};
use crate::error::{Error, FieldProblem, Problem};
use crate::json::{self, Encode};
use crate::outcome::Outcome;
use crate::query::ToQuery;
use crate::response::Response;

/// How many batches are sent concurrently if the endpoint does not limit it.
const USUAL_AT_ONCE: usize = 4;

/// A batch in progress.
type Answering<T> = Pending<Response<Outcome<Vec<T>>>>;

/// Many items for an endpoint that takes them in batches, or by their ids.
///
/// Awaiting it sends all items and returns a [`Report`] with the fate of each. The items are split into
/// batches of the size the API accepts and sent concurrently as far as the endpoint allows. Rejected items
/// are isolated: a batch that was rejected as a whole is sent again in smaller parts until the invalid
/// items are found. A create that may have succeeded is never sent again, and neither is a batch that may
/// have been applied in part, if a retry would do harm.
///
/// The call stops at an error that would affect every item, and reports what it did not attempt: no
/// connection, an invalid token, a missing scope, a quota exhausted for longer than the client waits.
///
/// ```no_run
/// # bigcommerce_client::example!(["customers"] store:
/// use bigcommerce_client::{bulk::Fate, customers::CustomerUpdate};
///
/// let changes = (1..=500).map(|id| CustomerUpdate::new(id).company("Acme"));
/// let report = store.customers().update_all(changes).await?;
/// for (customer, fate) in report.failures() {
///     if let Fate::Refused(problem) = fate {
///         eprintln!("{}: {:?}", customer.id, problem.title);
///     }
/// }
/// # );
/// ```
#[must_use = "a request does nothing until it is awaited"]
pub struct Bulk<I, T> {
    call: Call,
    items: Vec<I>,
    put: Put<I>,
    answer: fn(Call) -> Answering<T>,
    at_once: usize,
    /// The maximum batch size if the caller wants smaller batches than the API allows.
    at_most: usize,
    /// Whether it is undocumented what happens to the other items of a batch when one is rejected.
    unclear: bool,
    progress: Option<Progress>,
}

/// Called with the number of settled items and the total.
type Progress = Box<dyn FnMut(usize, usize) + Send>;

/// The items of a batch as a list, although each is borrowed by itself.
struct Items<'b, I>(&'b [&'b I]);

impl<I: Encode> Encode for Items<'_, I> {
    fn encode(&self, w: &mut json::Writer) {
        w.items(self.0.iter().copied());
    }
}

impl<I, T> Bulk<I, T> {
    #[allow(dead_code, reason = "without a group there are no batches")]
    pub(crate) fn bodies(
        call: Call,
        items: impl IntoIterator<Item = I>,
        answer: fn(Call) -> Answering<T>,
    ) -> Self
    where
        I: Encode,
    {
        Self::new(
            call,
            items,
            Put::Body(
                |call, items| call.body(&Items(items)),
                |item| json::to_vec(item),
                |item| json::mistake(item),
            ),
            answer,
        )
    }

    /// The items of an array in `body`; the rest of the body is sent with each batch.
    #[allow(dead_code, reason = "few bodies hold what they are about in an array")]
    pub(crate) fn within<B>(
        call: Call,
        mut body: B,
        field: &'static str,
        array: fn(&mut B) -> &mut Vec<I>,
        answer: fn(Call) -> Answering<T>,
    ) -> Self
    where
        I: Encode + Clone + 'static,
        B: Encode + Clone + Send + Sync + 'static,
    {
        let items = std::mem::take(array(&mut body));
        let fill: Fill<I> = Box::new(move |call, items| {
            let mut body = body.clone();
            *array(&mut body) = items.iter().copied().cloned().collect();
            call.body(&body)
        });
        let put = Put::Field(
            field,
            fill,
            |item| json::to_vec(item),
            |item| json::mistake(item),
        );
        Self::new(call, items, put, answer)
    }

    #[allow(dead_code, reason = "without a group there are no batches")]
    pub(crate) fn ids(
        call: Call,
        key: &'static str,
        items: impl IntoIterator<Item = I>,
        answer: fn(Call) -> Answering<T>,
    ) -> Self
    where
        I: ToQuery,
    {
        let put = Put::Query(key, |id: &I| id.to_query().into_owned());
        Self::new(call, items, put, answer)
    }

    #[allow(dead_code, reason = "few lists repeat the name of their parameter")]
    pub(crate) fn exploded(
        call: Call,
        key: &'static str,
        items: impl IntoIterator<Item = I>,
        answer: fn(Call) -> Answering<T>,
    ) -> Self
    where
        I: ToQuery,
    {
        let put = Put::Each(key, |id: &I| id.to_query().into_owned());
        Self::new(call, items, put, answer)
    }

    fn new(
        call: Call,
        items: impl IntoIterator<Item = I>,
        put: Put<I>,
        answer: fn(Call) -> Answering<T>,
    ) -> Self {
        let this = Self {
            call,
            items: items.into_iter().collect(),
            put,
            answer,
            at_once: 1,
            at_most: usize::MAX,
            unclear: false,
            progress: None,
        };
        this.at_once(USUAL_AT_ONCE)
    }

    /// Marks it as undocumented what happens to the other items of a batch when one is rejected.
    #[allow(dead_code, reason = "of most calls it is known")]
    pub(crate) const fn unclear(mut self) -> Self {
        self.unclear = true;
        self
    }

    /// The maximum number of items in one batch; by default the API's maximum, and never more than
    /// that.
    ///
    /// Smaller batches finish sooner, and if one fails, fewer items have an unknown fate. With 1
    /// each item gets its own response.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["inventory"] store:
    /// use bigcommerce_client::inventory::{RelativeAdjustmentCreate, RelativeAdjustmentItemCreate};
    ///
    /// let sold = [("SM-13", -2), ("SM-14", -1)].map(|(sku, quantity)| {
    ///     RelativeAdjustmentItemCreate::new().location_id(1).quantity(quantity).sku(sku)
    /// });
    /// let sold = RelativeAdjustmentCreate::new(sold).reason("Sold in the shop");
    /// // The result of each item is known, at the cost of one call per item.
    /// let report = store.inventory().adjust_relative_all(sold).batch_size(1).await?;
    /// # );
    /// ```
    pub const fn batch_size(mut self, items: usize) -> Self {
        self.at_most = if items == 0 { 1 } else { items };
        self
    }

    /// How many batches are sent concurrently; 4 by default, and never more than the endpoint
    /// allows.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["customers"] store:
    /// use bigcommerce_client::customers::CustomerUpdate;
    ///
    /// let changes = (1..=500).map(|id| CustomerUpdate::new(id).company("Acme"));
    /// // One batch at a time, to leave most of the store's quota to others.
    /// let report = store.customers().update_all(changes).at_once(1).await?;
    /// # );
    /// ```
    pub fn at_once(mut self, batches: usize) -> Self {
        // Batches beyond the cap would only wait for a slot, and the call would fail if that took too
        // long.
        let cap = self.call.endpoint.facts().concurrency;
        let cap = cap.and_then(|cap| usize::try_from(cap).ok());
        self.at_once = batches.min(cap.unwrap_or(usize::MAX)).max(1);
        self
    }

    /// Calls `progress` with the number of settled items and the total, after each response that settled
    /// some.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["customers"] store:
    /// use bigcommerce_client::customers::CustomerUpdate;
    ///
    /// let changes = (1..=500).map(|id| CustomerUpdate::new(id).company("Acme"));
    /// let update = store.customers().update_all(changes);
    /// let report = update.on_progress(|done, all| println!("{done} of {all}")).await?;
    /// # );
    /// ```
    pub fn on_progress(mut self, progress: impl FnMut(usize, usize) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Sets the options of each call: timeout, retries, and additional headers and parameters.
    pub fn with_options(mut self, options: crate::CallOptions) -> Self {
        self.call.options(options);
        self
    }
}

impl<I, T> Bulk<I, T>
where
    I: Send + Sync + 'static,
    T: Send + 'static,
{
    /// Sends all items and waits for the report, for code that is not `async`.
    ///
    /// # Errors
    ///
    /// Returns an error if awaiting it would fail, or if it is called inside `async` code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<Report<I, T>, Error> {
        crate::blocking::wait(self.into_future())
    }
}

impl<I, T> IntoFuture for Bulk<I, T>
where
    I: Send + Sync + 'static,
    T: Send + 'static,
{
    type Output = Result<Report<I, T>, Error>;
    type IntoFuture = Pending<Report<I, T>>;

    /// # Errors
    ///
    /// Only when nothing could be sent at all, or when nothing was sent because an item is invalid, such as
    /// a blank id; everything else is in the report.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self {
                mut call,
                items,
                put,
                answer,
                at_once,
                at_most,
                unclear,
                mut progress,
            } = self;
            if let Some(reason) = put.mistake(&items) {
                let endpoint = call.endpoint;
                call.refuse(reason.clone());
                // Audit sinks and observers are notified as for any invalid call.
                let refused = answer(call).await.err();
                return Err(refused.unwrap_or_else(|| Error::request(endpoint, reason)));
            }
            let mut run = Run {
                waiting: split::batches(&call, &items, &put, at_most),
                running: Vec::new(),
                fates: items.iter().map(|_| None).collect(),
                rejected: BTreeMap::new(),
                unclear,
                stopped: None,
                sent: false,
                done: 0,
            };
            poll_fn(|context| {
                let chosen = |batch: &Batch| -> Vec<&I> {
                    batch.iter().filter_map(|at| items.get(*at)).collect()
                };
                let send = |batch: &Batch| answer(put.fill(call.clone(), &chosen(batch)));
                let named =
                    |batch: &Batch, problems: &[Problem]| put.named(&chosen(batch), problems);
                let place = |field: &FieldProblem| put.place(field);
                let blamed = Blamed {
                    named: &named,
                    place: &place,
                };
                let tell = |done, all| progress.iter_mut().for_each(|tell| tell(done, all));
                run.poll(context, at_once, send, &blamed, tell)
            })
            .await;
            run.report(items)
        })
    }
}

impl<I, T> fmt::Debug for Bulk<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk")
            .field("call", &self.call)
            .field("items", &self.items.len())
            .finish_non_exhaustive()
    }
}
