//! Sorts the query parameters: filters with their operators, pagination, sort, include, field selection, and
//! all others.

use std::collections::HashSet;

use super::{
    draft::{DraftEndpoint, DraftFilter, DraftParameter},
    listing::{limit, members, order, sorts, style},
    names,
    operation::{OfficialParameter, Operation},
    shape::Shape,
    types::Speller,
};

/// The operators that a name may have after a colon.
const OPERATORS: [&str; 8] = [
    "in", "not_in", "min", "max", "greater", "less", "like", "not",
];

/// A parameter's field and operator, in the manner of its generation.
pub(crate) fn operator<'n>(name: &'n str, version: &str) -> (&'n str, &'static str) {
    if version != "v2"
        && let Some((field, suffix)) = name.rsplit_once(':')
        && let Some(operator) = OPERATORS.iter().find(|known| **known == suffix)
    {
        return (field, operator);
    }
    if version == "v2" {
        for operator in ["min", "max"] {
            let rest = name
                .strip_prefix(operator)
                .and_then(|rest| rest.strip_prefix('_'));
            if let Some(field) = rest.filter(|field| !field.is_empty()) {
                return (field, operator);
            }
        }
    }
    (name, "eq")
}

/// What sorting parameters needs to know about the operation.
pub(crate) struct Context<'a> {
    /// The type whose fields a filter may name.
    pub about: &'a str,
    /// The properties of that type.
    pub fields: &'a HashSet<String>,
    /// Whether the response is a list.
    pub lists: bool,
    /// Whether it counts the items of a list.
    pub counts: bool,
    pub version: &'a str,
}

/// Fills the endpoint with the operation's query.
pub(crate) fn sort(
    endpoint: &mut DraftEndpoint,
    operation: &Operation,
    context: &Context<'_>,
    speller: &mut Speller<'_>,
) {
    let query: Vec<&OfficialParameter> = operation
        .parameters
        .iter()
        .filter(|p| p.place == "query")
        .collect();
    let names: HashSet<&str> = query.iter().map(|p| p.name.as_str()).collect();
    let has = |name: &str| names.contains(name);
    let compared = query.iter().map(|p| operator(&p.name, context.version));
    let compared = compared
        .filter(|(_, op)| *op != "eq")
        .map(|(field, _)| field);
    let compared: HashSet<&str> = compared.collect();
    let style = style(operation, context.version);
    if operation.method == "get" && context.lists {
        endpoint.page = Some(style.clone().unwrap_or_else(|| "none".to_owned()));
        if style.is_none() && has("limit") {
            endpoint
                .todo
                .push("it has a `limit`; how is it paged?".into());
        }
    }
    for parameter in &query {
        let name = parameter.name.as_str();
        let paging = style.is_some() && context.lists;
        match name {
            "page" | "before" | "after" if paging => {}
            "limit" if paging => limit(endpoint, &parameter.shape),
            "include_fields" | "exclude_fields" => endpoint.select.push(name.to_owned()),
            "include" if !members(&parameter.shape).is_empty() => {
                let wish = format!("{}Include", context.about);
                endpoint.include = Some(speller.enums.name(&wish, &members(&parameter.shape)));
            }
            "sort"
                if order(
                    endpoint,
                    parameter,
                    context.about,
                    has("direction"),
                    speller,
                ) => {}
            "direction" if endpoint.sort.is_some() => {}
            "direction" if query.iter().any(|p| p.name == "sort" && sorts(p, true)) => {}
            _ => condition(endpoint, parameter, &compared, context, speller),
        }
    }
    let needed = endpoint
        .filters
        .values()
        .any(|filter| !filter.required.is_empty());
    if endpoint.method == "delete" && !endpoint.filters.is_empty() && !needed {
        endpoint.needs_filter = true;
        endpoint.todo.push("is it allowed without a filter?".into());
    }
    for parameter in &operation.parameters {
        let usual = [
            "accept",
            "authorization",
            "content-type",
            "user-agent",
            "x-auth-token",
        ];
        let usual = usual.contains(&parameter.name.to_lowercase().as_str());
        if parameter.place == "header" && !usual {
            let name = &parameter.name;
            let kind = kind(endpoint, &parameter.shape, context.about, name, speller);
            endpoint
                .headers
                .push((name.clone(), draft(parameter, kind)));
        }
    }
}

/// A filter on a field of what is listed or removed, or else a parameter.
fn condition(
    endpoint: &mut DraftEndpoint,
    parameter: &OfficialParameter,
    compared: &HashSet<&str>,
    context: &Context<'_>,
    speller: &mut Speller<'_>,
) {
    let (field, op) = operator(&parameter.name, context.version);
    let about_field = context.fields.contains(field) || compared.contains(field);
    let filters = context.lists || context.counts || endpoint.method == "delete";
    let joined = parameter.name.contains(':');
    if !(filters && about_field || joined && op != "eq") {
        query_parameter(endpoint, parameter, context, speller);
        return;
    }
    let kind = kind(endpoint, &parameter.shape, context.about, field, speller);
    if op == "eq" && kind.starts_with('[') {
        let todo = format!("parameter `{field}`: accepts a list, drafted as one value");
        endpoint.todo.push(todo);
    }
    // The list is the operator's format, not the type of the filter.
    let kind = kind.trim_matches(['[', ']']).to_owned();
    let filter = endpoint.filters.entry(field.to_owned());
    let filter = filter.or_insert_with(|| DraftFilter {
        kind: kind.clone(),
        ..DraftFilter::default()
    });
    // Ranges over dates are often declared as strings; the more specific type is used.
    let dates = |kind: &str| kind == "string" || kind.starts_with("date");
    if filter.kind != kind && !(dates(&filter.kind) && dates(&kind)) {
        let todo = format!(
            "parameter `{field}`: declared as `{}` and as `{kind}`",
            filter.kind
        );
        endpoint.todo.push(todo);
    }
    if filter.kind == "string" {
        filter.kind = kind;
    }
    if !filter.ops.iter().any(|known| known == op) {
        filter.ops.push(op.to_owned());
        let order = |op: &String| OPERATORS.iter().position(|known| known == op);
        filter.ops.sort_by_key(order);
    }
    if parameter.exploded && parameter.shape.is_list() {
        match op {
            "in" | "not_in" => filter.explode = true,
            _ => endpoint
                .todo
                .push(format!("parameter `{field}` is repeated for each value")),
        }
    }
    if parameter.required {
        filter.required.push(op.to_owned());
    }
}

fn query_parameter(
    endpoint: &mut DraftEndpoint,
    parameter: &OfficialParameter,
    context: &Context<'_>,
    speller: &mut Speller<'_>,
) {
    let kind = kind(
        endpoint,
        &parameter.shape,
        context.about,
        &parameter.name,
        speller,
    );
    endpoint
        .query
        .push((parameter.name.clone(), draft(parameter, kind)));
}

/// A parameter with its type and limits.
pub(crate) fn draft(parameter: &OfficialParameter, kind: String) -> DraftParameter {
    DraftParameter {
        kind,
        required: parameter.required && parameter.place != "path",
        default: parameter.shape.default.clone(),
        range: parameter.shape.range.text(),
        explode: parameter.place == "query" && parameter.exploded && parameter.shape.is_list(),
        ..DraftParameter::default()
    }
}

/// A part of a form with its type and limits.
pub(crate) fn part(shape: &Shape, required: bool, kind: String) -> DraftParameter {
    DraftParameter {
        kind,
        required,
        range: shape.range.text(),
        ..DraftParameter::default()
    }
}

/// The type of a parameter; its own values become a named enumeration.
pub(crate) fn kind(
    endpoint: &mut DraftEndpoint,
    shape: &Shape,
    about: &str,
    name: &str,
    speller: &mut Speller<'_>,
) -> String {
    let mut typed = speller.spell(shape, about, name);
    if !typed.values.is_empty() {
        let wish = format!("{about}{}", names::camel(name));
        let own = speller.members_of(about, name);
        let other = own.is_some_and(|members| members != typed.values);
        let wish = if other { format!("{wish}Filter") } else { wish };
        typed.name(&wish, speller.enums);
    }
    for doubt in &typed.doubts {
        let todo = format!("parameter `{name}`: {doubt}");
        // A date in a query has our format; only in a response it is unknown.
        if typed.text != "datetime" {
            endpoint.todo.push(todo);
        }
    }
    for unsaid in shape.unsaid() {
        endpoint.todo.push(format!("parameter `{name}`: {unsaid}"));
    }
    typed.text
}

#[cfg(test)]
mod tests {
    use super::operator;

    #[test]
    fn the_operator_follows_the_field_in_v3_and_precedes_it_in_v2() {
        assert_eq!(operator("id:not_in", "v3"), ("id", "not_in"));
        assert_eq!(operator("min_date_created", "v2"), ("date_created", "min"));
        assert_eq!(
            operator("min_date_created", "v3"),
            ("min_date_created", "eq")
        );
        assert_eq!(operator("name", "v3"), ("name", "eq"));
    }
}
