//! Traverses an official shape and a type of the spec in parallel and records the differences.

mod one_of;

use std::collections::HashSet;

use super::{
    Findings, Topic,
    draft::{Missing, plain, word},
    edit::Change,
    limits::limits,
    members::{members, open, texts},
    ours::{Home, Ours, Seen, Spec},
    say::{fits, name, say, scalar},
};
use crate::{
    import::{
        classes::{Side, visible},
        shape::{Arena, Kind, Object, ObjectId, Property, Shape},
        views::required,
    },
    spec::{Field, View, Wire},
    types::Prim,
};

/// A traversal of one body or response.
pub(super) struct Walk<'a> {
    spec: &'a Spec<'a>,
    arena: &'a Arena,
    side: Side,
    /// Which objects were compared with which schemas, and as which branch of a one-of.
    walked: HashSet<(ObjectId, Home, &'a str, View, Option<&'a str>)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(spec: &'a Spec<'a>, arena: &'a Arena, side: Side) -> Self {
        Self {
            spec,
            arena,
            side,
            walked: HashSet::new(),
        }
    }

    /// Compares the values at `path`.
    pub(super) fn value(
        &mut self,
        shape: &Shape,
        ours: &Ours<'a>,
        path: &str,
        found: &mut Findings<'a>,
    ) {
        if let Ours::Unknown(text) = ours {
            found.add(
                Topic::Type,
                path,
                format!("has an undeclared type, `{text}`"),
            );
            return;
        }
        match (&shape.kind, ours) {
            (Kind::Any, _) => {}
            (_, Ours::OneOf(seen)) => self.one_of(shape, seen, path, found),
            (Kind::Object(id), Ours::Object(seen)) => self.object(*id, seen, path, found),
            (Kind::Object(id), Ours::Link(_)) if self.arena.get(*id).is_link() => {}
            (Kind::List(item), Ours::List(own)) => {
                self.value(item, own, &format!("{path}[]"), found);
            }
            // A link that may be embedded accepts a list that is always embedded.
            (Kind::List(_), Ours::Link(own)) => self.value(shape, own, path, found),
            (Kind::Map(item), Ours::Map(own)) => {
                self.value(item, own, &format!("{path}{{}}"), found);
            }
            (Kind::Either(shapes), _) => self.either(shapes, ours, path, found),
            (kind, Ours::Prim(Prim::Json)) => {
                if matches!(kind, Kind::Object(_) | Kind::List(_)) {
                    found.add(
                        Topic::Type,
                        path,
                        format!("is {} officially but `json` here", say(shape)),
                    );
                }
            }
            (_, Ours::Choice(own)) if scalar(shape) => {
                let official = texts(shape);
                if !official.is_empty() {
                    members(path, &official, &own.names, Some(own.at), found);
                }
            }
            // A flag has two values by itself.
            (_, Ours::Prim(prim)) if fits(shape, *prim) => {
                if *prim != Prim::Flag {
                    open(shape, path, found);
                }
            }
            _ => {
                let says = format!("is {} officially but {} here", say(shape), name(ours));
                found.add(Topic::Type, path, says);
                if shape.kind == Kind::Text {
                    found.is_string();
                }
                if scalar(shape) && path.contains("field ") && !path.ends_with(']') {
                    found.mend(found.here(), Change::set("type", plain(shape)));
                }
            }
        }
    }

    fn either(&mut self, shapes: &[Shape], ours: &Ours<'a>, path: &str, found: &mut Findings<'a>) {
        if let Ours::Prim(Prim::Json | Prim::Id) = ours {
            return;
        }
        let is_link = |shape: &&Shape| match shape.kind {
            Kind::Object(id) => self.arena.get(id).is_link(),
            _ => false,
        };
        if let Ours::Link(own) = ours {
            let embedded: Vec<Shape> = shapes.iter().filter(|s| !is_link(s)).cloned().collect();
            for shape in &embedded {
                self.value(shape, own, path, found);
            }
            return;
        }
        if shapes.iter().any(|shape| is_link(&shape)) {
            let says = format!("is a link or embedded officially but {} here", name(ours));
            found.add(Topic::Type, path, says);
            let link = format!("link {}", name(ours).trim_matches('`'));
            found.mend(found.here(), Change::set("type", link));
        }
        let mut all = shapes.iter();
        let fitting = all.find(|shape| !is_link(shape) && alike(shape, ours));
        match fitting {
            Some(shape) => self.value(&shape.clone(), ours, path, found),
            None => {
                let all: Vec<String> = shapes.iter().map(say).collect();
                let all = all.join(" or ");
                found.add(
                    Topic::Type,
                    path,
                    format!("is {all} officially but {} here", name(ours)),
                );
            }
        }
    }

    fn object(&mut self, id: ObjectId, seen: &Seen<'a>, path: &str, found: &mut Findings<'a>) {
        if self
            .walked
            .insert((id, seen.home, seen.name, seen.view, None))
        {
            let arena = self.arena;
            self.properties(arena.get(id), seen, path, found);
        }
    }

    fn properties(
        &mut self,
        object: &Object,
        seen: &Seen<'a>,
        path: &str,
        found: &mut Findings<'a>,
    ) {
        let key = |name: &str| (seen.home, seen.name.to_owned(), seen.view, name.to_owned());
        for property in visible(object, self.side) {
            let place = self.place(path, &property.name);
            match seen.fields().find(|(name, _)| *name == property.name) {
                Some((name, field)) => {
                    found.official(key(name));
                    let here = self.spec.at(seen).key("fields").key(name);
                    found.within(here, |found| {
                        self.field(property, seen, (name, field), &place, found);
                    });
                }
                None => self.missing(property, seen, &place, found),
            }
        }
        for (name, field) in seen.fields() {
            let place = self.place(path, name);
            match object.property(name) {
                Some(official) if !visible(object, self.side).any(|p| p.name == name) => {
                    let only = if official.shape.read_only {
                        "read"
                    } else {
                        "write"
                    };
                    let says = format!("is {only}-only officially but not here");
                    let here = self.spec.at(seen).key("fields").key(name);
                    found.within(here, |found| found.add(Topic::ReadOnly, &place, says));
                }
                Some(_) => {}
                None if field.source.is_some() => {}
                None => {
                    let here = self.spec.at(seen).key("fields").key(name);
                    found.within(here, |found| found.extra_field(&place, key(name)));
                }
            }
        }
    }

    fn missing(&self, property: &Property, seen: &Seen<'a>, place: &str, found: &mut Findings<'a>) {
        let at = self.spec.at(seen);
        let missing = Missing {
            arena: self.arena,
            side: self.side,
            schema: seen.name,
            view: seen.view,
            views: &seen.schema.views,
            schemas: self.spec.schemas(seen),
        };
        let needed = self.side != Side::Read && required(property, self.side);
        let (entry, more) = missing.field(&property.name, &property.shape, needed);
        found.within(at, |found| found.missing(Topic::Field, place));
        found.mend(at.key("fields"), Change::set(&property.name, entry));
        for (at, change) in more {
            found.mend(at, change);
        }
    }

    /// `field a.b` in a response, `body field a.b` in a body; the root itself has no name.
    fn place(&self, path: &str, name: &str) -> String {
        let kind = if self.side == Side::Read {
            "field"
        } else {
            "body field"
        };
        let inner = path
            .strip_prefix("the body")
            .or_else(|| path.strip_prefix("the response"));
        let inner = inner
            .or_else(|| path.strip_prefix(&format!("{kind} ")))
            .unwrap_or(path);
        match inner {
            "" | "[]" => format!("{kind} {name}"),
            inner => format!("{kind} {inner}.{name}"),
        }
    }

    fn field(
        &mut self,
        property: &Property,
        seen: &Seen<'a>,
        (name, field): (&'a str, &'a Field),
        place: &str,
        found: &mut Findings<'a>,
    ) {
        let shape = &property.shape;
        let here = found.here();
        if self.side != Side::Read {
            let (theirs, ours) = (
                required(property, self.side),
                field.required.contains(&seen.view),
            );
            match (theirs, ours) {
                (true, false) => {
                    found.add(
                        Topic::Required,
                        place,
                        "is required officially but not here",
                    );
                    let view = word(seen.view);
                    match field.required.is_empty() {
                        true => {
                            found.mend(here, Change::set("required", serde_json::json!([view])))
                        }
                        false => found.mend(here.key("required"), Change::Push(view.into())),
                    }
                }
                (false, true) => {
                    found.add(
                        Topic::Required,
                        place,
                        "is required here but not officially",
                    );
                    match field.required.len() {
                        1 => found.mend(here, Change::Drop("required".to_owned())),
                        _ => found.mend(here.key("required"), Change::Take(word(seen.view).into())),
                    }
                }
                _ => {}
            }
            if shape.nullable && !field.nullable.holds_in(seen.view) {
                found.add(
                    Topic::Nullable,
                    place,
                    "may be null officially but not here",
                );
                found.mend(here, Change::set("nullable", true));
            }
        }
        if shape.deprecated && field.deprecated.is_none() {
            found.add(
                Topic::Deprecated,
                place,
                "is deprecated officially but not here",
            );
            found.mend(here, Change::set("deprecated", serde_json::json!({})));
        }
        limits(shape, field, self.side, place, found);
        let ours = self.spec.field(seen, name, field);
        let number = matches!(shape.kind, Kind::Int | Kind::Number);
        match field.wire {
            Some(Wire::Unix | Wire::OneZero) if number => return,
            Some(Wire::Text) if shape.kind == Kind::Text => return,
            _ => {}
        }
        spelling(shape, &ours, field.wire, place, found);
        self.value(shape, &ours, place, found);
    }
}

/// Whether both are of the same kind, however they differ inside.
fn alike(shape: &Shape, ours: &Ours<'_>) -> bool {
    match (&shape.kind, ours) {
        (Kind::Object(_), Ours::Object(_))
        | (Kind::List(_), Ours::List(_))
        | (Kind::Map(_), Ours::Map(_)) => true,
        (_, Ours::Prim(prim)) => fits(shape, *prim),
        (_, Ours::Choice(_)) => scalar(shape),
        _ => false,
    }
}

/// An exact number may be a number or a string on the wire; it is always one of them.
fn spelling(
    shape: &Shape,
    ours: &Ours<'_>,
    wire: Option<Wire>,
    place: &str,
    found: &mut Findings<'_>,
) {
    let Ours::Prim(prim @ (Prim::Decimal | Prim::Int)) = ours else {
        return;
    };
    match (&shape.kind, wire) {
        // For an integer, this is reported as a difference of types.
        (Kind::Text, None) if *prim == Prim::Decimal => {
            found.add(
                Topic::Wire,
                place,
                "is a string officially but a number here",
            );
            found.is_string();
            found.mend(found.here(), Change::set("wire", "text"));
        }
        (Kind::Int | Kind::Number, Some(Wire::Text)) => {
            found.add(
                Topic::Wire,
                place,
                "is a number officially but a string here",
            );
            found.mend(found.here(), Change::Drop("wire".to_owned()));
        }
        _ => {}
    }
}
