//! What an operation returns: which response counts, how it is wrapped, and what is inside.

use super::{
    operation::Operation,
    shape::{Arena, Kind, Shape},
};

/// How the value is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrapping {
    /// `{"data": .., "meta": ..}`
    Data,
    /// `{"meta": ..}` alone.
    Meta,
    /// The value itself.
    Flat,
    /// No body.
    Nothing,
}

/// An operation's successful response.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub wrapping: Wrapping,
    /// The value inside the wrapping.
    pub shape: Option<Shape>,
    /// Whether it is a batch's tally alone.
    pub counts: bool,
    /// The media type, where what comes back is no JSON.
    pub media: Option<String>,
    pub success: Vec<u16>,
    pub errors: Vec<u16>,
    pub doubts: Vec<String>,
}

/// Finds the successful response among those that are declared.
pub(crate) fn read(operation: &Operation, arena: &Arena) -> Answer {
    let mut success: Vec<u16> = Vec::new();
    let mut errors: Vec<u16> = Vec::new();
    for response in &operation.responses {
        match response.status {
            Some(status) if (200..300).contains(&status) => success.push(status),
            Some(status) => errors.push(status),
            None => {}
        }
    }
    success.sort_unstable();
    errors.sort_unstable();
    let mut answer = Answer {
        wrapping: Wrapping::Nothing,
        shape: None,
        counts: false,
        media: None,
        success,
        errors,
        doubts: Vec::new(),
    };
    // A partial success (207) never says what a full one looks like.
    let mut candidates: Vec<_> = operation
        .responses
        .iter()
        .filter(|r| r.status.is_none_or(|status| (200..300).contains(&status)))
        .collect();
    candidates.sort_by_key(|r| (r.status.is_none(), r.status == Some(207), r.status));
    if answer.success.is_empty() {
        answer.doubts.push("which status means success".into());
    }
    let read = candidates.into_iter().find(|r| r.shape.is_some());
    let Some((response, shape)) = read.and_then(|r| r.shape.as_ref().map(|s| (r, s))) else {
        return answer;
    };
    if response.status == Some(204) {
        // It never has a body, whatever the description says.
        return answer;
    }
    let media = response.media.as_deref().unwrap_or_default();
    if !media.contains("json") && media != "*/*" {
        answer.media = Some(media.to_owned());
    }
    unwrap(&mut answer, shape, arena);
    answer
}

fn unwrap(answer: &mut Answer, shape: &Shape, arena: &Arena) {
    let object = match shape.kind {
        Kind::Object(id) => arena.get(id),
        _ => {
            answer.wrapping = Wrapping::Flat;
            answer.shape = Some(shape.clone());
            return;
        }
    };
    let beside = ["meta", "errors", "links"];
    let wrapped =
        |p: &super::shape::Property| p.name == "data" || beside.contains(&p.name.as_str());
    let known = object.properties.values().all(wrapped);
    match (object.property("data"), object.property("meta")) {
        (Some(data), _) if known => {
            answer.wrapping = Wrapping::Data;
            answer.shape = Some(data.shape.clone());
            answer.doubts.extend(object.doubts.iter().cloned());
        }
        (None, Some(meta)) if known => {
            answer.wrapping = Wrapping::Meta;
            let tally = match meta.shape.kind {
                Kind::Object(id) => Some(arena.get(id)),
                _ => None,
            };
            answer.counts = tally.is_some_and(|t| {
                ["total", "success", "failed"]
                    .iter()
                    .all(|name| t.property(name).is_some())
            });
            if !answer.counts {
                answer.doubts.push("what `meta` tells".into());
            }
        }
        _ => {
            answer.wrapping = Wrapping::Flat;
            answer.shape = Some(shape.clone());
        }
    }
}
