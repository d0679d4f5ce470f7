//! Values that the spec itself gives as examples.

use serde_json::Value;

use super::{
    Api, Kind, Ty, TypeDef,
    sample_number::number_of,
    sample_value::{Made, Sample},
};

/// The values of a list with an example in the spec; none if one of them cannot be told.
pub(super) fn listed<'a>(api: &'a Api, def: &'a TypeDef, told: &[Value]) -> Option<Sample<'a>> {
    let all = told.iter().map(|told| told_as(api, def, told));
    all.collect::<Option<Vec<_>>>().map(Sample::List)
}

/// The value of a type with an example in the spec: a member of an enumeration, or an object with its fields there.
/// None if it is neither, lacks a required field, or has a field of more than one plain value.
pub(super) fn told_as<'a>(api: &'a Api, def: &'a TypeDef, told: &Value) -> Option<Sample<'a>> {
    let Kind::Object { fields, .. } = &def.kind else {
        let member = def.kind.told_member(told)?;
        return Some(Sample::Member(def, member));
    };
    let told = told.as_object()?;
    let mut given = Vec::new();
    // A constructor takes all required fields in the order of the type, not of the example.
    let required = fields.iter().filter(|field| field.required);
    let others = fields.iter().filter(|field| !field.required);
    let others = others.filter(|field| told.contains_key(&field.wire));
    for field in required.chain(others) {
        given.push((field, scalar(api, &field.ty, told.get(&field.wire)?)?));
    }
    let whole = given.len() == told.len();
    let made = Made {
        ty: def,
        fields: given,
    };
    whole.then_some(Sample::Object(made))
}

/// A plain value with an example in the spec.
fn scalar<'a>(api: &'a Api, ty: &Ty, told: &Value) -> Option<Sample<'a>> {
    match (ty, told) {
        (Ty::Text, Value::String(text)) => Some(Sample::Text(text.clone())),
        (Ty::Int | Ty::Id, Value::Number(number)) if number.is_i64() => {
            Some(Sample::Number(number.clone()))
        }
        (Ty::Bool, Value::Bool(flag)) => Some(Sample::Bool(*flag)),
        (Ty::Number, told) => number_of(told).map(Sample::Number),
        (Ty::Named(id), told) => {
            let def = api.ty(*id);
            let member = def.kind.told_member(told)?;
            Some(Sample::Member(def, member))
        }
        _ => None,
    }
}
