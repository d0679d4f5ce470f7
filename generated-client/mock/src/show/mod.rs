//! A record as a response contains it: in the wire format, with the included and selected fields.

mod quirks;

use serde_json::{Map, Value, json};

use crate::catalogue::{Field, TypeExpr, Types, Wire};
use crate::rules::{Collection, Context};
use crate::state::Record;
use crate::values::{self, number, rfc2822, unix};
use crate::wanted::Wanted;

/// Shows the records of a collection.
#[derive(Clone, Copy)]
pub struct Show<'a> {
    /// All types.
    pub types: &'a Types,
    /// The collection.
    pub collection: &'a Collection,
    /// The selection.
    pub wanted: &'a Wanted,
    /// Whether quirks are omitted.
    pub strict: bool,
    /// The root of links.
    pub root: &'a str,
    /// The rules' view of the store.
    pub context: &'a Context<'a>,
}

impl Show<'_> {
    /// The record as it is returned.
    pub fn record(&self, record: &Record) -> Value {
        let Some(ty) = self.types.get(&self.collection.holds) else {
            return record.get(Collection::VALUE).cloned().unwrap_or_default();
        };
        let mut shown = Map::with_capacity(ty.fields.len());
        for (name, field) in &ty.fields {
            if !self.wanted.field(name, &self.collection.key) || !self.comes(field) {
                continue;
            }
            if let Some(value) = self.top(name, field, record) {
                shown.insert(name.clone(), value);
            }
        }
        let mut shown = Value::Object(shown);
        if !self.strict {
            quirks::apply(self.collection, self.wanted, record, &mut shown);
        }
        shown
    }

    fn comes(&self, field: &Field) -> bool {
        let Some(include) = field.included_by() else {
            return true;
        };
        // The name in `include` begins with the place of the field, which is another one in a checkout than in a
        // cart. The rules of a cart know in which of its lists the field is included.
        let place = include.rsplit_once('.').map(|(_, field)| field);
        let mut all = self.wanted.include.iter();
        all.any(|own| {
            own == include
                || own
                    .rsplit_once('.')
                    .is_some_and(|(_, own)| place == Some(own))
        })
    }

    fn top(&self, name: &str, field: &Field, record: &Record) -> Option<Value> {
        if matches!(field.ty, TypeExpr::Link(_)) && !self.wanted.opens(name) {
            let mut links = self.collection.settings.links.iter();
            let link = links.find(|(field, _)| *field == name);
            return link.map(|(_, link)| self.link(link, record));
        }
        let rules = self.collection.rules;
        let worked_out = rules.show(self.context, self.wanted, record, name);
        let value = worked_out.as_ref().or_else(|| record.get(name))?;
        Some(self.value(&field.ty, field.wire, value))
    }

    /// A link, with fields of the record in its path.
    fn link(&self, link: &str, record: &Record) -> Value {
        let mut path = String::with_capacity(link.len() + 8);
        let mut rest = link;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            path.push_str(before);
            path.push_str(&record.get(name).map(values::plain).unwrap_or_default());
            rest = after;
        }
        path.push_str(rest);
        json!({ "url": format!("{}{path}", self.root), "resource": path })
    }

    fn value(&self, ty: &TypeExpr, wire: Option<Wire>, value: &Value) -> Value {
        match (ty, value) {
            (_, Value::Null) => Value::Null,
            // A string was already formatted by the rules, like rates with ten decimal places.
            (TypeExpr::Decimal, Value::Number(_)) if wire == Some(Wire::Text) => {
                number(value).map_or_else(|| value.clone(), |number| format!("{number:.4}").into())
            }
            (TypeExpr::Bool, Value::Bool(flag)) if wire == Some(Wire::OneZero) => {
                Value::from(u8::from(*flag))
            }
            (TypeExpr::DateTime, Value::String(time)) => self.time(wire, time),
            (TypeExpr::Link(_), value) if values::is_link(value) => value.clone(),
            (TypeExpr::Link(inner), value) => self.value(inner, wire, value),
            (TypeExpr::List(inner), Value::Array(items)) => items
                .iter()
                .map(|item| self.value(inner, wire, item))
                .collect(),
            (TypeExpr::Map(inner), Value::Object(entries)) => entries
                .iter()
                .map(|(name, value)| (name.clone(), self.value(inner, wire, value)))
                .collect(),
            (TypeExpr::Named(name), Value::Object(object)) => {
                let Some(ty) = self.types.get(name) else {
                    return value.clone();
                };
                let mut shown = Map::with_capacity(object.len());
                for (name, field) in &ty.fields {
                    if let Some(value) = object.get(name)
                        && self.comes(field)
                    {
                        shown.insert(name.clone(), self.value(&field.ty, field.wire, value));
                    }
                }
                Value::Object(shown)
            }
            (_, value) => value.clone(),
        }
    }

    fn time(&self, wire: Option<Wire>, time: &str) -> Value {
        let spelled = match wire {
            Some(Wire::Rfc2822) => rfc2822(time).map(Value::String),
            Some(Wire::Unix) => unix(time).map(Value::from),
            _ if self.collection.settings.zulu => time
                .strip_suffix("+00:00")
                .map(|time| format!("{time}Z").into()),
            _ => None,
        };
        spelled.unwrap_or_else(|| Value::from(time))
    }
}
