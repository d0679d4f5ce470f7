//! Spells a drafted group as a file of the spec, in the order and the compact style the files are
//! kept in. It decides nothing.

use super::{
    draft::{DraftEndpoint, DraftField, DraftFilter, DraftGroup, DraftParameter, DraftSchema},
    yaml::{Flow, block, json, list, scalar},
};

/// The text of a group's file.
pub(crate) fn group(group: &DraftGroup) -> String {
    let mut out = String::from("# yaml-language-server: $schema=../schema/group.json\n");
    line(&mut out, 0, "group", &scalar(&group.name));
    line(&mut out, 0, "title", &scalar(&group.title));
    line(&mut out, 0, "does", "\"\"");
    if group
        .endpoints
        .iter()
        .any(|endpoint| endpoint.method != "get")
    {
        line(&mut out, 0, "warning", "\"\"");
    }
    line(&mut out, 0, "version", &scalar(&group.version));
    line(&mut out, 0, "scope", "\"\"");
    line(&mut out, 0, "source", &scalar(&group.source));
    if !group.path.is_empty() {
        out.push_str("\npath:\n");
        for (name, parameter) in &group.path {
            out.push_str(&flow_parameter(parameter).line(2, name));
        }
    }
    out.push_str("\nendpoints:");
    if group.endpoints.is_empty() {
        out.push_str(" []");
    }
    for (place, one) in group.endpoints.iter().enumerate() {
        out.push_str(if place == 0 { "\n" } else { "\n\n" });
        out.push_str(endpoint(one).trim_end());
    }
    out.push('\n');
    schemas(&mut out, &group.schemas);
    out
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
    for (place, one) in all.iter().enumerate() {
        if place > 0 {
            out.push('\n');
        }
        out.push_str(&schema(one));
    }
}

fn line(out: &mut String, indent: usize, key: &str, value: &str) {
    out.push_str(&format!("{:indent$}{key}: {value}\n", ""));
}

fn endpoint(endpoint: &DraftEndpoint) -> String {
    let mut out = String::new();
    out.push_str(&format!("  - id: {}\n", scalar(&endpoint.id)));
    let mut put = |key: &str, value: &str| line(&mut out, 4, key, value);
    put(endpoint.method, &block(&endpoint.path));
    put("operation", &scalar(&endpoint.operation));
    put("does", "\"\"");
    put("acts_on", &scalar(&endpoint.acts_on));
    if let Some(page) = &endpoint.page {
        put("page", &scalar(page));
    }
    if let Some((default, max)) = &endpoint.limit {
        put(
            "limit",
            Flow::default()
                .raw("default", default)
                .raw("max", max)
                .one_line()
                .as_str(),
        );
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
    if !endpoint.query.is_empty() {
        out.push_str("    query:\n");
        for (name, parameter) in &endpoint.query {
            out.push_str(&flow_parameter(parameter).line(6, name));
        }
    }
    rest(&mut out, endpoint);
    out
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
    if let Some(max) = &endpoint.batch {
        put("batch", &Flow::default().raw("max", max).one_line());
    }
    put("returns", &scalar(&endpoint.returns));
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
    let mut todo = vec!["what it does".to_owned()];
    todo.extend(endpoint.todo.iter().cloned());
    put("todo", &scalar(&todo.join("; ")));
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
    flow
}

fn schema(schema: &DraftSchema) -> String {
    let mut out = format!("  {}:\n", scalar(&schema.name));
    line(&mut out, 4, "does", "\"\"");
    if !schema.views.is_empty() {
        line(&mut out, 4, "views", &list(&schema.views));
    }
    if let Some(official) = &schema.official {
        line(&mut out, 4, "official", &scalar(official));
    }
    if schema.values.is_empty() {
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
        out.push_str("    values:\n");
        for value in &schema.values {
            out.push_str(&format!("      {}:\n", scalar(value)));
        }
    }
    let told = if schema.values.is_empty() {
        "what it is"
    } else {
        "what the members mean"
    };
    let mut todo = vec![told.to_owned()];
    todo.extend(schema.todo.iter().cloned());
    line(&mut out, 4, "todo", &scalar(&todo.join("; ")));
    out
}

fn field(field: &DraftField) -> Flow {
    let mut flow = Flow::default();
    if field.values.is_empty() {
        flow.text("type", &field.kind);
    } else {
        let mut members = Flow::default();
        for value in &field.values {
            members.raw(value, "");
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
