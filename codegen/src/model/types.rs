//! Schemas become types: one for each view, fields resolved in the context of the view.

use std::collections::HashMap;

use super::{
    BuildError, Field, Gate, GroupId, Home, Kind, Limits, Member, Ty, TypeDef, TypeId, facts,
    mistakable, names,
};
use crate::{
    spec::{self, Document, View},
    types::{Prim, TypeExpr},
};

/// Where each schema's views stand among the types.
pub(super) struct TypeTable<'a> {
    document: &'a Document,
    slots: Vec<Slot<'a>>,
    /// A schema's view (`None` for an enumeration).
    by_schema: HashMap<(Home, &'a str, Option<View>), TypeId>,
    /// A name as `takes` and `returns` write it.
    by_name: HashMap<(Home, String), TypeId>,
    /// The enumeration that a field declares for itself.
    by_field: HashMap<(Home, &'a str, &'a str), TypeId>,
}

/// A type that is declared, before its fields are resolved.
enum Slot<'a> {
    View {
        home: Home,
        name: &'a str,
        schema: &'a spec::Schema,
        view: View,
    },
    Choice {
        home: Home,
        name: &'a str,
        schema: &'a spec::Schema,
    },
    FieldChoice {
        home: Home,
        schema: &'a str,
        field: &'a str,
        spec: &'a spec::Field,
    },
}

/// What a view adds to the schema's name.
pub(super) fn suffix(view: View) -> &'static str {
    match view {
        View::Read => "",
        View::Create => "Create",
        View::Update => "Update",
        View::Write => "Input",
    }
}

impl<'a> TypeTable<'a> {
    /// Gives every view of every schema a place.
    pub(super) fn declare(document: &'a Document) -> Result<Self, BuildError> {
        let mut table = Self {
            document,
            slots: Vec::new(),
            by_schema: HashMap::new(),
            by_name: HashMap::new(),
            by_field: HashMap::new(),
        };
        table.declare_all(Home::Shared, &document.shared.schemas);
        for (at, group) in document.groups.iter().enumerate() {
            table.declare_all(Home::Group(GroupId(at)), &group.schemas);
        }
        table.declare_all(Home::Events, &document.events.schemas);
        Ok(table)
    }

    fn declare_all(&mut self, home: Home, schemas: &'a spec::Map<spec::Schema>) {
        for (name, schema) in schemas.iter() {
            let Some(fields) = &schema.fields else {
                self.by_schema
                    .insert((home, name, None), TypeId(self.slots.len()));
                self.by_name
                    .insert((home, name.to_owned()), TypeId(self.slots.len()));
                self.slots.push(Slot::Choice { home, name, schema });
                continue;
            };
            let views: &[View] = if schema.views.is_empty() {
                &[View::Read]
            } else {
                &schema.views
            };
            for &view in views {
                let id = TypeId(self.slots.len());
                self.by_schema.insert((home, name, Some(view)), id);
                self.by_name
                    .insert((home, format!("{name}{}", suffix(view))), id);
                self.slots.push(Slot::View {
                    home,
                    name,
                    schema,
                    view,
                });
            }
            for (field, spec) in fields.iter().filter(|(_, field)| field.values.is_some()) {
                self.by_field
                    .insert((home, name, field), TypeId(self.slots.len()));
                self.slots.push(Slot::FieldChoice {
                    home,
                    schema: name,
                    field,
                    spec,
                });
            }
        }
    }

    /// The types, with every reference followed.
    pub(super) fn resolve(&self) -> Result<Vec<TypeDef>, BuildError> {
        let mut types = self
            .slots
            .iter()
            .map(|slot| self.resolve_slot(slot))
            .collect::<Result<Vec<_>, _>>()?;
        mistakable::mark(&mut types);
        Ok(types)
    }

    fn resolve_slot(&self, slot: &Slot<'a>) -> Result<TypeDef, BuildError> {
        Ok(match *slot {
            Slot::Choice { home, name, schema } => TypeDef {
                home,
                name: name.to_owned(),
                schema: name.to_owned(),
                view: None,
                does: schema.does.clone(),
                notes: schema.notes.clone(),
                official: schema.official.clone(),
                key: None,
                unique: Vec::new(),
                kind: Kind::Choice(members(schema.values.as_ref())),
                gate: Gate::Always,
            },
            Slot::FieldChoice {
                home,
                schema,
                field,
                spec,
            } => TypeDef {
                home,
                name: choice_name(schema, field),
                schema: schema.to_owned(),
                view: None,
                does: format!("The values of the field `{field}` of `{schema}`."),
                notes: Vec::new(),
                official: None,
                key: None,
                unique: Vec::new(),
                kind: Kind::Choice(members(spec.values.as_ref())),
                gate: Gate::Always,
            },
            Slot::View {
                home,
                name,
                schema,
                view,
            } => {
                let mut fields = Vec::new();
                for (wire, field) in schema.fields.iter().flat_map(spec::Map::iter) {
                    if field
                        .views
                        .as_ref()
                        .is_none_or(|views| views.contains(&view))
                    {
                        fields.push(self.field(home, name, schema, view, wire, field)?);
                    }
                }
                let needs_one_of = schema.needs_one_of.of(view).to_vec();
                let at_most_one_of = schema.at_most_one_of.of(view).to_vec();
                TypeDef {
                    home,
                    name: format!("{name}{}", suffix(view)),
                    schema: name.to_owned(),
                    view: Some(view),
                    does: schema.does.clone(),
                    notes: schema.notes.clone(),
                    official: schema.official.clone(),
                    key: schema.key.clone().filter(|_| view == View::Read),
                    unique: match view {
                        View::Read => schema.unique.clone(),
                        _ => Vec::new(),
                    },
                    kind: Kind::Object {
                        fields,
                        needs_one_of,
                        at_most_one_of,
                        named_in_turn: false,
                    },
                    gate: Gate::Always,
                }
            }
        })
    }

    fn field(
        &self,
        home: Home,
        schema_name: &str,
        schema: &spec::Schema,
        view: View,
        wire: &str,
        field: &spec::Field,
    ) -> Result<Field, BuildError> {
        let ty = match (
            &field.values,
            field.types.get(view_key(view)).or(field.kind.as_ref()),
        ) {
            (Some(_), _) => Ty::Named(
                self.by_field
                    .get(&(home, schema_name, wire))
                    .copied()
                    .ok_or_else(|| BuildError(format!("no values for `{schema_name}.{wire}`")))?,
            ),
            (None, Some(text)) => self.ty(&parse(text)?, home, Some(view))?,
            (None, None) => {
                return Err(BuildError(format!("`{schema_name}.{wire}` has no type")));
            }
        };
        let limits = Limits {
            length: bounds(field.length.as_deref(), |n| n.parse().ok()),
            range: bounds(field.range.as_deref(), |n| Some(n.to_owned())),
            items: bounds(field.items.as_deref(), |n| n.parse().ok()),
            pattern: field.pattern.clone(),
            format: field.format,
        };
        let written = schema.views.iter().any(|view| *view != View::Read);
        let only_read = field
            .views
            .as_ref()
            .is_some_and(|views| views == &[View::Read]);
        let mut resolved = Field {
            wire: wire.to_owned(),
            rust: field
                .rust
                .clone()
                .unwrap_or_else(|| names::field_name(wire)),
            ty,
            spelling: field.wire,
            required: field.required.contains(&view),
            nullable: field.nullable.holds_in(view),
            read_only: written && only_read,
            secret: field.secret,
            refers_to: self.referred(home, view, field)?,
            on_delete: field.on_delete,
            boxed: false,
            does: field.does.clone(),
            facts: String::new(),
            unit: field.unit.clone(),
            when: field.when.clone().filter(|_| view == View::Read),
            default: field.default.clone(),
            example: field.example.clone(),
            limits,
            deprecated: field.deprecated.clone(),
        };
        resolved.facts = facts::line(&resolved, field, view);
        Ok(resolved)
    }

    /// The type that a field of an answer refers to.
    fn referred(
        &self,
        home: Home,
        view: View,
        field: &spec::Field,
    ) -> Result<Option<TypeId>, BuildError> {
        let Some(name) = field.refers_to.as_deref().filter(|_| view == View::Read) else {
            return Ok(None);
        };
        match self.ty(&parse(name)?, home, Some(View::Read))? {
            Ty::Named(id) => Ok(Some(id)),
            _ => Err(BuildError(format!("`{name}` is not the name of a schema"))),
        }
    }

    /// The type an expression means in `home`, seen from `view`.
    pub(super) fn ty(
        &self,
        expr: &TypeExpr,
        home: Home,
        view: Option<View>,
    ) -> Result<Ty, BuildError> {
        Ok(match expr {
            TypeExpr::Prim(prim) => prim_ty(*prim),
            TypeExpr::List(inner) => Ty::List(Box::new(self.ty(inner, home, view)?)),
            TypeExpr::Map(inner) => Ty::Map(Box::new(self.ty(inner, home, view)?)),
            TypeExpr::Nullable(inner) => Ty::Nullable(Box::new(self.ty(inner, home, view)?)),
            // Only the API sends links; what is sent to it is the thing itself.
            TypeExpr::Link(inner) if view.is_some_and(|view| view != View::Read) => {
                self.ty(inner, home, view)?
            }
            TypeExpr::Link(inner) => Ty::Link(Box::new(self.ty(inner, home, view)?)),
            TypeExpr::Named { group, name } => {
                let mut found = None;
                for home in self.homes(home, group.as_deref()) {
                    found = match view {
                        Some(view) => self.in_view(home, name, view),
                        None => self.by_name.get(&(home, name.clone())).copied(),
                    };
                    if found.is_some() {
                        break;
                    }
                }
                Ty::Named(found.ok_or_else(|| {
                    BuildError(match view {
                        Some(view) => format!("no schema `{name}` with a {view:?} view"),
                        None => format!("no type `{name}`"),
                    })
                })?)
            }
        })
    }

    /// The schema `name` as a field of a `view` sees it.
    fn in_view(&self, home: Home, name: &str, view: View) -> Option<TypeId> {
        let at = |view| self.by_schema.get(&(home, name, view)).copied();
        match view {
            View::Create | View::Update => at(Some(view)).or_else(|| at(Some(View::Write))),
            View::Read | View::Write => at(Some(view)),
        }
        .or_else(|| at(None))
    }

    /// Where a name may be declared: beside its use, then among the shared ones.
    fn homes(&self, home: Home, group: Option<&str>) -> Vec<Home> {
        match group {
            None if home == Home::Shared => vec![home],
            None => vec![home, Home::Shared],
            Some("shared") => vec![Home::Shared],
            Some("events") => vec![Home::Events],
            Some(name) => {
                let at = self
                    .document
                    .groups
                    .iter()
                    .position(|group| group.group == name);
                at.map(|at| Home::Group(GroupId(at))).into_iter().collect()
            }
        }
    }

    /// The type called `name`, suffix and all.
    pub(super) fn written(&self, name: &str, home: Home) -> Result<TypeId, BuildError> {
        match written_ty(self, name, home)? {
            Ty::Named(id) => Ok(id),
            _ => Err(BuildError(format!("`{name}` is not the name of a type"))),
        }
    }
}

/// The type that `takes`, `returns` and `payload` write, suffix and all.
pub(super) fn written_ty(table: &TypeTable<'_>, text: &str, home: Home) -> Result<Ty, BuildError> {
    table.ty(&parse(text)?, home, None)
}

pub(super) fn parse(text: &str) -> Result<TypeExpr, BuildError> {
    TypeExpr::parse(text).map_err(|error| BuildError(format!("`{text}` is no type: {error}")))
}

fn prim_ty(prim: Prim) -> Ty {
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

fn view_key(view: View) -> &'static str {
    match view {
        View::Read => "read",
        View::Create => "create",
        View::Update => "update",
        View::Write => "write",
    }
}

/// The name of the enumeration that a field declares for itself.
fn choice_name(schema: &str, field: &str) -> String {
    format!("{schema}{}", names::type_name(field))
}

fn members(values: Option<&spec::Map<spec::Member>>) -> Vec<Member> {
    values
        .into_iter()
        .flat_map(spec::Map::iter)
        .map(|(wire, spec)| Member {
            wire: wire.to_owned(),
            rust: spec.rust.clone().unwrap_or_else(|| names::type_name(wire)),
            does: spec.does.clone(),
            deprecated: spec.deprecated.clone(),
        })
        .collect()
}

/// The two ends of `1..255`, either of which may be open.
pub(super) fn bounds<T>(
    text: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> (Option<T>, Option<T>) {
    let Some((low, high)) = text.and_then(|text| text.split_once("..")) else {
        return (None, None);
    };
    (read_end(low, &read), read_end(high, &read))
}

fn read_end<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let text = text.trim();
    if text.is_empty() { None } else { read(text) }
}
