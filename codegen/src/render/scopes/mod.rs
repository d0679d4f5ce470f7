//! The scope matrix: which scope each endpoint needs, what each scope allows, and the minimum scopes for a
//! task. As Markdown to read, as CSV to filter, as JSON to build on.

mod csv;
mod matrix;
mod view;

use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};

use self::{matrix::Matrix, view::View};
use super::{Defect, File, json_text, text::wrap};
use crate::model::Api;

const ROOT: &str = "generated-client/docs";
const TEMPLATE: &str = include_str!("../../../../templates/scopes/matrix.md");

/// Renders `scope-matrix.md`, `.csv` and `.json`.
pub fn render(api: &Api) -> Result<Vec<File>, Defect> {
    let matrix = Matrix::of(api);
    let json =
        json_text::print(&matrix).map_err(|cause| Defect::new("scope-matrix.json", cause))?;
    let markdown = markdown(&View::of(api, &matrix))
        .map_err(|cause| Defect::new("scopes/matrix.md", cause))?;
    let file = |kind: &str, text| File {
        path: format!("{ROOT}/scope-matrix.{kind}"),
        text,
    };
    Ok(vec![
        file("csv", csv::text(api, &matrix)),
        file("json", json),
        file("md", markdown),
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
