//! Methods of a handle, and the setters and arguments of a request.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::claims::{
    FIELD, OTHER_NAME, RENAME, RUST_KEY, SAME_WIRE, Taken, chosen, reserved,
};
use crate::{
    bare_names::is_taken_by_requests,
    diagnostic::{At, Diagnostics, SpecPath},
    index::{EndpointAt, Index},
    model::{field_name, type_name},
    spec::{Group, Parameter},
};

/// Methods that every request has.
const REQUEST_METHODS: &[&str] = &[
    "blocking",
    "by_cursor",
    "clone",
    "decoding",
    "into_future",
    "new",
    "pages",
    "send",
    "stream",
    "with_options",
];

/// Methods that every handle has.
const HANDLE_METHODS: &[&str] = &["clone", "deref", "new", "read_only"];

/// Arguments and variables that generated methods have.
const ARGUMENTS: &[&str] = &["call", "client", "self_"];

pub(in super::super) fn requests(cx: &Index<'_>, out: &mut Diagnostics) {
    for (_, name, parameter, at) in cx.path_parameters() {
        chosen(&FIELD, parameter.rust.as_ref(), name, at, out);
    }
    let mut below: HashMap<&str, Vec<(&Group, At<'_>)>> = HashMap::new();
    for (group, at) in cx.groups() {
        if let Some(under) = &group.under {
            below.entry(under).or_default().push((group, at));
        }
    }
    for (home, (group, _)) in cx.groups().enumerate() {
        let mut calls = Taken::new("the group's handle");
        for (below, at) in below.get(&*group.group).into_iter().flatten() {
            let Some(method) = &below.handle else {
                continue;
            };
            let method = method.split('(').next().unwrap_or_default().trim();
            let (name, at) = (field_name(method), at.key("handle").value());
            if HANDLE_METHODS.contains(&name.as_str()) {
                let why = "every handle has a method of that name";
                reserved(&name, why, OTHER_NAME, at, out);
            } else {
                let what = format!("the handle of `{}`", below.group);
                calls.take(name, what, at, RENAME, out);
            }
        }
        let mut times: HashMap<&str, usize> = HashMap::new();
        for endpoint in &group.endpoints {
            *times.entry(&endpoint.id).or_default() += 1;
        }
        for endpoint in cx.endpoints_of(home) {
            let (id, at) = (&endpoint.spec.id, endpoint.at.key("id").value());
            if times.get(id.as_str()) == Some(&1) {
                let name = field_name(id);
                let request = type_name(id);
                if is_taken_by_requests(&request) {
                    let why =
                        "generated code uses a type of that name where the request is declared";
                    reserved(&request, why, OTHER_NAME, at, out);
                } else if HANDLE_METHODS.contains(&name.as_str()) {
                    let why = "every handle has a method of that name";
                    reserved(&name, why, OTHER_NAME, at, out);
                } else {
                    let what = format!("`{}`", endpoint.full_id());
                    calls.take(name, what, at, RENAME, out);
                }
            }
            if let Some(all) = &endpoint.spec.all {
                let at = endpoint.at.key("all").key("name").value();
                let what = format!("`all` of `{}`", endpoint.full_id());
                calls.take(field_name(&all.name), what, at, RENAME, out);
            }
        }
    }
    for endpoint in cx.endpoints() {
        request(cx, &endpoint, out);
        arguments(&endpoint, out);
    }
}

fn request(cx: &Index<'_>, endpoint: &EndpointAt<'_>, out: &mut Diagnostics) {
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
        own.extend((style.cursors || style.keyed).then_some(("after", "page")));
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
    let generation = cx.document.service.generations.get(endpoint.version().0);
    for (name, filter) in spec.filters.iter() {
        let at = endpoint.at.key("filters").key(name);
        let base = chosen(&FIELD, filter.rust.as_ref(), name, at, out);
        let mut seen = HashSet::new();
        for op in &filter.ops {
            // An operator that stands twice is an error of its own.
            if !seen.insert(op) {
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
    if spec.optional_body {
        let at = endpoint.at.key("optional_body").name();
        let what = "`body` of `optional_body:`".to_owned();
        methods.take("body".to_owned(), what, at, RUST_KEY, out);
    }
    let (mut headers, mut form) = (Taken::new(&place), Taken::new(&place));
    for (key, name, spec) in endpoint.parameters() {
        let at = endpoint.at.key(key).key(name);
        let method = chosen(&FIELD, spec.rust.as_ref(), name, at, out);
        let (wires, wire, what) = match key {
            "headers" => (&mut headers, name.to_ascii_lowercase(), "the header"),
            "form" => (&mut form, name.to_owned(), "the part"),
            _ => (&mut wires, name.to_owned(), "the parameter"),
        };
        let what = format!("{what} `{name}`");
        let before = out.len();
        wires.take(wire, what.clone(), at.name(), SAME_WIRE, out);
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
    let segments = endpoint.methods().flat_map(|(_, path)| path.split('/'));
    let names = segments.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let names: BTreeSet<&str> = names.collect();
    for name in names {
        if let Some((name, parameter, at)) = endpoint.path_parameter(name) {
            let rust = parameter.rust.clone().unwrap_or_else(|| field_name(name));
            take(rust, format!("the path's `{name}`"), at.name());
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
    let required = |(_, _, parameter): &(_, _, &Parameter)| parameter.required;
    for (key, name, parameter) in endpoint.parameters().filter(required) {
        let rust = parameter.rust.clone().unwrap_or_else(|| field_name(name));
        let what = match key {
            "headers" => format!("the header `{name}`"),
            "form" => format!("the part `{name}`"),
            _ => format!("the parameter `{name}`"),
        };
        take(rust, what, endpoint.at.key(key).key(name).name());
    }
    if let Some(body) = endpoint.body().filter(|_| !spec.optional_body) {
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

fn parameter(name: &str, what: String, at: SpecPath, taken: &mut Taken, out: &mut Diagnostics) {
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
