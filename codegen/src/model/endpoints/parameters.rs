//! The parameters of paths and queries.

use std::collections::HashMap;

use crate::{
    diagnostic::{At, Diagnostics},
    index::{EndpointAt, Home, placeholders},
    model::{
        Parameter, Role, Shape, Spelled, Ty,
        names::{FIELD, ParameterName, Request, chosen},
        refs,
        table::TypeTable,
        types,
    },
    spec,
};

/// Path parameters by name, each with its name in Rust; `None` if one is wrong.
pub(super) type Declared<'a> = HashMap<&'a str, (String, Option<Parameter>)>;

/// What the parameters of one group's endpoints are resolved against.
pub(super) struct Parameters<'a> {
    table: &'a TypeTable<'a>,
    home: Home,
    /// Those that the group declares for its paths.
    declared: Declared<'a>,
}

impl<'a> Parameters<'a> {
    /// Resolves those that a group declares for its paths.
    pub fn of_group(
        table: &'a TypeTable<'a>,
        home: Home,
        group: &'a spec::Group,
        at: At<'_>,
        out: &mut Diagnostics,
    ) -> Self {
        let mut parameters = Self {
            table,
            home,
            declared: HashMap::new(),
        };
        parameters.declared = parameters.of_paths(&group.path, at.key("path"), out);
        parameters
    }

    /// Resolves those that an endpoint declares for its own path.
    pub fn of_endpoint(&self, at: EndpointAt<'a>, out: &mut Diagnostics) -> Declared<'a> {
        self.of_paths(&at.spec.path, at.at.key("path"), out)
    }

    fn of_paths(
        &self,
        declared: &'a spec::Map<spec::Parameter>,
        at: At<'_>,
        out: &mut Diagnostics,
    ) -> Declared<'a> {
        let declared = declared.iter().map(|(name, spec)| {
            let at = at.key(name);
            let rust = chosen(&FIELD, spec.rust.as_ref(), name, at, out);
            let resolved = self.parameter((name, &rust), spec, Role::Path, at, out);
            let resolved = resolved.map(|parameter| Parameter {
                required: true,
                ..parameter
            });
            (name, (rust, resolved))
        });
        declared.collect()
    }

    /// The names of a call's parameters.
    pub fn names(
        &self,
        at: EndpointAt<'a>,
        own: &Declared<'_>,
        out: &mut Diagnostics,
    ) -> Request<'a> {
        let path = |name: &str| Some(own.get(name).or_else(|| self.declared.get(name))?.0.clone());
        Request::claim(self.table.cx, at, &path, out)
    }

    /// The parameters of a path, in its order.
    pub fn path(&self, path: &str, own: &Declared<'_>) -> Option<Vec<Parameter>> {
        let declared = |name| own.get(name).or_else(|| self.declared.get(name));
        placeholders(path)
            .map(|name| declared(name)?.1.clone())
            .collect()
    }

    /// The parameters of a query, in the docs' order.
    pub fn query(
        &self,
        at: EndpointAt<'a>,
        names: &Request<'a>,
        out: &mut Diagnostics,
    ) -> Option<Vec<Parameter>> {
        let spec = at.spec;
        let mut query = Vec::new();
        let service = &self.table.cx.document.service;
        let generation = service.generations.get(at.version().0);
        let operators = generation.map(Spelled::of).unwrap_or_default();
        for (field, filter) in spec.filters.iter() {
            let kind = at.at.key("filters").key(field).key("type");
            let ty = refs::parameter_type(self.table, self.home, &filter.kind, kind, out);
            for op in &filter.ops {
                query.push(ty.as_ref().and_then(|(ty, shape)| {
                    let named = names.filter(field, op)?;
                    let spelled = operators.iter().find(|it| it.operator.as_str() == op)?;
                    self::filter((field, spelled, named), filter, (ty.clone(), *shape))
                }));
            }
        }
        for (name, parameter) in spec.query.iter() {
            let place = at.at.key("query").key(name);
            let rust = names.parameter("query", name)?;
            query.push(self.parameter((name, rust), parameter, Role::Plain, place, out));
        }
        if let Some(text) = &spec.include {
            let include = at.at.key("include");
            let ty = refs::choice(self.table, self.home, text, include, out);
            query.push(ty.map(|ty| {
                let (ty, role) = (Ty::Named(ty), Role::Include);
                Parameter::new("include", "include", ty, Shape::Many, role)
            }));
        }
        query.into_iter().collect()
    }

    /// The parts of a form, in the spec's order.
    pub fn form(
        &self,
        at: EndpointAt<'a>,
        names: &Request<'a>,
        out: &mut Diagnostics,
    ) -> Option<Vec<Parameter>> {
        let parts = at.spec.form.iter().map(|(name, part)| {
            let place = at.at.key("form").key(name);
            let rust = names.parameter("form", name)?;
            if part.kind == "file" {
                return Some(file((name, rust), part));
            }
            self.parameter((name, rust), part, Role::Form, place, out)
        });
        // Every problem is reported.
        let parts: Vec<_> = parts.collect();
        parts.into_iter().collect()
    }

    /// The headers of a call, in the spec's order.
    pub fn headers(
        &self,
        at: EndpointAt<'a>,
        names: &Request<'a>,
        out: &mut Diagnostics,
    ) -> Option<Vec<Parameter>> {
        let headers = at.spec.headers.iter().map(|(name, header)| {
            let place = at.at.key("headers").key(name);
            let rust = names.parameter("headers", name)?;
            self.parameter((name, rust), header, Role::Header, place, out)
        });
        // Every problem is reported.
        let headers: Vec<_> = headers.collect();
        headers.into_iter().collect()
    }

    fn parameter(
        &self,
        (wire, rust): (&str, &str),
        spec: &spec::Parameter,
        role: Role,
        at: At<'_>,
        out: &mut Diagnostics,
    ) -> Option<Parameter> {
        let kind = at.key("type");
        let (ty, mut shape) = refs::parameter_type(self.table, self.home, &spec.kind, kind, out)?;
        if spec.explode && shape == Shape::Many {
            shape = Shape::Each;
        }
        Some(Parameter {
            required: spec.required,
            does: spec.does.clone(),
            range: types::bounds(spec.range.as_deref(), |end| Some(end.to_owned())),
            default: spec.default.clone(),
            deprecated: spec.deprecated.clone(),
            ..Parameter::new(wire, rust, ty, shape, role)
        })
    }
}

/// A file of a form.
fn file((wire, rust): (&str, &str), spec: &spec::Parameter) -> Parameter {
    Parameter {
        required: spec.required,
        does: spec.does.clone(),
        example: spec.example.clone(),
        file_types: spec.file_types.clone(),
        max_bytes: spec.max_bytes,
        deprecated: spec.deprecated.clone(),
        ..Parameter::new(wire, rust, Ty::Text, Shape::File, Role::Form)
    }
}

/// A filter on a field; `None` if it has no name.
fn filter(
    (field, spelled, named): (&str, &Spelled, &ParameterName),
    filter: &spec::Filter,
    (ty, mut shape): (Ty, Shape),
) -> Option<Parameter> {
    let op = spelled.operator;
    if spelled.lists {
        shape = Shape::Many;
    }
    if filter.explode && shape == Shape::Many {
        shape = Shape::Each;
    }
    let role = Role::Filter {
        field: field.to_owned(),
        op,
    };
    Some(Parameter {
        required: filter.required.iter().any(|it| it == op.as_str()),
        doubtful: filter.doubtful,
        does: filter.does.clone(),
        deprecated: filter.deprecated.clone(),
        ..Parameter::new(named.wire.as_deref()?, &named.rust, ty, shape, role)
    })
}

/// The values of parameters that are missing from the official lists.
pub(super) fn unlisted(spec: &spec::Endpoint, query: &mut [Parameter]) {
    for parameter in query {
        if let Some(members) = spec.unlisted.get(&parameter.wire) {
            parameter.unlisted = members.clone();
        }
    }
}
