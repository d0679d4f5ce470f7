//! Resolves names in the spec like the model, but without requiring that the spec be valid.

use crate::{
    diagnostic::At,
    spec::{Branch, Document, Field, Schema, View},
    types::{Prim, TypeExpr},
};

pub(super) struct Spec<'a> {
    pub document: &'a Document,
}

/// The place of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Home {
    Group(usize),
    Shared,
}

/// A type of the spec with its references resolved by one step.
#[derive(Clone, Debug)]
pub(super) enum Ours<'a> {
    Prim(Prim),
    /// An enumeration's members.
    Choice(Box<Members<'a>>),
    Object(Seen<'a>),
    List(Box<Ours<'a>>),
    Map(Box<Ours<'a>>),
    Link(Box<Ours<'a>>),
    /// One of several types.
    OneOf(Seen<'a>),
    /// An undeclared name, or a string that is not a type.
    Unknown(String),
}

/// The values of an enumeration, and their place.
#[derive(Clone, Debug)]
pub(super) struct Members<'a> {
    pub names: Vec<&'a str>,
    pub at: At<'a>,
}

/// A schema in one of its views.
#[derive(Clone, Debug)]
pub(super) struct Seen<'a> {
    pub home: Home,
    pub name: &'a str,
    pub schema: &'a Schema,
    pub view: View,
}

impl<'a> Seen<'a> {
    /// The fields of the view.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'a str, &'a Field)> {
        let view = self.view;
        let fields = self.schema.fields.iter().flat_map(|fields| fields.iter());
        fields.filter(move |(_, field)| {
            field
                .views
                .as_ref()
                .is_none_or(|views| views.contains(&view))
        })
    }
}

impl<'a> Spec<'a> {
    /// The file of a home.
    fn home(&self, home: Home) -> At<'a> {
        let file = match home {
            Home::Group(place) => self.document.groups.get(place),
            Home::Shared => None,
        };
        At::root(file.map_or("shared.yaml", |group| group.file.as_str()))
    }

    /// The schemas of the file of a schema.
    pub(super) fn schemas(&self, seen: &Seen<'a>) -> At<'a> {
        self.home(seen.home).key("schemas")
    }

    /// The place of a schema.
    pub(super) fn at(&self, seen: &Seen<'a>) -> At<'a> {
        let root = self.home(seen.home);
        root.key("schemas").key(seen.name)
    }

    /// The type of a field, in the view of the schema.
    pub(super) fn field(&self, seen: &Seen<'a>, field_name: &'a str, field: &'a Field) -> Ours<'a> {
        if let Some(values) = &field.values {
            let at = self.at(seen).key("fields");
            return Ours::Choice(Box::new(Members {
                names: values.keys().collect(),
                at: at.key(field_name).key("enum"),
            }));
        }
        let text = field.types.get(key(seen.view)).or(field.kind.as_ref());
        self.read(text.map_or("", String::as_str), seen.home, Some(seen.view))
    }

    /// The branches of a one-of, by their names, with their types.
    pub(super) fn branches(&self, seen: &Seen<'a>) -> Vec<(&'a str, &'a Branch, Ours<'a>)> {
        let branches = seen.schema.one_of.iter().flat_map(|all| all.iter());
        branches
            .map(|(name, branch)| {
                let ours = self.read(&branch.kind, seen.home, Some(seen.view));
                (name, branch, ours)
            })
            .collect()
    }

    /// The type that `takes`, `returns` or a parameter names, including the suffix.
    pub(super) fn written(&self, text: &str, home: Home) -> Ours<'a> {
        self.read(text, home, None)
    }

    fn read(&self, text: &str, home: Home, view: Option<View>) -> Ours<'a> {
        match TypeExpr::parse(text) {
            Ok(expr) => self.expr(&expr, home, view),
            Err(_) => Ours::Unknown(text.to_owned()),
        }
    }

    fn expr(&self, expr: &TypeExpr, home: Home, view: Option<View>) -> Ours<'a> {
        let inner = |inner: &TypeExpr| Box::new(self.expr(inner, home, view));
        match expr {
            TypeExpr::Prim(prim) => Ours::Prim(*prim),
            TypeExpr::List(item) => Ours::List(inner(item)),
            TypeExpr::Map(item) => Ours::Map(inner(item)),
            TypeExpr::Nullable(item) => self.expr(item, home, view),
            TypeExpr::Link(item) => Ours::Link(inner(item)),
            // The official description is also treated as one object.
            TypeExpr::OneOrMany(item) => self.expr(item, home, view),
            TypeExpr::Named { group, name } => {
                let homes = self.homes(home, group.as_deref());
                let found = homes
                    .into_iter()
                    .find_map(|home| self.named(home, name, view));
                found.unwrap_or_else(|| Ours::Unknown(expr.to_string()))
            }
        }
    }

    fn homes(&self, home: Home, group: Option<&str>) -> Vec<Home> {
        let place = |name: &str| self.document.groups.iter().position(|g| g.group == name);
        match group {
            None => vec![home, Home::Shared],
            Some("shared") => vec![Home::Shared],
            Some(name) => place(name).map(Home::Group).into_iter().collect(),
        }
    }

    fn named(&self, home: Home, name: &str, view: Option<View>) -> Option<Ours<'a>> {
        let schemas = match home {
            Home::Group(place) => &self.document.groups.get(place)?.schemas,
            Home::Shared => &self.document.shared.schemas,
        };
        for (known, schema) in schemas.iter() {
            if schema.one_of.is_some() {
                let mut written = [View::Create, View::Update, View::Write].into_iter();
                let written = written.find(|it| name.strip_suffix(suffix(*it)) == Some(known));
                let plain = (known == name).then(|| view.unwrap_or(View::Read));
                if let Some(view) = plain.or(written) {
                    return Some(Ours::OneOf(Seen {
                        home,
                        name: known,
                        schema,
                        view,
                    }));
                }
            }
            if let Some(values) = schema.values.as_ref().filter(|_| known == name) {
                return Some(Ours::Choice(Box::new(Members {
                    names: values.keys().collect(),
                    at: self.home(home).key("schemas").key(known).key("values"),
                })));
            }
            for seen in views(schema) {
                let matches = match view {
                    None => format!("{known}{}", suffix(*seen)) == name,
                    Some(view) => known == name && shows(*seen, view, schema),
                };
                if matches {
                    return Some(Ours::Object(Seen {
                        home,
                        name: known,
                        schema,
                        view: *seen,
                    }));
                }
            }
        }
        None
    }
}

fn views(schema: &Schema) -> &[View] {
    if schema.views.is_empty() {
        &[View::Read]
    } else {
        &schema.views
    }
}

/// Whether a field in the view `wanted` uses the schema's view `seen`.
fn shows(seen: View, wanted: View, schema: &Schema) -> bool {
    let writes = matches!(wanted, View::Create | View::Update);
    seen == wanted || writes && seen == View::Write && !schema.views.contains(&wanted)
}

pub(super) fn suffix(view: View) -> &'static str {
    match view {
        View::Read => "",
        View::Create => "Create",
        View::Update => "Update",
        View::Write => "Input",
    }
}

fn key(view: View) -> &'static str {
    match view {
        View::Read => "read",
        View::Create => "create",
        View::Update => "update",
        View::Write => "write",
    }
}
