//! The names that generated Rust uses without a path. The renderer imports only names from this list, and
//! a spec may use none of them, so the two cannot diverge.

/// Names from the runtime's root in models, handles and requests.
pub const VALUES: [&str; 13] = [
    "Bulk",
    "Call",
    "Counts",
    "Date",
    "DateTime",
    "Endpoint",
    "Id",
    "Linked",
    "List",
    "Number",
    "OneOrMany",
    "Patch",
    "RawJson",
];

/// Those of them that only models use, which a request may therefore have.
const OF_MODELS: [&str; 2] = ["List", "Patch"];

/// Further names from the runtime's root in handles.
pub const HANDLES: [&str; 1] = ["Client"];

/// Names in the types of events, in addition to those of groups.
pub const EVENTS: [&str; 2] = ["Event", "EventData"];

/// Names that need no import, or one from the standard library.
const STANDARD: [&str; 17] = [
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// Every name; each is used in some generated file.
pub fn all() -> impl Iterator<Item = &'static str> {
    let lists: [&[&str]; 4] = [&VALUES, &HANDLES, &EVENTS, &STANDARD];
    lists.into_iter().flatten().copied()
}

/// Whether no type of events or of a group may have this name.
pub fn is_taken_by_types(name: &str, events: bool) -> bool {
    VALUES.contains(&name) || STANDARD.contains(&name) || events && EVENTS.contains(&name)
}

/// Whether no request may have this name.
pub fn is_taken_by_requests(name: &str) -> bool {
    (VALUES.contains(&name) && !OF_MODELS.contains(&name))
        || HANDLES.contains(&name)
        || STANDARD.contains(&name)
}
