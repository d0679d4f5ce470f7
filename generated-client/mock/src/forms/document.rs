//! Records as expressions see them: what lies in them is looked up when it is asked for, and never
//! copied, since most expressions look at one or two of a hundred fields.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value, ValueKind};
use minijinja::{Error, ErrorKind};

use crate::state::Record;

type Json = serde_json::Value;

/// A step into a record.
#[derive(Clone, Debug)]
enum Step {
    Field(Box<str>),
    Item(usize),
}

/// A record, or an object or a list that lies in one.
#[derive(Clone, Debug)]
pub struct Document {
    record: Arc<Record>,
    way: Vec<Step>,
    is_list: bool,
}

impl Document {
    /// A whole record.
    #[must_use]
    pub fn new(record: Arc<Record>) -> Self {
        Self {
            record,
            way: Vec::new(),
            is_list: false,
        }
    }

    /// What lies at the end of the way; none for the record itself.
    fn inner(&self) -> Option<&Json> {
        let (first, rest) = self.way.split_first()?;
        let Step::Field(name) = first else {
            return None;
        };
        rest.iter()
            .try_fold(self.record.get(&**name)?, |at, step| match step {
                Step::Field(name) => at.get(&**name),
                Step::Item(index) => at.get(*index),
            })
    }

    fn object(&self) -> Option<&Record> {
        match self.inner() {
            None if self.way.is_empty() => Some(&self.record),
            inner => inner?.as_object(),
        }
    }

    /// What lies one step further.
    fn seen(&self, step: Step, value: &Json) -> Value {
        let is_list = value.is_array();
        if !is_list && !value.is_object() {
            return scalar(value);
        }
        let mut way = Vec::with_capacity(self.way.len() + 1);
        way.extend_from_slice(&self.way);
        way.push(step);
        let record = Arc::clone(&self.record);
        Value::from_object(Self {
            record,
            way,
            is_list,
        })
    }

    /// As JSON.
    fn json(&self) -> Json {
        match self.inner() {
            None => Json::Object((*self.record).clone()),
            Some(inner) => inner.clone(),
        }
    }
}

impl Object for Document {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        if self.is_list {
            ObjectRepr::Seq
        } else {
            ObjectRepr::Map
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if self.is_list {
            let index = key.as_usize()?;
            let value = self.inner()?.get(index)?;
            return Some(self.seen(Step::Item(index), value));
        }
        let name = key.as_str()?;
        let value = self.object()?.get(name)?;
        Some(self.seen(Step::Field(name.into()), value))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        if self.is_list {
            let items = self.inner().and_then(Json::as_array);
            return Enumerator::Seq(items.map_or(0, Vec::len));
        }
        let names = self.object().into_iter().flat_map(Record::keys);
        Enumerator::Values(names.map(|name| Value::from(name.as_str())).collect())
    }
}

impl From<Document> for Value {
    fn from(document: Document) -> Self {
        Self::from_object(document)
    }
}

/// Records of a collection, of which most expressions want one or none.
#[derive(Clone, Debug)]
pub(super) struct Records(pub(super) Vec<Arc<Record>>);

impl Object for Records {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let record = self.0.get(key.as_usize()?)?;
        Some(Document::new(Arc::clone(record)).into())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

impl From<Records> for Value {
    fn from(records: Records) -> Self {
        Self::from_object(records)
    }
}

/// A value of JSON as expressions see it.
pub(super) fn seen(value: &Json) -> Value {
    match value {
        Json::Array(items) => Value::from(items.iter().map(seen).collect::<Vec<_>>()),
        Json::Object(fields) => Document::new(Arc::new(fields.clone())).into(),
        scalar_value => scalar(scalar_value),
    }
}

fn scalar(value: &Json) -> Value {
    match value {
        Json::Bool(flag) => Value::from(*flag),
        Json::Number(number) => number
            .as_i64()
            .map(Value::from)
            .or_else(|| number.as_f64().map(Value::from))
            .unwrap_or_default(),
        Json::String(text) => Value::from(text.as_str()),
        Json::Null | Json::Array(_) | Json::Object(_) => Value::from(()),
    }
}

/// What an expression gives, as JSON.
pub(super) fn json(value: &Value) -> Result<Json, Error> {
    if let Some(document) = value.downcast_object_ref::<Document>() {
        return Ok(document.json());
    }
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => Ok(Json::Null),
        ValueKind::Seq | ValueKind::Iterable => {
            let items = value.try_iter()?.map(|item| json(&item));
            items.collect::<Result<_, _>>().map(Json::Array)
        }
        ValueKind::Map => {
            let mut object = Record::new();
            for key in value.try_iter()? {
                let name = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                object.insert(name, json(&value.get_item(&key)?)?);
            }
            Ok(Json::Object(object))
        }
        _ => serde_json::to_value(value)
            .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string())),
    }
}
