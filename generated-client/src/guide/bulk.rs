//! Many items at once: `create_all`, `update_all` and `delete_all` take any number of them.
//!
//! The items are cut into batches of the size that the API takes, and ids into addresses that are
//! short enough. Batches go side by side, as far as the endpoint allows.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! use bigcommerce_client::customers::CustomerUpdate;
//!
//! let changes = (1..=5_000).map(|id| CustomerUpdate::new(id).company("Acme"));
//! let report = store.customers().update_all(changes).await?;
//! println!("{} of {} were taken", report.done(), report.len());
//! # );
//! ```
//!
//! Where a body holds the items in an array beside other fields, as adjustments of stock do, the call takes the whole
//! body. The other fields go out with each batch.
//!
//! ```no_run
//! # bigcommerce_client::example!(["inventory"] store:
//! # let counted: Vec<(String, i64)> = Vec::new();
//! use bigcommerce_client::inventory::{AbsoluteAdjustmentItemUpdate, AbsoluteAdjustmentUpdate};
//!
//! let items = counted.into_iter().map(|(sku, quantity)| {
//!     AbsoluteAdjustmentItemUpdate::new().location_id(1).quantity(quantity).sku(sku)
//! });
//! let stock = AbsoluteAdjustmentUpdate::new(items).reason("Stocktaking");
//! // 2,000 go out at once, or fewer where you say so.
//! let report = store.inventory().adjust_absolute_all(stock).batch_size(500).await?;
//! # );
//! ```
//!
//! # What became of each
//!
//! A [`Report`](crate::bulk::Report) has every item once, in your order, with its
//! [`Fate`](crate::bulk::Fate). The call itself fails only when nothing could be sent at all.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! # let changes: Vec<bigcommerce_client::customers::CustomerUpdate> = Vec::new();
//! use bigcommerce_client::bulk::Fate;
//!
//! let report = store.customers().update_all(changes).await?;
//! for (customer, fate) in report.failures() {
//!     match fate {
//!         Fate::Refused(problem) => eprintln!("{}: {:?}", customer.id, problem.fields),
//!         Fate::Failed(error) => eprintln!("{}: {error}", customer.id),
//!         Fate::Unclear(problems) => eprintln!("{}: perhaps {problems:?}", customer.id),
//!         Fate::NotAttempted => eprintln!("{}: never sent", customer.id),
//!         _ => {}
//!     }
//! }
//! # );
//! ```
//!
//! - A batch that is refused with a 4xx of which the API took nothing (400, 409, 413, 422) is sent again in
//!   parts, until what is at fault stands alone. The rest of the batch is taken.
//! - Where something may have happened nothing is divided: a batch of creations without a clear response
//!   is not sent again, and its items are `Failed` or, where the API says that a part of it was taken,
//!   `Unclear`.
//! - Nor is a refused batch divided where no source says what becomes of its other items and sending them
//!   again would do harm, as with `inventory().adjust_relative_all`: the item that is named is `Refused`,
//!   the others are `Unclear`. With
//!   [`batch_size(1)`](crate::bulk::Bulk::batch_size) each item has a response of its own.
//! - An error that every further batch would meet (a bad token, a missing scope, no connection, a
//!   quota that is spent for too long) ends the call: [`stopped`](crate::bulk::Report::stopped) has it,
//!   and the items behind it are not attempted.
//!
//! # Again
//!
//! [`Fate::known`](crate::bulk::Fate::known) sorts the items by what is known of them: done, not sent,
//! surely not done, or may be done. [`into_retryable`](crate::bulk::Report::into_retryable) gives back those
//! that were not sent or surely not done, ready for another call.
//! [`may_be_done`](crate::bulk::Report::may_be_done) has those that would perhaps be made twice; look for
//! them in the store first. [`into_values`](crate::bulk::Report::into_values) has what was made.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! # let changes: Vec<bigcommerce_client::customers::CustomerUpdate> = Vec::new();
//! let report = store.customers().update_all(changes).at_once(1).await?;
//! if report.stopped().is_some_and(|error| error.is_retryable()) {
//!     let report = store.customers().update_all(report.into_retryable()).await?;
//! }
//! # );
//! ```
//!
//! # Success in part
//!
//! Single calls can succeed in part as well: a product is saved and its inventory is not. They return
//! an [`Outcome`](crate::Outcome), which is used like its value; look at
//! [`is_complete`](crate::Outcome::is_complete) and [`problems`](crate::Outcome::problems).
