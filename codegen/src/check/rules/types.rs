//! Types: that they are spelled right, and that the schemas and views they name exist.

use crate::{
    check::{
        Context,
        context::{FieldAt, Home, SchemaAt, VIEWS, view_suffix, view_word},
        written::{Meant, in_field, written},
    },
    diagnostic::{At, Code, Diagnostic, Diagnostics, suggest},
    spec::View,
    types::{Prim, TypeErrorKind, TypeExpr},
};

pub static BAD_TYPE: Code = Code::error(
    "E300",
    "bad-type",
    "A type is one that the format knows how to write.",
);
pub static UNKNOWN_TYPE: Code = Code::error(
    "E301",
    "unknown-type",
    "A schema that is named exists where it can be seen.",
);
pub static MISSING_VIEW: Code = Code::error(
    "E302",
    "missing-view",
    "A schema has the view from which it is used.",
);
pub static WRONG_SIDE: Code = Code::error(
    "E303",
    "wrong-side",
    "Bodies are written views, answers are read ones.",
);
pub static NOT_A_PARAMETER: Code = Code::error(
    "E304",
    "not-a-parameter",
    "A parameter is a plain value, an enumeration, or a list of those.",
);
pub static NOT_AN_ENUM: Code = Code::error(
    "E305",
    "not-an-enum",
    "What `include` and `sort` choose from is an enumeration.",
);
pub static FLAG_FIELD: Code = Code::error(
    "E306",
    "flag-field",
    "`flag` is for parameters; a field has `wire: one_zero`.",
);

/// Reads a type, reporting what is wrong with it.
fn parse(text: &str, at: At<'_>, out: &mut Diagnostics) -> Option<TypeExpr> {
    let error = match TypeExpr::parse(text) {
        Ok(expr) => return Some(expr),
        Err(error) => error,
    };
    let message = error.to_string();
    let diagnostic = Diagnostic::new(&BAD_TYPE, at.part(error.range), message);
    out.push(match &error.kind {
        TypeErrorKind::UnknownWord(word) => {
            match suggest(word, Prim::ALL.map(Prim::as_str).into_iter().chain(["link"])) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(
                    "there is `int`, `string`, `bool`, `decimal`, `datetime`, `date`, `uuid`, `id` and `json`; a schema's name starts with an upper-case letter",
                ),
            }
        }
        TypeErrorKind::Unclosed(_) | TypeErrorKind::Unexpected(_) | TypeErrorKind::Trailing(_) => {
            diagnostic.help("a list is `[T]`, a mapping `{T}`, a link `link T`; in YAML, brackets stand in quotes")
        }
        TypeErrorKind::Missing => {
            diagnostic.help("name what it holds or links to, as in `[int]`, `{string}` or `link Thing`")
        }
        TypeErrorKind::TooDeep => diagnostic.help("give a part of it a name, as a schema of its own"),
    });
    None
}

/// The place of the schema's name within the type's text.
fn name_part(text: &str, name: &str, at: At<'_>) -> crate::diagnostic::SpecPath {
    match text.find(name) {
        Some(from) => at.part(from..from + name.len()),
        None => at.value(),
    }
}

fn unknown_type(
    cx: &Context<'_>,
    home: Home,
    text: &str,
    (group, name): (Option<&str>, &str),
    at: At<'_>,
) -> Diagnostic {
    let place = name_part(text, name, at);
    if let Some(group) = group
        && cx.homes(home, Some(group)).is_empty()
    {
        let groups = cx.document.groups.iter().map(|group| group.group.as_str());
        return Diagnostic::new(
            &UNKNOWN_TYPE,
            name_part(text, group, at),
            format!("there is no group `{group}` to take `{name}` from"),
        )
        .meant(group, groups);
    }
    let whose = match group {
        Some(group) => format!("`{group}` has no schema `{name}`"),
        None => format!("there is no schema `{name}` in this file or in shared.yaml"),
    };
    let diagnostic = Diagnostic::new(&UNKNOWN_TYPE, place, whose);
    let elsewhere = cx
        .document
        .groups
        .iter()
        .find(|group| group.schemas.contains(name));
    if let (Some(near), None) = (suggest(name, cx.names_in(home, group)), elsewhere) {
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

fn missing_view(
    schema: SchemaAt<'_>,
    views: &[View],
    place: crate::diagnostic::SpecPath,
) -> Diagnostic {
    let words = |views: &[View], joint: &str| {
        let words: Vec<String> = views
            .iter()
            .map(|view| format!("`{}`", view_word(*view)))
            .collect();
        words.join(joint)
    };
    let declared = if schema.spec.views.is_empty() {
        schema.at.name()
    } else {
        schema.at.key("views").value()
    };
    let writes = views.iter().any(|view| *view != View::Read);
    let both = views.contains(&View::Create) || views.contains(&View::Update);
    let add = if both && !schema.views().contains(&View::Read) || views.len() > 1 {
        "`write`, which serves for creating and updating,".to_owned()
    } else if both {
        format!(
            "{} (or `write`, for both ways of writing)",
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
        "a body can hold only what has a view for writing"
    } else {
        "an answer can hold only what has a view for reading"
    })
    .help(format!("add {add} to the `views` of `{}`", schema.name))
}

/// The named type within, group and name.
fn named(expr: &TypeExpr) -> Option<(Option<&str>, &str)> {
    match expr.leaf() {
        TypeExpr::Named { group, name } => Some((group.as_deref(), name)),
        _ => None,
    }
}

fn flag(expr: &TypeExpr, at: At<'_>, out: &mut Diagnostics) {
    if expr.leaf() == &TypeExpr::Prim(Prim::Flag) {
        out.push(
            Diagnostic::new(
                &FLAG_FIELD,
                at.value(),
                "`flag` is a type of parameters only",
            )
            .help("write `type: bool`, with `wire: one_zero` if it is sent as 1 or 0"),
        );
    }
}

pub(super) fn fields(cx: &Context<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        if let Some(text) = &field.spec.kind
            && let Some(expr) = parse(text, field.at.key("type"), out)
        {
            flag(&expr, field.at.key("type"), out);
        }
        for (view, text) in field.spec.types.iter() {
            if let Some(expr) = parse(text, field.at.key("types").key(view), out) {
                flag(&expr, field.at.key("types").key(view), out);
            }
        }
        field_references(cx, field, out);
    }
}

fn field_references(cx: &Context<'_>, field: FieldAt<'_>, out: &mut Diagnostics) {
    let home = field.schema.home;
    // A name that is wrong is wrong in every view; one place is told once.
    let mut told: Vec<&str> = Vec::new();
    for view in field.views() {
        let Some((text, at)) = field.type_in(*view) else {
            continue;
        };
        let Ok(expr) = TypeExpr::parse(text) else {
            continue;
        };
        let Some((group, name)) = named(&expr) else {
            continue;
        };
        let meant = in_field(cx, home, group, name, *view);
        if matches!(meant, Meant::Choice(_) | Meant::View(..)) || told.contains(&text) {
            continue;
        }
        told.push(text);
        let place = name_part(text, name, at);
        let base = || {
            VIEWS.iter().find_map(|view| {
                let base = name
                    .strip_suffix(view_suffix(*view))
                    .filter(|base| *base != name)?;
                cx.resolve(home, group, base).map(|_| base)
            })
        };
        out.push(match (meant, base()) {
            (Meant::NoView(schema, _), _) => lacking(field, schema, text, place),
            (_, Some(base)) => Diagnostic::new(
                &UNKNOWN_TYPE,
                place,
                format!("a field names the schema, not a view of it: `{name}`"),
            )
            .help(format!(
                "write `{base}`; which view is meant follows from the field's own"
            )),
            (_, None) => unknown_type(cx, home, text, (group, name), at),
        });
    }
}

/// A field whose schema lacks some of the views that the field is in.
fn lacking(
    field: FieldAt<'_>,
    schema: SchemaAt<'_>,
    text: &str,
    place: crate::diagnostic::SpecPath,
) -> Diagnostic {
    let uses = |view: &View| field.type_in(*view).is_some_and(|(other, _)| other == text);
    let lacks: Vec<View> = field
        .views()
        .iter()
        .filter(|view| uses(view) && schema.serves(**view).is_none())
        .copied()
        .collect();
    let mut diagnostic = missing_view(schema, &lacks, place);
    if field.spec.views.is_some() {
        diagnostic = diagnostic.also(field.at.key("in").value(), "the views of the field");
    } else if !field.schema.spec.views.is_empty() {
        let views = field.schema.at.key("views").value();
        diagnostic = diagnostic.also(views, "the views of the field");
    }
    diagnostic.help(
        "or leave the field out of some views by `in:`, or give it another type there by `types:`",
    )
}

/// Where in `takes`, `returns` and the like a type stands, and what it is for.
enum Side {
    Body,
    Answer,
}

pub(super) fn calls(cx: &Context<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        if let Some(takes) = &endpoint.spec.takes {
            written_type(
                cx,
                endpoint.home,
                takes,
                endpoint.at.key("takes"),
                &Side::Body,
                out,
            );
        }
        let returns = &endpoint.spec.returns;
        if returns != "none" && returns != "counts" {
            written_type(
                cx,
                endpoint.home,
                returns,
                endpoint.at.key("returns"),
                &Side::Answer,
                out,
            );
        }
    }
    let root = At::root("events.yaml");
    for (index, event) in cx.document.events.events.iter().enumerate() {
        let at = root.key("events").index(index).key("payload");
        written_type(cx, Home::Events, &event.payload, at, &Side::Answer, out);
    }
    let delivery = &cx.document.events.delivery;
    written_type(
        cx,
        Home::Events,
        delivery,
        root.key("delivery"),
        &Side::Answer,
        out,
    );
}

fn written_type(
    cx: &Context<'_>,
    home: Home,
    text: &str,
    at: At<'_>,
    side: &Side,
    out: &mut Diagnostics,
) {
    let Some(expr) = parse(text, at, out) else {
        return;
    };
    flag(&expr, at, out);
    let Some((group, name)) = named(&expr) else {
        if matches!(side, Side::Body) {
            out.push(
                Diagnostic::new(
                    &WRONG_SIDE,
                    at.value(),
                    format!("a body cannot be `{text}`"),
                )
                .why("a body is an object or a list of objects")
                .help("name a schema with a view for writing"),
            );
        }
        return;
    };
    let place = || name_part(text, name, at);
    match (written(cx, home, group, name), side) {
        (Meant::Nothing, _) => out.push(unknown_type(cx, home, text, (group, name), at)),
        (Meant::NoView(schema, view), _) => out.push(missing_view(schema, &[view], place())),
        (Meant::View(schema, View::Read), Side::Body) => {
            let forms: Vec<String> = schema
                .views()
                .iter()
                .filter(|view| **view != View::Read)
                .map(|view| format!("`{}{}`", schema.name, view_suffix(*view)))
                .collect();
            let diagnostic = Diagnostic::new(
                &WRONG_SIDE,
                place(),
                format!("`{name}` is what is read, not sent"),
            );
            out.push(if forms.is_empty() {
                diagnostic
                    .also(schema.at.name(), "only read")
                    .help("give it a view for writing: `create`, `update` or `write`")
            } else {
                diagnostic.help(format!("write {}", forms.join(" or ")))
            });
        }
        (Meant::View(schema, view), Side::Answer) if view != View::Read => out.push(
            Diagnostic::new(
                &WRONG_SIDE,
                place(),
                format!("`{name}` is what is sent, not read"),
            )
            .help(format!("write `{}`", schema.name)),
        ),
        (Meant::Choice(_), Side::Body) => out.push(Diagnostic::new(
            &WRONG_SIDE,
            place(),
            format!("`{name}` is an enumeration, which is no body"),
        )),
        (Meant::View(..) | Meant::Choice(_), _) => {}
    }
    let shape_fits = match (&expr, side) {
        (TypeExpr::List(item), Side::Body) => matches!(**item, TypeExpr::Named { .. }),
        (expr, Side::Body) => matches!(expr, TypeExpr::Named { .. }),
        (_, Side::Answer) => true,
    };
    if !shape_fits {
        out.push(
            Diagnostic::new(
                &WRONG_SIDE,
                at.value(),
                format!("a body cannot be `{text}`"),
            )
            .why("a body is an object or a list of objects"),
        );
    }
}

pub(super) fn parameters(cx: &Context<'_>, out: &mut Diagnostics) {
    for (index, group) in cx.document.groups.iter().enumerate() {
        let at = At::root(&group.file).key("path");
        for (name, parameter) in group.path.iter() {
            parameter_type(
                cx,
                Home::Group(index),
                &parameter.kind,
                at.key(name).key("type"),
                out,
            );
        }
    }
    for endpoint in cx.endpoints() {
        let filters = endpoint.spec.filters.iter().map(|(name, filter)| {
            (
                &filter.kind,
                endpoint.at.key("filters").key(name).key("type"),
            )
        });
        let query = endpoint.spec.query.iter().map(|(name, parameter)| {
            (
                &parameter.kind,
                endpoint.at.key("query").key(name).key("type"),
            )
        });
        for (kind, at) in filters.chain(query) {
            parameter_type(cx, endpoint.home, kind, at, out);
        }
        let include = endpoint
            .spec
            .include
            .as_ref()
            .map(|name| (name, endpoint.at.key("include")));
        let sort = endpoint
            .spec
            .sort
            .as_ref()
            .map(|sort| (&sort.by, endpoint.at.key("sort").key("by")));
        for (text, at) in include.into_iter().chain(sort) {
            choice(cx, endpoint.home, text, at, out);
        }
    }
}

fn parameter_type(cx: &Context<'_>, home: Home, text: &str, at: At<'_>, out: &mut Diagnostics) {
    let Some(expr) = parse(text, at, out) else {
        return;
    };
    let item = match &expr {
        TypeExpr::List(item) => item,
        other => other,
    };
    match item {
        TypeExpr::Prim(Prim::Json) | TypeExpr::List(_) | TypeExpr::Map(_) | TypeExpr::Link(_) => {
            out.push(
                Diagnostic::new(
                    &NOT_A_PARAMETER,
                    at.value(),
                    format!("a parameter cannot be `{text}`"),
                )
                .why("it is one value in a URL, or several with commas between them"),
            );
        }
        TypeExpr::Prim(_) => {}
        TypeExpr::Named { group, name } => match cx.resolve(home, group.as_deref(), name) {
            None => out.push(unknown_type(cx, home, text, (group.as_deref(), name), at)),
            Some(schema) if !schema.is_choice() => out.push(
                Diagnostic::new(
                    &NOT_A_PARAMETER,
                    name_part(text, name, at),
                    format!("`{name}` is an object, which is no parameter"),
                )
                .also(schema.at.name(), "an object")
                .why("it is one value in a URL, or several with commas between them")
                .help("use a plain type, or an enumeration"),
            ),
            Some(_) => {}
        },
    }
}

fn choice(cx: &Context<'_>, home: Home, text: &str, at: At<'_>, out: &mut Diagnostics) {
    let Some(expr) = parse(text, at, out) else {
        return;
    };
    let TypeExpr::Named { group, name } = &expr else {
        out.push(
            Diagnostic::new(
                &NOT_AN_ENUM,
                at.value(),
                format!("`{text}` is not an enumeration"),
            )
            .help("name a schema with `values:`"),
        );
        return;
    };
    match cx.resolve(home, group.as_deref(), name) {
        None => out.push(unknown_type(cx, home, text, (group.as_deref(), name), at)),
        Some(schema) if !schema.is_choice() => out.push(
            Diagnostic::new(
                &NOT_AN_ENUM,
                name_part(text, name, at),
                format!("`{name}` is not an enumeration"),
            )
            .also(schema.at.name(), "an object")
            .help("name a schema with `values:`"),
        ),
        Some(_) => {}
    }
}
