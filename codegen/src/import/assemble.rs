//! Puts the groups of a description together: classes over all their operations, then endpoints, then
//! the schemas they need.

use std::collections::HashSet;

use super::{
    answer::{self, Answer},
    base, body, branches,
    classes::{self, Root, Side},
    draft::{DraftGroup, DraftSchema},
    endpoint::{self, Subject},
    facts::Facts,
    fields,
    homes::Homes,
    known::{Known, KnownGroup},
    methods, names,
    operation::{Official, Operation},
    path::{self, PathNames},
    plan::Plan,
    shape::{ObjectId, Shape},
    types::{Enums, MEANINGS, Members, OneOfs, Speller},
    views,
};

/// What is needed to put groups together.
pub(crate) struct Context<'a> {
    pub known: &'a Known,
    pub homes: &'a Homes,
    pub names: &'a PathNames,
    pub facts: &'a Facts,
}

/// The groups of one description without names for their methods, and every schema they may need.
pub(crate) fn groups(
    official: &Official,
    plans: &[Plan<'_>],
    source: &str,
    context: &Context<'_>,
) -> (Vec<DraftGroup>, Vec<DraftSchema>) {
    let Context {
        known,
        homes,
        names,
        facts,
    } = context;
    let arena = &official.arena;
    let operations: Vec<&Operation> = plans
        .iter()
        .flat_map(|plan| plan.operations.iter().copied())
        .collect();
    let answers: Vec<Answer> = operations.iter().map(|o| answer::read(o, arena)).collect();
    let roots = roots(&operations, &answers);
    let classes = classes::sort(&roots, arena);
    let mut enums = Enums::default();
    let mut one_ofs = OneOfs::default();
    let mut speller = Speller {
        arena,
        classes: &classes,
        enums: &mut enums,
        one_ofs: &mut one_ofs,
        version: &official.version,
    };
    let fields = classes.classes.iter();
    let fields: Vec<_> = fields
        .map(|class| endpoint::fields_of(class, arena))
        .collect();
    let nouns = endpoint::nouns(&roots);
    let single = |o: &&'_ Operation| o.path.ends_with('}');
    let parents = operations.iter().copied().filter(single);
    let parents: HashSet<&str> = parents
        .filter_map(|o| Some(o.path.rsplit_once('/')?.0))
        .collect();
    let mut answers_left = answers.iter();
    let mut groups: Vec<DraftGroup> = Vec::new();
    for plan in plans {
        let there = known.groups.get(&plan.name);
        let mut group = DraftGroup {
            name: plan.name.clone(),
            title: plan.title.clone(),
            version: official.version.clone(),
            source: source.to_owned(),
            path: there.map(KnownGroup::path).unwrap_or_default(),
            ..DraftGroup::default()
        };
        let home = plan.home.and_then(|home| homes.homes.get(home));
        if there.is_none() {
            group.feature = home.and_then(|home| home.feature.clone());
        }
        let lives = match there {
            Some(there) => there.base(),
            None => base::base(&plan.name, plan.operations.iter().map(|o| o.path.as_str())),
        };
        for (operation, answer) in plan.operations.iter().zip(answers_left.by_ref()) {
            let subject = Subject {
                operation,
                answer,
                nouns: &nouns,
                fields: &fields,
                parents: &parents,
            };
            let spot = homes.of(&operation.path);
            let place = match (home, spot) {
                (Some(home), Some(spot)) => methods::Place::of(spot, home, &operation.path),
                _ => methods::Place::at(&lives, &operation.path),
            };
            let mut draft = endpoint::draft(&subject, &place, facts, &mut speller);
            draft.top = place.rest.is_empty();
            draft.outside = place.outside;
            draft.version.clone_from(&official.version);
            source.clone_into(&mut draft.source);
            path::declare(&mut group, &mut draft, operation, names, &mut speller);
            group.endpoints.push(draft);
        }
        elsewhere(&mut group, official, known);
        groups.push(group);
    }
    let written = views::alike(&classes, arena);
    let chosen = chosen(&operations, &answers);
    let mut schemas: Vec<DraftSchema> = Vec::new();
    for (place, class) in classes.classes.iter().enumerate() {
        let about = views::About {
            class,
            chosen: class.members.iter().any(|(id, _)| chosen.contains(id)),
            written: written.contains(&place),
        };
        schemas.push(fields::schema(&about, &mut speller));
    }
    settle(&mut schemas, &enums);
    schemas.extend(enums.named.iter().map(|(name, members)| {
        DraftSchema {
            name: name.clone(),
            values: members.values.clone(),
            integers: members.integers,
            todo: members
                .integers
                .then(|| MEANINGS.to_owned())
                .into_iter()
                .collect(),
            ..DraftSchema::default()
        }
    }));
    schemas.extend(one_ofs.named.iter().map(|(name, branches)| {
        DraftSchema {
            name: name.clone(),
            one_of: branches
                .iter()
                .map(|(branch, kind)| ((*branch).to_owned(), kind.clone()))
                .collect(),
            ..DraftSchema::default()
        }
    }));
    branches::apart(&mut schemas, &classes, &chosen, arena);
    (groups, schemas)
}

/// Sets the server of a group that is not on that of the stores, or adds a question if it is unknown.
fn elsewhere(group: &mut DraftGroup, official: &Official, known: &Known) {
    let Some(server) = &official.elsewhere else {
        return;
    };
    let there = known.groups.get(&group.name);
    if let Some(name) = known.server(server) {
        match there {
            None => group.server = Some(name.to_owned()),
            Some(there) if there.spec.server.as_deref() == Some(name) => {}
            Some(_) => {
                let todo = format!("it is on the server `{name}`, but its group is not");
                let endpoints = group.endpoints.iter_mut();
                endpoints.for_each(|endpoint| endpoint.todo.push(todo.clone()));
            }
        }
        return;
    }
    let todo = format!("its server is `{server}`; how does it authenticate?");
    match there {
        None => group.todo.push(todo),
        Some(_) => {
            for endpoint in &mut group.endpoints {
                endpoint.todo.push(todo.clone());
            }
        }
    }
}

/// A field with its own values names its enumeration after schema and field. If a parameter has given that
/// name to the same values, the field uses it; any other use of the name is left to the maintainer.
fn settle(schemas: &mut [DraftSchema], enums: &Enums) {
    let names: HashSet<String> = schemas.iter().map(|schema| schema.name.clone()).collect();
    for schema in schemas {
        for field in schema
            .fields
            .iter_mut()
            .filter(|field| !field.values.is_empty())
        {
            let name = format!("{}{}", schema.name, names::camel(&field.name));
            let own = Members {
                values: field.values.clone(),
                integers: field.kind == "int",
            };
            match enums.members(&name) {
                Some(members) if members == own => {
                    field.values.clear();
                    field.kind = name;
                    field.todo.retain(|todo| todo != MEANINGS);
                }
                None if !names.contains(&name) => {}
                _ => field
                    .todo
                    .push(format!("the name `{name}` is already taken")),
            }
        }
    }
}

/// Every body and response.
fn roots(operations: &[&Operation], answers: &[Answer]) -> Vec<Root> {
    let mut roots = Vec::new();
    for (place, (operation, answer)) in operations.iter().zip(answers).enumerate() {
        let noun = names::noun(&operation.id, &operation.path);
        let parent = names::parent(&operation.path);
        let mut add = |shape: &Shape, side| {
            let mut found = Vec::new();
            shape.objects(&mut found);
            roots.extend(found.into_iter().map(|object| Root {
                object,
                side,
                noun: noun.clone(),
                parent: parent.clone(),
                operation: place,
                depth: operation.path.split('/').count(),
            }));
        };
        if let Some(shape) = &answer.shape {
            add(shape, Side::Read);
        }
        if let Some(body) = operation.body.as_ref().filter(|b| b.media.contains("json")) {
            add(&body.shape, body::write_side(operation));
        }
    }
    roots
}

/// What operations with selectable fields return.
fn chosen(operations: &[&Operation], answers: &[Answer]) -> HashSet<ObjectId> {
    let choosing = answers.iter().zip(operations).filter(|(_, operation)| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|p| p.name == "include_fields")
    });
    choosing
        .filter_map(|(answer, _)| answer.shape.as_ref().and_then(Shape::object))
        .collect()
}
