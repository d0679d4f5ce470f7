//! The fullest body of a type: every known field of its model with an ordinary value, one item in each
//! list, and no oddities.

use codegen::model::{Api, Kind, Ty, TypeId};
use serde_json::{Map, Value, json};

/// How deep a recursive type is followed.
const DEEPEST: usize = 5;

/// The fullest body of a type. If it is one of several types, `branch` selects one.
pub fn fullest(api: &Api, ty: &Ty, branch: usize) -> Value {
    Full { api, branch }.value(ty, 0)
}

struct Full<'a> {
    api: &'a Api,
    branch: usize,
}

impl Full<'_> {
    fn value(&self, ty: &Ty, depth: usize) -> Value {
        match ty {
            Ty::Int => json!(118),
            Ty::Text => json!("Cedar tray"),
            Ty::Bool => json!(true),
            Ty::Number => json!(62.75),
            Ty::DateTime | Ty::Date => json!("2022-02-26T17:33:11Z"),
            Ty::Uuid => json!("5a2f9a1e-1b3c-4b0e-9d5f-1a2b3c4d5e6f"),
            Ty::Id => json!("b5a6f0d5"),
            Ty::Json => json!({"any": [1]}),
            Ty::Named(id) => self.named(*id, depth),
            Ty::List(item) if depth < DEEPEST => json!([self.value(item, depth + 1)]),
            Ty::List(_) => json!([]),
            Ty::Map(value) => json!({"a": self.value(value, depth + 1)}),
            Ty::Nullable(inner) | Ty::Link(inner) => self.value(inner, depth),
            Ty::OneOrMany(item) => self.value(item, depth),
        }
    }

    fn named(&self, id: TypeId, depth: usize) -> Value {
        let first = |members: &[codegen::model::Member]| members.first().map(|it| it.wire.clone());
        match &self.api.ty(id).kind {
            Kind::Choice(members) => json!(first(members).unwrap_or_default()),
            Kind::Integers(members) => {
                let wire = first(members).unwrap_or_default();
                wire.parse().map_or(Value::Null, |wire: i64| json!(wire))
            }
            Kind::OneOf { by, branches, .. } => {
                // A branch may contain the type again, which ends in a value that fits no branch.
                let branch = branches.get(self.branch % branches.len().max(1));
                let Some(branch) = branch.filter(|_| depth < DEEPEST) else {
                    return json!({});
                };
                let mut value = self.value(&branch.ty, depth + 1);
                if let (Some(by), Some(fields)) = (by, value.as_object_mut()) {
                    fields.insert(by.clone(), json!(branch.name));
                }
                value
            }
            Kind::Object { fields, .. } => {
                let deep = |ty: &Ty| depth >= DEEPEST && ty.named().is_some();
                let fields = fields.iter().filter(|it| it.is_certain() || !deep(&it.ty));
                let read =
                    |it: &codegen::model::Field| (it.wire.clone(), self.value(&it.ty, depth + 1));
                Value::Object(fields.map(read).collect::<Map<_, _>>())
            }
        }
    }
}
