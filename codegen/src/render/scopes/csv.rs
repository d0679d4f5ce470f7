//! The scope matrix as CSV: one row for each endpoint, lists with a space between items.

use super::matrix::{Matrix, Row};
use crate::{model::Api, scopes::Table, words::needed_when};

const HEAD: [&str; 25] = [
    "group",
    "id",
    "guide",
    "beyond_guide",
    "method",
    "path",
    "does",
    "note",
    "access",
    "acts_on",
    "scope",
    "satisfied_by",
    "label",
    "level",
    "event",
    "event_guide",
    "fires",
    "version",
    "rate",
    "batch",
    "concurrency",
    "conflicts",
    "conflict_texts",
    "also_needs",
    "or_scope",
];

/// The whole file.
pub(super) fn text(api: &Api, matrix: &Matrix<'_>) -> String {
    let rows = matrix.endpoints.iter();
    let table = Table {
        columns: HEAD.to_vec(),
        rows: rows.map(|row| cells(api, row).to_vec()).collect(),
    };
    table.csv()
}

fn cells(api: &Api, row: &Row<'_>) -> [String; HEAD.len()] {
    let or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
    let about: Vec<&str> = row
        .conflicts
        .iter()
        .map(|conflict| conflict.about)
        .collect();
    let texts: Vec<String> = row
        .conflicts
        .iter()
        .map(|one| super::view::conflict(api, one))
        .collect();
    let also: Vec<String> = row
        .also_needs
        .iter()
        .map(|one| needed_when(one.scope, one.when))
        .collect();
    [
        row.group.to_owned(),
        row.id.to_owned(),
        or_empty(row.guide),
        if row.guide.is_none() { "yes" } else { "no" }.to_owned(),
        row.method.to_owned(),
        row.path.to_owned(),
        row.does.to_owned(),
        or_empty(row.note),
        row.access.to_owned(),
        row.acts_on.to_owned(),
        row.scope.to_owned(),
        row.satisfied_by.join(" "),
        row.label.to_owned(),
        row.level.to_owned(),
        or_empty(row.event),
        or_empty(row.event_guide),
        row.fires.join(" "),
        row.version.to_owned(),
        row.rate.to_owned(),
        number(row.batch),
        number(row.concurrency),
        about.join("; "),
        texts.join(" | "),
        also.join(" | "),
        or_empty(row.or_scope),
    ]
}
