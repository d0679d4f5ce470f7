//! The contents of a JSON schema once references, `allOf` and alternatives are resolved: a shape. Shapes have
//! no views, no names of the spec and no YAML.

use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// An object in an [`Arena`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ObjectId(pub usize);

/// Every object of a file, so that recursive schemas need no recursion here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    objects: Vec<Object>,
    missing: Object,
}

impl Arena {
    /// Reserves a place for an object that has not been read yet.
    pub(crate) fn reserve(&mut self, official: Option<String>) -> ObjectId {
        self.objects.push(Object {
            official,
            ..Object::default()
        });
        ObjectId(self.objects.len() - 1)
    }

    pub(crate) fn get(&self, id: ObjectId) -> &Object {
        self.objects.get(id.0).unwrap_or(&self.missing)
    }

    pub(crate) fn set(&mut self, id: ObjectId, object: Object) {
        if let Some(place) = self.objects.get_mut(id.0) {
            *place = object;
        }
    }

    /// Takes the object out, to be put back.
    pub(crate) fn take(&mut self, id: ObjectId) -> Object {
        self.objects
            .get_mut(id.0)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.objects.len()
    }
}

/// An object with its properties in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object {
    /// The name of the component it came from.
    pub official: Option<String>,
    pub properties: IndexMap<String, Property>,
    /// The alternatives that were merged into it, which have its properties between them.
    pub branches: Vec<ObjectId>,
    /// What a maintainer has to settle, such as merged alternatives.
    pub doubts: Vec<String>,
}

impl Object {
    pub(crate) fn property(&self, name: &str) -> Option<&Property> {
        self.properties.get(name)
    }

    /// Whether it is the `{url, resource}` object in place of something not embedded.
    pub(crate) fn is_link(&self) -> bool {
        self.properties.len() == 2
            && self.property("url").is_some()
            && self.property("resource").is_some()
    }
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Property {
    pub name: String,
    pub shape: Shape,
    pub required: bool,
}

/// The type of a value with all of its facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    pub kind: Kind,
    /// The name of the component it came from.
    pub official: Option<String>,
    pub format: Option<String>,
    pub values: Vec<Value>,
    pub nullable: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub deprecated: bool,
    pub default: Option<Value>,
    pub length: Bounds,
    pub range: Bounds,
    pub items: Bounds,
    /// The factor of a number's multiples.
    pub multiple: Option<String>,
    pub pattern: Option<String>,
    /// Properties that are required but not declared here, perhaps by another part of the whole.
    pub demands: Vec<String>,
    /// The methods of `x-required`.
    pub required_on: Vec<String>,
    pub doubts: Vec<String>,
}

impl Shape {
    pub(crate) fn of(kind: Kind) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }

    pub(crate) const fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(_))
    }

    /// Limits of a number that the spec cannot express.
    pub(crate) fn unsaid(&self) -> Vec<String> {
        let item = match &self.kind {
            Kind::List(item) => item,
            _ => self,
        };
        let range = item.range.text().zip(item.range.without());
        let range = range.map(|(range, without)| {
            format!("the range is {range} {without}, but `range` includes its ends")
        });
        let multiple = item.multiple.as_ref();
        let multiple = multiple.map(|factor| format!("it must be a multiple of {factor}"));
        range.into_iter().chain(multiple).collect()
    }

    /// The object in it, below lists and mappings.
    pub(crate) fn object(&self) -> Option<ObjectId> {
        match &self.kind {
            Kind::Object(id) => Some(*id),
            Kind::List(item) | Kind::Map(item) => item.object(),
            _ => None,
        }
    }

    /// Every object in it, below lists, mappings and alternatives.
    pub(crate) fn objects(&self, found: &mut Vec<ObjectId>) {
        match &self.kind {
            Kind::Object(id) => found.push(*id),
            Kind::List(item) | Kind::Map(item) => item.objects(found),
            Kind::Either(shapes) => shapes.iter().for_each(|shape| shape.objects(found)),
            _ => {}
        }
    }
}

/// The kind of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Without any facts.
    #[default]
    Any,
    Int,
    Number,
    Text,
    Bool,
    /// The bytes of a file.
    Binary,
    Object(ObjectId),
    List(Box<Shape>),
    /// A mapping from free names to values of this shape.
    Map(Box<Shape>),
    /// Alternatives that no single shape covers.
    Either(Vec<Shape>),
}

/// Removes duplicates, keeping the first of each.
pub(crate) fn distinct<T: Hash + Eq>(values: &mut Vec<T>) {
    let once: IndexSet<T> = values.drain(..).collect();
    values.extend(once);
}

/// A smallest and a largest number, each inclusive unless it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Bounds {
    pub min: Option<String>,
    pub max: Option<String>,
    /// The smallest number is exclusive.
    pub open_min: bool,
    /// The largest number is exclusive.
    pub open_max: bool,
}

impl Bounds {
    /// As written in the spec: `1..255`, `..255`, `1..`.
    pub(crate) fn text(&self) -> Option<String> {
        let (min, max) = (self.min.as_deref(), self.max.as_deref());
        (min.is_some() || max.is_some())
            .then(|| format!("{}..{}", min.unwrap_or(""), max.unwrap_or("")))
    }

    /// The exclusive ends, which the spec cannot express: `without 0`.
    pub(crate) fn without(&self) -> Option<String> {
        let min = self.min.as_deref().filter(|_| self.open_min);
        let max = self.max.as_deref().filter(|_| self.open_max);
        let ends: Vec<&str> = min.into_iter().chain(max).collect();
        (!ends.is_empty()).then(|| format!("without {}", ends.join(" and ")))
    }

    pub(crate) fn or(&self, other: &Self) -> Self {
        let (low, high) = (
            if self.min.is_some() { self } else { other },
            if self.max.is_some() { self } else { other },
        );
        Self {
            min: low.min.clone(),
            max: high.max.clone(),
            open_min: low.open_min,
            open_max: high.open_max,
        }
    }
}
