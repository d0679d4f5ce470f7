//! Reading lists: item by item, page by page, ahead of time, by cursors, and only some fields.
//!
//! # Every item
//!
//! `stream()` reads a list to its end, however the API pages it. The
//! pages are as large as the API allows, no item comes twice, and the order is the API's.
//!
//! ```no_run
//! # bigcommerce_client::example!(["products"] store:
//! let mut products = store.products().list().is_visible(true).stream();
//! while let Some(product) = products.try_next().await? {
//!     println!("{}", product.id);
//! }
//!
//! let named = store.products().list().name("Mug").stream().into_vec().await?;
//! # );
//! ```
//!
//! It is a [`Stream`](futures_core::Stream), so the combinators of `futures` work on it. Dropping it
//! ends it, with all that it had asked for.
//!
//! A list that changes while it is read by page numbers moves under the reader: an item that is deleted
//! shifts the ones behind it. Sort by what does not change, or use cursors where there are any. An item
//! that an insertion moves to the next page does not come again.
//!
//! A list ends where everything that a response says agrees that it does. While a link, a total or a
//! number of pages says that there is more, it goes on; where nothing leads on, or a page has nothing
//! new, it ends with an error, a [`Contradiction`](crate::ErrorKind::Contradiction) when a response
//! contradicts itself or those before it. No list ends early in silence, and none is read forever.
//!
//! A page of the client's own size that is too large for the server, or fails twice as if it were, is asked
//! for in smaller ones, and so is the rest of the list. A size that you gave with `limit` stays.
//!
//! # What has changed since
//!
//! To keep another system up to date, ask for what has changed since the last run. Keep the moment at which a
//! run *began* for the next one, and not the newest that came: what changes while the list is read may stand on
//! a page that was read already, and comes with the next run. Leave the order to the ids, which is the usual one
//! of orders. By the moment of the change, an item that changes meanwhile goes to the end, and one behind it takes
//! its place on a page that was read.
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! use bigcommerce_client::DateTime;
//!
//! let last = DateTime::from("2024-01-31T10:00:00Z"); // Kept by the last run.
//! // A minute earlier, for clocks that differ, and in whole seconds.
//! let next = jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() - 60)?;
//!
//! let mut orders = store.orders().list().date_modified_min(last).stream();
//! while let Some(order) = orders.try_next().await? {
//!     // What comes a second time is the same order, with the same `date_modified`.
//!     println!("{} changed at {:?}", order.id, order.date_modified);
//! }
//! println!("the next run asks for {}", DateTime::from(next));
//! # );
//! ```
//!
//! # By ids
//!
//! A list of more ids than fit into one address is asked for in pieces, in the order of the ids and each
//! once, by `stream()`, `pages()` and `next_page()` alike. It cannot be sorted by something else: such a
//! call, or one with too many values of another kind, is refused before it is sent.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! let customers = store.customers().list().id_in(1..=5_000).stream().into_vec().await?;
//! # );
//! ```
//!
//! # By filters beyond these
//!
//! Filters are methods, and a list has those that the API documents. For another one, which the API has had for
//! less time than this client or does not document, [`CallOptions::query`](crate::CallOptions::query) adds a
//! parameter, to every page:
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! use bigcommerce_client::CallOptions;
//!
//! let options = CallOptions::new().query("is_deleted", true)?;
//! let deleted = store.orders().list().with_options(options).stream().into_vec().await?;
//! # );
//! ```
//!
//! The API ignores a parameter that it does not know, so look at what comes back. A call that deletes
//! takes none.
//!
//! # Every page
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! let mut pages = store.orders().list().status_id(11).pages();
//! while let Some(page) = pages.try_next().await? {
//!     println!("{} orders, of {:?}", page.len(), page.total());
//! }
//! # );
//! ```
//!
//! Each page has the status, the headers and the raw body of the response it was read from.
//!
//! Awaiting the request itself gives one [`Page`](crate::Page), which is used like a slice;
//! [`next_page`](crate::Page::next_page) reads on from it. That is the way to continue later: keep
//! the number, and begin with `page(number)`.
//!
//! # Ahead of time
//!
//! Two pages are on their way while you work on one, once the list has said how many there are.
//! [`prefetch`](crate::Items::prefetch) changes that. Pages wait as bytes and are decoded when you take
//! them, so memory is bounded by the pages ahead, not by the list.
//!
//! ```no_run
//! # bigcommerce_client::example!(["products"] store:
//! let fast = store.products().list().stream().prefetch(8);
//! let gentle = store.products().list().stream().prefetch(0);
//! # );
//! ```
//!
//! Lists of V2 and cursors do not say how many pages there are, so no two of their pages are on their way
//! at once. The next one is asked for when you are handed the current one, unless `prefetch` is 0.
//!
//! # Other paths
//!
//! A path that the client does not know is read in the same way: `raw(..)` has
//! [`pages`](crate::RawRequest::pages), which finds out by what comes how the list goes on.
//!
//! ```no_run
//! # bigcommerce_client::example!([] store:
//! use bigcommerce_client::RawJson;
//!
//! let list = store.read_only().raw("/v3/loyalty/members");
//! let members = list.pages::<RawJson>().into_vec().await?;
//! # );
//! ```
//!
//! # By cursors
//!
//! Where the API has cursors, `by_cursor()` follows them: what is added or deleted meanwhile shifts
//! nothing. Some lists have cursors for their first page alone: begun with `page(2)`, such a list is read
//! by numbers. A list that loses its cursors on the way ends with an error, behind all that came.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! let customers = store.customers().list().by_cursor().stream().into_vec().await?;
//! # );
//! ```
//!
//! # Some fields
//!
//! `include_fields` makes responses small. What was not chosen is absent from the model, and looks like
//! what the API never sent. A type of your own says what you chose: with the feature `serde`, derive
//! `Deserialize` for it and read the list with `decoding()`, each item in a
//! [`json`](crate::json#types-of-your-own)`::Json`.
//!
//! ```no_run
//! # bigcommerce_client::example!(["products", "serde"] store:
//! use bigcommerce_client::{Number, json::Json, products::ProductField};
//!
//! #[derive(serde::Deserialize)]
//! struct NameAndPrice {
//!     name: String,
//!     price: Number,
//! }
//!
//! let request = store.products().list().include_fields([ProductField::Name, ProductField::Price]);
//! let prices: Vec<Json<NameAndPrice>> = request.decoding().stream().into_vec().await?;
//! # );
//! ```
//!
//! `include` is the opposite: it brings what belongs to an item along. With some of them the API makes
//! its pages smaller without saying so; the stream goes by what really came.
