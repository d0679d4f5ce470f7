//! Why a request is refused, before it is known in which form the body says so.

use http::StatusCode;

use crate::key::Key;

/// An error response: a status, a sentence, and what is wrong with which field.
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
    /// An error response without fields.
    ///
    /// ```
    /// use bigcommerce_mock::Refusal;
    ///
    /// let refusal = Refusal::new(http::StatusCode::CONFLICT, "The name is taken.").about("name", "is taken");
    /// assert_eq!(refusal.fields.len(), 1);
    /// ```
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

    /// There is no such record.
    pub(crate) fn not_found(key: &Key) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("There is nothing with the id {key}."),
        )
    }

    /// The input is of the right form and still cannot be.
    pub(crate) fn invalid(field: impl Into<String>, says: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, INVALID).about(field, says)
    }

    /// Something is wrong with the mock's own rules.
    pub(crate) fn defect(says: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, says)
    }

    /// The same about an item of a batch.
    pub(crate) fn within(mut self, index: usize) -> Self {
        for (field, _) in &mut self.fields {
            *field = format!("{index}.{field}");
        }
        self
    }
}

/// What problems say of their kind.
pub(crate) const PROBLEM_TYPE: &str =
    "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/// What the API says of a body that its schema refuses.
pub(crate) const INVALID: &str = "JSON data is missing or invalid";
