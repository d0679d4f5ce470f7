//! Forms: named values and files in one request body.

use std::fmt;

use super::FilePart;
use crate::query::ToQuery;

/// A `multipart/form-data` body: named values and files.
///
/// ```
/// use bigcommerce_client::upload::{FilePart, Form};
///
/// let form = Form::new()
///     .file("image_file", FilePart::path("acme.png"))
///     .value("is_thumbnail", true);
/// ```
#[derive(Clone, Default)]
#[must_use = "a form does nothing until it is passed to a request"]
pub struct Form {
    pub(super) parts: Vec<Part>,
    /// What in it must not be sent.
    mistake: Option<String>,
}

/// A part of a form.
#[derive(Clone)]
pub(super) struct Part {
    pub name: String,
    pub content: Content,
}

#[derive(Clone)]
pub(super) enum Content {
    Value(String),
    File(FilePart, Accepted),
}

/// Which files the API accepts.
#[derive(Clone, Copy, Default)]
pub(crate) struct Accepted {
    /// Their maximum size in bytes.
    pub most: Option<u64>,
    /// Their types; any if it is empty.
    pub types: &'static [&'static str],
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value. An invalid [`DateTime`](crate::DateTime) makes the call fail with
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) before it is sent, as in a query; strings are not
    /// validated.
    pub fn value(mut self, name: impl Into<String>, value: impl ToQuery) -> Self {
        self.mistake = self.mistake.or_else(|| value.mistake());
        let content = Content::Value(value.to_query().into_owned());
        self.push(name.into(), content);
        self
    }

    /// Adds a file.
    pub fn file(mut self, name: impl Into<String>, file: FilePart) -> Self {
        self.push(name.into(), Content::File(file, Accepted::default()));
        self
    }

    fn push(&mut self, name: String, content: Content) {
        self.parts.push(Part { name, content });
    }

    /// Sets a value, replacing an earlier one.
    #[allow(dead_code, reason = "without a call that takes a form")]
    pub(crate) fn set_value(&mut self, name: &str, value: String) {
        self.parts.retain(|part| part.name != name);
        self.push(name.to_owned(), Content::Value(value));
    }

    /// Sets a file, which is checked unless the caller has turned that off, replacing an earlier one.
    #[allow(dead_code, reason = "without a call that takes a form")]
    pub(crate) fn set_file(&mut self, name: &str, file: FilePart, accepted: Accepted) {
        self.parts.retain(|part| part.name != name);
        let accepted = match file.unchecked {
            true => Accepted::default(),
            false => accepted,
        };
        self.push(name.to_owned(), Content::File(file, accepted));
    }

    /// What in it must not be sent.
    pub(crate) fn mistake(&self) -> Option<&String> {
        self.mistake.as_ref()
    }

    /// Whether it can be sent from its beginning, for the first time or again.
    pub(crate) fn can_replay(&self) -> bool {
        self.files().all(FilePart::can_replay)
    }

    /// The names of its values and files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &FilePart> {
        self.parts.iter().filter_map(|part| match &part.content {
            Content::File(file, _) => Some(file),
            Content::Value(_) => None,
        })
    }
}

/// Omits the values, which may be private.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.names().collect();
        f.debug_struct("Form").field("parts", &names).finish()
    }
}
