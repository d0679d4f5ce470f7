//! The results, as data: what calls need, what scopes allow, and how the two compare.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{AlsoNeeded, Granted, NeededWhen, granted::meant, is_unasked};
use crate::model::{Api, Endpoint, ScopeId};

/// The minimum scopes for some calls.
#[derive(Debug, Serialize)]
pub struct Needed<'a> {
    /// The calls, in the docs' order.
    pub calls: Vec<NeededCall<'a>>,
    /// The minimum scopes that allow all of them.
    pub scopes: Vec<NeededScope<'a>>,
    /// Those, as the `scope` parameter of OAuth.
    pub oauth: String,
    /// Those that the calls also need, but only with some values, without those that are granted anyway.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoNeeded<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct NeededCall<'a> {
    /// `products.list`
    pub id: &'a str,
    /// The HTTP method.
    pub method: &'a str,
    /// The path below the base URL.
    pub path: &'a str,
    /// `read` or `write`.
    pub access: &'static str,
    /// The least scope.
    pub scope: &'a str,
    /// That, as in the control panel.
    pub panel: String,
    /// The least scope of another area that is sufficient instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub or_scope: Option<&'a str>,
    /// Other scopes that are sufficient as well.
    pub satisfied_by: Vec<&'a str>,
    /// The scopes that it also needs, but only with some values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_needs: Vec<NeededWhen<'a>>,
    /// Why its scope is uncertain, if the sources disagree on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disputed: Option<&'a str>,
}

/// A scope to request.
#[derive(Clone, Debug, Serialize)]
pub struct NeededScope<'a> {
    /// As in a token.
    pub scope: &'a str,
    /// The area and the level to choose in the control panel.
    pub panel: String,
    /// The calls that it allows.
    pub calls: Vec<&'a str>,
}

/// What scopes open.
#[derive(Debug, Serialize)]
pub struct Allowed<'a> {
    /// The scopes, without names that the spec does not have.
    pub granted: Vec<&'a str>,
    /// The names that it does not have.
    pub unknown: Vec<Unknown<'a>>,
    /// The calls that they allow.
    pub allowed: Vec<NeededCall<'a>>,
    /// What those also need with some values, and is not granted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoNeeded<'a>>,
    /// The calls that they do not allow.
    pub denied: Vec<Denied<'a>>,
}

/// A call that is not allowed.
#[derive(Debug, Serialize)]
pub struct Denied<'a> {
    /// The call; its least scope is the one that would allow it.
    #[serde(flatten)]
    pub call: NeededCall<'a>,
    /// The granted scopes of the areas of its scopes, which are not sufficient.
    pub short: Vec<&'a str>,
    /// What it also needs with some values, and is not granted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoNeeded<'a>>,
}

/// How the scopes of a token compare with what calls need.
#[derive(Debug, Serialize)]
pub struct Checked<'a> {
    /// Whether no scope is missing, and none is unnecessary.
    pub fits: bool,
    /// What the calls need of this token: of two alternatives, the one it has.
    pub needed: Needed<'a>,
    /// What they need and the token does not have.
    pub missing: Vec<NeededScope<'a>>,
    /// What the token has and they do not need.
    pub excess: Vec<Excess<'a>>,
    /// What the token has and they need only with some values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoNeeded<'a>>,
    /// What they need only with some values and the token does not have. It is not missing: a program may never
    /// send such values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub may_need: Vec<AlsoNeeded<'a>>,
    /// Names that the spec does not have. They are not needed, except for those that are granted to every
    /// token.
    pub unknown: Vec<Unknown<'a>>,
}

/// A scope that is not needed.
#[derive(Debug, Serialize)]
pub struct Excess<'a> {
    /// As in a token.
    pub scope: &'a str,
    /// As in the control panel.
    pub panel: String,
    /// How many calls it allows in addition to those that are made.
    pub opens: usize,
    /// The needed scopes that would be sufficient instead.
    pub instead: Vec<&'a str>,
}

/// A name that is not a scope of the spec.
#[derive(Debug, Serialize)]
pub struct Unknown<'a> {
    pub name: String,
    /// The scope that may have been meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meant: Option<&'a str>,
    /// Whether BigCommerce automatically grants it to every token.
    pub of_every_token: bool,
}

impl<'a> Needed<'a> {
    /// What these calls need.
    #[must_use]
    pub fn of(api: &'a Api, calls: &[&'a Endpoint]) -> Self {
        Self::by(api, calls, &api.least(calls.iter().copied()))
    }

    fn by(api: &'a Api, calls: &[&'a Endpoint], least: &[ScopeId]) -> Self {
        let scopes = least.iter().map(|id| NeededScope::of(api, *id, calls));
        let scopes: Vec<_> = scopes.collect();
        Self {
            calls: calls.iter().map(|one| NeededCall::of(api, one)).collect(),
            oauth: scopes
                .iter()
                .map(|one| one.scope)
                .collect::<Vec<_>>()
                .join(" "),
            also: AlsoNeeded::all(api, calls)
                .filter(|(id, _)| !least.iter().any(|one| api.opens(*one, *id)))
                .map(|(_, one)| one)
                .collect(),
            scopes,
        }
    }
}

impl<'a> NeededCall<'a> {
    pub(super) fn of(api: &'a Api, endpoint: &'a Endpoint) -> Self {
        let wire = |id: ScopeId| &*api.scope(id).wire;
        Self {
            id: &endpoint.id,
            method: endpoint.method.as_str(),
            path: &endpoint.path,
            access: if endpoint.writes { "write" } else { "read" },
            scope: wire(endpoint.scope),
            panel: api.panel(endpoint.scope),
            or_scope: endpoint.or_scope.map(wire),
            satisfied_by: api.enough(endpoint).skip(1).map(wire).collect(),
            also_needs: NeededWhen::all(api, endpoint),
            disputed: endpoint.scope_conflict().map(|one| &*one.why),
        }
    }
}

impl<'a> NeededScope<'a> {
    fn of(api: &'a Api, id: ScopeId, calls: &[&'a Endpoint]) -> Self {
        let scope = api.scope(id);
        let opened = calls.iter().filter(|one| api.allows(id, one));
        Self {
            scope: &scope.wire,
            panel: api.panel(id),
            calls: opened.map(|one| &*one.id).collect(),
        }
    }
}

impl<'a> Allowed<'a> {
    /// What these scopes allow.
    #[must_use]
    pub fn of(api: &'a Api, granted: &Granted) -> Self {
        let (open, shut): (Vec<_>, Vec<_>) = api
            .endpoints
            .iter()
            .partition(|one| granted.allows(api, one));
        let short = |one: &Endpoint| -> Vec<&'a str> {
            let leasts = [Some(one.scope), one.or_scope];
            let areas = leasts.map(|id| id.map(|id| api.scope(id).area));
            let held = granted.known.iter().map(|id| api.scope(*id));
            held.filter(|scope| areas.contains(&Some(scope.area)))
                .map(|scope| &*scope.wire)
                .collect()
        };
        let beyond = |calls: &[&'a Endpoint]| -> Vec<AlsoNeeded<'a>> {
            let all = AlsoNeeded::beyond(api, granted, calls);
            all.map(|(_, one)| one).collect()
        };
        Self {
            granted: granted
                .known
                .iter()
                .map(|id| &*api.scope(*id).wire)
                .collect(),
            unknown: unknown(api, granted),
            also: beyond(&open),
            allowed: open
                .into_iter()
                .map(|one| NeededCall::of(api, one))
                .collect(),
            denied: shut
                .into_iter()
                .map(|one| Denied {
                    call: NeededCall::of(api, one),
                    short: short(one),
                    also: beyond(&[one]),
                })
                .collect(),
        }
    }
}

impl<'a> Checked<'a> {
    /// How these scopes compare with what the calls need.
    #[must_use]
    pub fn of(api: &'a Api, granted: &Granted, calls: &[&'a Endpoint]) -> Self {
        let least = api.least_given(&granted.known, calls.iter().copied());
        let needed = Needed::by(api, calls, &least);
        let mut also: Vec<_> = AlsoNeeded::all(api, calls).collect();
        let some = also.iter().map(|(id, _)| *id);
        let enough: BTreeSet<ScopeId> = least.iter().copied().chain(some).collect();
        // Next to a needed one that includes it, a scope is not needed with any value.
        let held = |id: ScopeId| granted.known.contains(&id);
        let included = |id: ScopeId| {
            let mut others = enough.iter().filter(|one| held(**one) && **one != id);
            others.any(|one| api.opens(*one, id))
        };
        also.retain(|(id, _)| held(*id) && !least.contains(id) && !included(*id));
        let may_need = AlsoNeeded::beyond(api, granted, calls)
            .filter(|(id, _)| !least.iter().any(|one| api.opens(*one, *id)))
            .map(|(_, one)| one)
            .collect();
        let each = least.iter().zip(&needed.scopes);
        let missing: Vec<_> = each
            .filter(|(id, _)| !granted.covers(api, **id))
            .map(|(_, scope)| scope.clone())
            .collect();
        let excess: Vec<_> = granted
            .known
            .iter()
            .filter(|id| !least.contains(id) && also.iter().all(|(one, _)| one != *id))
            .map(|id| excess(api, *id, &enough, calls))
            .collect();
        let unknown = unknown(api, granted);
        let unasked = unknown.iter().all(|one| one.of_every_token);
        Self {
            fits: missing.is_empty() && excess.is_empty() && unasked,
            needed,
            missing,
            excess,
            also: also.into_iter().map(|(_, one)| one).collect(),
            may_need,
            unknown,
        }
    }
}

/// Why a scope is in excess of `enough`.
fn excess<'a>(
    api: &'a Api,
    id: ScopeId,
    enough: &BTreeSet<ScopeId>,
    calls: &[&Endpoint],
) -> Excess<'a> {
    let scope = api.scope(id);
    let opened = api.endpoints.iter().filter(|one| api.allows(id, one));
    let unused = opened.filter(|one| !calls.iter().any(|call| call.id == one.id));
    let mut narrower: Vec<ScopeId> = enough.iter().copied().collect();
    narrower.retain(|one| *one != id && api.opens(id, *one));
    Excess {
        scope: &scope.wire,
        panel: api.panel(id),
        opens: unused.count(),
        instead: narrower.iter().map(|one| &*api.scope(*one).wire).collect(),
    }
}

fn unknown<'a>(api: &'a Api, granted: &Granted) -> Vec<Unknown<'a>> {
    let names = granted.unknown.iter();
    names
        .map(|name| {
            let of_every_token = is_unasked(api, name);
            Unknown {
                name: name.clone(),
                meant: meant(api, name).filter(|_| !of_every_token),
                of_every_token,
            }
        })
        .collect()
}
