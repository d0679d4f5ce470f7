//! The names of a call's parameters: setters of the request, arguments of the method, and how each is sent.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    claims::{
        FIELD, GIVE_ANOTHER, OTHER_NAME, RUST_KEY, SAME_WIRE, Taken, Thing, What, chosen, reserved,
        what,
    },
    field_name,
    reserved::{ARGUMENTS, REQUEST_METHODS},
};
use crate::{
    diagnostic::Diagnostics,
    index::{EndpointAt, Index, placeholders},
    model::{Operator, pages},
};

/// The names of a parameter.
#[derive(Clone, Debug)]
pub(in crate::model) struct ParameterName {
    /// As it is sent; `None` if the generation has no such operator.
    pub wire: Option<String>,
    /// In Rust.
    pub rust: String,
}

/// The names of one call's parameters.
pub(in crate::model) struct Request<'a> {
    /// Those of filters, by field and operator.
    filters: HashMap<(&'a str, &'a str), ParameterName>,
    /// Those that the endpoint describes individually, by their key and name.
    parameters: HashMap<(&'static str, &'a str), String>,
    /// The resource that the endpoint reads or changes, as a variable.
    pub thing: String,
    /// The argument or setter for the request body.
    pub body: String,
}

impl<'a> Request<'a> {
    /// Claims the names of an endpoint. `path` has those of its path parameters.
    pub fn claim(
        cx: &Index<'_>,
        endpoint: EndpointAt<'a>,
        path: &dyn Fn(&str) -> Option<String>,
        out: &mut Diagnostics,
    ) -> Self {
        let thing = field_name(&endpoint.spec.acts_on);
        let mut names = Self {
            filters: HashMap::new(),
            parameters: HashMap::new(),
            body: match cx.body(endpoint) {
                _ if endpoint.spec.optional_body => "body".to_owned(),
                Some(body) if body.expr.is_list() => "items".to_owned(),
                _ => thing.clone(),
            },
            thing,
        };
        names.setters(cx, endpoint, out);
        names.arguments(cx, endpoint, path, out);
        names
    }

    /// The names of an operator on a field.
    pub fn filter(&self, field: &'a str, op: &'a str) -> Option<&ParameterName> {
        self.filters.get(&(field, op))
    }

    /// The name in Rust of a parameter under `key`.
    pub fn parameter(&self, key: &'static str, name: &'a str) -> Option<&str> {
        self.parameters.get(&(key, name)).map(String::as_str)
    }

    fn setters(&mut self, cx: &Index<'_>, endpoint: EndpointAt<'a>, out: &mut Diagnostics) {
        let spec = endpoint.spec;
        let scope = what("the request of `{}.{}`", [&endpoint.group.group, &spec.id]);
        let brought = brought(cx, endpoint);
        let mut setters = Setters(Taken::new(scope));
        let (mut wires, mut headers, mut form) =
            (Taken::new(scope), Taken::new(scope), Taken::new(scope));
        for (name, key) in &brought {
            let thing = what("`{}` of `{}:`", [name, key]).at_name(endpoint.at.key(key));
            wires.take(name, thing, SAME_WIRE, out);
            setters.0.take(name, thing, RUST_KEY, out);
        }
        let generation = cx.document.service.generations.get(endpoint.version().0);
        for (field, filter) in spec.filters.iter() {
            let at = endpoint.at.key("filters").key(field);
            let base = chosen(&FIELD, filter.rust.as_ref(), field, at, out);
            let mut seen = HashSet::new();
            for op in &filter.ops {
                // A duplicate operator is reported separately.
                if !seen.insert(op) {
                    continue;
                }
                let rust = if Operator::named(op) == Some(Operator::Eq) {
                    base.clone()
                } else {
                    field_name(&format!("{base}_{op}"))
                };
                let spelling = generation.and_then(|it| it.operators.get(op));
                let wire = spelling.map(|spelling| spelling.replace("{}", field));
                let thing = what("`{}` of the filter `{}`", [op, field]).at_name(at);
                let before = out.len();
                if let Some(wire) = &wire {
                    wires.take(wire, thing, SAME_WIRE, out);
                }
                if out.len() == before {
                    setters.claim(&rust, thing, out);
                }
                self.filters
                    .insert((field, op), ParameterName { wire, rust });
            }
        }
        if spec.optional_body {
            let at = endpoint.at.key("optional_body");
            let thing = what("`body` of `optional_body:`", []).at_name(at);
            setters.0.take(&self.body, thing, RUST_KEY, out);
        }
        for (key, name, spec) in endpoint.parameters() {
            let at = endpoint.at.key(key).key(name);
            let rust = chosen(&FIELD, spec.rust.as_ref(), name, at, out);
            let (wires, wire) = match key {
                "headers" => (&mut headers, name.to_ascii_lowercase()),
                "form" => (&mut form, name.to_owned()),
                _ => (&mut wires, name.to_owned()),
            };
            let thing = described(key, name).at_name(at);
            let before = out.len();
            wires.take(&wire, thing, SAME_WIRE, out);
            if out.len() == before {
                setters.claim(&rust, thing, out);
            }
            self.parameters.insert((key, name), rust);
        }
    }

    /// The arguments of the method: path parameters, required parameters, and the body.
    fn arguments(
        &self,
        cx: &Index<'_>,
        endpoint: EndpointAt<'a>,
        path: &dyn Fn(&str) -> Option<String>,
        out: &mut Diagnostics,
    ) {
        let spec = endpoint.spec;
        let scope = what("the method `{}.{}`", [&endpoint.group.group, &spec.id]);
        let mut taken = Taken::new(scope);
        let mut take = |name: &str, thing: Thing<'a>| {
            if ARGUMENTS.contains(&name) {
                let why = "the method uses that name itself";
                reserved(name, why, OTHER_NAME, thing.place(), out);
            } else {
                taken.take(name, thing, RUST_KEY, out);
            }
        };
        let names = endpoint.methods().flat_map(|(_, path)| placeholders(path));
        let names: BTreeSet<&str> = names.collect();
        for name in names {
            if let (Some(rust), Some((name, _, at))) = (path(name), endpoint.path_parameter(name)) {
                take(&rust, what("the path's `{}`", [name]).at_name(at));
            }
        }
        for (field, filter) in spec.filters.iter() {
            let at = endpoint.at.key("filters").key(field);
            for op in &filter.required {
                if let Some(named) = self.filter(field, op) {
                    let thing = what("`{}` of the filter `{}`", [op, field]).at_name(at);
                    take(&named.rust, thing);
                }
            }
        }
        for (key, name, _) in endpoint.parameters().filter(|(.., it)| it.required) {
            if let Some(rust) = self.parameter(key, name) {
                let at = endpoint.at.key(key).key(name);
                take(rust, described(key, name).at_name(at));
            }
        }
        if let Some(body) = cx.body(endpoint).filter(|_| !spec.optional_body) {
            let is_list = body.expr.is_list();
            let key = if is_list { "takes" } else { "acts_on" };
            take(
                &self.body,
                what("what is sent", []).at_value(endpoint.at.key(key)),
            );
        }
    }
}

/// The methods of a request that set its contents.
struct Setters<'a>(Taken<'a>);

impl<'a> Setters<'a> {
    fn claim(&mut self, name: &str, thing: Thing<'a>, out: &mut Diagnostics) {
        if REQUEST_METHODS.contains(&name) {
            let why = "every request has a method of that name";
            reserved(name, why, GIVE_ANOTHER, thing.place(), out);
        } else {
            self.0.take(name, thing, RUST_KEY, out);
        }
    }
}

/// The parameters that follow from other keys, each with its key.
fn brought<'a>(cx: &Index<'_>, endpoint: EndpointAt<'a>) -> Vec<(String, &'a str)> {
    let spec = endpoint.spec;
    let page = spec.page.as_deref();
    let style = page.and_then(|page| cx.document.service.pages.get(page));
    let pages = style.into_iter().flat_map(pages::of_style);
    let mut brought: Vec<_> = pages.map(|it| (it.rust, "page")).collect();
    brought.extend(spec.sort.iter().map(|_| ("sort".to_owned(), "sort")));
    brought.extend(
        spec.include
            .iter()
            .map(|_| ("include".to_owned(), "include")),
    );
    brought.extend(spec.select.iter().map(|name| (name.clone(), "select")));
    brought.dedup();
    brought
}

/// A parameter under `key`, in a sentence.
fn described<'a>(key: &str, name: &'a str) -> What<'a> {
    let form = match key {
        "headers" => "the header `{}`",
        "form" => "the part `{}`",
        _ => "the parameter `{}`",
    };
    what(form, [name])
}
