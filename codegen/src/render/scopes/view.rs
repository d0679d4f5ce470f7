//! The scope matrix as its Markdown shows it: cells and sentences, ready for the template.

use serde::Serialize;

use super::matrix::{Matrix, Row};
use crate::{
    model::{Api, Endpoint, ScopeId},
    render::{
        catalogue::{Conflict, Counts},
        text::{capital, cell, prose},
    },
    words::{Plain, Words, also_requires, either},
};

/// The input of the template.
#[derive(Serialize)]
pub(super) struct View {
    does: String,
    totals: Vec<Total>,
    /// How many endpoints the guide lists.
    listed: usize,
    groups: Vec<Group>,
    scopes: Vec<Scope>,
    least: Vec<Least>,
    sources: Vec<Source>,
    footnotes: Vec<String>,
}

#[derive(Serialize)]
struct Total {
    name: &'static str,
    guide: usize,
    rows: usize,
    ours: usize,
}

#[derive(Serialize)]
struct Group {
    title: String,
    does: String,
    warning: String,
    rows: Vec<Cells>,
}

#[derive(Serialize)]
struct Cells {
    call: String,
    id: String,
    /// Whether the guide lists it: few are, so these are marked.
    listed: bool,
    does: String,
    note: Option<String>,
    access: String,
    also_needs: Vec<String>,
    scope: String,
    satisfied_by: String,
    panel: String,
    event: String,
    acts_on: String,
    version: String,
    limits: String,
    conflicts: String,
}

#[derive(Serialize)]
struct Scope {
    wire: String,
    panel: String,
    covers: String,
    count: usize,
    satisfied_by: String,
    endpoints: String,
    also_opens: String,
    /// The endpoints that need it only with some values, if there are any.
    also_needed_by: Option<String>,
    conflicts: String,
}

#[derive(Serialize)]
struct Least {
    name: String,
    read: String,
    full: String,
}

#[derive(Serialize)]
struct Source {
    name: String,
    title: String,
    version: String,
}

/// The notes at the end, each once, in the order of their first use.
#[derive(Default)]
struct Footnotes(Vec<String>);

impl Footnotes {
    /// What the sources disagree on, each with the number of its note.
    fn marks(&mut self, api: &Api, conflicts: &[Conflict<'_>]) -> String {
        let marks = conflicts.iter().map(|one| {
            let text = conflict(api, one);
            let at = self
                .0
                .iter()
                .position(|note| *note == text)
                .unwrap_or_else(|| {
                    self.0.push(text);
                    self.0.len() - 1
                });
            format!("{}[^{}]", cell(&prose(one.about)), at + 1)
        });
        marks.collect::<Vec<_>>().join(", ")
    }
}

/// A disagreement of the sources, as sentences.
pub(super) fn conflict(api: &Api, conflict: &Conflict<'_>) -> String {
    let told = Words::new(api, &Plain).conflict(conflict.told);
    format!("{}. {}", capital(&told.about), told.text())
}

impl View {
    pub(super) fn of(api: &Api, matrix: &Matrix<'_>) -> Self {
        let mut notes = Footnotes::default();
        let groups = api
            .groups
            .iter()
            .map(|group| Group {
                title: prose(&group.title),
                does: prose(&group.does),
                warning: prose(&group.warning),
                rows: matrix.endpoints[group.endpoints.clone()]
                    .iter()
                    .zip(api.endpoints_of(group))
                    .map(|(row, one)| cells(api, row, &panel(api, one), &mut notes))
                    .collect(),
            })
            .collect();
        let scopes = matrix
            .scopes
            .iter()
            .enumerate()
            .map(|(at, scope)| Scope {
                wire: code(scope.wire),
                panel: cell(&prose(&api.panel(ScopeId(at)))),
                covers: cell(&prose(scope.covers)),
                count: scope.endpoints.len() + scope.also_opens.len(),
                satisfied_by: codes(&scope.satisfied_by),
                endpoints: codes(&scope.endpoints),
                also_opens: codes(&scope.also_opens),
                also_needed_by: (!scope.also_needed_by.is_empty())
                    .then(|| codes(&scope.also_needed_by)),
                conflicts: notes.marks(api, &scope.conflicts),
            })
            .collect();
        Self {
            does: prose(matrix.does),
            totals: totals(matrix),
            listed: matrix
                .endpoints
                .iter()
                .filter(|row| row.guide.is_some())
                .count(),
            groups,
            scopes,
            least: least(api, matrix),
            sources: sources(api),
            footnotes: notes.0.iter().map(|note| prose(note)).collect(),
        }
    }
}

fn cells(api: &Api, row: &Row<'_>, panel: &str, notes: &mut Footnotes) -> Cells {
    let others = row.satisfied_by.iter().copied();
    let others: Vec<&str> = others.filter(|one| Some(*one) != row.or_scope).collect();
    Cells {
        call: code(&format!("{} {}", row.method, row.path)),
        id: code(row.id),
        listed: row.guide.is_some(),
        does: cell(&prose(row.does)),
        note: row.note.map(|note| cell(&prose(note))),
        access: row.access.to_owned(),
        also_needs: also_needs(row),
        scope: either(&code(row.scope), row.or_scope.map(code).as_deref()),
        satisfied_by: codes(&others),
        panel: cell(&prose(panel)),
        event: event(row),
        acts_on: cell(&prose(row.acts_on)),
        version: cell(row.generation),
        limits: limits(api, row),
        conflicts: notes.marks(api, &row.conflicts),
    }
}

/// Where the least scope of a call, and its alternative, are in the control panel.
fn panel(api: &Api, endpoint: &Endpoint) -> String {
    let or = endpoint.or_scope.map(|id| api.panel(id));
    either(&api.panel(endpoint.scope), or.as_deref())
}

/// The scopes that a call needs only with some values.
fn also_needs(row: &Row<'_>) -> Vec<String> {
    let also = row.also_needs.iter().map(|one| {
        let when = cell(&prose(one.when));
        also_requires(&code(one.scope), &when)
    });
    also.collect()
}

/// The events that a call fires, and the one that the guide links to it although it does not.
fn event(row: &Row<'_>) -> String {
    let mut events: Vec<String> = row.fires.iter().map(|event| code(event)).collect();
    if let Some(event) = row.event
        && !row.fires.contains(&event)
    {
        events.push(format!("({})", code(event)));
    }
    dash(events.join(", "))
}

fn limits(api: &Api, row: &Row<'_>) -> String {
    let words = Words::new(api, &Plain);
    let batch = row.batch.map(|max| words.batch_size(max));
    let concurrency = row.concurrency.map(|max| words.concurrent(max));
    let rate = (!row.standard_rate).then(|| prose(row.rate));
    let parts = [rate, batch, concurrency].into_iter().flatten();
    dash(cell(&parts.collect::<Vec<String>>().join("; ")))
}

fn totals(matrix: &Matrix<'_>) -> Vec<Total> {
    let totals = &matrix.totals;
    let row = |name, of: fn(&Counts) -> usize| Total {
        name,
        guide: of(&totals.guide),
        rows: of(&totals.rows),
        ours: of(&totals.ours),
    };
    vec![
        row("Endpoints", |counts| counts.endpoints),
        row("Groups", |counts| counts.groups),
        row("Endpoints that read", |counts| counts.reads),
        row("Endpoints that write", |counts| counts.writes),
        row("Scopes", |counts| counts.scopes),
        row("Events", |counts| counts.events),
    ]
}

fn least(api: &Api, matrix: &Matrix<'_>) -> Vec<Least> {
    let titles = api.groups.iter().map(|group| prose(&group.title));
    let names = titles.chain(["**All of them**".to_owned()]);
    matrix
        .least
        .iter()
        .zip(names)
        .map(|(least, name)| Least {
            name: cell(&name),
            read: codes(&least.read),
            full: codes(&least.full),
        })
        .collect()
}

fn sources(api: &Api) -> Vec<Source> {
    let sources = api.service.sources.iter();
    sources
        .map(|(name, source)| Source {
            name: capital(name),
            title: prose(&source.title),
            version: prose(&source.version),
        })
        .collect()
}

fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

fn codes(texts: &[&str]) -> String {
    dash(
        texts
            .iter()
            .map(|text| code(text))
            .collect::<Vec<_>>()
            .join(", "),
    )
}

fn dash(text: String) -> String {
    if text.is_empty() {
        "–".to_owned()
    } else {
        text
    }
}
