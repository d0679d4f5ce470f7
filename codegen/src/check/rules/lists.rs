//! Lists: how they are paged, filtered, ordered and thinned out.

use std::collections::HashSet;

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index, SchemaAt},
    model::Operator,
    types::TypeExpr,
};

pub static UNPAGED_LIST: Code = Code::error(
    "E210",
    "unpaged-list",
    "Every list names its pagination style.",
);
pub static PAGED_VALUE: Code = Code::error(
    "E211",
    "paged-value",
    "Only GETs that return a list are paged.",
);
pub static BAD_LIMIT: Code = Code::error(
    "E213",
    "bad-limit",
    "Only a paged list has a page size, which is within its maximum.",
);
pub static UNKNOWN_OPERATOR: Code = Code::error(
    "E214",
    "unknown-operator",
    "Filters use operators of their generation, each once.",
);
pub static UNKNOWN_SELECT: Code = Code::error(
    "E215",
    "unknown-select",
    "Fields of the returned object are selected with `include_fields` and `exclude_fields`.",
);
pub static UNKNOWN_SORT: Code = Code::error(
    "E216",
    "unknown-sort",
    "A default sort order is one that the list supports.",
);
pub static NEEDS_FILTER: Code = Code::error(
    "E217",
    "needs-filter",
    "An endpoint that requires a filter has filters to choose from.",
);

const SELECTS: [&str; 2] = ["include_fields", "exclude_fields"];

pub(super) fn paging(cx: &Index<'_>, out: &mut Diagnostics) {
    let styles = &cx.document.service.pages;
    for endpoint in cx.endpoints() {
        let lists = endpoint.is_get()
            && cx
                .answer(endpoint)
                .is_some_and(|answer| answer.expr.is_list());
        match endpoint.spec.page.as_deref() {
            None if lists => out.push(
                Diagnostic::new(
                    &UNPAGED_LIST,
                    endpoint.at.key("returns").value(),
                    format!("`{}` returns a list, but names no pagination style", endpoint.full_id()),
                )
                .why("a caller who mistakes the first page for the whole list misses the rest")
                .help("add `page:` with a style from service.yaml, or `page: none` if one response has the whole list")
                .meant("", cx.candidates(styles.keys())),
            ),
            // An unknown style is reported where it is resolved.
            Some(style) if style != "none" && !styles.contains(style) => {}
            // It is unknown what a call without a method, or with an invalid type, returns.
            Some(_) if endpoint.methods().next().is_none() || cx.is_unread(endpoint) => {}
            Some(_) if !lists => {
                let what = if endpoint.is_get() {
                    "the response is not a list"
                } else {
                    "this is not a GET"
                };
                let diagnostic = Diagnostic::new(
                    &PAGED_VALUE,
                    endpoint.at.key("page").value(),
                    format!("`{}` is paged, but {what}", endpoint.full_id()),
                );
                let (key, label, help) = if endpoint.is_get() {
                    ("returns", "not a list", "remove `page:`, or write the type of the response in brackets: `[T]`")
                } else {
                    ("id", "not a GET", "remove `page:`")
                };
                let other = endpoint.at.key(key).value();
                out.push(diagnostic.also(other, label).help(help));
            }
            _ => {}
        }
        limit(endpoint, out);
    }
}

fn limit(endpoint: EndpointAt<'_>, out: &mut Diagnostics) {
    let Some(limit) = &endpoint.spec.limit else {
        return;
    };
    let at = endpoint.at.key("limit");
    if endpoint
        .spec
        .page
        .as_deref()
        .is_none_or(|page| page == "none")
    {
        out.push(
            Diagnostic::new(
                &BAD_LIMIT,
                at.name(),
                "a page size for a list without pages",
            )
            .help("remove `limit:`, or name the pagination style in `page:`"),
        );
    }
    if limit.default > limit.max {
        out.push(
            Diagnostic::new(
                &BAD_LIMIT,
                at.key("default").value(),
                format!(
                    "{} is more than the maximum of {}",
                    limit.default, limit.max
                ),
            )
            .also(at.key("max").value(), "the maximum")
            .help("correct one of the two"),
        );
    }
    if limit.default == 0 {
        out.push(
            Diagnostic::new(
                &BAD_LIMIT,
                at.key("default").value(),
                "a page has at least one item",
            )
            .help("write the number of items in a page by default"),
        );
    }
}

pub(super) fn filters(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let at = endpoint.at.key("filters");
        let mut given = endpoint.spec.filters.iter();
        let doubtful = given.len() > 0 && given.all(|(_, filter)| filter.doubtful);
        if endpoint.spec.needs_filter && doubtful && endpoint.spec.query.is_empty() {
            out.push(
                Diagnostic::new(
                    &NEEDS_FILTER,
                    endpoint.at.key("needs_filter").name(),
                    format!("`{}` could never be called", endpoint.full_id()),
                )
                .also(at.name(), "every filter is doubtful")
                .help("remove `doubtful:` from a filter that works, or remove the call"),
            );
        }
        if endpoint.spec.needs_filter && endpoint.spec.filters.is_empty() {
            out.push(
                Diagnostic::new(
                    &NEEDS_FILTER,
                    endpoint.at.key("needs_filter").name(),
                    format!("`{}` requires a filter but has none", endpoint.full_id()),
                )
                .help("add `filters:`, or remove `needs_filter`"),
            );
        }
        let Some(generation) = cx.document.service.generations.get(endpoint.version().0) else {
            continue;
        };
        for (name, filter) in endpoint.spec.filters.iter() {
            let at = at.key(name);
            if filter.ops.is_empty() {
                out.push(
                    Diagnostic::new(
                        &UNKNOWN_OPERATOR,
                        at.key("ops").name(),
                        format!("the filter `{name}` has no operators"),
                    )
                    .help("name at least one, such as `eq`, or remove the filter"),
                );
            }
            let mut seen = HashSet::new();
            for (index, op) in filter.ops.iter().enumerate() {
                let op_at = at.key("ops").index(index);
                if !generation.operators.contains(op) {
                    out.push(
                        Diagnostic::new(
                            &UNKNOWN_OPERATOR,
                            op_at.value(),
                            format!("`{}` has no operator `{op}`", endpoint.version().0),
                        )
                        .meant(op, cx.candidates(generation.operators.keys())),
                    );
                } else if !seen.insert(op) {
                    out.push(
                        Diagnostic::new(
                            &UNKNOWN_OPERATOR,
                            op_at.value(),
                            format!("the operator `{op}` is listed twice"),
                        )
                        .help("keep one of the two"),
                    );
                }
            }
            for (index, op) in filter.required.iter().enumerate() {
                if !seen.contains(op) && !filter.ops.contains(op) {
                    out.push(
                        Diagnostic::new(
                            &UNKNOWN_OPERATOR,
                            at.key("required").index(index).value(),
                            format!("`{op}` is required, but is not an operator of the filter"),
                        )
                        .also(at.key("ops").value(), "its operators")
                        .help(format!("add `{op}` to `ops`")),
                    );
                }
            }
        }
    }
}

pub(super) fn operators(cx: &Index<'_>, out: &mut Diagnostics) {
    for (name, generation) in cx.document.service.generations.iter() {
        let at = At::root("service.yaml").key("generations").key(name);
        for (op, spelling) in generation.operators.iter() {
            if Operator::named(op).is_none() {
                let message = format!("`{op}` is not an operator");
                let known = Operator::ALL.map(Operator::as_str);
                out.push(
                    Diagnostic::new(
                        &UNKNOWN_OPERATOR,
                        at.key("operators").key(op).name(),
                        message,
                    )
                    .meant(op, cx.candidates(known)),
                );
            }
            if !spelling.contains("{}") {
                out.push(
                    Diagnostic::new(
                        &UNKNOWN_OPERATOR,
                        at.key("operators").key(op).value(),
                        format!("`{spelling}` has no placeholder for the field"),
                    )
                    .help("write `{}` where the field's name goes, as in `\"{}:in\"`"),
                );
            }
        }
        for (index, op) in generation.list_operators.iter().enumerate() {
            if !generation.operators.contains(op) {
                out.push(
                    Diagnostic::new(
                        &UNKNOWN_OPERATOR,
                        at.key("list_operators").index(index).value(),
                        format!("`{name}` has no operator `{op}`"),
                    )
                    .meant(op, cx.candidates(generation.operators.keys())),
                );
            }
        }
    }
}

pub(super) fn selects(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let at = endpoint.at.key("select");
        let mut seen = HashSet::new();
        for (index, name) in endpoint.spec.select.iter().enumerate() {
            let at = at.index(index);
            if !SELECTS.contains(&name.as_str()) {
                out.push(
                    Diagnostic::new(
                        &UNKNOWN_SELECT,
                        at.value(),
                        format!("`{name}` does not select fields"),
                    )
                    .meant(name, SELECTS),
                );
            } else if !seen.insert(name) {
                out.push(
                    Diagnostic::new(
                        &UNKNOWN_SELECT,
                        at.value(),
                        format!("`{name}` is listed twice"),
                    )
                    .help("keep one of the two"),
                );
            }
        }
        if endpoint.spec.select.is_empty() {
            continue;
        }
        let selectable = cx.answer(endpoint).is_some_and(|answer| {
            let item = match &answer.expr {
                TypeExpr::List(item) => &**item,
                other => other,
            };
            let is_object = |schema: SchemaAt<'_>| !schema.is_choice() && !schema.is_one_of();
            matches!(item, TypeExpr::Named { .. }) && answer.schema.is_none_or(is_object)
        });
        if !selectable && !cx.is_unread(endpoint) {
            out.push(
                Diagnostic::new(
                    &UNKNOWN_SELECT,
                    at.name(),
                    format!(
                        "`{}` returns no object whose fields could be selected",
                        endpoint.full_id()
                    ),
                )
                .also(endpoint.at.key("returns").value(), "what it returns")
                .help("remove `select:`"),
            );
        }
    }
}

pub(super) fn sorts(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let Some(sort) = &endpoint.spec.sort else {
            continue;
        };
        let by = cx.read(endpoint.home, &sort.by).ok();
        let Some(schema) = by.and_then(|by| by.alone()) else {
            continue;
        };
        let (Some(default), Some(values)) = (&sort.default, &schema.spec.values) else {
            continue;
        };
        // Anything longer than `field:direction` is prose about the order.
        let field = default.split(':').next().unwrap_or(default);
        if !default.contains(' ') && !values.contains(field) {
            out.push(
                Diagnostic::new(
                    &UNKNOWN_SORT,
                    endpoint.at.key("sort").key("default").part(0..field.len()),
                    format!("`{}` has no value `{field}`", schema.name),
                )
                .also(schema.at().name(), "the sort orders")
                .meant(field, cx.candidates(values.keys())),
            );
        }
    }
}
