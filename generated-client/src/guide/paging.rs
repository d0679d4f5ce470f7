//! Reading lists: item by item, page by page, only the first match, with prefetching, with cursors, and with
//! selected fields.
//!
//! # Every item
//!
//! `stream()` reads a list to its end, with any pagination style. The pages are as large as the API
//! allows, no item is returned twice, and the order is the API's.
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
//! `list_across` lists what belongs to all resources of a kind at once: `store.variants().list_across()` has the
//! variants of all products, `store.products().variants(118).list()` those of one.
//!
//! `stream()` returns a [`Stream`](futures_core::Stream), so the combinators of `futures` work on it. Dropping
//! it cancels it, including prefetched pages.
//!
//! If a list changes while it is read by page number, its items move: a deleted item shifts the ones
//! after it. Sort by something that does not change, or use cursors if the list has them. An item that
//! an insertion moves to the next page is not returned again.
//!
//! A list ends if everything in a response agrees that it does. As long as a link, a total or a page
//! count says there is more, reading continues; if there is no way to continue, or a page has nothing
//! new, the list ends with an error, a [`Contradiction`](crate::ErrorKind::Contradiction) if a
//! response contradicts itself or earlier ones. A list never ends early without an error, and never
//! loops forever.
//!
//! If a page of the default size is too large for the server, or fails twice as if it were, it is requested
//! in smaller pages, and so is the rest of the list. A size that you set with `limit` is kept.
//!
//! # The first match
//!
//! [`first`](crate::First) on the request returns the first item that the filters match, if there is any, and requests
//! no more than that. This finds a record by a unique field, and creates it if the store has none.
//!
//! ```
//! # bigcommerce_client::example!(["brands"] server, store:
//! use bigcommerce_client::brands::BrandCreate;
//!
//! let brand = match store.brands().list().name("Northwind").first().await? {
//!     Some(brand) => brand,
//!     None => store.brands().create(BrandCreate::new("Northwind")).await?.complete()?,
//! };
//! assert_eq!(brand.name.as_deref(), Some("Northwind"));
//! # );
//! ```
//!
//! If several programs do this at the same time, the store rejects the second brand, which
//! [`is_conflict`](crate::Error::is_conflict) tells apart from other errors: then look for it again. Names of
//! categories are unique only among those with the same parent, so filter by `tree_id_in` and `parent_id_in` as well.
//! Filter customers by `email_in`; one address may belong to a customer in each of several channels.
//!
//! Some records have no call for a single one, such as customers of V3, their addresses and redirects. Filter their
//! list by the id:
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! let customer = store.customers().list().id_in([7]).first().await?;
//! println!("{:?}", customer.ok_or("there is no such customer")?.email);
//! # );
//! ```
//!
//! # What has changed since
//!
//! To keep another system up to date, request what has changed since the last run. For the next run, store the
//! time at which this one *started*, not the newest date it received: an item that changes while the list is
//! read may be on a page that was already read, so only the next run returns it. Sort by id, the default for
//! orders. If the list is sorted by modification date, an item that changes moves to the end, and the ones after
//! it move up, one of them onto a page that was already read.
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! use bigcommerce_client::{DateTime, jiff::Timestamp};
//!
//! let last = DateTime::from("2024-01-31T12:00:00Z"); // Stored by the last run.
//! // One minute earlier, in case the clocks differ, and in whole seconds.
//! let next = Timestamp::from_second(Timestamp::now().as_second() - 60)?;
//!
//! let mut orders = store.orders().list().date_modified_min(last).stream();
//! while let Some(order) = orders.try_next().await? {
//!     // An order that is returned again is the same one, with the same `date_modified`.
//!     println!("{} changed at {:?}", order.id, order.date_modified);
//! }
//! println!("the next run starts from {}", DateTime::from(next));
//! # );
//! ```
//!
//! # Totals
//!
//! Amounts are exact, and so are their sums: `Decimal` is the type to calculate with, and
//! [`Number::sum`](crate::Number::sum) adds up amounts, or returns that of a field that may be absent. Add only amounts
//! of the same currency.
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! use std::collections::BTreeMap;
//! use bigcommerce_client::Number;
//!
//! let mut amounts: BTreeMap<String, Vec<Number>> = BTreeMap::new();
//! let mut orders = store.orders().list().stream();
//! while let Some(order) = orders.try_next().await? {
//!     let currency = order.default_currency_code.unwrap_or_default();
//!     amounts.entry(currency).or_default().extend(order.total_inc_tax);
//! }
//! for (currency, amounts) in &amounts {
//!     println!("{currency} {}", Number::sum(amounts)?);
//! }
//! # );
//! ```
//!
//! # By ids
//!
//! If a list has more ids than fit into one URL, it is requested in parts, in the order of the ids and
//! each once, by `stream()`, `pages()` and `next_page()` alike. It cannot be sorted by anything else:
//! such a call, or one with too many values of another kind, is rejected before it is sent.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! let customers = store.customers().list().id_in(1..=5_000).stream().into_vec().await?;
//! # );
//! ```
//!
//! Values other than ids are not split, because an item may match several of them. Pass no more SKUs at a time than fit
//! into a URL:
//!
//! ```no_run
//! # bigcommerce_client::example!(["inventory"] store:
//! # let skus: Vec<String> = Vec::new();
//! for skus in skus.chunks(100) {
//!     let stock = store.inventory().list().sku_in(skus).stream().into_vec().await?;
//!     println!("{} of {} are known", stock.len(), skus.len());
//! }
//! # );
//! ```
//!
//! # By other filters
//!
//! Filters are methods, and a list has those that the API documents. For a filter that is newer than this
//! client or undocumented, [`CallOptions::query`](crate::CallOptions::query) adds a parameter, to every page:
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
//! The API ignores unknown parameters, so check the result. Deletes do not accept additional
//! parameters.
//!
//! # Page by page
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! use bigcommerce_client::order_statuses::OrderStatus;
//!
//! let mut pages = store.orders().list().status_id(OrderStatus::AWAITING_FULFILLMENT).pages();
//! while let Some(page) = pages.try_next().await? {
//!     println!("{} orders, of {:?}", page.len(), page.total());
//! }
//! # );
//! ```
//!
//! Each page has the status, the headers and the raw body of its response.
//!
//! Awaiting the request itself returns one [`Page`](crate::Page), which can be used like a slice;
//! [`next_page`](crate::Page::next_page) continues from there. To continue later, store the page
//! number and start with `page(number)`.
//!
//! # Prefetching
//!
//! Two pages are prefetched while you work on one, once the list has reported how many there are.
//! [`prefetch`](crate::Items::prefetch) changes the number. Pages are kept as bytes and decoded when
//! you take them, so memory is bounded by the prefetched pages, not by the list.
//!
//! ```no_run
//! # bigcommerce_client::example!(["products"] store:
//! let fast = store.products().list().stream().prefetch(8);
//! let gentle = store.products().list().stream().prefetch(0);
//! # );
//! ```
//!
//! V2 lists and cursors do not report the number of pages, so only one of their pages is requested at a
//! time. The next one is requested when you receive the current one, unless `prefetch` is 0.
//!
//! # Other paths
//!
//! A list at any other path is read in the same way: `raw(..)` has
//! [`pages`](crate::RawRequest::pages), which detects the pagination style from the response.
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
//! # Cursors
//!
//! Where the API has cursors, `by_cursor()` follows them: items that are added or deleted in the meantime
//! do not shift the others. Some lists have cursors only from their first page: if it starts with
//! `page(2)`, such a list is read by page number. A list that stops returning cursors ends with an error
//! after the items received so far.
//!
//! ```no_run
//! # bigcommerce_client::example!(["customers"] store:
//! let customers = store.customers().list().by_cursor().stream().into_vec().await?;
//! # );
//! ```
//!
//! # Selecting fields
//!
//! `include_fields` makes responses smaller. A field that was not selected is absent from the model,
//! like one the API never sent. With a type of your own the selection is explicit: with the feature
//! `serde`, derive `Deserialize` for it and read the list with `decoding()`, each item in a
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
//! `include` is the opposite: it adds sub-resources to each item. For some of them the API silently
//! reduces the page size; the stream relies on what it actually received.
