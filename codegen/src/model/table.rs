//! The positions of the views of each schema among the types.

use std::collections::HashMap;

use super::{
    Home, Ty, TypeId,
    names::{Handles, Types},
};
use crate::{
    diagnostic::Diagnostics,
    index::{FieldAt, GroupId, Index, Meant, SchemaAt},
    spec::View,
    types::{Prim, TypeExpr},
};

/// The positions of the views of each schema among the types.
pub(super) struct TypeTable<'a> {
    pub cx: &'a Index<'a>,
    /// The types, before their fields are resolved.
    pub slots: Vec<Slot<'a>>,
    /// The names of the groups' handles.
    pub handles: Vec<Handles>,
    /// The names of the enumerations of a schema's fields.
    selections: HashMap<Home, HashMap<&'a str, String>>,
    /// A schema's view (`None` if it is the same in every view).
    by_schema: HashMap<(Home, &'a str, Option<View>), TypeId>,
    /// The enumeration that a field declares for itself.
    by_field: HashMap<(Home, &'a str, &'a str), TypeId>,
}

/// A declared type, by its name in Rust.
pub(super) enum Slot<'a> {
    /// A view of an object.
    View(String, SchemaAt<'a>, View),
    /// An enumeration.
    Choice(String, SchemaAt<'a>),
    /// A one-of, in one view if its branches have views.
    OneOf(String, SchemaAt<'a>, Option<View>),
    /// The values of a field.
    FieldChoice(String, Box<FieldAt<'a>>),
}

impl<'a> TypeTable<'a> {
    /// Gives every view of every schema a name and a position.
    pub fn declare(cx: &'a Index<'a>, out: &mut Diagnostics) -> Self {
        let mut table = Self {
            cx,
            slots: Vec::new(),
            handles: Vec::new(),
            selections: HashMap::new(),
            by_schema: HashMap::new(),
            by_field: HashMap::new(),
        };
        let homes = cx.groups().enumerate().map(|(at, _)| Home::group(at));
        for home in [Home::Shared]
            .into_iter()
            .chain(homes)
            .chain([Home::Events])
        {
            table.declare_home(home, out);
        }
        table
    }

    fn declare_home(&mut self, home: Home, out: &mut Diagnostics) {
        let mut names = Types::of(self.cx, home);
        if let Home::Group(GroupId(at)) = home
            && let Some(group) = self.cx.document.groups.get(at)
        {
            self.handles.push(names.handles(group, out));
        }
        for schema in self.cx.schemas_of(home) {
            self.declare_schema(schema, &mut names, out);
        }
        self.selections.insert(home, names.selections(out));
    }

    /// The name of the enumeration of an object's fields, if a call selects from them.
    pub fn selection_of(&self, home: Home, schema: &str) -> Option<&String> {
        self.selections.get(&home)?.get(schema)
    }

    fn declare_schema(
        &mut self,
        schema: SchemaAt<'a>,
        names: &mut Types<'a>,
        out: &mut Diagnostics,
    ) {
        let (home, name) = (schema.home, schema.name);
        if schema.is_one_of() {
            let sides: Vec<_> = if schema.is_plain() {
                vec![None]
            } else {
                schema.views().iter().copied().map(Some).collect()
            };
            for side in sides {
                if self.by_schema.contains_key(&(home, name, side)) {
                    continue;
                }
                self.by_schema
                    .insert((home, name, side), TypeId(self.slots.len()));
                let claimed = match side {
                    Some(view) => names.view(schema, view, out),
                    None => names.choice(schema, out),
                };
                self.slots.push(Slot::OneOf(claimed, schema, side));
            }
            return;
        }
        if schema.spec.fields.is_none() {
            self.by_schema
                .insert((home, name, None), TypeId(self.slots.len()));
            self.slots
                .push(Slot::Choice(names.choice(schema, out), schema));
            return;
        }
        for &view in schema.views() {
            // A duplicate view counts once.
            if self.by_schema.contains_key(&(home, name, Some(view))) {
                continue;
            }
            self.by_schema
                .insert((home, name, Some(view)), TypeId(self.slots.len()));
            self.slots
                .push(Slot::View(names.view(schema, view, out), schema, view));
        }
        for field in schema.fields().filter(|field| field.spec.values.is_some()) {
            self.by_field
                .insert((home, name, field.name), TypeId(self.slots.len()));
            self.slots
                .push(Slot::FieldChoice(names.values(field, out), Box::new(field)));
        }
    }

    /// The type that a name means, if it means one.
    pub fn meant(&self, meant: Meant<'a>) -> Option<TypeId> {
        let (schema, view) = match meant {
            Meant::Choice(schema) => (schema, None),
            Meant::View(schema, view) => (schema, Some(view)),
            Meant::NoView(..) | Meant::Nothing => return None,
        };
        self.by_schema
            .get(&(schema.home, schema.name, view))
            .copied()
    }

    /// The enumeration of the values that a field lists itself.
    pub fn values_of(&self, field: FieldAt<'a>) -> Option<TypeId> {
        let schema = field.schema;
        self.by_field
            .get(&(schema.home, schema.name, field.name))
            .copied()
    }
}

/// The type of an expression, in which `named` is the type of its name. Only the API sends links; requests
/// contain the linked value.
pub(super) fn ty(expr: &TypeExpr, named: Option<TypeId>, sent: bool) -> Option<Ty> {
    let inner = |expr: &TypeExpr| ty(expr, named, sent).map(Box::new);
    Some(match expr {
        TypeExpr::Prim(prim) => prim_ty(*prim),
        TypeExpr::List(item) => Ty::List(inner(item)?),
        TypeExpr::Map(value) => Ty::Map(inner(value)?),
        TypeExpr::Nullable(value) => Ty::Nullable(inner(value)?),
        TypeExpr::Link(to) if sent => *inner(to)?,
        TypeExpr::Link(to) => Ty::Link(inner(to)?),
        TypeExpr::OneOrMany(item) => Ty::OneOrMany(inner(item)?),
        TypeExpr::Named { .. } => Ty::Named(named?),
    })
}

const fn prim_ty(prim: Prim) -> Ty {
    match prim {
        Prim::Int => Ty::Int,
        Prim::String => Ty::Text,
        Prim::Bool | Prim::Flag => Ty::Bool,
        Prim::Decimal => Ty::Number,
        Prim::DateTime => Ty::DateTime,
        Prim::Date => Ty::Date,
        Prim::Uuid => Ty::Uuid,
        Prim::Id => Ty::Id,
        Prim::Json => Ty::Json,
    }
}
