//! The text of the calls found in Rust source.

use super::{also_needs, counted};
use crate::scopes::{
    Scanned,
    form::{Part, Table, Told},
};

impl Told for Scanned<'_> {
    fn parts(&self) -> Vec<Part> {
        let files = counted(self.files, "file");
        let mut parts = vec![Part::Line(format!(
            "{} in {files}.",
            counted(self.sites.len(), "call")
        ))];
        if !self.sites.is_empty() {
            parts.push(Part::Table("Calls:".to_owned(), sites(self)));
        }
        if !self.raw.is_empty() {
            let rows = self
                .raw
                .iter()
                .map(|one| vec![one.place(), one.what.clone()]);
            let table = Table {
                columns: vec!["Place", "Call"],
                rows: rows.collect(),
            };
            let title = "Raw calls whose scope is unknown:".to_owned();
            parts.push(Part::Table(title, table));
        }
        if !self.unread.is_empty() {
            let rows = self
                .unread
                .iter()
                .map(|one| vec![one.place(), one.what.clone()]);
            let table = Table {
                columns: vec!["Place", "Problem"],
                rows: rows.collect(),
            };
            parts.push(Part::Table("Files that are not Rust:".to_owned(), table));
        }
        match &self.checked {
            Some(checked) => parts.extend(checked.parts()),
            None => parts.extend(self.needed.parts()),
        }
        parts
    }

    fn table(&self) -> Table {
        let rows = self.sites.iter().map(|site| {
            let (line, column) = (site.line.to_string(), site.column.to_string());
            let of = &site.call;
            vec![
                site.file.clone(),
                line,
                column,
                of.id.to_owned(),
                of.scope.to_owned(),
                of.panel.clone(),
                also_needs(of),
            ]
        });
        let columns = vec![
            "file",
            "line",
            "column",
            "id",
            "scope",
            "panel",
            "also_needs",
        ];
        Table {
            columns,
            rows: rows.collect(),
        }
    }
}

fn sites(scanned: &Scanned<'_>) -> Table {
    let rows = scanned.sites.iter().map(|site| {
        vec![
            site.place(),
            site.call.id.to_owned(),
            site.call.scope.to_owned(),
        ]
    });
    let columns = vec!["Place", "Endpoint", "Least scope"];
    Table {
        columns,
        rows: rows.collect(),
    }
}
