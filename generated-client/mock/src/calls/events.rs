//! The events that a write fires.

use serde_json::{Value, json};

use super::Run;
use crate::events::Fired;
use crate::rules::{Told, Written};
use crate::state::Record;

impl Run<'_> {
    pub(super) fn fire(&self, written: &[Written]) -> Vec<Fired> {
        let mut fired = Vec::new();
        for scope in &self.endpoint.fires {
            if let Some(all) = self.collection.rules.batch_event(scope, written) {
                fired.extend(all.into_iter().map(|data| Fired::new(scope, data)));
                continue;
            }
            for one in written {
                self.fire_one(scope, one, &mut fired);
            }
        }
        fired
    }

    fn fire_one(&self, scope: &str, one: &Written, fired: &mut Vec<Fired>) {
        let usual = || json!({ "type": self.endpoint.acts_on, "id": one.key.value() });
        let data = match self.collection.rules.event(&self.context, scope, one) {
            Told::Nothing => return,
            Told::Usual => usual(),
            Told::Data(data) => data,
            Told::Each(all) => {
                for (data, there) in all {
                    let event = Fired::new(scope, data);
                    fired.push(match there {
                        Value::Null => event,
                        there => self.in_channel(event, Some(there), &one.record),
                    });
                }
                return;
            }
        };
        let event = Fired::new(scope, data);
        fired.push(self.in_channel(event, None, &one.record));
    }

    /// The event with its record's channel and the data for that channel, if it has one.
    fn in_channel(&self, event: Fired, there: Option<Value>, record: &Record) -> Fired {
        match self.collection.rules.channel(&self.context, record) {
            Some((channel, usual)) => event
                .in_channel(channel)
                .saying_there(there.unwrap_or(usual)),
            None => event,
        }
    }
}
