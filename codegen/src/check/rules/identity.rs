//! Names that identify things: ids, groups, files, schemas.

use std::collections::{HashMap, HashSet};

use crate::{
    code_span::code,
    diagnostic::{At, Code, Diagnostic, Diagnostics, SpecPath, suggest},
    index::{Home, Index, place_of},
    spec::Group,
};

pub static DUPLICATE_ID: Code = Code::error("E100", "duplicate-id", "Ids are unique.");
pub static BAD_NAME: Code = Code::error(
    "E101",
    "bad-name",
    "Groups and endpoints are named in snake case, schemas in upper camel case.",
);
pub static GROUP_FILE: Code =
    Code::error("E102", "group-file", "A group's file is named after it.");
pub static UNLISTED_GROUP: Code = Code::error(
    "E103",
    "unlisted-group",
    "Every group file is listed in service.yaml.",
);
pub static UNKNOWN_GROUP: Code = Code::error(
    "E104",
    "unknown-group",
    "Every group that service.yaml lists has a file.",
);
pub static SHADOWED_SCHEMA: Code = Code::error(
    "E105",
    "shadowed-schema",
    "No schema of a group has the name of a shared one.",
);

pub static EMPTY_GROUP: Code = Code::error("E106", "empty-group", "A group has endpoints.");

/// The places of names, to find the first of two.
struct Seen<'a> {
    what: &'static str,
    places: HashMap<&'a str, SpecPath>,
}

impl<'a> Seen<'a> {
    fn new(what: &'static str) -> Self {
        Self {
            what,
            places: HashMap::new(),
        }
    }

    fn claim(&mut self, name: &'a str, at: At<'a>, out: &mut Diagnostics) {
        let Some(first) = self.places.get(name) else {
            self.places.insert(name, at.value());
            return;
        };
        out.push(
            Diagnostic::new(
                &DUPLICATE_ID,
                at.value(),
                format!("{} `{name}` is defined twice", self.what),
            )
            .label("again")
            .also(first.clone(), "first here")
            .help("rename or remove one of the two"),
        );
    }
}

pub(super) fn duplicate_ids(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut groups = Seen::new("the group");
    for (group, at) in cx.groups() {
        groups.claim(&group.group, at.key("group"), out);
        let mut endpoints = Seen::new("the endpoint id");
        for endpoint in &group.endpoints {
            endpoints.claim(&endpoint.id, place_of(group, endpoint).key("id"), out);
        }
    }
    let mut guide = Seen::new("the reference guide's row");
    for endpoint in cx.endpoints() {
        if let Some(row) = &endpoint.spec.guide {
            guide.claim(row, endpoint.at.key("guide"), out);
        }
    }
    let events = At::root("events.yaml");
    let mut scopes = Seen::new("the event");
    let mut slugs = Seen::new("the reference guide's event");
    for (index, event) in cx.document.events.events.iter().enumerate() {
        let at = events.key("events").index(index);
        scopes.claim(&event.scope, at.key("scope"), out);
        if let Some(slug) = &event.guide {
            slugs.claim(slug, at.key("guide"), out);
        }
    }
    for (index, wildcard) in cx.document.events.wildcards.iter().enumerate() {
        scopes.claim(
            &wildcard.scope,
            events.key("wildcards").index(index).key("scope"),
            out,
        );
    }
    let mut wires = Seen::new("the scope");
    for (area_name, area) in cx.document.scopes.areas.iter() {
        let levels = At::root("scopes.yaml")
            .key("areas")
            .key(area_name)
            .key("levels");
        for (level, scope) in area.levels.iter() {
            wires.claim(&scope.wire, levels.key(level).key("wire"), out);
        }
    }
    let mut listed = Seen::new("the group");
    let list = At::root("service.yaml").key("groups");
    for (index, name) in cx.document.service.groups.iter().enumerate() {
        listed.claim(name, list.index(index), out);
    }
    let mut statuses: HashMap<u16, At<'_>> = HashMap::new();
    let list = At::root("service.yaml").key("statuses");
    for (index, status) in cx.document.service.statuses.iter().enumerate() {
        let at = list.index(index).key("status");
        if let Some(first) = statuses.insert(status.status, at) {
            out.push(
                Diagnostic::new(
                    &DUPLICATE_ID,
                    at.value(),
                    format!("status {} is defined twice", status.status),
                )
                .label("again")
                .also(first.value(), "first here")
                .help("merge the two"),
            );
        }
    }
}

fn is_snake(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

pub(super) fn bad_names(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut snake = |what: &str, name: &str, at: SpecPath| {
        if !is_snake(name) {
            let diagnostic =
                Diagnostic::new(&BAD_NAME, at, format!("{} is not a valid name for {what}", code(name)))
                    .why("it becomes a name in code: lower-case letters, digits and single underscores, starting with a letter");
            let better = crate::model::field_name(name);
            out.push(
                if name.starts_with(char::is_alphabetic) && is_snake(&better) {
                    diagnostic.help(format!("name it `{better}`"))
                } else {
                    diagnostic
                },
            );
        }
    };
    for (group, at) in cx.groups() {
        snake("a group", &group.group, at.key("group").value());
    }
    for endpoint in cx.endpoints() {
        snake(
            "an endpoint",
            &endpoint.spec.id,
            endpoint.at.key("id").value(),
        );
    }
    let fields = cx.fields();
    let fields = fields.map(|field| ("a field", field.name, field.at()));
    let parameters = cx.endpoints().flat_map(|endpoint| {
        let at = endpoint.at.key("filters");
        let filters = endpoint.spec.filters.iter();
        let filters = filters.map(move |(name, _)| ("a filter", name, at.key(name)));
        let others = endpoint.parameters();
        let others = others.map(move |(key, name, _)| {
            let at = endpoint.at.key(key).key(name);
            ("a parameter", name, at)
        });
        filters.chain(others)
    });
    for (what, name, at) in fields.chain(parameters) {
        if name.is_empty() || name.chars().any(char::is_control) {
            let message = format!("this cannot be the name of {what}");
            out.push(
                Diagnostic::new(&BAD_NAME, at.name(), message).help("write the name as it is sent"),
            );
        }
    }
    for schema in cx.schemas() {
        if !is_camel(schema.name) {
            out.push(
                Diagnostic::new(
                    &BAD_NAME,
                    schema.at().name(),
                    format!("`{}` is not a valid name for a schema", schema.name),
                )
                .why("it becomes the name of a type: letters and digits, starting with an upper-case letter")
                .help(format!(
                    "name it `{}`",
                    crate::model::type_name(schema.name)
                )),
            );
        }
    }
}

/// The listed groups without a file.
pub(in super::super) fn absent_groups<'a>(cx: &Index<'a>) -> HashSet<&'a str> {
    let groups: HashSet<&str> = kept(cx).map(|(group, _)| file_name(group)).collect();
    let listed = cx.document.service.groups.iter().map(String::as_str);
    listed.filter(|name| !groups.contains(name)).collect()
}

/// The groups with their own file.
fn kept<'a>(cx: &Index<'a>) -> impl Iterator<Item = (&'a Group, At<'a>)> {
    cx.groups().filter(|(group, _)| group.made.is_none())
}

/// The name that a group's file must have.
fn file_name(group: &Group) -> &str {
    crate::load::group_name(&group.file).unwrap_or(&group.file)
}

pub(super) fn group_files(cx: &Index<'_>, out: &mut Diagnostics) {
    let list = &cx.document.service.groups;
    let listed: HashSet<&str> = list.iter().map(String::as_str).collect();
    for (group, at) in kept(cx) {
        let name = file_name(group);
        if group.group != name {
            out.push(
                Diagnostic::new(
                    &GROUP_FILE,
                    at.key("group").value(),
                    format!(
                        "this file is named `{name}`, but its group `{}`",
                        group.group
                    ),
                )
                .why("a group's file is found by the name of the group")
                .help(format!(
                    "write `group: {name}`, or name the file `{}.yaml`",
                    group.group
                )),
            );
        }
        if !listed.contains(name) {
            out.push(
                Diagnostic::new(
                    &UNLISTED_GROUP,
                    at.key("group").value(),
                    format!("service.yaml does not list the group `{name}`"),
                )
                .also(At::root("service.yaml").key("groups").name(), "the list")
                .why("the list sets the order of the groups")
                .help(format!("add `{name}` to `groups`")),
            );
        }
    }
    let names: HashSet<&str> = kept(cx).map(|(group, _)| file_name(group)).collect();
    if names.is_empty() && list.len() > 1 {
        let at = At::root("service.yaml").key("groups").name();
        let problem = Diagnostic::new(
            &UNKNOWN_GROUP,
            at,
            "there is no file in the folder `groups`",
        );
        out.push(problem.help("add a file for each group of the list"));
        return;
    }
    for (index, name) in list.iter().enumerate() {
        if !names.contains(name.as_str()) {
            let unlisted = names.iter().copied().filter(|name| !listed.contains(name));
            let at = At::root("service.yaml").key("groups").index(index);
            let diagnostic = Diagnostic::new(
                &UNKNOWN_GROUP,
                at.value(),
                format!("there is no file `groups/{name}.yaml`"),
            );
            out.push(match suggest(name, cx.candidates(unlisted)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("add the file, or remove the name from the list"),
            });
        }
    }
}

pub(super) fn empty_groups(cx: &Index<'_>, out: &mut Diagnostics) {
    for (group, at) in cx.groups() {
        if group.endpoints.is_empty() {
            out.push(
                Diagnostic::new(
                    &EMPTY_GROUP,
                    at.key("endpoints").name(),
                    format!("the group `{}` has no endpoints", group.group),
                )
                .help(
                    "add one, or remove the file; schemas that several groups use belong in shared.yaml",
                ),
            );
        }
    }
}

pub(super) fn shadowed_schemas(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas().filter(|schema| schema.home != Home::Shared) {
        if let Some(shared) = cx.schema(Home::Shared, schema.name) {
            out.push(
                Diagnostic::new(
                    &SHADOWED_SCHEMA,
                    schema.at().name(),
                    format!("`{}` is also a shared schema", schema.name),
                )
                .label("hides the shared one")
                .also(shared.at().name(), "the shared one")
                .why("the meaning of the name would depend on the file")
                .help("use the shared one, or rename this one"),
            );
        }
    }
}
