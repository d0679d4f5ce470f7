//! The document with the path of everything in it, and the meaning of the names in it.

mod meaning;
pub(crate) mod official;
mod places;
mod typed;

use std::{cell::Cell, collections::HashMap, iter::Take};

pub(crate) use self::{
    meaning::Meant,
    places::{
        BranchAt, EndpointAt, FieldAt, NeededScope, SchemaAt, USUAL_KEY, VIEWS, placeholders,
        view_suffix, view_word,
    },
    typed::Typed,
};
use crate::{
    diagnostic::{At, Moved},
    source::Sources,
    spec::{Document, Endpoint, Group, Map, Member, Parameter, Schema},
};

/// The position of a group in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub usize);

/// The file that declares or uses a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Home {
    /// In a group's file.
    Group(GroupId),
    /// In `shared.yaml`.
    Shared,
    /// In `events.yaml`.
    Events,
}

impl Home {
    /// The file of the group at this position.
    pub(crate) const fn group(at: usize) -> Self {
        Self::Group(GroupId(at))
    }
}

/// A document, indexed by names.
#[derive(Debug)]
pub struct Index<'a> {
    pub document: &'a Document,
    /// The texts it was read from.
    pub sources: &'a Sources,
    schemas: HashMap<(Home, &'a str), (&'a str, &'a Schema)>,
    groups: HashMap<&'a str, usize>,
    types: typed::Types<'a>,
    /// Whether iterating over all schemas skips those that belong to no group.
    without_common: bool,
    /// For how many more problems suggestions are computed.
    suggestions: Cell<usize>,
}

/// For how many problems suggestions are computed. Each compares with every candidate, and nobody reads that
/// many.
const SUGGESTIONS: usize = 200;

impl<'a> Index<'a> {
    /// Prepares `document`.
    #[must_use]
    pub fn new(document: &'a Document, sources: &'a Sources) -> Self {
        let mut context = Self {
            document,
            sources,
            schemas: HashMap::new(),
            groups: HashMap::new(),
            types: HashMap::new(),
            without_common: false,
            suggestions: Cell::new(SUGGESTIONS),
        };
        for (index, group) in document.groups.iter().enumerate() {
            context.groups.entry(&group.group).or_insert(index);
        }
        let schemas = context
            .schemas()
            .map(|schema| ((schema.home, schema.name), (schema.name, schema.spec)));
        context.schemas = schemas.collect();
        context.types = typed::all(&context);
        context
    }

    /// The groups with their files' roots.
    pub fn groups(&self) -> impl Iterator<Item = (&'a Group, At<'a>)> + use<'a> {
        self.document
            .groups
            .iter()
            .map(|group| (group, At::root(&group.file)))
    }

    /// The position of the group of this name.
    pub fn group(&self, name: &str) -> Option<usize> {
        self.groups.get(name).copied()
    }

    pub fn endpoints(&self) -> impl Iterator<Item = EndpointAt<'a>> + use<'a> {
        let groups = self.document.groups.iter().enumerate();
        groups.flat_map(|(index, group)| endpoints_of(index, group))
    }

    /// Every endpoint of the group at this index.
    pub fn endpoints_of(&self, index: usize) -> impl Iterator<Item = EndpointAt<'a>> + use<'a> {
        let group = self.document.groups.get(index);
        group
            .into_iter()
            .flat_map(move |group| endpoints_of(index, group))
    }

    /// Every declaration of a path parameter, those of groups first.
    pub fn path_parameters(
        &self,
    ) -> impl Iterator<Item = (Home, &'a str, &'a Parameter, At<'a>)> + use<'a> {
        let groups = self.document.groups.iter().enumerate();
        let groups = groups.map(|(index, group)| {
            let home = Home::Group(GroupId(index));
            (home, &group.path, At::root(&group.file).key("path"))
        });
        let own = self.endpoints();
        let own = own.map(|endpoint| (endpoint.home, &endpoint.spec.path, endpoint.at.key("path")));
        groups.chain(own).flat_map(|(home, declared, at)| {
            let declared = declared.iter();
            declared.map(move |(name, parameter)| (home, name, parameter, at.key(name)))
        })
    }

    /// Limits iteration to the schemas of groups, if those of `shared.yaml` and `events.yaml` are checked
    /// with another document. Names still resolve to them.
    pub fn leave_out_common(&mut self) {
        self.without_common = true;
    }

    /// Every schema of every file.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaAt<'a>> + use<'a> {
        let document = self.document;
        let groups = (0..document.groups.len()).map(|at| Home::Group(GroupId(at)));
        let common = [Home::Shared, Home::Events].into_iter();
        let common = common.skip(if self.without_common { 2 } else { 0 });
        common
            .chain(groups)
            .flat_map(move |home| schemas_of(document, home))
    }

    /// Every schema of this file.
    pub fn schemas_of(&self, home: Home) -> impl Iterator<Item = SchemaAt<'a>> + use<'a> {
        schemas_of(self.document, home)
    }

    /// Every field of every object.
    pub fn fields(&self) -> impl Iterator<Item = FieldAt<'a>> + use<'a> {
        self.schemas().flat_map(SchemaAt::fields)
    }

    /// The values of every enumeration, including those of fields.
    pub fn members(&self) -> impl Iterator<Item = (&'a Member, At<'a>)> + use<'a> {
        let of = |values: &'a Option<Map<Member>>, at: At<'a>| {
            let values = values.iter().flat_map(Map::iter);
            values.map(move |(name, member)| (member, at.key(name)))
        };
        let named = self
            .schemas()
            .flat_map(move |it| of(&it.spec.values, it.at().key("values")));
        let own = self.fields().filter(|it| it.spec.values.is_some());
        let own = own.flat_map(move |it| of(&it.spec.values, it.at().key("enum")));
        named.chain(own)
    }

    /// The schema with this name that `home` itself declares.
    #[must_use]
    pub fn schema(&self, home: Home, name: &str) -> Option<SchemaAt<'a>> {
        let &(name, spec) = self.schemas.get(&(home, name))?;
        let (file, _) = file_of(self.document, home);
        Some(SchemaAt {
            home,
            name,
            spec,
            file,
        })
    }

    /// Where a name used in `home` may be declared: in the named group, or else in the same file and then in
    /// the shared ones.
    pub fn homes(&self, home: Home, group: Option<&str>) -> impl Iterator<Item = Home> + use<> {
        let homes = match group {
            None if home == Home::Shared => [Some(home), None],
            None => [Some(home), Some(Home::Shared)],
            Some("shared") => [Some(Home::Shared), None],
            Some("events") => [Some(Home::Events), None],
            Some(name) => [self.group(name).map(Home::group), None],
        };
        homes.into_iter().flatten()
    }

    /// The schema that `name` means in `home`.
    #[must_use]
    pub fn resolve(&self, home: Home, group: Option<&str>, name: &str) -> Option<SchemaAt<'a>> {
        self.homes(home, group)
            .find_map(|home| self.schema(home, name))
    }

    /// The candidates for a suggestion, or none if enough have been made.
    pub fn candidates<W: IntoIterator>(&self, words: W) -> Take<W::IntoIter> {
        let left = self.suggestions.get();
        self.suggestions.set(left.saturating_sub(1));
        words
            .into_iter()
            .take(if left > 0 { usize::MAX } else { 0 })
    }

    /// The names of the schemas that may be used in `home` without the name of a group.
    pub fn names_in(
        &self,
        home: Home,
        group: Option<&str>,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        let document = self.document;
        let homes = self.homes(home, group);
        homes.flat_map(move |home| file_of(document, home).1.keys())
    }
}

fn endpoints_of(index: usize, group: &Group) -> impl Iterator<Item = EndpointAt<'_>> {
    group.endpoints.iter().map(move |spec| EndpointAt {
        home: Home::Group(GroupId(index)),
        group,
        spec,
        at: place_of(group, spec),
    })
}

/// The place of an endpoint of a group.
#[must_use]
pub fn place_of<'a>(group: &'a Group, endpoint: &'a Endpoint) -> At<'a> {
    let file = endpoint.made_of.as_ref().unwrap_or(&group.file);
    let at = At::root(file).key("endpoints").index(endpoint.place);
    match &endpoint.said {
        Some(said) => at.moved(Moved {
            file: &said.file,
            way: &said.way,
            keys: (&said.own, &said.keys),
            given: &said.given,
        }),
        None => at,
    }
}

fn schemas_of(document: &Document, home: Home) -> impl Iterator<Item = SchemaAt<'_>> {
    let (file, schemas) = file_of(document, home);
    schemas.iter().map(move |(name, spec)| SchemaAt {
        home,
        name,
        spec,
        file,
    })
}

fn file_of(document: &Document, home: Home) -> (&str, &Map<Schema>) {
    match home {
        Home::Shared => ("shared.yaml", &document.shared.schemas),
        Home::Events => ("events.yaml", &document.events.schemas),
        Home::Group(GroupId(index)) => {
            let group = &document.groups[index];
            (&group.file, &group.schemas)
        }
    }
}
