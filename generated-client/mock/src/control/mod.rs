//! The control page at the root, and the JSON behind it.
use crate::shop::Shop;
use crate::{Answer, Asked};
use std::sync::Arc;
pub(crate) fn answer(_shop: &Arc<Shop>, _asked: &Asked) -> Option<Answer> {
    None
}
