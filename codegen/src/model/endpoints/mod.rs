//! Endpoints, resolved: method and path, parameters with their names in Rust, request and response.

mod batches;
mod inherits;
mod jobs;
mod known_as;
mod parameters;
mod selection;

use std::collections::HashMap;

use self::parameters::Parameters;
use super::{
    Added, Answer, Body, Endpoint, Group, Kind, Method, Repeat, Sort, Ty, TypeDef,
    descriptions::source_url,
    named_by,
    names::{Methods, Variants},
    needs::Needs,
    nesting::Nesting,
    pages,
    refs::{self, Side},
    sets,
    table::TypeTable,
};
use crate::{
    diagnostic::Diagnostics,
    index::{EndpointAt, GroupId, Home},
    spec::{self, Envelope},
};

/// Resolves the endpoints of each group as far as their references are valid.
pub(super) fn resolve(
    table: &TypeTable<'_>,
    needs: &Needs<'_>,
    nesting: &Nesting<'_>,
    out: &mut Diagnostics,
) -> Vec<Vec<Option<Endpoint>>> {
    let cx = table.cx;
    let mut variants = Variants::new();
    let groups = cx.groups().enumerate().map(|(at, (group, place))| {
        let mut resolver = Resolver {
            table,
            needs,
            id: GroupId(at),
            parameters: Parameters::of_group(table, Home::group(at), group, place, out),
            variants: &mut variants,
            methods: Methods::of_group(group, place, nesting.under(cx, at), out),
        };
        let endpoints = cx.endpoints_of(at);
        endpoints
            .map(|endpoint| resolver.endpoint(endpoint, out))
            .collect()
    });
    groups.collect()
}

/// Adds what follows from the resolved endpoints, and sets the range of each group's endpoints.
pub(super) fn finish(
    resolved: Vec<Vec<Option<Endpoint>>>,
    table: &TypeTable<'_>,
    groups: &mut [Group],
    types: &mut Vec<TypeDef>,
) -> Option<Vec<Endpoint>> {
    let cx = table.cx;
    let mut endpoints = Vec::new();
    let mut selections = HashMap::new();
    for ((own, (spec, _)), group) in resolved.into_iter().zip(cx.groups()).zip(groups) {
        let first = endpoints.len();
        for (endpoint, spec) in own.into_iter().zip(&spec.endpoints) {
            let mut endpoint = endpoint?;
            endpoint.server = group.server;
            if !spec.select.is_empty() {
                let by = selection::fields(table, &endpoint, types, &mut selections)?;
                endpoint.query.extend(selection::parameters(spec, by));
            }
            let mut exclusive = spec.at_most_one_of.clone();
            if let Some(page) = endpoint.page {
                let (_, style) = cx.document.service.pages.at(page.0);
                exclusive.extend(style.at_most_one_of.iter().cloned());
                endpoint.query.extend(pages::of_style(style));
                let walked = matches!(endpoint.answer, Answer::Page(_));
                endpoint.by_cursor = walked && style.numbered && style.cursors;
            }
            endpoint.at_most_one_of = sets::of(&endpoint.query, |it| it.wire.as_str(), &exclusive);
            parameters::unlisted(spec, &mut endpoint.query);
            if let Some(all) = &spec.all {
                batches::complete(&mut endpoint, all, types)?;
            }
            endpoint.named_by = named_by::of(&endpoint, types);
            or_nothing(&mut endpoint, types);
            // A response that reports on each item is read as such, whatever the fields are.
            let plain = matches!(endpoint.answer, Answer::Page(_) | Answer::One(_));
            endpoint.decoding = !spec.select.is_empty() && plain && !endpoint.writes;
            if let Some(job) = &spec.job {
                jobs::complete(&mut endpoint, job, types)?;
            }
            endpoints.push(endpoint);
        }
        inherits::complete(&mut endpoints[first..], &spec.endpoints);
        group.endpoints = first..endpoints.len();
    }
    Some(endpoints)
}

/// If a success may have no body, a value with a required field may be absent.
fn or_nothing(endpoint: &mut Endpoint, types: &[TypeDef]) {
    let bodiless = endpoint.success.contains(&204) && endpoint.success.len() > 1;
    let Answer::One(Ty::Named(id)) = endpoint.answer else {
        return;
    };
    let required = match &types[id.0].kind {
        Kind::Object { fields, .. } => fields.iter().any(|field| field.required),
        Kind::Choice(_) | Kind::Integers(_) | Kind::OneOf { .. } => true,
    };
    if bodiless && required {
        endpoint.answer = Answer::One(Ty::Nullable(Box::new(Ty::Named(id))));
    }
}

/// What the endpoints of one group are resolved against.
struct Resolver<'a, 'd> {
    table: &'a TypeTable<'a>,
    needs: &'a Needs<'a>,
    id: GroupId,
    parameters: Parameters<'a>,
    variants: &'a mut Variants<'d>,
    methods: Methods<'a>,
}

impl<'d> Resolver<'_, 'd> {
    fn endpoint(&mut self, at: EndpointAt<'d>, out: &mut Diagnostics) -> Option<Endpoint> {
        let (spec, group) = (at.spec, at.group);
        let service = &self.table.cx.document.service;
        let variant = self.variants.claim(at, out);
        let (call, request) = self.methods.endpoint(at, out);
        let all = self.methods.all(at, out);
        let all = all.map(|name| batches::begun(name, spec.all.as_ref()));
        let job = self.methods.job(at, out).map(jobs::begun);
        // Every part is resolved before a missing one ends it, so that every problem is reported.
        let scope = self.needs.scope(at, out);
        let or_scope = self.needs.or_scope(at, out);
        let also_needs = self.needs.also(at, out);
        let events = self.needs.events(at, out);
        let rate = self.needs.rate(at, out);
        let generation = self.needs.generation_of(at, out);
        let own = self.parameters.of_endpoint(at, out);
        let page = self.needs.page(at, out);
        let named = self.parameters.names(at, &own, out);
        let query = self.parameters.query(at, &named, out);
        let headers = self.parameters.headers(at, &named, out);
        let form = self.parameters.form(at, &named, out);
        let sort = self.sort(at, out);
        let body = self.body(at, &named.body, out);
        let answer = self.answer(at, out);
        let (method, path) = method(spec)?;
        let (event, fires) = events?;
        let answer = answer?;
        let source = spec.source.as_ref().unwrap_or(&group.source);
        Some(Endpoint {
            id: at.full_id(),
            variant,
            call,
            request,
            group: self.id,
            nested: false,
            guide: spec.guide.clone(),
            method,
            server: None,
            path: path.to_owned(),
            operation: spec.operation.clone(),
            known_as: known_as::of(spec),
            does: spec.does.clone(),
            note: spec.note.clone(),
            acts_on: spec.acts_on.clone(),
            thing: named.thing,
            writes: !at.reads(),
            reads_why: spec.reads.clone(),
            whole: spec.whole.clone(),
            scope: scope?,
            or_scope: or_scope?,
            also_needs: also_needs?,
            event,
            fires,
            generation: generation?,
            path_parameters: self.parameters.path(path, &own)?,
            query: query?,
            headers: headers?,
            form: form?,
            media_type: spec.media_type.clone(),
            needs_filter: spec.needs_filter,
            at_most_one_of: Vec::new(),
            page: page?,
            by_cursor: false,
            limit: spec.limit.clone(),
            sort: sort?,
            body: body?,
            all,
            job,
            inherits: None,
            named_by: Vec::new(),
            narrowed_by: None,
            decoding: false,
            partial: partial(spec, &answer),
            answer,
            envelope: envelope(spec, service.generations.get(at.version().0)?),
            success: spec.success.clone(),
            errors: spec.errors.clone(),
            money: spec.money,
            batch: spec.batch.clone(),
            concurrency: spec.concurrency.clone(),
            rate: rate?,
            repeat: repeat(spec, at.reads() || method.is_idempotent()),
            repeat_why: spec.repeat.as_ref().map(|repeat| repeat.why.clone()),
            deprecated: spec.deprecated.clone(),
            conflicts: spec.conflicts.clone(),
            source_url: source_url(service, source),
            source: source.clone(),
            docs: group.docs.clone(),
        })
    }

    fn sort(&self, at: EndpointAt<'_>, out: &mut Diagnostics) -> Option<Option<Sort>> {
        let Some(sort) = &at.spec.sort else {
            return Some(None);
        };
        let by = at.at.key("sort").key("by");
        Some(Some(Sort {
            by: refs::choice(self.table, at.home, &sort.by, by, out)?,
            direction: sort.direction,
            default: sort.default.clone(),
        }))
    }

    fn body(&self, at: EndpointAt<'_>, name: &str, out: &mut Diagnostics) -> Option<Option<Body>> {
        let Some(takes) = &at.spec.takes else {
            return Some(None);
        };
        let key = at.at.key("takes");
        // The types that BigCommerce sends to a provider are written like those of responses.
        let side = if at.group.inbound {
            Side::Answer
        } else {
            Side::Body
        };
        let ty = refs::written_type(self.table, at.home, takes, key, side, out)?;
        Some(Some(Body {
            ty,
            rust: name.to_owned(),
            optional: at.spec.optional_body,
        }))
    }

    /// The type of the data of the returned events.
    fn events(&self, at: EndpointAt<'_>, out: &mut Diagnostics) -> Option<Option<Ty>> {
        let Some(data) = &at.spec.events else {
            return Some(None);
        };
        let key = at.at.key("events");
        refs::written_type(self.table, at.home, data, key, Side::Answer, out).map(Some)
    }

    fn answer(&self, at: EndpointAt<'_>, out: &mut Diagnostics) -> Option<Answer> {
        let spec = at.spec;
        let key = at.at.key("returns");
        let ty = match spec.returns.as_str() {
            "none" => return Some(Answer::Nothing),
            "counts" => return Some(Answer::Counts),
            "file" => return Some(Answer::File),
            "events" => return self.events(at, out).map(Answer::Events),
            returns => refs::written_type(self.table, at.home, returns, key, Side::Answer, out)?,
        };
        let listed = spec.page.as_deref().is_some_and(|page| page != "none");
        Some(match ty {
            Ty::List(item) if listed => Answer::Page(*item),
            ty if spec.success.contains(&207) => Answer::Outcome(ty),
            ty => Answer::One(ty),
        })
    }
}

/// The type of the body of a 207: a list of what a full success returns, as a rule checks.
fn partial(spec: &spec::Endpoint, answer: &Answer) -> Option<Ty> {
    match answer {
        Answer::Outcome(ty) if spec.partial.is_some() => Some(Ty::List(Box::new(ty.clone()))),
        _ => None,
    }
}

/// Whether a call may be retried after an unknown outcome, if the spec says so; otherwise whether the `usual`
/// ones like it may.
fn repeat(spec: &spec::Endpoint, usual: bool) -> Repeat {
    let safety = spec.repeat.as_ref().map(|repeat| repeat.safe);
    match safety.unwrap_or_else(|| usual.into()) {
        spec::Safety::Safe => {}
        spec::Safety::Unsafe => return Repeat::Never,
        spec::Safety::Unknown => return Repeat::Unknown,
    }
    let unless = spec.repeat.iter().flat_map(|repeat| &repeat.unless);
    Repeat::Unless(unless.map(|field| Added::of(field)).collect())
}

fn envelope(spec: &spec::Endpoint, generation: &spec::Generation) -> Envelope {
    spec.envelope.unwrap_or(match spec.returns.as_str() {
        "none" => Envelope::None,
        "counts" => Envelope::Meta,
        "file" | "events" => Envelope::Flat,
        _ => generation.envelope,
    })
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
