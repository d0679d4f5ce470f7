//! The parts of an `allOf`, which all apply.

use super::objects::{Laid, PARTS, unite};
use crate::import::shape::{Arena, Kind, ObjectId, Shape};

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
