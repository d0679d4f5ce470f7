//! The names that generated Rust uses without a path. The renderer imports nothing that does not stand
//! here, and a spec may not take what does, so that neither knows a name which the other does not.

/// What models, handles and requests use of the runtime's root.
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

/// Those of them that only models use: a request may have such a name.
const OF_MODELS: [&str; 2] = ["List", "Patch"];

/// What handles use of the runtime's root beside that.
pub const HANDLES: [&str; 1] = ["Client"];

/// What the types of events use beside those of groups.
pub const EVENTS: [&str; 2] = ["Event", "EventData"];

/// What needs no import, or one from the standard library.
const STANDARD: [&str; 19] = [
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Eq",
    "Hash",
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

/// Every name, each of which some generated file uses.
pub fn all() -> impl Iterator<Item = &'static str> {
    let lists: [&[&str]; 4] = [&VALUES, &HANDLES, &EVENTS, &STANDARD];
    lists.into_iter().flatten().copied()
}

/// Whether no type may have this name, among those of events or of a group.
pub fn is_taken_by_types(name: &str, events: bool) -> bool {
    VALUES.contains(&name) || STANDARD.contains(&name) || events && EVENTS.contains(&name)
}

/// Whether no request may have this name.
pub fn is_taken_by_requests(name: &str) -> bool {
    (VALUES.contains(&name) && !OF_MODELS.contains(&name))
        || HANDLES.contains(&name)
        || STANDARD.contains(&name)
}
