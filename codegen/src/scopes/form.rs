//! The formats of an answer: aligned text, Markdown, CSV, and JSON, which is the answer itself.

use std::{borrow::Cow, fmt::Write as _};

use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a person at a terminal.
    Text,
    /// For programs.
    Json,
    /// Markdown, for a review or a ticket.
    Markdown,
    /// For a spreadsheet: one table with a header row.
    Csv,
}

/// An answer that can be printed in every format.
pub trait Told: Serialize {
    /// Its contents, for text and Markdown.
    fn parts(&self) -> Vec<Part>;

    fn table(&self) -> Table;

    /// It in this form.
    ///
    /// # Errors
    ///
    /// If it cannot be converted to JSON.
    fn tell(&self, form: Form) -> Result<String, serde_json::Error> {
        Ok(match form {
            Form::Text => text(&self.parts()),
            Form::Markdown => markdown(&self.parts()),
            Form::Csv => self.table().csv(),
            Form::Json => serde_json::to_string_pretty(self)? + "\n",
        })
    }
}

/// A part of an answer.
#[derive(Debug)]
pub enum Part {
    /// What it is about.
    Title(String),
    /// A sentence.
    Line(String),
    /// Check boxes with their wire names.
    Boxes(Vec<(String, String)>),
    /// Something to copy.
    Copy(&'static str, String),
    /// A table below a sentence.
    Table(String, Table),
}

#[derive(Debug)]
pub struct Table {
    /// The names of its columns.
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as CSV (RFC 4180), with a header row.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut out = self.columns.join(",") + "\r\n";
        for row in &self.rows {
            let cells: Vec<_> = row.iter().map(|cell| quoted(cell)).collect();
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
        out
    }
}

/// A CSV cell, in quotes if necessary.
fn quoted(cell: &str) -> Cow<'_, str> {
    let outer_space = cell.trim_matches(' ').len() < cell.len();
    match outer_space || cell.contains([',', '"', '\r', '\n']) {
        true => Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\""))),
        false => Cow::Borrowed(cell),
    }
}

fn text(parts: &[Part]) -> String {
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &parts[at]);
        let ends = matches!(before, Some(Part::Table(..)));
        if at > 0 && (ends || matches!(part, Part::Table(..) | Part::Copy(..))) {
            out.push('\n');
        }
        match part {
            Part::Title(line) | Part::Line(line) => out.push_str(line),
            Part::Boxes(boxes) => {
                let rows = boxes
                    .iter()
                    .map(|(panel, wire)| vec![format!("[x] {panel}"), wire.clone()]);
                aligned(&mut out, &rows.collect::<Vec<_>>());
                continue;
            }
            Part::Copy(name, what) => {
                let _ = write!(out, "{name}: {what}");
            }
            Part::Table(title, table) => {
                out.push_str(title);
                out.push('\n');
                aligned(&mut out, &table.rows);
                continue;
            }
        }
        out.push('\n');
    }
    out
}

/// Rows with aligned columns.
fn aligned(out: &mut String, rows: &[Vec<String>]) {
    let columns = rows.first().map_or(0, Vec::len);
    let wide: Vec<usize> = (0..columns)
        .map(|at| {
            rows.iter()
                .map(|row| row[at].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in rows {
        let mut line = String::from(" ");
        for (cell, wide) in row.iter().zip(&wide) {
            let _ = write!(line, " {cell:<wide$} ");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn markdown(parts: &[Part]) -> String {
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        match part {
            Part::Title(title) => {
                let _ = writeln!(out, "# `{title}`");
            }
            Part::Line(line) => {
                let _ = writeln!(out, "{line}");
            }
            Part::Boxes(boxes) => {
                for (panel, wire) in boxes {
                    let _ = writeln!(out, "- [ ] {panel} (`{wire}`)");
                }
            }
            Part::Copy(name, what) => {
                let _ = writeln!(out, "{name}: `{what}`");
            }
            Part::Table(title, table) => {
                let _ = writeln!(out, "{title}\n\n| {} |", table.columns.join(" | "));
                let rule = vec!["---"; table.columns.len()];
                let _ = writeln!(out, "| {} |", rule.join(" | "));
                for row in &table.rows {
                    let cells: Vec<String> =
                        row.iter().map(|cell| cell.replace('|', "\\|")).collect();
                    let _ = writeln!(out, "| {} |", cells.join(" | "));
                }
            }
        }
    }
    out
}
