//! Writes a drafted group as a file of the spec, in the order and the compact style of the files. It decides
//! nothing.

use serde_json::{Map, Value};

use super::{
    draft::{
        DraftEndpoint, DraftField, DraftFilter, DraftGroup, DraftParameter, DraftSchema, DraftUse,
    },
    prose,
    yaml::{Flow, block, json, list, scalar},
};

/// The text of a group's file.
pub(crate) fn group(group: &DraftGroup) -> String {
    let mut out = String::from("# yaml-language-server: $schema=../schema/group.json\n");
    line(&mut out, 0, "group", &scalar(&group.name));
    if let Some((under, handle)) = &group.under {
        line(&mut out, 0, "under", &scalar(under));
        line(&mut out, 0, "handle", &scalar(handle));
    }
    if let Some(feature) = &group.feature {
        line(&mut out, 0, "feature", &scalar(feature));
    }
    line(&mut out, 0, "title", &scalar(&group.title));
    let methods = group.endpoints.iter().flat_map(|one| match &one.used {
        Some(used) => used.methods.clone(),
        None => vec![one.method],
    });
    let methods: Vec<&str> = methods.collect();
    let does = prose::group(&group.name, &methods);
    line(&mut out, 0, "does", &scalar(&does));
    if methods.iter().any(|method| *method != "get") {
        line(
            &mut out,
            0,
            "warning",
            &scalar(&prose::warning(&group.name)),
        );
    }
    line(&mut out, 0, "version", &scalar(&group.version));
    if let Some(server) = &group.server {
        line(&mut out, 0, "server", &scalar(server));
    }
    line(&mut out, 0, "scope", &scalar(&group.scope));
    line(&mut out, 0, "source", &scalar(&group.source));
    if !group.todo.is_empty() {
        line(&mut out, 0, "todo", &scalar(&group.todo.join("; ")));
    }
    if !group.path.is_empty() {
        out.push_str("\npath:\n");
        out.push_str(&parameters(&group.path));
    }
    out.push_str("\nendpoints:");
    out.push_str(if group.endpoints.is_empty() {
        " []\n"
    } else {
        "\n"
    });
    out.push_str(&endpoints(&group.endpoints));
    if !group.templates.is_empty() {
        out.push_str("\ntemplates:\n");
        out.push_str(&uses(&group.templates));
    }
    schemas(&mut out, &group.schemas);
    out
}

/// Uses of templates, as under `templates:`.
pub(crate) fn uses(all: &[DraftUse]) -> String {
    let one = |one: &DraftUse| {
        let mut flow = Flow::default();
        for (name, value) in &one.says {
            flow.text(name, value);
        }
        flow.list("without", &one.without);
        let mut endpoints = Flow::default();
        for (id, says) in &one.endpoints {
            endpoints.nested(id, &said(says));
        }
        if !one.endpoints.is_empty() {
            flow.nested("endpoints", &endpoints);
        }
        flow.line(2, &one.template)
    };
    all.iter().map(one).collect()
}

/// What a use of a template sets for an endpoint.
fn said(says: &Map<String, Value>) -> Flow {
    let mut flow = Flow::default();
    for (key, value) in says {
        let value = match value {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(json).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Null => String::new(),
            other => json(other),
        };
        flow.raw(key, &value);
    }
    flow
}

/// Endpoints, as under `endpoints:`.
pub(crate) fn endpoints(all: &[DraftEndpoint]) -> String {
    let texts = all.iter().map(|one| match &one.used {
        Some(used) => used_here(used),
        None => endpoint(one),
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// The use of a template of endpoints, as an item of them.
fn used_here(one: &DraftUse) -> String {
    let mut out = format!("  - template: {}\n", scalar(&one.template));
    for (name, value) in &one.says {
        line(&mut out, 4, name, &block(value));
    }
    if !one.endpoints.is_empty() {
        out.push_str("    endpoints:\n");
    }
    for (id, says) in &one.endpoints {
        out.push_str(&said(says).line(6, id));
    }
    out
}

/// Parameters, as under `path:`.
pub(crate) fn parameters<'p>(
    all: impl IntoIterator<Item = (&'p String, &'p DraftParameter)>,
) -> String {
    let all = all.into_iter();
    all.map(|(name, parameter)| flow_parameter(parameter).line(2, name))
        .collect()
}

/// Schemas, as under `schemas:`.
pub(crate) fn all_schemas(all: &[DraftSchema]) -> String {
    let texts: Vec<String> = all.iter().map(schema).collect();
    texts.join("\n")
}

/// The text of the file of schemas that several groups need.
pub(crate) fn shared(all: &[DraftSchema]) -> String {
    let mut out = String::from("# yaml-language-server: $schema=schema/shared.json");
    schemas(&mut out, all);
    out
}

/// `schemas:` with every schema below it.
fn schemas(out: &mut String, all: &[DraftSchema]) {
    if all.is_empty() {
        return;
    }
    out.push_str("\nschemas:\n");
    out.push_str(&all_schemas(all));
}

fn line(out: &mut String, indent: usize, key: &str, value: &str) {
    out.push_str(&format!("{:indent$}{key}: {value}\n", ""));
}

fn endpoint(endpoint: &DraftEndpoint) -> String {
    let mut out = String::new();
    out.push_str(&format!("  - id: {}\n", scalar(&endpoint.id)));
    let mut put = |key: &str, value: &str| line(&mut out, 4, key, value);
    put(endpoint.method, &block(&endpoint.path));
    if !endpoint.version.is_empty() {
        put("version", &scalar(&endpoint.version));
    }
    if !endpoint.own_path.is_empty() {
        out.push_str("    path:\n");
        for (name, parameter) in &endpoint.own_path {
            out.push_str(&flow_parameter(parameter).line(6, name));
        }
    }
    let mut put = |key: &str, value: &str| line(&mut out, 4, key, value);
    put("operation", &scalar(&endpoint.operation));
    put(
        "does",
        &scalar(endpoint.does.as_deref().unwrap_or_default()),
    );
    put("acts_on", &scalar(&endpoint.acts_on));
    if let Some(scope) = &endpoint.scope {
        put("scope", &scalar(scope));
    }
    if let Some(scope) = &endpoint.or_scope {
        put("or_scope", &scalar(scope));
    }
    if let Some(page) = &endpoint.page {
        put("page", &scalar(page));
    }
    if let Some(limit) = &endpoint.limit {
        let mut flow = Flow::default();
        flow.raw("default", &limit.default).raw("max", &limit.max);
        put("limit", &flow.flag("unstated", limit.unstated).one_line());
    }
    if !endpoint.filters.is_empty() {
        out.push_str("    filters:\n");
        for (name, one) in &endpoint.filters {
            out.push_str(&filter(one).line(6, name));
        }
    }
    if endpoint.needs_filter {
        line(&mut out, 4, "needs_filter", "true");
    }
    named(&mut out, "query", &endpoint.query);
    named(&mut out, "headers", &endpoint.headers);
    rest(&mut out, endpoint);
    out
}

/// A map of parameters, if there are any.
fn named(out: &mut String, key: &str, parameters: &[(String, DraftParameter)]) {
    if parameters.is_empty() {
        return;
    }
    out.push_str(&format!("    {key}:\n"));
    for (name, parameter) in parameters {
        out.push_str(&flow_parameter(parameter).line(6, name));
    }
}

fn rest(out: &mut String, endpoint: &DraftEndpoint) {
    let mut put = |key: &str, value: &str| line(out, 4, key, value);
    if let Some(include) = &endpoint.include {
        put("include", &scalar(include));
    }
    if let Some(sort) = &endpoint.sort {
        let mut flow = Flow::default();
        flow.text("by", &sort.by);
        flow.text("direction", if sort.joined { "joined" } else { "separate" });
        flow.maybe("default", sort.default.as_deref());
        put("sort", &flow.one_line());
    }
    if !endpoint.select.is_empty() {
        put("select", &list(&endpoint.select));
    }
    if let Some(takes) = &endpoint.takes {
        put("takes", &scalar(takes));
    }
    named(out, "form", &endpoint.form);
    let mut put = |key: &str, value: &str| line(out, 4, key, value);
    if endpoint.optional_body {
        put("optional_body", "true");
    }
    if let Some(max) = &endpoint.batch {
        put("batch", &Flow::default().raw("max", max).one_line());
    }
    if let Some(all) = &endpoint.all {
        put("all", &Flow::default().text("name", all).one_line());
    }
    put("returns", &scalar(&endpoint.returns));
    if let Some(media) = &endpoint.media_type {
        put("media_type", &scalar(media));
    }
    if endpoint.partial {
        put("partial", &scalar(&format!("[{}]", endpoint.returns)));
    }
    if let Some(envelope) = endpoint.envelope {
        put("envelope", envelope);
    }
    put("success", &numbers(&endpoint.success));
    if !endpoint.errors.is_empty() {
        put("errors", &numbers(&endpoint.errors));
    }
    if endpoint.deprecated {
        put("deprecated", "{}");
    }
    if !endpoint.source.is_empty() {
        put("source", &scalar(&endpoint.source));
    }
    if !endpoint.todo.is_empty() {
        put("todo", &scalar(&endpoint.todo.join("; ")));
    }
}

fn numbers(numbers: &[u16]) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("[{}]", texts.join(", "))
}

fn filter(filter: &DraftFilter) -> Flow {
    let mut flow = Flow::default();
    flow.text("type", &filter.kind);
    flow.list("ops", &filter.ops);
    flow.list("required", &filter.required);
    flow.flag("explode", filter.explode);
    flow
}

fn flow_parameter(parameter: &DraftParameter) -> Flow {
    let mut flow = Flow::default();
    flow.text("type", &parameter.kind);
    flow.flag("required", parameter.required);
    if let Some(default) = &parameter.default {
        flow.raw("default", &json(default));
    }
    flow.maybe("range", parameter.range.as_deref());
    flow.flag("explode", parameter.explode);
    flow
}

fn schema(schema: &DraftSchema) -> String {
    let mut out = format!("  {}:\n", scalar(&schema.name));
    line(&mut out, 4, "does", &scalar(&schema.does));
    if !schema.views.is_empty() {
        line(&mut out, 4, "views", &list(&schema.views));
    }
    if let Some(official) = &schema.official {
        line(&mut out, 4, "official", &scalar(official));
    }
    if let Some(by) = &schema.by {
        line(&mut out, 4, "by", &scalar(by));
    }
    if !schema.one_of.is_empty() {
        out.push_str("    one_of:\n");
        for (branch, kind) in &schema.one_of {
            let mut flow = Flow::default();
            flow.text("type", kind);
            out.push_str(&flow.line(6, branch));
        }
    } else if schema.values.is_empty() {
        out.push_str("    fields:");
        out.push_str(if schema.fields.is_empty() {
            " {}\n"
        } else {
            "\n"
        });
        for one in &schema.fields {
            out.push_str(&field(one).line(6, &one.name));
        }
    } else {
        if schema.integers {
            line(&mut out, 4, "type", "int");
        }
        out.push_str("    values:\n");
        for value in &schema.values {
            let value = if schema.integers {
                value.clone()
            } else {
                scalar(value)
            };
            out.push_str(&format!("      {value}:\n"));
        }
    }
    if !schema.todo.is_empty() {
        line(&mut out, 4, "todo", &scalar(&schema.todo.join("; ")));
    }
    out
}

fn field(field: &DraftField) -> Flow {
    let mut flow = Flow::default();
    if !field.kind.is_empty() || field.values.is_empty() {
        flow.text("type", &field.kind);
    }
    if !field.values.is_empty() {
        let mut members = Flow::default();
        for value in &field.values {
            match field.kind.as_str() {
                "int" => members.integer(value),
                _ => members.raw(value, ""),
            };
        }
        flow.nested("enum", &members);
    }
    flow.list("in", &field.views);
    if !field.types.is_empty() {
        let mut types = Flow::default();
        for (view, kind) in &field.types {
            types.text(view, kind);
        }
        flow.nested("types", &types);
    }
    flow.list("required", &field.required);
    flow.flag("nullable", field.nullable);
    if let Some(default) = &field.default {
        flow.raw("default", &json(default));
    }
    flow.maybe("length", field.length.as_deref());
    flow.maybe("range", field.range.as_deref());
    flow.maybe("items", field.items.as_deref());
    flow.maybe("pattern", field.pattern.as_deref());
    flow.maybe("format", field.format);
    flow.maybe("unit", field.unit);
    flow.maybe("wire", field.wire);
    if field.deprecated {
        flow.raw("deprecated", "{}");
    }
    if !field.todo.is_empty() {
        flow.text("todo", &field.todo.join("; "));
    }
    flow
}
