//! Values that responses inherit: that there is a call that returns them.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
};

pub static BAD_INHERITS: Code = Code::error(
    "E249",
    "bad-inherits",
    "`inherits` is for a GET that returns an object, and names an optional parameter of its query or another such call of the same scope.",
);

pub(super) fn inherits(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let Some(from) = &endpoint.spec.inherits else {
            continue;
        };
        let at = endpoint.at.key("inherits");
        if !endpoint.is_get() {
            let message = format!("`{}` is not a GET", endpoint.full_id());
            out.push(
                Diagnostic::new(&BAD_INHERITS, at.name(), message)
                    .why("values are inherited by what is read")
                    .help("use it on the call that reads the object"),
            );
            continue;
        }
        if !is_object(cx, endpoint) {
            let message = format!("`{}` does not return one object", endpoint.full_id());
            out.push(
                Diagnostic::new(&BAD_INHERITS, at.name(), message)
                    .also(endpoint.at.key("returns").value(), "the response")
                    .why("values are inherited field by field")
                    .help("use it on a call that always returns an object"),
            );
            continue;
        }
        let query = endpoint.spec.query.iter();
        let optional = query.filter(|(_, it)| !it.required).map(|(name, _)| name);
        let others = cx.group(&endpoint.group.group).into_iter();
        let others = others.flat_map(|group| cx.endpoints_of(group));
        let others = others.filter(|other| may_inherit_from(cx, endpoint, *other));
        let others: Vec<EndpointAt<'_>> = others.collect();
        let ids = others.iter().map(|other| other.spec.id.as_str());
        let known: Vec<&str> = optional.chain(ids).collect();
        if !known.contains(&from.as_str()) {
            let message = format!("`{}` cannot inherit from `{from}`", endpoint.full_id());
            out.push(
                Diagnostic::new(&BAD_INHERITS, at.value(), message)
                    .why(
                        "it is neither an optional parameter of the query nor a call of the group that returns an \
                         object in the same envelope without path parameters",
                    )
                    .meant(from, cx.candidates(known)),
            );
        } else if !endpoint.spec.query.contains(from) {
            let other = others.iter().find(|other| other.spec.id == *from);
            out.extend(other.and_then(|other| other_scope(&endpoint, other)));
        }
    }
}

/// The problem of two calls that require different scopes.
fn other_scope(endpoint: &EndpointAt<'_>, other: &EndpointAt<'_>) -> Option<Diagnostic> {
    if leasts(endpoint) == leasts(other) {
        return None;
    }
    let place = |of: &EndpointAt<'_>| {
        let scope = of.or_scope().unwrap_or_else(|| of.needed_scope());
        scope.at.value()
    };
    let (id, from) = (endpoint.full_id(), other.full_id());
    let message = format!("`{id}` and `{from}` require different scopes");
    Some(
        Diagnostic::new(&BAD_INHERITS, endpoint.at.key("inherits").value(), message)
            .also(place(endpoint), format!("the scope of `{id}`"))
            .also(place(other), format!("the scope of `{from}`"))
            .why("`effective` makes both calls, and a token with the scope of one must be sufficient")
            .help("correct the scopes, or remove `inherits`"),
    )
}

/// The areas and levels of the scopes of which a call needs one.
fn leasts<'a>(of: &EndpointAt<'a>) -> [Option<(&'a str, &'a str)>; 2] {
    let all = [Some(of.needed_scope()), of.or_scope()];
    all.map(|scope| scope.map(|it| (it.area, it.level)))
}

/// Whether a call reads one object, and always returns it.
fn is_object(cx: &Index<'_>, endpoint: EndpointAt<'_>) -> bool {
    let spec = endpoint.spec;
    let always = !spec.success.contains(&204) && !spec.success.contains(&207);
    // An unknown type is reported where it is written.
    let one = cx.is_unread(endpoint)
        || cx
            .answer(endpoint)
            .is_some_and(|answer| match answer.alone() {
                Some(schema) => !schema.is_plain(),
                None => answer.is_named() && answer.schema.is_none(),
            });
    endpoint.is_get() && always && one
}

fn may_inherit_from(cx: &Index<'_>, endpoint: EndpointAt<'_>, other: EndpointAt<'_>) -> bool {
    let path = other.spec.get.as_deref();
    other.spec.id != endpoint.spec.id
        && other.spec.envelope == endpoint.spec.envelope
        && path.is_some_and(|path| !path.contains('{'))
        && other.spec.query.iter().all(|(_, it)| !it.required)
        && is_object(cx, other)
}
