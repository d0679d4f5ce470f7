//! The schema of an enumeration: its known values and, in responses, any other.

use serde_json::{Value, json};

use super::{Side, Sketch, head::head, sketch::extend, value::number};
use crate::{
    code_span::code,
    model::{Member, Ty, TypeDef},
};

/// The schema of an enumeration of strings.
pub(super) fn choice(sketch: Sketch<'_>, def: &TypeDef, list: &[Member]) -> Value {
    // The API adds values without notice, and a number is read by its digits.
    let open = json!({ "type": ["string", "number"] });
    schema(sketch.side, def, list, members(list), open)
}

/// The schema of an enumeration of integers.
pub(super) fn integer_choice(sketch: Sketch<'_>, def: &TypeDef, list: &[Member]) -> Value {
    let open = sketch.value(&Ty::Int, None);
    schema(sketch.side, def, list, integers(list), open)
}

/// The known values, or in responses those that are `open`.
fn schema(side: Side, def: &TypeDef, list: &[Member], known: Value, open: Value) -> Value {
    let mut schema = head(def, meanings(list).as_deref());
    match side {
        Side::Read => {
            schema.insert("anyOf".to_owned(), json!([known, open]));
        }
        Side::Write => extend(&mut schema, known),
    }
    Value::Object(schema)
}

/// The known values of an enumeration, and no others.
pub(super) fn members(members: &[Member]) -> Value {
    let wires: Vec<&str> = members.iter().map(|member| &*member.wire).collect();
    json!({ "type": "string", "enum": wires })
}

/// The known values of an enumeration of integers, and no others.
pub(super) fn integers(members: &[Member]) -> Value {
    let wires: Vec<Value> = members
        .iter()
        .filter_map(|member| number(&member.wire))
        .collect();
    json!({ "type": "integer", "enum": wires })
}

/// The meanings of the values, in one sentence each.
fn meanings(members: &[Member]) -> Option<String> {
    let meanings: Vec<String> = members
        .iter()
        .filter_map(|member| Some(format!("{}: {}", code(&member.wire), member.does.as_ref()?)))
        .collect();
    (!meanings.is_empty()).then(|| meanings.join(" "))
}
