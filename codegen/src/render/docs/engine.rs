//! The template engine: every template is embedded and named here, undefined names are errors, and only HTML
//! output is escaped as HTML.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::{
    AutoEscape, Environment, UndefinedBehavior, Value, syntax::SyntaxConfig, value::Serde,
};
use serde::Serialize;

use super::{
    html::{self, Heading},
    names::Names,
    text,
};
use crate::render::Defect;

/// Every template, by its name in pages and other templates.
pub const TEMPLATES: &[(&str, &str)] = &[
    template!("docs/macros.md"),
    template!("docs/index.md"),
    template!("docs/group.md"),
    template!("docs/provider.md"),
    template!("docs/events.md"),
    template!("docs/errors.md"),
    template!("docs/limits.md"),
    template!("docs/versions.md"),
    template!("docs/coverage.md"),
    template!("docs/authentication.md"),
    template!("docs/questions.md"),
    template!("docs/glossary.md"),
    template!("docs/sources.md"),
    template!("site/layout.html"),
    template!("site/macros.html"),
    template!("site/schema.html"),
    template!("site/endpoint.html"),
    template!("site/index.html"),
    template!("site/authentication.html"),
    template!("site/group.html"),
    template!("site/provider.html"),
    template!("site/endpoints.html"),
    template!("site/scopes.html"),
    template!("site/scope.html"),
    template!("site/access.html"),
    template!("site/events.html"),
    template!("site/limits.html"),
    template!("site/errors.html"),
    template!("site/versions.html"),
    template!("site/coverage.html"),
    template!("site/questions.html"),
    template!("site/glossary.html"),
    template!("site/guides.html"),
    template!("site/guide.html"),
    template!("site/diagnostics.html"),
    template!("site/diagnostic.html"),
    template!("site/table.html"),
    template!("site/sources.html"),
    template!("site/404.html"),
];

/// The site's files that are copied unchanged.
pub const ASSETS: &[(&str, &str)] = &[
    template!("site/style.css"),
    template!("site/site.js"),
    template!("site/theme.js"),
    template!("site/favicon.svg"),
    template!("site/ranking.js"),
    template!("site/search.js"),
    template!("site/tables.js"),
    template!("site/calls.js"),
    template!("site/scopes.js"),
    template!("site/access.js"),
    template!("site/find.js"),
    template!("site/verify.rs"),
];

/// Renders templates.
pub(super) struct Engine {
    environment: Environment<'static>,
}

impl Engine {
    /// The engine with all its templates.
    pub(super) fn new() -> Result<Self, Defect> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .map_err(|cause| Defect::new("the template engine", cause))?;
        environment.set_syntax(syntax);
        // The engine's own escaping also escapes slashes, which only makes pages harder to read.
        environment.set_formatter(|out, state, value| match value.as_str() {
            Some(text) if !value.is_safe() && *state.auto_escape() == AutoEscape::Html => out
                .write_str(&html::escape(text))
                .map_err(minijinja::Error::from),
            _ => minijinja::escape_formatter(out, state, value),
        });
        environment.add_filter("wrap", |text: &str| text::wrap(text, ""));
        environment.add_filter("item", |text: &str| {
            // The continuation lines of an item are indented below its text.
            let mark = text.find(' ').map_or(2, |at| at + 1);
            text::wrap(text, &" ".repeat(mark))
        });
        environment.add_filter("cell", |text: &str| text::cell(text));
        environment.add_filter("path", |text: &str| {
            Value::from_safe_string(html::path(text))
        });
        environment.add_filter("bare", |text: &str| {
            Value::from_safe_string(html::inline(text, &|_| None, None))
        });
        for (name, source) in TEMPLATES {
            environment
                .add_template(name, source)
                .map_err(|cause| Defect::new(name, cause))?;
        }
        Ok(Self { environment })
    }

    /// Renders the page `here` of the site, and returns its headings: their ids pass through `at`. Names in
    /// its prose are links: `md` is for a paragraph, `document` for more, and `bare` is without links.
    pub(super) fn page(
        &self,
        template: &str,
        here: &str,
        names: &Arc<Names>,
        view: &impl Serialize,
    ) -> Result<(String, Vec<Heading>), Defect> {
        let headings: Arc<Mutex<Vec<Heading>>> = Arc::default();
        let to = || {
            let (names, here) = (Arc::clone(names), format!("{here}.html"));
            move |name: &str| names.href(name, &here)
        };
        let mut environment = self.environment.clone();
        let told = Arc::clone(&headings);
        environment.add_filter("at", move |id: &str, title: &str| {
            locked(&told).push(Heading {
                id: id.to_owned(),
                title: html::plain(title),
                text: String::new(),
            });
            id.to_owned()
        });
        let (href, told) = (to(), Arc::clone(&headings));
        environment.add_filter("md", move |text: &str| {
            let mut headings = locked(&told);
            Value::from_safe_string(html::inline(text, &href, headings.last_mut()))
        });
        let (href, told) = (to(), Arc::clone(&headings));
        environment.add_filter("document", move |text: &str, title: &str| {
            let mut headings = locked(&told);
            Value::from_safe_string(html::document(text, title, &href, &mut headings))
        });
        let text = Self { environment }.render(template, view)?;
        let headings = std::mem::take(&mut *locked(&headings));
        Ok((text, headings))
    }

    /// Renders one page: no trailing spaces, no runs of empty lines, a newline at the end.
    pub(super) fn render(&self, name: &str, view: &impl Serialize) -> Result<String, Defect> {
        let template = self
            .environment
            .get_template(name)
            .map_err(|cause| Defect::new(name, cause))?;
        let text = template
            .render(Serde(view))
            .map_err(|cause| Defect::new(name, cause))?;
        Ok(tidy(&text))
    }
}

/// The headings so far. They are complete even if a filter failed.
fn locked(headings: &Mutex<Vec<Heading>>) -> MutexGuard<'_, Vec<Heading>> {
    headings.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the empty lines of loops and conditions, and separates headings.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    let mut code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        }
        let line = line.trim_end();
        if line.is_empty() && empty && !code {
            continue;
        }
        if line.starts_with('#') && !empty && !code {
            out.push('\n');
        }
        empty = line.is_empty();
        out.push_str(line);
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Nothing {}

    #[test]
    fn a_name_the_view_does_not_have_is_an_error() {
        let mut engine = Engine::new().unwrap();
        engine
            .environment
            .add_template("a.html", "{{ missing }}")
            .unwrap();
        engine
            .environment
            .add_template("b.md", "{{ missing }}")
            .unwrap();
        assert!(engine.render("a.html", &Nothing {}).is_err());
        assert!(engine.render("b.md", &Nothing {}).is_err());
    }

    #[test]
    fn runs_of_empty_lines_are_closed_up_outside_code() {
        assert_eq!(
            tidy("\n\na  \n\n\nb\n```\nx\n\n\ny\n```\n\n\n"),
            "a\n\nb\n```\nx\n\n\ny\n```\n"
        );
    }
}
