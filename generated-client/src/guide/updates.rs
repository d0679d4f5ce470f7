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
//! let product = store.products().update(158, change).await?;
//! println!("{} costs {:?}", product.id, product.price);
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
//! - `None` means that nothing differs and there is nothing to send. An amount or a date that is only spelled
//!   differently does not differ: 24.9500 and 24.95, or `"24.9500"`, as V2 sends amounts, and 24.95. Strings are
//!   compared character by character.
//! - A field that was set and is now `None` is sent as null if the API accepts null for it, including
//!   inside an object or a list. To empty a list, set it to an empty one: `List::from(vec![])`.
//! - A list, a mapping or an object that differs is sent in full, except for its read-only fields. Most calls
//!   replace the old value with it. Some only add new items to a list and update those with a known id, or do
//!   not document which of the two they do. Removing an item from such a list is an error: delete it with
//!   its own call, or as the call's page says.
//! - Unchanged fields are omitted, unless the call does not accept partial updates or none are documented for
//!   it. Then the whole record is sent, and the call's page says so under "Fields left out". If a page says it
//!   in other words, set the fields that must keep their values on the update yourself.
//! - Required fields are always included: a `CustomerUpdate` has the id. A `ProductUpdate` has none, since
//!   the call names the product; for `update_batch`, add it with `id`. If an update requires a field that no
//!   record has, such as a password, there is no `between`.
//! - A change that cannot be sent is a [`ChangeError`](crate::ChangeError) that names the field; it is never
//!   silently dropped. Examples are a read-only field, a field that null does not clear, a removed item that
//!   an update would keep, and a change to a list or mapping with an item that could not be decoded, because
//!   sending the list would remove that item. In a function that returns [`Error`](crate::Error), `?` converts it:
//!   nothing was sent.
//! - Numbers are sent as they were received or as you wrote them, quoted if the field requires it.
//!
//! Both values must be states of the same record. The API does not check that the store still has the first
//! one: if two programs change the same field, the last write wins.
//!
//! # Create or update
//!
//! Calls named `upsert` do both in one request. For other records, look for the one that is there. This keeps a value of
//! your own with a product, such as the revision that another system has of it:
//!
//! ```
//! # bigcommerce_client::example!(["products"] server, store:
//! use bigcommerce_client::shared::{MetafieldCreate, MetafieldPermission, MetafieldUpdate};
//!
//! # let product = store.products().list().limit(1).await?[0].id;
//! let metafields = store.products().metafields(product);
//! let known = metafields.list().namespace("pim").key("revision").first().await?;
//! let kept = match known {
//!     Some(known) => metafields.update(known.id, MetafieldUpdate::new().value("r-7")).await?,
//!     None => {
//!         let new = MetafieldCreate::new().namespace("pim").key("revision").value("r-7");
//!         let new = new.permission_set(MetafieldPermission::AppOnly);
//!         metafields.create(new).await?
//!     }
//! };
//! assert_eq!(kept.value.as_deref(), Some("r-7"));
//! # );
//! ```
//!
//! For thousands of products, `product_metafields().list_across()` reads those of all of them; `create_all` and
//! `update_all` there add the missing ones and change the others in batches.
//!
//! # Another record like it
//!
//! [`json::convert`](crate::json::convert) builds a value to send from one that was read, from the fields that both
//! have. Lines of carts and orders have methods for it, since a new line must not have every field of the old one:
//! `to_line` for another order, `to_cart_item` to order again, and `to_input` from one cart to another.
//!
//! ```no_run
//! # bigcommerce_client::example!(["orders"] store:
//! use bigcommerce_client::json;
//! use bigcommerce_client::orders::{OrderBillingAddressCreate, OrderCreate, OrderProduct};
//!
//! let orders = store.orders();
//! let address = orders.get(118).await?.billing_address.ok_or("the order has no address")?;
//! let address: OrderBillingAddressCreate = json::convert(&address)?;
//! let lines = orders.products(118).list().stream().into_vec().await?;
//! let lines = lines.iter().filter_map(OrderProduct::to_line);
//! let replacement = orders.create(OrderCreate::new(address).products(lines)).await?;
//! println!("{} replaces 118", replacement.id);
//! # );
//! ```
