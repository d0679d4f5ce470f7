//! Updates of records: the read type, whether a request has the whole record, and which of its lists keep
//! what an update omits.

use std::collections::BTreeSet;

use super::{Api, Endpoint, Field, Gate, Home, Kind, Ty, TypeDef};
use crate::{index::USUAL_KEY, spec::View};

/// How a written type updates a record that was read.
#[derive(Clone, Debug)]
pub struct Update<'a> {
    /// The read type of the record.
    pub of: &'a TypeDef,
    /// The field that identifies such records.
    pub key: &'a str,
    /// Why it has the whole record; `None` if it has only what changes.
    pub whole: Option<&'a str>,
    /// The lists and mappings that may keep what it omits, by their places (`boxes.parts`), each with the key
    /// of its items. The key is empty for plain values and for a mapping.
    pub keeps: Vec<(String, &'a str)>,
    /// The ids in it of items that have another type in responses, by their places: nothing says that such an
    /// id means the same.
    pub unlike: Vec<String>,
    /// Its fields that no record has by that name.
    pub unread: Vec<&'a str>,
}

/// What is found while traversing the record and the update.
#[derive(Default)]
struct Found<'a> {
    keeps: Vec<(String, &'a str)>,
    unlike: Vec<String>,
}

impl Api {
    /// How a value of this type updates a record; `None` if no call accepts it as an update, or if it
    /// requires what records do not have, such as a password.
    pub fn update<'a>(&'a self, def: &'a TypeDef) -> Option<Update<'a>> {
        let is_taken = |endpoint: &&Endpoint| {
            let body = endpoint.body.as_ref().and_then(|it| it.item().named());
            let body = body.map(|id| self.ty(id));
            body.is_some_and(|it| (it.home, &it.name) == (def.home, &def.name))
        };
        let mut calls = self.endpoints.iter().filter(is_taken).peekable();
        if def.view != Some(View::Update) || calls.peek().is_none() {
            return None;
        }
        let fields = fields(def);
        let has_required = |read: &&TypeDef| {
            let mut required = fields.iter().filter(|field| field.required);
            required.all(|field| named(read, &field.wire).is_some())
        };
        let record = def.updates.map_or(def, |id| self.ty(id));
        let mut reads = self.types.iter().filter(|read| {
            read.view == Some(View::Read)
                && (read.home, &read.schema) == (record.home, &record.schema)
                && self.is_built_with(read, def)
                && matches!(read.kind, Kind::Object { .. })
        });
        let of = reads.find(has_required)?;
        let mut found = Found::default();
        self.walk(of, def, ("", false), &mut BTreeSet::new(), &mut found);
        let unread = fields
            .iter()
            .filter(|field| named(of, &field.wire).is_none());
        Some(Update {
            of,
            key: of.key(),
            whole: calls.find_map(|it| it.whole.as_deref()),
            keeps: found.keeps,
            unlike: found.unlike,
            unread: unread.map(|field| &*field.wire).collect(),
        })
    }

    /// Whether a type is compiled whenever another one is.
    fn is_built_with(&self, read: &TypeDef, other: &TypeDef) -> bool {
        match (read.gate, other.gate) {
            (Gate::Always, _) => true,
            (Gate::Feature(read), Gate::Feature(other)) => {
                self.group(read).feature == self.group(other).feature
            }
            (Gate::Feature(_), Gate::Always) => false,
        }
    }

    /// Traverses what is written below a place. A replaced value is replaced with everything in it.
    fn walk<'a>(
        &'a self,
        read: &'a TypeDef,
        written: &TypeDef,
        (place, replaced): (&str, bool),
        seen: &mut BTreeSet<(Home, String)>,
        out: &mut Found<'a>,
    ) {
        // A type inside itself has the same lists again, without end.
        let this = (written.home, written.name.clone());
        if !seen.insert(this.clone()) {
            return;
        }
        for field in fields(written) {
            let Some(was) = named(read, &field.wire) else {
                continue;
            };
            let place = match place {
                "" => field.wire.clone(),
                place => format!("{place}.{}", field.wire),
            };
            if let Some(key) = self.kept_by(was, field).filter(|_| !replaced) {
                out.keeps.push((place.clone(), key));
            }
            let inner = (self.object(&was.ty), self.object(&field.ty));
            if let (Some(read), Some(written)) = inner {
                let key = written.key();
                let are_alike = (read.home, &read.schema) == (written.home, &written.schema);
                if !are_alike && named(written, key).is_some() && named(read, key).is_some() {
                    out.unlike.push(format!("{place}.{key}"));
                }
                let replaced = replaced || field.merges == Some(false);
                self.walk(read, written, (&place, replaced), seen, out);
            }
        }
        seen.remove(&this);
    }

    /// The key of the items of a list that may keep those which an update omits: as stated, or by default if
    /// its items are records.
    fn kept_by<'a>(&'a self, read: &Field, written: &Field) -> Option<&'a str> {
        match (written.merges, &written.ty) {
            (Some(false), _) => None,
            (Some(true), Ty::Map(_)) => Some(""),
            (merges, Ty::List(_)) => match self.object(&read.ty) {
                Some(item) => named(item, item.key()).map(|_| item.key()),
                None => merges.map(|_| ""),
            },
            _ => None,
        }
    }

    /// The object in a field, alone or as an item.
    fn object(&self, ty: &Ty) -> Option<&TypeDef> {
        match ty {
            Ty::Named(id) => Some(self.ty(*id)).filter(|it| matches!(it.kind, Kind::Object { .. })),
            Ty::List(ty) | Ty::Map(ty) | Ty::Nullable(ty) | Ty::Link(ty) | Ty::OneOrMany(ty) => {
                self.object(ty)
            }
            _ => None,
        }
    }
}

impl TypeDef {
    /// The field that identifies a value.
    pub(crate) fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(USUAL_KEY)
    }
}

fn fields(def: &TypeDef) -> &[Field] {
    match &def.kind {
        Kind::Object { fields, .. } => fields,
        _ => &[],
    }
}

fn named<'a>(def: &'a TypeDef, wire: &str) -> Option<&'a Field> {
    fields(def).iter().find(|field| field.wire == wire)
}
