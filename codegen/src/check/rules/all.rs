//! Calls for any number of items: that there is something to split into batches.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{EndpointAt, FieldAt, Index, Meant},
    types::TypeExpr,
};

pub static BAD_ALL: Code = Code::error(
    "E230",
    "bad-all",
    "`all` belongs to a call that accepts many items: as its body, in an array of its body, or in a list of its query.",
);

pub(super) fn all(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let Some(all) = &endpoint.spec.all else {
            continue;
        };
        let (wrong, help) = match (&all.by, &all.field) {
            (Some(_), Some(_)) => (
                (
                    endpoint.at.key("all").key("field").name(),
                    "the items already go into the query".to_owned(),
                ),
                "keep one of `by:` and `field:`",
            ),
            (None, Some(field)) => {
                array(cx, &endpoint, field, out);
                continue;
            }
            (Some(by), None) if lists(cx, &endpoint).contains(by) => continue,
            (Some(by), None) => (
                (
                    endpoint.at.key("all").key("by").value(),
                    format!("the query has no list `{by}`"),
                ),
                "name a parameter that accepts several values, as it is sent: `id:in`",
            ),
            (None, None) if endpoint.spec.batch.is_some() => continue,
            (None, None) => (
                (
                    endpoint.at.key("all").name(),
                    format!("`{}` does not accept a batch", endpoint.full_id()),
                ),
                "give the number of items in `batch:`, or name what receives them: a parameter in `by:`, a field in `field:`",
            ),
        };
        let (at, message) = wrong;
        out.push(
            Diagnostic::new(&BAD_ALL, at, message)
                .why("`all` splits the items into calls of the size that one call accepts")
                .help(help),
        );
    }
}

/// Checks the field of the body for the items: a required array with a maximum size.
fn array(cx: &Index<'_>, endpoint: &EndpointAt<'_>, name: &String, out: &mut Diagnostics) {
    let at = endpoint.at.key("all").key("field").value();
    let takes = endpoint.at.key("takes");
    let body = match cx.body(*endpoint) {
        Some(body) if matches!(body.expr, TypeExpr::Named { .. }) => Some(body.written),
        // An invalid type is reported where it is written, and so is an unknown name.
        None if endpoint.spec.takes.is_some() => return,
        _ => None,
    };
    let (schema, view) = match body {
        Some(Meant::View(schema, view)) if !endpoint.spec.optional_body => (schema, view),
        Some(Meant::NoView(..) | Meant::Nothing) => return,
        _ => {
            let message = format!(
                "`{}` does not send an object with `{name}`",
                endpoint.full_id()
            );
            let mut wrong = Diagnostic::new(&BAD_ALL, at, message);
            if endpoint.spec.optional_body {
                let key = endpoint.at.key("optional_body").name();
                wrong = wrong.also(key, "the body is optional");
            } else if endpoint.spec.takes.is_some() {
                wrong = wrong.also(takes.value(), "what it sends");
            }
            out.push(wrong.help("use it on a call whose body is an object that is always sent"));
            return;
        }
    };
    let has = |field: &FieldAt<'_>| field.views().contains(&view);
    let Some(field) = schema.field(name).filter(has) else {
        let fields: Vec<_> = schema.fields().filter(has).map(|it| it.name).collect();
        let message = format!("the body has no `{name}`");
        out.push(
            Diagnostic::new(&BAD_ALL, at, message)
                .also(takes.value(), "the body")
                .meant(name, cx.candidates(fields)),
        );
        return;
    };
    let ty = field.type_in(view);
    let ty = ty.map(|text| cx.read(field.schema.home, text));
    let bound = field.spec.items.as_deref();
    let bound = bound.and_then(|items| items.split_once("..")?.1.trim().parse::<u32>().ok());
    let (message, help) = match ty.as_ref().map(|ty| ty.as_ref().map(|ty| &ty.expr)) {
        Some(Ok(TypeExpr::List(item))) if !matches!(**item, TypeExpr::Nullable(_)) => {
            if !field.spec.required.contains(&view) {
                ("is optional", "add the view to its `required:`")
            } else if field.spec.nullable.holds_in(view) {
                ("may be null", "name a field that is always an array")
            } else if bound.is_none_or(|most| most == 0) {
                (
                    "has no limit on its items",
                    "add `items: 1..N` to the field",
                )
            } else {
                return;
            }
        }
        Some(Err(_)) => return,
        _ => ("is not an array", "name a field whose type is `[T]`"),
    };
    out.push(
        Diagnostic::new(&BAD_ALL, at, format!("`{name}` {message}"))
            .also(field.at().name(), "this field")
            .why("`all` splits the items into calls of the size that one call accepts")
            .help(help),
    );
}

/// The query parameters that accept several values, as they are sent.
pub(super) fn lists(cx: &Index<'_>, endpoint: &EndpointAt<'_>) -> Vec<String> {
    let spec = endpoint.spec;
    let Some(generation) = cx.document.service.generations.get(endpoint.version().0) else {
        return Vec::new();
    };
    let filters = spec.filters.iter().flat_map(|(name, filter)| {
        let lists = filter
            .ops
            .iter()
            .filter(|op| generation.list_operators.contains(op));
        lists
            .filter_map(|op| generation.operators.get(op))
            .map(move |spelling| spelling.replace("{}", name))
    });
    let others = spec
        .query
        .iter()
        .filter(|(_, parameter)| parameter.kind.starts_with('['))
        .map(|(name, _)| name.to_owned());
    filters.chain(others).collect()
}
