//! Writes YAML in the format of the spec: block style for the tree, one flow mapping per line for the leaves.
//! It does not interpret what it writes.

use std::fmt::Write as _;

/// The maximum length of a line before a flow mapping is broken.
const WIDTH: usize = 110;

/// A string as a scalar, quoted if YAML would read something else or some parsers reject it.
pub(crate) fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    if text.contains('\\') && !text.contains('\'') && !text.chars().any(char::is_control) {
        return format!("'{text}'");
    }
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() || c == '\u{feff}' || ('\u{2028}'..='\u{2029}').contains(&c) => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn is_plain(text: &str) -> bool {
    let words = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~", "nan", "inf",
    ];
    let first = text.chars().next();
    let safe = |c: char| c.is_ascii_alphanumeric() || " _-./+()`;!$=<>*@%&|^'~:".contains(c);
    if is_bounds(text) {
        return true;
    }
    let begins = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '/' || c == '.';
    first.is_some_and(begins)
        && text.chars().all(safe)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !words.contains(&text.to_lowercase().as_str())
        && text.parse::<f64>().is_err()
        && !numeric_like(text)
}

/// `1..255`, which no parser reads as a number.
fn is_bounds(text: &str) -> bool {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let digits = |c: char| c.is_ascii_digit();
    text.split_once("..").is_some_and(|(min, max)| {
        number(min) && number(max) && !max.starts_with('.') && text.contains(digits)
    })
}

/// A string as a scalar outside of any flow mapping, where braces inside of it are harmless.
pub(crate) fn block(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !"{}".contains(*c)).collect();
    if text.starts_with('/') && is_plain(&bare) {
        return text.to_owned();
    }
    scalar(text)
}

/// `..255` is a string; `.inf` is a number, and `...` the end of the document.
fn numeric_like(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower == ".inf" || lower == ".nan" || text.starts_with("...")
}

/// A list in flow style.
pub(crate) fn list<I: IntoIterator<Item = S>, S: AsRef<str>>(items: I) -> String {
    let items: Vec<String> = items
        .into_iter()
        .map(|item| scalar(item.as_ref()))
        .collect();
    format!("[{}]", items.join(", "))
}

/// A JSON value in flow style.
pub(crate) fn json(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => scalar(text),
        other => other.to_string(),
    }
}

/// A mapping in flow style, filled entry by entry.
#[derive(Default)]
pub(crate) struct Flow {
    /// Each entry as the pieces between which a line may break.
    entries: Vec<Vec<String>>,
}

impl Flow {
    /// Adds an entry whose value is already written.
    pub(crate) fn raw(&mut self, key: &str, value: &str) -> &mut Self {
        let colon = if value.is_empty() { "" } else { ": " };
        self.entries
            .push(vec![format!("{}{colon}{value}", scalar(key))]);
        self
    }

    /// Adds an integer without a value.
    pub(crate) fn integer(&mut self, key: &str) -> &mut Self {
        self.entries.push(vec![key.to_owned()]);
        self
    }

    pub(crate) fn text(&mut self, key: &str, text: &str) -> &mut Self {
        self.raw(key, &scalar(text))
    }

    pub(crate) fn maybe(&mut self, key: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    pub(crate) fn flag(&mut self, key: &str, set: bool) -> &mut Self {
        if set { self.raw(key, "true") } else { self }
    }

    pub(crate) fn list(&mut self, key: &str, items: &[impl AsRef<str>]) -> &mut Self {
        if items.is_empty() {
            return self;
        }
        let text = list(items);
        self.raw(key, &text)
    }

    /// Adds a mapping, which is broken over lines only if it does not fit on one.
    pub(crate) fn nested(&mut self, key: &str, inner: &Self) -> &mut Self {
        let whole = inner.one_line();
        if whole.chars().count() < WIDTH / 2 {
            return self.raw(key, &whole);
        }
        let mut pieces = inner.pieces();
        if let Some(first) = pieces.first_mut() {
            *first = format!("{}: {{ {first}", scalar(key));
        }
        if let Some(last) = pieces.last_mut() {
            last.push_str(" }");
        }
        self.entries.push(pieces);
        self
    }

    pub(crate) fn one_line(&self) -> String {
        match self.entries.as_slice() {
            [] => "{}".to_owned(),
            _ => format!("{{ {} }}", self.pieces().join(" ")),
        }
    }

    /// The pieces of all entries, with the commas between them.
    fn pieces(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for (place, entry) in self.entries.iter().enumerate() {
            all.extend(entry.iter().cloned());
            if let Some(last) = all.last_mut().filter(|_| place + 1 < self.entries.len()) {
                last.push(',');
            }
        }
        all
    }

    /// The mapping as the value of `key`, broken between entries if it is too long.
    pub(crate) fn line(&self, indent: usize, key: &str) -> String {
        let start = format!("{:indent$}{}: ", "", scalar(key));
        let whole = format!("{start}{}", self.one_line());
        if whole.chars().count() <= WIDTH {
            return whole + "\n";
        }
        let mut text = format!("{start}{{");
        let mut width = text.chars().count();
        for (place, piece) in self.pieces().iter().enumerate() {
            let length = piece.chars().count() + 1;
            if place > 0 && width + length > WIDTH {
                let _ = write!(text, "\n{:1$}", "", indent + 3);
                width = indent + 3;
            }
            let _ = write!(text, " {piece}");
            width += length;
        }
        text + " }\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_not_every_reader_takes_for_a_string_is_quoted() {
        for text in ["a date? in which format?", "[T?]", "a: b", "a, b", "why?"] {
            assert!(scalar(text).starts_with('"'), "{}", scalar(text));
        }
    }

    #[test]
    fn a_scalar_reads_back_as_the_text_it_was() {
        let texts = [
            "",
            "a",
            "no",
            "1",
            "1..255",
            "..255",
            "[Brand]",
            "a: b",
            "a #b",
            "it's",
            "\"",
            "a\nb",
            "^(\\/x)*$",
            "~",
            "*",
            "&a",
            "{x}",
            "- a",
            "=",
            "Übung",
            "date_created:desc",
            ".5",
            "+",
            "2020-01-01",
            "0x1F",
            "1e3",
            ":",
            "?",
            "a,b",
            "/a/{b}",
            "1.5..2",
            "1..",
            "...",
            "-1..",
            "null",
            "link [Fee]",
            "`x` is",
            "\u{1}",
        ];
        for text in texts {
            let block: String = serde_yaml::from_str(&scalar(text)).expect(text);
            assert_eq!(block, text);
            let path: String = serde_yaml::from_str(&super::block(text)).expect(text);
            assert_eq!(path, text);
            let flow: Vec<String> = serde_yaml::from_str(&list([text])).expect(text);
            assert_eq!(flow, [text]);
            let value: serde_json::Value = serde_yaml::from_str(&scalar(text)).unwrap();
            assert_eq!(value, text, "read without a hint");
        }
    }
}
