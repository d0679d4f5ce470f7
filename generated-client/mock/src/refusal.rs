//! Why a request is rejected, independent of the format of the error response.

use http::StatusCode;

use crate::key::Key;

/// An error response: a status, a message, and the error of each invalid field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// The message.
    pub title: String,
    /// The errors by field, with the path that the API uses: `name`, `0.email`.
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

    /// The same, with an error about a field.
    #[must_use]
    pub fn about(mut self, field: impl Into<String>, says: impl Into<String>) -> Self {
        self.fields.push((field.into(), says.into()));
        self
    }

    /// The record does not exist.
    pub(crate) fn not_found(key: &Key) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("There is nothing with the id {key}."),
        )
    }

    /// The input has the right form but is not possible.
    pub(crate) fn invalid(field: impl Into<String>, says: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, INVALID).about(field, says)
    }

    /// A bug in the mock's own rules.
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

/// The `type` of a problem.
pub(crate) const PROBLEM_TYPE: &str =
    "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/// The message for a body that its schema rejects.
pub(crate) const INVALID: &str = "JSON data is missing or invalid";
