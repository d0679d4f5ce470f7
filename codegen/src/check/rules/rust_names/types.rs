//! Types: the views of schemas, the values of fields, and what the client adds to a group.

use std::collections::{HashMap, HashSet};

use super::taken::{OTHER_NAME, RENAME, Taken, reserved};
use crate::{
    bare_names::is_taken_by_types,
    diagnostic::{At, Diagnostics, SpecPath},
    index::{EndpointAt, GroupId, Home, Index, SchemaAt, VIEWS, view_suffix},
    model::type_name,
    spec::View,
    types::TypeExpr,
};

pub(in super::super) fn types(cx: &Index<'_>, out: &mut Diagnostics) {
    let selections = selections(cx);
    let homes = (0..cx.document.groups.len()).map(|at| Home::Group(GroupId(at)));
    for home in [Home::Shared, Home::Events].into_iter().chain(homes) {
        let place = match home {
            Home::Shared => "the shared types".to_owned(),
            Home::Events => "the types of events".to_owned(),
            Home::Group(GroupId(index)) => {
                format!("the group `{}`", cx.document.groups[index].group)
            }
        };
        let mut types = Taken::new(&place);
        if let Home::Group(GroupId(index)) = home {
            let group = &cx.document.groups[index];
            let at = At::root(&group.file).key("group").value();
            let handle = type_name(&group.group);
            let reader = format!("{handle}Reader");
            let what = "the group's reading handle".to_owned();
            type_of(reader, what, at.clone(), &mut types, out);
            type_of(handle, "the group's handle".into(), at, &mut types, out);
            if let Some(handle) = crate::model::nested_handle(group) {
                let at = At::root(&group.file).key("handle").value();
                let reader = format!("{handle}Reader");
                let what = "the reading half of the handle under the other group".to_owned();
                type_of(reader, what, at.clone(), &mut types, out);
                let what = "the handle under the other group".to_owned();
                type_of(handle, what, at, &mut types, out);
            }
        }
        for schema in cx.schemas_of(home) {
            schema_types(schema, &mut types, out);
        }
        for (name, at) in selections.get(&home).into_iter().flatten() {
            let what = format!("the fields of `{name}` to select from");
            types.take(format!("{name}Field"), what, at.name(), RENAME, out);
        }
    }
}

fn schema_types(schema: SchemaAt<'_>, types: &mut Taken<'_>, out: &mut Diagnostics) {
    let at = schema.at.name();
    if schema.is_choice() {
        type_of(
            schema.name.to_owned(),
            format!("the enumeration `{}`", schema.name),
            at,
            types,
            out,
        );
        return;
    }
    for view in VIEWS
        .into_iter()
        .filter(|view| schema.views().contains(view))
    {
        let name = format!("{}{}", schema.name, view_suffix(view));
        let what = match view {
            View::Read => format!("the schema `{}`", schema.name),
            _ => format!("a view of the schema `{}`", schema.name),
        };
        type_of(name, what, at.clone(), types, out);
    }
    for field in schema.fields().filter(|field| field.spec.values.is_some()) {
        let name = format!("{}{}", schema.name, type_name(field.name));
        let what = format!("the values of `{}.{}`", schema.name, field.name);
        type_of(name, what, field.at.name(), types, out);
    }
}

fn type_of(name: String, what: String, at: SpecPath, types: &mut Taken<'_>, out: &mut Diagnostics) {
    if is_taken_by_types(&name, at.file == "events.yaml") {
        reserved(
            &name,
            "generated code uses a type of that name",
            OTHER_NAME,
            at,
            out,
        );
    } else {
        types.take(name, what, at, RENAME, out);
    }
}

/// Where fields can be selected, the answer's type gets an enumeration of its fields: the names, where
/// they are asked for, by the home of the type.
fn selections<'a>(cx: &Index<'a>) -> HashMap<Home, Vec<(&'a str, At<'a>)>> {
    let mut made = HashSet::new();
    let mut found: HashMap<Home, Vec<(&str, At<'_>)>> = HashMap::new();
    let selecting = |endpoint: &EndpointAt<'_>| !endpoint.spec.select.is_empty();
    for endpoint in cx.endpoints().filter(selecting) {
        let Some(answer) = endpoint.answer() else {
            continue;
        };
        let TypeExpr::Named { group, name } = answer.leaf() else {
            continue;
        };
        let Some(schema) = cx.resolve(endpoint.home, group.as_deref(), name) else {
            continue;
        };
        if made.insert((schema.home, schema.name)) {
            let here = found.entry(schema.home).or_default();
            here.push((schema.name, endpoint.at.key("select")));
        }
    }
    found
}
