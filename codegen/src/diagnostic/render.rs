//! Draws diagnostics the way rustc does: file, line and column, the text underlined, why, and the fix.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Code, Diagnostic, Diagnostics, Severity, SpecPath, locate::Locator};
use crate::source::Sources;

/// The diagnostics as text without colours: causes first, then by file and line.
#[must_use]
pub fn render_plain(diagnostics: &Diagnostics, sources: &Sources) -> String {
    render(diagnostics, sources, &Renderer::plain())
}

/// The diagnostics as text with terminal colours: causes first, then by file and line.
#[must_use]
pub fn render_styled(diagnostics: &Diagnostics, sources: &Sources) -> String {
    render(diagnostics, sources, &Renderer::styled())
}

/// How many are drawn. Each one reads its file again, and nobody fixes more at once.
const DRAWN: usize = 100;

fn render(diagnostics: &Diagnostics, sources: &Sources, renderer: &Renderer) -> String {
    let mut locator = Locator::new(sources);
    let mut first: Vec<&Diagnostic> = diagnostics.iter().collect();
    first.sort_by_key(|diagnostic| (rank(diagnostic.code), &diagnostic.at.file));
    let more = first.len().saturating_sub(DRAWN);
    first.truncate(DRAWN);
    let mut drawn: Vec<String> = ordered(first, &mut locator)
        .into_iter()
        .map(|(range, diagnostic)| draw(diagnostic, range, &mut locator, sources, renderer))
        .collect();
    if more > 0 {
        drawn.push(format!("and {more} more\n"));
    }
    harmless(drawn.join("\n"))
}

/// Each with its bytes, causes first, then by file and place.
pub(super) fn ordered<'d>(
    diagnostics: Vec<&'d Diagnostic>,
    locator: &mut Locator<'_>,
) -> Vec<(Option<Range<usize>>, &'d Diagnostic)> {
    let mut located: Vec<(Option<Range<usize>>, &Diagnostic)> = diagnostics
        .into_iter()
        .map(|diagnostic| (locator.locate(&diagnostic.at), diagnostic))
        .collect();
    located.sort_by_key(|(range, diagnostic)| {
        (
            rank(diagnostic.code),
            &diagnostic.at.file,
            range.as_ref().map(|range| range.start),
            diagnostic.code.number,
        )
    });
    located
}

/// Removes those control characters that a terminal may interpret and the renderer does not escape.
fn harmless(drawn: String) -> String {
    let obeyed = |c: char| c == '\0' || matches!(c, '\u{80}'..='\u{9f}');
    if drawn.contains(obeyed) {
        drawn.replace(obeyed, "\u{fffd}")
    } else {
        drawn
    }
}

/// Causes come before their consequences: files and their YAML, then names, then everything that is checked
/// by them, and warnings last.
fn rank(code: &Code) -> (Severity, u8) {
    let place = match &code.number[1..3] {
        "00" | "01" | "02" => 0,
        "10" => 1,
        _ => 2,
    };
    (code.severity, place)
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
