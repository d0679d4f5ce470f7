//! Lays shapes together: the parts of an `allOf`, which all hold, and alternatives, of which one
//! holds. Where no single shape covers the alternatives, they are kept side by side.

use super::shape::{Arena, Kind, Object, Shape};

/// The shape that holds when all parts do.
pub(crate) fn all(arena: &mut Arena, parts: Vec<Shape>) -> Shape {
    let mut parts = parts.into_iter().filter(|part| *part != Shape::default());
    let mut whole = parts.next().unwrap_or_default();
    for part in parts {
        whole = both(arena, whole, part);
    }
    whole
}

fn both(arena: &mut Arena, one: Shape, two: Shape) -> Shape {
    let kind = match (&one.kind, &two.kind) {
        (Kind::Object(a), Kind::Object(b)) => {
            let united = unite(arena.get(*a).clone(), arena.get(*b), true, arena);
            let place = arena.reserve(None);
            arena.set(place, united);
            Kind::Object(place)
        }
        (Kind::Any, other) => other.clone(),
        (kind, _) => kind.clone(),
    };
    // The name of a part is the name of the whole only where the other part adds no properties.
    let adds = |kind: &Kind| !matches!(kind, Kind::Any);
    let official = match (adds(&one.kind), adds(&two.kind)) {
        (true, false) => one.official,
        (false, true) => two.official,
        _ => None,
    };
    Shape {
        kind,
        official,
        format: two.format.or(one.format),
        values: if two.values.is_empty() {
            one.values
        } else {
            two.values
        },
        nullable: one.nullable || two.nullable,
        read_only: one.read_only || two.read_only,
        write_only: one.write_only || two.write_only,
        deprecated: one.deprecated || two.deprecated,
        default: two.default.or(one.default),
        length: two.length.or(&one.length),
        range: two.range.or(&one.range),
        items: two.items.or(&one.items),
        pattern: two.pattern.or(one.pattern),
        required_on: [one.required_on, two.required_on].concat(),
        doubts: [one.doubts, two.doubts].concat(),
    }
}

/// Adds the properties of `more`. In an `allOf` a property is required when any part says so; among
/// alternatives only when all do.
fn unite(mut object: Object, more: &Object, conjunction: bool, arena: &Arena) -> Object {
    if !conjunction {
        for property in &mut object.properties {
            let there = more.property(&property.name);
            property.required &= there.is_some_and(|other| other.required);
        }
    }
    for property in &more.properties {
        let place = object
            .properties
            .iter_mut()
            .find(|p| p.name == property.name);
        match place {
            Some(known) if conjunction => {
                known.required |= property.required;
                if says_more(&property.shape, &known.shape, arena) {
                    known.shape = property.shape.clone();
                }
            }
            Some(known) => alternative(known, &property.shape),
            None => {
                let mut property = property.clone();
                property.required &= conjunction;
                object.properties.push(property);
            }
        }
    }
    object.official = None;
    object.doubts.extend(more.doubts.iter().cloned());
    object
}

/// A property that two alternatives declare.
fn alternative(known: &mut super::shape::Property, other: &Shape) {
    if known.shape.kind == Kind::Any {
        known.shape = other.clone();
    }
    if !known.shape.values.is_empty() && !other.values.is_empty() {
        for value in &other.values {
            if !known.shape.values.contains(value) {
                known.shape.values.push(value.clone());
            }
        }
    } else {
        known.shape.values.clear();
    }
    known.shape.nullable |= other.nullable;
}

fn says_more(new: &Shape, old: &Shape, arena: &Arena) -> bool {
    match (&new.kind, &old.kind) {
        (Kind::Any, _) => false,
        (Kind::Object(a), Kind::Object(b)) => {
            arena.get(*a).properties.len() >= arena.get(*b).properties.len()
        }
        _ => true,
    }
}

/// The shape of which one of several holds.
pub(crate) fn either(arena: &mut Arena, shapes: Vec<Shape>) -> Shape {
    let mut nullable = false;
    let mut distinct: Vec<Shape> = Vec::new();
    for shape in shapes {
        nullable |= shape.nullable;
        let empty = shape.kind == Kind::Any && shape.values.is_empty() && shape.doubts.is_empty();
        let null = empty && shape.nullable;
        if !(null || distinct.contains(&shape)) {
            distinct.push(shape);
        }
    }
    let mut shape = flatten(arena, distinct);
    shape.nullable |= nullable;
    shape
}

fn flatten(arena: &mut Arena, mut shapes: Vec<Shape>) -> Shape {
    if shapes.len() < 2 {
        return shapes.pop().unwrap_or_default();
    }
    let is = |shape: &Shape, kinds: &[Kind]| kinds.contains(&shape.kind);
    if shapes.iter().all(|s| is(s, &[Kind::Int, Kind::Number])) {
        return Shape::of(Kind::Number);
    }
    if shapes.iter().all(|s| is(s, &[Kind::Text])) {
        return texts(&shapes);
    }
    let linked = shapes.iter().any(|s| match s.kind {
        Kind::Object(id) => arena.get(id).is_link(),
        _ => false,
    });
    if !linked && shapes.iter().all(|s| matches!(s.kind, Kind::Object(_))) {
        return objects(arena, &shapes);
    }
    if shapes.iter().all(|s| matches!(s.kind, Kind::List(_))) {
        let items = shapes.into_iter().filter_map(|s| match s.kind {
            Kind::List(item) => Some(*item),
            _ => None,
        });
        let items = items.collect();
        return Shape::of(Kind::List(Box::new(either(arena, items))));
    }
    Shape::of(Kind::Either(shapes))
}

/// Text in every case: the known members are only suggestions when one alternative is open.
fn texts(shapes: &[Shape]) -> Shape {
    let mut text = Shape::of(Kind::Text);
    let formats: Vec<_> = shapes.iter().map(|s| &s.format).collect();
    if formats.windows(2).all(|pair| pair[0] == pair[1]) {
        text.format = shapes.first().and_then(|s| s.format.clone());
    }
    for value in shapes.iter().flat_map(|s| &s.values) {
        if !text.values.contains(value) {
            text.values.push(value.clone());
        }
    }
    if !text.values.is_empty() && shapes.iter().any(|s| s.values.is_empty()) {
        text.doubts
            .push("the members are suggestions; other texts are allowed".into());
    }
    text
}

/// One object with the properties of all alternatives, required where all require them.
fn objects(arena: &mut Arena, shapes: &[Shape]) -> Shape {
    let mut ids = shapes.iter().filter_map(Shape::object);
    let Some(first) = ids.next() else {
        return Shape::default();
    };
    let mut names: Vec<String> = arena.get(first).official.iter().cloned().collect();
    let mut count = 1;
    let mut united = arena.get(first).clone();
    for id in ids {
        let more = arena.get(id).clone();
        names.extend(more.official.clone());
        count += 1;
        united = unite(united, &more, false, arena);
    }
    united.doubts.push(if names.len() == count {
        format!(
            "one of {} in the official description, laid together here",
            names.join(", ")
        )
    } else {
        format!("one of {count} shapes in the official description, laid together here")
    });
    let place = arena.reserve(None);
    arena.set(place, united);
    Shape::of(Kind::Object(place))
}
