//! What an operation returns: the relevant response, its envelope and its contents.

use super::{
    operation::{Operation, Response},
    shape::{Arena, Kind, Shape},
};

/// How the value is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrapping {
    /// `{"data": .., "meta": ..}`
    Data,
    /// Just `{"meta": ..}`.
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
    /// Whether it is just the totals of a batch.
    pub counts: bool,
    /// The media type, if the response is not JSON.
    pub media: Option<String>,
    pub success: Vec<u16>,
    pub errors: Vec<u16>,
    pub doubts: Vec<String>,
}

/// Finds the successful response among the declared ones.
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
    if answer.success.is_empty() {
        answer.doubts.push("which status means success".into());
    }
    let Some((response, shape)) = bodies(operation).into_iter().next() else {
        return answer;
    };
    if response.status == Some(204) {
        // It never has a body, whatever the description says.
        return answer;
    }
    answer.media = no_json(response);
    unwrap(&mut answer, shape, arena);
    answer
}

/// The media type of a response, if it is not JSON.
fn no_json(response: &Response) -> Option<String> {
    let media = response.media.as_deref().unwrap_or_default();
    let is_json = media.contains("json") || media == "*/*";
    (!is_json).then(|| media.to_owned())
}

/// What the other success statuses return, if the description declares a value.
pub(crate) fn others(operation: &Operation, arena: &Arena) -> Vec<(u16, Answer)> {
    let mut others = Vec::new();
    for (response, shape) in bodies(operation).into_iter().skip(1) {
        let Some(status) = response.status.filter(|status| *status != 204) else {
            continue;
        };
        let mut answer = Answer {
            wrapping: Wrapping::Nothing,
            shape: None,
            counts: false,
            media: no_json(response),
            success: vec![status],
            errors: Vec::new(),
            doubts: Vec::new(),
        };
        if says_value(shape, arena) {
            unwrap(&mut answer, shape, arena);
            others.push((status, answer));
        }
    }
    others
}

/// The success responses with a body, the usual one first. A partial success (207) never defines the type of
/// a full one.
fn bodies(operation: &Operation) -> Vec<(&Response, &Shape)> {
    let all = operation.responses.iter();
    let successes = all.filter(|r| r.status.is_none_or(|status| (200..300).contains(&status)));
    let mut bodies: Vec<_> = successes
        .filter_map(|r| Some((r, r.shape.as_ref()?)))
        .collect();
    bodies.sort_by_key(|(r, _)| (r.status.is_none(), r.status == Some(207), r.status));
    bodies
}

/// Whether a body has more than what may be next to a value.
fn says_value(shape: &Shape, arena: &Arena) -> bool {
    match shape.kind {
        Kind::Any => false,
        Kind::Object(id) => {
            let mut names = arena.get(id).properties.keys();
            names.any(|name| name == "meta" || !BESIDE.contains(&name.as_str()))
        }
        _ => true,
    }
}

/// The keys that may be next to `data`.
const BESIDE: [&str; 3] = ["meta", "errors", "links"];

fn unwrap(answer: &mut Answer, shape: &Shape, arena: &Arena) {
    let object = match shape.kind {
        Kind::Object(id) => arena.get(id),
        _ => {
            answer.wrapping = Wrapping::Flat;
            answer.shape = Some(shape.clone());
            return;
        }
    };
    let wrapped =
        |p: &super::shape::Property| p.name == "data" || BESIDE.contains(&p.name.as_str());
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
                answer.doubts.push("what `meta` contains".into());
            }
        }
        _ => {
            answer.wrapping = Wrapping::Flat;
            answer.shape = Some(shape.clone());
        }
    }
}
