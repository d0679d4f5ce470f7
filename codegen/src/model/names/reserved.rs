//! Names that the client has for itself, and no spec may take.

/// Modules of the client, beside those of the groups.
pub const MODULES: &[&str] = &[
    "access",
    "address",
    "answer",
    "app",
    "audit",
    "blocking",
    "body",
    "bulk",
    "call",
    "catalogue",
    "client",
    "clock",
    "declare",
    "decoding",
    "disk",
    "download",
    "envelope",
    "error",
    "events",
    "example",
    "generated",
    "guide",
    "job",
    "json",
    "kind",
    "limits",
    "maybe",
    "mock",
    "models",
    "network",
    "oauth",
    "observe",
    "options",
    "outcome",
    "page",
    "paths",
    "policy",
    "prelude",
    "query",
    "quota",
    "raw",
    "reading",
    "readme",
    "request",
    "response",
    "retry",
    "sample",
    "scope_matrix",
    "scopes",
    "secrets",
    "serde",
    "shared",
    "signing",
    "storefront",
    "stream",
    "target",
    "token",
    "transport",
    "upload",
    "value",
    "webhook",
];

/// Cargo features of the client, beside those of the groups.
pub const FEATURES: &[&str] = &[
    "all", "axum", "blocking", "codegen", "default", "mcp", "redis", "reqwest", "serde", "tower",
    "tracing", "yaml",
];

/// Pages of the docs, beside those of the groups.
pub const PAGES: &[&str] = &[
    "authentication",
    "coverage",
    "endpoints",
    "errors",
    "events",
    "glossary",
    "index",
    "limits",
    "questions",
    "scopes",
    "versions",
];

/// Methods that every client has, beside those that lead to a group.
pub const CLIENT_METHODS: &[&str] = &[
    "acting_as",
    "actor",
    "at",
    "auth",
    "base_of",
    "base_url",
    "builder",
    "client",
    "clone",
    "config",
    "endpoint",
    "execute",
    "fmt",
    "guarded",
    "new",
    "policies",
    "quota",
    "raw",
    "read_only",
    "request",
    "secrets",
    "send",
    "server",
    "store_hash",
    "tokens",
    "under",
];

/// Methods that every request has.
pub const REQUEST_METHODS: &[&str] = &[
    "blocking",
    "by_cursor",
    "clone",
    "decoding",
    "into_call",
    "into_future",
    "new",
    "pages",
    "send",
    "stream",
    "with_options",
];

/// Methods that every handle has.
pub const HANDLE_METHODS: &[&str] = &["clone", "deref", "new", "read_only"];

/// Arguments and variables that generated methods have.
pub const ARGUMENTS: &[&str] = &["call", "client", "self_"];
