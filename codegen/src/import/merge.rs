//! Merges shapes: the parts of an `allOf`, which all apply, and alternatives, of which one applies. If no
//! single shape covers the alternatives, they are kept separately.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::shape::{Arena, Kind, Object, ObjectId, Shape, distinct};

/// The shape if all parts apply.
pub(crate) fn all(arena: &mut Arena, parts: Vec<Shape>) -> Shape {
    let mut parts = parts.into_iter().filter(|part| *part != Shape::default());
    let mut whole = parts.next().unwrap_or_default();
    // The object with the properties of several parts, once there is one.
    let mut own = None;
    for part in parts {
        whole = both(arena, whole, part, &mut own);
    }
    whole
}

fn both(arena: &mut Arena, one: Shape, two: Shape, own: &mut Option<ObjectId>) -> Shape {
    let kind = match (&one.kind, &two.kind) {
        (Kind::Object(a), Kind::Object(b)) => {
            let (place, object) = match *own {
                Some(place) if place == *a => (place, arena.take(place)),
                _ => {
                    let object = arena.get(*a).clone();
                    (arena.reserve(None), object)
                }
            };
            let more = arena.get(*b).clone();
            // Two choices at once could not be matched.
            let branches = match (object.branches.is_empty(), more.branches.is_empty()) {
                (false, true) => object.branches.clone(),
                (true, false) => more.branches.clone(),
                _ => Vec::new(),
            };
            let mut united = unite(arena, object, &more, true, &mut Laid::new());
            united.branches = branches;
            arena.set(place, united);
            *own = Some(place);
            Kind::Object(place)
        }
        (Kind::Any, other) => other.clone(),
        (kind, _) => kind.clone(),
    };
    let mut demands = [one.demands, two.demands].concat();
    let kind = demanded(arena, kind, &mut demands, own);
    let form = std::mem::discriminant::<Kind>;
    let contradicts = !matches!(one.kind, Kind::Any)
        && !matches!(two.kind, Kind::Any)
        && form(&one.kind) != form(&two.kind);
    let contradicts = contradicts.then(|| PARTS.to_owned());
    // A part gives the whole its name only if the other part adds no properties.
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
        multiple: two.multiple.or(one.multiple),
        pattern: two.pattern.or(one.pattern),
        demands,
        required_on: [one.required_on, two.required_on].concat(),
        doubts: [one.doubts, two.doubts, contradicts.into_iter().collect()].concat(),
    }
}

/// Marks as required what one part requires and another declares, and leaves in `demands` what nobody has
/// declared yet.
fn demanded(
    arena: &mut Arena,
    kind: Kind,
    demands: &mut Vec<String>,
    own: &mut Option<ObjectId>,
) -> Kind {
    let Kind::Object(id) = kind else { return kind };
    let declares = |arena: &Arena, name: &str| arena.get(id).property(name).is_some();
    if !demands.iter().any(|name| declares(arena, name)) {
        return kind;
    }
    let (place, mut object) = match *own {
        Some(place) if place == id => (place, arena.take(place)),
        _ => (arena.reserve(None), arena.get(id).clone()),
    };
    demands.retain(|name| match object.properties.get_mut(name) {
        Some(property) => {
            property.required = true;
            false
        }
        None => true,
    });
    arena.set(place, object);
    *own = Some(place);
    Kind::Object(place)
}

/// The doubt about a value on which two parts of an `allOf` disagree.
const PARTS: &str = "its parts are of different types";

/// Adds the properties of `more`. In an `allOf` a property is required if any part says so; for alternatives,
/// only the caller knows.
fn unite(
    arena: &mut Arena,
    mut object: Object,
    more: &Object,
    conjunction: bool,
    laid: &mut Laid,
) -> Object {
    for property in more.properties.values() {
        match object.properties.get_mut(&property.name) {
            Some(known) if conjunction => {
                known.required |= property.required;
                let form = |shape: &Shape| match shape.kind {
                    Kind::Any | Kind::Int | Kind::Number | Kind::Either(_) => None,
                    ref kind => Some(std::mem::discriminant(kind)),
                };
                let kinds = (form(&known.shape), form(&property.shape));
                let plain =
                    |shape: &Shape| matches!(shape.kind, Kind::Int | Kind::Number | Kind::Text);
                let differs = matches!(kinds, (Some(one), Some(two)) if one != two)
                    || plain(&known.shape)
                        && plain(&property.shape)
                        && (known.shape.kind == Kind::Text) != (property.shape.kind == Kind::Text);
                let doubts = std::mem::take(&mut known.shape.doubts);
                if says_more(&property.shape, &known.shape, arena) {
                    known.shape = property.shape.clone();
                }
                for doubt in doubts.into_iter().chain(differs.then(|| PARTS.to_owned())) {
                    if !known.shape.doubts.contains(&doubt) {
                        known.shape.doubts.push(doubt);
                    }
                }
            }
            Some(known) => {
                let mut lay = |one, two| lay(arena, one, two, laid);
                alternative(known, &property.shape, &mut lay);
            }
            None => {
                let property = property.clone();
                object.properties.insert(property.name.clone(), property);
            }
        }
    }
    object.official = None;
    object.doubts.extend(more.doubts.iter().cloned());
    object
}

/// Which objects were merged into which.
type Laid = HashMap<(ObjectId, ObjectId), ObjectId>;

/// Merges two alternative objects. An object that is still being read, because it contains itself, has no
/// properties to merge.
fn lay(arena: &mut Arena, one: ObjectId, two: ObjectId, laid: &mut Laid) -> Option<ObjectId> {
    if let Some(known) = laid.get(&(one, two)) {
        return Some(*known);
    }
    let (first, second) = (arena.get(one).clone(), arena.get(two).clone());
    if first.properties.is_empty() || second.properties.is_empty() {
        return None;
    }
    let place = arena.reserve(None);
    laid.insert((one, two), place);
    let needs = |object: &Object, name: &str| object.property(name).is_some_and(|it| it.required);
    let required = |name: &str| needs(&first, name) && needs(&second, name);
    let mut united = unite(arena, first.clone(), &second, false, laid);
    for property in united.properties.values_mut() {
        property.required = required(&property.name);
        distinct(&mut property.shape.values);
        distinct(&mut property.shape.doubts);
    }
    united.branches = [apart(arena, one), apart(arena, two)].concat();
    arena.set(place, united);
    Some(place)
}

/// The facts of a value that has either the shape `known` or `other`: facts of only one are kept as
/// alternatives, and lost ones become doubts.
pub(crate) fn or(known: &mut Shape, other: &Shape) {
    beside(known, other, &mut |_, _| None);
}

/// How two objects are merged, if they can be.
type Lay<'l> = dyn FnMut(ObjectId, ObjectId) -> Option<ObjectId> + 'l;

fn beside(known: &mut Shape, other: &Shape, lay: &mut Lay<'_>) {
    match (&known.kind, &other.kind) {
        (Kind::Any, _) => {
            let doubts = std::mem::take(&mut known.doubts);
            *known = other.clone();
            known.doubts.splice(0..0, doubts);
        }
        (_, Kind::Any) => {}
        (Kind::Int, Kind::Number) | (Kind::Number, Kind::Int) => known.kind = Kind::Number,
        (Kind::Object(one), Kind::Object(two)) if one != two => match lay(*one, *two) {
            Some(both) => {
                known.kind = Kind::Object(both);
                known.official = None;
                known.doubts.push(OBJECTS.to_owned());
            }
            None => known.doubts.push(ONE_OBJECT.to_owned()),
        },
        (Kind::List(one), Kind::List(two)) | (Kind::Map(one), Kind::Map(two)) => {
            let mut item = (**one).clone();
            beside(&mut item, two, lay);
            known.kind = match known.kind {
                Kind::List(_) => Kind::List(Box::new(item)),
                _ => Kind::Map(Box::new(item)),
            };
        }
        (one, two) if std::mem::discriminant(one) != std::mem::discriminant(two) => {
            let mut shapes = match std::mem::take(&mut known.kind) {
                Kind::Either(shapes) => shapes,
                kind => vec![Shape {
                    values: known.values.clone(),
                    ..Shape::of(kind)
                }],
            };
            shapes.push(other.clone());
            distinct(&mut shapes);
            known.values.clear();
            known.kind = Kind::Either(shapes);
        }
        _ => {}
    }
    known.nullable |= other.nullable;
}

/// The doubt about a value that is one of several objects.
const ONE_OBJECT: &str = "one of several objects in the official description; only one is drafted";

/// The end of the doubt about an object that was merged from several.
pub(crate) const TOGETHER: &str = "in the official description, merged here";

/// The doubt about a value whose objects were merged.
const OBJECTS: &str = "one of several objects in the official description, merged here";

/// A property that two alternatives declare.
fn alternative(known: &mut super::shape::Property, other: &Shape, lay: &mut Lay<'_>) {
    let open = known.shape.values.is_empty() || other.values.is_empty();
    beside(&mut known.shape, other, lay);
    if open {
        known.shape.values.clear();
    } else if !matches!(known.shape.kind, Kind::Either(_)) {
        known.shape.values.extend(other.values.iter().cloned());
    }
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

/// The alternatives of an alternative, if it has nothing else.
fn apart(arena: &Arena, id: ObjectId) -> Vec<ObjectId> {
    let object = arena.get(id);
    let branches = || object.branches.iter().map(|branch| arena.get(*branch));
    let mut names = object.properties.keys();
    let is_choice = names.all(|name| branches().any(|one| one.property(name).is_some()));
    match is_choice && !object.branches.is_empty() {
        true => object.branches.clone(),
        false => vec![id],
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
    use super::super::shape::Property;
    use super::*;

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
