//! Setters of fields: how a value is passed, and as which type.

use super::{docs, ty};
use crate::{
    model::{Api, Field, Ty, TypeDef},
    spec::Wire,
};

/// How an optional field is set, and cleared if it can be null. For a required one, which is set otherwise,
/// whether it can be null.
pub(super) fn setters(api: &Api, def: &TypeDef, field: &Field) -> String {
    if field.required {
        let null = if field.nullable { " or null" } else { "" };
        return null.to_owned();
    }
    let how = taken(api, def, field);
    if !field.nullable {
        return format!(" ({how})");
    }
    let clear = format!("clear_{}", field.rust.trim_end_matches('_'));
    let deprecated = docs::deprecated_text(field.deprecated.as_ref());
    let deprecated = deprecated.map_or_else(String::new, |it| format!("{it} "));
    format!(" ({how}; {deprecated}{clear})")
}

/// The only format of a field, if it has one.
pub(super) const fn spelled(field: &Field) -> Option<&'static str> {
    match (&field.ty, field.spelling) {
        (Ty::DateTime, Some(Wire::Rfc2822)) => Some("rfc2822"),
        (Ty::DateTime, Some(Wire::Unix)) => Some("unix"),
        (Ty::Number, Some(Wire::Text)) => Some("quoted"),
        _ => None,
    }
}

/// The setter of a field: how, and of which type.
pub(super) fn taken(api: &Api, def: &TypeDef, field: &Field) -> String {
    let spelled = spelled(field);
    let value = ty::value(api, &field.ty, Some(def.home));
    if field.required && field.nullable {
        let boxed = field.boxed.then_some("boxed");
        let how = spelled
            .or(boxed)
            .map_or_else(String::new, |it| format!("_{it}"));
        return format!("null{how} {value}");
    }
    if let Some(how) = spelled {
        return format!("{how} {value}");
    }
    let (how, arg) = ty::argument(api, &field.ty, Some(def.home));
    let how = match (field.boxed, how) {
        (true, "own") => "boxed",
        (true, _) => "boxed_into",
        (false, how) => how,
    };
    format!("{how} {arg}")
}
