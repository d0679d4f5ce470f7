//! The body of an endpoint: a type, one or many of it, or a form.

use super::{
    classes::{Classes, Side},
    draft::DraftEndpoint,
    facts::Facts,
    operation::{Body, Operation},
    parameters,
    shape::{Arena, Kind, Shape},
    types::{Speller, whole_body},
};

/// The view in which a body shows its object.
pub(crate) fn write_side(operation: &Operation) -> Side {
    match operation.method {
        "post" => Side::Create,
        _ => Side::Update,
    }
}

/// Sets the operation's body.
pub(crate) fn takes(
    endpoint: &mut DraftEndpoint,
    operation: &Operation,
    noun: &str,
    speller: &mut Speller<'_>,
    facts: &Facts,
) {
    let Some(body) = &operation.body else { return };
    if body.media == "multipart/form-data" {
        form(endpoint, body, noun, speller);
        return;
    }
    if !body.media.contains("json") {
        endpoint.todo.push(format!("the body is `{}`", body.media));
        return;
    }
    let shape = one_or_many(&body.shape, speller.classes);
    let typed = speller.spell(shape, noun, "body");
    let suffix = match write_side(operation) {
        Side::Create => "Create",
        _ => "Update",
    };
    let is_object = shape
        .object()
        .is_some_and(|id| speller.classes.of(id).is_some());
    let text = match is_object {
        true => suffixed(&whole_body(&typed.text), suffix),
        false => whole_body(&typed.text),
    };
    for doubt in typed.doubts {
        endpoint.todo.push(format!("the body: {doubt}"));
    }
    // A description without `required` says nothing; a body with a required field is required.
    let needed = is_needed(&body.shape, speller.arena);
    endpoint.optional_body = !body.required && !needed;
    endpoint.body_read_as_required = !body.required && needed;
    if *shape != body.shape {
        let one = text.trim_start_matches('[').trim_end_matches(']');
        endpoint.takes = Some(format!("one_or_many {one}"));
        return;
    }
    endpoint.takes = Some(text);
    if let Kind::List(_) = shape.kind {
        let stated = body.shape.items.max.clone();
        let stated = stated.filter(|max| max.parse::<u32>().is_ok());
        let known = facts.batch(operation.method, &operation.path);
        endpoint.batch = stated.or_else(|| known.map(|max| max.to_string()));
        if endpoint.batch.is_none() {
            endpoint.todo.push("how many items a batch may have".into());
        }
    }
}

/// Whether an empty body could not be sent.
fn is_needed(shape: &Shape, arena: &Arena) -> bool {
    match &shape.kind {
        Kind::Object(id) => {
            let mut properties = arena.get(*id).properties.values();
            !shape.demands.is_empty() || properties.any(|property| property.required)
        }
        Kind::List(_) => true,
        Kind::Either(shapes) => shapes.iter().all(|one| is_needed(one, arena)),
        _ => false,
    }
}

/// The parts of a form.
fn form(endpoint: &mut DraftEndpoint, body: &Body, noun: &str, speller: &mut Speller<'_>) {
    let object = match body.shape.kind {
        Kind::Object(id) => speller.arena.get(id),
        _ => {
            endpoint.todo.push("what the parts of the form are".into());
            return;
        }
    };
    for property in object.properties.values() {
        let name = &property.name;
        let kind = match property.shape.kind {
            Kind::Binary => "file".to_owned(),
            _ => parameters::kind(endpoint, &property.shape, noun, name, speller),
        };
        let part = parameters::part(&property.shape, property.required, kind);
        endpoint.form.push((name.clone(), part));
    }
}

/// The list, if a body may be a list or a single item.
pub(crate) fn one_or_many<'s>(shape: &'s Shape, classes: &Classes) -> &'s Shape {
    let Kind::Either(shapes) = &shape.kind else {
        return shape;
    };
    let list = shapes.iter().find(|shape| shape.is_list());
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
