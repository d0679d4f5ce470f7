//! Who receives a webhook event, and what is known of its payload.

use crate::model::Event;

/// That the schema of a payload is not documented, as a sentence.
pub(crate) const UNSTATED: &str = "Its schema is not documented, so expect other fields.";

/// How a hook subscribes to an event that only hooks of a channel receive, as a sentence; none for other events.
pub(crate) fn of_channel(event: &Event) -> Option<String> {
    let scope = event.scope_in("{channel_id}")?;
    Some(format!(
        "Only hooks of a channel receive it: subscribe to `{scope}`."
    ))
}
