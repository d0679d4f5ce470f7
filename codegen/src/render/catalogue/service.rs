//! Facts about the service as a whole, in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    glossary::Term,
    topics::{Conflict, Question, Release, Topic},
};
use crate::{model::Api, spec};

/// An object whose keys are data.
type Texts = Map<String, Value>;

/// Facts about the service as a whole.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Service<'a> {
    /// The root of every path, with `{store_hash}` in it.
    base_url: &'a str,
    /// The host that exchanges authorization codes for tokens.
    login_url: &'a str,
    /// The header with the access token.
    auth_header: &'a str,
    /// Headers that every call must have: name to value.
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    headers: Texts,
    /// Servers other than the one at `base_url`, each with its own token.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    servers: Vec<Server<'a>>,
    /// The date of the reference guide.
    guide_updated: &'a str,
    /// Where the facts come from.
    pub(super) sources: Vec<Source<'a>>,
    /// Ways to connect.
    pub(super) connections: Vec<Connection<'a>>,
    /// Ways to authenticate.
    pub(super) authentication: Vec<Authentication<'a>>,
    /// The generations of the API.
    pub(super) generations: Vec<Generation<'a>>,
    /// The styles of paging.
    pub(super) pages: Vec<PageStyle<'a>>,
    /// Limits on the rate of calls.
    pub(super) rates: Vec<Rate<'a>>,
    /// Limits on the size of requests, in addition to the batch limits of endpoints.
    pub(super) request_size: &'a [String],
    /// What statuses mean and what to do about them.
    pub(super) statuses: Vec<Status<'a>>,
    /// The history of the API, newest first.
    pub(super) history: Vec<Release<'a>>,
    /// Questions and answers.
    pub(super) questions: Vec<Question<'a>>,
    /// The terms of the glossary, in alphabetical order.
    pub(super) glossary: Vec<Term<'a>>,
    /// How the service works, topic by topic.
    topics: Vec<Topic<'a>>,
    /// How to restrict what agents may do.
    agents: Topic<'a>,
    /// Where the sources disagree on the service as a whole.
    pub(super) conflicts: Vec<Conflict<'a>>,
}

/// A server other than the one at `base_url`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Server<'a> {
    /// The name that endpoints refer to.
    name: &'a str,
    /// What it is for.
    does: &'a str,
    /// The root of its paths, with `{store_hash}` for the store.
    base_url: &'a str,
    /// The header with its token. The store's access token is never sent there.
    auth_header: &'a str,
    /// The word before the token, such as `PAT`; null if there is none.
    auth_scheme: Option<&'a str>,
    /// What the token is and where it comes from.
    token: &'a str,
    /// Headers of every request to it. They override headers of the service with the same names.
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    headers: Texts,
}

/// Where facts come from.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Source<'a> {
    /// The name used for it.
    name: &'a str,
    /// What it is.
    title: &'a str,
    /// Its state or date.
    version: &'a str,
    /// The URL of a file in it, with `{file}` for its path.
    url: Option<&'a str>,
}

/// A way to connect.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Connection<'a> {
    /// Its name.
    name: &'a str,
    /// How it works, in Markdown.
    does: &'a str,
    /// What it suits.
    best_for: &'a str,
    /// What controls its access.
    governed_by: &'a str,
    /// The official page.
    docs: Option<&'a str>,
}

/// A way to authenticate.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Authentication<'a> {
    /// Its name.
    name: &'a str,
    /// How it works, in Markdown.
    does: &'a str,
    /// What the token is and where it goes.
    token: &'a str,
    /// What it suits.
    best_for: &'a str,
    /// The official page.
    docs: Option<&'a str>,
}

/// A generation of the API.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Generation<'a> {
    /// The name that endpoints refer to.
    name: &'a str,
    /// Its title.
    title: &'a str,
    /// What it is and when to use it.
    does: &'a str,
    /// How responses are wrapped unless an endpoint says otherwise.
    envelope: spec::Envelope,
    /// The filter operators: operator to parameter, with `{}` for the field.
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    operators: Texts,
    /// Which of those operators accept a list.
    list_operators: &'a [String],
}

/// A style of paging.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PageStyle<'a> {
    /// The name that endpoints refer to.
    name: &'a str,
    /// The heading.
    title: &'a str,
    /// How it works.
    does: &'a str,
    /// Whether pages are numbered.
    numbered: bool,
    /// Whether pages are reached by cursors.
    cursors: bool,
    /// Whether pages are reached by `after`, with the key of the last item received.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    keyed: bool,
    /// Whether the response contains the total.
    totals: bool,
    /// The error status for a `limit` above an endpoint's maximum, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    too_large: Option<u16>,
}

/// A limit on the rate of calls.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Rate<'a> {
    /// The name that endpoints refer to.
    name: &'a str,
    /// What the reference guide's rows say about it.
    title: &'a str,
    /// How it works.
    does: &'a str,
    /// What each plan allows.
    plans: Vec<Plan<'a>>,
    /// The headers that report its state: name to meaning.
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    headers: Texts,
    /// Traps.
    notes: &'a [String],
}

/// What a plan allows.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Plan<'a> {
    /// The plans it covers.
    name: &'a str,
    /// Requests in a window; null if the contract decides.
    requests: Option<u32>,
    /// The length of the window in seconds.
    window_seconds: Option<u32>,
    /// Requests in an hour, as published.
    per_hour: Option<u32>,
    /// What to know about it.
    note: Option<&'a str>,
}

/// What a status means.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Status<'a> {
    /// The status.
    status: u16,
    /// Its name.
    name: &'a str,
    /// Whether the reference guide lists it.
    guide: bool,
    /// What it means.
    means: &'a str,
    /// What to do about it.
    then: &'a str,
}

impl<'a> Service<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let service = &api.service;
        Self {
            base_url: &service.base_url,
            login_url: &service.login_url,
            auth_header: &service.auth_header,
            headers: texts(&service.headers),
            servers: service.servers.iter().map(server).collect(),
            guide_updated: &service.guide.updated,
            sources: service.sources.iter().map(source).collect(),
            connections: service.connections.iter().map(connection).collect(),
            authentication: service.authentication.iter().map(authentication).collect(),
            generations: service.generations.iter().map(generation).collect(),
            pages: service.pages.iter().map(page_style).collect(),
            rates: service.rates.iter().map(rate).collect(),
            request_size: &service.request_size,
            statuses: service.statuses.iter().map(status).collect(),
            history: service.history.iter().map(Release::of).collect(),
            questions: service.questions.iter().map(Question::of).collect(),
            glossary: Term::all(api),
            topics: service.topics.iter().map(Topic::of).collect(),
            agents: Topic::of(&service.agents),
            conflicts: Conflict::all(&service.conflicts),
        }
    }
}

fn texts(map: &spec::Map<String>) -> Texts {
    map.iter()
        .map(|(name, text)| (name.to_owned(), text.as_str().into()))
        .collect()
}

fn server<'a>((name, server): (&'a str, &'a spec::Server)) -> Server<'a> {
    Server {
        name,
        does: &server.does,
        base_url: &server.base_url,
        auth_header: &server.auth_header,
        auth_scheme: server.auth_scheme.as_deref(),
        token: &server.token,
        headers: texts(&server.headers),
    }
}

fn source<'a>((name, source): (&'a str, &'a spec::Source)) -> Source<'a> {
    Source {
        name,
        title: &source.title,
        version: &source.version,
        url: source.url.as_deref(),
    }
}

fn connection(connection: &spec::Connection) -> Connection<'_> {
    Connection {
        name: &connection.name,
        does: &connection.does,
        best_for: &connection.best_for,
        governed_by: &connection.governed_by,
        docs: connection.docs.as_deref(),
    }
}

fn authentication(way: &spec::Authentication) -> Authentication<'_> {
    Authentication {
        name: &way.name,
        does: &way.does,
        token: &way.token,
        best_for: &way.best_for,
        docs: way.docs.as_deref(),
    }
}

fn generation<'a>((name, generation): (&'a str, &'a spec::Generation)) -> Generation<'a> {
    Generation {
        name,
        title: &generation.title,
        does: &generation.does,
        envelope: generation.envelope,
        operators: texts(&generation.operators),
        list_operators: &generation.list_operators,
    }
}

fn page_style<'a>((name, style): (&'a str, &'a spec::PageStyle)) -> PageStyle<'a> {
    PageStyle {
        name,
        title: &style.title,
        does: &style.does,
        numbered: style.numbered,
        cursors: style.cursors,
        keyed: style.keyed,
        totals: style.totals,
        too_large: style.too_large,
    }
}

fn rate<'a>((name, rate): (&'a str, &'a spec::Rate)) -> Rate<'a> {
    Rate {
        name,
        title: &rate.title,
        does: &rate.does,
        plans: rate.plans.iter().map(plan).collect(),
        headers: texts(&rate.headers),
        notes: &rate.notes,
    }
}

fn plan(plan: &spec::Plan) -> Plan<'_> {
    Plan {
        name: &plan.name,
        requests: plan.requests,
        window_seconds: plan.window_seconds,
        per_hour: plan.per_hour,
        note: plan.note.as_deref(),
    }
}

fn status(status: &spec::Status) -> Status<'_> {
    Status {
        status: status.status,
        name: &status.name,
        guide: status.guide,
        means: &status.means,
        then: &status.then,
    }
}
