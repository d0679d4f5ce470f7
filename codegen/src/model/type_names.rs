//! The names of types in Rust: the views of schemas, the values of fields, and what the client adds to a
//! group.

use std::collections::HashSet;

use super::{
    GroupId, Home,
    claims::{OTHER_NAME, RENAME, Taken, reserved},
    names::{choice_name, type_name},
    nesting::nested_handle,
};
use crate::{
    bare_names::is_taken_by_types,
    diagnostic::{At, Diagnostics, SpecPath},
    index::{EndpointAt, FieldAt, Index, SchemaAt, view_suffix},
    spec::View,
    types::TypeExpr,
};

/// The types of one file.
pub(super) struct Scope<'a> {
    cx: &'a Index<'a>,
    home: Home,
    taken: Taken,
}

impl<'a> Scope<'a> {
    /// The scope of a file, with the handles of a group.
    pub fn of(cx: &'a Index<'a>, home: Home, out: &mut Diagnostics) -> Self {
        let place = match home {
            Home::Shared => "the shared types".to_owned(),
            Home::Events => "the types of events".to_owned(),
            Home::Group(GroupId(at)) => format!("the group `{}`", cx.document.groups[at].group),
        };
        let mut scope = Self {
            cx,
            home,
            taken: Taken::new(&place),
        };
        if let Home::Group(GroupId(index)) = home {
            let group = &cx.document.groups[index];
            let at = At::root(&group.file).key("group").value();
            let handle = type_name(&group.group);
            let reader = format!("{handle}Reader");
            let what = "the group's reading handle".to_owned();
            scope.claim(reader, what, at.clone(), out);
            scope.claim(handle, "the group's handle".to_owned(), at, out);
            if let Some(handle) = nested_handle(group) {
                let at = At::root(&group.file).key("handle").value();
                let reader = format!("{handle}Reader");
                let what = "the reading half of the handle under the other group".to_owned();
                scope.claim(reader, what, at.clone(), out);
                let what = "the handle under the other group".to_owned();
                scope.claim(handle, what, at, out);
            }
        }
        scope
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
        self.claim(name, what, schema.at.name(), out)
    }

    /// The name of a view of an object.
    pub fn view(&mut self, schema: SchemaAt<'_>, view: View, out: &mut Diagnostics) -> String {
        let name = format!("{}{}", schema.name, view_suffix(view));
        let what = match view {
            View::Read => format!("the schema `{}`", schema.name),
            _ => format!("a view of the schema `{}`", schema.name),
        };
        self.claim(name, what, schema.at.name(), out)
    }

    /// The name of the values that a field lists itself.
    pub fn values(&mut self, field: FieldAt<'_>, out: &mut Diagnostics) -> String {
        let schema = field.schema.name;
        let name = choice_name(schema, field.name);
        let what = format!("the values of `{schema}.{}`", field.name);
        self.claim(name, what, field.at.name(), out)
    }

    /// Claims the names of the enumerations of fields that calls select from.
    pub fn selections(&mut self, out: &mut Diagnostics) {
        let mut made = HashSet::new();
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
            if made.insert(schema.name) {
                let name = schema.name;
                let what = format!("the fields of `{name}` to select from");
                let at = endpoint.at.key("select").name();
                self.taken.take(selection_name(name), what, at, RENAME, out);
            }
        }
    }
}

/// The name of the enumeration of an object's fields.
pub(super) fn selection_name(object: &str) -> String {
    format!("{object}Field")
}
