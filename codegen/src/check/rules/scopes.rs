//! OAuth scopes: that they exist, and that they allow what an endpoint does.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{Index, NeededScope},
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
        let needed = endpoint.needed_scope();
        let Some(scope) = scope_of(cx, &needed) else {
            continue;
        };
        let declared = At::root("scopes.yaml")
            .key("areas")
            .key(needed.area)
            .key("levels")
            .key(needed.level)
            .key("writes");
        let Some((method, _)) = endpoint.methods().next() else {
            continue;
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
                diagnostic = diagnostic.help(format!("write `scope: {}.{level}`", needed.area));
            }
            out.push(
                diagnostic.help(
                    "if the call only reads although it is not a GET, explain that in `reads:`",
                ),
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
