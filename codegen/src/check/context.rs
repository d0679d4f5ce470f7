//! What rules look at: the document with the path of everything in it, and schemas by name.

use std::{cell::Cell, collections::HashMap, iter::Take};

use crate::{
    diagnostic::At,
    source::Sources,
    spec::{Document, Endpoint, Field, Group, Map, Member, Schema, View},
    types::TypeExpr,
};

/// The file that declares a schema, or uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Home {
    /// `shared.yaml`
    Shared,
    /// `events.yaml`
    Events,
    /// The group at this index.
    Group(usize),
}

/// A document, seen by rules.
#[derive(Debug)]
pub struct Context<'a> {
    /// The document.
    pub document: &'a Document,
    /// The texts it was read from.
    pub sources: &'a Sources,
    schemas: HashMap<(Home, &'a str), (&'a str, &'a Schema)>,
    groups: HashMap<&'a str, usize>,
    /// For how many problems more the words are looked for that could have been meant.
    suggestions: Cell<usize>,
}

/// For how many problems words are suggested. Each takes a look at every candidate, and nobody reads
/// as many.
const SUGGESTIONS: usize = 200;

/// An endpoint and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct EndpointAt<'a> {
    pub home: Home,
    pub group: &'a Group,
    pub spec: &'a Endpoint,
    pub at: At<'a>,
}

/// A schema and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct SchemaAt<'a> {
    pub home: Home,
    pub name: &'a str,
    pub spec: &'a Schema,
    pub at: At<'a>,
}

/// A field and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct FieldAt<'a> {
    pub schema: SchemaAt<'a>,
    pub name: &'a str,
    pub spec: &'a Field,
    pub at: At<'a>,
}

impl<'a> Context<'a> {
    /// Prepares `document` for the rules.
    #[must_use]
    pub fn new(document: &'a Document, sources: &'a Sources) -> Self {
        let mut context = Self {
            document,
            sources,
            schemas: HashMap::new(),
            groups: HashMap::new(),
            suggestions: Cell::new(SUGGESTIONS),
        };
        for (index, group) in document.groups.iter().enumerate() {
            context.groups.entry(&group.group).or_insert(index);
        }
        let schemas = context
            .schemas()
            .map(|schema| ((schema.home, schema.name), (schema.name, schema.spec)));
        context.schemas = schemas.collect();
        context
    }

    /// The groups with their files' roots.
    pub fn groups(&self) -> impl Iterator<Item = (&'a Group, At<'a>)> + use<'a> {
        self.document
            .groups
            .iter()
            .map(|group| (group, At::root(&group.file)))
    }

    /// Every endpoint.
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

    /// Every schema of every file.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaAt<'a>> + use<'a> {
        let document = self.document;
        let groups = (0..document.groups.len()).map(Home::Group);
        [Home::Shared, Home::Events]
            .into_iter()
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

    /// The members of every enumeration, those of fields included.
    pub fn members(&self) -> impl Iterator<Item = (&'a Member, At<'a>)> + use<'a> {
        let of = |values: &'a Option<Map<Member>>, at: At<'a>| {
            let values = values.iter().flat_map(Map::iter);
            values.map(move |(name, member)| (member, at.key(name)))
        };
        let named = self
            .schemas()
            .flat_map(move |it| of(&it.spec.values, it.at.key("values")));
        let own = self
            .fields()
            .flat_map(move |it| of(&it.spec.values, it.at.key("enum")));
        named.chain(own)
    }

    /// The schema that `home` itself declares under this name.
    #[must_use]
    pub fn schema(&self, home: Home, name: &str) -> Option<SchemaAt<'a>> {
        let &(name, spec) = self.schemas.get(&(home, name))?;
        let (file, _) = file_of(self.document, home);
        Some(SchemaAt {
            home,
            name,
            spec,
            at: At::root(file).key("schemas").key(name),
        })
    }

    /// Where a name used in `home` may be declared: in the group written in front of it, or else
    /// beside its use and then among the shared ones.
    #[must_use]
    pub fn homes(&self, home: Home, group: Option<&str>) -> Vec<Home> {
        match group {
            None if home == Home::Shared => vec![home],
            None => vec![home, Home::Shared],
            Some("shared") => vec![Home::Shared],
            Some("events") => vec![Home::Events],
            Some(name) => self
                .groups
                .get(name)
                .map(|index| Home::Group(*index))
                .into_iter()
                .collect(),
        }
    }

    /// The schema that `name` means when it is used in `home`.
    #[must_use]
    pub fn resolve(&self, home: Home, group: Option<&str>, name: &str) -> Option<SchemaAt<'a>> {
        self.homes(home, group)
            .into_iter()
            .find_map(|home| self.schema(home, name))
    }

    /// The words that could have been meant, or none when enough have been suggested.
    pub fn candidates<W: IntoIterator>(&self, words: W) -> Take<W::IntoIter> {
        let left = self.suggestions.get();
        self.suggestions.set(left.saturating_sub(1));
        words
            .into_iter()
            .take(if left > 0 { usize::MAX } else { 0 })
    }

    /// The names of the schemas that may be used in `home` without a group in front.
    pub fn names_in(
        &self,
        home: Home,
        group: Option<&str>,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        let document = self.document;
        let homes = self.homes(home, group).into_iter();
        homes.flat_map(move |home| file_of(document, home).1.keys())
    }
}

fn endpoints_of(index: usize, group: &Group) -> impl Iterator<Item = EndpointAt<'_>> {
    let list = At::root(&group.file).key("endpoints");
    let endpoints = group.endpoints.iter().enumerate();
    endpoints.map(move |(position, spec)| EndpointAt {
        home: Home::Group(index),
        group,
        spec,
        at: list.index(position),
    })
}

fn schemas_of(document: &Document, home: Home) -> impl Iterator<Item = SchemaAt<'_>> {
    let (file, schemas) = file_of(document, home);
    let map = At::root(file).key("schemas");
    schemas.iter().map(move |(name, spec)| SchemaAt {
        home,
        name,
        spec,
        at: map.key(name),
    })
}

fn file_of(document: &Document, home: Home) -> (&str, &Map<Schema>) {
    match home {
        Home::Shared => ("shared.yaml", &document.shared.schemas),
        Home::Events => ("events.yaml", &document.events.schemas),
        Home::Group(index) => {
            let group = &document.groups[index];
            (&group.file, &group.schemas)
        }
    }
}

impl<'a> SchemaAt<'a> {
    /// The fields; none of an enumeration.
    pub fn fields(self) -> impl Iterator<Item = FieldAt<'a>> {
        let map = self.at.key("fields");
        let fields = self
            .spec
            .fields
            .as_ref()
            .map(Map::iter)
            .into_iter()
            .flatten();
        fields.map(move |(name, spec)| FieldAt {
            schema: self,
            name,
            spec,
            at: map.key(name),
        })
    }

    /// The field called `name`.
    pub fn field(self, name: &str) -> Option<FieldAt<'a>> {
        let fields = self.spec.fields.as_ref()?;
        let (name, spec) = fields.entry(name)?;
        Some(FieldAt {
            schema: self,
            name,
            spec,
            at: self.at.key("fields").key(name),
        })
    }

    /// Whether it is an enumeration.
    #[must_use]
    pub const fn is_choice(&self) -> bool {
        self.spec.values.is_some() && self.spec.fields.is_none()
    }

    /// The views; an object that names none is only read.
    #[must_use]
    pub fn views(&self) -> &'a [View] {
        if self.spec.views.is_empty() {
            &[View::Read]
        } else {
            &self.spec.views
        }
    }

    /// The view that serves for `wanted`: itself, or the one for both ways of writing.
    #[must_use]
    pub fn serves(&self, wanted: View) -> Option<View> {
        let views = self.views();
        let both = matches!(wanted, View::Create | View::Update).then_some(View::Write);
        [Some(wanted), both]
            .into_iter()
            .flatten()
            .find(|view| views.contains(view))
    }
}

impl<'a> FieldAt<'a> {
    /// The views that have the field.
    #[must_use]
    pub fn views(&self) -> &'a [View] {
        self.spec
            .views
            .as_deref()
            .unwrap_or_else(|| self.schema.views())
    }

    /// The text of the type in this view, and where it stands.
    #[must_use]
    pub fn type_in(&self, view: View) -> Option<(&'a str, At<'a>)> {
        let own = self.spec.types.get(view_word(view));
        own.map(|text| (text.as_str(), self.at.key("types").key(view_word(view))))
            .or_else(|| Some((self.spec.kind.as_deref()?, self.at.key("type"))))
    }

    /// The type as it is without a view of its own, if it is one.
    #[must_use]
    pub fn plain_type(&self) -> Option<TypeExpr> {
        TypeExpr::parse(self.spec.kind.as_deref()?).ok()
    }
}

impl<'a> EndpointAt<'a> {
    /// The methods it names, with their keys and paths; one of a sound endpoint.
    pub fn methods(&self) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
        let Endpoint {
            get,
            post,
            put,
            patch,
            delete,
            ..
        } = self.spec;
        [
            ("get", get),
            ("post", post),
            ("put", put),
            ("patch", patch),
            ("delete", delete),
        ]
        .into_iter()
        .filter_map(|(key, path)| Some((key, path.as_deref()?)))
    }

    /// Whether it only reads.
    #[must_use]
    pub const fn reads(&self) -> bool {
        self.spec.get.is_some()
    }

    /// The id with the group in front.
    #[must_use]
    pub fn full_id(&self) -> String {
        format!("{}.{}", self.group.group, self.spec.id)
    }

    /// The type that comes back, if one does and it can be read.
    #[must_use]
    pub fn answer(&self) -> Option<TypeExpr> {
        match self.spec.returns.as_str() {
            "none" | "counts" => None,
            text => TypeExpr::parse(text).ok(),
        }
    }

    /// The type of the body, if it can be read.
    #[must_use]
    pub fn body(&self) -> Option<TypeExpr> {
        TypeExpr::parse(self.spec.takes.as_deref()?).ok()
    }
}

/// The word for a view.
#[must_use]
pub const fn view_word(view: View) -> &'static str {
    match view {
        View::Read => "read",
        View::Create => "create",
        View::Update => "update",
        View::Write => "write",
    }
}

/// What a view adds to a schema's name.
#[must_use]
pub const fn view_suffix(view: View) -> &'static str {
    match view {
        View::Read => "",
        View::Create => "Create",
        View::Update => "Update",
        View::Write => "Input",
    }
}

/// The views, by the word for each.
pub const VIEWS: [View; 4] = [View::Read, View::Create, View::Update, View::Write];
