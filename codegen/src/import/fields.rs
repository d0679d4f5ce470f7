//! Writes the fields of a class once for all its views, with the views in which something differs.

use indexmap::{IndexMap, IndexSet};

use super::{
    classes::{Side, visible},
    draft::{DraftField, DraftSchema},
    shape::{Arena, Bounds, Kind, Shape, distinct},
    types::{Speller, Typed},
    views::{About, Seen, seen, views},
};

/// The schema of a class.
pub(crate) fn schema(about: &About<'_>, speller: &mut Speller<'_>) -> DraftSchema {
    let arena = speller.arena;
    let class = about.class;
    let views = views(about);
    let mut names: IndexSet<&str> = IndexSet::new();
    for (_, side) in &views {
        for object in class.seen(*side, arena) {
            for property in visible(object, *side) {
                names.insert(&property.name);
            }
        }
    }
    let mut todo: Vec<String> = Vec::new();
    for (id, _) in &class.members {
        todo.extend(arena.get(*id).doubts.iter().cloned());
    }
    distinct(&mut todo);
    todo.extend(
        views
            .iter()
            .filter_map(|(view, side)| mixed(about, view, *side, arena)),
    );
    let fields = names
        .into_iter()
        .map(|name| field(about, name, &views, speller))
        .collect();
    DraftSchema {
        name: class.name.clone(),
        does: String::new(),
        root: class.root,
        views: match views.as_slice() {
            [("read", _)] => Vec::new(),
            views => views.iter().map(|(view, _)| *view).collect(),
        },
        official: class.official.clone(),
        fields,
        todo,
        ..DraftSchema::default()
    }
}

/// The note on a view whose bodies differ.
fn mixed(about: &About<'_>, view: &str, side: Side, arena: &Arena) -> Option<String> {
    if side == Side::Read || !about.class.root {
        return None;
    }
    let bodies: Vec<IndexSet<&str>> = about
        .class
        .seen(side, arena)
        .map(|object| visible(object, side).map(|p| p.name.as_str()).collect())
        .collect();
    let mut times: IndexMap<&str, usize> = IndexMap::new();
    for name in bodies.iter().flatten() {
        *times.entry(name).or_default() += 1;
    }
    let partial = times.into_iter().filter(|(_, times)| *times < bodies.len());
    let partial: Vec<&str> = partial.map(|(name, _)| name).collect();
    let told = || format!("only some bodies of `{view}` have {}", partial.join(", "));
    (!partial.is_empty()).then(told)
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
        .map(|s| speller.spell_field(&s.shape, &class.name, name))
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
                format!("required by only some bodies of `{}`", one.view),
            );
        }
        field.nullable |= one.shape.nullable;
        field.deprecated |= one.shape.deprecated;
    }
    let read = seen.first().is_some_and(|s| s.view == "read");
    if chosen && read && name == "id" && !field.required.contains(&"read") {
        field.required.insert(0, "read");
    }
    let integers = typed.iter().all(|t| t.text == "int");
    if !integers {
        typed = typed.into_iter().map(Typed::without_integers).collect();
    }
    borrow(&mut typed);
    use_name(&mut typed, speller);
    types(&mut field, &seen, &typed);
    facts(&mut field, &seen);
    field
}

/// The type of most views, and the views that differ.
fn types(field: &mut DraftField, seen: &[Seen], typed: &[Typed]) {
    let Some(first) = typed.first() else { return };
    field.format = typed.iter().find_map(|t| t.format);
    field.unit = typed.iter().find_map(|t| t.unit);
    field.wire = typed.iter().find_map(|t| t.wire);
    for doubt in typed.iter().flat_map(|t| &t.doubts) {
        note(field, doubt.clone());
    }
    if typed.iter().any(|t| !t.values.is_empty()) {
        if typed.iter().any(Typed::has_integers) {
            field.kind = first.text.clone();
        }
        field.values = typed.iter().flat_map(|t| &t.values).cloned().collect();
        distinct(&mut field.values);
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

/// If one view does not describe a value and another does, that description applies to both.
fn borrow(typed: &mut [Typed]) {
    let vague = |text: &str| text.trim_matches(['[', ']', '{', '}']) == "json";
    // A schema keeps its views: it may have no such view.
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

/// If one view names an enumeration and another lists the same values, the name is used.
fn use_name(typed: &mut [Typed], speller: &Speller<'_>) {
    let named = typed
        .iter()
        .find_map(|t| speller.enums.members(&t.text).map(|m| (t.clone(), m)));
    let Some((named, members)) = named else {
        return;
    };
    for one in typed.iter_mut().filter(|t| t.members() == members) {
        *one = named.clone();
    }
}

/// Limits and defaults: the first view that states one, and a doubt if another differs.
fn facts(field: &mut DraftField, seen: &[Seen]) {
    let text = field.kind.is_empty() || field.kind == "string";
    let has_members = !field.values.is_empty();
    let length = one(field, seen, "length", |s| s.length.text());
    field.length = length.filter(|_| text);
    let range = one(field, seen, "range", |s| tidy(&s.range).text());
    let counts = |s: &Seen| matches!(s.shape.kind, Kind::Int | Kind::Number);
    if seen.iter().any(counts) || range.is_none() {
        field.range = range.filter(|_| !has_members);
    } else if let Some(range) = range {
        note(
            field,
            format!("a range of {range} for a type that is not a number"),
        );
    }
    for unsaid in seen.iter().flat_map(|s| s.shape.unsaid()) {
        note(field, unsaid);
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
        ..*bounds
    }
}

fn note(field: &mut DraftField, text: String) {
    if !field.todo.contains(&text) {
        field.todo.push(text);
    }
}
