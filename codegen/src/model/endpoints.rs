//! Endpoints, resolved: method and path, parameters with their names in Rust, what goes out and what
//! comes back.

use std::collections::HashMap;

use super::{
    All, Answer, Area, Body, BuildError, Endpoint, Event, Gate, GenerationId, Group, GroupId, Home,
    Kind, Member, Method, PageId, Parameter, RateId, Role, STANDARD_RATE, Scope, ScopeId, Shape,
    Sort, Ty, TypeDef, TypeId,
    build::{event, source_url},
    facts, names,
    types::{self, TypeTable},
};
use crate::{
    spec::{self, Document, Envelope},
    types::{Prim, TypeExpr},
};

/// What the endpoints of one group are resolved against.
struct Context<'a> {
    document: &'a Document,
    table: &'a TypeTable<'a>,
    areas: &'a [Area],
    scopes: &'a [Scope],
    events: &'a [Event],
    group: &'a spec::Group,
    id: GroupId,
    generation: &'a spec::Generation,
    generation_id: GenerationId,
}

/// Resolves the endpoints of all groups, and tells each group where its own stand.
pub(super) fn build(
    document: &Document,
    table: &TypeTable<'_>,
    areas: &[Area],
    scopes: &[Scope],
    events: &[Event],
    groups: &mut [Group],
    types: &mut Vec<TypeDef>,
) -> Result<Vec<Endpoint>, BuildError> {
    let mut endpoints = Vec::new();
    let mut selections = HashMap::new();
    for (at, group) in document.groups.iter().enumerate() {
        let first = endpoints.len();
        let generation_id = groups[at].generation;
        let (_, generation) = document.service.generations.at(generation_id.0);
        let id = GroupId(at);
        let context = Context {
            document,
            table,
            areas,
            scopes,
            events,
            group,
            id,
            generation,
            generation_id,
        };
        for spec in &group.endpoints {
            let mut endpoint = context.endpoint(spec)?;
            if !spec.select.is_empty() {
                let by = selection(&endpoint, types, &mut selections)?;
                context.select(spec, by, &mut endpoint);
            }
            context.turn_pages(spec, &mut endpoint)?;
            unlisted(spec, &mut endpoint);
            endpoint.all = all(spec, &endpoint)?;
            endpoints.push(endpoint);
        }
        groups[at].endpoints = first..endpoints.len();
    }
    Ok(endpoints)
}

impl Context<'_> {
    fn endpoint(&self, spec: &spec::Endpoint) -> Result<Endpoint, BuildError> {
        let (method, path) = method(spec)
            .ok_or_else(|| BuildError(format!("`{}` has no method and path", spec.id)))?;
        let writes = method.writes();
        let envelope = self.envelope(spec);
        let source = spec.source.as_ref().unwrap_or(&self.group.source);
        let resolve = |scopes: &[String]| {
            scopes
                .iter()
                .map(|scope| event(self.events, scope))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Endpoint {
            id: format!("{}.{}", self.group.group, spec.id),
            variant: names::type_name(&format!("{}_{}", self.group.group, spec.id)),
            call: names::field_name(&spec.id),
            request: names::type_name(&spec.id),
            group: self.id,
            guide: spec.guide.clone(),
            method,
            path: path.to_owned(),
            operation: spec.operation.clone(),
            does: spec.does.clone(),
            note: spec.note.clone(),
            acts_on: spec.acts_on.clone(),
            writes,
            scope: self.scope(spec, writes)?,
            event: spec
                .event
                .as_deref()
                .map(|scope| event(self.events, scope))
                .transpose()?,
            fires: resolve(&spec.fires)?,
            generation: self.generation_id,
            path_parameters: self.path_parameters(path)?,
            query: self.query(spec)?,
            needs_filter: spec.needs_filter,
            at_most_one_of: spec.at_most_one_of.clone(),
            page: self.page(spec)?,
            limit: spec.limit.clone(),
            sort: self.sort(spec)?,
            body: self.body(spec)?,
            all: None,
            answer: self.answer(spec)?,
            partial: spec
                .partial
                .as_deref()
                .map(|ty| types::written_ty(self.table, ty, self.home()))
                .transpose()?,
            envelope,
            success: spec.success.clone(),
            errors: spec.errors.clone(),
            concurrency: spec.concurrency.clone(),
            rate: self.rate(spec)?,
            repeatable: match &spec.repeat {
                Some(repeat) => repeat.safe,
                None => method.is_idempotent(),
            },
            repeat_why: spec.repeat.as_ref().map(|repeat| repeat.why.clone()),
            deprecated: spec.deprecated.clone(),
            conflicts: spec.conflicts.clone(),
            source_url: source_url(&self.document.service, source),
            source: source.clone(),
            docs: self.group.docs.clone(),
        })
    }

    fn home(&self) -> Home {
        Home::Group(self.id)
    }

    fn envelope(&self, spec: &spec::Endpoint) -> Envelope {
        spec.envelope.unwrap_or(match spec.returns.as_str() {
            "none" => Envelope::None,
            "counts" => Envelope::Meta,
            _ => self.generation.envelope,
        })
    }

    fn scope(&self, spec: &spec::Endpoint, writes: bool) -> Result<ScopeId, BuildError> {
        let usual = if writes { "modify" } else { "read" };
        let (area, level) = match &spec.scope {
            Some(scope) => scope.split_once('.').unwrap_or((scope, usual)),
            None => (self.group.scope.as_str(), usual),
        };
        self.scopes
            .iter()
            .position(|scope| scope.key == level && self.areas[scope.area].name == area)
            .map(ScopeId)
            .ok_or_else(|| BuildError(format!("no scope `{area}.{level}`")))
    }

    fn page(&self, spec: &spec::Endpoint) -> Result<Option<PageId>, BuildError> {
        let Some(page) = spec.page.as_deref().filter(|page| *page != "none") else {
            return Ok(None);
        };
        let at = self.document.service.pages.position(page).map(PageId);
        at.map(Some)
            .ok_or_else(|| BuildError(format!("no page style `{page}`")))
    }

    fn rate(&self, spec: &spec::Endpoint) -> Result<RateId, BuildError> {
        let rate = spec.rate.as_deref().unwrap_or(STANDARD_RATE);
        let at = self.document.service.rates.position(rate).map(RateId);
        at.ok_or_else(|| BuildError(format!("no rate limit `{rate}`")))
    }

    fn path_parameters(&self, path: &str) -> Result<Vec<Parameter>, BuildError> {
        placeholders(path)
            .map(|name| {
                let spec = self
                    .group
                    .path
                    .get(name)
                    .ok_or_else(|| BuildError(format!("no path parameter `{name}`")))?;
                let mut parameter = self.parameter(name, spec, Role::Path)?;
                parameter.required = true;
                Ok(parameter)
            })
            .collect()
    }

    fn query(&self, spec: &spec::Endpoint) -> Result<Vec<Parameter>, BuildError> {
        let mut query = Vec::new();
        for (field, filter) in spec.filters.iter() {
            for op in &filter.ops {
                query.push(self.filter(field, filter, op)?);
            }
        }
        for (name, parameter) in spec.query.iter() {
            query.push(self.parameter(name, parameter, Role::Plain)?);
        }
        if let Some(include) = &spec.include {
            query.push(Parameter {
                wire: "include".to_owned(),
                rust: "include".to_owned(),
                ty: types::written_ty(self.table, include, self.home())?,
                shape: Shape::Many,
                role: Role::Include,
                required: false,
                docs: vec!["Adds these parts to what comes back.".to_owned()],
                unlisted: Vec::new(),
                deprecated: None,
            });
        }
        Ok(query)
    }

    fn filter(
        &self,
        field: &str,
        filter: &spec::Filter,
        op: &str,
    ) -> Result<Parameter, BuildError> {
        let spelling = self
            .generation
            .operators
            .get(op)
            .ok_or_else(|| BuildError(format!("no operator `{op}`")))?;
        let (ty, mut shape) = self.parameter_ty(&filter.kind)?;
        if self.generation.list_operators.iter().any(|list| list == op) {
            shape = Shape::Many;
        }
        let base = filter.rust.clone().unwrap_or_else(|| field.to_owned());
        let rust = if op == "eq" {
            base
        } else {
            format!("{base}_{op}")
        };
        let mut docs = vec![format!("Only those whose `{field}` {}.", condition(op))];
        docs.extend(filter.does.clone());
        Ok(Parameter {
            wire: spelling.replace("{}", field),
            rust: names::field_name(&rust),
            ty,
            shape,
            role: Role::Filter {
                field: field.to_owned(),
                op: op.to_owned(),
            },
            required: filter.required.iter().any(|required| required == op),
            docs,
            unlisted: Vec::new(),
            deprecated: filter.deprecated.clone(),
        })
    }

    fn parameter(
        &self,
        name: &str,
        spec: &spec::Parameter,
        role: Role,
    ) -> Result<Parameter, BuildError> {
        let (ty, shape) = self.parameter_ty(&spec.kind)?;
        let mut docs: Vec<String> = spec.does.clone().into_iter().collect();
        let mut facts = facts::phrase(&ty);
        if let Some(range) = &spec.range {
            let (low, high) = types::bounds(Some(range), |end| Some(end.to_owned()));
            if let Some(span) = facts::span(&low, &high) {
                facts += &format!(", {span}");
            }
        }
        if let Some(default) = &spec.default {
            facts += &format!(", `{default}` when left out");
        }
        if !facts.is_empty() {
            docs.push(facts + ".");
        }
        if docs.is_empty() {
            docs.push(format!("The parameter `{name}`."));
        }
        Ok(Parameter {
            wire: name.to_owned(),
            rust: spec.rust.clone().unwrap_or_else(|| names::field_name(name)),
            ty,
            shape,
            role,
            required: spec.required,
            docs,
            unlisted: Vec::new(),
            deprecated: spec.deprecated.clone(),
        })
    }

    fn parameter_ty(&self, kind: &str) -> Result<(Ty, Shape), BuildError> {
        Ok(match types::parse(kind)? {
            TypeExpr::List(inner) => (self.table.ty(&inner, self.home(), None)?, Shape::Many),
            TypeExpr::Prim(Prim::Flag) => (Ty::Bool, Shape::Flag),
            other => (self.table.ty(&other, self.home(), None)?, Shape::One),
        })
    }

    fn select(&self, spec: &spec::Endpoint, by: TypeId, endpoint: &mut Endpoint) {
        for name in &spec.select {
            let does = if name.starts_with("exclude") {
                "Leaves these fields out; the id always comes."
            } else {
                "Brings only these fields and the id; every other one is absent."
            };
            endpoint.query.push(Parameter {
                wire: name.clone(),
                rust: names::field_name(name),
                ty: Ty::Named(by),
                shape: Shape::Many,
                role: Role::Select,
                required: false,
                docs: vec![does.to_owned()],
                unlisted: Vec::new(),
                deprecated: None,
            });
        }
    }

    /// The parameters that a paging style brings along.
    fn turn_pages(&self, spec: &spec::Endpoint, endpoint: &mut Endpoint) -> Result<(), BuildError> {
        let Some(page) = endpoint.page else {
            return Ok(());
        };
        let (_, style) = self.document.service.pages.at(page.0);
        endpoint
            .at_most_one_of
            .extend(style.at_most_one_of.iter().cloned());
        let mut add = |name: &str, ty: Ty, docs: String| {
            endpoint.query.push(Parameter {
                wire: name.to_owned(),
                rust: name.to_owned(),
                ty,
                shape: Shape::One,
                role: Role::Page,
                required: false,
                docs: vec![docs],
                unlisted: Vec::new(),
                deprecated: None,
            });
        };
        if style.numbered {
            add(
                "page",
                Ty::Int,
                "The page to answer, counted from 1.".to_owned(),
            );
        }
        let limit = match &spec.limit {
            Some(limit) => {
                let mut text = format!(
                    "How many items a page holds: {} when nothing is asked",
                    limit.default
                );
                text += &format!(", at most {}", limit.max);
                if limit.unstated {
                    text += " by common practice";
                }
                text += ".";
                limit
                    .note
                    .iter()
                    .fold(text, |text, note| format!("{text} {note}"))
            }
            None => "How many items a page holds.".to_owned(),
        };
        add("limit", Ty::Int, limit);
        if style.cursors {
            add("after", Ty::Text, "The page behind this cursor.".to_owned());
            add(
                "before",
                Ty::Text,
                "The page in front of this cursor.".to_owned(),
            );
        }
        Ok(())
    }

    fn sort(&self, spec: &spec::Endpoint) -> Result<Option<Sort>, BuildError> {
        let Some(sort) = &spec.sort else {
            return Ok(None);
        };
        Ok(Some(Sort {
            by: self.table.written(&sort.by, self.home())?,
            direction: sort.direction,
            default: sort.default.clone(),
        }))
    }

    fn body(&self, spec: &spec::Endpoint) -> Result<Option<Body>, BuildError> {
        let Some(takes) = &spec.takes else {
            return Ok(None);
        };
        let (ty, many) = match types::written_ty(self.table, takes, self.home())? {
            Ty::Named(ty) => (ty, false),
            Ty::List(inner) => match *inner {
                Ty::Named(ty) => (ty, true),
                _ => return Err(BuildError(format!("`{takes}` cannot be sent"))),
            },
            _ => return Err(BuildError(format!("`{takes}` cannot be sent"))),
        };
        Ok(Some(Body {
            ty,
            many,
            batch: spec.batch.clone(),
        }))
    }

    fn answer(&self, spec: &spec::Endpoint) -> Result<Answer, BuildError> {
        let ty = match spec.returns.as_str() {
            "none" => return Ok(Answer::Nothing),
            "counts" => return Ok(Answer::Counts),
            returns => types::written_ty(self.table, returns, self.home())?,
        };
        let listed = spec.page.as_deref().is_some_and(|page| page != "none");
        Ok(match ty {
            Ty::List(item) if listed => Answer::Page(*item),
            ty if spec.success.contains(&207) => Answer::Outcome(ty),
            ty => Answer::One(ty),
        })
    }
}

/// What parameters take beyond the official lists.
fn unlisted(spec: &spec::Endpoint, endpoint: &mut Endpoint) {
    for parameter in &mut endpoint.query {
        if let Some(members) = spec.unlisted.get(&parameter.wire) {
            parameter.unlisted = members.clone();
            let members: Vec<_> = members.iter().map(|it| format!("`{it}`")).collect();
            parameter.docs.push(format!(
                "The official list lacks {}; whether they are taken is not confirmed.",
                members.join(", ")
            ));
        }
    }
}

/// The call for any number of items.
fn all(spec: &spec::Endpoint, endpoint: &Endpoint) -> Result<Option<All>, BuildError> {
    let Some(all) = &spec.all else {
        return Ok(None);
    };
    let by = match &all.by {
        None => None,
        Some(by) => Some(
            endpoint
                .query
                .iter()
                .position(|parameter| parameter.wire == *by)
                .ok_or_else(|| BuildError(format!("no parameter `{by}`")))?,
        ),
    };
    Ok(Some(All {
        name: names::field_name(&all.name),
        by,
    }))
}

/// The enumeration of the fields that an endpoint's answer has, made once for each type.
fn selection(
    endpoint: &Endpoint,
    types: &mut Vec<TypeDef>,
    made: &mut HashMap<TypeId, TypeId>,
) -> Result<TypeId, BuildError> {
    let (Answer::Page(ty) | Answer::One(ty) | Answer::Outcome(ty)) = &endpoint.answer else {
        return Err(BuildError(format!(
            "`{}` answers nothing to select from",
            endpoint.id
        )));
    };
    // A list that comes whole is selected from like a page.
    let item = match ty {
        Ty::List(item) => item,
        ty => ty,
    };
    let Ty::Named(of) = item else {
        return Err(BuildError(format!(
            "`{}` answers nothing to select from",
            endpoint.id
        )));
    };
    if let Some(id) = made.get(of) {
        return Ok(*id);
    }
    let model = &types[of.0];
    let Kind::Object { fields, .. } = &model.kind else {
        return Err(BuildError(format!(
            "`{}` answers nothing to select from",
            endpoint.id
        )));
    };
    let members = fields
        .iter()
        .map(|field| Member {
            wire: field.wire.clone(),
            rust: names::type_name(&field.wire),
            does: None,
            deprecated: field.deprecated.clone(),
        })
        .collect();
    let id = TypeId(types.len());
    let selection = TypeDef {
        home: model.home,
        name: format!("{}Field", model.name),
        schema: model.schema.clone(),
        view: None,
        does: format!(
            "The fields of `{}` that a call can ask for or leave out.",
            model.name
        ),
        notes: Vec::new(),
        official: None,
        key: None,
        unique: Vec::new(),
        kind: Kind::Choice(members),
        gate: Gate::Always,
    };
    types.push(selection);
    made.insert(*of, id);
    Ok(id)
}

fn method(spec: &spec::Endpoint) -> Option<(Method, &str)> {
    [
        (Method::Get, &spec.get),
        (Method::Post, &spec.post),
        (Method::Put, &spec.put),
        (Method::Patch, &spec.patch),
        (Method::Delete, &spec.delete),
    ]
    .into_iter()
    .find_map(|(method, path)| path.as_deref().map(|path| (method, path)))
}

/// The names between braces in a path.
fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
}

/// What an operator asks of a field, as the end of a sentence.
fn condition(op: &str) -> &'static str {
    match op {
        "eq" => "is this",
        "in" => "is one of these",
        "not_in" => "is none of these",
        "not" => "is not this",
        "min" => "is at least this",
        "max" => "is at most this",
        "greater" => "is greater than this",
        "less" => "is less than this",
        "like" => "contains this",
        _ => "meets this condition",
    }
}
