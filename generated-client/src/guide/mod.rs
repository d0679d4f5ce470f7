//! Short guides to the most common tasks, with code that is compiled and tested. This module has no
//! API of its own. Some guides are the front page of the module they describe.
//!
//! | Guide | When you want to |
//! | --- | --- |
//! | [`getting_started`] | make a first call, and set timeouts, retries, a proxy, logging or the base URL |
//! | [`paging`] | read long lists, fast, or only some of their fields; find a record or create it; add up amounts |
//! | [`updates`] | change a record and send only the differences |
//! | [`bulk`] | create, update or delete thousands of items, and know the outcome of each |
//! | [`files`] | upload or download a file, wait for a job, or follow an event stream |
//! | [`channel_settings`] | read or change the settings of a channel, and know which of them it inherits |
//! | [`paying`] | pay for an order through the store's payment gateway |
//! | [`limits`] | share the store's quota, limit waits, and control retries |
//! | [`errors`] | find out what went wrong and how to handle it |
//! | [`apps`] | install a single-click app and receive webhooks |
//! | [`testing`] | test your program without BigCommerce |
//! | [`scopes`](crate::scopes) | find the scopes a token needs, and detect missing ones before a call fails |
//! | [`policy`](crate::policy) | restrict a program or an agent to less than its token allows |
//! | [`audit`](crate::audit) | record who called what, before and after it is sent, and what was denied |
//! | [`webhook`](crate::webhook) | verify and decode webhook deliveries, and process each only once |
//! | [`webhooks`](crate::webhooks) | create, list and delete hooks |
//! | [`features`] | reduce build times, write a script without `async`, or use `serde` |

pub mod apps;
pub mod bulk;
pub mod channel_settings;
pub mod errors;
pub mod features;
pub mod files;
pub mod getting_started;
pub mod limits;
pub mod paging;
pub mod paying;
pub mod testing;
pub mod updates;
