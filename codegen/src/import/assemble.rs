//! Puts a group together: classes for all its operations, then endpoints, then the schemas they
//! need.

use super::{
    answer::{self, Answer, Wrapping},
    classes::{self, Classes, Root, Side, visible},
    draft::{DraftEndpoint, DraftGroup, DraftSchema},
    fields, names,
    operation::{Official, Operation},
    parameters::{self, Context},
    shape::{Arena, Kind, Shape},
    types::{Enums, Speller},
};

/// A group of these operations.
pub(crate) fn group(
    official: &Official,
    operations: &[&Operation],
    name: &str,
    title: &str,
    source: &str,
) -> DraftGroup {
    let arena = &official.arena;
    let answers: Vec<Answer> = operations.iter().map(|o| answer::read(o, arena)).collect();
    let classes = classes::sort(&roots(operations, &answers, arena), arena);
    let base = names::base(operations.iter().map(|o| o.path.as_str()));
    let mut enums = Enums::default();
    let mut group = DraftGroup {
        name: name.to_owned(),
        title: title.to_owned(),
        version: official.version.clone(),
        source: source.to_owned(),
        ..DraftGroup::default()
    };
    let mut speller = Speller {
        arena,
        classes: &classes,
        enums: &mut enums,
        version: &official.version,
    };
    for (operation, answer) in operations.iter().zip(&answers) {
        let mut endpoint = endpoint(operation, answer, &base, &mut speller);
        path_parameters(&mut group, &mut endpoint, operation, &mut speller);
        unique(&mut endpoint, &group);
        group.endpoints.push(endpoint);
    }
    for class in &classes.classes {
        let chosen = answers.iter().zip(operations).any(|(answer, operation)| {
            let root = answer.shape.as_ref().and_then(Shape::object);
            let selects = operation
                .parameters
                .iter()
                .any(|p| p.name == "include_fields");
            selects && root.is_some_and(|id| class.members.iter().any(|(known, _)| *known == id))
        });
        group
            .schemas
            .push(fields::schema(class, chosen, &mut speller));
    }
    for (name, values) in &enums.named {
        group.schemas.push(DraftSchema {
            name: name.clone(),
            values: values.clone(),
            ..DraftSchema::default()
        });
    }
    group
}

fn roots(operations: &[&Operation], answers: &[Answer], arena: &Arena) -> Vec<Root> {
    let mut roots = Vec::new();
    for (place, (operation, answer)) in operations.iter().zip(answers).enumerate() {
        let noun = names::noun(&operation.id, &operation.path);
        let mut add = |shape: &Shape, side| {
            let mut found = Vec::new();
            shape.objects(&mut found);
            roots.extend(found.into_iter().map(|object| Root {
                object,
                side,
                noun: noun.clone(),
                operation: place,
            }));
        };
        if let Some(shape) = &answer.shape {
            add(shape, Side::Read);
        }
        if let Some(body) = operation.body.as_ref().filter(|b| b.media.contains("json")) {
            add(&body.shape, write_side(operation));
        }
    }
    let _ = arena;
    roots
}

fn write_side(operation: &Operation) -> Side {
    match operation.method {
        "post" => Side::Create,
        _ => Side::Update,
    }
}

fn endpoint(
    operation: &Operation,
    answer: &Answer,
    base: &str,
    speller: &mut Speller<'_>,
) -> DraftEndpoint {
    let lists = is_list(answer.shape.as_ref());
    let batch = operation
        .body
        .as_ref()
        .is_some_and(|body| is_list(Some(&body.shape)));
    let call = names::Call {
        method: operation.method,
        path: &operation.path,
        operation: &operation.id,
        lists,
        batch,
    };
    let noun = names::noun(&operation.id, &operation.path);
    let about = about(operation, answer, speller.classes).unwrap_or_else(|| noun.clone());
    let mut endpoint = DraftEndpoint {
        id: names::method(&call, base),
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
    let fields = fields_of(&about, speller.classes, speller.arena);
    let version = speller.version.to_owned();
    let context = Context {
        about: &about,
        fields: &fields,
        lists,
        version: &version,
    };
    parameters::sort(&mut endpoint, operation, &context, speller);
    takes(&mut endpoint, operation, &noun, speller);
    returns(&mut endpoint, answer, &noun, speller);
    endpoint
}

/// The class of what is answered, or else of what is sent.
fn about(operation: &Operation, answer: &Answer, classes: &Classes) -> Option<String> {
    let sent = operation.body.as_ref().and_then(|body| body.shape.object());
    let read = answer.shape.as_ref().and_then(Shape::object);
    Some(classes.of(read.or(sent)?)?.name.clone())
}

fn fields_of(about: &str, classes: &Classes, arena: &Arena) -> Vec<String> {
    let class = classes.classes.iter().find(|class| class.name == about);
    let members = class.into_iter().flat_map(|class| &class.members);
    let objects = members.map(|(id, _)| arena.get(*id));
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
    let typed = speller.spell(&body.shape, noun, "body");
    let suffix = match write_side(operation) {
        Side::Create => "Create",
        _ => "Update",
    };
    let is_object = body
        .shape
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
    if let Kind::List(_) = body.shape.kind {
        match &body.shape.items.max {
            Some(max) => endpoint.batch = Some(max.clone()),
            None => endpoint.todo.push("how many items a batch may hold".into()),
        }
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

fn path_parameters(
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
                super::draft::DraftParameter {
                    kind: "string".into(),
                    ..Default::default()
                }
            }
        };
        match group.path.iter().find(|(known, _)| known == name) {
            None => group.path.push((name.to_owned(), draft)),
            Some((_, known)) if known.kind != draft.kind => endpoint.todo.push(format!(
                "path parameter `{name}` is `{}` here and `{}` elsewhere",
                draft.kind, known.kind
            )),
            Some(_) => {}
        }
    }
}

/// Two calls of one name: the later takes the name of its operation.
fn unique(endpoint: &mut DraftEndpoint, group: &DraftGroup) {
    let taken = |id: &str| group.endpoints.iter().any(|known| known.id == id);
    if taken(&endpoint.id) {
        let wish = names::snake(&endpoint.operation);
        let numbered = (2..).map(|n| format!("{wish}_{n}"));
        let mut wishes = std::iter::once(wish.clone()).chain(numbered);
        endpoint.id = wishes.find(|id| !taken(id)).unwrap_or(wish);
        endpoint.todo.push("the name of the method".into());
    }
}
