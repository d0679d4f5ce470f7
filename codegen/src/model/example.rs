//! Example calls: what an endpoint's documentation shows, and what its tests send.

use super::{
    Answer, Api, Body, Endpoint, Group, Kind, Method, Narrowed, Nested, Parameter, Role, Sample,
    Ty,
    sample::{of_body, of_item},
    sample_parameter::of_parameter,
};

/// A call in an example.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The chained methods, starting with one of the client: those that return the handle, the handle's own,
    /// and the setters of the request.
    pub steps: Vec<Step<'a>>,
    /// The variable for the result; `None` if there is none.
    pub result: Option<String>,
}

/// A method by its name, with its arguments.
pub type Step<'a> = (&'a str, Vec<Sample<'a>>);

/// The call of an endpoint with its required arguments.
#[must_use]
pub fn call<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Call<'a> {
    let required = sent(endpoint).filter(|it| it.required);
    let named = free(api, endpoint).chain(required);
    let mut arguments: Vec<_> = named.map(|it| of_parameter(api, endpoint, it)).collect();
    let body = endpoint.body.as_ref().filter(|body| !body.optional);
    arguments.extend(body.map(|body| of_body(api, body)));
    let mut steps = handle(api, endpoint);
    steps.push((&endpoint.call, arguments));
    steps.extend(chosen_filter(endpoint).map(|it| set(api, endpoint, it)));
    let shown = shown_body(endpoint).filter(|body| body.optional);
    steps.extend(shown.map(|body| (&*body.rust, vec![of_body(api, body)])));
    let result = match &endpoint.answer {
        Answer::Nothing => None,
        Answer::Page(_) => Some("page".to_owned()),
        Answer::Counts => Some("outcome".to_owned()),
        Answer::File => Some("file".to_owned()),
        Answer::Events(_) => Some("events".to_owned()),
        Answer::One(Ty::List(_)) | Answer::Outcome(Ty::List(_)) => Some("returned".to_owned()),
        Answer::One(_) | Answer::Outcome(_) => Some(endpoint.thing.clone()),
    };
    Call { steps, result }
}

/// Whether the example of a call shows more than its signature, which says everything about a call with only
/// ids.
#[must_use]
pub fn is_instructive(endpoint: &Endpoint) -> bool {
    let is_id = |it: &Parameter| matches!(it.ty, Ty::Int | Ty::Text | Ty::Uuid | Ty::Id);
    shown_body(endpoint).is_some()
        || !endpoint.path_parameters.iter().all(is_id)
        || sent(endpoint).any(|it| it.required)
        || chosen_filter(endpoint).is_some()
}

/// The endpoint whose call is the example of a handle: the first that reads, or else the first.
#[must_use]
pub fn shown_on_handle<'a>(endpoints: &[&'a Endpoint]) -> Option<&'a Endpoint> {
    endpoints.iter().copied().min_by_key(|it| it.writes)
}

/// The same on a handle that is narrowed to a single resource.
#[must_use]
pub fn call_narrowed<'a>(api: &'a Api, endpoint: &'a Endpoint, narrowed: &'a Narrowed) -> Call<'a> {
    let mut call = call(api, endpoint);
    let one = of_parameter(api, endpoint, &narrowed.parameter).owned();
    let behind = handle(api, endpoint).len();
    call.steps.insert(behind, (&narrowed.method, vec![one]));
    call
}

/// The endpoint of the first call that a reader makes: the simplest that reads a single resource.
#[must_use]
pub fn shown_first(api: &Api) -> Option<&Endpoint> {
    let simple = |one: &&Endpoint| {
        let required = one.query.iter().any(|parameter| parameter.required);
        matches!(one.answer, Answer::One(_)) && !one.writes && !one.nested && !required
    };
    let simplest = api.endpoints.iter().find(simple);
    simplest.or_else(|| api.endpoints.first())
}

/// The endpoint whose call is the example of a nested handle: the first that reads, or else the first.
#[must_use]
pub fn shown_nested<'a>(api: &'a Api, group: &Group) -> Option<&'a Endpoint> {
    let endpoints = api.endpoints_of(group).iter();
    endpoints.filter(|it| it.nested).min_by_key(|it| it.writes)
}

/// The endpoint whose call is the example of the method that narrows its handle: the first that reads.
#[must_use]
pub fn shown_narrowed<'a>(endpoints: &[&'a Endpoint]) -> Option<&'a Endpoint> {
    let narrowed = endpoints.iter().copied();
    let mut narrowed = narrowed.filter(|it| it.narrowed_by.is_some());
    narrowed.find(|it| !it.writes)
}

/// The contents of an example call: its parameters, those of the path first, and its body.
#[derive(Clone, Debug)]
pub struct Exchange<'a> {
    /// The parameters with a value each.
    pub parameters: Vec<(&'a Parameter, Sample<'a>)>,
    /// The request body.
    pub body: Option<Sample<'a>>,
}

/// The contents of [`call`].
#[must_use]
pub fn exchange<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Exchange<'a> {
    let path = endpoint.path_parameters.iter();
    let required = sent(endpoint).filter(|it| it.required);
    let all = path.chain(required).chain(chosen_filter(endpoint));
    let body = shown_body(endpoint);
    Exchange {
        parameters: all
            .map(|it| (it, of_parameter(api, endpoint, it)))
            .collect(),
        body: body.map(|body| of_body(api, body)),
    }
}

/// The request body that an example has: a required one, or that of an update, which changes nothing without it.
fn shown_body(endpoint: &Endpoint) -> Option<&Body> {
    let body = endpoint.body.as_ref();
    body.filter(|body| !body.optional || endpoint.method == Method::Put)
}

/// The filter in an example that requires one, if none is an argument.
fn chosen_filter(endpoint: &Endpoint) -> Option<&Parameter> {
    let all = || {
        let query = endpoint.query.iter();
        query.filter(|it| matches!(it.role, Role::Filter { .. }))
    };
    let needed = endpoint.needs_filter && !all().any(|it| it.required);
    let certain = |it: &&Parameter| !it.doubtful;
    let filters = || all().filter(|_| needed).filter(certain);
    let by_number = filters().find(|it| it.ty == Ty::Int);
    by_number.or_else(|| filters().next())
}

/// The call for any number of items, for an endpoint that has one.
#[must_use]
pub fn call_of_all<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Option<Call<'a>> {
    let all = endpoint.all.as_ref()?;
    let mut arguments: Vec<_> = free(api, endpoint)
        .map(|it| of_parameter(api, endpoint, it))
        .collect();
    arguments.push(match (all.by, &all.field) {
        (Some(at), _) => of_parameter(api, endpoint, endpoint.query.get(at)?),
        (None, Some(_)) => of_body(api, endpoint.body.as_ref()?),
        (None, None) => Sample::List(vec![of_item(api, endpoint.body.as_ref()?)]),
    });
    let mut steps = handle(api, endpoint);
    steps.push((&all.name, arguments));
    Some(Call {
        steps,
        result: Some("report".to_owned()),
    })
}

/// The call that waits for a job, for an endpoint that reads one.
#[must_use]
pub fn call_of_job<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Option<Call<'a>> {
    let job = endpoint.job.as_ref()?;
    let required = sent(endpoint).filter(|it| it.required);
    let by = job
        .by
        .as_ref()
        .and_then(|by| endpoint.query.get(by.parameter));
    let named = free(api, endpoint).chain(required);
    let named = named.chain(by.filter(|it| !it.required));
    let arguments = named.map(|it| of_parameter(api, endpoint, it)).collect();
    let mut steps = handle(api, endpoint);
    steps.push((&job.name, arguments));
    Some(Call {
        steps,
        result: Some("end".to_owned()),
    })
}

/// The methods that return the handle of an endpoint.
fn handle<'a>(api: &'a Api, endpoint: &Endpoint) -> Vec<Step<'a>> {
    let group = api.group(endpoint.group);
    match group.nested.as_ref().filter(|_| endpoint.nested) {
        Some(nested) => nested_handle(api, endpoint, nested),
        None => own_handle(group),
    }
}

/// The method of the client, with the token of the group's server.
fn own_handle(group: &Group) -> Vec<Step<'_>> {
    let token = group.server.map(|_| Sample::Text("the-token".to_owned()));
    vec![(&group.name, token.into_iter().collect())]
}

fn nested_handle<'a>(api: &'a Api, endpoint: &Endpoint, nested: &'a Nested) -> Vec<Step<'a>> {
    let above = api.group(nested.under);
    let mut steps = match &above.nested {
        Some(nested) => nested_handle(api, endpoint, nested),
        None => own_handle(above),
    };
    let own = nested.own().iter();
    let own = own.map(|it| of_parameter(api, endpoint, it)).collect();
    steps.push((&nested.method, own));
    steps
}

/// The path parameters that the handle does not have.
fn free<'a>(api: &'a Api, endpoint: &'a Endpoint) -> impl Iterator<Item = &'a Parameter> {
    let held = api.held(endpoint);
    let free = endpoint.path_parameters.iter();
    free.filter(move |it| !held.iter().any(|held| held.wire == it.wire))
}

/// The contents of a call apart from its path and its body.
fn sent(endpoint: &Endpoint) -> impl Iterator<Item = &Parameter> {
    let others = endpoint.headers.iter().chain(&endpoint.form);
    endpoint.query.iter().chain(others)
}

/// The setters of the request.
fn set<'a>(api: &'a Api, endpoint: &Endpoint, parameter: &'a Parameter) -> Step<'a> {
    (
        &parameter.rust,
        vec![of_parameter(api, endpoint, parameter)],
    )
}

/// How many full calls are needed for each exclusive parameter to be in one.
#[must_use]
pub fn choices(endpoint: &Endpoint) -> usize {
    let sets = endpoint.at_most_one_of.iter().map(Vec::len);
    sets.max().unwrap_or(1).max(1)
}

/// The call with every parameter; of exclusive ones, the one at `choice`.
#[must_use]
pub fn full_call<'a>(api: &'a Api, endpoint: &'a Endpoint, choice: usize) -> Call<'a> {
    let mut call = call(api, endpoint);
    let excluded = |at: &usize| {
        let sets = endpoint.at_most_one_of.iter();
        let mut sets = sets.filter(|set| set.contains(at));
        sets.any(|set| set.get(choice % set.len()) != Some(at))
    };
    // The query is the first that is sent, so that positions in it are positions here.
    let optional = sent(endpoint).enumerate().filter(|(_, it)| !it.required);
    let given = optional.filter(|(at, _)| !excluded(at));
    let given = given.map(|(_, it)| set(api, endpoint, it));
    call.steps.extend(given);
    let body = endpoint.body.as_ref().filter(|body| body.optional);
    let body = body.filter(|_| shown_body(endpoint).is_none());
    call.steps
        .extend(body.map(|body| (&*body.rust, vec![of_body(api, body)])));
    if let Some(sort) = &endpoint.sort
        && let def = api.ty(sort.by)
        && let Kind::Choice(members) = &def.kind
        && let Some(first) = members.first()
    {
        let by = Sample::Member(def, first);
        call.steps.push(("sort", vec![by, Sample::Descending]));
    }
    call
}
