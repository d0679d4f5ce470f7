//! Compares the parameters of an operation's query with what our endpoint sends.

use super::{
    Findings,
    endpoint::{Pair, only},
    fields::{self, Walk},
    ours::Ours,
};
use crate::{
    import::{
        classes::Side,
        operation::{OfficialParameter, Operation},
        shape::{Kind, Shape},
    },
    spec::{Endpoint, Group, SortDirection},
};

/// A parameter as the spec declares it, under the name it has on the wire.
struct Parameter<'a> {
    name: String,
    kind: Option<String>,
    required: bool,
    members: Option<Vec<&'a str>>,
}

impl<'a> Pair<'a> {
    /// Compares every parameter of the query.
    pub(super) fn parameters(
        &self,
        group: &'a Group,
        endpoint: &'a Endpoint,
        operation: &Operation,
        found: &mut Findings<'a>,
    ) {
        let ours = self.ours(group, endpoint);
        let theirs: Vec<&OfficialParameter> = operation
            .parameters
            .iter()
            .filter(|p| p.place == "query")
            .collect();
        for official in &theirs {
            let name = format!("parameter {}", official.name);
            let Some(own) = ours.iter().find(|p| p.name == official.name) else {
                found.missing("parameter", &name);
                continue;
            };
            if official.required != own.required {
                found.add("required", &name, only("required", official.required));
            }
            self.parameter(&name, own, &official.shape, found);
        }
        for own in &ours {
            if !theirs.iter().any(|official| official.name == own.name) {
                found.extra("parameter", &format!("parameter {}", own.name));
            }
        }
    }

    /// The type and the members of a parameter that both have.
    fn parameter(&self, name: &str, own: &Parameter<'_>, shape: &Shape, found: &mut Findings<'a>) {
        let item = match &shape.kind {
            Kind::List(item) => item,
            _ => shape,
        };
        let mut walk = Walk::new(self.spec, &self.official.arena, Side::Create);
        if let Some(members) = &own.members {
            let values: Vec<String> = item
                .values
                .iter()
                .filter_map(|value| value.as_str())
                .map(|text| text.split(':').next().unwrap_or(text).to_owned())
                .collect();
            let split = if name == "parameter sort" {
                values
            } else {
                fields::texts(item)
            };
            fields::members(name, &split, members, found);
        } else if let Some(kind) = &own.kind {
            let ours = self.spec.written(kind, self.home);
            let ours = match ours {
                Ours::List(item) => *item,
                other => other,
            };
            walk.value(item, &ours, name, found);
        }
    }

    /// Every parameter of the query that our endpoint sends.
    fn ours(&self, group: &Group, endpoint: &'a Endpoint) -> Vec<Parameter<'a>> {
        let generation = self.spec.document.service.generations.get(&group.version);
        let mut all = Vec::new();
        for (field, filter) in endpoint.filters.iter() {
            for op in &filter.ops {
                let pattern = generation
                    .and_then(|g| g.operators.get(op))
                    .map(String::as_str);
                all.push(Parameter {
                    name: pattern.unwrap_or("{}").replace("{}", field),
                    kind: Some(filter.kind.clone()),
                    required: filter.required.contains(op),
                    members: None,
                });
            }
        }
        for (name, parameter) in endpoint.query.iter() {
            all.push(Parameter {
                name: name.to_owned(),
                kind: Some(parameter.kind.clone()),
                required: parameter.required,
                members: None,
            });
        }
        let mut plain = |name: &str, members: Option<Vec<&'a str>>| {
            let name = name.to_owned();
            all.push(Parameter {
                name,
                kind: None,
                required: false,
                members,
            });
        };
        if let Some(include) = &endpoint.include {
            plain("include", self.choice(include));
        }
        for select in &endpoint.select {
            plain(select, None);
        }
        if let Some(sort) = &endpoint.sort {
            plain("sort", self.choice(&sort.by));
            if sort.direction == SortDirection::Separate {
                plain("direction", None);
            }
        }
        let style = endpoint
            .page
            .as_ref()
            .and_then(|p| self.spec.document.service.pages.get(p));
        if style.is_some_and(|style| style.numbered) {
            plain("page", None);
        }
        if style.is_some() {
            plain("limit", None);
        }
        if style.is_some_and(|style| style.cursors) {
            plain("before", None);
            plain("after", None);
        }
        all
    }

    fn choice(&self, name: &str) -> Option<Vec<&'a str>> {
        match self.spec.written(name, self.home) {
            Ours::Choice(members) => Some(members),
            _ => None,
        }
    }
}
