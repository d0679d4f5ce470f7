//! The examples in the docs: calls and values with arguments that fit their types.

use super::{CRATE, ty};
use crate::{
    model::{
        All, Answer, Api, Body, Endpoint, Field, Kind, Nested, Parameter, Role, Shape, Ty, TypeDef,
        field_name,
    },
    spec::{Envelope, Format},
};

/// The example under an endpoint's method.
pub(super) fn of_request(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let binding = match &endpoint.answer {
        Answer::Nothing => None,
        Answer::Page(_) => Some("page".to_owned()),
        Answer::Counts => Some("outcome".to_owned()),
        Answer::File => Some("file".to_owned()),
        Answer::Events => Some("events".to_owned()),
        Answer::One(Ty::List(_)) | Answer::Outcome(Ty::List(_)) => Some("answered".to_owned()),
        Answer::One(_) | Answer::Outcome(_) => Some(field_name(&endpoint.acts_on)),
    };
    let call = format!("store.{}.await?;", call_text(api, endpoint));
    let statement = match binding {
        Some(binding) => format!("let {binding} = {call}"),
        None => call,
    };
    let mut lines = vec![String::new(), "```no_run".to_owned()];
    let statement = match body_type(api, endpoint) {
        Some(def) => {
            let path = ty::path_text(api, def);
            lines.push(format!("use {path};"));
            lines.push(String::new());
            statement.replace(&path, &def.name)
        }
        None => statement,
    };
    lines.push(format!(
        "# async fn example(store: {CRATE}::Client) -> Result<(), {CRATE}::Error> {{"
    ));
    lines.extend(formatted(&statement));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The example under the call for any number of items.
pub(super) fn of_all(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let Some(mut call) = all_text(api, endpoint) else {
        return Vec::new();
    };
    let mut lines = vec![String::new(), "```no_run".to_owned()];
    let takes_bodies = endpoint.all.as_ref().is_some_and(|all| all.by.is_none());
    if let (true, Some(def)) = (takes_bodies, body_type(api, endpoint)) {
        let path = ty::path_text(api, def);
        lines.extend([format!("use {path};"), String::new()]);
        call = call.replace(&path, &def.name);
    }
    lines.push(format!(
        "# async fn example(store: {CRATE}::Client) -> Result<(), {CRATE}::Error> {{"
    ));
    lines.extend(formatted(&format!("let report = store.{call}.await?;")));
    lines.extend(["assert!(report.is_complete());", "# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// A statement as it would be written by hand, over several lines where it is long.
pub fn formatted(statement: &str) -> Vec<String> {
    if statement.len() <= 90 {
        return vec![statement.to_owned()];
    }
    match syn::parse_str(&format!("async fn f() {{ {statement} }}")) {
        Ok(function) => {
            let file = syn::File {
                shebang: None,
                frontmatter: None,
                attrs: Vec::new(),
                items: vec![function],
            };
            let text = prettyplease::unparse(&file);
            let lines: Vec<_> = text
                .lines()
                .map(|line| line.get(4..).unwrap_or(""))
                .collect();
            lines[1..lines.len() - 1]
                .iter()
                .map(|line| (*line).to_owned())
                .collect()
        }
        Err(_) => vec![statement.to_owned()],
    }
}

/// The example under a type that is written.
pub(super) fn of_model(api: &Api, def: &TypeDef) -> Vec<String> {
    let Kind::Object { fields, .. } = &def.kind else {
        return Vec::new();
    };
    let mut expr = value_new(api, def, 0);
    let setters = fields
        .iter()
        .filter(|field| !field.required && field.deprecated.is_none())
        .filter(|field| !needed(def).iter().any(|needed| needed.wire == field.wire))
        .filter(|field| !matches!(field.ty, Ty::Named(_) | Ty::List(_) | Ty::Map(_) | Ty::Json));
    for field in setters.take(2) {
        expr += &setter(api, field, 1);
    }
    let binding = field_name(&def.schema);
    let path = ty::path_text(api, def);
    let statement = format!("let {binding} = {expr};").replace(&path, &def.name);
    let mut lines = vec![
        String::new(),
        "```".to_owned(),
        format!("use {path};"),
        String::new(),
    ];
    lines.extend(formatted(&statement));
    lines.push("```".to_owned());
    lines
}

/// The call of an endpoint as a user writes it behind the client: `products().list()`.
pub fn call_text(api: &Api, endpoint: &Endpoint) -> String {
    let mut arguments = free(api, endpoint);
    for parameter in endpoint.query.iter().filter(|parameter| parameter.required) {
        arguments.push(parameter_sample(api, parameter));
    }
    let others = endpoint.headers.iter().chain(&endpoint.form);
    let others = others.filter(|it| it.required);
    arguments.extend(others.map(|it| parameter_sample(api, it)));
    let body = endpoint.body.as_ref();
    if let Some(body) = body.filter(|body| !body.optional) {
        arguments.push(body_sample(api, body));
    }
    let handle = handle_text(api, endpoint);
    let mut text = format!("{handle}.{}({})", endpoint.call, arguments.join(", "));
    if endpoint.needs_filter {
        let filters = || {
            endpoint
                .query
                .iter()
                .filter(|p| matches!(p.role, Role::Filter { .. }))
        };
        if let Some(filter) = filters()
            .find(|p| p.ty == Ty::Int)
            .or_else(|| filters().next())
        {
            text += &format!(".{}({})", filter.rust, parameter_sample(api, filter));
        }
    }
    text
}

/// The call for any number of items as a user writes it behind the client, for an endpoint that
/// has one: `customers().delete_all([118])`.
pub fn all_text(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let All { name, by } = endpoint.all.as_ref()?;
    let mut arguments = free(api, endpoint);
    arguments.push(match by {
        Some(at) => parameter_sample(api, endpoint.query.get(*at)?),
        None => {
            let body = endpoint.body.as_ref()?;
            format!("[{}]", item_sample(api, body, true))
        }
    });
    let handle = handle_text(api, endpoint);
    Some(format!("{handle}.{name}({})", arguments.join(", ")))
}

/// The parameters of the path that the handle does not hold, as arguments.
fn free(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let held = api.held(endpoint);
    let free = endpoint.path_parameters.iter();
    let free = free.filter(|it| !held.iter().any(|held| held.wire == it.wire));
    free.map(|parameter| parameter_sample(api, parameter))
        .collect()
}

/// The handle on which an endpoint stands, as a user reaches it: `products().images(118)`.
fn handle_text(api: &Api, endpoint: &Endpoint) -> String {
    let group = api.group(endpoint.group);
    match group.nested.as_ref().filter(|_| endpoint.nested) {
        Some(nested) => nested_text(api, nested),
        None => format!("{}()", group.name),
    }
}

fn nested_text(api: &Api, nested: &Nested) -> String {
    let above = api.group(nested.under);
    let above = match &above.nested {
        Some(nested) => nested_text(api, nested),
        None => format!("{}()", above.name),
    };
    let own = nested.takes.iter().skip(nested.takes.len() - nested.own);
    let own: Vec<_> = own
        .map(|parameter| parameter_sample(api, parameter))
        .collect();
    format!("{above}.{}({})", nested.method, own.join(", "))
}

/// A link to the method that makes an endpoint's request.
pub(super) fn handle_link(api: &Api, endpoint: &Endpoint) -> String {
    let group = api.group(endpoint.group);
    let (full, reader) = api.handles_of(endpoint);
    let handle = if endpoint.writes { full } else { reader };
    format!(
        "[`{handle}::{call}`](crate::{}::{handle}::{call})",
        group.name,
        call = endpoint.call
    )
}

/// The full path of the type that decodes an endpoint's whole answer; `None` where there is none.
pub fn response_path(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let data = match &endpoint.answer {
        Answer::Nothing if endpoint.envelope == Envelope::None => return None,
        Answer::File | Answer::Events => return None,
        Answer::Nothing | Answer::Counts => {
            return Some(format!("{CRATE}::Envelope<{CRATE}::RawJson>"));
        }
        Answer::Page(item) => format!("Vec<{}>", ty::value_text(api, item)),
        Answer::One(value) | Answer::Outcome(value) => ty::value_text(api, value),
    };
    Some(match endpoint.envelope {
        Envelope::Flat => data,
        Envelope::None => return None,
        Envelope::DataMeta | Envelope::Meta => format!("{CRATE}::Envelope<{data}>"),
    })
}

/// The full path of the type that decodes the body of a 207, where it is another one.
pub fn partial_path(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let partial = endpoint.partial.as_ref()?;
    Some(format!(
        "{CRATE}::Envelope<{}>",
        ty::value_text(api, partial)
    ))
}

/// The full path of the type that an endpoint's body is; `None` where it sends none.
pub fn request_path(api: &Api, endpoint: &Endpoint) -> Option<String> {
    Some(ty::value_text(api, &endpoint.body.as_ref()?.ty))
}

/// The schema that a request body is made of.
fn body_type<'a>(api: &'a Api, endpoint: &Endpoint) -> Option<&'a TypeDef> {
    let body = endpoint.body.as_ref()?;
    Some(api.ty(body.item().named()?))
}

/// An argument for a request body.
pub(super) fn body_sample(api: &Api, body: &Body) -> String {
    let item = item_sample(api, body, false);
    if body.many() {
        format!("[{item}]")
    } else {
        item
    }
}

/// One item of a request body, or the whole of it. Where it is `owned`, it is of just the type.
fn item_sample(api: &Api, body: &Body, owned: bool) -> String {
    match body.item() {
        Ty::Named(id) => value_new_rich(api, api.ty(*id)),
        ty @ (Ty::Text | Ty::Uuid) if owned => format!("{}.to_owned()", plain(api, ty, 0)),
        ty => plain(api, ty, 0),
    }
}

/// An argument for a parameter.
pub(super) fn parameter_sample(api: &Api, parameter: &Parameter) -> String {
    if parameter.shape == Shape::File {
        return format!("{CRATE}::upload::FilePart::bytes(\"example.png\", \"content\")");
    }
    let one = match &parameter.ty {
        Ty::Uuid => UUID.to_owned(),
        Ty::Text => "\"example\"".to_owned(),
        ty => plain(api, ty, 0),
    };
    if matches!(parameter.shape, Shape::Many | Shape::Each) {
        format!("[{one}]")
    } else {
        one
    }
}

const UUID: &str = "\"9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11\"";

/// A value, with the optional field that the spec has an example of; where nothing is required some
/// field is set all the same, so that it says something.
fn value_new_rich(api: &Api, def: &TypeDef) -> String {
    let mut expr = value_new(api, def, 0);
    let Kind::Object { fields, .. } = &def.kind else {
        return expr;
    };
    let needed = needed(def);
    let bare = needed.is_empty()
        && fields
            .iter()
            .all(|field| !field.required || field.wire.ends_with("id"));
    let simple = |field: &Field| matches!(field.ty, Ty::Text | Ty::Number | Ty::Bool);
    let is_needed = |field: &Field| needed.iter().any(|needed| needed.wire == field.wire);
    let free = || {
        let free = fields.iter().filter(|field| !field.required);
        free.filter(|field| !is_needed(field))
    };
    let told = free().find(|field| field.example.is_some());
    let any = || free().find(|field| bare && simple(field));
    if let Some(field) = told.or_else(any) {
        expr += &setter(api, field, 1);
    }
    expr
}

/// A value with what it requires, of each set of which it needs one the first.
fn value_new(api: &Api, def: &TypeDef, depth: usize) -> String {
    let path = ty::path_text(api, def);
    let Kind::Object {
        fields,
        named_in_turn,
        ..
    } = &def.kind
    else {
        return chosen(api, def, depth);
    };
    let required = fields.iter().filter(|field| field.required);
    let mut expr = if *named_in_turn {
        let named = required.map(|field| setter(api, field, depth + 1));
        format!("{path}::new(){}", named.collect::<String>())
    } else {
        let given = required.map(|field| sample(api, &field.ty, field, depth + 1));
        format!("{path}::new({})", given.collect::<Vec<_>>().join(", "))
    };
    // What is needed may need another of its own kind; an example of that has an end all the same.
    if depth < DEEPEST {
        let needed = needed(def);
        for field in &needed {
            expr += &setter(api, field, depth + 1);
        }
        // Inside another value, what it would be odd without.
        let told = fields
            .iter()
            .filter(|field| depth > 0 && !field.required && field.example.is_some())
            .filter(|field| !needed.iter().any(|needed| needed.wire == field.wire));
        for field in told {
            expr += &setter(api, field, depth + 1);
        }
    }
    expr
}

/// How deep an example goes.
const DEEPEST: usize = 6;

/// Of each set of fields of which one is needed, the first, unless it is required anyway.
fn needed(def: &TypeDef) -> Vec<&Field> {
    let Kind::Object {
        fields,
        needs_one_of,
        ..
    } = &def.kind
    else {
        return Vec::new();
    };
    let mut needed: Vec<&Field> = Vec::new();
    for names in needs_one_of {
        let held = |field: &Field| names.contains(&field.wire);
        if !needed.iter().any(|field| held(field)) {
            needed.extend(fields.iter().find(|field| held(field)));
        }
    }
    needed.retain(|field| !field.required);
    needed
}

fn setter(api: &Api, field: &Field, depth: usize) -> String {
    format!(".{}({})", field.rust, sample(api, &field.ty, field, depth))
}

/// An argument for a field.
fn sample(api: &Api, ty: &Ty, field: &Field, depth: usize) -> String {
    if field.required && field.nullable {
        return "None".to_owned();
    }
    match (ty, &field.example) {
        (Ty::Text, Some(serde_json::Value::String(text))) => return format!("{text:?}"),
        (Ty::Int | Ty::Id | Ty::Number, Some(serde_json::Value::Number(number))) => {
            return number.to_string();
        }
        _ => {}
    }
    match ty {
        Ty::Text => {
            let text = match field.wire.as_str() {
                "email" => "shopper@example.com".to_owned(),
                wire if wire.ends_with("url") || field.limits.format == Some(Format::Url) => {
                    "https://example.com/".to_owned()
                }
                wire => wire.replace('_', " "),
            };
            format!("{text:?}")
        }
        Ty::List(inner) => match &**inner {
            Ty::Named(_) if depth > 3 => "[]".to_owned(),
            inner @ Ty::Nullable(_) => format!("[{}]", owned(api, inner, depth + 1)),
            inner => format!("[{}]", sample(api, inner, field, depth + 1)),
        },
        ty => plain(api, ty, depth),
    }
}

fn plain(api: &Api, ty: &Ty, depth: usize) -> String {
    match ty {
        Ty::Int => "118".to_owned(),
        Ty::Text => "\"text\"".to_owned(),
        Ty::Uuid => UUID.to_owned(),
        Ty::Bool => "true".to_owned(),
        Ty::Number => "25".to_owned(),
        Ty::DateTime => format!("{CRATE}::DateTime::from_wire(\"2026-01-31T12:00:00Z\")"),
        Ty::Date => format!("{CRATE}::Date::from_wire(\"2026-01-31\")"),
        Ty::Id => "118".to_owned(),
        Ty::Json => format!("{CRATE}::RawJson::from(118)"),
        Ty::Nullable(_) => "None".to_owned(),
        Ty::Map(_) => "std::collections::BTreeMap::new()".to_owned(),
        Ty::List(inner) if matches!(**inner, Ty::Nullable(_)) => {
            format!("[{}]", owned(api, inner, depth + 1))
        }
        Ty::List(inner) | Ty::Link(inner) => format!("[{}]", plain(api, inner, depth + 1)),
        Ty::OneOrMany(item) => plain(api, item, depth + 1),
        Ty::Named(id) => value_new(api, api.ty(*id), depth),
    }
}

/// The first member of an enumeration, or a value of the first branch of a one-of.
fn chosen(api: &Api, def: &TypeDef, depth: usize) -> String {
    let path = ty::path_text(api, def);
    match &def.kind {
        Kind::OneOf { branches, .. } => match branches.first() {
            Some(branch) if depth < DEEPEST => {
                format!(
                    "{path}::{}({})",
                    branch.rust,
                    owned(api, &branch.ty, depth + 1)
                )
            }
            _ => format!("{path}::Other({CRATE}::RawJson::from(118))"),
        },
        kind => {
            let variant = kind.members().first();
            let variant = variant.map_or("Unknown", |member| &member.rust);
            format!("{path}::{variant}")
        }
    }
}

/// A value as such, where no argument takes what it can be made of.
fn owned(api: &Api, ty: &Ty, depth: usize) -> String {
    match ty {
        Ty::List(item) => format!("vec![{}]", owned(api, item, depth + 1)),
        Ty::Nullable(inner) => format!("Some({})", owned(api, inner, depth)),
        Ty::Text | Ty::Uuid | Ty::Number | Ty::Id => format!("{}.into()", plain(api, ty, depth)),
        ty => plain(api, ty, depth),
    }
}
