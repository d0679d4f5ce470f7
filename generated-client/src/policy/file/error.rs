//! The errors of a policy, each with its location.

use std::fmt;
use std::path::{Path, PathBuf};

/// A policy that cannot be parsed.
#[derive(Debug)]
pub struct PolicyError {
    file: Option<PathBuf>,
    problems: Vec<PolicyProblem>,
    source: Option<std::io::Error>,
}

/// One error in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyProblem {
    /// The line, from 1; 0 when it concerns the whole file.
    pub line: usize,
    /// The column in characters, from 1; 0 when it concerns the whole file.
    pub column: usize,
    /// Its path, such as `groups.products`; empty at the top.
    pub path: String,
    /// The error and how to fix it.
    pub message: String,
}

impl PolicyError {
    pub(super) const fn new(problems: Vec<PolicyProblem>) -> Self {
        let (file, source) = (None, None);
        Self {
            file,
            problems,
            source,
        }
    }

    pub(super) fn whole(message: impl Into<String>) -> Self {
        Self::new(vec![PolicyProblem {
            line: 0,
            column: 0,
            path: String::new(),
            message: message.into(),
        }])
    }

    pub(super) fn unreadable(source: std::io::Error) -> Self {
        let mut error = Self::whole(format!("it cannot be read: {source}"));
        error.source = Some(source);
        error
    }

    pub(super) fn in_file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// All errors, in the order of the text.
    ///
    /// ```
    /// use bigcommerce_client::policy::Policy;
    ///
    /// let text = r#"{"groups": {"prodcts": "read", "orders": "all"}}"#;
    /// let error = Policy::from_json(text).unwrap_err();
    /// let paths: Vec<&str> = error.problems().iter().map(|it| it.path.as_str()).collect();
    /// assert_eq!(paths, ["groups.prodcts", "groups.orders"]);
    /// ```
    pub fn problems(&self) -> &[PolicyProblem] {
        &self.problems
    }

    /// Why the file could not be read, if that is the error.
    ///
    /// ```
    /// use std::io;
    /// use bigcommerce_client::policy::Policy;
    ///
    /// let error = Policy::from_file("there-is-no-such-policy.json").unwrap_err();
    /// assert_eq!(error.io_error().map(io::Error::kind), Some(io::ErrorKind::NotFound));
    /// ```
    pub const fn io_error(&self) -> Option<&std::io::Error> {
        self.source.as_ref()
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            match (&self.file, problem.line) {
                (Some(file), 0) => write!(f, "{}: ", file.display())?,
                (Some(file), line) => write!(f, "{}:{line}:{}: ", file.display(), problem.column)?,
                (None, 0) => {}
                (None, line) => write!(f, "line {line}, column {}: ", problem.column)?,
            }
            if !problem.path.is_empty() {
                write!(f, "{}: ", problem.path)?;
            }
            f.write_str(&problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for PolicyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The message contains that of the error of the system.
        self.source.as_ref().and_then(|error| error.source())
    }
}
