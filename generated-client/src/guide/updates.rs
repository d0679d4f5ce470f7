//! Updates: what is sent, what is cleared, and how to build an update from a record.
//!
//! An update contains only what it changes. A field that is not set is omitted from the request, and one
//! that is cleared is sent as `null`; [`Patch`](crate::Patch) distinguishes the two. Only fields for which
//! the API accepts null have a method that clears them.
//!
//! ```no_run
//! # bigcommerce_client::example!(["products"] store:
//! use bigcommerce_client::{number, products::ProductUpdate};
//!
//! let change = ProductUpdate::new().price(number!(24.95)).clear_preorder_release_date();
//! store.products().update(158, change).await?;
//! # );
//! ```
//!
//! # Read, change, send
//!
//! Modify a copy of the record, and build the update from the two. It contains the fields that differ and
//! those that an update requires, so changes that others made in the meantime are not overwritten.
//!
//! ```
//! # bigcommerce_client::example!(["products"] server, store:
//! use bigcommerce_client::products::ProductUpdate;
//!
//! let before = store.products().list().limit(1).await?[0].clone();
//! let mut after = before.clone();
//! after.name = before.name.as_ref().map(|name| format!("{name} (new)"));
//! after.is_visible = Some(false);
//!
//! if let Some(update) = ProductUpdate::between(&before, &after)? {
//!     let product = store.products().update(before.id, update).await?;
//!     assert_eq!(product.name, after.name);
//! }
//! # );
//! ```
//!
//! - `None` means that nothing differs and there is nothing to send.
//! - A field that was set and is now `None` is sent as null if the API accepts null for it, including
//!   inside an object or a list. To empty a list, set it to an empty one: `List::from(vec![])`.
//! - A list, a mapping or an object that differs goes out whole, but for fields in it that only the API
//!   writes. Most calls put it in the place of the old one. Some only add to a list and change what has its
//!   id, or do not say which: what you take out of such a list is an error, and is removed by a call of its
//!   own, or as the call's page tells.
//! - What does not differ stays out, unless the call takes no partial update or no source says that it takes
//!   one. Then all of the record goes out, as the page of the call says under "Fields left out". Where a page
//!   tells it in other words, set on the update as well what has to stay.
//! - What an update requires is in it, changed or not: a `CustomerUpdate` has the id. A `ProductUpdate` has
//!   none, since the call names the product; for `update_batch` add it with `id`. Where an update requires
//!   what no record has, such as a password, there is no `between`.
//! - A change that cannot be sent is a [`ChangeError`](crate::ChangeError) that names the field, and never
//!   left out: a field that only the API writes, one that null does not clear, an item that an update may
//!   not remove, a value that was damaged when it came and now stands beside one that was changed, in what
//!   goes out whole. So is a list or a mapping that was changed and of which something could not be read, which
//!   would be gone.
//! - Numbers go out as they came or as you spelled them, in quotes where the field takes them so.
//!
//! The two have to be states of one record. An update does not ask whether the store still has the first
//! of them: where two programs change one field, the last one wins.
//!
//! # Send a record as a new one
//!
//! [`json::convert`](crate::json::convert) builds a value to send from any record: the payments of a refund from
//! the quote for it, or a brand for another store.
//!
//! ```
//! # bigcommerce_client::example!(["brands"] server, store:
//! use bigcommerce_client::{brands::BrandCreate, json};
//!
//! let brands = store.brands().list().limit(1).await?;
//! let copy: BrandCreate = json::convert(&brands[0])?;
//! assert_eq!(Some(copy.name), brands[0].name);
//! # );
//! ```
