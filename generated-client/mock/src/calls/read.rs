//! Reading one record.

use http::StatusCode;

use super::{Done, Run};
use crate::refusal::Refusal;

impl Run<'_> {
    pub(super) fn get(&self) -> Result<Done, Refusal> {
        let key = self.own_key()?;
        let record = match self.find(&key)? {
            Some(record) => record,
            // A singleton that may be absent does not exist until it is written.
            None if self.collection.single && self.endpoint.success.contains(&204) => {
                return Ok(Done {
                    status: Some(StatusCode::NO_CONTENT),
                    ..Done::default()
                });
            }
            // Settings exist before anybody has written them.
            None if self.collection.single => self.fresh(),
            None if self.of_channel() => match self.inherited()? {
                Some(record) => record,
                None => return Err(Refusal::not_found(&key)),
            },
            None => return Err(Refusal::not_found(&key)),
        };
        let shown = self.shown(&record);
        Ok(Done {
            body: self.wrapped(shown),
            ids: vec![key.to_string()],
            ..Done::default()
        })
    }
}
