//! Where the fields of responses get the values that they inherit.

use crate::{
    model::{Endpoint, Inherits},
    spec,
};

/// Adds it to the endpoints of a group. That the parameters and calls exist is checked by a rule.
pub(super) fn complete(endpoints: &mut [Endpoint], specs: &[spec::Endpoint]) {
    let all: &[Endpoint] = endpoints;
    let found = all.iter().zip(specs);
    let found = found.map(|(endpoint, spec)| of(endpoint, spec, all, specs));
    let found: Vec<Option<Inherits>> = found.collect();
    for (endpoint, inherits) in endpoints.iter_mut().zip(found) {
        endpoint.inherits = inherits;
    }
}

fn of(
    endpoint: &Endpoint,
    spec: &spec::Endpoint,
    endpoints: &[Endpoint],
    specs: &[spec::Endpoint],
) -> Option<Inherits> {
    let from = spec.inherits.as_ref()?;
    if endpoint.query.iter().any(|it| it.wire == *from) {
        return Some(Inherits::Without(from.clone()));
    }
    let other = endpoints.get(specs.iter().position(|it| it.id == *from)?)?;
    Some(Inherits::From {
        call: other.call.clone(),
        variant: other.variant.clone(),
    })
}
