//! OAuth scopes: that they exist, and that they allow what an endpoint does.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
    spec::{Area, Scope},
};

pub static UNKNOWN_SCOPE: Code = Code::error(
    "E400",
    "unknown-scope",
    "A scope is an area of scopes.yaml and a level of it.",
);
pub static SCOPE_CANNOT_WRITE: Code = Code::error(
    "E401",
    "scope-cannot-write",
    "A call that writes needs a scope that lets it write.",
);
pub static READ_NEEDS_WRITE: Code = Code::warning(
    "W402",
    "read-needs-write",
    "A call that reads rarely needs a scope that lets it write.",
);
pub static BAD_INCLUDES: Code = Code::error(
    "E403",
    "bad-includes",
    "A level includes other levels of its own area.",
);
pub static LEVEL_MISMATCH: Code = Code::error(
    "E404",
    "level-mismatch",
    "The level `read` cannot write, and `modify` can.",
);

/// The scope an endpoint needs: the area, the level and where it is said.
struct Needed<'a> {
    area: &'a str,
    level: &'a str,
    at: At<'a>,
    /// Where in the text the level stands, if it is written out.
    level_from: Option<usize>,
}

fn needed<'a>(endpoint: &EndpointAt<'a>) -> Needed<'a> {
    let usual = if endpoint.reads() { "read" } else { "modify" };
    match &endpoint.spec.scope {
        Some(scope) => {
            let (area, level) = scope.split_once('.').unwrap_or((scope, ""));
            let level_from = Some(area.len() + 1).filter(|from| *from <= scope.len());
            Needed {
                area,
                level,
                at: endpoint.at.key("scope"),
                level_from,
            }
        }
        None => Needed {
            area: &endpoint.group.scope,
            level: usual,
            at: At::root(&endpoint.group.file).key("scope"),
            level_from: None,
        },
    }
}

pub(super) fn unknown_scopes(cx: &Index<'_>, out: &mut Diagnostics) {
    let areas = &cx.document.scopes.areas;
    for (group, at) in cx.groups() {
        if !areas.contains(&group.scope) {
            let message = format!("scopes.yaml has no area `{}`", group.scope);
            out.push(
                Diagnostic::new(&UNKNOWN_SCOPE, at.key("scope").value(), message)
                    .meant(&group.scope, cx.candidates(areas.keys())),
            );
        }
    }
    for endpoint in cx.endpoints() {
        let needed = needed(&endpoint);
        let Some(area) = areas.get(needed.area) else {
            // The group's own area has been dealt with above.
            if needed.level_from.is_some() || endpoint.spec.scope.is_some() {
                out.push(
                    Diagnostic::new(
                        &UNKNOWN_SCOPE,
                        needed.at.part(0..needed.area.len()),
                        format!("scopes.yaml has no area `{}`", needed.area),
                    )
                    .meant(needed.area, cx.candidates(areas.keys())),
                );
            }
            continue;
        };
        if area.levels.contains(needed.level) {
            continue;
        }
        out.push(match needed.level_from {
            Some(from) => Diagnostic::new(
                &UNKNOWN_SCOPE,
                needed.at.part(from..from + needed.level.len()),
                format!("the area `{}` has no level `{}`", needed.area, needed.level),
            )
            .meant(needed.level, cx.candidates(area.levels.keys())),
            None if endpoint.spec.scope.is_some() => Diagnostic::new(
                &UNKNOWN_SCOPE,
                needed.at.value(),
                "a level is missing behind the area",
            )
            .help(format!(
                "write `{}.{}`",
                needed.area,
                area.levels.keys().next().unwrap_or("read")
            )),
            None => Diagnostic::new(
                &UNKNOWN_SCOPE,
                endpoint.at.key("id").value(),
                format!(
                    "`{}` needs the level `{}`, which the area `{}` does not have",
                    endpoint.full_id(),
                    needed.level,
                    needed.area
                ),
            )
            .also(needed.at.value(), "the group's area")
            .help("name the scope at the endpoint, as `scope: area.level`"),
        });
    }
}

fn scope_of<'a>(cx: &Index<'a>, needed: &Needed<'a>) -> Option<&'a Scope> {
    cx.document
        .scopes
        .areas
        .get(needed.area)?
        .levels
        .get(needed.level)
}

pub(super) fn scopes_allow(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let needed = needed(&endpoint);
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
                    "`{}` writes, but `{}` only reads",
                    endpoint.full_id(),
                    scope.wire
                ),
            )
            .also(endpoint.at.key(method).name(), "writes")
            .also(declared.value(), "only reads")
            .why("every call with this scope would be answered with 403");
            let writing: Vec<&str> = writing_levels(cx, needed.area).collect();
            if let Some(level) = writing.first() {
                diagnostic = diagnostic.help(format!("write `scope: {}.{level}`", needed.area));
            }
            out.push(diagnostic);
        }
        if endpoint.reads() && scope.writes {
            out.push(
                Diagnostic::new(
                    &READ_NEEDS_WRITE,
                    needed.at.value(),
                    format!(
                        "`{}` only reads, but `{}` lets it write",
                        endpoint.full_id(),
                        scope.wire
                    ),
                )
                .also(endpoint.at.key(method).name(), "only reads")
                .why("a token for it could do more than it has to"),
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

pub(super) fn levels(cx: &Index<'_>, out: &mut Diagnostics) {
    for (name, area) in cx.document.scopes.areas.iter() {
        let levels = At::root("scopes.yaml").key("areas").key(name).key("levels");
        for (level, scope) in area.levels.iter() {
            let at = levels.key(level);
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
                    .why("reads need `read` and writes need `modify` unless an endpoint says otherwise")
                    .help("correct `writes`, or give the level another name"),
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
                            .help("keep it where the level can do more"),
                    );
                }
            }
        }
    }
}
