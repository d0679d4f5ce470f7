//! The schema of a one-of: any of its branches and, in responses, any other value.

use serde_json::{Value, json};

use super::{Side, Sketch, object};
use crate::model::{Branch, Told, Ty};

/// The branches of a one-of.
pub(super) fn schema(sketch: Sketch<'_>, by: Option<&str>, branches: &[Branch]) -> Value {
    let mut forms: Vec<Value> = branches
        .iter()
        .map(|branch| match (&branch.told, by) {
            (Told::Value(value), Some(by)) => tagged(sketch, branch, by, value),
            (Told::Field(field), _) => {
                let value = sketch.value(&branch.ty, None);
                json!({ "allOf": [value, { "required": [field] }] })
            }
            _ => sketch.value(&branch.ty, None),
        })
        .collect();
    for (form, branch) in forms.iter_mut().zip(branches) {
        describe(form, branch);
    }
    if sketch.side == Side::Read {
        forms.push(json!({ "description": "A value that is not known yet." }));
    }
    let mut schema = json!({ "anyOf": forms });
    if let Some(by) = by {
        schema["x-by"] = by.into();
    }
    schema
}

/// A branch with the value that identifies it. If a body may have no other fields, the value is one of the
/// fields of the branch.
fn tagged(sketch: Sketch<'_>, branch: &Branch, by: &str, value: &str) -> Value {
    let told = json!({ by: { "const": value } });
    match (&branch.ty, sketch.side) {
        (Ty::Named(id), Side::Write) => {
            let mut schema = object::schema(sketch, sketch.api.ty(*id));
            schema["properties"][by] = json!({ "const": value, "x-type": "string" });
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let required: Vec<Value> = [by.into()].into_iter().chain(required).collect();
            schema["required"] = required.into();
            schema["x-type"] = super::key(sketch.api, sketch.api.ty(*id)).into();
            schema
        }
        _ => {
            let value = sketch.value(&branch.ty, None);
            json!({ "allOf": [value, { "properties": told, "required": [by] }] })
        }
    }
}

/// Adds what a branch means, unless its own type has a description.
fn describe(form: &mut Value, branch: &Branch) {
    let (Some(does), Some(form)) = (&branch.does, form.as_object_mut()) else {
        return;
    };
    form.insert("description".to_owned(), does.clone().into());
}
