//! Example calls: what an endpoint's documentation shows, and what its tests send.

use super::{
    Answer, Api, Endpoint, Group, Kind, Role, Sample, Ty, field_name,
    sample::{of_body, of_owned_item, of_parameter},
};

/// A call in an example.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The group whose handle has the method.
    pub group: &'a Group,
    /// The method of the handle.
    pub method: &'a str,
    /// What the method takes.
    pub arguments: Vec<Sample<'a>>,
    /// What is set on the request, each by the name of its method.
    pub then: Vec<(&'a str, Vec<Sample<'a>>)>,
    /// The variable that what comes back is bound to; `None` where nothing does.
    pub result: Option<String>,
}

/// The call of an endpoint with what it requires.
#[must_use]
pub fn call<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Call<'a> {
    let sent = endpoint.query.iter().chain(&endpoint.headers);
    let required = sent.filter(|it| it.required);
    let named = endpoint.path_parameters.iter().chain(required);
    let mut arguments: Vec<_> = named.map(|it| of_parameter(api, it)).collect();
    let body = endpoint.body.as_ref().filter(|body| !body.optional);
    arguments.extend(body.map(|body| of_body(api, body)));
    let filters = || {
        let filters = endpoint.query.iter();
        filters.filter(|it| endpoint.needs_filter && matches!(it.role, Role::Filter { .. }))
    };
    let by_number = filters().find(|it| it.ty == Ty::Int);
    let filter = by_number.or_else(|| filters().next());
    Call {
        group: api.group(endpoint.group),
        method: &endpoint.call,
        arguments,
        then: filter
            .map(|it| (&*it.rust, vec![of_parameter(api, it)]))
            .into_iter()
            .collect(),
        result: match &endpoint.answer {
            Answer::Nothing => None,
            Answer::Page(_) => Some("page".to_owned()),
            Answer::Counts => Some("outcome".to_owned()),
            Answer::One(Ty::List(_)) | Answer::Outcome(Ty::List(_)) => Some("answered".to_owned()),
            Answer::One(_) | Answer::Outcome(_) => Some(field_name(&endpoint.acts_on)),
        },
    }
}

/// The call for any number of items, for an endpoint that has one.
#[must_use]
pub fn call_of_all<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Option<Call<'a>> {
    let all = endpoint.all.as_ref()?;
    let named = endpoint.path_parameters.iter();
    let mut arguments: Vec<_> = named.map(|it| of_parameter(api, it)).collect();
    arguments.push(match all.by {
        Some(at) => of_parameter(api, endpoint.query.get(at)?),
        None => Sample::List(vec![of_owned_item(api, endpoint.body.as_ref()?)]),
    });
    Some(Call {
        group: api.group(endpoint.group),
        method: &all.name,
        arguments,
        then: Vec::new(),
        result: Some("report".to_owned()),
    })
}

/// How many full calls it takes for each of the parameters that exclude each other to be in one.
#[must_use]
pub fn choices(endpoint: &Endpoint) -> usize {
    let sets = endpoint.at_most_one_of.iter().map(Vec::len);
    sets.max().unwrap_or(1).max(1)
}

/// The call with every parameter it knows, of those that exclude each other the one at `choice`.
#[must_use]
pub fn full_call<'a>(api: &'a Api, endpoint: &'a Endpoint, choice: usize) -> Call<'a> {
    let mut call = call(api, endpoint);
    let excluded = |wire: &String| {
        let sets = endpoint.at_most_one_of.iter();
        let mut sets = sets.filter(|set| set.contains(wire));
        sets.any(|set| set.get(choice % set.len()) != Some(wire))
    };
    let sent = endpoint.query.iter().chain(&endpoint.headers);
    let optional = sent.filter(|it| !it.required);
    let given = optional.filter(|it| !excluded(&it.wire));
    call.then
        .extend(given.map(|it| (&*it.rust, vec![of_parameter(api, it)])));
    let body = endpoint.body.as_ref().filter(|body| body.optional);
    call.then
        .extend(body.map(|body| ("body", vec![of_body(api, body)])));
    if let Some(sort) = &endpoint.sort
        && let def = api.ty(sort.by)
        && let Kind::Choice(members) = &def.kind
        && let Some(first) = members.first()
    {
        let by = Sample::Member(def, &first.rust);
        call.then.push(("sort", vec![by, Sample::Descending]));
    }
    call
}
