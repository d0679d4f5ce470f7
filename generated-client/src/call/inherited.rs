//! The call for what the response of another call inherits.

use super::Call;
use crate::catalogue::Inherits;

#[allow(
    dead_code,
    reason = "whether it is used depends on the endpoints that are built"
)]
impl Call {
    /// The call that returns what the response of this one inherits, with the same options; `None` if it
    /// inherits nothing.
    pub(crate) fn inherited(&self) -> Option<Self> {
        let facts = self.endpoint.facts();
        match facts.inherits? {
            Inherits::From(endpoint) => {
                let mut call = Self::new(&self.client, endpoint);
                call.options.clone_from(&self.options);
                Some(call)
            }
            Inherits::Without(parameter) => {
                self.asked(parameter)?;
                let mut call = self.clone();
                call.unset(parameter);
                if facts.narrowed_by == Some(parameter) {
                    call.client = call.client.narrowed::<i64>(parameter, None);
                }
                Some(call)
            }
        }
    }
}
