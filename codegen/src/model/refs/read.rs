//! Parses a type's text, and reports what is wrong with it or with the name in it.

use std::rc::Rc;

use super::{BAD_TYPE, FLAG_FIELD, MISSING_VIEW, ONE_OR_MANY, UNKNOWN_TYPE};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics, SpecPath, suggest},
    index::{Home, Index, SchemaAt, Typed, view_word},
    spec::View,
    types::{Prim, TypeErrorKind, TypeExpr},
};

/// The type that this text means in `home`, reporting what is wrong with it.
pub(super) fn read<'a>(
    cx: &Index<'a>,
    home: Home,
    text: &str,
    at: At<'_>,
    out: &mut Diagnostics,
) -> Option<Rc<Typed<'a>>> {
    let error = match cx.read(home, text) {
        Ok(ty) => return Some(ty),
        Err(error) => error,
    };
    let message = error.to_string();
    let diagnostic = Diagnostic::new(&BAD_TYPE, at.part(error.range), message);
    out.push(match &error.kind {
        TypeErrorKind::UnknownWord(word) => {
            let usual = usual(word).map(Prim::as_str);
            match usual.or_else(|| suggest(word, Prim::ALL.map(Prim::as_str).into_iter().chain(["link", "one_or_many"]))) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(
                    "use `int`, `string`, `bool`, `decimal`, `datetime`, `date`, `uuid`, `id` or `json`, or a schema, whose name starts with an upper-case letter",
                ),
            }
        }
        TypeErrorKind::Unclosed(_) | TypeErrorKind::Unexpected(_) | TypeErrorKind::Trailing(_) => {
            diagnostic.help("write `[T]` for a list, `{T}` for a mapping, `T?` in either for values that may be null, and `link T` for a link; YAML needs quotes around brackets")
        }
        TypeErrorKind::Question => diagnostic.help(
            "write `[T?]` for a list whose items may be null, `{T?}` for a mapping whose values may be null, and `nullable: true` for a field that may be null",
        ),
        TypeErrorKind::NullAlready => diagnostic.help("remove the `?`"),
        TypeErrorKind::Missing => diagnostic
            .help("name what it contains or links to, as in `[int]`, `{string}` or `link Thing`"),
        TypeErrorKind::TooDeep => {
            diagnostic.help("move a part of it to a schema")
        }
    });
    None
}

/// The place of the schema's name within the type's text.
pub(super) fn name_part(text: &str, name: &str, at: At<'_>) -> SpecPath {
    match text.find(name) {
        Some(from) => at.part(from..from + name.len()),
        None => at.value(),
    }
}

/// The type that other formats call by this name.
fn usual(word: &str) -> Option<Prim> {
    Some(match word.to_ascii_lowercase().as_str() {
        "integer" | "long" | "int32" | "int64" => Prim::Int,
        "str" | "string" | "text" => Prim::String,
        "boolean" => Prim::Bool,
        "number" | "float" | "double" => Prim::Decimal,
        "timestamp" => Prim::DateTime,
        "any" | "object" => Prim::Json,
        _ => return None,
    })
}

pub(super) fn unknown_type(
    cx: &Index<'_>,
    home: Home,
    text: &str,
    (group, name): (Option<&str>, &str),
    at: At<'_>,
) -> Diagnostic {
    let place = name_part(text, name, at);
    if let Some(group) = group
        && cx.homes(home, Some(group)).next().is_none()
    {
        let groups = cx.document.groups.iter().map(|group| group.group.as_str());
        return Diagnostic::new(
            &UNKNOWN_TYPE,
            name_part(text, group, at),
            format!("there is no group `{group}` that could have `{name}`"),
        )
        .lacks(group)
        .meant(group, cx.candidates(groups));
    }
    let whose = match group {
        Some(group) => format!("`{group}` has no schema `{name}`"),
        None => format!("there is no schema `{name}` in this file or in shared.yaml"),
    };
    let diagnostic = Diagnostic::new(&UNKNOWN_TYPE, place, whose);
    if let (None, Some(usual)) = (group, usual(name)) {
        return diagnostic.help(format!("did you mean `{}`?", usual.as_str()));
    }
    let elsewhere = cx
        .candidates(&cx.document.groups)
        .find(|group| group.schemas.contains(name));
    if let (Some(near), None) = (
        suggest(name, cx.candidates(cx.names_in(home, group))),
        elsewhere,
    ) {
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    match elsewhere {
        Some(group) => diagnostic.help(format!(
            "write `{}.{name}`, or move it to shared.yaml",
            group.group
        )),
        None => diagnostic.help("add it under `schemas:`, or correct the name"),
    }
}

pub(super) fn missing_view(schema: SchemaAt<'_>, views: &[View], place: SpecPath) -> Diagnostic {
    let words = |views: &[View], joint: &str| {
        let words: Vec<String> = views
            .iter()
            .map(|view| format!("`{}`", view_word(*view)))
            .collect();
        words.join(joint)
    };
    let declared = if schema.spec.views.is_empty() {
        schema.at().name()
    } else {
        schema.at().key("views").value()
    };
    let writes = views.iter().any(|view| *view != View::Read);
    let both = views.contains(&View::Create) || views.contains(&View::Update);
    let add = if both && !schema.views().contains(&View::Read) || views.len() > 1 {
        "`write`, which is for creating and updating,".to_owned()
    } else if both {
        format!(
            "{} (or `write`, for creating and updating)",
            words(views, ", ")
        )
    } else {
        words(views, ", ")
    };
    Diagnostic::new(
        &MISSING_VIEW,
        place,
        format!("`{}` has no view {}", schema.name, words(views, " or ")),
    )
    .also(declared, format!("only {}", words(schema.views(), ", ")))
    .why(if writes {
        "a request body can only contain schemas with a view for writing"
    } else {
        "a response can only contain schemas with a view for reading"
    })
    .help(format!("add {add} to the `views` of `{}`", schema.name))
}

/// The named type within, group and name.
pub(super) fn named(expr: &TypeExpr) -> Option<(Option<&str>, &str)> {
    match expr.leaf() {
        TypeExpr::Named { group, name } => Some((group.as_deref(), name)),
        _ => None,
    }
}

pub(super) fn flag(expr: &TypeExpr, at: At<'_>, out: &mut Diagnostics) {
    if expr.leaf() == &TypeExpr::Prim(Prim::Flag) {
        out.push(
            Diagnostic::new(
                &FLAG_FIELD,
                at.value(),
                "`flag` is only a type of parameters",
            )
            .help("write `type: bool`, with `wire: one_zero` if it is sent as 1 or 0"),
        );
    }
}

/// Reports `one_or_many` in a field.
pub(super) fn one_or_many_field(expr: &TypeExpr, at: At<'_>, out: &mut Diagnostics) {
    if expr.has_one_or_many() {
        out.push(
            Diagnostic::new(
                &ONE_OR_MANY,
                at.value(),
                "`one_or_many` is only for request bodies and responses",
            )
            .help("write the type of the field, `T` or `[T]`"),
        );
    }
}
