//! Settings of channels: what a channel overrides of the store's settings, and which value applies.
//!
//! [`store.settings()`](crate::settings) is the handle of the store's own settings, which every channel inherits.
//! [`channel`](crate::settings::Settings::channel) returns the same handle for one channel, with everything below
//! it, so no call can forget the channel. A call that applies only to the whole store fails there before it is sent.
//!
//! # What null means
//!
//! The settings of a channel contain only its overrides. A field that is `None` does not mean off or empty: the
//! store's value applies. `effective` on the request reads both, and returns where the value of each field comes from:
//!
//! ```no_run
//! # bigcommerce_client::example!(["settings"] store:
//! use bigcommerce_client::effective::Origin;
//!
//! let channel = store.settings().channel(2);
//! let seo = channel.storefront().get_seo().effective().await?;
//! println!("shoppers see {:?}", seo.value.page_title);
//! for (field, origin) in seo.origins() {
//!     if origin == Origin::Own {
//!         println!("the channel overrides {field}");
//!     }
//! }
//! # );
//! ```
//!
//! A request has `effective` if its official description says that a null value is inherited. That includes the
//! settings for customers, orders and abandoned carts, which channels have at paths of their own. For the others, such
//! as those for carts and the checkout, no source says what null means.
//!
//! # Changes
//!
//! An update of a channel adds overrides, and a field that is cleared is inherited again. Most updates replace all
//! settings of their page, so build them from what was read; [`updates`](super::updates) has the details. Use
//! [`own`](crate::effective::Effective::own) for that, not `value`: otherwise the channel would override everything, and
//! later changes in the store would no longer reach it.
//!
//! ```no_run
//! # bigcommerce_client::example!(["settings"] store:
//! use bigcommerce_client::settings::CatalogSettingsUpdate;
//!
//! let channel = store.settings().channel(2);
//! let own = channel.get_catalog().await?;
//! let mut changed = own.clone();
//! changed.auto_approve_reviews = None;
//! if let Some(update) = CatalogSettingsUpdate::between(&own, &changed)? {
//!     channel.update_catalog(update).await?;
//! }
//! # );
//! ```
