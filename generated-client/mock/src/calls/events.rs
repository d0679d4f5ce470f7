//! The events that a write fires.

use serde_json::{Value, json};

use super::Run;
use crate::catalogue::Event;
use crate::events::Fired;
use crate::rules::{Told, Written};
use crate::state::Record;

impl Run<'_> {
    pub(super) fn fire(&self, written: &[Written]) -> Vec<Fired> {
        let mut fired = Vec::new();
        for scope in &self.endpoint.fires {
            let event = self.catalogue.event(scope);
            if let Some(event) = event.filter(|event| event.per_channel) {
                for one in written {
                    self.fire_in_channels(event, one, &mut fired);
                }
                continue;
            }
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

    /// An event that only hooks of a channel receive, for each channel that the record is about.
    fn fire_in_channels(&self, event: &Event, one: &Written, fired: &mut Vec<Fired>) {
        let rules = self.collection.rules;
        let told = rules.channel_event(&self.context, &event.scope, one);
        let told = told.unwrap_or_else(|| vec![self.told_in_channel(event, one)]);
        for channel in self.channels(one) {
            let scope = event.scope.replacen('*', &channel.to_string(), 1);
            fired.extend(
                told.iter()
                    .map(|data| Fired::new(scope.as_str(), data.clone())),
            );
        }
    }

    /// The fields of the payload: those that the record has, and its key.
    fn told_in_channel(&self, event: &Event, one: &Written) -> Value {
        let ty = event.payload_type();
        let ty = ty.and_then(|name| self.catalogue.types.get(name));
        let fields = ty.into_iter().flat_map(|ty| ty.fields.keys());
        let fields = fields.map(|name| {
            let own = one.record.get(name).cloned();
            (name.clone(), own.unwrap_or_else(|| one.key.value()))
        });
        fields.collect()
    }

    /// The channel of a record: the one that its rules, the path, the record itself or the query names. Settings of
    /// the store are about every channel that inherits one of those that were sent.
    fn channels(&self, one: &Written) -> Vec<i64> {
        let by_rules = self.collection.rules.channel(&self.context, &one.record);
        let mut path = self.path.iter();
        let in_path = path.find(|(name, _)| matches!(name.as_str(), "channel_id" | "channelId"));
        let in_record = one.record.get("channel_id").and_then(Value::as_i64);
        let channel = by_rules
            .map(|(channel, _)| channel)
            .or_else(|| in_path.and_then(|(_, id)| id.parse().ok()))
            .or(in_record)
            .or_else(|| self.query.channel.parse().ok());
        if channel.is_some() || !self.collection.single {
            return channel.into_iter().collect();
        }
        let all = self.context.all("channels", &[]);
        let ids = all.iter().filter_map(|channel| channel.get("id")?.as_i64());
        ids.filter(|channel| self.inherits(*channel, &one.body))
            .collect()
    }

    /// Whether a channel has no value of its own for one of the settings in a body.
    fn inherits(&self, channel: i64, body: &Value) -> bool {
        let like = [("channel_id", Value::from(channel))];
        let Some(own) = self.context.first(&self.collection.name, &like) else {
            return true;
        };
        let mut sent = body.as_object().into_iter().flatten();
        sent.any(|(name, _)| own.get(name).is_none_or(Value::is_null))
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
