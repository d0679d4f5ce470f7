//! Writes the fields of a class once for all its views, with the views in which something differs.

use std::collections::BTreeSet;

use super::{
    classes::{Class, Classes, Side, visible},
    draft::{DraftField, DraftSchema},
    shape::{Arena, Bounds, Kind, Object, Property, Shape},
    types::{Speller, Typed},
};

/// A class and what is known about it.
pub(crate) struct About<'a> {
    pub class: &'a Class,
    /// Reading gives only the fields a caller chooses, so that none is always there.
    pub chosen: bool,
    /// Creating and updating take the same, so that one view stands for both.
    pub written: bool,
}

/// The schema of a class.
pub(crate) fn schema(about: &About<'_>, speller: &mut Speller<'_>) -> DraftSchema {
    let arena = speller.arena;
    let class = about.class;
    let views = views(about);
    let mut names: Vec<&str> = Vec::new();
    for (_, side) in &views {
        for object in class.seen(*side, arena) {
            for property in visible(object, *side) {
                if !names.contains(&property.name.as_str()) {
                    names.push(&property.name);
                }
            }
        }
    }
    let mut todo: Vec<String> = Vec::new();
    for (id, _) in &class.members {
        for doubt in &arena.get(*id).doubts {
            if !todo.contains(doubt) {
                todo.push(doubt.clone());
            }
        }
    }
    let fields = names
        .into_iter()
        .map(|name| field(about, name, &views, speller))
        .collect();
    DraftSchema {
        name: class.name.clone(),
        views: match views.as_slice() {
            [("read", _)] => Vec::new(),
            views => views.iter().map(|(view, _)| *view).collect(),
        },
        official: class.official.clone(),
        fields,
        values: Vec::new(),
        todo,
    }
}

/// The views of a class and the side that stands for each.
fn views(about: &About<'_>) -> Vec<(&'static str, Side)> {
    let sides = about.class.sides();
    let mut views = Vec::new();
    if sides.contains(&Side::Read) {
        views.push(("read", Side::Read));
    }
    if about.written {
        views.push(("write", Side::Create));
        return views;
    }
    if sides.contains(&Side::Create) {
        views.push(("create", Side::Create));
    }
    if sides.contains(&Side::Update) {
        views.push(("update", Side::Update));
    }
    views
}

/// The classes that creating and updating take alike: their own fields, and all that these are made
/// of. What is itself a body keeps two views, since updating rarely needs what creating does.
pub(crate) fn alike(classes: &Classes, arena: &Arena) -> BTreeSet<usize> {
    let mut alike: BTreeSet<usize> = BTreeSet::new();
    for (place, class) in classes.classes.iter().enumerate() {
        let sides = class.sides();
        let both = sides.contains(&Side::Create) && sides.contains(&Side::Update);
        if both && !class.root && same_fields(class, arena) {
            alike.insert(place);
        }
    }
    loop {
        let before = alike.len();
        let kept = alike.iter().copied().filter(|place| {
            let class = classes.classes.get(*place);
            let mut below = Vec::new();
            for object in class
                .into_iter()
                .flat_map(|class| class.seen(Side::Create, arena))
            {
                visible(object, Side::Create).for_each(|p| p.shape.objects(&mut below));
            }
            below.iter().all(|id| {
                classes
                    .place(*id)
                    .is_none_or(|place| alike.contains(&place))
            })
        });
        alike = kept.collect();
        if alike.len() == before {
            return alike;
        }
    }
}

fn same_fields(class: &Class, arena: &Arena) -> bool {
    let told = |side| -> BTreeSet<(String, bool)> {
        let objects = class.seen(side, arena);
        let fields = objects.flat_map(|o| visible(o, side));
        fields
            .map(|p| (p.name.clone(), required(p, side)))
            .collect()
    };
    told(Side::Create) == told(Side::Update)
}

/// Whether a side needs the property.
pub(crate) fn required(property: &Property, side: Side) -> bool {
    let method = match side {
        Side::Read => return property.required,
        Side::Create => "post",
        Side::Update => "put",
    };
    property.required || property.shape.required_on.iter().any(|m| m == method)
}

/// A field as one view has it.
struct Seen {
    view: &'static str,
    shape: Shape,
    required: bool,
    /// Some objects of the view need it and others do not.
    disputed: bool,
}

fn seen(class: &Class, name: &str, views: &[(&'static str, Side)], arena: &Arena) -> Vec<Seen> {
    let mut found = Vec::new();
    for (view, side) in views {
        let objects: Vec<&Object> = class.seen(*side, arena).collect();
        let properties: Vec<&Property> = objects
            .iter()
            .filter_map(|o| visible(o, *side).find(|p| p.name == name))
            .collect();
        let needing = properties.iter().filter(|p| required(p, *side)).count();
        let Some((first, others)) = properties.split_first() else {
            continue;
        };
        found.push(Seen {
            view,
            shape: together(&first.shape, others),
            required: needing == objects.len(),
            disputed: needing > 0 && needing < objects.len() && *side != Side::Read,
        });
    }
    found
}

/// What several objects of one view say of a field: the first to state something is believed, and
/// the members of an enumeration are those of all.
fn together(first: &Shape, others: &[&Property]) -> Shape {
    let mut shape = first.clone();
    for other in others.iter().map(|property| &property.shape) {
        if shape.kind == Kind::Any && other.kind != Kind::Any {
            let doubts = std::mem::take(&mut shape.doubts);
            shape = Shape {
                doubts,
                ..other.clone()
            };
            continue;
        }
        shape.nullable |= other.nullable;
        shape.length = shape.length.or(&other.length);
        shape.range = shape.range.or(&other.range);
        shape.items = shape.items.or(&other.items);
        shape.pattern = shape.pattern.or_else(|| other.pattern.clone());
        shape.default = shape.default.or_else(|| other.default.clone());
        if shape.values.is_empty() || other.values.is_empty() {
            continue;
        }
        for value in &other.values {
            if !shape.values.contains(value) {
                shape.values.push(value.clone());
            }
        }
    }
    shape
}

fn field(
    about: &About<'_>,
    name: &str,
    views: &[(&'static str, Side)],
    speller: &mut Speller<'_>,
) -> DraftField {
    let (class, chosen) = (about.class, about.chosen);
    let seen = seen(class, name, views, speller.arena);
    let mut typed: Vec<Typed> = seen
        .iter()
        .map(|s| speller.spell(&s.shape, &class.name, name))
        .collect();
    let mut field = DraftField {
        name: name.to_owned(),
        ..DraftField::default()
    };
    if seen.len() < views.len() {
        field.views = seen.iter().map(|s| s.view).collect();
    }
    for one in &seen {
        if one.required && !(chosen && one.view == "read" && name != "id") {
            field.required.push(one.view);
        }
        if one.disputed {
            note(
                &mut field,
                format!("required by only some of what `{}` takes", one.view),
            );
        }
        field.nullable |= one.shape.nullable;
        field.deprecated |= one.shape.deprecated;
    }
    let read = seen.first().is_some_and(|s| s.view == "read");
    if chosen && read && name == "id" && !field.required.contains(&"read") {
        field.required.insert(0, "read");
    }
    borrow(&mut typed);
    types(&mut field, &seen, &typed);
    facts(&mut field, &seen);
    field
}

/// The type most views share, and the views that differ.
fn types(field: &mut DraftField, seen: &[Seen], typed: &[Typed]) {
    let Some(first) = typed.first() else { return };
    field.unit = typed.iter().find_map(|t| t.unit);
    field.wire = typed.iter().find_map(|t| t.wire);
    for doubt in typed.iter().flat_map(|t| &t.doubts) {
        note(field, doubt.clone());
    }
    if typed.iter().any(|t| !t.values.is_empty()) {
        field.values.clear();
        for value in typed.iter().flat_map(|t| &t.values) {
            if !field.values.contains(value) {
                field.values.push(value.clone());
            }
        }
        if typed.iter().any(|t| t.values.len() != field.values.len()) {
            let sides = typed
                .iter()
                .zip(seen)
                .map(|(t, s)| match t.values.as_slice() {
                    [] => format!("{} as {}", s.view, t.text),
                    values => format!("{} as {}", s.view, values.join(", ")),
                });
            note(
                field,
                format!(
                    "declared differently: {}",
                    sides.collect::<Vec<_>>().join("; ")
                ),
            );
        }
        return;
    }
    field.kind = first.text.clone();
    for (one, typed) in seen.iter().zip(typed).skip(1) {
        if typed.text != field.kind {
            field.types.push((one.view, typed.text.clone()));
        }
    }
}

/// Where one view does not describe a value and another does, the description holds for both.
fn borrow(typed: &mut [Typed]) {
    let vague = |text: &str| text.trim_matches(['[', ']', '{', '}']) == "json";
    // A schema stays where it is: it may have no such view.
    let schema = |text: &str| text.contains(|c: char| c.is_ascii_uppercase());
    let told = typed
        .iter()
        .find(|t| t.values.is_empty() && !vague(&t.text) && !schema(&t.text))
        .cloned();
    let Some(told) = told else { return };
    for one in typed
        .iter_mut()
        .filter(|t| vague(&t.text) && t.values.is_empty())
    {
        if one
            .doubts
            .iter()
            .all(|doubt| doubt == super::types::NOTHING)
        {
            *one = told.clone();
        }
    }
}

/// Limits and defaults: the first view that states one, and a doubt where another says otherwise.
fn facts(field: &mut DraftField, seen: &[Seen]) {
    field.length = one(field, seen, "length", |s| s.length.text());
    let range = one(field, seen, "range", |s| tidy(&s.range).text());
    let counts = |s: &Seen| matches!(s.shape.kind, Kind::Int | Kind::Number);
    if seen.iter().any(counts) || range.is_none() {
        field.range = range;
    } else if let Some(range) = range {
        note(
            field,
            format!("a range of {range} on something that is no number"),
        );
    }
    field.items = one(field, seen, "items", |s| s.items.text());
    field.pattern = one(field, seen, "pattern", |s| s.pattern.clone());
    let default = one(field, seen, "default", |s| {
        s.default.as_ref().map(ToString::to_string)
    });
    let default = default.and_then(|text| serde_json::from_str(&text).ok());
    field.default = default.filter(|value: &serde_json::Value| !value.is_null());
}

fn one(
    field: &mut DraftField,
    seen: &[Seen],
    what: &str,
    read: impl Fn(&Shape) -> Option<String>,
) -> Option<String> {
    let told: Vec<(&str, String)> = seen
        .iter()
        .filter_map(|s| Some((s.view, read(&s.shape)?)))
        .collect();
    let (_, first) = told.first()?;
    if told.iter().any(|(_, text)| text != first) {
        let sides = told.iter().map(|(view, text)| format!("{text} in {view}"));
        note(
            field,
            format!("{what}: {}", sides.collect::<Vec<_>>().join(", ")),
        );
    }
    Some(first.clone())
}

/// `0.0` is `0`.
fn tidy(bounds: &Bounds) -> Bounds {
    let number = |text: &Option<String>| {
        let value = text.as_ref().and_then(|t| serde_json::from_str(t).ok());
        value.and_then(|value| super::types::number_text(&value))
    };
    Bounds {
        min: number(&bounds.min),
        max: number(&bounds.max),
    }
}

fn note(field: &mut DraftField, text: String) {
    if !field.todo.contains(&text) {
        field.todo.push(text);
    }
}
