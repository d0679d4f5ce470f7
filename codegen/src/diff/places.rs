//! The place of a change, which is looked up in the document of its side only when it is reported.

use std::fmt;

use super::Side;
use crate::{
    diagnostic::{At, Locator, SpecPath},
    index::{EndpointAt, GroupId, Home, Index},
    load::TEMPLATES,
    model::type_name,
    pipeline::Spec,
    source::Sources,
};

/// A part of a spec, by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A key of `service.yaml`.
    Service(Side, &'static str),
    /// A scope: its area and its level.
    Scope(Side, String, String),
    /// An event or a wildcard.
    Event(Side, String),
    Group(Side, String),
    /// An endpoint by its id, and one of its keys.
    Endpoint(Side, String, &'static str),
    /// A parameter of an endpoint, by its name in the spec.
    Parameter(Side, String, String),
    /// A type: its module and its name, or that of its schema.
    Type(Side, String, String),
    /// A field or a member of a type.
    Part(Side, String, String, String),
}

/// A place as one would open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The spec it is in.
    pub side: Side,
    pub file: String,
    /// The line and the column, from 1.
    pub at: Option<(usize, usize)>,
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match self.at {
            Some((line, column)) => write!(f, ":{line}:{column}"),
            None => Ok(()),
        }
    }
}

/// The documents of both sides.
pub struct Places<'a> {
    old: Option<Half<'a>>,
    new: Option<Half<'a>>,
}

struct Half<'a> {
    index: Index<'a>,
    /// The same for the calls that BigCommerce makes.
    inbound: Option<Index<'a>>,
    sources: &'a Sources,
    locator: Locator<'a>,
}

impl<'a> Half<'a> {
    fn of(spec: &'a Spec) -> Option<Self> {
        let document = spec.document.as_ref()?;
        Some(Self {
            index: Index::new(document, &spec.sources),
            inbound: spec
                .inbound
                .as_ref()
                .map(|it| Index::new(it, &spec.sources)),
            sources: &spec.sources,
            locator: Locator::new(&spec.sources),
        })
    }

    /// The index with the group of a place.
    fn index_of(&self, place: &Place) -> &Index<'a> {
        let group = place.group();
        let inbound = self.inbound.as_ref();
        inbound
            .filter(|index| group.is_some_and(|name| index.group(name).is_some()))
            .unwrap_or(&self.index)
    }
}

impl<'a> Places<'a> {
    /// The places of two specs. Those of a spec with errors are not found.
    #[must_use]
    pub fn of(old: &'a Spec, new: &'a Spec) -> Self {
        Self {
            old: Half::of(old),
            new: Half::of(new),
        }
    }

    /// The path to `place` within a template, and whether that template was edited: if not, the change comes
    /// from its uses.
    pub(super) fn template(&self, place: &Place) -> Option<(SpecPath, bool)> {
        let half = match place.side() {
            Side::Old => &self.old,
            Side::New => &self.new,
        };
        let half = half.as_ref()?;
        let path = find(half.index_of(place), place);
        if !path.file.starts_with(TEMPLATES) {
            return None;
        }
        let text = |half: &Option<Half<'a>>| half.as_ref()?.sources.text(&path.file);
        let edited = text(&self.old) != text(&self.new);
        Some((path, edited))
    }

    /// Whether `place` is the scope of a call that has none of its own, so that its group's applies.
    pub(super) fn is_scope_of_group(&self, place: &Place) -> bool {
        let Place::Endpoint(side, id, "scope") = place else {
            return false;
        };
        let half = match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        };
        let half = half.as_ref();
        let found = half.and_then(|half| endpoint(half.index_of(place), id));
        found.is_some_and(|found| found.spec.scope.is_none())
    }

    /// Where `place` is.
    pub fn locate(&mut self, place: &Place) -> Located {
        let side = place.side();
        let document = match side {
            Side::Old => &mut self.old,
            Side::New => &mut self.new,
        };
        let Some(document) = document else {
            return Located {
                side,
                file: String::new(),
                at: None,
            };
        };
        let path = find(document.index_of(place), place);
        Located {
            side,
            file: document.sources.display_path(&path.file),
            at: document.locator.position(&path),
        }
    }
}

impl Place {
    /// The spec it is in.
    #[must_use]
    pub const fn side(&self) -> Side {
        match self {
            Self::Service(side, ..)
            | Self::Scope(side, ..)
            | Self::Event(side, ..)
            | Self::Group(side, ..)
            | Self::Endpoint(side, ..)
            | Self::Parameter(side, ..)
            | Self::Type(side, ..)
            | Self::Part(side, ..) => *side,
        }
    }

    /// The endpoint that it is in, or its group.
    pub(super) fn holder(&self) -> Option<&str> {
        match self {
            Self::Endpoint(_, id, _) | Self::Parameter(_, id, _) => Some(id),
            _ => self.group(),
        }
    }

    pub(super) fn group(&self) -> Option<&str> {
        match self {
            Self::Service(..) | Self::Scope(..) | Self::Event(..) => None,
            Self::Group(_, group) | Self::Type(_, group, _) | Self::Part(_, group, ..) => {
                Some(group)
            }
            Self::Endpoint(_, id, _) | Self::Parameter(_, id, _) => {
                Some(id.split('.').next().unwrap_or(id))
            }
        }
    }
}

fn find(index: &Index<'_>, place: &Place) -> SpecPath {
    match place {
        Place::Service(_, key) => At::root("service.yaml").key(key).name(),
        Place::Scope(_, area, level) => {
            let areas = At::root("scopes.yaml").key("areas");
            areas.key(area).key("levels").key(level).name()
        }
        Place::Event(_, scope) => event(index, scope),
        Place::Group(_, name) => group(index, name),
        Place::Endpoint(_, id, key) => match endpoint(index, id) {
            // A key that is not written is shown at its endpoint.
            Some(found) if key.is_empty() => found.at.key("id").value(),
            // The scope may be that of the group.
            Some(found) if *key == "scope" => found.needed_scope().at.name(),
            Some(found) => found.at.key(key).name(),
            None => group(index, id.split('.').next().unwrap_or(id)),
        },
        Place::Parameter(_, id, name) => match endpoint(index, id) {
            Some(found) => parameter(found, name),
            None => group(index, id.split('.').next().unwrap_or(id)),
        },
        Place::Type(_, module, name) => ty(index, module, name, None),
        Place::Part(_, module, name, part) => ty(index, module, name, Some(part)),
    }
}

fn event(index: &Index<'_>, scope: &str) -> SpecPath {
    let root = At::root("events.yaml");
    let events = &index.document.events;
    let at = events.events.iter().position(|it| it.scope == scope);
    let wildcard = events.wildcards.iter().position(|it| it.scope == scope);
    match (at, wildcard) {
        (Some(at), _) => root.key("events").index(at).key("scope").value(),
        (None, Some(at)) => root.key("wildcards").index(at).key("scope").value(),
        (None, None) => root.key("events").name(),
    }
}

fn group(index: &Index<'_>, name: &str) -> SpecPath {
    let found = index.group(name);
    match found.and_then(|at| index.document.groups.get(at)) {
        Some(group) => At::root(&group.file).key("group").value(),
        None => At::root("service.yaml").key("groups").name(),
    }
}

fn endpoint<'a>(index: &Index<'a>, id: &str) -> Option<EndpointAt<'a>> {
    let (group, call) = id.split_once('.')?;
    let at = index.group(group)?;
    index.endpoints_of(at).find(|it| it.spec.id == call)
}

fn parameter(found: EndpointAt<'_>, name: &str) -> SpecPath {
    let spec = found.spec;
    let maps = [
        ("query", spec.query.contains(name)),
        ("headers", spec.headers.contains(name)),
        ("form", spec.form.contains(name)),
        ("filters", spec.filters.contains(name)),
    ];
    if let Some((map, _)) = maps.into_iter().find(|(_, there)| *there) {
        return found.at.key(map).key(name).name();
    }
    match found.path_parameter(name) {
        Some((_, _, at)) => at.name(),
        None => found.at.key("id").value(),
    }
}

/// A type, by its own name or by that of its schema, or a part of it.
fn ty(index: &Index<'_>, module: &str, name: &str, part: Option<&str>) -> SpecPath {
    let home = match module {
        "shared" => Home::Shared,
        "events" => Home::Events,
        _ => Home::Group(GroupId(index.group(module).unwrap_or(usize::MAX))),
    };
    if let Home::Group(GroupId(at)) = home
        && at >= index.document.groups.len()
    {
        return group(index, module);
    }
    if let Some(schema) = index.schema(home, name) {
        let maps = [
            (
                "fields",
                schema
                    .spec
                    .fields
                    .as_ref()
                    .map(|it| part.is_some_and(|p| it.contains(p))),
            ),
            (
                "values",
                schema
                    .spec
                    .values
                    .as_ref()
                    .map(|it| part.is_some_and(|p| it.contains(p))),
            ),
            (
                "one_of",
                schema
                    .spec
                    .one_of
                    .as_ref()
                    .map(|it| part.is_some_and(|p| it.contains(p))),
            ),
        ];
        let map = maps.into_iter().find(|(_, there)| *there == Some(true));
        return match (map, part) {
            (Some((map, _)), Some(part)) => schema.at().key(map).key(part).name(),
            _ => schema.at().name(),
        };
    }
    // The values of a field have a type that is named after both.
    let mut fields = index.schemas_of(home).flat_map(|schema| schema.fields());
    let own = fields.find(|field| {
        field.spec.values.is_some()
            && format!("{}{}", field.schema.name, type_name(field.name)) == name
    });
    match (own, part) {
        (Some(field), Some(part)) => field.at().key("enum").key(part).name(),
        (Some(field), None) => field.at().name(),
        (None, _) => group(index, module),
    }
}
