//! OAuth scopes: that they exist, and that they allow what an endpoint does.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index, NeededScope},
    spec::{About, Area, Scope},
};

pub static SCOPE_CANNOT_WRITE: Code = Code::error(
    "E401",
    "scope-cannot-write",
    "A call that writes requires a scope that allows writes.",
);
pub static READ_NEEDS_WRITE: Code = Code::warning(
    "W402",
    "read-needs-write",
    "A call that only reads should not require a scope that allows writes.",
);
pub static BAD_INCLUDES: Code = Code::error(
    "E403",
    "bad-includes",
    "A level includes other levels of its own area.",
);
pub static LEVEL_MISMATCH: Code = Code::error(
    "E404",
    "level-mismatch",
    "The level `read` does not allow writes, and `modify` does.",
);

pub static SCOPE_STRING: Code = Code::error(
    "E405",
    "scope-string",
    "A scope string is one word, as tokens have it.",
);
pub static ALTERNATIVE_SCOPE: Code = Code::error(
    "E407",
    "alternative-scope",
    "A scope that is sufficient instead of another one is of a different area.",
);

fn scope_of<'a>(cx: &Index<'a>, needed: &NeededScope<'a>) -> Option<&'a Scope> {
    cx.document
        .scopes
        .areas
        .get(needed.area)?
        .levels
        .get(needed.level)
}

pub(super) fn scopes_allow(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        allows(cx, &endpoint, ("scope", endpoint.needed_scope()), out);
        if let Some(other) = endpoint.or_scope() {
            allows(cx, &endpoint, ("or_scope", other), out);
        }
    }
}

/// That a scope, written below `key`, allows what the endpoint does.
fn allows<'a>(
    cx: &Index<'a>,
    endpoint: &EndpointAt<'a>,
    (key, needed): (&str, NeededScope<'a>),
    out: &mut Diagnostics,
) {
    let Some(scope) = scope_of(cx, &needed) else {
        return;
    };
    let declared = At::root("scopes.yaml")
        .key("areas")
        .key(needed.area)
        .key("levels")
        .key(needed.level)
        .key("writes");
    let Some((method, _)) = endpoint.methods().next() else {
        return;
    };
    if !endpoint.reads() && !scope.writes {
        let mut diagnostic = Diagnostic::new(
            &SCOPE_CANNOT_WRITE,
            needed.at.value(),
            format!(
                "`{}` writes, but `{}` only allows reads",
                endpoint.full_id(),
                scope.wire
            ),
        )
        .also(endpoint.at.key(method).name(), "writes")
        .also(declared.value(), "only reads")
        .why("every call with this scope would get a 403");
        let writing: Vec<&str> = writing_levels(cx, needed.area).collect();
        if let Some(level) = writing.first() {
            diagnostic = diagnostic.help(format!("write `{key}: {}.{level}`", needed.area));
        }
        out.push(
            diagnostic
                .help("if the call only reads although it is not a GET, explain that in `reads:`"),
        );
    }
    // If the sources disagree on the scope, somebody has checked it and explained it.
    let mut conflicts = endpoint.spec.conflicts.iter();
    let decided = conflicts.any(|conflict| conflict.about == About::Scope);
    if endpoint.reads() && scope.writes && !decided {
        out.push(
            Diagnostic::new(
                &READ_NEEDS_WRITE,
                needed.at.value(),
                format!(
                    "`{}` only reads, but `{}` allows writes",
                    endpoint.full_id(),
                    scope.wire
                ),
            )
            .also(endpoint.reading().name(), "only reads")
            .why("a token for this call could do more than it needs"),
        );
    }
}

pub(super) fn alternatives(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let needed = endpoint.needed_scope();
        let other = endpoint
            .or_scope()
            .filter(|other| other.area == needed.area);
        // Unknown ones are reported where they are resolved.
        let Some(other) = other.filter(|other| scope_of(cx, other).is_some()) else {
            continue;
        };
        let diagnostic = if other.level == needed.level {
            let message = format!("`{}` requires this scope already", endpoint.full_id());
            Diagnostic::new(&ALTERNATIVE_SCOPE, other.at.value(), message)
                .help("remove it, or name the scope that is sufficient instead")
        } else {
            let message = format!("this scope is of the same area, `{}`", other.area);
            Diagnostic::new(&ALTERNATIVE_SCOPE, other.at.value(), message)
                .why("of two levels of an area, the one that includes the other is sufficient without saying so")
                .help("remove it; the lesser of the two is the `scope` of the endpoint")
        };
        out.push(diagnostic.also(needed.at.value(), "the scope that is required"));
    }
}

fn writing_levels<'a>(cx: &Index<'a>, area: &str) -> impl Iterator<Item = &'a str> {
    let levels = cx.document.scopes.areas.get(area).into_iter();
    levels
        .flat_map(|area: &Area| area.levels.iter())
        .filter(|(_, scope)| scope.writes)
        .map(|(level, _)| level)
}

/// That the text at this place can be a scope string.
fn scope_string(wire: &str, at: At<'_>, out: &mut Diagnostics) {
    // An empty one is reported as an empty text.
    let is_part = |c: char| c.is_ascii_graphic() && c != ',';
    if !wire.chars().all(is_part) {
        let message = "this cannot be a scope string";
        out.push(
            Diagnostic::new(&SCOPE_STRING, at.value(), message)
                .why("a token has all of its scopes in one string, with spaces between them")
                .help("write it as tokens have it, such as `store_v2_orders`"),
        );
    }
}

pub(super) fn levels(cx: &Index<'_>, out: &mut Diagnostics) {
    let unasked = At::root("scopes.yaml").key("granted_unasked");
    for (index, wire) in cx.document.scopes.granted_unasked.iter().enumerate() {
        scope_string(wire, unasked.index(index), out);
    }
    for (name, area) in cx.document.scopes.areas.iter() {
        let levels = At::root("scopes.yaml").key("areas").key(name).key("levels");
        for (level, scope) in area.levels.iter() {
            let at = levels.key(level);
            scope_string(&scope.wire, at.key("wire"), out);
            let expected = match level {
                "read" => Some(false),
                "modify" => Some(true),
                _ => None,
            };
            if expected.is_some_and(|expected| expected != scope.writes) {
                let can = if scope.writes { "can" } else { "cannot" };
                out.push(
                    Diagnostic::new(
                        &LEVEL_MISMATCH,
                        at.key("writes").value(),
                        format!("the level `{level}` of `{name}` {can} write"),
                    )
                    .why("reads require `read` and writes require `modify` unless an endpoint says otherwise")
                    .help("correct `writes`, or rename the level"),
                );
            }
            for (index, other) in scope.includes.iter().enumerate() {
                let at = at.key("includes").index(index).value();
                if other == level {
                    out.push(
                        Diagnostic::new(&BAD_INCLUDES, at, "a level does not include itself")
                            .help("remove it"),
                    );
                } else if !area.levels.contains(other) {
                    let message = format!("the area `{name}` has no level `{other}`");
                    out.push(
                        Diagnostic::new(&BAD_INCLUDES, at, message)
                            .meant(other, cx.candidates(area.levels.keys())),
                    );
                } else if area.levels.position(other) > area.levels.position(level)
                    && area
                        .levels
                        .get(other)
                        .is_some_and(|scope| scope.includes.iter().any(|l| l == level))
                {
                    let message = format!("`{level}` and `{other}` include each other");
                    out.push(
                        Diagnostic::new(&BAD_INCLUDES, at, message)
                            .help("keep it in the level that allows more"),
                    );
                }
            }
        }
    }
}
