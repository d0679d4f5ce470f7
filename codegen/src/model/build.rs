//! The passes that turn a document into the model, in one readable function.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::{
    Api, Area, Caller, Event, EventId, Family, GenerationId, Group, GroupId, Scope, ScopeId,
    Spelled, descriptions, endpoints, feature, gates, glossary, inside,
    names::{self, GroupNames, Handles, RENAME, Taken, what},
    needs::Needs,
    nesting, official,
    refs::{self, Side},
    schema,
    table::TypeTable,
    types,
};
use crate::{
    diagnostic::{At, Diagnostics},
    index::{Home, Index},
    spec,
};

/// Resolves a document into the API, and reports each unresolved reference. With one, there is no API.
pub(crate) fn resolve(cx: &Index<'_>, out: &mut Diagnostics) -> Option<Api> {
    let document = cx.document;
    let needs = Needs::of(cx);
    needs.standard_rate(out);
    let table = TypeTable::declare(cx, out);
    let types = types::resolve(&table, out);
    let (areas, scopes) = scopes(&document.scopes, out);
    let names = names::groups(cx, &table.handles, out)
        .into_iter()
        .zip(&table.handles);
    let groups: Vec<_> = cx
        .groups()
        .zip(names)
        .enumerate()
        .map(|(id, ((one, at), names))| {
            let id = GroupId(id);
            group(id, one, at, names, &document.service, &needs, out)
        })
        .collect();
    let events = events(&document.events, &table, out);
    let at = At::root("events.yaml").key("delivery");
    let delivery = &document.events.delivery;
    let delivery = refs::written_type(&table, Home::Events, delivery, at, Side::Answer, out);
    let glossary = glossary::resolve(cx, out);
    let nesting = nesting::resolve(cx, out);
    let resolved = endpoints::resolve(&table, &needs, &nesting, out);
    let (mut types, mut groups) = (types?, groups.into_iter().collect::<Option<Vec<_>>>()?);
    let events = events?;
    let mut endpoints = endpoints::finish(resolved, &table, &mut groups, &mut types)?;
    nesting::finish(cx, &nesting, &table.handles, &mut groups, &mut endpoints)?;
    gates::box_cycles(&mut types);
    gates::assign(&mut types, &groups, &endpoints);
    let (schemas, schema_ids) = schema::all(&types);
    let caller = caller(document);
    let mut api = Api {
        caller,
        releases: releases(&document.service),
        operators: operators(&document.service),
        service: document.service.clone(),
        features: feature::all(&groups),
        groups,
        endpoints,
        areas,
        scopes,
        scopes_do: document.scopes.does.clone(),
        granted_unasked: document.scopes.granted_unasked.clone(),
        families: families(&events),
        events,
        wildcards: document.events.wildcards.clone(),
        events_do: document.events.does.clone(),
        event_notes: document.events.notes.clone(),
        signing: document.events.signing.clone(),
        retries: document.events.retries.clone(),
        delivery: delivery?.named()?,
        types,
        schemas,
        schema_ids,
        glossary: glossary?,
        official: None,
        inbound: None,
        spec_hash: match caller {
            Caller::Client => cx.sources.hash(),
            // The position is that in the whole spec, as for the endpoints.
            Caller::BigCommerce => String::new(),
        },
    };
    let outer = inside::outer(&api);
    for (group, outer) in api.groups.iter_mut().zip(outer) {
        group.outer = outer;
    }
    let list = document.official.as_ref();
    api.official = list.map(|list| official::resolve(list, &document.inbound, &api));
    Some(api)
}

/// An entry of the history about a generation has its name.
fn releases(service: &spec::Service) -> Vec<Option<GenerationId>> {
    let releases = service.history.iter();
    let generations = releases.map(|one| service.generations.position(&one.name));
    generations.map(|at| at.map(GenerationId)).collect()
}

/// The filter operators of each generation.
fn operators(service: &spec::Service) -> Vec<Vec<Spelled>> {
    let generations = service.generations.iter();
    generations.map(|(_, one)| Spelled::of(one)).collect()
}

/// All groups of a document are of one kind: those of a client, or providers.
fn caller(document: &spec::Document) -> Caller {
    if document.groups.iter().any(|group| group.inbound) {
        Caller::BigCommerce
    } else {
        Caller::Client
    }
}

fn group(
    id: GroupId,
    group: &spec::Group,
    at: At<'_>,
    (names, handles): (GroupNames, &Handles),
    service: &spec::Service,
    needs: &Needs<'_>,
    out: &mut Diagnostics,
) -> Option<Group> {
    let (generation, server) = (
        needs.generation(group, at, out),
        needs.server(group, at, out),
    );
    Some(Group {
        id,
        generation: generation?,
        server: server?,
        name: names.module,
        feature: names.feature,
        nested: None,
        outer: None,
        narrowed: None,
        reader: handles.own.reader.clone(),
        handle: handles.own.handle.clone(),
        title: group.title.clone(),
        does: group.does.clone(),
        warning: group.warning.clone().unwrap_or_default(),
        notes: group.notes.clone(),
        refusals: group.refusals.clone(),
        source_url: descriptions::source_url(service, &group.source),
        source: group.source.clone(),
        docs: group.docs.clone(),
        spec_file: group.file.clone(),
        endpoints: 0..0,
    })
}

fn scopes(spec: &spec::Scopes, out: &mut Diagnostics) -> (Vec<Area>, Vec<Scope>) {
    let mut areas = Vec::new();
    let mut scopes: Vec<Scope> = Vec::new();
    let mut variants = Taken::new(what("`Scope`", []));
    let place = At::root("scopes.yaml").key("areas");
    for (name, area) in spec.areas.iter() {
        let first = scopes.len();
        let mut including: HashMap<&str, Vec<ScopeId>> = HashMap::new();
        for (at, (key, _)) in area.levels.iter().enumerate() {
            for other in included(area, key) {
                including
                    .entry(other)
                    .or_default()
                    .push(ScopeId(first + at));
            }
        }
        let levels = place.key(name).key("levels");
        for (key, scope) in area.levels.iter() {
            let variant = names::type_name(&format!("{name}_{key}"));
            let thing = what("`{}.{}`", [name, key]).at_name(levels.key(key));
            variants.take(&variant, thing, RENAME, out);
            scopes.push(Scope {
                wire: scope.wire.clone(),
                variant,
                area: areas.len(),
                key: key.to_owned(),
                level: scope.level.clone(),
                writes: scope.writes,
                satisfied_by: including.remove(key).unwrap_or_default(),
            });
        }
        areas.push(Area {
            name: name.to_owned(),
            label: area.label.clone(),
            covers: area.covers.clone(),
            conflicts: area.conflicts.clone(),
        });
    }
    (areas, scopes)
}

/// The other levels that a level includes, directly or through others.
fn included<'a>(area: &'a spec::Area, outer: &'a str) -> impl Iterator<Item = &'a str> {
    let mut seen = IndexSet::from([outer]);
    let mut next = 0;
    while let Some(&name) = seen.get_index(next) {
        let level = area.levels.get(name).into_iter();
        seen.extend(level.flat_map(|it| &it.includes).map(String::as_str));
        next += 1;
    }
    seen.into_iter().skip(1)
}

fn events(spec: &spec::Events, table: &TypeTable<'_>, out: &mut Diagnostics) -> Option<Vec<Event>> {
    let list = At::root("events.yaml").key("events");
    let mut variants = Taken::new(what("`Event`", []));
    let mut told = HashSet::new();
    let events = spec.events.iter().enumerate().map(|(index, event)| {
        let at = list.index(index);
        let place = at.key("payload");
        let payload = refs::written_type(
            table,
            Home::Events,
            &event.payload,
            place,
            Side::Answer,
            out,
        );
        // Every scope starts with `store/`, which would only make the names longer.
        let short = event.scope.strip_prefix("store/").unwrap_or(&event.scope);
        let variant = names::type_name(short);
        // A duplicate scope is reported separately.
        if told.insert(&event.scope) {
            let thing = what("`{}`", [&event.scope]).at_value(at.key("scope"));
            variants.take(&variant, thing, RENAME, out);
        }
        Some(Event {
            scope: event.scope.clone(),
            variant,
            guide: event.guide.clone(),
            subject: event.subject.clone().unwrap_or_else(|| subject(short)),
            does: event.does.clone(),
            note: event.note.clone(),
            payload: payload?,
            per_channel: event.per_channel,
            unstated: event.unstated,
            conflicts: event.conflicts.clone(),
        })
    });
    // All of them are resolved before returning, so that every problem is reported.
    events.collect::<Vec<_>>().into_iter().collect()
}

/// The events by subject.
fn families(events: &[Event]) -> Vec<Family> {
    let mut families: IndexMap<&str, Vec<EventId>> = IndexMap::new();
    for (at, event) in events.iter().enumerate() {
        let family = families.entry(&event.subject).or_default();
        family.push(EventId(at));
    }
    let families = families.into_iter().map(|(subject, events)| Family {
        subject: subject.to_owned(),
        events,
    });
    families.collect()
}

/// The subject of an event, from its scope: `price list` for `priceList/created`.
fn subject(scope: &str) -> String {
    let name = scope.split('/').next().unwrap_or(scope);
    let mut words = String::with_capacity(name.len() + 1);
    for c in name.chars() {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
