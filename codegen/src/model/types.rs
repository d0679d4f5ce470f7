//! Schemas become types: one for each view, with the fields resolved in that view.

use super::{
    Field, Gate, Home, Kind, KnownValue, Limits, Member, TypeDef, TypeId, When, mistakable,
    names::{Members, constant_name, members},
    one_of,
    refs::{self, Typed},
    sets,
    table::{Slot, TypeTable},
};
use crate::{
    diagnostic::Diagnostics,
    index::{FieldAt, Meant, SchemaAt},
    spec::{self, View},
};

/// The types, with every reference resolved; `None` if one cannot be, which is reported.
pub(super) fn resolve(table: &TypeTable<'_>, out: &mut Diagnostics) -> Option<Vec<TypeDef>> {
    let typed = refs::fields(table, out);
    refs::branches(table, out);
    let named = Members::claim(table.cx, out);
    let types = table.slots.iter().map(|slot| match slot {
        Slot::Choice(name, schema) => Some(choice(name, *schema, out)),
        Slot::FieldChoice(name, field) => Some(field_choice(name, **field, out)),
        Slot::View(name, schema, view) => object(table, name, *schema, *view, (&typed, &named)),
        Slot::OneOf(name, schema, view) => one_of::resolve(table, name, *schema, *view, &named),
    });
    // All of them are resolved before returning, so that every problem is reported.
    let types: Vec<_> = types.collect();
    let mut types = types.into_iter().collect::<Option<Vec<_>>>()?;
    one_of::finish(&mut types);
    mistakable::mark(&mut types);
    Some(types)
}

fn choice(name: &str, schema: SchemaAt<'_>, out: &mut Diagnostics) -> TypeDef {
    let (values, at) = (schema.spec.values.as_ref(), schema.at().key("values"));
    let members = members(name, values, at, out);
    TypeDef {
        home: schema.home,
        name: name.to_owned(),
        schema: schema.name.to_owned(),
        view: None,
        does: schema.spec.does.clone(),
        notes: schema.spec.notes.clone(),
        official: schema.spec.official.clone(),
        key: None,
        unique: Vec::new(),
        known: Vec::new(),
        updates: None,
        kind: enumeration(members, schema.spec.kind.is_some()),
        gate: Gate::Always,
    }
}

fn field_choice(name: &str, field: FieldAt<'_>, out: &mut Diagnostics) -> TypeDef {
    let (values, at) = (field.spec.values.as_ref(), field.at().key("enum"));
    let members = members(name, values, at, out);
    let schema = field.schema.name;
    TypeDef {
        home: field.schema.home,
        name: name.to_owned(),
        schema: schema.to_owned(),
        view: None,
        does: format!("The values of the field `{}` of `{schema}`.", field.name),
        notes: Vec::new(),
        official: None,
        key: None,
        unique: Vec::new(),
        known: Vec::new(),
        updates: None,
        kind: enumeration(members, field.spec.kind.is_some()),
        gate: Gate::Always,
    }
}

fn object<'a>(
    table: &TypeTable<'a>,
    name: &str,
    at: SchemaAt<'a>,
    view: View,
    resolved: (&Typed<'a>, &Members<'a>),
) -> Option<TypeDef> {
    let schema = at.spec;
    let fields = at.fields().filter(|field| field.views().contains(&view));
    let fields = fields.map(|it| field(table, it, view, resolved));
    let fields: Vec<Field> = fields.collect::<Option<_>>()?;
    let sets = |sets: &[Vec<String>]| sets::of(&fields, |field| field.wire.as_str(), sets);
    Some(TypeDef {
        home: at.home,
        name: name.to_owned(),
        schema: at.name.to_owned(),
        view: Some(view),
        does: schema.does.clone(),
        notes: schema.notes.clone(),
        official: schema.official.clone(),
        key: schema.key.clone().filter(|_| view == View::Read),
        unique: match view {
            View::Read => schema.unique.clone(),
            _ => Vec::new(),
        },
        known: known(schema),
        updates: schema
            .updates
            .as_deref()
            .filter(|_| view == View::Update)
            .and_then(|name| read_view(table, at.home, name)),
        kind: Kind::Object {
            needs_one_of: sets(schema.needs_one_of.of(view)),
            at_most_one_of: sets(schema.at_most_one_of.of(view)),
            fields,
            named_in_turn: false,
        },
        gate: Gate::Always,
    })
}

fn field<'a>(
    table: &TypeTable<'a>,
    at: FieldAt<'a>,
    view: View,
    (typed, named): (&Typed<'a>, &Members<'a>),
) -> Option<Field> {
    let (wire, field) = (at.name, at.spec);
    let ty = typed.of(at, view)?.clone();
    let limits = Limits {
        length: bounds(field.length.as_deref(), |n| n.parse().ok()),
        range: bounds(field.range.as_deref(), |n| Some(n.to_owned())),
        items: bounds(field.items.as_deref(), |n| n.parse().ok()),
        pattern: field.pattern.clone(),
        format: field.format,
    };
    let written = at.schema.spec.views.iter().any(|view| *view != View::Read);
    let only_read = field
        .views
        .as_ref()
        .is_some_and(|views| views == &[View::Read]);
    Some(Field {
        wire: wire.to_owned(),
        rust: named.of(at.schema, wire)?,
        ty,
        spelling: field.wire,
        required: field.required.contains(&view),
        nullable: field.nullable.holds_in(view),
        read_only: written && only_read,
        secret: field.secret,
        refers_to: field
            .refers_to
            .as_deref()
            .filter(|_| view == View::Read)
            .and_then(|name| read_view(table, at.schema.home, name)),
        values_of: field
            .values_of
            .as_deref()
            .and_then(|name| read_view(table, at.schema.home, name)),
        on_delete: field.on_delete,
        merges: field
            .merges
            .filter(|_| matches!(view, View::Update | View::Write)),
        boxed: false,
        does: field.does.clone(),
        unit: field.unit.clone(),
        when: field
            .when
            .as_deref()
            .filter(|_| view == View::Read)
            .map(When::of),
        empty: field.empty.clone(),
        default: field.default.clone(),
        example: field.example.clone(),
        limits,
        deprecated: field.deprecated.clone(),
    })
}

/// The read view of the schema that is named in this file.
fn read_view(table: &TypeTable<'_>, home: Home, name: &str) -> Option<TypeId> {
    let schema = table.cx.read(home, name).ok()?.alone()?;
    table.meant(Meant::View(schema, View::Read))
}

fn known(schema: &spec::Schema) -> Vec<KnownValue> {
    let known = schema.known_values.iter();
    let known = known.map(|(wire, value)| KnownValue {
        wire: wire.to_owned(),
        name: value.name.clone(),
        rust: constant_name(&value.name),
        does: value.does.clone(),
    });
    known.collect()
}

fn enumeration(members: Vec<Member>, of_integers: bool) -> Kind {
    if of_integers {
        Kind::Integers(members)
    } else {
        Kind::Choice(members)
    }
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
