//! Reading one record.

use super::{Done, Run};
use crate::refusal::Refusal;

impl Run<'_> {
    pub(super) fn get(&self) -> Result<Done, Refusal> {
        let (key, record) = self.own()?;
        let shown = self.shown(&record);
        Ok(Done {
            body: self.wrapped(shown),
            ids: vec![key.to_string()],
            ..Done::default()
        })
    }
}
