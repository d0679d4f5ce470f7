//! The known paths of the API, and what a server could take a path for, so that no call reaches another
//! path than the one it was judged by.

mod official;
mod spelling;

pub(crate) use official::Official;
pub(crate) use spelling::{is_parameter, word, words};
