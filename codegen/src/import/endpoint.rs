//! Drafts one endpoint from its operation: name, query, body and answer.

use std::collections::{HashMap, HashSet};

use super::{
    answer::{Answer, Wrapping},
    classes::{Class, Classes, Root, Side, visible},
    draft::{DraftEndpoint, DraftGroup, DraftParameter},
    methods, names,
    operation::Operation,
    parameters::{self, Context},
    shape::{Arena, Kind, ObjectId, Shape, distinct},
    types::Speller,
};

/// What an operation is, before it is spelled.
pub(crate) struct Subject<'a> {
    pub operation: &'a Operation,
    pub answer: &'a Answer,
    /// The object that is read or sent of each noun in the selection; one that is read, if there is
    /// one.
    pub nouns: &'a HashMap<String, ObjectId>,
    /// The paths below which a single thing stands.
    pub parents: &'a HashSet<&'a str>,
}

/// The objects of the nouns that bodies and answers are about.
pub(crate) fn nouns(roots: &[Root]) -> HashMap<String, ObjectId> {
    let mut best: HashMap<&str, &Root> = HashMap::new();
    for root in roots {
        let known = best.entry(&root.noun).or_insert(root);
        if root.side < known.side {
            *known = root;
        }
    }
    let best = best.into_iter();
    best.map(|(noun, root)| (noun.to_owned(), root.object))
        .collect()
}

/// The side from which a body shows its object.
pub(crate) fn write_side(operation: &Operation) -> Side {
    match operation.method {
        "post" => Side::Create,
        _ => Side::Update,
    }
}

/// The endpoint of an operation whose group lives at `base`.
pub(crate) fn draft(subject: &Subject<'_>, base: &str, speller: &mut Speller<'_>) -> DraftEndpoint {
    let Subject {
        operation, answer, ..
    } = subject;
    let lists = is_list(answer.shape.as_ref());
    let batch = operation
        .body
        .as_ref()
        .is_some_and(|body| is_list(Some(one_or_many(&body.shape, speller.classes))));
    let call = methods::Call {
        method: operation.method,
        path: &operation.path,
        operation: &operation.id,
        lists,
        batch,
        many: subject.parents.contains(operation.path.as_str())
            || operation.parameters.iter().any(|p| p.place == "query"),
    };
    let noun = names::noun(&operation.id, &operation.path);
    let class = about(subject, &noun, speller.classes);
    let about = class.map_or_else(|| noun.clone(), |class| class.name.clone());
    let fields: HashSet<String> = class
        .map(|class| fields_of(class, speller.arena))
        .unwrap_or_default();
    let mut endpoint = DraftEndpoint {
        id: methods::method(&call, base),
        method: operation.method,
        path: operation.path.clone(),
        operation: operation.id.clone(),
        acts_on: names::spaced(&about),
        success: answer.success.clone(),
        errors: answer.errors.clone(),
        deprecated: operation.deprecated,
        todo: answer.doubts.clone(),
        ..DraftEndpoint::default()
    };
    if operation.deprecated {
        endpoint
            .todo
            .push("deprecated: since when, and what to use instead".into());
    }
    let version = speller.version.to_owned();
    let context = Context {
        about: &about,
        fields: &fields,
        lists,
        counts: operation.path.ends_with("/count"),
        version: &version,
    };
    parameters::sort(&mut endpoint, operation, &context, speller);
    takes(&mut endpoint, operation, &noun, speller);
    returns(&mut endpoint, answer, &noun, speller);
    distinct(&mut endpoint.todo);
    endpoint
}

/// The class of what is answered or sent; where nothing is, what other operations about the same
/// noun answer. A count is about what it counts.
fn about<'c>(subject: &Subject<'_>, noun: &str, classes: &'c Classes) -> Option<&'c Class> {
    let Subject {
        operation,
        answer,
        nouns,
        ..
    } = subject;
    let other = |noun: &str| classes.of(*nouns.get(noun)?);
    if let Some(counted) = noun.strip_suffix("Count").and_then(other) {
        return Some(counted);
    }
    let read = answer.shape.as_ref().and_then(Shape::object);
    let sent = operation.body.as_ref().and_then(|body| body.shape.object());
    read.or(sent)
        .and_then(|id| classes.of(id))
        .or_else(|| other(noun))
}

fn fields_of(class: &Class, arena: &Arena) -> HashSet<String> {
    let objects = class.members.iter().map(|(id, _)| arena.get(*id));
    objects
        .flat_map(|o| visible(o, Side::Read))
        .map(|p| p.name.clone())
        .collect()
}

fn is_list(shape: Option<&Shape>) -> bool {
    shape.is_some_and(|shape| matches!(shape.kind, Kind::List(_)))
}

fn takes(
    endpoint: &mut DraftEndpoint,
    operation: &Operation,
    noun: &str,
    speller: &mut Speller<'_>,
) {
    let Some(body) = &operation.body else { return };
    if !body.media.contains("json") {
        endpoint.todo.push(format!("the body is `{}`", body.media));
        return;
    }
    let shape = one_or_many(&body.shape, speller.classes);
    if *shape != body.shape {
        endpoint
            .todo
            .push("the body may also be a single one, without a list".into());
    }
    let typed = speller.spell(shape, noun, "body");
    let suffix = match write_side(operation) {
        Side::Create => "Create",
        _ => "Update",
    };
    let is_object = shape
        .object()
        .is_some_and(|id| speller.classes.of(id).is_some());
    endpoint.takes = Some(if is_object {
        suffixed(&typed.text, suffix)
    } else {
        typed.text
    });
    for doubt in typed.doubts {
        endpoint.todo.push(format!("the body: {doubt}"));
    }
    if let Kind::List(_) = shape.kind {
        match body
            .shape
            .items
            .max
            .as_ref()
            .filter(|max| max.parse::<u32>().is_ok())
        {
            Some(max) => endpoint.batch = Some(max.clone()),
            None => endpoint.todo.push("how many items a batch may hold".into()),
        }
    }
}

/// The list, where a body may be a list or one of its members.
fn one_or_many<'s>(shape: &'s Shape, classes: &Classes) -> &'s Shape {
    let Kind::Either(shapes) = &shape.kind else {
        return shape;
    };
    let list = shapes.iter().find(|shape| is_list(Some(shape)));
    let class = |shape: &Shape| shape.object().and_then(|id| classes.place(id));
    match list {
        Some(list)
            if shapes
                .iter()
                .all(|one| class(one).is_some() && class(one) == class(list)) =>
        {
            list
        }
        _ => shape,
    }
}

/// `[Customer]` becomes `[CustomerCreate]`.
fn suffixed(text: &str, suffix: &str) -> String {
    let end = text.trim_end_matches([']', '}']);
    let (name, brackets) = text.split_at(end.len());
    format!("{name}{suffix}{brackets}")
}

fn returns(endpoint: &mut DraftEndpoint, answer: &Answer, noun: &str, speller: &mut Speller<'_>) {
    endpoint.returns = match (&answer.shape, answer.counts) {
        (Some(shape), _) => {
            let typed = speller.spell(shape, noun, "answer");
            for doubt in typed.doubts {
                endpoint.todo.push(format!("the answer: {doubt}"));
            }
            typed.text
        }
        (None, true) => "counts".to_owned(),
        (None, false) => "none".to_owned(),
    };
    let usual = if speller.version == "v2" {
        Wrapping::Flat
    } else {
        Wrapping::Data
    };
    endpoint.envelope = match answer.wrapping {
        Wrapping::Nothing => None,
        wrapping if wrapping == usual => None,
        Wrapping::Data => Some("data_meta"),
        Wrapping::Meta => Some("meta"),
        Wrapping::Flat => Some("flat"),
    };
}

/// Declares the parameters of the path in the group, once for all its endpoints.
pub(crate) fn path_parameters(
    group: &mut DraftGroup,
    endpoint: &mut DraftEndpoint,
    operation: &Operation,
    speller: &mut Speller<'_>,
) {
    let names = operation
        .path
        .split('/')
        .filter_map(|s| s.strip_prefix('{')?.strip_suffix('}'));
    for name in names {
        let declared = operation
            .parameters
            .iter()
            .find(|p| p.place == "path" && p.name == name);
        let draft = match declared {
            Some(parameter) => {
                let kind = parameters::kind(endpoint, &parameter.shape, "", name, speller);
                parameters::draft(parameter, kind)
            }
            None => {
                endpoint
                    .todo
                    .push(format!("path parameter `{name}` is not declared"));
                DraftParameter {
                    kind: "string".into(),
                    ..DraftParameter::default()
                }
            }
        };
        match group.path.get(name) {
            None => {
                group.path.insert(name.to_owned(), draft);
            }
            Some(known) if known.kind != draft.kind => endpoint.todo.push(format!(
                "path parameter `{name}` is `{}` here and `{}` elsewhere",
                draft.kind, known.kind
            )),
            Some(_) => {}
        }
    }
}

/// Two calls of one name: the later takes the name of its operation.
/// `ids` has each that is taken, with the number that was last put behind it.
pub(crate) fn unique(endpoint: &mut DraftEndpoint, ids: &mut HashMap<String, usize>) {
    if ids.contains_key(&endpoint.id) {
        let wish = names::snake(&endpoint.operation);
        let mut id = wish.clone();
        let mut number = ids.get(&wish).copied().unwrap_or(1);
        while ids.contains_key(&id) {
            number += 1;
            id = format!("{wish}_{number}");
        }
        if let Some(last) = ids.get_mut(&wish) {
            *last = number;
        }
        endpoint.id = id;
        endpoint.todo.push("the name of the method".into());
    }
    ids.insert(endpoint.id.clone(), 1);
}
