//! Decides which views a class has, and the facts of a field in each of them.

use std::collections::{BTreeSet, HashMap};

use super::{
    classes::{Class, Classes, Side, shows, visible},
    merge,
    shape::{Arena, Kind, Object, Property, Shape, distinct},
};

/// A class and what is known about it.
pub(crate) struct About<'a> {
    pub class: &'a Class,
    /// Responses have only the fields that a caller selects, so none is always present.
    pub chosen: bool,
    /// Creating and updating accept the same, so there is one view for both.
    pub written: bool,
}

/// The views of a class, each with the use that defines it.
pub(crate) fn views(about: &About<'_>) -> Vec<(&'static str, Side)> {
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

/// The classes that creating and updating accept in the same form: their own fields, and all that they
/// contain. A class that is itself a body keeps two views, because updating rarely requires what creating
/// does.
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
    let kinds = |side| -> HashMap<&str, &Kind> {
        let fields = class.seen(side, arena).flat_map(|o| visible(o, side));
        fields.map(|p| (p.name.as_str(), &p.shape.kind)).collect()
    };
    let (create, update) = (kinds(Side::Create), kinds(Side::Update));
    let alike =
        |(name, kind): (&&str, &&Kind)| update.get(name).is_none_or(|other| fits(kind, other));
    told(Side::Create) == told(Side::Update) && create.iter().all(alike)
}

/// Whether a value may be of both types.
fn fits(one: &Kind, other: &Kind) -> bool {
    let open = |kind: &Kind| matches!(kind, Kind::Any | Kind::Either(_));
    let number = |kind: &Kind| matches!(kind, Kind::Int | Kind::Number);
    let form = std::mem::discriminant::<Kind>;
    open(one) || open(other) || number(one) && number(other) || form(one) == form(other)
}

/// Whether a view requires the property.
pub(crate) fn required(property: &Property, side: Side) -> bool {
    let method = match side {
        Side::Read => return property.required,
        Side::Create => "post",
        Side::Update => "put",
    };
    property.required || property.shape.required_on.iter().any(|m| m == method)
}

/// A field in one view.
pub(crate) struct Seen {
    pub view: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// Some objects of the view require it and others do not.
    pub disputed: bool,
}

/// The field in each view that has it.
pub(crate) fn seen(
    class: &Class,
    name: &str,
    views: &[(&'static str, Side)],
    arena: &Arena,
) -> Vec<Seen> {
    let mut found = Vec::new();
    for (view, side) in views {
        let objects: Vec<&Object> = class.seen(*side, arena).collect();
        let properties: Vec<&Property> = objects
            .iter()
            .filter_map(|o| o.property(name).filter(|p| shows(p, *side)))
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

/// The facts of a field from several objects of one view: the first statement counts, and the values of an
/// enumeration are those of all.
fn together(first: &Shape, others: &[&Property]) -> Shape {
    let mut shape = first.clone();
    for other in others.iter().map(|property| &property.shape) {
        let told = shape.kind != Kind::Any || other.kind == Kind::Any;
        // Objects of one class are the same resource, whichever is used here.
        if !matches!(
            (&shape.kind, &other.kind),
            (Kind::Object(_), Kind::Object(_))
        ) {
            merge::or(&mut shape, other);
        }
        shape.nullable |= other.nullable;
        if !told {
            continue;
        }
        shape.length = shape.length.or(&other.length);
        shape.range = shape.range.or(&other.range);
        shape.items = shape.items.or(&other.items);
        shape.multiple = shape.multiple.or_else(|| other.multiple.clone());
        shape.pattern = shape.pattern.or_else(|| other.pattern.clone());
        shape.default = shape.default.or_else(|| other.default.clone());
        if shape.values.is_empty() || other.values.is_empty() {
            continue;
        }
        shape.values.extend(other.values.iter().cloned());
    }
    distinct(&mut shape.values);
    shape
}
