//! Why a request is refused, before it is known in which form the body says so.

use http::StatusCode;

/// A refusal: a status, a sentence, and what is wrong with which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// The sentence.
    pub title: String,
    /// What is wrong with which field, by the path that the API uses: `name`, `0.email`.
    pub fields: Vec<(String, String)>,
}

impl Refusal {
    /// A refusal without fields.
    #[must_use]
    pub fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self {
            status,
            title: title.into(),
            fields: Vec::new(),
        }
    }

    /// The same, with something to say about a field.
    #[must_use]
    pub fn about(mut self, field: impl Into<String>, says: impl Into<String>) -> Self {
        self.fields.push((field.into(), says.into()));
        self
    }
}
