//! Compares the values of `include_fields` and `exclude_fields`. The spec's are the fields of the response,
//! except those that it marks as accepted but not listed.

use super::{
    findings::Findings,
    members::{members, texts},
    ours::{Home, Ours, Spec},
};
use crate::{
    import::{operation::Operation, shape::Kind},
    index::EndpointAt,
};

/// Compares the values of each selection parameter.
pub(super) fn compare<'a>(
    ours: EndpointAt<'a>,
    operation: &Operation,
    spec: &Spec<'a>,
    home: Home,
    found: &mut Findings<'a>,
) {
    let of = match spec.written(&ours.spec.returns, home) {
        Ours::List(item) => *item,
        other => other,
    };
    let Ours::Object(seen) = of else { return };
    let at = ours.at.key("select");
    for select in &ours.spec.select {
        let parameter = operation.parameters.iter().find(|one| one.name == *select);
        let Some(shape) = parameter.map(|one| &one.shape) else {
            continue;
        };
        let item = match &shape.kind {
            Kind::List(item) => item,
            _ => shape,
        };
        let official = texts(item);
        if official.is_empty() {
            continue;
        }
        let unlisted = ours.spec.unlisted.get(select);
        let is_unlisted =
            |name: &str| unlisted.is_some_and(|all| all.iter().any(|one| one == name));
        // A value that is accepted but not listed may be listed some day.
        let is_there = |name: &str| official.iter().any(|one| one == name);
        let own = seen.fields().map(|(name, _)| name);
        let own: Vec<&str> = own
            .filter(|name| is_there(name) || !is_unlisted(name))
            .collect();
        let place = format!("parameter {select}");
        found.within(at, |found| members(&place, &official, &own, None, found));
    }
}
