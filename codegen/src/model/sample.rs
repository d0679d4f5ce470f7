//! Values for examples: the value of each type and field, and which fields an example shows.

use serde_json::{Map, Value};

use super::{
    Api, Body, Field, Kind, Ty, TypeDef, TypeId,
    sample_names::UUID,
    sample_number::{DECIMAL, INTEGER, number_of, ranged},
    sample_text::sample_text,
    sample_told::{listed, told_as},
    sample_value::{Made, Sample},
};
use crate::spec::View;

/// A string without any known facts, not even a name.
pub const NAMELESS: &str = "text";

/// The maximum depth of an example.
const DEEPEST: usize = 9;

/// Up to which depth an object gets a field although it requires none.
const DEEPEST_FILLED: usize = 4;

/// The example of a written type: its required fields, and two plain ones.
#[must_use]
pub fn of_type<'a>(api: &'a Api, def: &'a TypeDef) -> Option<Made<'a>> {
    let Kind::Object { fields, .. } = &def.kind else {
        return None;
    };
    let mut made = object(api, def, 0);
    let plain = |ty: &Ty| !matches!(ty, Ty::Named(_) | Ty::List(_) | Ty::Map(_) | Ty::Json);
    let optional = |field: &&Field| !field.required && field.deprecated.is_none();
    let candidates = fields.iter().filter(optional);
    let mut more = 2;
    for field in candidates.filter(|field| plain(&field.ty)) {
        if more > 0 && made.takes(field) {
            made.give(api, [field], 1);
            more -= 1;
        }
    }
    made.fill(api, 1);
    Some(made)
}

/// The example of a request body.
pub(super) fn of_body<'a>(api: &'a Api, body: &'a Body) -> Sample<'a> {
    let item = of_item(api, body);
    if body.many() {
        Sample::List(vec![item])
    } else {
        item
    }
}

/// The example of one item of a request body, or of the body if it is a single object.
pub(super) fn of_item<'a>(api: &'a Api, body: &'a Body) -> Sample<'a> {
    match body.item() {
        Ty::Named(id) => told(api, api.ty(*id), body.many()),
        // A body is an object, unless more is known about it.
        Ty::Json => Sample::Json(Map::new().into()),
        ty => plain(api, ty, 0),
    }
}

/// An object in a request body: its required fields, and the optional field with an example in the spec; if
/// nothing is required, some field is set anyway, to make it useful. An item of a batch update has its id,
/// even if that is optional.
fn told<'a>(api: &'a Api, def: &'a TypeDef, among_others: bool) -> Sample<'a> {
    let Kind::Object { fields, .. } = &def.kind else {
        return named(api, def, 0);
    };
    let mut made = object(api, def, 0);
    let bare = needed(def).is_empty()
        && fields
            .iter()
            .all(|field| !field.required || field.wire.ends_with("id"));
    let simple = |field: &Field| matches!(field.ty, Ty::Text | Ty::Number | Ty::Bool);
    let free = || fields.iter().filter(|field| made.takes(field));
    let told = free().find(|field| field.example.is_some());
    let any = || free().find(|field| bare && simple(field));
    let shown = told.or_else(any);
    let nameless = among_others && def.view == Some(View::Update) && made.fields.is_empty();
    let key = free().find(|field| nameless && field.wire == "id");
    let shown = shown.filter(|field| Some(&field.wire) != key.map(|key| &key.wire));
    let shown: Vec<_> = key.into_iter().chain(shown).collect();
    made.give(api, shown, 1);
    made.fill(api, 1);
    Sample::Object(made)
}

impl<'a> Made<'a> {
    /// Whether it has no such field yet, and none that excludes it.
    fn takes(&self, field: &Field) -> bool {
        let has = |wire: &str| self.fields.iter().any(|(had, _)| had.wire == wire);
        if !matches!(self.ty.kind, Kind::Object { .. }) {
            return false;
        }
        let excluded = self.ty.kind.excluded();
        let mut sets = excluded.iter();
        let excludes = |set: &Vec<&Field>| {
            set.iter().any(|it| it.wire == field.wire) && set.iter().any(|it| has(&it.wire))
        };
        !has(&field.wire) && !sets.any(excludes)
    }

    fn give(&mut self, api: &'a Api, fields: impl IntoIterator<Item = &'a Field>, depth: usize) {
        let given = fields
            .into_iter()
            .map(|field| (field, of_field(api, &field.ty, field, depth)));
        self.fields.extend(given);
    }

    /// Fills an object that would be empty: with all its parts if it has only parts, which may need each
    /// other; otherwise with the first field that has a known value.
    fn fill(&mut self, api: &'a Api, depth: usize) {
        let ty = self.ty;
        let Kind::Object { fields, .. } = &ty.kind else {
            return;
        };
        if !self.fields.is_empty() || depth > DEEPEST_FILLED {
            return;
        }
        let known =
            |field: &&Field| field.example.is_some() || !matches!(field.ty, Ty::Json | Ty::Map(_));
        let is_part = |field: &&Field| match &field.ty {
            Ty::Named(id) => is_object(api, *id),
            Ty::List(item) => item.named().is_some_and(|id| is_object(api, id)),
            _ => false,
        };
        let known = fields
            .iter()
            .filter(|field| field.deprecated.is_none())
            .filter(known);
        let shown = if known.clone().all(|field| is_part(&field)) {
            usize::MAX
        } else {
            1
        };
        for field in known.take(shown) {
            if self.takes(field) {
                self.give(api, [field], depth);
            }
        }
    }
}

fn is_object(api: &Api, id: TypeId) -> bool {
    matches!(api.ty(id).kind, Kind::Object { .. })
}

/// An object with its required fields, and the first of each set of which it requires one.
fn object<'a>(api: &'a Api, ty: &'a TypeDef, depth: usize) -> Made<'a> {
    let mut made = Made {
        ty,
        fields: Vec::new(),
    };
    let Kind::Object { fields, .. } = &ty.kind else {
        return made;
    };
    made.give(api, fields.iter().filter(|field| field.required), depth + 1);
    // A required field may contain another object of the same schema; the example must end anyway.
    if depth < DEEPEST {
        made.give(api, needed(ty), depth + 1);
        // Inside another value, the fields it needs to make sense.
        let told: Vec<_> = fields
            .iter()
            .filter(|field| depth > 0 && field.example.is_some() && made.takes(field))
            .collect();
        made.give(api, told, depth + 1);
        if depth > 0 {
            made.fill(api, depth + 1);
        }
    }
    made
}

/// The first field of each set of which one is required, unless it is required anyway.
fn needed(def: &TypeDef) -> Vec<&Field> {
    let Kind::Object {
        fields,
        needs_one_of,
        ..
    } = &def.kind
    else {
        return Vec::new();
    };
    let mut needed: Vec<usize> = Vec::new();
    for set in needs_one_of {
        if !needed.iter().any(|at| set.contains(at)) {
            needed.extend(set.iter().min());
        }
    }
    let needed = needed.into_iter().filter_map(|at| fields.get(at));
    needed.filter(|field| !field.required).collect()
}

/// The value of a field, or of an item of a list in it.
fn of_field<'a>(api: &'a Api, ty: &'a Ty, field: &'a Field, depth: usize) -> Sample<'a> {
    if field.required && field.nullable {
        return nullable(api, ty, field);
    }
    match (ty, &field.example) {
        (Ty::Text, Some(Value::String(text))) => return Sample::Text(text.clone()),
        (Ty::Int | Ty::Id, Some(Value::Number(number))) => return Sample::Number(number.clone()),
        (Ty::Bool, Some(Value::Bool(flag))) => return Sample::Bool(*flag),
        (Ty::Named(id), Some(told)) => {
            let def = api.ty(*id);
            if let Some(told) = told_as(api, def, told) {
                return told;
            }
        }
        (Ty::Number, Some(told)) => {
            if let Some(number) = number_of(told) {
                return Sample::Number(number);
            }
        }
        (Ty::List(inner), Some(Value::Array(items))) if **inner == Ty::Text => {
            let texts = items.iter().filter_map(Value::as_str);
            return Sample::List(texts.map(|text| Sample::Text(text.to_owned())).collect());
        }
        (Ty::List(inner), Some(Value::Array(items))) => {
            let def = inner.named().map(|id| api.ty(id));
            if let Some(all) = def.and_then(|def| listed(api, def, items)) {
                return all;
            }
        }
        (Ty::Json, Some(told)) => return Sample::Json(told.clone()),
        (Ty::Map(inner), Some(Value::Object(entries))) => {
            let entries = entries
                .iter()
                .map(|(name, told)| (name.as_str(), entry(api, inner, told)));
            return Sample::Map(entries.collect());
        }
        _ => {}
    }
    match ty {
        Ty::Text => Sample::Text(sample_text(field)),
        Ty::List(inner) => match &**inner {
            Ty::Named(_) if depth > 3 => Sample::List(Vec::new()),
            inner @ Ty::Nullable(_) => Sample::List(vec![owned(api, inner, depth + 1)]),
            inner => Sample::List(vec![of_field(api, inner, field, depth + 1)]),
        },
        ty => ranged(ty, &field.wire, &field.limits.range).unwrap_or_else(|| plain(api, ty, depth)),
    }
}

/// A value of a mapping with an example in the spec.
fn entry<'a>(api: &'a Api, ty: &Ty, told: &Value) -> Sample<'a> {
    match (ty, told) {
        (Ty::Text, Value::String(text)) => Sample::Owned(text.clone()),
        (Ty::Json, told) => Sample::Json(told.clone()),
        (ty, _) => owned(api, ty, 0),
    }
}

/// A value of a required nullable field: one without a conversion, because the parameter converts it;
/// otherwise null.
fn nullable<'a>(api: &'a Api, ty: &Ty, field: &Field) -> Sample<'a> {
    match (ty, &field.example) {
        (Ty::Text, Some(Value::String(text))) => Sample::Owned(text.clone()),
        (Ty::Text, _) => Sample::Owned(sample_text(field)),
        (Ty::Int, _) => {
            ranged(ty, &field.wire, &field.limits.range).unwrap_or_else(|| plain(api, ty, 0))
        }
        (Ty::Bool, _) => plain(api, ty, 0),
        (Ty::Named(id), _) if !api.ty(*id).kind.members().is_empty() => named(api, api.ty(*id), 0),
        _ => Sample::Null,
    }
}

pub(super) fn plain<'a>(api: &'a Api, ty: &Ty, depth: usize) -> Sample<'a> {
    match ty {
        Ty::Int | Ty::Id => Sample::Number(INTEGER.into()),
        Ty::Text => Sample::Text(NAMELESS.to_owned()),
        Ty::Uuid => Sample::Text(UUID.to_owned()),
        Ty::Bool => Sample::Bool(true),
        Ty::Number => Sample::Number(DECIMAL.into()),
        Ty::DateTime => Sample::DateTime("2026-01-31T12:00:00Z"),
        Ty::Date => Sample::Date("2026-01-31"),
        Ty::Json => Sample::Json(118.into()),
        Ty::Nullable(_) => Sample::Null,
        Ty::Map(_) => Sample::Map(Vec::new()),
        Ty::List(inner) if matches!(**inner, Ty::Nullable(_)) => {
            Sample::List(vec![owned(api, inner, depth + 1)])
        }
        Ty::List(inner) | Ty::Link(inner) => Sample::List(vec![plain(api, inner, depth + 1)]),
        Ty::OneOrMany(item) => plain(api, item, depth + 1),
        Ty::Named(id) => named(api, api.ty(*id), depth),
    }
}

/// An object, the first value of an enumeration, or a value of the first branch of a one-of.
fn named<'a>(api: &'a Api, def: &'a TypeDef, depth: usize) -> Sample<'a> {
    match &def.kind {
        Kind::Object { .. } => Sample::Object(object(api, def, depth)),
        Kind::OneOf { branches, .. } => match branches.first() {
            Some(branch) if depth < DEEPEST => {
                let value = owned(api, &branch.ty, depth + 1);
                Sample::Branch(def, Some(branch), Box::new(value))
            }
            _ => Sample::Branch(def, None, Box::new(Sample::Json(118.into()))),
        },
        // No enumeration is empty.
        Kind::Choice(members) | Kind::Integers(members) => members
            .first()
            .map_or(Sample::Null, |member| Sample::Member(def, member)),
    }
}

/// A value as such, where no argument accepts what converts into it.
fn owned<'a>(api: &'a Api, ty: &Ty, depth: usize) -> Sample<'a> {
    match ty {
        Ty::List(item) => Sample::Vec(vec![owned(api, item, depth + 1)]),
        Ty::Nullable(inner) => Sample::Some(Box::new(owned(api, inner, depth))),
        Ty::Text | Ty::Uuid | Ty::Number | Ty::Id => Sample::Into(Box::new(plain(api, ty, depth))),
        ty => plain(api, ty, depth),
    }
}
