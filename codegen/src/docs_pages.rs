//! The pages of the docs that are not a group's. The renderer makes no other, and a group may not have the name
//! of one, so that neither knows a page which the other does not.

pub const INDEX: &str = "index";
pub const ENDPOINTS: &str = "endpoints";
pub const SCOPES: &str = "scopes";
pub const ACCESS: &str = "access";
pub const EVENTS: &str = "events";
pub const ERRORS: &str = "errors";
pub const LIMITS: &str = "limits";
pub const COVERAGE: &str = "coverage";
pub const VERSIONS: &str = "versions";
pub const AUTHENTICATION: &str = "authentication";
pub const GLOSSARY: &str = "glossary";
pub const QUESTIONS: &str = "questions";
pub const SOURCES: &str = "sources";
pub const GUIDES: &str = "guides";
pub const DIAGNOSTICS: &str = "diagnostics";
/// What a server shows instead of a page that is not there; no group can have such a name.
pub const NOT_FOUND: &str = "404";

/// A part of the menu: its heading, the names of its pages and what it calls them.
pub type Part = (&'static str, &'static [(&'static str, &'static str)]);

/// What stands in the menu above the groups, in its order.
pub const READERS: [Part; 2] = [
    (
        "Use",
        &[
            (INDEX, "Overview"),
            (AUTHENTICATION, "Authentication"),
            (GUIDES, "Guides"),
            (QUESTIONS, "Questions"),
        ],
    ),
    (
        "Reference",
        &[
            (ENDPOINTS, "All endpoints"),
            (SCOPES, "Scopes"),
            (ACCESS, "Access"),
            (EVENTS, "Webhook events"),
            (LIMITS, "Limits and pagination"),
            (ERRORS, "Errors"),
            (VERSIONS, "Versions"),
            (GLOSSARY, "Glossary"),
        ],
    ),
];

/// What stands below them: how the reference is made, which concerns those who edit its spec.
pub const ABOUT: Part = (
    "About",
    &[
        (COVERAGE, "Coverage"),
        (SOURCES, "Sources"),
        (DIAGNOSTICS, "Diagnostics"),
    ],
);

/// The names of all pages and what the menu calls them, in its order.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let parts = READERS.into_iter().chain([ABOUT]);
    parts.flat_map(|(_, pages)| pages.iter().copied())
}

/// The catalogue, `api.json`: each group's page has a JSON file of its name beside it.
const CATALOGUE: &str = "api";

/// The names that no group may have, since its files would be those of a page.
pub fn names() -> impl Iterator<Item = &'static str> {
    pages().map(|(name, _)| name).chain([CATALOGUE])
}

/// The name of a scope's page.
pub fn scope(wire: &str) -> String {
    format!("scope-{wire}")
}

/// What the menu calls a page.
pub fn title(page: &str) -> &'static str {
    let known = pages().find(|(name, _)| *name == page);
    known.map_or("", |(_, title)| title)
}
