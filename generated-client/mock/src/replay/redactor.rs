//! Replaces values by placeholders, equal values by the same one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

use indexmap::IndexMap;
use serde_json::value::RawValue;

use super::names::{Redaction, plain};
use crate::urlencoded;

/// The prefix of a placeholder, before its kind and number.
pub(super) const MARK: &str = "redacted-";
/// A shorter value is not searched for inside other strings, where it may occur by chance.
const TELLING: usize = 6;

pub(super) struct Redactor {
    names: Redaction,
    placeholders: HashMap<String, String>,
    /// The values that are searched for in other strings, the longest first.
    telling: Vec<String>,
}

impl Redactor {
    pub(super) fn new(names: Redaction) -> Self {
        Self {
            names,
            placeholders: HashMap::new(),
            telling: Vec::new(),
        }
    }

    /// The value of a named header, field or parameter.
    pub(super) fn named(&mut self, name: &str, parent: Option<&str>, value: &str) -> String {
        // A filter includes its operator: `email:in`.
        let bare = name.split([':', '[']).next().unwrap_or(name);
        let covered = self.names.covers(bare, parent);
        if !covered && self.names.keeps(Some(bare), parent, value) {
            return self.text(value);
        }
        if !covered && value.starts_with('?') {
            return self.text(value); // The query of a link to another page.
        }
        let kind = kind(bare);
        if kind.ends_with("authorization")
            && let Some((scheme, secret)) = value.split_once(' ')
        {
            return format!("{scheme} {}", self.placeholder(&kind, secret, true));
        }
        if bare == name {
            return self.placeholder(&kind, value, covered);
        }
        let parts: Vec<_> = value
            .split(',')
            .map(|part| self.placeholder(&kind, part, covered))
            .collect();
        parts.join(",")
    }

    /// A string without a meaningful name: a URL in it may have a query, and it may contain a known
    /// value.
    pub(super) fn text(&mut self, text: &str) -> String {
        let mut text = Cow::Borrowed(text);
        if let Some((before, query)) = text.split_once('?')
            && query.contains('=')
            && !query.contains(char::is_whitespace)
        {
            let pairs = urlencoded::parse(query);
            let changed: Vec<_> = pairs
                .iter()
                .map(|(name, value)| (name.clone(), self.named(name, None, value)))
                .collect();
            if changed != pairs {
                let pairs = changed
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()));
                text = format!("{before}?{}", urlencoded::write(pairs)).into();
            }
        }
        for value in &self.telling {
            if text.contains(value.as_str())
                && let Some(placeholder) = self.placeholders.get(value)
            {
                text = text.replace(value.as_str(), placeholder).into();
            }
        }
        self.addresses(text.into_owned())
    }

    /// A string without e-mail addresses, whatever it is about.
    fn addresses(&mut self, text: String) -> String {
        if !text.contains('@') || self.names.keeps(None, None, "@") {
            return text;
        }
        let ends = |c: char| !(c.is_alphanumeric() || "@.+-_%".contains(c));
        let words: Vec<String> = text
            .split(ends)
            .filter(|word| word.contains('@') && word.len() > 2)
            .map(str::to_owned)
            .collect();
        words.into_iter().fold(text, |text, word| {
            let placeholder = self.placeholder("email", &word, true);
            text.replace(&word, &placeholder)
        })
    }

    /// Whether a body that is neither JSON nor a form is kept.
    pub(super) const fn keeps_texts(&self) -> bool {
        self.names.keeps_texts()
    }

    /// JSON with redacted strings, and otherwise unchanged. `None` if it is not JSON.
    pub(super) fn json(&mut self, json: &str) -> Option<Box<RawValue>> {
        let raw: &RawValue = serde_json::from_str(json).ok()?;
        let mut out = String::with_capacity(json.len());
        self.value(raw, None, None, None, &mut out)?;
        RawValue::from_string(out).ok()
    }

    fn value(
        &mut self,
        raw: &RawValue,
        name: Option<&str>,
        parent: Option<&str>,
        within: Option<&str>,
        out: &mut String,
    ) -> Option<()> {
        let text = raw.get();
        // Everything below a redacted name is redacted, whatever its own name.
        let within = within.or_else(|| name.filter(|name| self.names.covers(name, parent)));
        match text.as_bytes().first()? {
            b'{' => {
                let fields: IndexMap<String, &RawValue> = serde_json::from_str(text).ok()?;
                out.push('{');
                for (at, (field, value)) in fields.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    let key = serde_json::to_string(&self.text(field)).ok()?;
                    write!(out, "{key}:").ok()?;
                    self.value(value, Some(field), name, within, out)?;
                }
                out.push('}');
            }
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    self.value(item, name, parent, within, out)?;
                }
                out.push(']');
            }
            b'"' => {
                let value: String = serde_json::from_str(text).ok()?;
                let value = match within.or(name) {
                    Some(within) if Some(within) != name => {
                        self.placeholder(&kind(within), &value, true)
                    }
                    Some(name) => self.named(name, parent, &value),
                    None if self.names.keeps(None, None, &value) => self.text(&value),
                    None => self.placeholder("text", &value, false),
                };
                out.push_str(&serde_json::to_string(&value).ok()?);
            }
            b'-' | b'0'..=b'9' if text != "0" && self.hides(text, name, parent, within) => {
                let kind = kind(within.or(name).unwrap_or_default());
                let value = self.placeholder(&kind, text, within.is_some());
                out.push_str(&serde_json::to_string(&value).ok()?);
            }
            _ => out.push_str(text),
        }
        Some(())
    }

    /// Whether a number is redacted.
    fn hides(
        &self,
        number: &str,
        name: Option<&str>,
        parent: Option<&str>,
        within: Option<&str>,
    ) -> bool {
        within.is_some()
            || !self.names.keeps(name, parent, number)
            || self.telling.iter().any(|known| known == number)
    }

    /// An empty value reveals nothing and is kept: this API gives it a meaning. A value that is `known`
    /// to be secret or personal is searched for in other strings from now on.
    fn placeholder(&mut self, kind: &str, value: &str, known: bool) -> String {
        // A replayed value is already a placeholder.
        if value.is_empty() || value.starts_with(MARK) {
            return value.to_owned();
        }
        if let Some(known) = self.placeholders.get(value) {
            return known.clone();
        }
        let placeholder = format!("{MARK}{kind}-{}", self.placeholders.len() + 1);
        self.placeholders
            .insert(value.to_owned(), placeholder.clone());
        if known && value.len() >= TELLING {
            let longer = |known: &String| known.len() > value.len();
            let at = self.telling.partition_point(longer);
            self.telling.insert(at, value.to_owned());
        }
        placeholder
    }
}

/// The kind of placeholder for a name, which may be anything.
fn kind(name: &str) -> String {
    let kind: String = plain(name)
        .chars()
        .filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_')
        .take(40)
        .collect();
    if kind.is_empty() {
        "text".to_owned()
    } else {
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor() -> Redactor {
        Redactor::new(Redaction::standard())
    }

    #[test]
    fn the_same_value_has_the_same_placeholder_wherever_it_stands() {
        let mut it = redactor();
        assert_eq!(
            it.named("X-Auth-Token", None, "t0ken12"),
            "redacted-x_auth_token-1"
        );
        let json = it.json(r#"{"access_token":"t0ken12","user":{"email":"a@b.example"}}"#);
        assert_eq!(
            json.unwrap().get(),
            r#"{"access_token":"redacted-x_auth_token-1","user":{"email":"redacted-email-2"}}"#
        );
        let problem = r#"{"title":"a@b.example is taken"}"#;
        let problem = it.json(problem).unwrap();
        assert_eq!(problem.get(), r#"{"title":"redacted-email-2 is taken"}"#);
        assert_eq!(
            it.named("email:in", None, "a@b.example,c@d.example"),
            "redacted-email-2,redacted-email-3"
        );
        assert_eq!(
            it.named("authorization", None, "Bearer t0ken12"),
            "Bearer redacted-x_auth_token-1"
        );
    }

    #[test]
    fn an_id_that_is_as_long_as_a_token_goes() {
        let mut it = redactor();
        let token = "eyJ0eXAi.".repeat(20);
        let json = it
            .json(&format!(r#"{{"data":{{"id":"{token}"}}}}"#))
            .unwrap();
        assert_eq!(json.get(), r#"{"data":{"id":"redacted-id-1"}}"#);
    }

    #[test]
    fn what_is_not_redacted_keeps_its_spelling() {
        let mut it = redactor();
        let json =
            "{ \"price\": 19.9500, \"id\": 12345678901234567890123, \"list\": [1, null, true] }";
        let kept = it.json(json).unwrap();
        assert_eq!(
            kept.get(),
            r#"{"price":19.9500,"id":12345678901234567890123,"list":[1,null,true]}"#
        );
        assert!(it.json("{").is_none());
    }

    #[test]
    fn sentinels_stay_and_numbers_of_people_go() {
        let mut it = redactor();
        let json = it
            .json(r#"{"company":"","phone":0,"zip":78701,"email":null}"#)
            .unwrap();
        assert_eq!(
            json.get(),
            r#"{"company":"","phone":0,"zip":"redacted-zip-1","email":null}"#
        );
    }

    #[test]
    fn a_number_that_nobody_knows_goes_and_so_does_one_that_is_a_known_secret() {
        let mut it = redactor();
        it.named("X-Auth-Token", None, "123456");
        let json =
            r#"{"new":4111111111111111,"e":1e9,"id":123456,"total":250,"created_at":1767225600}"#;
        assert_eq!(
            it.json(json).unwrap().get(),
            r#"{"new":"redacted-new-2","e":"redacted-e-3","id":"redacted-x_auth_token-1","total":250,"created_at":1767225600}"#
        );
        let mut it = Redactor::new(Redaction::standard().keeping(["new", "e"]));
        let json = r#"{"new":4111111111111111,"e":1e9}"#;
        assert_eq!(it.json(json).unwrap().get(), json);
    }

    #[test]
    fn lists_and_parents_count() {
        let mut it = redactor();
        let json =
            r#"{"emails":["a","b"],"form_fields":[{"name":"Size","value":"L"}],"value":"L2"}"#;
        let json = it.json(json).unwrap();
        assert_eq!(
            json.get(),
            r#"{"emails":["redacted-emails-1","redacted-emails-2"],"form_fields":[{"name":"Size","value":"redacted-value-3"}],"value":"redacted-value-4"}"#
        );
    }

    #[test]
    fn the_query_of_an_address_inside_a_text_counts() {
        let mut it = redactor();
        assert_eq!(
            it.text("?email%3Ain=a%40b.example&page=2"),
            "?email%3Ain=redacted-email-1&page=2"
        );
        assert_eq!(it.text("Is it so? a=b"), "Is it so? a=b");
    }
}
