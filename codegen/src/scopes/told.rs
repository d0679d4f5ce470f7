//! The text of each answer.

mod scanned;

use super::{
    Allowed, AlsoNeeded, Checked, Explained, Needed, NeededCall, NeededScope, Unknown,
    also::cell,
    form::{Part, Table, Told},
};
use crate::words::either;

const CALL: [&str; 4] = ["id", "method", "path", "access"];

fn call(one: &NeededCall<'_>) -> Vec<String> {
    [one.id, one.method, one.path, one.access]
        .map(str::to_owned)
        .to_vec()
}

/// Calls with the least scope of each.
fn calls<'a>(of: impl IntoIterator<Item = &'a NeededCall<'a>>) -> Table {
    let rows = of.into_iter().map(|one| {
        let mut row = call(one);
        row.extend([
            one.scope.to_owned(),
            one.panel.clone(),
            one.satisfied_by.join(" "),
            also_needs(one),
        ]);
        row
    });
    let columns = ["scope", "panel", "satisfied_by", "also_needs"];
    let columns = [&CALL[..], &columns].concat();
    Table {
        columns,
        rows: rows.collect(),
    }
}

/// The scopes that a call needs only with some values.
fn also_needs(call: &NeededCall<'_>) -> String {
    cell(call.also_needs.iter().map(|one| (one.scope, one.when)))
}

/// The least scope of a call, and its alternative.
fn least(call: &NeededCall<'_>) -> String {
    either(call.scope, call.or_scope)
}

/// The same for people, who need the scope once.
fn listed<'a>(of: impl IntoIterator<Item = &'a NeededCall<'a>>) -> Table {
    let rows = of.into_iter().map(|one| {
        let call = format!("{} {}", one.method, one.path);
        vec![one.id.to_owned(), call, least(one)]
    });
    let columns = vec!["Endpoint", "Request", "Least scope"];
    Table {
        columns,
        rows: rows.collect(),
    }
}

fn boxes(scopes: &[NeededScope<'_>]) -> Part {
    let boxes = scopes
        .iter()
        .map(|one| (one.panel.clone(), one.scope.to_owned()));
    Part::Boxes(boxes.collect())
}

/// Scopes that are needed only with some values.
fn also(title: &str, of: &[AlsoNeeded<'_>]) -> Option<Part> {
    let rows: Vec<_> = of
        .iter()
        .map(|one| {
            let calls = one.calls.join(", ");
            let when = format!("when {}", one.when);
            vec![one.scope.to_owned(), one.panel.clone(), when, calls]
        })
        .collect();
    let columns = vec!["Scope", "Control panel", "Condition", "Endpoints"];
    (!rows.is_empty()).then(|| Part::Table(title.to_owned(), Table { columns, rows }))
}

fn disputed(calls: &[NeededCall<'_>]) -> Option<Part> {
    let rows: Vec<_> = calls
        .iter()
        .filter_map(|one| Some(vec![one.id.to_owned(), one.disputed?.to_owned()]))
        .collect();
    (!rows.is_empty()).then(|| {
        let title = "Sources disagree on the scope of:".to_owned();
        Part::Table(
            title,
            Table {
                columns: vec!["Endpoint", "Recommendation"],
                rows,
            },
        )
    })
}

fn unknown(names: &[Unknown<'_>]) -> Option<Part> {
    let rows = names.iter().filter(|one| !one.of_every_token).map(|one| {
        let about = match one.meant {
            Some(meant) => format!("did you mean {meant}?"),
            None => "no call in the spec needs it".to_owned(),
        };
        vec![one.name.clone(), about]
    });
    noted("Not in the spec:", rows.collect())
}

/// Names that are correct although the spec does not have them.
fn ignored(names: &[Unknown<'_>]) -> Option<Part> {
    let rows = names.iter().filter(|one| one.of_every_token).map(|one| {
        let about = "BigCommerce grants it to every app; no app requests it";
        vec![one.name.clone(), about.to_owned()]
    });
    noted("Ignored:", rows.collect())
}

fn noted(title: &str, rows: Vec<Vec<String>>) -> Option<Part> {
    (!rows.is_empty()).then(|| {
        Part::Table(
            title.to_owned(),
            Table {
                columns: vec!["Scope", "Note"],
                rows,
            },
        )
    })
}

/// `1 scope`, `2 scopes`
fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

fn need(calls: usize, scopes: usize) -> String {
    let verb = if calls == 1 { "needs" } else { "need" };
    format!(
        "{} {verb} {}.",
        counted(calls, "endpoint"),
        counted(scopes, "scope")
    )
}

impl Told for Needed<'_> {
    fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part::Line(need(self.calls.len(), self.scopes.len()))];
        if !self.scopes.is_empty() {
            parts.push(boxes(&self.scopes));
            parts.push(Part::Copy("OAuth scope", self.oauth.clone()));
        }
        parts.extend(also("Also needed with some values:", &self.also));
        let title = "Least scope of each endpoint:".to_owned();
        parts.push(Part::Table(title, listed(&self.calls)));
        parts.extend(disputed(&self.calls));
        parts
    }

    fn table(&self) -> Table {
        calls(&self.calls)
    }
}

impl Told for Allowed<'_> {
    fn parts(&self) -> Vec<Part> {
        let (open, shut) = (self.allowed.len(), self.denied.len());
        let mut parts = vec![Part::Line(format!(
            "{} allowed, {shut} denied.",
            counted(open, "endpoint")
        ))];
        parts.extend(unknown(&self.unknown));
        parts.extend(ignored(&self.unknown));
        if open > 0 {
            parts.push(Part::Table("Allowed:".to_owned(), listed(&self.allowed)));
        }
        parts.extend(also(
            "Also needed with some values, and not granted:",
            &self.also,
        ));
        if shut > 0 {
            let mut table = listed(self.denied.iter().map(|one| &one.call));
            table.columns[2] = "Unlocked by";
            parts.push(Part::Table(
                "Denied, with the scope that unlocks each:".to_owned(),
                table,
            ));
        }
        parts
    }

    fn table(&self) -> Table {
        let row = |one: &NeededCall<'_>, open: bool, also: &[AlsoNeeded<'_>]| {
            let mut row = call(one);
            let unlock = if open { "" } else { one.scope };
            let also = also.iter().filter(|also| also.calls.contains(&one.id));
            let also = cell(also.map(|also| (also.scope, also.when)));
            row.extend([open.to_string(), unlock.to_owned(), also]);
            row
        };
        let open = self.allowed.iter().map(|one| row(one, true, &self.also));
        let shut = self.denied.iter();
        let shut = shut.map(|one| row(&one.call, false, &one.also));
        let columns = [&CALL[..], &["allowed", "unlocked_by", "also_needs"]].concat();
        Table {
            columns,
            rows: open.chain(shut).collect(),
        }
    }
}

impl Told for Checked<'_> {
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        if !self.missing.is_empty() {
            parts.push(Part::Line(format!(
                "{} missing:",
                counted(self.missing.len(), "scope")
            )));
            parts.push(boxes(&self.missing));
        }
        let rows: Vec<_> = self
            .excess
            .iter()
            .map(|one| {
                let opens = format!("allows {}", counted(one.opens, "other endpoint"));
                let instead = match one.instead.as_slice() {
                    [] => opens,
                    instead => format!("{opens}; {} is sufficient", instead.join(", ")),
                };
                vec![one.scope.to_owned(), one.panel.clone(), instead]
            })
            .collect();
        if !rows.is_empty() {
            let title = format!("{} not needed:", counted(rows.len(), "scope"));
            let columns = vec!["Scope", "Control panel", "Note"];
            parts.push(Part::Table(title, Table { columns, rows }));
        }
        parts.extend(also("Needed only with some values:", &self.also));
        parts.extend(also(
            "Not granted, and needed only with some values:",
            &self.may_need,
        ));
        parts.extend(unknown(&self.unknown));
        parts.extend(ignored(&self.unknown));
        if self.fits {
            parts.insert(
                0,
                Part::Line("No scope is missing, and none is unnecessary.".to_owned()),
            );
        }
        let (calls, scopes) = (&self.needed.calls, &self.needed.scopes);
        parts.push(Part::Copy("Needed", self.needed.oauth.clone()));
        parts.push(Part::Line(need(calls.len(), scopes.len())));
        parts.extend(disputed(calls));
        parts
    }

    fn table(&self) -> Table {
        let row = |state: &str, scope: &str, panel: &str, note: String| {
            vec![state.to_owned(), scope.to_owned(), panel.to_owned(), note]
        };
        let missing = self
            .missing
            .iter()
            .map(|one| row("missing", one.scope, &one.panel, one.calls.join(" ")));
        let excess = self
            .excess
            .iter()
            .map(|one| row("excess", one.scope, &one.panel, one.instead.join(" ")));
        let some = |state: &str, one: &AlsoNeeded<'_>| {
            row(state, one.scope, &one.panel, format!("when {}", one.when))
        };
        let also = self.also.iter().map(|one| some("also", one));
        let may_need = self.may_need.iter().map(|one| some("may_need", one));
        let also = also.chain(may_need);
        let unknown = self.unknown.iter().map(|one| {
            let state = if one.of_every_token {
                "ignored"
            } else {
                "unknown"
            };
            row(
                state,
                &one.name,
                "",
                one.meant.unwrap_or_default().to_owned(),
            )
        });
        Table {
            columns: vec!["state", "scope", "panel", "note"],
            rows: missing.chain(excess).chain(also).chain(unknown).collect(),
        }
    }
}

impl Told for Explained<'_> {
    fn parts(&self) -> Vec<Part> {
        let mut parts = vec![
            Part::Title(self.scope.to_owned()),
            Part::Line(format!("Control panel: {}", self.panel)),
            Part::Line(self.covers.to_owned()),
            Part::Line(format!("Access: {}", self.access)),
        ];
        let lists = [
            ("Also granted by", &self.satisfied_by),
            ("Includes", &self.satisfies),
            ("Events", &self.events),
        ];
        for (name, list) in lists {
            if !list.is_empty() {
                parts.push(Part::Line(format!("{name}: {}", list.join(", "))));
            }
        }
        parts.extend(
            self.disputed
                .iter()
                .map(|why| Part::Line(format!("Sources disagree. {why}"))),
        );
        for (title, calls) in [
            ("Least scope for:", &self.calls),
            ("Also allows:", &self.also_opens),
        ] {
            if !calls.is_empty() {
                parts.push(Part::Table(title.to_owned(), listed(calls)));
            }
        }
        let also = self.also.iter().flat_map(|one| {
            let row = |call: &&str| vec![(*call).to_owned(), format!("when {}", one.when)];
            one.calls.iter().map(row).collect::<Vec<_>>()
        });
        let rows: Vec<_> = also.collect();
        if !rows.is_empty() {
            let columns = vec!["Endpoint", "Condition"];
            let title = "Also needed by, with some values:".to_owned();
            parts.push(Part::Table(title, Table { columns, rows }));
        }
        parts
    }

    fn table(&self) -> Table {
        let allowed = self.calls.iter().chain(&self.also_opens);
        calls(allowed.chain(&self.also_calls))
    }
}
