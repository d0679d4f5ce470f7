//! Replacing all records of a parent.

use serde_json::Value;

use super::{Done, Run};
use crate::refusal::Refusal;
use crate::state::Change;

impl<'a> Run<'a> {
    pub(super) fn replace(&self, mut change: Change<'a>, body: Value) -> Result<Done, Refusal> {
        for (key, _) in self.found()? {
            self.work(&mut change).erase(self.collection, &key)?;
        }
        self.each(change, body, Self::make_new)
    }
}
