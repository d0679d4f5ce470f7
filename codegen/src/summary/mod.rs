//! What an edit of the spec means in the API's own terms: two catalogues are compared, the committed
//! one and the new one. Scopes come first, since a call that needs another scope stops working for
//! whoever does not grant it. It reads JSON only and knows nothing of the model.

mod endpoints;
mod lists;
#[cfg(test)]
mod tests;
mod types;

use std::fmt;

use serde_json::Value;

/// How many lines are shown before the rest is only counted.
const SHOWN: usize = 20;

/// What changed between two catalogues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// What to know before the changes, such as that there was nothing to compare with.
    preface: Option<String>,
    /// One line for each change, those about scopes in front.
    lines: Vec<Line>,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    /// What it is about, which is also the order of the lines.
    about: About,
    sign: Sign,
    text: String,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    Scope,
    Endpoint,
    Parameter,
    Type,
    Event,
    Service,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Alarm,
    Removed,
    Added,
    Changed,
}

impl Changes {
    /// Whether both catalogues say the same.
    pub fn is_empty(&self) -> bool {
        self.preface.is_none() && self.lines.is_empty()
    }

    /// Whether a call or an area now asks for another scope than before.
    pub fn touches_scopes(&self) -> bool {
        self.lines.iter().any(|line| line.about == About::Scope)
    }

    /// Every change, as a line.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        self.lines.iter().map(Line::to_string)
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(preface) = &self.preface {
            return f.write_str(preface);
        }
        if self.lines.is_empty() {
            return f.write_str("nothing changed in the API's terms");
        }
        // One line more than is shown would only be counted, in just as many lines.
        let shown = if self.lines.len() <= SHOWN + 1 {
            self.lines.len()
        } else {
            SHOWN
        };
        for (at, line) in self.lines.iter().take(shown).enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            line.fmt(f)?;
        }
        match self.lines.len() - shown {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.sign {
            Sign::Alarm => '!',
            Sign::Removed => '-',
            Sign::Added => '+',
            Sign::Changed => '~',
        };
        let about = match self.about {
            About::Scope => "scope",
            About::Endpoint => "endpoint",
            About::Parameter => "parameter",
            About::Type => "type",
            About::Event => "event",
            About::Service => "service",
        };
        write!(f, "{sign} {about} {}", self.text)
    }
}

/// What changed since the committed catalogue. An old one that is not there or cannot be read is no
/// error: then the new one is counted instead.
pub fn changes(old_api_json: Option<&str>, new_api_json: &str) -> Changes {
    let read = |text: &str| {
        serde_json::from_str::<Value>(text)
            .ok()
            .filter(Value::is_object)
    };
    let new = read(new_api_json).unwrap_or_default();
    let reason = match old_api_json.map(read) {
        Some(Some(old)) if old["format"] == new["format"] => return compare(&old, &new),
        Some(Some(_)) => "the committed catalogue has another format, so nothing is compared",
        Some(None) => "the committed catalogue cannot be read, so nothing is compared",
        None => "the first catalogue",
    };
    Changes {
        preface: Some(format!("{reason}: {}", counted(&new))),
        lines: Vec::new(),
    }
}

fn compare(old: &Value, new: &Value) -> Changes {
    let mut lines = Vec::new();
    lists::scopes(old, new, &mut lines);
    endpoints::compare(old, new, &mut lines);
    types::compare(old, new, &mut lines);
    lists::events(old, new, &mut lines);
    lists::service(old, new, &mut lines);
    // The order within a kind stays the spec's.
    lines.sort_by_key(|line: &Line| (line.about, line.sign));
    Changes {
        preface: None,
        lines,
    }
}

fn counted(api: &Value) -> String {
    let count = |list: &str| api[list].as_array().map_or(0, Vec::len);
    let counts = [
        (count("endpoints"), "endpoint"),
        (count("scopes"), "scope"),
        (count("events"), "event"),
        (types::count(api), "type"),
    ];
    let words = counts.map(|(count, word)| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {word}{plural}")
    });
    words.join(", ")
}

impl Line {
    fn new(about: About, sign: Sign, text: impl Into<String>) -> Self {
        Self {
            about,
            sign,
            text: text.into(),
        }
    }
}
