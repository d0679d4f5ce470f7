//! The passes that turn a checked document into the model, in one readable line.

use std::fmt;

use super::{
    Api, Area, Event, EventId, GenerationId, Group, Scope, ScopeId, endpoints, gates, names,
    types::{self, TypeTable},
};
use crate::spec::{self, Document};

/// Something the checks should have refused: the document does not hold together.
#[derive(Debug)]
pub struct BuildError(pub(super) String);

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the spec does not hold together, although it passed its checks: {}",
            self.0
        )
    }
}

impl std::error::Error for BuildError {}

/// Builds the model of a document that has passed its checks.
pub fn build(document: &Document) -> Result<Api, BuildError> {
    let (areas, scopes) = scopes(&document.scopes);
    let mut groups = document
        .groups
        .iter()
        .map(|one| group(one, &document.service))
        .collect::<Result<Vec<_>, _>>()?;
    let table = TypeTable::declare(document)?;
    let mut types = table.resolve()?;
    let events = events(&document.events, &table)?;
    let delivery = table.written(&document.events.delivery, super::Home::Events)?;
    let endpoints = endpoints::build(
        document,
        &table,
        &areas,
        &scopes,
        &events,
        &mut groups,
        &mut types,
    )?;
    gates::box_cycles(&mut types);
    gates::assign(&mut types, &endpoints);
    Ok(Api {
        service: document.service.clone(),
        groups,
        endpoints,
        areas,
        scopes,
        scopes_do: document.scopes.does.clone(),
        events,
        wildcards: document.events.wildcards.clone(),
        events_do: document.events.does.clone(),
        event_notes: document.events.notes.clone(),
        delivery,
        types,
    })
}

fn group(group: &spec::Group, service: &spec::Service) -> Result<Group, BuildError> {
    let handle = names::type_name(&group.group);
    let generation = service.generations.position(&group.version);
    let generation = generation.map(GenerationId);
    Ok(Group {
        generation: generation
            .ok_or_else(|| BuildError(format!("no generation `{}`", group.version)))?,
        name: names::module_name(&group.group),
        reader: format!("{handle}Reader"),
        handle,
        title: group.title.clone(),
        does: group.does.clone(),
        warning: group.warning.clone().unwrap_or_default(),
        notes: group.notes.clone(),
        refusals: group.refusals.clone(),
        source_url: source_url(service, &group.source),
        source: group.source.clone(),
        docs: group.docs.clone(),
        spec_file: format!("groups/{}.yaml", group.group),
        endpoints: 0..0,
    })
}

/// Where a file of the official description can be read.
pub(super) fn source_url(service: &spec::Service, file: &str) -> Option<String> {
    let url = service.sources.get("official")?.url.as_ref()?;
    Some(url.replace("{file}", file))
}

fn scopes(spec: &spec::Scopes) -> (Vec<Area>, Vec<Scope>) {
    let mut areas = Vec::new();
    let mut scopes: Vec<Scope> = Vec::new();
    for (name, area) in spec.areas.iter() {
        let first = scopes.len();
        for (key, scope) in area.levels.iter() {
            let satisfied_by = area
                .levels
                .iter()
                .enumerate()
                .filter(|(_, (other, _))| *other != key && includes(area, other, key))
                .map(|(at, _)| ScopeId(first + at))
                .collect();
            scopes.push(Scope {
                wire: scope.wire.clone(),
                variant: names::type_name(&format!("{name}_{key}")),
                area: areas.len(),
                key: key.to_owned(),
                level: scope.level.clone(),
                writes: scope.writes,
                satisfied_by,
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

/// Whether the level `outer` includes `inner`, directly or through others.
fn includes(area: &spec::Area, outer: &str, inner: &str) -> bool {
    let mut seen = vec![outer];
    let mut next = 0;
    while let Some(level) = seen.get(next).and_then(|name| area.levels.get(name)) {
        for name in &level.includes {
            if name == inner {
                return true;
            }
            if !seen.contains(&name.as_str()) {
                seen.push(name);
            }
        }
        next += 1;
    }
    false
}

fn events(spec: &spec::Events, table: &TypeTable<'_>) -> Result<Vec<Event>, BuildError> {
    spec.events
        .iter()
        .map(|event| {
            // `store/` stands in front of every one: it would only lengthen the names.
            let short = event.scope.strip_prefix("store/").unwrap_or(&event.scope);
            Ok(Event {
                scope: event.scope.clone(),
                variant: names::type_name(short),
                guide: event.guide.clone(),
                does: event.does.clone(),
                note: event.note.clone(),
                payload: types::written_ty(table, &event.payload, super::Home::Events)?,
                unstated: event.unstated,
                conflicts: event.conflicts.clone(),
            })
        })
        .collect()
}

/// The event called `scope`.
pub(super) fn event(events: &[Event], scope: &str) -> Result<EventId, BuildError> {
    events
        .iter()
        .position(|event| event.scope == scope)
        .map(EventId)
        .ok_or_else(|| BuildError(format!("no event `{scope}`")))
}
