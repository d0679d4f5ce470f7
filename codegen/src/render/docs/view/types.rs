//! Schemas as tables: one table shows all views of a schema, so the differences between reading, creating and
//! updating are visible at a glance.

use indexmap::IndexSet;
use serde::Serialize;

use super::{
    super::text::{capital, prose, sentence},
    Links, Output, deprecation,
    marks::{self, Tag, side},
    reach,
};
use crate::{
    code_span::code,
    model::{self, Caller, Field, Kind, SchemaId, TypeDef, TypeId},
    spec::View,
    words::{self, FieldFact, field_facts},
};

/// A schema with all its views.
#[derive(Debug, Serialize)]
pub(in super::super) struct Schema {
    /// Its types, one per view.
    #[serde(skip)]
    pub ids: Vec<TypeId>,
    /// The types of its branches.
    #[serde(skip)]
    pub branched: Vec<TypeId>,
    pub name: String,
    pub anchor: String,
    pub does: String,
    /// The types in Rust, one per view, and what each is for.
    pub types: String,
    /// Their names.
    pub in_rust: Vec<String>,
    pub official: Option<String>,
    pub notes: Vec<String>,
    /// The headings of the columns for the views.
    pub columns: Vec<&'static str>,
    pub fields: Vec<Row>,
    /// Values of its key that are the same in every store.
    pub known: Vec<Known>,
    pub branches: Vec<Branch>,
    /// What happens to a value that matches no branch.
    pub other: Option<&'static str>,
    /// The values of an enumeration, if some have a described meaning.
    pub members: Vec<Member>,
    /// The values of an enumeration whose names say it all.
    pub values: Vec<String>,
}

impl Schema {
    /// The fields, including those of the schemas inside it, each with the name of its schema.
    pub(in super::super) fn all<'a>(&'a self, found: &mut Vec<&'a Self>) {
        found.push(self);
        let nested = self.fields.iter().flat_map(|field| &field.nested);
        nested.for_each(|schema| schema.all(found));
    }
}

/// A field, in a row.
#[derive(Debug, Serialize)]
pub(in super::super) struct Row {
    /// The types of its parts, in any view.
    #[serde(skip)]
    pub named: Vec<TypeId>,
    pub name: String,
    pub anchor: String,
    /// One for each column.
    pub marks: Vec<&'static str>,
    /// Its type and facts.
    pub facts: String,
    /// Its type, for a page that shows it next to the name.
    pub kind: String,
    /// The facts without the type.
    pub about: String,
    /// What is special: required, read-only or nullable.
    pub tags: Vec<Tag>,
    /// The schemas shown inside it, because nothing else on the page uses them.
    pub nested: Vec<Schema>,
    /// What it means.
    pub does: Option<String>,
    pub deprecated: Option<String>,
}

/// A value that is the same in every store.
#[derive(Debug, Serialize)]
pub(in super::super) struct Known {
    pub value: String,
    pub name: String,
    pub does: String,
}

#[derive(Debug, Serialize)]
pub(in super::super) struct Branch {
    /// What distinguishes it from the others.
    pub told: String,
    /// Its type and meaning.
    pub does: String,
}

/// A member of an enumeration.
#[derive(Debug, Serialize)]
pub(in super::super) struct Member {
    pub value: String,
    pub does: String,
}

/// The schemas of `ids`, each once, in the order of their first type.
pub(in super::super) fn schemas(links: &Links<'_>, ids: &[TypeId]) -> Vec<Schema> {
    let schemas = ids.iter().map(|id| links.api.schema_of(*id));
    let schemas: IndexSet<SchemaId> = schemas.collect();
    let schemas = schemas.into_iter().map(|id| links.api.schema(id));
    schemas.map(|one| schema(links, one)).collect()
}

fn schema(links: &Links<'_>, schema: &model::Schema) -> Schema {
    let views = schema.views.iter().map(|id| links.api.ty(*id));
    let views: &[&TypeDef] = &views.collect::<Vec<_>>();
    let first = views[0];
    let mut notes: Vec<String> = first.notes.iter().map(|note| prose(note)).collect();
    notes.extend(choices(links, views));
    let (members, values) = members(first);
    let in_client = match links.api.caller {
        Caller::Client => views,
        Caller::BigCommerce => &[],
    };
    Schema {
        ids: schema.views.clone(),
        branched: match &first.kind {
            Kind::OneOf { branches, .. } => branches
                .iter()
                .filter_map(|one| reach::named(&one.ty))
                .collect(),
            _ => Vec::new(),
        },
        name: first.heading().to_owned(),
        anchor: links.anchor(first.heading()),
        does: prose(&first.does),
        types: in_rust(links, in_client),
        in_rust: in_client.iter().map(|view| view.name.clone()).collect(),
        official: first.official.clone(),
        notes,
        columns: views
            .iter()
            .filter_map(|view| view.view)
            .map(|view| column(links, view))
            .collect(),
        fields: rows(links, schema, views),
        known: known(first),
        branches: branches(links, first),
        other: other(links, views),
        members,
        values,
    }
}

/// `ProductCreate` to create, `ProductUpdate` to update
fn in_rust(links: &Links<'_>, views: &[&TypeDef]) -> String {
    let types: Vec<String> = views
        .iter()
        .map(|view| match view.view {
            Some(View::Read) if views.len() == 1 => documented(links, view),
            Some(_) => format!("{} {}", documented(links, view), side(view.view)),
            None => documented(links, view),
        })
        .collect();
    types.join(", ")
}

/// The name of a type in Rust, on the site as a link to its documentation.
fn documented(links: &Links<'_>, def: &TypeDef) -> String {
    let on_site = links.output == Output::Site;
    let documented = links.api.documented_type(def).filter(|_| on_site);
    match documented {
        Some(one) => format!("[`{}`]({})", one.name, one.address),
        None => format!("`{}`", def.name),
    }
}

/// Of which fields a request body requires at least one, and of which it accepts only one, as notes: one if
/// all request bodies are alike, otherwise one for each kind.
fn choices(links: &Links<'_>, views: &[&TypeDef]) -> Vec<String> {
    let told = views.iter().filter_map(|view| {
        let choices = links.words().choices(view);
        (!choices.is_empty()).then(|| (side(view.view), choices.join(" ")))
    });
    let told: Vec<(&str, String)> = told.collect();
    let written = views.iter().filter(|view| view.view != Some(View::Read));
    let everywhere = told.len() >= written.count();
    match told.first() {
        Some((_, first)) if everywhere && told.iter().all(|(_, other)| other == first) => {
            vec![format!("In requests: {first}")]
        }
        _ => told
            .iter()
            .map(|(side, choices)| format!("{}: {choices}", capital(side)))
            .collect(),
    }
}

fn column(links: &Links<'_>, view: View) -> &'static str {
    match view {
        View::Read => match links.api.caller {
            Caller::Client => "Response",
            // Request bodies of such calls are read, too.
            Caller::BigCommerce => "Sent",
        },
        View::Create => "Create",
        View::Update => "Update",
        View::Write => "Write",
    }
}

fn rows(links: &Links<'_>, schema: &model::Schema, views: &[&TypeDef]) -> Vec<Row> {
    let sides = views.iter().map(|view| (view.view, view.kind.fields()));
    let sides: Vec<(Option<View>, &[Field])> = sides.collect();
    let rows = schema.fields.iter().map(|places| {
        let row = row(links, places, &sides);
        let name = format!("{}.{}", views[0].heading(), row.name);
        Row {
            anchor: links.anchor(&name),
            ..row
        }
    });
    rows.collect()
}

/// A field, with its position in each of the views that have it.
fn row(links: &Links<'_>, places: &[Option<usize>], sides: &[(Option<View>, &[Field])]) -> Row {
    let mut marks = Vec::new();
    let mut facts: Vec<Facts> = Vec::new();
    let mut seen: Vec<(Option<View>, &Field)> = Vec::new();
    let mut does = None;
    let mut deprecated = None;
    for ((view, fields), at) in sides.iter().zip(places) {
        let Some(field) = at.and_then(|at| fields.get(at)) else {
            marks.push("–");
            continue;
        };
        marks.push(match (view, field.required) {
            (Some(View::Read), true) => "always",
            (Some(View::Read), false) => "optional",
            (_, true) => "required",
            (_, false) => "optional",
        });
        facts.push(Facts::of(links, field, *view));
        seen.push((*view, field));
        does = does.or_else(|| field.does.as_deref().map(prose));
        deprecated = deprecated.or_else(|| field.deprecated.as_ref().map(deprecation));
    }
    Row {
        named: seen
            .iter()
            .filter_map(|(_, field)| reach::named(&field.ty))
            .collect(),
        name: seen
            .first()
            .map(|(_, field)| field.wire.clone())
            .unwrap_or_default(),
        anchor: String::new(),
        marks,
        facts: told_apart(&facts),
        kind: marks::kinds(links, &seen),
        about: marks::about(links, &seen),
        tags: marks::tags(links, &seen, sides),
        nested: Vec::new(),
        does,
        deprecated,
    }
}

/// The facts of a field in one view. Columns show what is required and what is read-only.
struct Facts {
    side: &'static str,
    /// Its type, whether or not it can be null.
    what: String,
    nullable: bool,
    /// A condition for being in a response, which does not apply to requests.
    when: String,
    /// What an update does with items that it omits, which does not apply to other requests.
    merges: String,
}

impl Facts {
    fn of(links: &Links<'_>, field: &Field, view: Option<View>) -> Self {
        let (words, all) = (links.words(), field_facts(field, view != Some(View::Read)));
        let those =
            |which: fn(&FieldFact<'_>) -> bool| words.field(all.iter().copied().filter(which));
        Self {
            side: side(view),
            what: those(|fact| {
                use FieldFact::{Merges, Nullable, ReadOnly, Required, When};
                !matches!(fact, Nullable | ReadOnly | Required | When(_) | Merges(_))
            }),
            nullable: field.nullable,
            when: those(|fact| matches!(fact, FieldFact::When(_))),
            merges: those(|fact| matches!(fact, FieldFact::Merges(_))),
        }
    }
}

/// What all views have in common once, and what differs under its view.
fn told_apart(facts: &[Facts]) -> String {
    let Some(first) = facts.first() else {
        return String::new();
    };
    let mut parts = vec![first.what.clone(), first.when.clone()];
    let others = facts.iter().filter(|it| it.what != first.what);
    parts.extend(others.map(|it| format!("{}: {}", capital(it.side), it.what)));
    parts.extend(
        facts
            .iter()
            .map(|it| it.merges.clone())
            .find(|it| !it.is_empty()),
    );
    let nullable: Vec<_> = facts
        .iter()
        .filter(|it| it.nullable)
        .map(|it| it.side)
        .collect();
    if nullable.len() == facts.len() {
        parts.push("Nullable.".to_owned());
    } else if !nullable.is_empty() {
        parts.push(format!("Nullable {}.", nullable.join(" and ")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn known(def: &TypeDef) -> Vec<Known> {
    let known = def.known.iter().map(|one| Known {
        value: code(&one.wire),
        name: prose(&one.name),
        does: sentence(&prose(&one.does)),
    });
    known.collect()
}

/// The branches of a one-of. Their schemas are the same in every view.
fn branches(links: &Links<'_>, def: &TypeDef) -> Vec<Branch> {
    let Kind::OneOf { by, branches, .. } = &def.kind else {
        return Vec::new();
    };
    let rows = branches.iter().map(|branch| Branch {
        told: capital(&words::branch(branch, by.as_deref())),
        does: {
            let ty = sentence(&capital(&links.words().ty(&branch.ty)));
            let does = branch.does.iter().map(|does| sentence(&prose(does)));
            let old = branch.deprecated.iter().map(deprecation);
            let all = [ty].into_iter().chain(does).chain(old);
            all.collect::<Vec<_>>().join(" ")
        },
    });
    rows.collect()
}

/// What the client does with a value that matches no branch of a one-of. It has no code for what providers
/// send and receive.
fn other(links: &Links<'_>, views: &[&TypeDef]) -> Option<&'static str> {
    let one_of = matches!(views[0].kind, Kind::OneOf { .. });
    let in_requests_only = !views
        .iter()
        .any(|view| matches!(view.view, Some(View::Read) | None));
    let is_of_client = matches!(links.api.caller, Caller::Client);
    (is_of_client && one_of).then(|| words::anything_else(in_requests_only))
}

/// The values of an enumeration: with their meanings, or as bare values if none has one.
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
