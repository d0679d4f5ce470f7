//! Names in Rust: that no two things in one place get the same one. How a name on the wire becomes
//! one in Rust is said by the model; here it is only compared.

use std::collections::HashMap;

use crate::{
    check::{
        Context,
        context::{EndpointAt, Home, SchemaAt, VIEWS, view_suffix},
    },
    diagnostic::{At, Code, Diagnostic, Diagnostics, SpecPath},
    model::{field_name, module_name, type_name},
    spec::{Map, View},
    types::TypeExpr,
};

pub static COLLISION: Code = Code::error(
    "E600",
    "name-collision",
    "No two things in one place have the same name in Rust.",
);
pub static RESERVED: Code = Code::error(
    "E601",
    "reserved-name",
    "Nothing takes a name that the client has for something else.",
);
pub static BAD_RUST: Code = Code::error(
    "E602",
    "bad-rust-name",
    "A name given by `rust:` can be one.",
);
pub static REDUNDANT_RUST: Code = Code::warning(
    "W603",
    "redundant-rust-name",
    "A name given by `rust:` is not what it would be anyway.",
);

/// Modules of the client, beside those of the groups.
const MODULES: [&str; 20] = [
    "call",
    "catalogue",
    "client",
    "error",
    "events",
    "generated",
    "json",
    "mock",
    "models",
    "oauth",
    "prelude",
    "query",
    "request",
    "response",
    "shared",
    "transport",
    "value",
    "webhook",
    "default",
    "serde",
];

/// Methods that every client has, beside those that lead to a group.
const CLIENT_METHODS: [&str; 6] = ["builder", "clone", "execute", "new", "read_only", "send"];

/// Types that generated code uses by their bare name.
const TYPES: [&str; 12] = [
    "Box", "Choice", "Decode", "Encode", "Err", "None", "Ok", "Option", "Result", "Some", "String",
    "Vec",
];

/// Methods that every request has.
const REQUEST_METHODS: [&str; 4] = ["clone", "into_future", "new", "send"];

/// Arguments and variables that generated methods have.
const ARGUMENTS: [&str; 3] = ["call", "client", "self_"];

/// Names that are taken, each by something that stands somewhere.
struct Taken<'a> {
    place: &'a str,
    names: HashMap<String, (SpecPath, String)>,
}

impl<'a> Taken<'a> {
    fn new(place: &'a str) -> Self {
        Self {
            place,
            names: HashMap::new(),
        }
    }

    /// Takes `name` for `what`, which stands at `at`.
    fn take(&mut self, name: String, what: String, at: SpecPath, fix: &str, out: &mut Diagnostics) {
        match self.names.get(&name) {
            None => {
                self.names.insert(name, (at, what));
            }
            Some((first, first_what)) => out.push(
                Diagnostic::new(
                    &COLLISION,
                    at,
                    format!("{} has `{name}` twice: {first_what} and {what}", self.place),
                )
                .label(what)
                .also(first.clone(), first_what.clone())
                .help(fix),
            ),
        }
    }
}

const RUST_KEY: &str = "give one of them another name by `rust:`";
const RENAME: &str = "give one of them another name";
const OTHER_NAME: &str = "choose another name";
const SAME_WIRE: &str = "keep one of the two; they would be sent under one name";

fn reserved(name: &str, why: &str, fix: &str, at: SpecPath, out: &mut Diagnostics) {
    out.push(
        Diagnostic::new(&RESERVED, at, format!("`{name}` is taken: {why}")).help(fix.to_owned()),
    );
}

pub(super) fn groups(cx: &Context<'_>, out: &mut Diagnostics) {
    let mut modules = Taken::new("the client");
    for (group, at) in cx.groups() {
        let name = module_name(&group.group);
        let at = at.key("group").value();
        if MODULES.contains(&name.as_str()) {
            reserved(
                &name,
                "the client has a module of that name",
                OTHER_NAME,
                at,
                out,
            );
        } else if CLIENT_METHODS.contains(&name.as_str()) {
            reserved(
                &name,
                "the client has a method of that name",
                OTHER_NAME,
                at,
                out,
            );
        } else {
            // A group given twice is a duplicate id already.
            if modules.names.contains_key(&name)
                && cx
                    .groups()
                    .filter(|(other, _)| other.group == group.group)
                    .count()
                    > 1
            {
                continue;
            }
            modules.take(
                name,
                format!("the group `{}`", group.group),
                at,
                RENAME,
                out,
            );
        }
    }
}

pub(super) fn catalogue(cx: &Context<'_>, out: &mut Diagnostics) {
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut endpoints = Taken::new("`Endpoint`");
    for endpoint in cx.endpoints() {
        let times = ids.entry(endpoint.full_id()).or_default();
        *times += 1;
        if *times > 1 {
            continue;
        }
        let id = endpoint.full_id();
        let variant = type_name(&format!("{}_{}", endpoint.group.group, endpoint.spec.id));
        endpoints.take(
            variant,
            format!("`{id}`"),
            endpoint.at.key("id").value(),
            RENAME,
            out,
        );
    }
    let mut scopes = Taken::new("`Scope`");
    for (area, spec) in cx.document.scopes.areas.iter() {
        let levels = At::root("scopes.yaml").key("areas").key(area).key("levels");
        for level in spec.levels.keys() {
            let variant = type_name(&format!("{area}_{level}"));
            scopes.take(
                variant,
                format!("`{area}.{level}`"),
                levels.key(level).name(),
                RENAME,
                out,
            );
        }
    }
    let mut events = Taken::new("`Event`");
    let list = At::root("events.yaml").key("events");
    let mut seen: Vec<&str> = Vec::new();
    for (index, event) in cx.document.events.events.iter().enumerate() {
        if seen.contains(&event.scope.as_str()) {
            continue;
        }
        seen.push(&event.scope);
        let at = list.index(index).key("scope").value();
        events.take(
            type_name(&event.scope),
            format!("`{}`", event.scope),
            at,
            RENAME,
            out,
        );
    }
}

pub(super) fn types(cx: &Context<'_>, out: &mut Diagnostics) {
    let homes = (0..cx.document.groups.len()).map(Home::Group);
    for home in [Home::Shared, Home::Events].into_iter().chain(homes) {
        let place = match home {
            Home::Shared => "the shared types".to_owned(),
            Home::Events => "the types of events".to_owned(),
            Home::Group(index) => format!("the group `{}`", cx.document.groups[index].group),
        };
        let mut types = Taken::new(&place);
        if let Home::Group(index) = home {
            let group = &cx.document.groups[index];
            let at = At::root(&group.file).key("group").value();
            let handle = type_name(&group.group);
            types.take(
                format!("{handle}Reader"),
                "the group's reading handle".into(),
                at.clone(),
                RENAME,
                out,
            );
            types.take(handle, "the group's handle".into(), at, RENAME, out);
        }
        for schema in cx.schemas().filter(|schema| schema.home == home) {
            schema_types(schema, &mut types, out);
        }
        selections(cx, home, &mut types, out);
    }
}

fn schema_types(schema: SchemaAt<'_>, types: &mut Taken<'_>, out: &mut Diagnostics) {
    let at = schema.at.name();
    if schema.is_choice() {
        type_of(
            schema.name.to_owned(),
            format!("the enumeration `{}`", schema.name),
            at,
            types,
            out,
        );
        return;
    }
    for view in VIEWS
        .into_iter()
        .filter(|view| schema.views().contains(view))
    {
        let name = format!("{}{}", schema.name, view_suffix(view));
        let what = match view {
            View::Read => format!("the schema `{}`", schema.name),
            _ => format!("a view of the schema `{}`", schema.name),
        };
        type_of(name, what, at.clone(), types, out);
    }
    for field in schema.fields().filter(|field| field.spec.values.is_some()) {
        let name = format!("{}{}", schema.name, type_name(field.name));
        let what = format!("the values of `{}.{}`", schema.name, field.name);
        type_of(name, what, field.at.name(), types, out);
    }
}

fn type_of(name: String, what: String, at: SpecPath, types: &mut Taken<'_>, out: &mut Diagnostics) {
    if TYPES.contains(&name.as_str()) || name == "Self" {
        reserved(
            &name,
            "generated code uses a type of that name",
            OTHER_NAME,
            at,
            out,
        );
    } else {
        types.take(name, what, at, RENAME, out);
    }
}

/// Where fields can be selected, the answer's type gets an enumeration of its fields.
fn selections(cx: &Context<'_>, home: Home, types: &mut Taken<'_>, out: &mut Diagnostics) {
    let mut made: Vec<(Home, &str)> = Vec::new();
    for endpoint in cx
        .endpoints()
        .filter(|endpoint| !endpoint.spec.select.is_empty())
    {
        let Some(answer) = endpoint.answer() else {
            continue;
        };
        let TypeExpr::Named { group, name } = answer.leaf() else {
            continue;
        };
        let Some(schema) = cx.resolve(endpoint.home, group.as_deref(), name) else {
            continue;
        };
        if schema.home != home || made.contains(&(home, schema.name)) {
            continue;
        }
        made.push((home, schema.name));
        let what = format!("the fields of `{name}` to select from");
        types.take(
            format!("{name}Field"),
            what,
            endpoint.at.key("select").name(),
            RENAME,
            out,
        );
    }
}

/// A name given by `rust:`, judged, or the one that follows from the wire.
fn chosen(given: Option<&String>, wire: &str, at: At<'_>, out: &mut Diagnostics) -> String {
    let natural = field_name(wire);
    let Some(given) = given else { return natural };
    if field_name(given) != *given {
        out.push(
            Diagnostic::new(
                &BAD_RUST,
                at.key("rust").value(),
                format!("`{given}` cannot be a name in Rust here"),
            )
            .why("fields and methods are named in snake case, and not by a keyword")
            .help(format!("write `{}`", field_name(given))),
        );
    } else if *given == natural {
        out.push(
            Diagnostic::new(
                &REDUNDANT_RUST,
                at.key("rust").value(),
                format!("`{wire}` is named `{natural}` anyway"),
            )
            .help("remove `rust:`"),
        );
    }
    given.clone()
}

pub(super) fn fields(cx: &Context<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        let names: Vec<_> = schema
            .fields()
            .map(|field| {
                (
                    field,
                    chosen(field.spec.rust.as_ref(), field.name, field.at, out),
                )
            })
            .collect();
        let mut told: Vec<&str> = Vec::new();
        for view in schema.views() {
            let place = format!("`{}{}`", schema.name, view_suffix(*view));
            let mut taken = Taken::new(&place);
            let mut methods = Taken::new(&place);
            for (field, name) in &names {
                if !field.views().contains(view) || told.contains(&field.name) {
                    continue;
                }
                let (before, at) = (out.len(), field.at.name());
                let what = format!("the field `{}`", field.name);
                if *view == View::Read && name == "rest" {
                    let why = "what the client does not know of an answer rests there";
                    reserved(name, why, "give it another name by `rust:`", at, out);
                } else if *view != View::Read && name == "new" {
                    let why = "that is how a value is made";
                    reserved(name, why, "give it another name by `rust:`", at, out);
                } else {
                    taken.take(name.clone(), what.clone(), at.clone(), RUST_KEY, out);
                    if *view != View::Read && out.len() == before {
                        methods.take(name.clone(), what.clone(), at.clone(), RUST_KEY, out);
                        if field.spec.nullable {
                            let clear = format!("clear_{}", name.trim_end_matches('_'));
                            methods.take(clear, format!("clearing {what}"), at, RUST_KEY, out);
                        }
                    }
                }
                if out.len() > before {
                    told.push(field.name);
                }
            }
        }
    }
}

pub(super) fn variants(cx: &Context<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas() {
        if let Some(values) = &schema.spec.values {
            choice(schema.name, values, schema.at.key("values"), out);
        }
    }
    for field in cx.fields() {
        if let Some(values) = &field.spec.values {
            let name = format!("{}{}", field.schema.name, type_name(field.name));
            choice(&name, values, field.at.key("enum"), out);
        }
    }
}

fn choice(name: &str, values: &Map<Option<String>>, at: At<'_>, out: &mut Diagnostics) {
    let place = format!("`{name}`");
    let mut taken = Taken::new(&place);
    for value in values.keys() {
        let variant = type_name(value);
        let at = at.key(value).name();
        if variant == "Unknown" {
            let why = "values that the spec does not know go there";
            reserved(value, why, "use `string` for this enumeration", at, out);
        } else {
            let fix =
                "keep the one that is sent, or use `string` where the case of letters matters";
            taken.take(variant, format!("`{value}`"), at, fix, out);
        }
    }
}

pub(super) fn requests(cx: &Context<'_>, out: &mut Diagnostics) {
    for (group, at) in cx.groups() {
        for (name, parameter) in group.path.iter() {
            chosen(parameter.rust.as_ref(), name, at.key("path").key(name), out);
        }
        let mut calls = Taken::new("the group's handle");
        for endpoint in cx
            .endpoints()
            .filter(|endpoint| endpoint.group.file == group.file)
        {
            let (id, at) = (&endpoint.spec.id, endpoint.at.key("id").value());
            if group
                .endpoints
                .iter()
                .filter(|other| other.id == *id)
                .count()
                == 1
            {
                calls.take(
                    field_name(id),
                    format!("`{}`", endpoint.full_id()),
                    at,
                    RENAME,
                    out,
                );
            }
        }
    }
    for endpoint in cx.endpoints() {
        request(cx, &endpoint, out);
        arguments(&endpoint, out);
    }
}

fn request(cx: &Context<'_>, endpoint: &EndpointAt<'_>, out: &mut Diagnostics) {
    let place = format!("the request of `{}`", endpoint.full_id());
    let spec = endpoint.spec;
    let mut methods = Taken::new(&place);
    let mut wires = Taken::new(&place);
    let style = spec
        .page
        .as_deref()
        .and_then(|page| cx.document.service.pages.get(page));
    let mut own: Vec<(&str, &str)> = Vec::new();
    if let Some(style) = style {
        own.push(("limit", "page"));
        own.extend(style.numbered.then_some(("page", "page")));
        own.extend(style.cursors.then_some(("after", "page")));
        own.extend(style.cursors.then_some(("before", "page")));
    }
    own.extend(spec.sort.as_ref().map(|_| ("sort", "sort")));
    own.extend(spec.include.as_ref().map(|_| ("include", "include")));
    own.extend(spec.select.iter().map(|name| (name.as_str(), "select")));
    own.dedup();
    for (name, key) in own {
        let at = endpoint.at.key(key).name();
        wires.take(
            name.to_owned(),
            format!("`{name}` of `{key}:`"),
            at.clone(),
            SAME_WIRE,
            out,
        );
        methods.take(
            name.to_owned(),
            format!("`{name}` of `{key}:`"),
            at,
            RUST_KEY,
            out,
        );
    }
    let generation = cx.document.service.generations.get(&endpoint.group.version);
    for (name, filter) in spec.filters.iter() {
        let at = endpoint.at.key("filters").key(name);
        let base = chosen(filter.rust.as_ref(), name, at, out);
        for (index, op) in filter.ops.iter().enumerate() {
            // An operator that stands twice is an error of its own.
            if filter.ops[..index].contains(op) {
                continue;
            }
            let method = if op == "eq" {
                base.clone()
            } else {
                field_name(&format!("{base}_{op}"))
            };
            let what = format!("`{op}` of the filter `{name}`");
            let before = out.len();
            if let Some(spelling) = generation.and_then(|generation| generation.operators.get(op)) {
                wires.take(
                    spelling.replace("{}", name),
                    what.clone(),
                    at.name(),
                    SAME_WIRE,
                    out,
                );
            }
            if out.len() == before {
                parameter(&method, what, at.name(), &mut methods, out);
            }
        }
    }
    for (name, spec) in spec.query.iter() {
        let at = endpoint.at.key("query").key(name);
        let method = chosen(spec.rust.as_ref(), name, at, out);
        let what = format!("the parameter `{name}`");
        let before = out.len();
        wires.take(name.to_owned(), what.clone(), at.name(), SAME_WIRE, out);
        if out.len() == before {
            parameter(&method, what, at.name(), &mut methods, out);
        }
    }
}

/// The arguments of the method: what the path names, what the query requires, what is sent.
fn arguments(endpoint: &EndpointAt<'_>, out: &mut Diagnostics) {
    let place = format!("the method `{}`", endpoint.full_id());
    let spec = endpoint.spec;
    let mut taken = Taken::new(&place);
    let mut take = |name: String, what: String, at: SpecPath| {
        if ARGUMENTS.contains(&name.as_str()) {
            let why = "the method uses that name itself";
            reserved(&name, why, OTHER_NAME, at, out);
        } else {
            taken.take(name, what, at, RUST_KEY, out);
        }
    };
    let paths: Vec<&str> = endpoint.methods().map(|(_, path)| path).collect();
    let declared = At::root(&endpoint.group.file).key("path");
    for (name, parameter) in endpoint.group.path.iter() {
        if paths
            .iter()
            .any(|path| path.contains(&format!("{{{name}}}")))
        {
            let rust = parameter.rust.clone().unwrap_or_else(|| field_name(name));
            take(
                rust,
                format!("the path's `{name}`"),
                declared.key(name).name(),
            );
        }
    }
    for (name, filter) in spec.filters.iter() {
        let base = filter.rust.as_deref().unwrap_or(name);
        for op in &filter.required {
            let rust = if op == "eq" {
                field_name(base)
            } else {
                field_name(&format!("{base}_{op}"))
            };
            let at = endpoint.at.key("filters").key(name).name();
            take(rust, format!("`{op}` of the filter `{name}`"), at);
        }
    }
    for (name, parameter) in spec
        .query
        .iter()
        .filter(|(_, parameter)| parameter.required)
    {
        let rust = parameter.rust.clone().unwrap_or_else(|| field_name(name));
        take(
            rust,
            format!("the parameter `{name}`"),
            endpoint.at.key("query").key(name).name(),
        );
    }
    if let Some(body) = endpoint.body() {
        let at = endpoint
            .at
            .key(if body.is_list() { "takes" } else { "acts_on" })
            .value();
        let name = if body.is_list() {
            "items".to_owned()
        } else {
            field_name(&spec.acts_on)
        };
        take(name, "what is sent".to_owned(), at);
    }
}

fn parameter(name: &str, what: String, at: SpecPath, taken: &mut Taken<'_>, out: &mut Diagnostics) {
    if REQUEST_METHODS.contains(&name) {
        reserved(
            name,
            "every request has a method of that name",
            "give it another name by `rust:`",
            at,
            out,
        );
    } else {
        taken.take(name.to_owned(), what, at, RUST_KEY, out);
    }
}
