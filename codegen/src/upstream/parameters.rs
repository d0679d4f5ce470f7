//! Compares the parameters of an operation's query with those of the endpoint.

use super::{
    Findings, Topic, draft,
    edit::Change,
    endpoint::{Pair, only},
    fields::Walk,
    form::{self, Form},
    limits, members,
    ours::{Members, Ours},
};
use crate::{
    bare_path::bare,
    diagnostic::At,
    import::{
        classes::Side,
        known,
        operation::{OfficialParameter, Operation},
        shape::{Kind, Shape},
    },
    spec::{self, Endpoint, Group, SortDirection},
    types::Prim,
};

/// A parameter of the spec, under its name on the wire.
struct Parameter<'a> {
    name: String,
    kind: Option<String>,
    required: bool,
    members: Option<Members<'a>>,
    /// It is the sort direction.
    is_direction: bool,
    deprecated: bool,
    /// How its values are sent, if the spec says it for this parameter.
    form: Option<Form>,
    /// Its own declaration, and where.
    said: Option<(&'a spec::Parameter, At<'a>)>,
}

/// The sort directions.
const DIRECTIONS: [&str; 2] = ["asc", "desc"];

/// The pagination parameters.
const PAGING: [&str; 4] = ["page", "limit", "before", "after"];

/// The parameters that continue from a position in a list, of which a pagination style has both.
const CURSORS: [&str; 2] = ["before", "after"];

/// The suffix of a pagination style with cursors.
const CURSOR: &str = "_cursor";

fn is_cursor(name: &str) -> bool {
    CURSORS.contains(&name)
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
            // Parameters declared for a path are also shown with its other methods. Its own declaration means
            // that the call concerns a single page, such as one that removes.
            .filter(|p| {
                let is_of_list = p.of_path && PAGING.contains(&p.name.as_str());
                operation.method == "get" || !is_of_list
            })
            .collect();
        for official in &theirs {
            let name = format!("parameter {}", official.name);
            let Some(own) = ours.iter().find(|p| p.name == official.name) else {
                found.missing(Topic::Parameter, &name);
                let style = self.paged(endpoint, &theirs);
                match style.filter(|_| is_cursor(&official.name)) {
                    Some(style) => found.mend(self.at, Change::of_endpoint("page", style)),
                    None => self.offer(group, endpoint, official, found),
                }
                continue;
            };
            if official.required != own.required {
                found.add(Topic::Required, &name, only("required", official.required));
            }
            self.parameter(&name, own, &official.shape, found);
            form::compare(&name, own.form, official, found);
            let deprecated = official.deprecated || official.shape.deprecated;
            if deprecated && !own.deprecated {
                found.add(
                    Topic::Deprecated,
                    &name,
                    "is deprecated officially but not here",
                );
                if let Some((_, at)) = own.said {
                    found.mend(at, Change::set("deprecated", serde_json::json!({})));
                }
            }
            // The size of a list's page is compared separately.
            if own.said.is_some() || !PAGING.contains(&official.name.as_str()) {
                let batch = endpoint.batch.as_ref();
                let most = batch.filter(|_| endpoint.takes.is_none());
                let most = most.map(|batch| batch.max);
                limits::of_parameter(&official.shape, own.said, most, &name, found);
                let item = match &official.shape.kind {
                    Kind::List(item) => item,
                    _ => &official.shape,
                };
                limits::multiple(item, own.kind.as_deref(), &name, found);
            }
        }
        for own in &ours {
            if !theirs.iter().any(|official| official.name == own.name) {
                found.extra(Topic::Parameter, &format!("parameter {}", own.name));
                let style = self.paged(endpoint, &theirs);
                if let Some(style) = style.filter(|_| own.said.is_none() && is_cursor(&own.name)) {
                    found.mend(self.at, Change::of_endpoint("page", style));
                }
            }
        }
    }

    /// The official pagination of a list that gained or lost its cursors, if that is certain: both of them
    /// did, and the spec has a style that differs only in them.
    fn paged(&self, endpoint: &Endpoint, theirs: &[&OfficialParameter]) -> Option<String> {
        let pages = &self.spec.document.service.pages;
        let own = endpoint.page.as_deref()?;
        let (from, to) = match own.strip_suffix(CURSOR) {
            Some(plain) => (pages.get(own)?, plain.to_owned()),
            None => (pages.get(own)?, format!("{own}{CURSOR}")),
        };
        let style = pages.get(&to)?;
        let has = |name: &&str| theirs.iter().any(|one| one.name == **name);
        let count = CURSORS.iter().filter(|name| has(name)).count();
        let is_whole = count == if style.cursors { CURSORS.len() } else { 0 };
        let is_same = from.numbered == style.numbered && from.keyed == style.keyed;
        (is_whole && is_same && from.cursors != style.cursors).then_some(to)
    }

    /// Compares the types of the path parameters. Their names are arbitrary, so they are matched by position.
    pub(super) fn path_parameters(
        &self,
        group: &'a Group,
        endpoint: &'a Endpoint,
        operation: &Operation,
        found: &mut Findings<'a>,
    ) {
        let Some((method, path)) = known::call(endpoint) else {
            return;
        };
        // A path that differs is reported as a whole.
        if bare(path) != bare(&operation.path) {
            return;
        }
        for (theirs, name) in holes(&operation.path).zip(holes(path)) {
            let mut all = operation.parameters.iter();
            let official = all.find(|one| one.place == "path" && one.name == theirs);
            let own = endpoint.path.get(name).or_else(|| group.path.get(name));
            let (Some(official), Some(own)) = (official, own) else {
                continue;
            };
            let ours = self.spec.written(&own.kind, self.home);
            let place = format!("path parameter {name}");
            let mut walk = Walk::new(self.spec, &self.official.arena, Side::Create);
            found.within(self.at.key(method), |found| {
                walk.value(&official.shape, &ours, &place, found);
                format(&official.shape, &ours, &place, found);
            });
        }
    }

    /// Adds a missing parameter where it belongs: a filter among the filters, anything else to the query.
    fn offer(
        &self,
        group: &Group,
        endpoint: &Endpoint,
        official: &OfficialParameter,
        found: &mut Findings<'a>,
    ) {
        let generation = self.spec.document.service.generations.get(&group.version);
        let operators = generation.map(|generation| generation.operators.iter());
        let known = operators.into_iter().flatten().find_map(|(op, pattern)| {
            let (front, back) = pattern.split_once("{}")?;
            let bare = official.name.strip_prefix(front)?.strip_suffix(back)?;
            (pattern != "{}").then_some((op, bare))
        });
        let entry = draft::parameter(&official.shape, official.required);
        let Some((op, field)) = known else {
            let query = serde_json::json!({ &official.name: entry });
            match endpoint.query.is_empty() {
                true => found.mend(self.at, Change::of_endpoint("query", query)),
                false => found.mend(self.at.key("query"), Change::set(&official.name, entry)),
            }
            return;
        };
        let item = match &official.shape.kind {
            Kind::List(item) => item,
            _ => &official.shape,
        };
        let mut filter = serde_json::json!({ "type": draft::plain(item), "ops": [op] });
        if let Some(question) = draft::members(item) {
            filter["todo"] = question.into();
        }
        match endpoint.filters.entry(field) {
            Some((field, _)) => {
                let at = self.at.key("filters").key(field).key("ops").own_value();
                found.mend_at(at, Change::Push(op.into()));
            }
            None if endpoint.filters.is_empty() => {
                let filters = serde_json::json!({ field: filter });
                found.mend(self.at, Change::of_endpoint("filters", filters));
            }
            None => found.mend(self.at.key("filters"), Change::set(field, filter)),
        }
    }

    /// The type and the values of a parameter that both have.
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
                members::texts(item)
            };
            members::members(name, &split, &members.names, Some(members.at), found);
        } else if own.is_direction {
            members::members(name, &members::texts(item), &DIRECTIONS, None, found);
        } else if let Some(kind) = &own.kind {
            let ours = self.spec.written(kind, self.home);
            let ours = match ours {
                Ours::List(item) => *item,
                other => other,
            };
            walk.value(item, &ours, name, found);
            format(item, &ours, name, found);
        }
    }

    /// Every query parameter of the endpoint.
    fn ours(&self, group: &Group, endpoint: &'a Endpoint) -> Vec<Parameter<'a>> {
        let generation = self.spec.document.service.generations.get(&group.version);
        let mut all = Vec::new();
        for (field, filter) in endpoint.filters.iter() {
            for op in &filter.ops {
                let listed = generation.is_some_and(|g| g.list_operators.contains(op));
                let many = listed || filter.kind.starts_with('[');
                let pattern = generation
                    .and_then(|g| g.operators.get(op))
                    .map(String::as_str);
                all.push(Parameter {
                    name: pattern.unwrap_or("{}").replace("{}", field),
                    kind: Some(filter.kind.clone()),
                    required: filter.required.contains(op),
                    members: None,
                    is_direction: false,
                    deprecated: filter.deprecated.is_some(),
                    form: Some(Form::new(many, filter.explode)),
                    said: None,
                });
            }
        }
        for (name, parameter) in endpoint.query.iter() {
            all.push(Parameter {
                name: name.to_owned(),
                kind: Some(parameter.kind.clone()),
                required: parameter.required,
                members: None,
                is_direction: false,
                deprecated: parameter.deprecated.is_some(),
                form: Some(Form::new(
                    parameter.kind.starts_with('['),
                    parameter.explode,
                )),
                said: Some((parameter, self.at.key("query").key(name))),
            });
        }
        let mut plain = |name: &str, members: Option<Members<'a>>| {
            all.push(Parameter {
                name: name.to_owned(),
                kind: None,
                required: false,
                members,
                is_direction: name == "direction",
                deprecated: false,
                form: None,
                said: None,
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
        if style.is_some_and(|style| style.keyed) {
            plain("after", None);
        }
        if style.is_some_and(|style| style.cursors) {
            plain("before", None);
            plain("after", None);
        }
        all
    }

    fn choice(&self, name: &str) -> Option<Members<'a>> {
        match self.spec.written(name, self.home) {
            Ours::Choice(members) => Some(*members),
            _ => None,
        }
    }
}

/// Compares the format of a string. A string without one may have any here.
fn format(shape: &Shape, ours: &Ours<'_>, place: &str, found: &mut Findings<'_>) {
    let (Kind::Text, Some(format)) = (&shape.kind, shape.format.as_deref()) else {
        return;
    };
    let theirs = match format {
        "date" => Prim::Date,
        "date-time" => Prim::DateTime,
        "uuid" => Prim::Uuid,
        _ => return,
    };
    let Ours::Prim(own @ (Prim::Date | Prim::DateTime | Prim::Uuid | Prim::String)) = ours else {
        return;
    };
    if *own != theirs {
        let own = own.as_str();
        let says = format!("has the format `{format}` officially but is `{own}` here");
        found.add(Topic::Format, place, says);
    }
}

/// The names of the parameters of a path, in order.
fn holes(path: &str) -> impl Iterator<Item = &str> {
    let names = path.split('/').map(|segment| segment.strip_prefix('{'));
    names.filter_map(|name| Some(name?.split_once('}')?.0))
}
