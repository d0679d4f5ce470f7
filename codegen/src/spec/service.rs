//! Facts about the service as a whole: its address, authentication, limits, statuses, history, and frequent
//! questions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Conflict, Envelope, Map, Term};

/// `service.yaml`
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The name of the service.
    pub name: String,
    /// The title of the docs.
    pub title: String,
    /// What the service is, in a paragraph.
    pub does: String,
    /// The sources of the facts, by name.
    pub sources: Map<Source>,
    /// The totals of the reference guide, which the check compares with the spec.
    pub guide: GuideTotals,
    /// The root of every path, with `{store_hash}` in it.
    pub base_url: String,
    /// The host that exchanges authorization codes for tokens.
    pub login_url: String,
    /// The address of the docs site, if it has one.
    #[serde(default)]
    pub site: Option<String>,
    /// The address of the client's documentation.
    #[serde(default)]
    pub rustdoc: Option<String>,
    /// The header with the access token.
    pub auth_header: String,
    /// Headers of every request.
    pub headers: Map<String>,
    /// Further servers, each with its own token, by the name that groups use.
    #[serde(default)]
    pub servers: Map<Server>,
    /// The groups, by file name, in the order of the docs.
    pub groups: Vec<String>,
    /// The orientation texts: how the service works, topic by topic.
    pub topics: Vec<Topic>,
    /// Ways to connect.
    pub connections: Vec<Connection>,
    /// Ways to authenticate.
    pub authentication: Vec<Authentication>,
    /// The generations of the API.
    pub generations: Map<Generation>,
    /// The pagination styles.
    pub pages: Map<PageStyle>,
    /// Limits on the rate of calls.
    pub rates: Map<Rate>,
    /// Limits on the size of requests, in addition to the batch limits of endpoints.
    pub request_size: Vec<String>,
    /// What statuses mean and what to do about them.
    pub statuses: Vec<Status>,
    /// The history of the API.
    pub history: Vec<Release>,
    /// Questions and answers.
    pub questions: Vec<Question>,
    /// The terms of the glossary, in any order; the docs sort them.
    #[serde(default)]
    pub glossary: Vec<Term>,
    /// How to restrict what agents may do.
    pub agents: Topic,
    /// Facts about the service as a whole on which the sources disagree.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
}

/// A server other than the one at `base_url`, with its own token.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// What it is for.
    pub does: String,
    /// The root of its paths, with `{store_hash}` for the store.
    pub base_url: String,
    /// The header with its token.
    pub auth_header: String,
    /// The word before the token in that header: `PAT` for `Authorization: PAT {token}`.
    #[serde(default)]
    pub auth_scheme: Option<String>,
    /// What the token is and where it comes from.
    pub token: String,
    /// Headers of every request to it. They override headers of the service with the same names.
    #[serde(default)]
    pub headers: Map<String>,
}

impl Server {
    /// The header with a placeholder for the token: `Authorization: PAT {token}`.
    #[must_use]
    pub fn auth(&self) -> String {
        let scheme = self.auth_scheme.iter().map(|scheme| format!("{scheme} "));
        format!(
            "{}: {}{{token}}",
            self.auth_header,
            scheme.collect::<String>()
        )
    }
}

/// Where facts come from.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Its state or date.
    pub version: String,
    /// The address of a file in it, with `{file}` for its path.
    #[serde(default)]
    pub url: Option<String>,
}

/// What the reference guide counts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuideTotals {
    /// Rows.
    pub endpoints: usize,
    /// Capability groups.
    pub groups: usize,
    /// Rows that read.
    pub reads: usize,
    /// Rows that write.
    pub writes: usize,
    /// Scopes.
    pub scopes: usize,
    /// Events.
    pub events: usize,
    /// The reference guide's date.
    pub updated: String,
}

/// Prose on one topic.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// The heading.
    pub title: String,
    /// The text, in Markdown.
    pub text: String,
    /// Points to list below it.
    #[serde(default)]
    pub points: Vec<String>,
    /// The steps of a sequence, which the docs show as a diagram.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Where the docs show it. The default is among the texts of the first page.
    #[serde(default)]
    pub at: Place,
}

/// A step of a topic: somebody sends something to somebody.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Who sends it. The diagram shows the names of all participants in a row, so use few and short ones.
    pub from: String,
    /// Who receives it; the same as the sender for an internal step.
    pub to: String,
    /// What happens, as a short sentence, which the diagram also shows.
    pub does: String,
    /// Details, in Markdown; only the text shows them.
    #[serde(default)]
    pub with: Option<String>,
}

/// A place in the docs for a topic.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Among the texts of the first page.
    #[default]
    Index,
    /// Above the capability map.
    Map,
    /// Above the ways to connect.
    Connect,
    /// Below the ways to authenticate.
    Install,
    /// Above the table of statuses.
    Statuses,
    /// Below the table of statuses.
    Repeat,
    /// Above the table of filter operators.
    Filters,
}

/// A way to connect.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Its name.
    pub name: String,
    /// How it works, in Markdown.
    pub does: String,
    /// What it is best for.
    pub best_for: String,
    /// What controls its access.
    pub governed_by: String,
    /// The official page.
    #[serde(default)]
    pub docs: Option<String>,
}

/// A way to authenticate.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authentication {
    /// Its name.
    pub name: String,
    /// How it works, in Markdown.
    pub does: String,
    /// What the token is and where it goes.
    pub token: String,
    /// What it is best for.
    pub best_for: String,
    /// The official page.
    #[serde(default)]
    pub docs: Option<String>,
}

/// A generation of the API.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Generation {
    /// Its name, such as `V3`.
    pub title: String,
    /// What it is and when to use it.
    pub does: String,
    /// How responses are wrapped unless an endpoint says otherwise.
    pub envelope: Envelope,
    /// The filter operators, each with the name of its parameter, where `{}` is replaced by the field.
    pub operators: Map<String>,
    /// Which of those operators accept a list.
    pub list_operators: Vec<String>,
    /// The body of an error response, unless a group has another for the status.
    #[serde(default)]
    pub refusal: RefusalBody,
}

/// The form of the body of an error response.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum RefusalBody {
    /// An object with `status`, `title`, `type` and `errors`.
    #[default]
    Problem,
    /// An array of one object with `status` and `message`.
    List,
    /// An object whose `errors` is an array of one object with `status`, `title` and `type`.
    Errors,
    /// Plain text.
    Text,
    /// No body.
    Empty,
}

/// A pagination style.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageStyle {
    /// The heading in the docs.
    pub title: String,
    /// How it works.
    pub does: String,
    /// Whether pages are numbered.
    pub numbered: bool,
    /// Whether pages are reached by cursors.
    pub cursors: bool,
    /// Whether pages are reached by `after`, with the key of the last item received, and by links that
    /// contain it.
    #[serde(default)]
    pub keyed: bool,
    /// Whether the response contains the total.
    pub totals: bool,
    /// Sets of parameters that exclude each other.
    #[serde(default)]
    pub at_most_one_of: Vec<Vec<String>>,
    /// The error status for a `limit` above an endpoint's maximum. Without it, the API uses the maximum.
    #[serde(default)]
    pub too_large: Option<u16>,
}

/// A rate limit.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The name in the docs, such as `Standard rate limit`.
    pub title: String,
    /// How it works.
    pub does: String,
    /// What each plan allows.
    pub plans: Vec<Plan>,
    /// The headers that report its state.
    pub headers: Map<String>,
    /// The meaning of those headers, for programs.
    #[serde(default)]
    pub signals: RateSignals,
    /// Pitfalls.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Which header reports what about a rate limit; omitted if none does.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RateSignals {
    /// How many requests the window allows.
    pub quota: String,
    /// How many requests are left.
    pub left: String,
    /// The length of the window in milliseconds.
    pub window_ms: String,
    /// The time until the window resets, in milliseconds.
    pub reset_ms: String,
    /// How long to wait after an error response, in seconds.
    pub retry_after_seconds: String,
}

/// What a plan allows.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The plans it covers.
    pub name: String,
    /// Requests in a window; omitted if the contract decides.
    #[serde(default)]
    pub requests: Option<u32>,
    /// The length of the window in seconds.
    #[serde(default)]
    pub window_seconds: Option<u32>,
    /// Requests in an hour, as published.
    #[serde(default)]
    pub per_hour: Option<u32>,
    /// What to know about it.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a status means.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// The status.
    pub status: u16,
    /// Its name.
    pub name: String,
    /// Whether the reference guide lists it.
    #[serde(default)]
    pub guide: bool,
    /// What it means.
    pub means: String,
    /// What to do about it.
    pub then: String,
}

/// An entry of the API's history.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The name of a generation, or a date: `2026-04-13`.
    pub name: String,
    /// The heading.
    pub title: String,
    /// Whether it is the version to use now.
    #[serde(default)]
    pub current: bool,
    /// What it is.
    pub does: String,
    /// What changed.
    pub changes: Vec<String>,
    /// Facts about it on which the sources disagree.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
}

/// A question and its answer.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub question: String,
    /// The answer, in Markdown.
    pub answer: String,
}
