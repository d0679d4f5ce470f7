//! The enumeration of the payloads of deliveries: a variant for each event, and one for unknown events.

use super::{docs, print::Text, ty};
use crate::model::{Api, Home};

/// The module and the type.
pub(super) const MODULE: &str = "event_data";
pub(super) const NAME: &str = "EventData";

/// The file of the enumeration.
pub(super) fn text(api: &Api) -> Text {
    let mut body = Text::default();
    body.block("crate::declare::payloads!", |text| {
        text.docs(&[
            "The payload of a delivery, by event.".to_owned(),
            String::new(),
            "An unknown event is not an error: [`Unknown`](Self::Unknown) keeps its raw data."
                .to_owned(),
        ]);
        text.block(&format!("{NAME} of Event"), |text| {
            for event in &api.events {
                text.docs(&[docs::prose(&format!("`{}`: {}", event.scope, event.does))]);
                let payload = ty::value(api, &event.payload, Some(Home::Events));
                text.line(&format!("{}({payload}),", event.variant));
            }
        });
    });
    let mut text = Text::default();
    ty::import(&mut text, &body, &["Event"], "");
    text.append(&body);
    text
}
