//! A call under construction: its endpoint, and its path, query and body. It is one plain value, so
//! that the generated requests stay thin.

mod adds;
mod again;
mod believe;
mod beyond;
mod enter;
mod execute;
mod gate;
mod inherited;
mod listen;
mod named;
mod outgoing;
mod pieces;
mod received;
mod request;
mod trail;
mod url;

#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::catalogue::{Endpoint, Method};
use crate::client::Client;
use crate::error::Error;
use crate::json::{self, Encode};
use crate::options::CallOptions;
use crate::query::ToQuery;
use crate::upload::{Accepted, FilePart, Form};
use crate::value::Direction;

pub(crate) use adds::adds;
pub(crate) use named::records;
pub(crate) use outgoing::{JSON, NO_FILTER, Outgoing, blank_value, is_blank, uri};
pub(crate) use pieces::LONGEST_IDS;
pub(crate) use received::{Raw, once};
pub(crate) use url::encode;

/// The future of an awaited request.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// Parameters that shape the response or its order without selecting items.
pub(crate) const SHAPING: &[&str] = &[
    "page",
    "limit",
    "after",
    "before",
    "sort",
    "direction",
    "include",
    "include_fields",
    "exclude_fields",
];

/// A call of one endpoint. Its parts are in a box: each of the generated requests moves a call around, and drops
/// it in code of its own.
#[derive(Clone)]
pub(crate) struct Call(Box<Parts>);

#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) client: Client,
    pub(crate) endpoint: Endpoint,
    path: Vec<(&'static str, String)>,
    /// Values are already URL-encoded.
    query: Vec<(&'static str, String)>,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Bytes>,
    /// Whether a retry adds something again because of the body.
    adds: bool,
    form: Option<Form>,
    /// Why it cannot be sent.
    refused: Option<String>,
    options: Option<Box<CallOptions>>,
    /// The parameters that the request has methods for, which the options may set too.
    own: &'static [&'static str],
    /// Whether a list that supports both is read by cursor instead of page number.
    pub(crate) by_cursor: bool,
    /// Whether the caller requests less if the call fails twice in a way that suggests it requested too
    /// much.
    pub(crate) shrinks: bool,
    /// The parts of a list of ids that does not fit into one URL.
    pieces: Option<pieces::Pieces>,
}

impl Deref for Call {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl DerefMut for Call {
    fn deref_mut(&mut self) -> &mut Parts {
        &mut self.0
    }
}

#[allow(
    dead_code,
    reason = "which of them are used depends on the endpoints that are built"
)]
impl Call {
    pub(crate) fn new(client: &Client, endpoint: Endpoint) -> Self {
        let client = client.clone();
        let (query, refused) = match client.narrows(endpoint) {
            Ok(narrows) => (narrows.into_iter().collect(), None),
            Err(why) => (Vec::new(), Some(why)),
        };
        Self(Box::new(Parts {
            client,
            endpoint,
            path: Vec::new(),
            query,
            headers: Vec::new(),
            body: None,
            adds: false,
            form: None,
            refused,
            options: None,
            own: &[],
            by_cursor: false,
            shrinks: false,
            pieces: None,
        }))
    }

    /// Sets a path parameter.
    pub(crate) fn path(mut self, name: &'static str, value: impl ToQuery) -> Self {
        self.refused = self.refused.take().or_else(|| value.mistake());
        self.path.push((name, value.to_query().into_owned()));
        self
    }

    /// Sets a query parameter.
    pub(crate) fn query(&mut self, key: &'static str, value: impl ToQuery) {
        self.refused = self.refused.take().or_else(|| value.mistake());
        let mut encoded = String::new();
        url::encode(&value.to_query(), &mut encoded);
        self.set(key, encoded);
    }

    /// Sets a query parameter with several values.
    pub(crate) fn query_list<T: ToQuery>(
        &mut self,
        key: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        let mut encoded = String::new();
        let mut any = false;
        for value in values {
            if any {
                encoded.push(',');
            }
            any = true;
            self.refused = self.refused.take().or_else(|| value.mistake());
            url::encode(&value.to_query(), &mut encoded);
        }
        if any {
            self.set(key, encoded)
        } else {
            self.empty_list(key)
        }
    }

    /// Sets a query parameter that is repeated for each of its values.
    pub(crate) fn query_each<T: ToQuery>(
        &mut self,
        key: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        self.unset(key);
        for value in values {
            self.refused = self.refused.take().or_else(|| value.mistake());
            let mut encoded = String::new();
            url::encode(&value.to_query(), &mut encoded);
            self.query.push((key, encoded));
        }
        if self.asked(key).is_none() {
            self.empty_list(key);
        }
    }

    /// Sets a header. Its value may be a secret, so it is never shown.
    pub(crate) fn header(&mut self, name: &'static str, value: impl ToQuery) {
        self.refused = self.refused.take().or_else(|| value.mistake());
        match HeaderValue::from_str(&value.to_query()) {
            Ok(mut value) => {
                value.set_sensitive(true);
                let name = HeaderName::from_static(name);
                self.headers.retain(|(other, _)| *other != name);
                self.headers.push((name, value));
            }
            Err(_) => self.refuse(format!(
                "`{name}` contains characters that are not allowed in a header"
            )),
        }
    }

    /// Sets a query parameter that is 1 or 0.
    pub(crate) fn query_flag(&mut self, key: &'static str, value: bool) {
        self.set(key, if value { "1" } else { "0" }.to_owned());
    }

    /// Sets the sort order in two parameters.
    pub(crate) fn sort(&mut self, by: impl ToQuery, direction: Direction) {
        self.query("sort", by);
        self.query("direction", direction);
    }

    /// Sets the sort order in one parameter.
    pub(crate) fn sort_joined(&mut self, by: impl ToQuery, direction: Direction) {
        let mut encoded = String::new();
        url::encode(&by.to_query(), &mut encoded);
        encoded.push(':');
        encoded.push_str(direction.as_str());
        self.set("sort", encoded);
    }

    /// Sets the body.
    pub(crate) fn body<T: Encode + ?Sized>(self, value: &T) -> Self {
        let mut writer = json::Writer::of_body();
        value.encode(&mut writer);
        self.written(writer)
    }

    fn written(mut self, writer: json::Writer) -> Self {
        let (body, mistake) = writer.into_body();
        self.adds = adds(self.endpoint.facts().repeatable_unless, body.as_bytes());
        self.body = Some(body.into());
        self.refused = self.refused.take().or(mistake);
        self
    }

    /// Sets a value of its form.
    pub(crate) fn form_value(&mut self, name: &'static str, value: impl ToQuery) {
        self.refused = self.refused.take().or_else(|| value.mistake());
        let form = self.form.get_or_insert_default();
        form.set_value(name, value.to_query().into_owned());
    }

    /// Sets a file of its form.
    pub(crate) fn form_file(&mut self, name: &'static str, file: FilePart) {
        let facts = self.endpoint.facts();
        let most = facts.file_limits.iter().find(|(part, _)| *part == name);
        let types = facts.file_types.iter().find(|(part, _)| *part == name);
        let accepted = Accepted {
            most: most.map(|(_, most)| *most),
            types: types.map_or(&[][..], |(_, types)| *types),
        };
        let form = self.form.get_or_insert_default();
        form.set_file(name, file, accepted);
    }

    /// Requests the maximum page size, unless a size is already set, and returns whether it did.
    pub(crate) fn largest_page(&mut self) -> bool {
        match (self.endpoint.facts().page_max, self.asked("limit")) {
            (Some(most), None) => {
                self.query("limit", most);
                true
            }
            _ => false,
        }
    }

    /// The requested page size.
    pub(crate) fn limit(&self) -> Option<i64> {
        self.asked("limit")?.parse().ok()
    }

    /// The call for a smaller page that starts at the same item, half as large if possible. The
    /// smallest size that the API is known to require is 10, so a call that is still too large with
    /// fewer items is too large for another reason. `size` is the actual number of items per page, if a
    /// page was received.
    pub(crate) fn smaller_page(&self, size: Option<i64>) -> Option<Self> {
        let limit = self.limit().filter(|limit| *limit > 10)?;
        let mut smaller = self.clone();
        match self.asked("page").map(str::parse::<i64>) {
            None => smaller.query("limit", limit / 2),
            Some(page) => {
                let size = size?;
                let first = page.ok()?.checked_sub(1)?.checked_mul(size)?;
                // A list that reports a larger page size than requested ignores the limit, or is wrong.
                let most = size.min(limit) / 2;
                let limit = (10..=most).rev().find(|limit| first % limit == 0)?;
                smaller.query("limit", limit);
                smaller.query("page", first / limit + 1);
            }
        }
        Some(smaller)
    }

    /// Whether the call may still be retried when this much time has passed since it was first sent.
    pub(crate) fn is_repeated_after(&self, passed: Duration) -> bool {
        let own = self.options.as_ref().and_then(|it| it.retry.as_ref());
        let policy = own.unwrap_or(&self.client.config().retry);
        policy.allows(1, passed)
    }

    /// Sets the call options.
    pub(crate) fn options(&mut self, options: CallOptions) {
        self.options = Some(Box::new(options));
    }

    /// Limits how long the call may wait for its turn, unless a shorter limit is set.
    pub(crate) fn wait_at_most(&mut self, most: Duration) {
        let usual = self.client.config().max_wait;
        let options = self.options.get_or_insert_default();
        let usual = options.max_wait.unwrap_or(usual);
        options.max_wait = Some(usual.min(most));
    }

    /// Makes the call fail before it is sent, with this reason.
    pub(crate) fn refuse(&mut self, reason: impl Into<String>) {
        self.refused = Some(reason.into());
    }

    fn set(&mut self, key: &'static str, encoded: String) {
        match self.query.iter_mut().find(|(name, _)| *name == key) {
            Some((_, value)) => *value = encoded,
            None => self.query.push((key, encoded)),
        }
    }

    pub(crate) fn unset(&mut self, key: &str) {
        self.query.retain(|(name, _)| *name != key);
    }

    /// The encoded value of a query parameter.
    pub(crate) fn asked(&self, key: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The parameters of which the query has more than one although the API accepts only one.
    fn contradiction(&self) -> Option<String> {
        let sets = self.endpoint.facts().at_most_one_of.iter();
        sets.filter_map(|set| {
            json::excluded(
                set.iter()
                    .copied()
                    .filter(|name| self.asked(name).is_some()),
            )
        })
        .next()
    }

    /// Whether the query has a condition that the API certainly applies, and not only parameters that
    /// shape the response.
    fn has_filter(&self) -> bool {
        let doubtful = self.endpoint.facts().doubtful;
        let filters = |key: &&str| !SHAPING.contains(key) && !doubtful.contains(key);
        self.query.iter().any(|(key, _)| filters(key))
    }

    /// A condition without values must not be omitted: the call would then affect everything.
    fn empty_list(&mut self, key: &'static str) {
        if key.ends_with(":in") || self.endpoint.method() == Method::Delete {
            self.refused = Some(outgoing::no_values(key));
        } else {
            self.unset(key);
        }
    }
}

impl Call {
    /// The `Debug` of a request with this name. It omits the query's values, the body, and those of the path that are
    /// not numbers: they may be personal, or a secret such as the token in a link.
    pub(crate) fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.query.iter().map(|(name, _)| *name).collect();
        let path = self.path.iter().map(|(name, value)| {
            let shown = value.parse::<i64>().map_or("[hidden]", |_| value.as_str());
            (*name, shown)
        });
        let path: Vec<(&str, &str)> = path.collect();
        f.debug_struct(name)
            .field("endpoint", &self.endpoint)
            .field("path", &path)
            .field("query", &names)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.as_ref().map(Bytes::len))
            .field("form", &self.form)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show("Call", f)
    }
}
