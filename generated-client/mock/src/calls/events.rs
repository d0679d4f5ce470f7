//! What fires when a call has changed something.

use serde_json::{Value, json};

use super::Run;
use super::write::Written;
use crate::catalogue::Fires;
use crate::events::Fired;
use crate::forms::{Form, FormError, Names};
use crate::refusal::Refusal;

impl Run<'_> {
    pub(super) fn fire(&self, written: &[Written]) -> Result<Vec<Fired>, Refusal> {
        let mut fired = Vec::new();
        for scope in &self.endpoint.fires {
            let rule = self.call.fires.get(scope);
            if let Some(rule) = rule.filter(|rule| rule.batched) {
                self.fire_batch(scope, rule, written, &mut fired)?;
                continue;
            }
            for one in written {
                let names = self.after(one);
                self.fire_one(scope, rule, one, &names, &mut fired)?;
            }
        }
        Ok(fired)
    }

    fn after(&self, one: &Written) -> Names {
        let mut names = self.names.clone();
        names.set_record("record", &one.record);
        names.set_json("body", &one.body);
        if let Some(before) = &one.before {
            names.set_record("before", before);
        }
        names
    }

    fn fire_one(
        &self,
        scope: &str,
        rule: Option<&'static Fires>,
        one: &Written,
        names: &Names,
        fired: &mut Vec<Fired>,
    ) -> Result<(), Refusal> {
        let broken = |error: FormError| self.broken(&error);
        let usual = || json!({ "type": self.endpoint.acts_on, "id": one.key.value() });
        let Some(rule) = rule else {
            let event = Fired::new(scope, usual());
            fired.push(self.in_channel(event, None, names)?);
            return Ok(());
        };
        if let Some(when) = &rule.when
            && !when.holds(names).map_err(broken)?
        {
            return Ok(());
        }
        let items = match &rule.each {
            Some(each) => each
                .items(names)
                .map_err(broken)?
                .into_iter()
                .map(Some)
                .collect(),
            None => vec![None],
        };
        for item in items {
            let mut names = names.clone();
            if let Some(item) = item {
                names.set("item", item);
            }
            let data = match &rule.data {
                Some(form) => form.give(&names).map_err(broken)?.unwrap_or_default(),
                None => usual(),
            };
            let event = Fired::new(scope, data);
            fired.push(self.in_channel(event, rule.in_channel.as_ref(), &names)?);
        }
        Ok(())
    }

    /// The event with the channel of its record, where that has one, and with what it says there.
    fn in_channel(
        &self,
        event: Fired,
        data: Option<&Form>,
        names: &Names,
    ) -> Result<Fired, Refusal> {
        let broken = |error: FormError| self.broken(&error);
        let Some(rule) = &self.rules.channel else {
            return Ok(event);
        };
        let channel = rule.id.give(names).map_err(broken)?;
        let Some(channel) = channel.as_ref().and_then(Value::as_i64) else {
            return Ok(event);
        };
        let data = data.unwrap_or(&rule.data).give(names).map_err(broken)?;
        Ok(event
            .in_channel(channel)
            .saying_there(data.unwrap_or_default()))
    }

    /// One event for all of a batch; `when` chooses the records that it is about.
    fn fire_batch(
        &self,
        scope: &str,
        rule: &'static Fires,
        written: &[Written],
        fired: &mut Vec<Fired>,
    ) -> Result<(), Refusal> {
        let broken = |error: FormError| self.broken(&error);
        let mut records = Vec::new();
        for one in written {
            let chosen = match &rule.when {
                Some(when) => when.holds(&self.after(one)).map_err(broken)?,
                None => true,
            };
            if chosen {
                records.push(Value::Object((*one.record).clone()));
            }
        }
        if records.is_empty() {
            return Ok(());
        }
        let mut names = self.names.clone();
        names.set_json("records", &Value::Array(records));
        let data = match &rule.data {
            Some(form) => form.give(&names).map_err(broken)?.unwrap_or_default(),
            None => json!({ "type": self.endpoint.acts_on }),
        };
        fired.push(Fired::new(scope, data));
        Ok(())
    }
}
