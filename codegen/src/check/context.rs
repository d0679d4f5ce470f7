//! What rules look at: the document with the path of everything in it, and schemas by name.

use std::collections::HashMap;

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
}

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
        };
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
        self.document
            .groups
            .iter()
            .enumerate()
            .flat_map(|(index, group)| {
                let list = At::root(&group.file).key("endpoints");
                group
                    .endpoints
                    .iter()
                    .enumerate()
                    .map(move |(position, spec)| EndpointAt {
                        home: Home::Group(index),
                        group,
                        spec,
                        at: list.index(position),
                    })
            })
    }

    /// Every schema of every file.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaAt<'a>> + use<'a> {
        let document = self.document;
        let groups = (0..document.groups.len()).map(Home::Group);
        [Home::Shared, Home::Events]
            .into_iter()
            .chain(groups)
            .flat_map(move |home| {
                let (file, schemas) = file_of(document, home);
                let map = At::root(file).key("schemas");
                schemas.iter().map(move |(name, spec)| SchemaAt {
                    home,
                    name,
                    spec,
                    at: map.key(name),
                })
            })
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
            Some(name) => {
                let index = self
                    .document
                    .groups
                    .iter()
                    .position(|group| group.group == name);
                index.map(Home::Group).into_iter().collect()
            }
        }
    }

    /// The schema that `name` means when it is used in `home`.
    #[must_use]
    pub fn resolve(&self, home: Home, group: Option<&str>, name: &str) -> Option<SchemaAt<'a>> {
        self.homes(home, group)
            .into_iter()
            .find_map(|home| self.schema(home, name))
    }

    /// The names of the schemas that may be used in `home` without a group in front.
    pub fn names_in(&self, home: Home, group: Option<&str>) -> Vec<&'a str> {
        let mut names = Vec::new();
        for home in self.homes(home, group) {
            names.extend(file_of(self.document, home).1.keys());
        }
        names
    }
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
