//! The names that generated Rust uses without a path. The renderer imports nothing that does not stand
//! here, and a spec may not take what does, so that neither knows a name which the other does not.

/// What models, handles and requests use of the runtime's root.
pub const VALUES: [&str; 21] = [
    "Bulk",
    "Call",
    "Counts",
    "Date",
    "DateTime",
    "Decode",
    "Direction",
    "Endpoint",
    "Id",
    "Items",
    "Linked",
    "List",
    "Listing",
    "Number",
    "OneOrMany",
    "Outcome",
    "Page",
    "Pages",
    "Patch",
    "RawJson",
    "Single",
];

/// Those of them that only models use: a request may have such a name.
const OF_MODELS: [&str; 2] = ["List", "Patch"];

/// What models use of the runtime's codec.
pub const JSON: [&str; 8] = [
    "Blank",
    "Choice",
    "DecodeError",
    "Each",
    "Model",
    "Rest",
    "Slot",
    "Unknown",
];

/// What every request uses of the runtime's root.
pub const REQUEST: [&str; 7] = [
    "Call",
    "CallOptions",
    "Client",
    "Endpoint",
    "Error",
    "Pending",
    "Response",
];

/// What the types of events use beside those of groups.
pub const EVENTS: [&str; 2] = ["Event", "EventData"];

/// What needs no import, or one from the standard library.
const STANDARD: [&str; 24] = [
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Encode",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
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

/// Whether no type may have this name, among those of events or of a group.
pub fn is_taken_by_types(name: &str, events: bool) -> bool {
    VALUES.contains(&name)
        || JSON.contains(&name)
        || STANDARD.contains(&name)
        || events && EVENTS.contains(&name)
}

/// Whether no request may have this name.
pub fn is_taken_by_requests(name: &str) -> bool {
    (VALUES.contains(&name) && !OF_MODELS.contains(&name))
        || REQUEST.contains(&name)
        || STANDARD.contains(&name)
}
