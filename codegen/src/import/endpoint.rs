//! Drafts one endpoint from its operation: name, query, body and response.

use std::collections::{HashMap, HashSet};

use super::{
    answer::{self, Answer, Wrapping},
    body,
    classes::{Class, Classes, Root, Side, visible},
    draft::DraftEndpoint,
    facts::Facts,
    methods, names,
    operation::Operation,
    parameters::{self, Context},
    prose,
    shape::{Arena, Kind, ObjectId, Shape, distinct},
    types::{Speller, whole_body},
};

/// An operation before its draft.
pub(crate) struct Subject<'a> {
    pub operation: &'a Operation,
    pub answer: &'a Answer,
    /// The object of each noun in the selection, preferably one that is read.
    pub nouns: &'a HashMap<String, ObjectId>,
    /// The fields of each class when it is read.
    pub fields: &'a [HashSet<String>],
    /// The paths below which a single resource is.
    pub parents: &'a HashSet<&'a str>,
}

/// The objects of the nouns of bodies and responses.
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

/// The endpoint of an operation at the position `place` in its group.
pub(crate) fn draft(
    subject: &Subject<'_>,
    place: &methods::Place,
    facts: &Facts,
    speller: &mut Speller<'_>,
) -> DraftEndpoint {
    let Subject {
        operation, parents, ..
    } = subject;
    let told = collection(operation, subject.answer, parents);
    let answer = told.as_ref().unwrap_or(subject.answer);
    let lists = returns_list(answer);
    let batch = operation
        .body
        .as_ref()
        .is_some_and(|body| body::one_or_many(&body.shape, speller.classes).is_list());
    let call = methods::Call {
        method: operation.method,
        path: &operation.path,
        operation: &operation.id,
        lists: lists || holds_list(answer, speller.arena),
        batch,
        many: subject.parents.contains(operation.path.as_str())
            || operation.parameters.iter().any(|p| p.place == "query"),
        selection: selection(operation),
    };
    let noun = names::noun(&operation.id, &operation.path);
    let class = about(subject, &noun, speller.classes);
    let about = class.map_or_else(|| noun.clone(), |class| class.name.clone());
    let none = HashSet::new();
    let shown = class.and_then(|class| speller.classes.place_of(&class.name));
    let fields = shown.and_then(|shown| subject.fields.get(shown));
    let fields = fields.unwrap_or(&none);
    let mut endpoint = DraftEndpoint {
        wishes: methods::methods(&call, place),
        method: operation.method,
        path: operation.path.clone(),
        operation: operation.id.clone(),
        acts_on: names::spaced(&about),
        success: answer.success.clone(),
        errors: answer.errors.clone(),
        deprecated: operation.deprecated,
        stated_scopes: operation.scopes.clone(),
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
        fields,
        lists,
        counts: operation.path.ends_with("/count"),
        version: &version,
    };
    parameters::sort(&mut endpoint, operation, &context, speller);
    body::takes(&mut endpoint, operation, &noun, speller, facts);
    returns(&mut endpoint, answer, &noun, speller);
    endpoint.partial = lists_in_part(operation, answer, speller.arena);
    endpoint.does = prose::endpoint(&endpoint, call.lists, batch);
    if endpoint.does.is_none() {
        endpoint.todo.insert(0, "what it does".into());
    }
    losses(&mut endpoint, operation);
    distinct(&mut endpoint.todo);
    endpoint
}

/// How an operation selects what it applies to, by its query.
fn selection(operation: &Operation) -> methods::Selection {
    let mut query = operation
        .parameters
        .iter()
        .filter(|p| p.place == "query")
        .peekable();
    if query.peek().is_none() {
        methods::Selection::Everything
    } else if query.any(|p| p.required && p.name.ends_with(":in")) {
        methods::Selection::Given
    } else {
        methods::Selection::Matching
    }
}

/// Whether an operation lists, by its response or else by its parameters.
pub(crate) fn lists(operation: &Operation, answer: &Answer, arena: &Arena) -> bool {
    let has = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|p| p.place == "query" && p.name == name)
    };
    let pages = operation.method == "get" && has("page") && has("limit");
    pages || returns_list(answer) || holds_list(answer, arena)
}

/// The response of a read as a list, if the description has a single resource at the path of a collection.
fn collection(operation: &Operation, answer: &Answer, parents: &HashSet<&str>) -> Option<Answer> {
    let has = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|p| p.place == "query" && p.name == name)
    };
    let many = parents.contains(operation.path.as_str()) && has("page") && has("limit");
    let single = answer
        .shape
        .as_ref()
        .filter(|shape| matches!(shape.kind, Kind::Object(_)));
    let single =
        single.filter(|_| many && operation.method == "get" && !operation.path.ends_with('}'))?;
    let mut answer = answer.clone();
    answer.shape = Some(Shape::of(Kind::List(Box::new(single.clone()))));
    if operation.path.starts_with("/v3/") {
        answer.wrapping = Wrapping::Data;
    }
    let todo = "declared as a single value, drafted as a list";
    answer.doubts.push(todo.to_owned());
    Some(answer)
}

fn returns_list(answer: &Answer) -> bool {
    answer.shape.as_ref().is_some_and(Shape::is_list)
}

/// Whether the response is an object that contains just a list.
fn holds_list(answer: &Answer, arena: &Arena) -> bool {
    let object = match answer.shape.as_ref().map(|shape| &shape.kind) {
        Some(Kind::Object(id)) => arena.get(*id),
        _ => return false,
    };
    let mut properties = object.properties.values();
    let only = properties.next().filter(|_| properties.next().is_none());
    only.is_some_and(|only| only.shape.is_list())
}

/// Facts of the description that the spec cannot express.
fn losses(endpoint: &mut DraftEndpoint, operation: &Operation) {
    let Some(body) = &operation.body else { return };
    for other in &body.others {
        endpoint
            .todo
            .push(format!("the body may also be `{other}`"));
    }
}

/// The class of the returned or sent value; without one, the class of other operations with the same noun. A
/// count belongs to the counted class.
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

/// The fields of a class when it is read.
pub(crate) fn fields_of(class: &Class, arena: &Arena) -> HashSet<String> {
    let objects = class.members.iter().map(|(id, _)| arena.get(*id));
    objects
        .flat_map(|o| visible(o, Side::Read))
        .map(|p| p.name.clone())
        .collect()
}

/// Whether a partial success (207) returns a list of what a full one returns.
fn lists_in_part(operation: &Operation, answer: &Answer, arena: &Arena) -> bool {
    let one = answer.shape.as_ref();
    let one = one.is_some_and(|shape| matches!(shape.kind, Kind::Object(_)));
    let others = answer::others(operation, arena).into_iter();
    let mut partial = others.filter(|(status, _)| *status == 207);
    one && partial.any(|(_, other)| returns_list(&other))
}

fn returns(endpoint: &mut DraftEndpoint, answer: &Answer, noun: &str, speller: &mut Speller<'_>) {
    if let Some(media) = &answer.media {
        let is_stream = media == "text/event-stream";
        endpoint.returns = if is_stream { "events" } else { "file" }.to_owned();
        endpoint.media_type = (!is_stream).then(|| media.clone());
        return;
    }
    endpoint.returns = match (&answer.shape, answer.counts) {
        (Some(shape), _) => {
            let typed = speller.spell(shape, noun, "answer");
            for doubt in typed.doubts {
                endpoint.todo.push(format!("the response: {doubt}"));
            }
            whole_body(&typed.text)
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
