//! The problems reported in an error response. The API has at least ten error formats; all are
//! parsed into one, and parsing never fails.

use super::excerpt::{as_text, html_title};
use crate::body::text;
use crate::json::Tree;
use crate::secrets::Secrets;

/// One failure as reported by the API.
///
/// # Error bodies
///
/// The usual body of an error response, by version of the API:
///
#[doc = crate::generated::error_bodies!()]
///
/// If `errors` or `batch_errors` is a list of problems, as in batches, each is one of its own. Plain text and the title
/// of an HTML page become the [`title`](Self::title), and an empty body gives no problem.
/// [`Error::body`](crate::Error::body) returns the body unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The status in the body, which may differ from the status of the response.
    pub status: Option<String>,
    /// A short summary of the failure.
    pub title: Option<String>,
    /// A more detailed description.
    pub detail: Option<String>,
    /// The type of the problem: a URL or a word.
    pub r#type: Option<String>,
    /// The API's error code.
    pub code: Option<String>,
    /// The rejected fields.
    pub fields: Vec<FieldProblem>,
    /// The batch item it is about, if the API identifies it by value: names and values, such as
    /// `variant_id` and `7`.
    pub about: Vec<(String, String)>,
}

/// A rejected field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldProblem {
    /// The field, as the API names it: `name`, `0.name` for an item of a batch, `address.city`.
    pub field: String,
    /// The reason.
    pub message: String,
}

impl FieldProblem {
    /// The position in the batch, if the API names the item.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["categories"] store:
    /// # use bigcommerce_client::categories::CategoryCreate;
    /// # let categories: Vec<CategoryCreate> = Vec::new();
    /// let made = store.categories().create(categories).await?;
    /// for field in made.problems().iter().flat_map(|problem| &problem.fields) {
    ///     if let Some(at) = field.index() {
    ///         eprintln!("item {at} of the batch: {}", field.message);
    ///     }
    /// }
    /// # );
    /// ```
    pub fn index(&self) -> Option<usize> {
        self.field.split('.').next()?.parse().ok()
    }
}

/// The field of an error response's body that requests a wait.
pub(crate) const RETRY_AFTER_FIELD: &str = "retry_after_seconds";

/// The wait in seconds that the body of an error response requests, whatever the number is.
pub(crate) fn retry_after_field(body: &[u8]) -> Option<f64> {
    let tree = Tree::lenient(text(body)).ok()?;
    let inner = tree
        .get("error")
        .filter(|inner| matches!(inner, Tree::Object(_)));
    let seconds = [inner, Some(&tree)]
        .into_iter()
        .flatten()
        .find_map(|tree| tree.text(&[RETRY_AFTER_FIELD]));
    seconds?.parse().ok()
}

/// The maximum length of a text taken from a body that is not JSON.
const LONGEST: usize = 300;

/// The maximum number of problems and fields that are read from one body.
const MOST: usize = 1000;

impl Problem {
    /// Parses the body of an error response: JSON in any of its forms, plain text, an HTML page, or
    /// nothing.
    pub(crate) fn parse(body: &[u8]) -> Vec<Self> {
        let body = text(body);
        if body.is_empty() {
            return Vec::new();
        }
        let problems = match Tree::lenient(body) {
            Ok(tree) => Self::from_tree(&tree),
            Err(_) => as_text(body)
                .map(|text| Self::from_text(&text))
                .into_iter()
                .collect(),
        };
        telling(problems)
    }

    /// Parses the body of a success that is actually an error; any other body has no problems.
    pub(super) fn instead(body: &[u8]) -> Vec<Self> {
        match Tree::lenient(text(body)) {
            Ok(tree) if tree.is_an_error() => telling(Self::from_tree(&tree)),
            _ => Vec::new(),
        }
    }

    /// Parses `errors` in a response that succeeded in part.
    pub(crate) fn within(errors: &str) -> Vec<Self> {
        match Tree::lenient(errors.as_bytes()) {
            Ok(tree) => of_errors(&tree),
            Err(_) => Vec::new(),
        }
    }

    /// Redacts secrets, including those with unusual JSON escapes.
    pub(super) fn without(&mut self, secrets: &Secrets) {
        let Self {
            status,
            title,
            detail,
            r#type,
            code,
            fields,
            about,
        } = self;
        for text in [status, title, detail, r#type, code].into_iter().flatten() {
            secrets.strike(text);
        }
        for FieldProblem { field, message } in fields {
            secrets.strike(field);
            secrets.strike(message);
        }
        for (name, value) in about {
            secrets.strike(name);
            secrets.strike(value);
        }
    }

    fn from_tree(tree: &Tree) -> Vec<Self> {
        match tree {
            Tree::Null => Vec::new(),
            Tree::Plain(text) | Tree::Text(text) => vec![Self::from_text(text)],
            Tree::List(items) => items.iter().take(MOST).flat_map(Self::from_tree).collect(),
            Tree::Object(_) => Self::from_object(tree),
        }
    }

    fn from_object(tree: &Tree) -> Vec<Self> {
        if let Some(inner @ Tree::Object(_)) = tree.get("error") {
            return Self::from_object(inner);
        }
        let mut own = Self {
            status: tree.text(&["status"]),
            title: tree.text(&["title", "message", "error", "error_description"]),
            detail: tree.text(&["detail", "details", "error_description"]),
            r#type: tree.text(&["type"]),
            code: tree.text(&["code"]),
            ..Self::default()
        };
        if own.detail == own.title {
            own.detail = None;
        }
        let mut items = Vec::new();
        for (key, value) in [
            ("errors", tree.get("errors")),
            ("batch_errors", tree.get("batch_errors")),
            ("field_errors", tree.get("field_errors")),
            ("details", tree.get("details")),
        ] {
            match value {
                Some(value) if key == "field_errors" || !is_problems(value) => {
                    flatten(value, "", &mut own.fields);
                }
                Some(value) => items.extend(Self::from_tree(value)),
                None => {}
            }
        }
        if key_is_text(tree, "details") {
            own.fields.retain(|field| !field.field.is_empty());
        }
        let said = own.title.is_some() || own.detail.is_some() || !own.fields.is_empty();
        // A refused refund has its problems where others have records.
        if let (false, true, Some(Tree::List(data))) = (said, items.is_empty(), tree.get("data")) {
            let problems = data.iter().filter(|item| is_problem_of_data(item));
            items.extend(problems.take(MOST).flat_map(Self::from_tree));
        }
        if let (true, Some(Tree::Object(data))) = (said, tree.get("data")) {
            let named = |(key, value): &(String, Tree)| Some((key.clone(), value.plain()?));
            own.about = data.iter().filter_map(named).take(MOST).collect();
        }
        if said || items.is_empty() {
            items.insert(0, own);
        }
        items
    }

    /// Whether it identifies this item: all values that they share are equal.
    pub(crate) fn names(&self, item: &Tree) -> bool {
        let shared = |(key, value): &(String, String)| {
            item.get(key)
                .and_then(Tree::plain)
                .map(|own| own.eq_ignore_ascii_case(value))
        };
        let mut shared = self.about.iter().filter_map(shared).peekable();
        shared.peek().is_some() && shared.all(|same| same)
    }

    fn from_text(text: &str) -> Self {
        let text = text.trim();
        let html = text.starts_with('<');
        let said = if html { html_title(text) } else { Some(text) };
        let said = said.map(|said| said.chars().take(LONGEST).collect());
        Self {
            title: said,
            ..Self::default()
        }
    }
}

/// Parses `errors`: a problem or a list of them, or messages by field.
fn of_errors(tree: &Tree) -> Vec<Problem> {
    let problems = if is_problems(tree) {
        Problem::from_tree(tree)
    } else {
        let mut own = Problem::default();
        flatten(tree, "", &mut own.fields);
        vec![own]
    };
    telling(problems)
}

/// Only the problems that say something.
fn telling(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.retain(|problem| *problem != Problem::default());
    problems
}

fn key_is_text(tree: &Tree, key: &str) -> bool {
    matches!(tree.get(key), Some(Tree::Text(_)))
}

/// Whether a value is a problem or a list of problems, rather than messages by field.
fn is_problems(tree: &Tree) -> bool {
    match tree {
        Tree::List(items) => items.iter().any(|item| matches!(item, Tree::Object(_))),
        Tree::Object(_) => {
            ["status", "code", "type"]
                .iter()
                .any(|key| tree.text(&[key]).is_some())
                && tree.text(&["title", "message", "detail"]).is_some()
        }
        _ => false,
    }
}

/// Whether an item of `data` is a problem rather than a record: it has a numeric status, and says why.
fn is_problem_of_data(item: &Tree) -> bool {
    let status = item.text(&["status"]);
    let is_numeric = status.is_some_and(|status| status.parse::<u16>().is_ok());
    is_numeric && item.text(&["title", "message", "error"]).is_some()
}

/// Collects messages by field, at any depth.
fn flatten(tree: &Tree, field: &str, fields: &mut Vec<FieldProblem>) {
    if fields.len() >= MOST {
        return;
    }
    match tree {
        Tree::Null => {}
        Tree::Text(message) if field.is_empty() && message.trim().is_empty() => {}
        Tree::Plain(message) | Tree::Text(message) => {
            let (field, message) = (field.to_owned(), message.clone());
            fields.push(FieldProblem { field, message });
        }
        Tree::List(items) => {
            let nested = |item: &Tree| matches!(item, Tree::Object(_) | Tree::List(_));
            for (at, item) in items.iter().enumerate() {
                if nested(item) {
                    flatten(item, &join(field, &at.to_string()), fields);
                } else {
                    flatten(item, field, fields);
                }
            }
        }
        Tree::Object(inner) => {
            for (key, value) in inner {
                flatten(value, &join(field, key), fields);
            }
        }
    }
}

fn join(outer: &str, inner: &str) -> String {
    let inner = inner.trim_start_matches('.');
    if outer.is_empty() {
        inner.to_owned()
    } else {
        format!("{outer}.{inner}")
    }
}

#[cfg(test)]
mod tests;
