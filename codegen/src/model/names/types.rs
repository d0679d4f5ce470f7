//! The names of types: the views of schemas, the values of fields, and what the client adds to a group.

use std::collections::HashMap;

use super::{
    choice_name,
    claims::{OTHER_NAME, RENAME, Taken, reserved},
    type_name,
};
use crate::{
    bare_names::is_taken_by_types,
    diagnostic::{At, Diagnostics, SpecPath},
    index::{EndpointAt, FieldAt, GroupId, Home, Index, SchemaAt, view_suffix},
    model::nesting::nested_handle,
    spec::{Group, View},
    types::TypeExpr,
};

/// A handle that reads and writes, and the one that only reads.
#[derive(Clone)]
pub(in crate::model) struct Pair {
    pub handle: String,
    pub reader: String,
}

/// The handles of a group: its own, and the one under another group.
pub(in crate::model) struct Handles {
    pub own: Pair,
    pub nested: Option<Pair>,
}

/// The types of one file.
pub(in crate::model) struct Types<'a> {
    cx: &'a Index<'a>,
    home: Home,
    taken: Taken,
}

impl<'a> Types<'a> {
    /// Those of a file that has no types yet.
    pub fn of(cx: &'a Index<'a>, home: Home) -> Self {
        let place = match home {
            Home::Shared => "the shared types".to_owned(),
            Home::Events => "the types of events".to_owned(),
            Home::Group(GroupId(at)) => format!("the group `{}`", cx.document.groups[at].group),
        };
        Self {
            cx,
            home,
            taken: Taken::new(&place),
        }
    }

    /// The handles of the group that the file describes.
    pub fn handles(&mut self, group: &Group, out: &mut Diagnostics) -> Handles {
        let at = At::root(&group.file);
        let words = ("the group's reading handle", "the group's handle");
        let own = self.pair(type_name(&group.group), words, at.key("group"), out);
        let words = (
            "the reading half of the handle under the other group",
            "the handle under the other group",
        );
        let nested = nested_handle(group);
        let nested = nested.map(|handle| self.pair(handle, words, at.key("handle"), out));
        Handles { own, nested }
    }

    fn pair(
        &mut self,
        handle: String,
        (reading, whole): (&str, &str),
        at: At<'_>,
        out: &mut Diagnostics,
    ) -> Pair {
        let reader = format!("{handle}Reader");
        let reader = self.claim(reader, reading.to_owned(), at.value(), out);
        let handle = self.claim(handle, whole.to_owned(), at.value(), out);
        Pair { handle, reader }
    }

    fn claim(&mut self, name: String, what: String, at: SpecPath, out: &mut Diagnostics) -> String {
        if is_taken_by_types(&name, at.file == "events.yaml") {
            let why = "generated code uses a type of that name";
            reserved(&name, why, OTHER_NAME, at, out);
        } else {
            self.taken.take(name.clone(), what, at, RENAME, out);
        }
        name
    }

    /// The name of an enumeration, or of a one-of of plain values.
    pub fn choice(&mut self, schema: SchemaAt<'_>, out: &mut Diagnostics) -> String {
        let name = schema.name.to_owned();
        let kind = if schema.is_choice() {
            "enumeration"
        } else {
            "one-of"
        };
        let what = format!("the {kind} `{name}`");
        self.claim(name, what, schema.at().name(), out)
    }

    /// The name of a view of an object.
    pub fn view(&mut self, schema: SchemaAt<'_>, view: View, out: &mut Diagnostics) -> String {
        let name = format!("{}{}", schema.name, view_suffix(view));
        let what = match view {
            View::Read => format!("the schema `{}`", schema.name),
            _ => format!("a view of the schema `{}`", schema.name),
        };
        self.claim(name, what, schema.at().name(), out)
    }

    /// The name of the values that a field lists itself.
    pub fn values(&mut self, field: FieldAt<'_>, out: &mut Diagnostics) -> String {
        let schema = field.schema.name;
        let name = choice_name(schema, field.name);
        let what = format!("the values of `{schema}.{}`", field.name);
        self.claim(name, what, field.at().name(), out)
    }

    /// The names of the enumerations of fields that calls select from, by their schemas.
    pub fn selections(&mut self, out: &mut Diagnostics) -> HashMap<&'a str, String> {
        let mut made = HashMap::new();
        let selecting = |endpoint: &EndpointAt<'_>| !endpoint.spec.select.is_empty();
        for endpoint in self.cx.endpoints().filter(selecting) {
            let Some(answer) = endpoint.answer() else {
                continue;
            };
            let TypeExpr::Named { group, name } = answer.leaf() else {
                continue;
            };
            let schema = self.cx.resolve(endpoint.home, group.as_deref(), name);
            let Some(schema) = schema.filter(|schema| schema.home == self.home) else {
                continue;
            };
            if !made.contains_key(schema.name) {
                let name = format!("{}Field", schema.name);
                let what = format!("the fields of `{}` to select from", schema.name);
                let at = endpoint.at.key("select").name();
                self.taken.take(name.clone(), what, at, RENAME, out);
                made.insert(schema.name, name);
            }
        }
        made
    }
}
