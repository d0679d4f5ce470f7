//! Schemas as tables: one table shows a schema from all its sides, so that what differs between
//! reading, creating and updating can be seen at a glance.

use serde::Serialize;

use super::{
    super::text::{capital, code, prose, sentence},
    Links, deprecation, words,
};
use crate::{
    model::{self, Field, Kind, Told, TypeDef, TypeId, condition},
    spec::View,
};

/// A schema with all its views.
#[derive(Debug, Serialize)]
pub(in super::super) struct Schema {
    pub name: String,
    pub anchor: String,
    pub does: String,
    /// The types in Rust, one per view, and what each is for.
    pub types: String,
    pub official: Option<String>,
    pub notes: Vec<String>,
    /// The headings of the columns that tell what each view has.
    pub columns: Vec<&'static str>,
    pub fields: Vec<Row>,
    /// The branches of a one-of.
    pub branches: Vec<Branch>,
    /// The members of an enumeration, where some have a meaning of their own.
    pub members: Vec<Member>,
    /// The members of an enumeration whose names say it all.
    pub values: Vec<String>,
}

/// A field, in a row.
#[derive(Debug, Serialize)]
pub(in super::super) struct Row {
    pub name: String,
    pub anchor: String,
    /// One for each column.
    pub marks: Vec<&'static str>,
    /// What it is: type and facts.
    pub facts: String,
    /// What it means.
    pub does: Option<String>,
    pub deprecated: Option<String>,
}

/// A branch of a one-of.
#[derive(Debug, Serialize)]
pub(in super::super) struct Branch {
    /// What tells it from the others.
    pub told: String,
    /// What it is and means.
    pub does: String,
}

/// A member of an enumeration.
#[derive(Debug, Serialize)]
pub(in super::super) struct Member {
    pub value: String,
    pub does: String,
}

/// The heading of a type's schema. Every view of a schema stands below the same one; an enumeration
/// has its own.
pub(in super::super) fn heading(def: &TypeDef) -> &str {
    if def.view.is_some() {
        &def.schema
    } else {
        &def.name
    }
}

/// The schemas of `ids`, each once, in the order of their first type.
pub(in super::super) fn schemas(links: &Links<'_>, ids: &[TypeId]) -> Vec<Schema> {
    let api = links.api;
    let mut seen: Vec<(crate::model::Home, &str)> = Vec::new();
    let mut schemas = Vec::new();
    for &id in ids {
        let def = api.ty(id);
        let key = (def.home, heading(def));
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let views: Vec<&TypeDef> = api
            .types
            .iter()
            .filter(|other| (other.home, heading(other)) == key)
            .collect();
        schemas.push(schema(links, &views));
    }
    schemas
}

fn schema(links: &Links<'_>, views: &[&TypeDef]) -> Schema {
    let first = views[0];
    let mut notes: Vec<String> = first.notes.iter().map(|note| prose(note)).collect();
    notes.extend(views.iter().filter_map(|view| choices(view)).take(1));
    let (members, values) = members(first);
    Schema {
        name: heading(first).to_owned(),
        anchor: links.anchor(heading(first)),
        does: own_links(links, first),
        types: in_rust(views),
        official: first.official.clone(),
        notes,
        columns: match views {
            [only] if only.view == Some(View::Read) => vec!["Comes"],
            _ => views
                .iter()
                .filter_map(|view| view.view)
                .map(column)
                .collect(),
        },
        fields: rows(links, views),
        branches: branches(links, first),
        members,
        values,
    }
}

/// `ProductCreate` to create, `ProductUpdate` to update
fn in_rust(views: &[&TypeDef]) -> String {
    let types: Vec<String> = views
        .iter()
        .map(|view| match view.view {
            Some(View::Read) if views.len() == 1 => format!("`{}`", view.name),
            Some(_) => format!("`{}` {}", view.name, side(view.view)),
            None => format!("`{}`", view.name),
        })
        .collect();
    types.join(", ")
}

/// What one value of the type is. The model writes the names of types as rustdoc links.
fn own_links(links: &Links<'_>, def: &TypeDef) -> String {
    let mut text = prose(&def.does);
    if !text.contains("\\[`") {
        return text;
    }
    for (at, other) in links.api.types.iter().enumerate() {
        let code = format!("\\[`{}`\\]", other.name);
        if text.contains(&code) && other.home == def.home {
            let link = format!("[`{}`]({})", other.name, links.schema(TypeId(at)));
            text = text.replace(&code, &link);
        }
    }
    text
}

/// Of which fields a value needs at least one, and of which it takes no more, as a note.
fn choices(def: &TypeDef) -> Option<String> {
    let Kind::Object {
        needs_one_of,
        at_most_one_of,
        ..
    } = &def.kind
    else {
        return None;
    };
    let told = |sets: &[Vec<String>], how: &str| {
        let set = |fields: &Vec<String>| {
            let fields: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
            format!("When writing, at {how} of {} is given.", fields.join(", "))
        };
        sets.iter().map(set).collect::<Vec<_>>()
    };
    let mut sets = told(needs_one_of, "least one");
    sets.extend(told(at_most_one_of, "most one"));
    (!sets.is_empty()).then(|| sets.join(" "))
}

fn side(view: Option<View>) -> &'static str {
    match view {
        Some(View::Read) => "in answers",
        Some(View::Create) => "to create",
        Some(View::Update) => "to update",
        Some(View::Write) => "to create and update",
        None => "",
    }
}

fn column(view: View) -> &'static str {
    match view {
        View::Read => "Answer",
        View::Create => "Create",
        View::Update => "Update",
        View::Write => "Write",
    }
}

/// The fields of all views: those of the first, then what only later ones have, each behind the
/// field it follows there.
fn rows(links: &Links<'_>, views: &[&TypeDef]) -> Vec<Row> {
    let sides: Vec<(Option<View>, &[Field])> = views
        .iter()
        .filter_map(|view| match &view.kind {
            Kind::Object { fields, .. } => Some((view.view, fields.as_slice())),
            Kind::Choice(_) | Kind::Integers(_) | Kind::OneOf { .. } => None,
        })
        .collect();
    let mut names: Vec<&str> = Vec::new();
    for (_, fields) in &sides {
        let mut at = 0;
        for field in *fields {
            match names.iter().position(|name| *name == field.wire) {
                Some(found) => at = found + 1,
                None => {
                    names.insert(at, &field.wire);
                    at += 1;
                }
            }
        }
    }
    let schema = heading(views[0]);
    names
        .iter()
        .map(|name| Row {
            anchor: links.anchor(&format!("{schema}.{name}")),
            ..row(links, name, &sides)
        })
        .collect()
}

fn row(links: &Links<'_>, name: &str, sides: &[(Option<View>, &[Field])]) -> Row {
    let mut marks = Vec::new();
    let mut facts: Vec<(&'static str, String)> = Vec::new();
    let mut bare: Vec<String> = Vec::new();
    let mut does = None;
    let mut deprecated = None;
    for (view, fields) in sides {
        let Some(field) = fields.iter().find(|field| field.wire == name) else {
            marks.push("–");
            continue;
        };
        marks.push(match (view, field.required) {
            (Some(View::Read), true) => "always",
            (Some(View::Read), false) => "may",
            (_, true) => "required",
            (_, false) => "optional",
        });
        let line = words::field_facts(links, field);
        let aside = condition_aside(field, &line);
        if !bare.contains(&aside) {
            bare.push(aside);
            facts.push((side(*view), line));
        }
        does = does.or_else(|| field.does.as_deref().map(prose));
        deprecated = deprecated.or_else(|| field.deprecated.as_ref().map(deprecation));
    }
    Row {
        name: name.to_owned(),
        anchor: String::new(),
        marks,
        facts: told_apart(&facts),
        does,
        deprecated,
    }
}

/// What differs between the views, each under the side it is about.
fn told_apart(facts: &[(&'static str, String)]) -> String {
    let mut text = String::new();
    for (at, (view, line)) in facts.iter().enumerate() {
        match at {
            0 => text += line,
            1 if facts.len() == 2 && facts[0].0 == side(Some(View::Read)) => {
                text += &format!(" When sent: {line}");
            }
            _ => text += &format!(" {}: {line}", capital(view)),
        }
    }
    text
}

/// Facts without the condition for being in an answer: it says nothing about what is sent.
fn condition_aside(field: &Field, facts: &str) -> String {
    let condition = field.when.as_deref().map(condition);
    match condition {
        Some(condition) => facts.replacen(&format!(" {}.", prose(&condition)), "", 1),
        None => facts.to_owned(),
    }
}

/// The branches of a one-of. What they name is the same schema from every side.
fn branches(links: &Links<'_>, def: &TypeDef) -> Vec<Branch> {
    let Kind::OneOf { by, branches, .. } = &def.kind else {
        return Vec::new();
    };
    let told = |branch: &model::Branch| match (&branch.told, by) {
        (Told::Value(value), Some(by)) => format!("{} is {}", code(by), code(value)),
        (Told::Value(name) | Told::Field(name), _) => format!("has {}", code(name)),
        (Told::Kind(kind), _) => kind.phrase().to_owned(),
    };
    let rows = branches.iter().map(|branch| Branch {
        told: told(branch),
        does: {
            let ty = sentence(&capital(&words::of(links, &branch.ty)));
            let does = branch.does.iter().map(|does| sentence(&prose(does)));
            let old = branch.deprecated.iter().map(deprecation);
            let all = [ty].into_iter().chain(does).chain(old);
            all.collect::<Vec<_>>().join(" ")
        },
    });
    rows.collect()
}

/// The members of an enumeration: with their meanings, or as bare values where none has one.
fn members(def: &TypeDef) -> (Vec<Member>, Vec<String>) {
    let members = def.kind.members();
    if members.iter().all(|member| member.does.is_none()) {
        let bare = members.iter().map(|member| {
            let mark = member.deprecated.as_ref().map_or("", |_| " (deprecated)");
            code(&member.wire) + mark
        });
        return (Vec::new(), bare.collect());
    }
    let rows = members.iter().map(|member| Member {
        value: code(&member.wire),
        does: {
            let does = member.does.iter().map(|does| sentence(&prose(does)));
            let all = does.chain(member.deprecated.as_ref().map(deprecation));
            let all = all.collect::<Vec<_>>().join(" ");
            if all.is_empty() {
                "–".to_owned()
            } else {
                all
            }
        },
    });
    (rows.collect(), Vec::new())
}
