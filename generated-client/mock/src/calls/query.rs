//! The query of a call, parsed by the purpose of its parameters. Unknown parameters are ignored, as by
//! the API.

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::catalogue::{Endpoint, Parameter};
use crate::refusal::Refusal;
use crate::rules::Settings;
use crate::state::Key;
use crate::values::{canonical_time, now};
use crate::wanted::Wanted;

#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) filters: Vec<Filter>,
    pub(super) searches: Vec<(&'static str, String)>,
    pub(super) wanted: Wanted,
    /// The sort field, and whether it is descending.
    pub(super) sort: Option<(String, bool)>,
    /// Whether a list without a field to order by begins at the end. By which field is not documented: by the key
    /// is a choice made here.
    pub(super) backwards: bool,
    pub(super) page: Option<usize>,
    pub(super) limit: Option<usize>,
    pub(super) after: Option<Key>,
    pub(super) before: Option<Key>,
    /// The requested channel; empty for none.
    pub(super) channel: String,
    /// The parameters other than those of the page, to be repeated in links.
    pub(super) others: Vec<(String, String)>,
}

/// A condition on a field.
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) parameter: &'static str,
    pub(super) field: &'static str,
    pub(super) op: &'static str,
    pub(super) values: Vec<String>,
    /// The operator.
    pub(super) kind: Kind,
    /// Whether the parameter is repeated for each value.
    repeats: bool,
}

impl Filter {
    /// Its values as an index has them; none where one of them may be spelled in several ways.
    pub(super) fn indexed(&self) -> Option<Vec<String>> {
        let whole = |value: &String| value.parse::<i64>().ok();
        match self.kind {
            Kind::Text => Some(self.values.clone()),
            Kind::Number => {
                let numbers = self.values.iter().map(whole);
                numbers.map(|number| Some(number?.to_string())).collect()
            }
            Kind::Time => None,
        }
    }
}

/// The operator of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Time,
    Text,
}

impl Query {
    /// Rejects more ids in the query than the call accepts. For a call with a body, the limit applies to the
    /// body.
    fn hold_to_the_cap(&self, endpoint: &Endpoint, bad: StatusCode) -> Result<(), Refusal> {
        let Some(most) = endpoint.batch.filter(|_| !endpoint.takes_body()) else {
            return Ok(());
        };
        match self
            .filters
            .iter()
            .find(|filter| filter.values.len() > most)
        {
            Some(filter) => {
                let says = format!(
                    "{} values were sent; at most {most} are allowed.",
                    filter.values.len()
                );
                let too_large = StatusCode::PAYLOAD_TOO_LARGE;
                let status = match endpoint.errors.contains(&too_large.as_u16()) {
                    true => too_large,
                    false => bad,
                };
                Err(Refusal::new(status, says.clone()).about(filter.parameter, says))
            }
            None => Ok(()),
        }
    }

    /// Parses the query; `fills_time` is whether dates get the current time of day.
    pub(super) fn read(
        endpoint: &'static Endpoint,
        settings: &Settings,
        asked: &[(String, String)],
        fills_time: bool,
    ) -> Result<Self, Refusal> {
        let bad = endpoint.bad_status();
        let mut query = Self::default();
        let mut direction = None;
        for (name, value) in asked {
            let mut known = endpoint.parameters.iter();
            let known = known.find(|known| known.place == "query" && known.name == *name);
            let Some(parameter) = known else {
                continue;
            };
            if name == "channel_id" {
                query.channel.clone_from(value);
            }
            if !is_open(parameter, settings) {
                judge(parameter, value, bad)?;
            }
            let list = || value.split(',').map(|part| part.trim().to_owned());
            match (parameter.role.as_str(), name.as_str()) {
                ("filter", _) => query.add(filter(parameter, value, fills_time)),
                ("include", _) => query.wanted.include.extend(list()),
                ("select", "exclude_fields") => query.wanted.without.extend(list()),
                ("select", _) => query.wanted.fields.get_or_insert_default().extend(list()),
                ("sort" | "plain", "direction") => direction = Some(value.as_str()),
                ("sort", _) | ("plain", "sort") => query.sort = Some(order(value)),
                ("page", "page") => query.page = value.parse().ok(),
                ("page", "limit") => query.limit = value.parse().ok(),
                // A plain key, not a cursor.
                ("page", "after") if parameter.ty == "int" => query.after = Some(Key::of(value)),
                ("page", "after") => query.after = cursor(value),
                ("page", "before") => query.before = cursor(value),
                // A list is a choice, whatever the API calls it, and so is what has an operator in its name.
                ("plain", _) if parameter.form == "list" || parameter.name.contains(':') => {
                    query.add(filter(parameter, value, fills_time));
                }
                ("plain", _) => query.searches.push((&parameter.name, value.clone())),
                _ => {}
            }
            if parameter.role != "page" {
                query.others.push((name.clone(), value.clone()));
            }
        }
        if query.after.is_some() && query.before.is_some() {
            // They exclude each other. With which status is not documented: the usual one is a choice made here.
            let says = "`after` and `before` exclude each other";
            return Err(Refusal::new(bad, says).about("before", says));
        }
        query.hold_to_the_cap(endpoint, bad)?;
        if query.sort.is_none() {
            query.sort = endpoint
                .sort
                .as_ref()
                .and_then(|sort| sort.default.as_deref())
                .map(order);
        }
        match (&mut query.sort, direction) {
            (Some((_, descending)), Some(direction)) => *descending = direction == "desc",
            (None, Some(direction)) => query.backwards = direction == "desc",
            (_, None) => {}
        }
        let shrunk = settings
            .shrinks
            .iter()
            .filter(|(include, _)| query.wanted.include.contains(*include));
        if let (Some(most), Some(limit)) = (shrunk.map(|(_, most)| *most).min(), endpoint.limit) {
            query.limit = Some(query.limit.unwrap_or(limit.default).min(most));
        }
        Ok(query)
    }

    /// Adds a filter; if it is repeated, its values are combined.
    fn add(&mut self, filter: Filter) {
        let mut known = self.filters.iter_mut();
        match known.find(|known| filter.repeats && known.parameter == filter.parameter) {
            Some(known) => known.values.extend(filter.values),
            None => self.filters.push(filter),
        }
    }
}

/// Rejects a call without a required parameter, or without any filter if it requires one.
pub(super) fn judge_needed(
    endpoint: &Endpoint,
    (settings, optional): (&Settings, &[&str]),
    asked: &[(String, String)],
) -> Result<(), Refusal> {
    let sent = |one: &Parameter| asked.iter().any(|(name, _)| *name == one.name);
    let own = || {
        endpoint
            .parameters
            .iter()
            .filter(|one| one.place == "query")
    };
    // Search words can select what is deleted as well.
    let removes = endpoint.method == "DELETE";
    let filters = |one: &Parameter| one.role == "filter" || (removes && one.role == "plain");
    let filtered = || own().any(|one| filters(one) && sent(one));
    let is_needed = |one: &&Parameter| one.required && !optional.contains(&one.name.as_str());
    let sweeps = removes && (settings.sweeps || !optional.is_empty());
    let needs_filter = endpoint.needs_filter && !sweeps;
    let missing = match own().find(|one| is_needed(one) && !sent(one)) {
        Some(_) if removes && settings.idles => return Ok(()),
        Some(parameter) => parameter.name.as_str(),
        None if needs_filter && !filtered() => "filter",
        None => return Ok(()),
    };
    let says = format!("{missing} is a required parameter and cannot be empty.");
    Err(Refusal::new(endpoint.bad_status(), says.clone()).about(missing, says))
}

/// Rejects a call without a required header, or with one of the wrong type.
pub(super) fn judge_headers(endpoint: &Endpoint, headers: &HeaderMap) -> Result<(), Refusal> {
    let known = endpoint.parameters.iter();
    for parameter in known.filter(|known| known.place == "header") {
        let value = headers.get(parameter.name.as_str());
        match value.and_then(|value| value.to_str().ok()) {
            Some(value) => judge(parameter, value, endpoint.bad_status())?,
            None if parameter.required => {
                let says = format!("The header {} is required.", parameter.name);
                return Err(Refusal::new(endpoint.bad_status(), says));
            }
            None => {}
        }
    }
    Ok(())
}

/// Whether a filter accepts other values than the catalogue lists.
fn is_open(parameter: &Parameter, settings: &Settings) -> bool {
    let field = parameter.field.as_deref().unwrap_or_default();
    parameter.role == "filter" && settings.open.contains(&field)
}

/// Rejects a value that does not match the parameter's type.
fn judge(parameter: &Parameter, value: &str, bad: StatusCode) -> Result<(), Refusal> {
    let parts: Vec<&str> = if parameter.form == "list" {
        value.split(',').map(str::trim).collect()
    } else {
        vec![value]
    };
    for part in parts {
        let fits = match parameter.ty.trim_matches(['[', ']']) {
            // Page numbers and sizes start at 1; V3 tolerates other values as far as possible.
            "int" if parameter.role == "page" && bad == StatusCode::BAD_REQUEST => {
                part.parse::<u64>().is_ok_and(|number| number > 0)
            }
            "int" => part.parse::<i64>().is_ok(),
            "uuid" => is_uuid(part),
            "decimal" => part.parse::<f64>().is_ok(),
            "bool" | "flag" => matches!(part, "true" | "false" | "1" | "0"),
            "datetime" => canonical_time(&Value::from(part)).is_some(),
            _ => {
                let members = parameter.members();
                let number: Option<i64> = part.parse().ok();
                let is = |member: &Value| match member {
                    Value::String(member) => member == part,
                    member => number.is_some() && member.as_i64() == number,
                };
                members.is_empty() || members.iter().any(is)
            }
        };
        if !fits {
            let says = format!("`{part}` is not a value of `{}`", parameter.name);
            return Err(Refusal::new(
                bad,
                format!(
                    "The filter(s): {} are not valid filter parameter(s).",
                    parameter.name
                ),
            )
            .about(parameter.name.clone(), says));
        }
    }
    Ok(())
}

fn is_uuid(text: &str) -> bool {
    let parts = text.split('-').map(str::len);
    let hexadecimal = |byte: u8| byte == b'-' || byte.is_ascii_hexdigit();
    parts.eq([8, 4, 4, 4, 12]) && text.bytes().all(hexadecimal)
}

fn filter(parameter: &'static Parameter, value: &str, fills_time: bool) -> Filter {
    let kind = match parameter.ty.as_str() {
        "int" | "decimal" | "bool" | "flag" => Kind::Number,
        "datetime" => Kind::Time,
        _ => Kind::Text,
    };
    let spell = |part: &str| match kind {
        Kind::Number => match part {
            "true" => "1".to_owned(),
            "false" => "0".to_owned(),
            number => number.to_owned(),
        },
        Kind::Time => time(part, fills_time),
        Kind::Text => part.to_lowercase(),
    };
    let values = if parameter.form == "list" {
        value.split(',').map(|part| spell(part.trim())).collect()
    } else {
        vec![spell(value)]
    };
    let (name, op) = parameter
        .name
        .split_once(':')
        .unwrap_or((parameter.name.as_str(), "in"));
    Filter {
        parameter: &parameter.name,
        field: parameter.field.as_deref().unwrap_or(name),
        op: parameter.op.as_deref().unwrap_or(op),
        values,
        kind,
        repeats: parameter.form == "exploded",
    }
}

/// A time in the stored format. A date without a time is the beginning of its day, or the current time
/// of day.
fn time(text: &str, fills_time: bool) -> String {
    const DATE: usize = "2026-11-27".len();
    let time = canonical_time(&Value::from(text)).unwrap_or_default();
    match (time.get(..DATE), now().get(DATE..)) {
        (Some(date), Some(time_of_day)) if fills_time && text.trim().len() == DATE => {
            format!("{date}{time_of_day}")
        }
        _ => time,
    }
}

fn order(text: &str) -> (String, bool) {
    let (field, direction) = text.split_once(':').unwrap_or((text, "asc"));
    (field.to_owned(), direction == "desc")
}

/// The key in a cursor. What is no cursor is passed over, which is a choice made here: nothing is documented.
fn cursor(text: &str) -> Option<Key> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(text)
        .ok()?;
    let key = String::from_utf8(bytes).ok()?;
    // A parameter without a value asks for the first page.
    (!key.is_empty()).then(|| Key::of(&key))
}

/// A key as an opaque cursor.
pub(super) fn to_cursor(key: &Key) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(key.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_without_a_time_begins_its_day_or_has_the_time_at_which_it_is_asked() {
        assert_eq!(time("2026-11-27", false), "2026-11-27T00:00:00+00:00");
        let (before, filled, after) = (now(), time("2026-11-20", true), now());
        assert!(filled.starts_with("2026-11-20T"), "{filled}");
        assert!(
            [&before[10..], &after[10..]].contains(&&filled[10..]),
            "{filled}"
        );
        assert_eq!(
            time("2026-11-20T01:02:03Z", true),
            "2026-11-20T01:02:03+00:00"
        );
    }
}
