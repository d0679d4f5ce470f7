//! Sets of scopes: what a token was granted, what calls need, and what is missing. No requests are
//! sent.
//!
//! # Least privilege
//!
//! [`required`] returns the minimum scopes for a set of calls. It is `const`, so a program can
//! declare its scopes next to its code and check them at compile time:
//!
//! ```
//! use bigcommerce_client::{Endpoint, scopes::{self, ScopeSet}};
//!
//! const NEEDED: ScopeSet = scopes::required([Endpoint::ProductsList, Endpoint::OrdersUpdate]);
//! assert_eq!(NEEDED.to_string(), "store_v2_products_read_only store_v2_orders");
//! ```
//!
//! A modify scope covers the read-only one, so the two are never both included:
//!
//! ```
//! use bigcommerce_client::{Endpoint, scopes};
//!
//! let needed = scopes::required([Endpoint::OrdersGet, Endpoint::OrdersUpdate]);
//! assert_eq!(needed.to_string(), "store_v2_orders");
//! ```
//!
//! For a few calls a scope of another area is sufficient, too. It is used if another call needs it anyway:
//!
//! ```
//! use bigcommerce_client::{Endpoint, scopes};
//!
//! let needed = scopes::required([Endpoint::RefundsCreate]);
//! assert_eq!(needed.to_string(), "store_v2_orders");
//!
//! let needed = scopes::required([Endpoint::RefundsList, Endpoint::TransactionsList]);
//! assert_eq!(needed.to_string(), "store_v2_transactions_read_only");
//! ```
//!
//! # Granted scopes
//!
//! Pass the granted scopes to [`ClientBuilder::granted`](crate::ClientBuilder::granted), and a call
//! that the token does not allow fails before anything is sent, with the scope string and its label:
//!
//! ```
//! # #[cfg(all(feature = "brands", feature = "reqwest"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! use bigcommerce_client::{Client, scopes::ScopeSet};
//!
//! let granted: ScopeSet = "store_v2_products_read_only store_v2_default".parse()?;
//! let store = Client::builder("abc123", "the-token").granted(granted).build()?;
//!
//! let error = store.brands().delete(7).await.unwrap_err();
//! assert!(error.is_missing_scope());
//! assert_eq!(
//!     error.to_string(),
//!     "brands.delete was not sent: the token lacks the scope `store_v2_products` (Products: \
//!      modify); the granted `store_v2_products_read_only` (Products: read-only) is not sufficient"
//! );
//! # Ok(()) })
//! # }
//! # #[cfg(not(all(feature = "brands", feature = "reqwest")))]
//! # fn main() {}
//! ```
//!
//! If the sources disagree about the scope of a call, the call is sent anyway and observers are
//! notified with [`Step::Doubtful`](crate::observe::Step::Doubtful).

mod bits;
mod set;

use crate::catalogue::Endpoint;

pub use set::{ScopeCheck, ScopeSet};

pub(crate) use set::Shortfall;

use bits::Bits;

/// The minimum scopes for all of these calls. A scope that a call needs only in some cases is not included;
/// [`EndpointFacts::also_needs`](crate::catalogue::EndpointFacts::also_needs) has it. A call that one of two scopes
/// allows needs [`Endpoint::scope`], unless another call needs
/// [`EndpointFacts::or_scope`](crate::catalogue::EndpointFacts::or_scope) anyway.
///
/// ```
/// use bigcommerce_client::{Endpoint, scopes};
///
/// let needed = scopes::required([Endpoint::BrandsList, Endpoint::BrandsCreate]);
/// assert_eq!(needed.to_string(), "store_v2_products");
/// ```
pub const fn required<const N: usize>(endpoints: [Endpoint; N]) -> ScopeSet {
    let mut bits = Bits::NONE;
    let mut at = 0;
    while at < N {
        bits = bits.with(endpoints[at].scope());
        at += 1;
    }
    ScopeSet::of_bits(bits.least_for(&endpoints))
}

/// Like [`required`], for calls that are only known at run time.
///
/// ```
/// use bigcommerce_client::{Group, scopes};
///
/// let reads = Group::Orders.endpoints().filter(|call| call.access().as_str() == "read");
/// assert_eq!(scopes::required_by(reads).to_string(), "store_v2_orders_read_only");
/// ```
pub fn required_by(endpoints: impl IntoIterator<Item = Endpoint>) -> ScopeSet {
    let endpoints: Vec<Endpoint> = endpoints.into_iter().collect();
    let mut bits = Bits::NONE;
    for endpoint in &endpoints {
        bits = bits.with(endpoint.scope());
    }
    ScopeSet::of_bits(bits.least_for(&endpoints))
}
