//! The scope matrix: which scope each endpoint needs, what each scope opens, and the fewest scopes for
//! a task. As Markdown to read, as CSV to filter, as JSON to build on.

mod csv;
mod least;
mod matrix;
mod view;

use std::fmt;

use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};

use self::{matrix::Matrix, view::View};
use super::{File, docs::text::wrap, json_text};
use crate::model::Api;

pub use self::least::{least, opens};

const ROOT: &str = "generated-client/docs";
const TEMPLATE: &str = include_str!("../../../../templates/scopes/matrix.md");

/// A scope matrix that cannot be rendered, which is a defect of the template or of this module.
#[derive(Debug)]
pub enum RenderError {
    /// The template failed.
    Template(minijinja::Error),
    /// The data cannot be written as JSON.
    Json(serde_json::Error),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(cause) => write!(f, "the template scopes/matrix.md fails: {cause:#}"),
            Self::Json(cause) => write!(f, "the scope matrix cannot be written as JSON: {cause}"),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<minijinja::Error> for RenderError {
    fn from(cause: minijinja::Error) -> Self {
        Self::Template(cause)
    }
}

/// Renders `scope-matrix.md`, `.csv` and `.json`.
pub fn render(api: &Api) -> Result<Vec<File>, RenderError> {
    let matrix = Matrix::of(api);
    let json = json_text::print(&matrix).map_err(RenderError::Json)?;
    let file = |kind: &str, text| File {
        path: format!("{ROOT}/scope-matrix.{kind}"),
        text,
    };
    Ok(vec![
        file("csv", csv::text(&matrix)),
        file("json", json),
        file("md", markdown(&View::of(api, &matrix))?),
    ])
}

fn markdown(view: &View) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    environment.set_syntax(syntax);
    environment.add_filter("wrap", |text: &str| wrap(text, ""));
    environment.add_filter("note", |text: &str| wrap(text, "    "));
    environment.add_template("matrix.md", TEMPLATE)?;
    environment.get_template("matrix.md")?.render(Serde(view))
}
