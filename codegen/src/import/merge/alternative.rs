//! A value that has one of two shapes.

use crate::import::shape::{Kind, ObjectId, Property, Shape, distinct};

/// The facts of a value that has either the shape `known` or `other`: facts of only one are kept as
/// alternatives, and lost ones become doubts.
pub(crate) fn or(known: &mut Shape, other: &Shape) {
    widen(known, other, &mut |_, _| None);
}

/// How two objects are merged, if they can be.
type Lay<'l> = dyn FnMut(ObjectId, ObjectId) -> Option<ObjectId> + 'l;

/// Extends `known` to values of the shape `other`.
fn widen(known: &mut Shape, other: &Shape, lay: &mut Lay<'_>) {
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
            widen(&mut item, two, lay);
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

/// The doubt about a value whose objects were merged.
const OBJECTS: &str = "one of several objects in the official description, merged here";

/// A property that two alternatives declare.
pub(super) fn alternative(known: &mut Property, other: &Shape, lay: &mut Lay<'_>) {
    let open = known.shape.values.is_empty() || other.values.is_empty();
    widen(&mut known.shape, other, lay);
    if open {
        known.shape.values.clear();
    } else if !matches!(known.shape.kind, Kind::Either(_)) {
        known.shape.values.extend(other.values.iter().cloned());
    }
}
