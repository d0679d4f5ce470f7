//! The names of types: the views of schemas, the values of fields, and what the client adds to a group.

use std::collections::HashMap;

use super::{
    choice_name,
    claims::{OTHER_NAME, RENAME, Taken, Thing, reserved, what},
    handles::nested_handle,
    type_name,
};
use crate::{
    bare_names::is_taken_by_types,
    diagnostic::{At, Diagnostics},
    index::{EndpointAt, FieldAt, GroupId, Home, Index, SchemaAt, view_suffix},
    spec::{Group, View},
};

/// A full handle, and the read-only one.
#[derive(Clone)]
pub(in crate::model) struct Pair {
    pub handle: String,
    pub reader: String,
}

/// The handles of a group: its own, and the nested one.
pub(in crate::model) struct Handles {
    pub own: Pair,
    pub nested: Option<Pair>,
}

/// The types of one file.
pub(in crate::model) struct Types<'a> {
    cx: &'a Index<'a>,
    home: Home,
    taken: Taken<'a>,
}

impl<'a> Types<'a> {
    /// Those of a file that has no types yet.
    pub fn of(cx: &'a Index<'a>, home: Home) -> Self {
        let scope = match home {
            Home::Shared => what("the shared types", []),
            Home::Events => what("the types of events", []),
            Home::Group(GroupId(at)) => what("the group `{}`", [&cx.document.groups[at].group]),
        };
        Self {
            cx,
            home,
            taken: Taken::new(scope),
        }
    }

    /// The handles of the group that the file describes.
    pub fn handles(&mut self, group: &'a Group, out: &mut Diagnostics) -> Handles {
        let at = At::root(&group.file);
        let words = ("the group's read-only handle", "the group's handle");
        let own = self.pair(type_name(&group.group), words, at.key("group"), out);
        let words = (
            "the group's nested read-only handle",
            "the group's nested handle",
        );
        let nested = nested_handle(group);
        let nested = nested.map(|handle| self.pair(handle, words, at.key("handle"), out));
        Handles { own, nested }
    }

    fn pair(
        &mut self,
        handle: String,
        (reading, whole): (&'static str, &'static str),
        at: At<'a>,
        out: &mut Diagnostics,
    ) -> Pair {
        let reader = format!("{handle}Reader");
        let reader = self.claim(reader, what(reading, []).at_value(at), out);
        let handle = self.claim(handle, what(whole, []).at_value(at), out);
        Pair { handle, reader }
    }

    fn claim(&mut self, name: String, thing: Thing<'a>, out: &mut Diagnostics) -> String {
        if is_taken_by_types(&name, self.home == Home::Events) {
            let why = "generated code uses a type of that name";
            reserved(&name, why, OTHER_NAME, thing.place(), out);
        } else {
            self.taken.take(&name, thing, RENAME, out);
        }
        name
    }

    /// The name of an enumeration, or of a one-of of plain values.
    pub fn choice(&mut self, schema: SchemaAt<'a>, out: &mut Diagnostics) -> String {
        let form = if schema.is_choice() {
            "the enumeration `{}`"
        } else {
            "the one-of `{}`"
        };
        let thing = what(form, [schema.name]).at_name(schema.at());
        self.claim(schema.name.to_owned(), thing, out)
    }

    /// The name of a view of an object.
    pub fn view(&mut self, schema: SchemaAt<'a>, view: View, out: &mut Diagnostics) -> String {
        let name = format!("{}{}", schema.name, view_suffix(view));
        let form = match view {
            View::Read => "the schema `{}`",
            _ => "a view of the schema `{}`",
        };
        let thing = what(form, [schema.name]).at_name(schema.at());
        self.claim(name, thing, out)
    }

    /// The name of the values that a field lists itself.
    pub fn values(&mut self, field: FieldAt<'a>, out: &mut Diagnostics) -> String {
        let schema = field.schema.name;
        let name = choice_name(schema, field.name);
        let thing = what("the values of `{}.{}`", [schema, field.name]).at_name(field.at());
        self.claim(name, thing, out)
    }

    /// The names of the enumerations of selectable fields, by their schemas.
    pub fn selections(&mut self, out: &mut Diagnostics) -> HashMap<&'a str, String> {
        let mut made = HashMap::new();
        let selecting = |endpoint: &EndpointAt<'_>| !endpoint.spec.select.is_empty();
        for endpoint in self.cx.endpoints().filter(selecting) {
            let schema = self.cx.answer(endpoint).and_then(|answer| answer.schema);
            let Some(schema) = schema.filter(|schema| schema.home == self.home) else {
                continue;
            };
            if !made.contains_key(schema.name) {
                let name = format!("{}Field", schema.name);
                let thing = what("the fields of `{}` to select from", [schema.name]);
                let thing = thing.at_name(endpoint.at.key("select"));
                self.taken.take(&name, thing, RENAME, out);
                made.insert(schema.name, name);
            }
        }
        made
    }
}
