//! The paths that the API is known to have, and what a server could take a path for, by which no call
//! gets to another path than the one it was judged by.

mod official;
mod spelling;

pub(crate) use official::Official;
pub(crate) use spelling::{is_parameter, word, words};
