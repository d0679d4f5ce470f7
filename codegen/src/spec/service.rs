//! Facts about the service as a whole: where it is, how one signs in, what it limits, what its
//! responses mean, how it has changed, and the questions people ask.

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
    /// The sources every fact is drawn from, by the name used for them.
    pub sources: Map<Source>,
    /// What the guide counts, so that the pipeline can be held against it.
    pub guide: GuideTotals,
    /// The root of every path, with `{store_hash}` in it.
    pub base_url: String,
    /// The host that exchanges authorization codes for tokens.
    pub login_url: String,
    /// The address of the docs site, where it has one of its own.
    #[serde(default)]
    pub site: Option<String>,
    /// The address of the client's documentation.
    #[serde(default)]
    pub rustdoc: Option<String>,
    /// The header that carries the access token.
    pub auth_header: String,
    /// Headers every call sends.
    pub headers: Map<String>,
    /// Servers beside the one at `base_url`, each with a token of its own, by the name by which groups
    /// refer to them.
    #[serde(default)]
    pub servers: Map<Server>,
    /// The groups, by file name, in the order the docs show them.
    pub groups: Vec<String>,
    /// The orientation texts: how the service works, topic by topic.
    pub topics: Vec<Topic>,
    /// Ways to connect.
    pub connections: Vec<Connection>,
    /// Ways to authenticate.
    pub authentication: Vec<Authentication>,
    /// The generations of the API.
    pub generations: Map<Generation>,
    /// The styles of paging.
    pub pages: Map<PageStyle>,
    /// Limits on the rate of calls.
    pub rates: Map<Rate>,
    /// What a request may carry, beyond the batch limit of single endpoints.
    pub request_size: Vec<String>,
    /// What statuses mean and what to do about them.
    pub statuses: Vec<Status>,
    /// The history of the API.
    pub history: Vec<Release>,
    /// Questions and answers.
    pub questions: Vec<Question>,
    /// The terms of the field, in any order; the docs sort them.
    #[serde(default)]
    pub glossary: Vec<Term>,
    /// How agents are to be held to what they may do.
    pub agents: Topic,
    /// Where sources disagree about the service as a whole.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
}

/// A server beside the one at `base_url`, with a token of its own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// What it is there for.
    pub does: String,
    /// The root of its paths, with `{store_hash}` in it where the store is named.
    pub base_url: String,
    /// The header that carries its token.
    pub auth_header: String,
    /// What stands before the token there: `PAT` for `Authorization: PAT {token}`.
    #[serde(default)]
    pub auth_scheme: Option<String>,
    /// What the token is and where it comes from.
    pub token: String,
    /// Headers that every call to it sends, in place of those of the service with the same names.
    #[serde(default)]
    pub headers: Map<String>,
}

impl Server {
    /// The header with the place of the token in it: `Authorization: PAT {token}`.
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

/// What the guide counts.
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
    /// The guide's date.
    pub updated: String,
}

/// A text on one topic.
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
    /// What happens one after the other. The docs draw it.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Where the docs show it; among the texts of the first page when left out.
    #[serde(default)]
    pub at: Place,
}

/// A step of a topic: somebody sends something to somebody.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Who sends it. The names of all who take part stand beside each other in a picture, so few and short ones.
    pub from: String,
    /// Who receives it; the same for what somebody does alone.
    pub to: String,
    /// What is done, as a short sentence, which the picture shows as well.
    pub does: String,
    /// What goes along, in Markdown; only the text has it.
    #[serde(default)]
    pub with: Option<String>,
}

/// A place in the docs that a topic can stand at.
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
    /// What it suits.
    pub best_for: String,
    /// What decides what it may reach.
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
    /// What it suits.
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
    /// How filter operators are spelled: operator to a parameter's name, `{}` standing for the field.
    pub operators: Map<String>,
    /// Which of those operators take a list.
    pub list_operators: Vec<String>,
    /// The body of an error response, unless a group has another for the status.
    #[serde(default)]
    pub refusal: RefusalBody,
}

/// The form of the body with which a call is refused.
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

/// A style of paging.
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
    /// Whether pages are reached by `after`, which takes the key of the last item that came, and by
    /// links that have it.
    #[serde(default)]
    pub keyed: bool,
    /// Whether the response tells the total.
    pub totals: bool,
    /// Sets of parameters that exclude each other.
    #[serde(default)]
    pub at_most_one_of: Vec<Vec<String>>,
    /// The status with which a `limit` beyond an endpoint's most is refused. Without it the most is
    /// taken instead.
    #[serde(default)]
    pub too_large: Option<u16>,
}

/// A limit on the rate of calls.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The name in the docs, such as `Standard rate limit`.
    pub title: String,
    /// How it works.
    pub does: String,
    /// What each plan allows.
    pub plans: Vec<Plan>,
    /// The headers that report the state.
    pub headers: Map<String>,
    /// Which of them says what, for programs.
    #[serde(default)]
    pub signals: RateSignals,
    /// Traps.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Which header says what about a rate; left out where none does.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RateSignals {
    /// How many requests the window allows.
    pub quota: String,
    /// How many of them are left.
    pub left: String,
    /// The length of the window in milliseconds.
    pub window_ms: String,
    /// The time until the window is renewed, in milliseconds.
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
    /// Requests in a window; left out where the contract decides.
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
    /// Whether the guide lists it.
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
    /// The version or date.
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
    /// Where sources disagree about it.
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
