//! The text of the calls found in Rust source.

use super::{also_needs, counted, least};
use crate::scopes::{
    Raw, Scanned,
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
        let macros = counted(self.macros.len(), "macro");
        let macros = format!("{macros} could not be read:");
        for (title, column, places) in [
            ("Raw calls whose scope is unknown:", "Call", &self.raw),
            ("Files that are not Rust:", "Problem", &self.unread),
            (macros.as_str(), "Macro", &self.macros),
            (
                "Possible calls, on parameters of closures whose types are unknown:",
                "Call",
                &self.untyped,
            ),
        ] {
            if !places.is_empty() {
                parts.push(Part::Table(title.to_owned(), listed(column, places)));
            }
        }
        match &self.checked {
            Some(checked) => parts.extend(checked.parts()),
            None => parts.extend(self.needed.parts()),
        }
        parts
    }

    fn table(&self) -> Table {
        let sites = self.sites.iter().map(|site| {
            let (line, column) = (site.line.to_string(), site.column.to_string());
            let of = &site.call;
            vec![
                site.file.clone(),
                line,
                column,
                of.id.to_owned(),
                of.scope.to_owned(),
                of.panel.clone(),
                String::new(),
                also_needs(of),
            ]
        });
        let mut rows: Vec<_> = sites.collect();
        for (problem, places) in [
            ("raw call whose scope is unknown", &self.raw),
            ("file that is not Rust", &self.unread),
            ("macro that could not be read", &self.macros),
            (
                "possible call, on a parameter of a closure whose type is unknown",
                &self.untyped,
            ),
        ] {
            rows.extend(places.iter().map(|one| {
                let mut row = vec![
                    one.file.clone(),
                    one.line.to_string(),
                    one.column.to_string(),
                ];
                row.extend(["", "", ""].map(str::to_owned));
                row.extend([format!("{problem}: {}", one.what), String::new()]);
                row
            }));
        }
        let columns = vec![
            "file",
            "line",
            "column",
            "id",
            "scope",
            "panel",
            "problem",
            "also_needs",
        ];
        Table { columns, rows }
    }
}

fn listed(column: &'static str, places: &[Raw]) -> Table {
    let rows = places.iter().map(|one| vec![one.place(), one.what.clone()]);
    Table {
        columns: vec!["Place", column],
        rows: rows.collect(),
    }
}

fn sites(scanned: &Scanned<'_>) -> Table {
    let rows = scanned
        .sites
        .iter()
        .map(|site| vec![site.place(), site.call.id.to_owned(), least(&site.call)]);
    let columns = vec!["Place", "Endpoint", "Least scope"];
    Table {
        columns,
        rows: rows.collect(),
    }
}
