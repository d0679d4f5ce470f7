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

/// The names of the pages and what the menu calls them, in its order.
pub const PAGES: [(&str, &str); 15] = [
    (INDEX, "Overview"),
    (AUTHENTICATION, "Authentication"),
    (ENDPOINTS, "All endpoints"),
    (SCOPES, "Scopes"),
    (ACCESS, "Access"),
    (EVENTS, "Webhook events"),
    (LIMITS, "Limits and pagination"),
    (ERRORS, "Errors"),
    (GUIDES, "Guides"),
    (VERSIONS, "Versions"),
    (COVERAGE, "Coverage"),
    (QUESTIONS, "Questions"),
    (GLOSSARY, "Glossary"),
    (SOURCES, "Sources"),
    (DIAGNOSTICS, "Diagnostics"),
];

/// The catalogue, `api.json`: each group's page has a JSON file of its name beside it.
const CATALOGUE: &str = "api";

/// The names that no group may have, since its files would be those of a page.
pub fn names() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(name, _)| *name).chain([CATALOGUE])
}

/// What the menu calls a page.
pub fn title(page: &str) -> &'static str {
    let known = PAGES.iter().find(|(name, _)| *name == page);
    known.map_or("", |(_, title)| title)
}
