//! What an import did, in numbers.

use std::{collections::BTreeMap, fmt};

use super::{
    draft::{DraftGroup, DraftSchema},
    settle::Settled,
};

/// What an import did, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Descriptions that were read.
    pub descriptions: usize,
    /// Requested operations.
    pub operations: usize,
    /// Operations that the spec already had.
    pub there: usize,
    /// Operations that BigCommerce calls, and that the spec already had.
    pub inbound: usize,
    /// Drafted endpoints.
    pub drafted: usize,
    /// Those of them that a template makes.
    pub made: usize,
    /// New groups.
    pub groups: usize,
    /// Extended groups.
    pub extended: usize,
    /// Drafted schemas.
    pub schemas: usize,
    /// Schemas that were replaced by an equal one.
    pub merged: usize,
    /// Schemas that the spec already had.
    pub reused: usize,
    /// Bodies that no description declares as required, drafted as such because of required fields.
    pub bodies: usize,
    /// Places with a `todo:`.
    pub todos: usize,
    /// The questions in them by kind, each with its number.
    pub questions: BTreeMap<String, usize>,
}

impl Report {
    /// Counts the contents of the drafts.
    pub(crate) fn count(&mut self, settled: &Settled) {
        let drafted = settled.groups.iter().map(|group| group.endpoints.len());
        self.drafted = drafted.sum::<usize>() + self.made;
        self.merged = settled.merged;
        self.reused = settled.reused;
        for group in &settled.groups {
            self.group(group);
        }
        for schema in &settled.shared {
            self.schema(schema);
        }
    }

    fn group(&mut self, group: &DraftGroup) {
        self.ask(&group.todo);
        for endpoint in &group.endpoints {
            self.bodies += usize::from(endpoint.body_read_as_required);
            self.ask(&endpoint.todo);
        }
        for schema in &group.schemas {
            self.schema(schema);
        }
    }

    fn schema(&mut self, schema: &DraftSchema) {
        self.schemas += 1;
        self.ask(&schema.todo);
        for field in &schema.fields {
            self.ask(&field.todo);
        }
    }

    fn ask(&mut self, todo: &[String]) {
        self.todos += usize::from(!todo.is_empty());
        for question in todo {
            *self.questions.entry(kind(question)).or_default() += 1;
        }
    }
}

/// A question without its variable parts: names and numbers.
fn kind(question: &str) -> String {
    let mut out = String::new();
    for (place, part) in question.split('`').enumerate() {
        if place % 2 == 1 {
            out.push('…');
            continue;
        }
        let words = part.split_inclusive(' ').map(|word| {
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            if number { "… " } else { word }
        });
        out.extend(words);
    }
    if let Some((before, _)) = out.split_once(" have ") {
        return format!("{before} have some fields");
    }
    let end = out.find(['?', ';', ':']).unwrap_or(out.len());
    out.truncate(end);
    match out.split_once("one of ") {
        Some((before, _)) => format!("{before}one of several"),
        None => out.trim().to_owned(),
    }
}

/// A number with its noun.
fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} in {}: {} drafted, {} already in the spec",
            counted(self.operations, "operation"),
            counted(self.descriptions, "description"),
            self.drafted,
            self.there
        )?;
        if self.inbound > 0 {
            let what = "are calls that BigCommerce makes, already in the spec";
            writeln!(f, "{} of them {what}", self.inbound)?;
        }
        if self.made > 0 {
            writeln!(f, "{} of them made by templates", self.made)?;
        }
        writeln!(
            f,
            "{} added, {} extended",
            counted(self.groups, "group"),
            self.extended
        )?;
        writeln!(
            f,
            "{} drafted, {} merged into others, {} already in the spec",
            counted(self.schemas, "schema"),
            self.merged,
            self.reused
        )?;
        if self.bodies > 0 {
            let bodies = if self.bodies == 1 { "body" } else { "bodies" };
            let what = "drafted as required because of required fields";
            writeln!(f, "{} {bodies} {what}", self.bodies)?;
        }
        let each = self.todos as f64 / self.drafted.max(1) as f64;
        let todos = counted(self.todos, "todo");
        writeln!(f, "{todos}, {each:.2} per operation drafted")?;
        let mut questions: Vec<_> = self.questions.iter().collect();
        questions.sort_by_key(|(question, times)| (std::cmp::Reverse(**times), *question));
        for (question, times) in questions {
            writeln!(f, "{times:>6} {question}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn questions_of_one_kind_differ_in_names_and_numbers_alone() {
        assert_eq!(
            kind("the header `Accept` of 3 kinds"),
            kind("the header `X` of 10 kinds")
        );
        assert_eq!(kind("a date? in which format?"), "a date");
        assert_eq!(kind("the body: one of A, B"), "the body");
    }
}
