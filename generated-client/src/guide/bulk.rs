//! Bulk calls: `create_all`, `update_all` and `delete_all` take any number of items.
//!
//! The items are split into batches of the size the API accepts, and ids into URLs that are short
//! enough. Batches are sent concurrently, as far as the endpoint allows.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! use bigcommerce_client::customers::CustomerUpdate;
//!
//! let changes = (1..=5_000).map(|id| CustomerUpdate::new(id).company("Acme"));
//! let report = store.customers().update_all(changes).await?;
//! println!("{} of {} were accepted", report.done(), report.len());
//! # );
//! ```
//!
//! If a body has other fields next to the array of items, as stock adjustments do, the call takes the whole body. The
//! other fields are sent with each batch.
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
//! // 2,000 per request by default, or fewer if you set it.
//! let report = store.inventory().adjust_absolute_all(stock).batch_size(500).await?;
//! # );
//! ```
//!
//! # The outcome of each item
//!
//! A [`Report`](crate::bulk::Report) has every item once, in your order, with its
//! [`Fate`](crate::bulk::Fate). The call itself fails only if nothing could be sent at all.
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
//! - A batch that is rejected as a whole with a 4xx (400, 409, 413, 422) is sent again in parts, until the
//!   invalid items are isolated. The rest of the batch is accepted.
//! - A batch that may have been applied is not split: creates without a clear response are not sent again,
//!   and their items are `Failed` or, if the API says that part of the batch was accepted, `Unclear`.
//! - Nor is a rejected batch split if it is not documented what happens to its other items and sending
//!   them again would do harm, as with `inventory().adjust_relative_all`: the item named in the error is
//!   `Refused`, the others are `Unclear`. With [`batch_size(1)`](crate::bulk::Bulk::batch_size) each item
//!   gets its own response.
//! - An error that would affect every further batch (an invalid token, a missing scope, no connection, a
//!   quota exhausted for too long) ends the call: [`stopped`](crate::bulk::Report::stopped) has it, and
//!   the remaining items are not attempted.
//!
//! # All or an error
//!
//! [`complete`](crate::bulk::Report::complete) makes it an error if an item failed, so that `?` ends a function that
//! has no use for the fate of each: the [`Incomplete`](crate::Incomplete) has the counts and the reasons, and converts
//! into an [`Error`](crate::Error) of the kind [`Partial`](crate::ErrorKind::Partial). The accepted items stay in the
//! store.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! # let changes: Vec<bigcommerce_client::customers::CustomerUpdate> = Vec::new();
//! let changed = store.customers().update_all(changes).await?.complete()?;
//! println!("all {} were changed", changed.len());
//! # );
//! ```
//!
//! # Retrying the rest
//!
//! [`Fate::known`](crate::bulk::Fate::known) classifies the items by what is known: done, not sent,
//! certainly not done, or possibly done. [`into_retryable`](crate::bulk::Report::into_retryable) returns
//! those that were not sent or certainly not done, ready for another call.
//! [`may_be_done`](crate::bulk::Report::may_be_done) has those that a retry might create twice; look for
//! them in the store first. [`into_values`](crate::bulk::Report::into_values) has the created values.
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
//! # Partial success
//!
//! Single calls can succeed in part as well: a product is saved but its inventory is not. They return
//! an [`Outcome`](crate::Outcome), which can be used like its value; check
//! [`is_complete`](crate::Outcome::is_complete) and [`problems`](crate::Outcome::problems), or end the function with
//! [`complete()?`](crate::Outcome::complete).
