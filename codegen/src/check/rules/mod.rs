//! The rules, in the order of their subjects.

mod all;
mod arguments;
mod bounds;
mod branches;
mod calls;
mod conditions;
mod dates;
mod defaults;
mod deprecations;
mod endless;
mod events;
mod exclusions;
mod facts;
mod field_sets;
mod headers;
mod identity;
mod inbound;
mod inherits;
mod jobs;
mod lists;
mod official;
mod paths;
mod prose;
mod reach;
mod recorded;
mod records;
mod repeats;
mod requests;
mod rows;
mod schemas;
mod scopes;
mod servers;
mod service;
mod signals;
mod sources;
mod subjects;
mod unlisted;
mod updates;
mod views;
mod within;

pub(super) use self::identity::absent_groups;
pub(crate) use self::{events::is_event_scope, paths::is_path};
use super::Rule;

macro_rules! rules {
    ($($module:ident::$run:ident: $($code:ident),+;)*) => {
        /// Every rule.
        pub static RULES: &[Rule] = &[
            $(Rule { codes: &[$(&$module::$code),+], run: $module::$run },)*
        ];
    };
}

rules! {
    identity::duplicate_ids: DUPLICATE_ID;
    identity::bad_names: BAD_NAME;
    identity::group_files: GROUP_FILE, UNLISTED_GROUP, UNKNOWN_GROUP;
    identity::empty_groups: EMPTY_GROUP;
    identity::shadowed_schemas: SHADOWED_SCHEMA;
    paths::one_method: ONE_METHOD;
    paths::path_syntax: PATH_SYNTAX;
    paths::path_parameters: UNDECLARED_PARAMETER, UNUSED_PARAMETER;
    paths::same_calls: SAME_CALL;
    paths::path_generation: PATH_GENERATION;
    lists::paging: UNPAGED_LIST, PAGED_VALUE, BAD_LIMIT;
    lists::filters: UNKNOWN_OPERATOR, NEEDS_FILTER;
    lists::operators: UNKNOWN_OPERATOR;
    lists::selects: UNKNOWN_SELECT;
    lists::sorts: UNKNOWN_SORT;
    exclusions::exclusions: PARAMETER_SET;
    unlisted::unlisted: UNLISTED;
    calls::partials: PARTIAL;
    calls::reads: SAID_TO_READ;
    repeats::unless: REPEAT_UNLESS;
    updates::whole: WHOLE;
    updates::merges: MERGES;
    updates::updates: UPDATES;
    calls::money: READ_OF_MONEY;
    calls::bodies: READ_WITH_BODY, BATCH, OPTIONAL_BODY;
    arguments::headers: CALL_HEADER;
    arguments::exploded: EXPLODE;
    arguments::forms: FORM;
    arguments::media_types: MEDIA_TYPE;
    arguments::events: EVENT_DATA;
    all::all: BAD_ALL;
    jobs::jobs: BAD_JOB;
    inherits::inherits: BAD_INHERITS;
    calls::statuses: BAD_STATUS;
    calls::refusals: BAD_STATUS;
    calls::answers: NO_CONTENT, COUNTS, ENVELOPE;
    calls::limits: ZERO_LIMIT;
    service::statuses: BAD_STATUS;
    service::plans: ZERO_LIMIT;
    servers::of_the_store: SERVER;
    servers::servers: SERVER;
    inbound::providers: PROVIDER;
    signals::signals: UNKNOWN_SIGNAL;
    schemas::shapes: FIELDS_OR_VALUES, EMPTY_ENUM, TYPE_OR_ENUM;
    schemas::numbers: ENUM_NUMBER;
    branches::branches: BRANCH_TYPE, BRANCH_FIELD;
    views::views: UNKNOWN_VIEW;
    field_sets::field_sets: FIELD_SET;
    views::required_when: REQUIRED_WHEN;
    requests::requests: UNKNOWN_REQUEST;
    bounds::ranges: BAD_RANGE;
    bounds::misplaced: MISPLACED_LIMIT;
    bounds::wires: WIRE;
    bounds::patterns: BAD_PATTERN;
    defaults::defaults: BAD_DEFAULT;
    records::fields: RECORD_FIELD;
    records::references: REFERENCE;
    records::known_values: KNOWN_VALUES;
    endless::endless: ENDLESS;
    reach::unreachable: UNREACHABLE_SCHEMA, UNREACHABLE_VIEW;
    scopes::scopes_allow: SCOPE_CANNOT_WRITE, READ_NEEDS_WRITE;
    scopes::levels: BAD_INCLUDES, LEVEL_MISMATCH, SCOPE_STRING;
    conditions::values: SCOPE_VALUES;
    events::reads_fire: READ_FIRES;
    events::wildcards: EMPTY_WILDCARD;
    events::retries: BAD_RETRIES;
    events::scopes: EVENT_SCOPE;
    facts::conflicts: CONFLICT;
    facts::totals: GUIDE_TOTALS;
    facts::todos: TODO;
    subjects::fields: CONFLICT_FIELD;
    recorded::endpoints: RECORDED_AT;
    deprecations::deprecations: DEPRECATION, UNKNOWN_REPLACEMENT, BAD_DATE;
    dates::dates: BAD_DATE;
    rows::rows: GUIDE_ROW;
    prose::texts_say_something: EMPTY_TEXT, FILLER;
    prose::full_stops: FULL_STOP;
    prose::warnings: UNWARNED;
    headers::headers: HEADER;
    official::official: OFFICIAL_LIST, UNOFFICIAL, LEFT_OUT, UNACCOUNTED;
    sources::sources: UNKNOWN_SOURCE;
}
