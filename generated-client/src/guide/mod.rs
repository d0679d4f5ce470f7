//! Guides, a minute each: how to do what most programs need, with code that is compiled and tested.
//! There is nothing to call here. Some are the page of the module that they are about.
//!
//! | Guide | When you want to |
//! | --- | --- |
//! | [`paging`] | read long lists, fast, or only some of their fields |
//! | [`updates`] | change a record that you have read, and send what differs |
//! | [`bulk`] | create, change or delete thousands of things, and know what became of each |
//! | [`limits`] | share the store's quota, bound waits, and decide what is retried |
//! | [`errors`] | know what went wrong and what to do about it |
//! | [`apps`] | install a single-click app and receive webhooks |
//! | [`testing`] | test your program without BigCommerce |
//! | [`scopes`](crate::scopes) | know which scopes a token needs, and find out what one lacks before a call fails |
//! | [`policy`](crate::policy) | let a program or an agent do less than its token could |
//! | [`audit`](crate::audit) | keep a record of who called what, before it is sent and after, and of what was refused |
//! | [`webhook`](crate::webhook) | check and read what hooks are sent, and know each delivery once |
//! | [`webhooks`](crate::webhooks) | create, list and delete hooks |
//! | [`features`] | build less, write a script without `async`, or use `serde` |

pub mod apps;
pub mod bulk;
pub mod errors;
pub mod features;
pub mod limits;
pub mod paging;
pub mod testing;
pub mod updates;
