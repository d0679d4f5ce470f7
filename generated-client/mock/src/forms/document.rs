//! A record as expressions see it: its fields are looked up when they are asked for, since most
//! expressions look at one or two of a hundred.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};
use serde_json::Map;

/// An object of JSON.
#[derive(Clone, Debug)]
pub struct Document(pub Arc<Map<String, serde_json::Value>>);

impl Object for Document {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_str()?).map(seen)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.keys().map(|key| Value::from(key.as_str())).collect())
    }
}

/// Records of a collection, of which most expressions want one or none.
#[derive(Clone, Debug)]
pub(super) struct Records(pub(super) Vec<Arc<Map<String, serde_json::Value>>>);

impl Object for Records {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let record = self.0.get(key.as_usize()?)?;
        Some(Document(Arc::clone(record)).into())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

/// A value of JSON as expressions see it.
pub(super) fn seen(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(flag) => Value::from(*flag),
        serde_json::Value::Number(number) => number
            .as_i64()
            .map(Value::from)
            .or_else(|| number.as_f64().map(Value::from))
            .unwrap_or_default(),
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => Value::from(items.iter().map(seen).collect::<Vec<_>>()),
        serde_json::Value::Object(fields) => Document(Arc::new(fields.clone())).into(),
    }
}

impl From<Records> for Value {
    fn from(records: Records) -> Self {
        Self::from_object(records)
    }
}

impl From<Document> for Value {
    fn from(document: Document) -> Self {
        Self::from_object(document)
    }
}
