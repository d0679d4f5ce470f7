//! Who receives a webhook event.

use crate::model::Event;

/// How a hook subscribes to an event that only hooks of a channel receive, as a sentence; none for other events.
pub(crate) fn of_channel(event: &Event) -> Option<String> {
    let scope = event.scope_in("{channel_id}")?;
    Some(format!(
        "Only hooks of a channel receive it: subscribe to `{scope}`."
    ))
}
