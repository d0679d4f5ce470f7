//! Draws diagnostics the way rustc does: file, line and column, the text underlined, why, and the
//! fix.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity, SpecPath, locate::Locator};
use crate::source::Sources;

/// The diagnostics as text without colours, in the order of file and line.
#[must_use]
pub fn render_plain(diagnostics: &Diagnostics, sources: &Sources) -> String {
    render(diagnostics, sources, &Renderer::plain())
}

/// The diagnostics as text with terminal colours, in the order of file and line.
#[must_use]
pub fn render_styled(diagnostics: &Diagnostics, sources: &Sources) -> String {
    render(diagnostics, sources, &Renderer::styled())
}

fn render(diagnostics: &Diagnostics, sources: &Sources, renderer: &Renderer) -> String {
    let mut locator = Locator::new(sources);
    let mut located: Vec<(Option<Range<usize>>, &Diagnostic)> = diagnostics
        .iter()
        .map(|diagnostic| (locator.locate(&diagnostic.at), diagnostic))
        .collect();
    located.sort_by_key(|(range, diagnostic)| {
        (
            &diagnostic.at.file,
            range.as_ref().map(|range| range.start),
            diagnostic.code.number,
        )
    });
    let drawn: Vec<String> = located
        .into_iter()
        .map(|(range, diagnostic)| draw(diagnostic, range, &mut locator, sources, renderer))
        .collect();
    drawn.join("\n")
}

fn draw(
    diagnostic: &Diagnostic,
    range: Option<Range<usize>>,
    locator: &mut Locator<'_>,
    sources: &Sources,
    renderer: &Renderer,
) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let id = format!("{} {}", diagnostic.code.number, diagnostic.code.name);
    let mut group: Group<'_> = Group::with_title(level.primary_title(&*diagnostic.message).id(id));
    let primary = range.map(|range| {
        let label = diagnostic.label.as_deref();
        (
            &diagnostic.at,
            AnnotationKind::Primary.span(range).label(label),
        )
    });
    let mut annotations: Vec<(&SpecPath, Annotation<'_>)> = primary.into_iter().collect();
    let mut elsewhere: Vec<&SpecPath> = Vec::new();
    for (path, text) in &diagnostic.labels {
        match locator.locate(path) {
            Some(range) => {
                annotations.push((path, AnnotationKind::Context.span(range).label(&**text)));
            }
            None => elsewhere.push(path),
        }
    }
    if !annotations
        .iter()
        .any(|(path, _)| path.file == diagnostic.at.file)
    {
        group = group.element(Origin::path(sources.display_path(&diagnostic.at.file)));
    }
    while let Some((first, _)) = annotations.first() {
        let file = first.file.clone();
        let (here, others) = annotations
            .into_iter()
            .partition(|(path, _)| path.file == file);
        annotations = others;
        let here: Vec<(&SpecPath, Annotation<'_>)> = here;
        let text = sources.text(&file).unwrap_or_default();
        group = group.element(
            Snippet::source(text)
                .path(sources.display_path(&file))
                .annotations(here.into_iter().map(|(_, annotation)| annotation)),
        );
    }
    for path in elsewhere {
        group = group.element(Origin::path(sources.display_path(&path.file)));
    }
    if let Some(why) = &diagnostic.why {
        group = group.element(Level::NOTE.message(&**why));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}
