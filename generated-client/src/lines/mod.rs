//! Lines of carts and orders as lines of new ones. Requests have other names than responses for what was chosen,
//! and a price that a response has would be fixed in a request.

#[cfg(any(feature = "carts", feature = "checkouts"))]
mod cart;
#[cfg(feature = "orders")]
mod order;
#[cfg(all(feature = "carts", feature = "orders"))]
mod order_again;
