//! Paying for an order: the server for payments, and the token for one order.
//!
//! Two tokens are involved. The store's token creates a payment access token, which is valid for one payment of one
//! order and for an hour. With that one, [`store.payments(token)`](crate::Client::payments) calls the server for
//! payments, which is a different host. Each token is sent only to its own server, and both are redacted in errors.
//!
//! ```no_run
//! # bigcommerce_client::example!(["payments"] store:
//! use bigcommerce_client::payment_access_tokens::{
//!     PaymentAccessTokenCreate, PaymentAccessTokenOrderCreate,
//! };
//! use bigcommerce_client::payments::{
//!     PaymentCardCreate, PaymentChargeCreate, PaymentCreate, PaymentInstrumentCreate,
//! };
//!
//! let order = PaymentAccessTokenOrderCreate::new(215);
//! let token = store.payment_access_tokens().create(PaymentAccessTokenCreate::new(order)).await?;
//! let card = PaymentCardCreate::new()
//!     .cardholder_name("Ada Example")
//!     .number("4111111111111111")
//!     .expiry_month(12)
//!     .expiry_year(2030)
//!     .verification_value("123");
//! let charge = PaymentChargeCreate::new(PaymentInstrumentCreate::Card(card), "stripe.card");
//! let payment = store.payments(token.id).create(PaymentCreate::new(charge)).await?;
//! # );
//! ```
//!
//! The server for payments has its own rate limit. When it returns 429, the calls to the store's server do not wait.
//!
//! A payment is never retried after an unknown outcome, because it might charge the shopper twice. Read the
//! transactions of the order to see whether it was made. Whoever has a payment access token can pay for the order, so
//! pass it on only to the program that pays.
