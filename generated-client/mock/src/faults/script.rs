//! Faults from a file.

use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{fault::Fault, line::Line};

/// Faults, and the seed for those with a probability.
///
/// ```
/// use bigcommerce_mock::{Fault, Script};
///
/// let script = Script::parse(
///     r#"{
///         "seed": 7,
///         "faults": [
///             { "do": "latency", "ms": 40, "jitter_ms": 60, "path": "/v3/catalog/**" },
///             { "do": "limit", "times": 3, "after": 10, "retry_after": 2 },
///             { "do": "error", "status": 502, "body": "html", "probability": 0.02 },
///             { "do": "reset", "when": "before", "endpoint": "orders.create", "times": 1 }
///         ]
///     }"#,
/// )?;
/// // The same in Rust.
/// let script = script.fault(Fault::truncate().method("GET").times(1));
/// # let _ = script;
/// # Ok::<(), bigcommerce_mock::ScriptError>(())
/// ```
///
/// `do` is one of these, with its own keys:
///
/// | `do` | its keys | what happens |
/// | --- | --- | --- |
/// | `latency` | `ms`, `jitter_ms` | the response takes longer |
/// | `reset` | `when`: `asked`, `before` (if left out), `during` or `after` the body | the connection breaks; with `asked` the call does not run |
/// | `truncate` | `keep` (0.5) | the body ends early |
/// | `limit` | `headers` (true), `retry_after` (1) | 429, and the call does not run |
/// | `degraded` | `retry_after` (1) | 503 with the wait in its body, as from deletions of price lists, and the call does not run |
/// | `error` | `status` (503), `body`: `json`, `html` or `none` | an error, and the call does not run |
///
/// Each takes `method`, `path` (`*` within a segment, `**` for any number of them) and `endpoint`
/// (`orders.create`, `orders.*`), which select the requests, and `after`, `times` and `probability`,
/// which determine how often it occurs.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a script does nothing until it is passed to a store"]
pub struct Script {
    pub(crate) seed: u64,
    pub(crate) faults: Vec<Fault>,
}

/// An error in a script, with its line and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    file: Option<String>,
    line: usize,
    says: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(default)]
    seed: u64,
    #[serde(borrow)]
    faults: Vec<&'a RawValue>,
}

impl Script {
    /// An empty script.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the seed for faults with a probability.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Adds a fault.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Parses a script.
    ///
    /// # Errors
    ///
    /// The first error in the script, with how to fix it.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let file: File<'_> =
            serde_json::from_str(text).map_err(|error| ScriptError::of(&error, 1))?;
        let mut script = Self::new().seed(file.seed);
        for raw in file.faults {
            let raw = raw.get();
            // Where the fault begins: it borrows from the text.
            let begins = (raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            let first = line_of(text, begins);
            let line: Line =
                serde_json::from_str(raw).map_err(|error| ScriptError::of(&error, first))?;
            let fault = line.fault().map_err(|(key, says)| {
                let at = raw.find(&format!("\"{key}\"")).unwrap_or(0);
                ScriptError {
                    file: None,
                    line: line_of(text, begins + at),
                    says,
                }
            })?;
            script.faults.push(fault);
        }
        Ok(script)
    }

    /// Reads a script from a file.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such file, or the error of [`parse`](Self::parse).
    pub fn read(path: impl AsRef<Path>) -> Result<Self, ScriptError> {
        let path = path.as_ref();
        let named = |error: ScriptError| ScriptError {
            file: Some(path.display().to_string()),
            ..error
        };
        let text = std::fs::read_to_string(path).map_err(|error| {
            named(ScriptError {
                file: None,
                line: 0,
                says: format!("the file cannot be read: {error}"),
            })
        })?;
        Self::parse(&text).map_err(named)
    }
}

/// The line of a position, counted from 1.
fn line_of(text: &str, place: usize) -> usize {
    let before = text.as_bytes().get(..place).unwrap_or_default();
    before.iter().filter(|&&byte| byte == b'\n').count() + 1
}

impl ScriptError {
    /// A JSON parser error in a part that begins on this line.
    fn of(error: &serde_json::Error, first: usize) -> Self {
        let line = first + error.line().max(1) - 1;
        let says = error.to_string();
        // The parser counts lines within the part, and appends them to its message.
        let says = says
            .rsplit_once(" at line ")
            .map_or(says.as_str(), |(says, _)| says);
        let mend = if says.starts_with("missing field `do`") {
            "; add one of latency, reset, truncate, limit, degraded and error, as in \"do\": \"reset\""
        } else if says.starts_with("missing field `faults`") {
            "; write {\"faults\": [{\"do\": \"reset\"}]}"
        } else if says.starts_with("unknown") {
            "; write one of these"
        } else if error.is_syntax() || error.is_eof() {
            "; fix the JSON there"
        } else {
            "; write a value of that type"
        };
        Self {
            file: None,
            line,
            says: format!("{says}{mend}"),
        }
    }

    /// The line, counted from 1; 0 if the file could not be read at all.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), 0) => write!(f, "{file}: {}", self.says),
            (Some(file), line) => write!(f, "{file}, line {line}: {}", self.says),
            (None, line) => write!(f, "line {line}: {}", self.says),
        }
    }
}

impl std::error::Error for ScriptError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_line_and_how_to_mend_it() {
        for (text, says) in [
            (
                "{\n  \"faults\": [\n    { \"do\": \"reset\" },\n    { \"do\": \"reset\",\n      \"tims\": 3 }\n  ]\n}",
                "line 5: unknown field `tims`",
            ),
            (
                "{ \"faults\": [\n  { \"do\": \"boom\" }\n] }",
                "line 2: unknown variant `boom`, expected one of `latency`, `reset`",
            ),
            (
                "{ \"faults\": [\n  {\n    \"do\": \"latency\" } ] }",
                "line 3: a latency needs `ms`; write how many milliseconds it takes",
            ),
            (
                "{ \"faults\": [\n  { \"do\": \"limit\",\n \"status\": 503 } ] }",
                "line 3: `status` belongs to \"do\": \"error\", and this fault is \"limit\"; remove it",
            ),
            (
                "{ \"faults\": [\n\n  { \"do\": \"reset\", \"probability\": 3 } ] }",
                "line 3: `probability` is 3; write a number from 0 to 1",
            ),
            ("{ \"faults\": [\n  { \"do\": \"reset\" \n", "line 3: EOF"),
            ("{}", "line 1: missing field `faults`; write"),
            (
                "{ \"faults\": [ {} ] }",
                "line 1: missing field `do`; add one of",
            ),
        ] {
            let said = Script::parse(text).unwrap_err().to_string();
            assert!(said.starts_with(says), "{said}");
        }
    }

    #[test]
    fn the_readme_has_a_valid_script_and_every_kind_of_fault() {
        let readme = include_str!("../../README.md");
        let script = readme.split("```json\n").nth(1).unwrap();
        let script = script.split("```").next().unwrap();
        assert!(!Script::parse(script).unwrap().faults.is_empty());
        let unknown = Script::parse(r#"{"faults":[{"do":"boom"}]}"#).unwrap_err();
        let kinds = unknown.to_string();
        let kinds: Vec<&str> = kinds.split('`').skip(3).step_by(2).collect();
        assert!(kinds.contains(&"degraded"), "{kinds:?}");
        for kind in kinds {
            assert!(readme.contains(&format!("\n| `{kind}` |")), "{kind}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let said = Script::read("no/such/faults.json").unwrap_err().to_string();
        assert!(
            said.starts_with("no/such/faults.json: the file cannot be read"),
            "{said}"
        );
    }

    #[test]
    fn a_script_in_a_file_says_what_one_in_rust_does() {
        let text = r#"{"seed":7,"faults":[{"do":"limit","headers":false,"endpoint":"orders.*","times":3}]}"#;
        let same = Script::new()
            .seed(7)
            .fault(Fault::limit_without_headers().on("orders.*").times(3));
        assert_eq!(Script::parse(text), Ok(same));
    }
}
