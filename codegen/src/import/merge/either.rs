//! Alternatives, of which one applies.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::objects::{Laid, apart, unite};
use crate::import::shape::{Arena, Kind, Shape, distinct};

/// The end of the doubt about an object that was merged from several.
pub(crate) const TOGETHER: &str = "in the official description, merged here";

/// The shape if one of several applies.
pub(crate) fn either(arena: &mut Arena, shapes: Vec<Shape>) -> Shape {
    let mut nullable = false;
    let mut distinct: IndexSet<Shape> = IndexSet::new();
    for shape in shapes {
        nullable |= shape.nullable;
        let empty = shape.kind == Kind::Any
            && shape.values.is_empty()
            && shape.doubts.is_empty()
            && shape.demands.is_empty();
        let null = empty && shape.nullable;
        if !null {
            distinct.insert(shape);
        }
    }
    let mut shape = flatten(arena, distinct.into_iter().collect());
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
    let demanding = |s: &Shape| s.kind == Kind::Any && !s.demands.is_empty();
    if !linked
        && shapes
            .iter()
            .all(|s| matches!(s.kind, Kind::Object(_)) || demanding(s))
    {
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

/// A string in any case: the known values are only suggestions if one alternative is open.
fn texts(shapes: &[Shape]) -> Shape {
    let mut text = Shape::of(Kind::Text);
    let formats: Vec<_> = shapes.iter().map(|s| &s.format).collect();
    if formats.windows(2).all(|pair| pair[0] == pair[1]) {
        text.format = shapes.first().and_then(|s| s.format.clone());
    }
    for value in shapes.iter().flat_map(|s| &s.values) {
        text.values.push(value.clone());
    }
    distinct(&mut text.values);
    if !text.values.is_empty() && shapes.iter().any(|s| s.values.is_empty()) {
        text.doubts
            .push("the values are suggestions; other strings are allowed".into());
    }
    text
}

/// One object with the properties of all alternatives, required if all require them.
fn objects(arena: &mut Arena, shapes: &[Shape]) -> Shape {
    let mut ids = shapes.iter().filter_map(Shape::object);
    let Some(first) = ids.next() else {
        return Shape::default();
    };
    let mut names: Vec<String> = Vec::new();
    let mut requiring: HashMap<String, usize> = HashMap::new();
    for shape in shapes {
        let object = shape.object().map(|id| arena.get(id));
        names.extend(object.and_then(|object| object.official.clone()));
        let properties = object.into_iter().flat_map(|one| one.properties.values());
        let required = properties.filter(|p| p.required).map(|p| &p.name);
        for name in required.chain(&shape.demands) {
            *requiring.entry(name.clone()).or_default() += 1;
        }
    }
    let count = shapes.len();
    let branches = shapes.iter().filter_map(Shape::object);
    let branches = branches.flat_map(|id| apart(arena, id)).collect();
    let mut united = arena.get(first).clone();
    let mut laid = Laid::new();
    for id in ids {
        let more = arena.get(id).clone();
        united = unite(arena, united, &more, false, &mut laid);
    }
    for property in united.properties.values_mut() {
        property.required = requiring.remove(&property.name) == Some(count);
        distinct(&mut property.shape.values);
        distinct(&mut property.shape.doubts);
    }
    united.doubts.push(if names.len() == count {
        format!("one of {} {TOGETHER}", names.join(", "))
    } else {
        format!("one of {count} shapes {TOGETHER}")
    });
    united.branches = branches;
    let place = arena.reserve(None);
    arena.set(place, united);
    Shape {
        demands: common(requiring, count),
        ..Shape::of(Kind::Object(place))
    }
}

/// What all of the alternatives require, in alphabetical order.
fn common(requiring: HashMap<String, usize>, count: usize) -> Vec<String> {
    let all = requiring.into_iter().filter(|(_, times)| *times == count);
    let mut names: Vec<String> = all.map(|(name, _)| name).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::shape::{Object, Property};

    fn object(arena: &mut Arena, properties: Vec<(&str, Shape)>) -> Shape {
        let place = arena.reserve(None);
        let mut object = Object::default();
        for (name, shape) in properties {
            let property = Property {
                name: name.to_owned(),
                shape,
                required: true,
            };
            object.properties.insert(name.to_owned(), property);
        }
        arena.set(place, object);
        Shape::of(Kind::Object(place))
    }

    #[test]
    fn objects_of_one_name_in_two_alternatives_are_laid_together() {
        let mut arena = Arena::default();
        let texts = |names: &[&'static str]| -> Vec<(&str, Shape)> {
            let all = names.iter().map(|name| (*name, Shape::of(Kind::Text)));
            all.collect()
        };
        let alternatives = [texts(&["id", "name"]), texts(&["id", "size"])].map(|fields| {
            let item = object(&mut arena, fields);
            let options = Shape::of(Kind::List(Box::new(item)));
            object(&mut arena, vec![("options", options)])
        });
        let whole = either(&mut arena, alternatives.to_vec());
        let options = arena.get(whole.object().unwrap()).property("options");
        let Kind::List(item) = &options.unwrap().shape.kind else {
            panic!("{options:?}");
        };
        let item = arena.get(item.object().unwrap());
        let found: Vec<(&str, bool)> = item
            .properties
            .values()
            .map(|one| (one.name.as_str(), one.required))
            .collect();
        assert_eq!(found, [("id", true), ("name", false), ("size", false)]);
        assert_eq!(item.branches.len(), 2);
    }

    #[test]
    fn objects_that_hold_themselves_are_laid_together_once() {
        let mut arena = Arena::default();
        let [one, two] = ["name", "size"].map(|name| {
            let shape = object(&mut arena, vec![(name, Shape::of(Kind::Text))]);
            let place = shape.object().unwrap();
            let mut own = arena.take(place);
            let child = Property {
                name: "child".to_owned(),
                shape: shape.clone(),
                required: false,
            };
            own.properties.insert("child".to_owned(), child);
            arena.set(place, own);
            object(&mut arena, vec![("node", shape)])
        });
        let whole = either(&mut arena, vec![one, two]);
        let node = arena.get(whole.object().unwrap()).property("node").unwrap();
        let node = node.shape.object().unwrap();
        let child = arena.get(node).property("child").unwrap();
        assert_eq!(child.shape.object(), Some(node));
        assert!(arena.get(node).property("size").is_some());
    }
}
