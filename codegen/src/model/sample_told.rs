//! Values that the spec itself gives as examples.

use serde_json::Value;

use super::{
    Field, Kind, Ty, TypeDef,
    sample_number::number_of,
    sample_value::{Made, Sample},
};

/// The items of a list with an example in the spec: members of an enumeration, or objects.
pub(super) fn listed<'a>(def: &'a TypeDef, told: &[Value]) -> Option<Sample<'a>> {
    if def.kind.members().is_empty() {
        return objects(def, told);
    }
    let member = |told| Some(Sample::Member(def, def.kind.told_member(told)?));
    told.iter()
        .map(member)
        .collect::<Option<Vec<_>>>()
        .map(Sample::List)
}

/// The objects of a list with an example in the spec, each with its fields there; none if they are not
/// objects, lack a required field, or have a field of more than one plain value.
fn objects<'a>(def: &'a TypeDef, told: &[Value]) -> Option<Sample<'a>> {
    let Kind::Object { fields, .. } = &def.kind else {
        return None;
    };
    let object = |told: &Value| {
        let told = told.as_object()?;
        // A constructor takes all required fields in the order of the type, not of the example.
        let required = fields.iter().filter(|field| field.required);
        let others = fields.iter().filter(|field| !field.required);
        let others = others.filter(|field| told.contains_key(&field.wire));
        let given = |field: &'a Field| Some((field, scalar(&field.ty, told.get(&field.wire)?)?));
        let given: Option<Vec<_>> = required.chain(others).map(given).collect();
        let made = Made {
            ty: def,
            fields: given?,
        };
        (made.fields.len() == told.len()).then_some(Sample::Object(made))
    };
    let all: Option<Vec<_>> = told.iter().map(object).collect();
    all.map(Sample::List)
}

/// A plain value with an example in the spec.
fn scalar<'a>(ty: &Ty, told: &Value) -> Option<Sample<'a>> {
    match (ty, told) {
        (Ty::Text, Value::String(text)) => Some(Sample::Text(text.clone())),
        (Ty::Int | Ty::Id, Value::Number(number)) if number.is_i64() => {
            Some(Sample::Number(number.clone()))
        }
        (Ty::Bool, Value::Bool(flag)) => Some(Sample::Bool(*flag)),
        (Ty::Number, told) => number_of(told).map(Sample::Number),
        _ => None,
    }
}
