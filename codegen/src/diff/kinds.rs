//! The kinds of changes: what each means for programs that use the client, and which version it asks
//! for. One kind is one row.

/// Whom a change reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Programs that use the changed thing no longer compile.
    Rust,
    /// Programs compile as before, and what they do against the API can be different.
    Live,
    /// No program that exists.
    Nothing,
}

/// The part of the version that a change asks to raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// None, since what is published stays as it is.
    None,
    Patch,
    /// Something is new.
    Addition,
    /// Something that worked may not work any more.
    Breaking,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The name to search for. It never changes and is never used again.
    pub id: &'static str,
    /// Whom it reaches.
    pub verdict: Verdict,
    /// What it asks of the version.
    pub bump: Bump,
    /// Why.
    pub explains: &'static str,
}

macro_rules! kinds {
    ($($name:ident $id:literal $verdict:ident $bump:ident $explains:literal;)*) => {
        $(
            #[doc = $explains]
            pub static $name: Kind = Kind {
                id: $id,
                verdict: Verdict::$verdict,
                bump: Bump::$bump,
                explains: $explains,
            };
        )*
        /// Every kind, in the order in which changes are told.
        pub static ALL: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    SCOPE_NEEDED "scope-needed" Live Breaking "A token that was enough is refused until it is granted another scope.";
    SCOPE_NO_LONGER_GRANTS "scope-no-longer-grants" Live Breaking "A token with a scope that included another is refused.";
    SCOPE_REMOVED "scope-removed" Rust Breaking "Code that names the scope does not compile.";
    SCOPE_RENAMED "scope-renamed" Rust Breaking "The variant of `Scope` is named after its area, and code that names it does not compile.";
    SCOPE_RESPELLED "scope-respelled" Live Breaking "Tokens carry the scope under another name.";
    SCOPE_WRITES "scope-writes" Live Breaking "Least-privilege sets with the scope let a caller write, or no longer do.";
    SCOPE_RELAXED "scope-relaxed" Live Addition "A lesser scope is enough, and least-privilege sets shrink.";
    SCOPE_GRANTS_MORE "scope-grants-more" Live Addition "A token with the scope may do more than before.";
    SCOPE_ADDED "scope-added" Nothing Addition "Nothing needed it before.";

    GROUP_REMOVED "group-removed" Rust Breaking "Its module, handles and requests are gone.";
    GROUP_RENAMED "group-renamed" Rust Breaking "Its module, its handles and the ids of its endpoints are named otherwise.";
    GROUP_FEATURE "group-feature" Rust Breaking "It is compiled with another cargo feature.";
    GROUP_HANDLE "group-handle" Rust Breaking "Its handle is reached by another method or with other arguments.";
    GROUP_SERVER "group-server" Rust Breaking "Its calls go to another host with another secret, and its handle takes a token or no longer does.";
    GROUP_REFUSALS "group-refusals" Live Patch "The bodies of refusals are read otherwise.";
    GROUP_ADDED "group-added" Nothing Addition "Nothing existing changes.";

    ENDPOINT_REMOVED "endpoint-removed" Rust Breaking "The method and its request are gone.";
    ENDPOINT_RENAMED "endpoint-renamed" Rust Breaking "The method, its request and the variant of `Endpoint` are named otherwise.";
    ENDPOINT_HANDLE "endpoint-handle" Rust Breaking "The method stands on another handle.";
    ENDPOINT_METHOD "endpoint-method" Live Patch "The call goes out with another HTTP method.";
    ENDPOINT_WRITES "endpoint-writes" Rust Breaking "The method leaves the handle that only reads, or comes to it.";
    ENDPOINT_PATH "endpoint-path" Live Patch "The call goes to another path.";
    ENDPOINT_DEPRECATED "endpoint-deprecated" Live Addition "The compiler warns of the method.";
    ENDPOINT_RESTORED "endpoint-restored" Live Patch "The compiler no longer warns of the method.";
    ENDPOINT_ADDED "endpoint-added" Nothing Addition "Nothing existing changes.";

    ARGUMENT_ADDED "argument-added" Rust Breaking "The method takes an argument more.";
    ARGUMENT_REMOVED "argument-removed" Rust Breaking "The method takes an argument less.";
    ARGUMENTS_REORDERED "arguments-reordered" Rust Breaking "The arguments of the method are in another order.";
    PARAMETER_REMOVED "parameter-removed" Rust Breaking "The method of the request that sets it is gone.";
    PARAMETER_RENAMED "parameter-renamed" Rust Breaking "The method of the request that sets it is named otherwise.";
    PARAMETER_REQUIRED "parameter-required" Rust Breaking "It is an argument instead of a method of the request.";
    PARAMETER_OPTIONAL "parameter-optional" Rust Breaking "It is a method of the request instead of an argument.";
    PARAMETER_RETYPED "parameter-retyped" Rust Breaking "It takes values of another type.";
    PARAMETER_RESPELLED "parameter-respelled" Live Patch "The same value goes out in another spelling or under another name.";
    PARAMETER_TIGHTENED "parameter-tightened" Live Patch "The API refuses values that it took, whichever version of the client sends them.";
    PARAMETER_LOOSENED "parameter-loosened" Live Patch "The API takes values that it refused.";
    PARAMETER_DEFAULT "parameter-default" Live Patch "Calls without it mean something else.";
    PARAMETER_DEPRECATED "parameter-deprecated" Live Addition "The compiler warns of the method that sets it.";
    PARAMETER_RESTORED "parameter-restored" Live Patch "The compiler no longer warns of the method that sets it.";
    PARAMETER_ADDED "parameter-added" Nothing Addition "Calls without it stay as they are.";

    BODY_RETYPED "body-retyped" Rust Breaking "The method takes a body of another type.";
    BODY_OPTIONAL "body-optional" Rust Breaking "The body is a method of the request instead of an argument.";
    BODY_REQUIRED "body-required" Rust Breaking "The body is an argument instead of a method of the request.";
    BATCH_TIGHTENED "batch-tightened" Live Patch "The API refuses batches that it took; a call for any number of items makes smaller ones.";
    BATCH_LOOSENED "batch-loosened" Live Patch "The API takes larger batches, and a call for any number of items makes them.";
    ALL_REMOVED "all-removed" Rust Breaking "The call for any number of items is gone or named otherwise.";
    ALL_ADDED "all-added" Nothing Addition "There is a call for any number of items.";
    JOB_REMOVED "job-removed" Rust Breaking "The call that waits for a job is gone or named otherwise.";
    JOB_ADDED "job-added" Nothing Addition "There is a call that waits for a job.";
    JOB_CHANGED "job-changed" Live Patch "Other values mean that a job has ended.";
    RETURN_RETYPED "return-retyped" Rust Breaking "The call returns another type.";
    PAGING "paging" Rust Breaking "The list is paged in another way, and its request has other methods.";
    PAGING_ADDED "paging-added" Nothing Addition "The list can be paged in another way, too.";
    PAGE_SIZE "page-size" Live Patch "A page has more or fewer items.";
    SORT_REMOVED "sort-removed" Rust Breaking "The list cannot be sorted any more, or by another type.";
    SORT_ADDED "sort-added" Nothing Addition "The list can be sorted.";
    SORT_DEFAULT "sort-default" Live Patch "A list that nobody sorts comes in another order.";
    CALL_TIGHTENED "call-tightened" Live Breaking "The client refuses calls that it sent before.";
    CALL_LOOSENED "call-loosened" Live Patch "The client sends calls that it refused before.";
    CALL_LIMITS "call-limits" Live Patch "Calls wait for another rate limit or for fewer or more beside them.";
    CALL_REPEATED "call-repeated" Live Patch "A call whose outcome is unknown is sent again, or a refused batch in parts, or no longer is.";
    CALL_EVENTS "call-events" Live Patch "The call fires other events.";
    CALL_RESPONSE "call-response" Live Patch "Other statuses or another envelope are read as success.";

    TYPE_REMOVED "type-removed" Rust Breaking "The type is gone.";
    TYPE_RENAMED "type-renamed" Rust Breaking "The type is named otherwise or stands in another module.";
    TYPE_KIND "type-kind" Rust Breaking "It is another kind of type.";
    TYPE_CONSTRUCTOR "type-constructor" Rust Breaking "A value is made with other arguments or in another order.";
    TYPE_NEEDS_MORE "type-needs-more" Live Patch "The API refuses values that it took without any of the fields, whichever version of the client sends them.";
    TYPE_NEEDS_LESS "type-needs-less" Live Patch "The API takes values that it refused without any of the fields.";
    TYPE_TIGHTENED "type-tightened" Live Breaking "The client refuses values that it sent before.";
    TYPE_LOOSENED "type-loosened" Live Patch "The client sends values that it refused before.";
    TYPE_UPDATE "type-update" Live Patch "An update that is made of two states of a record holds more or less, or is refused.";
    TYPE_ADDED "type-added" Nothing Addition "Nothing existing changes.";
    FIELD_REMOVED "field-removed" Rust Breaking "The field is gone.";
    FIELD_RENAMED "field-renamed" Rust Breaking "The field is named otherwise.";
    FIELD_REQUIRED_ADDED "field-required-added" Rust Breaking "A value cannot be made without it.";
    FIELD_RETYPED "field-retyped" Rust Breaking "The field is of another type.";
    FIELD_OPTIONAL "field-optional" Rust Breaking "Where it was a value it is an `Option`, or a setter instead of an argument.";
    FIELD_REQUIRED "field-required" Rust Breaking "Where it was an `Option` it is a value, or an argument instead of a setter.";
    FIELD_NULL_REMOVED "field-null-removed" Rust Breaking "What clears it is gone, or it is of another type.";
    FIELD_NULL_TYPE "field-null-type" Rust Breaking "A required field that may be null is of another type.";
    FIELD_NULL_ADDED "field-null-added" Nothing Addition "It can be cleared; whoever does not is not reached.";
    FIELD_RESPELLED "field-respelled" Live Patch "The same value is spelled otherwise on the wire.";
    FIELD_TIGHTENED "field-tightened" Live Patch "The API refuses values that it took, whichever version of the client sends them.";
    FIELD_LOOSENED "field-loosened" Live Patch "The API takes values that it refused.";
    FIELD_DEFAULT "field-default" Live Patch "Bodies without it mean something else.";
    FIELD_SECRET "field-secret" Live Patch "`Debug` and recordings hide the field, or no longer do.";
    FIELD_DEPRECATED "field-deprecated" Live Addition "The compiler warns of the field.";
    FIELD_RESTORED "field-restored" Live Patch "The compiler no longer warns of the field.";
    FIELD_ADDED "field-added" Nothing Addition "Types are non-exhaustive, and what came unknown before has a name.";
    MEMBER_REMOVED "member-removed" Rust Breaking "The variant is gone.";
    MEMBER_RENAMED "member-renamed" Rust Breaking "The variant is named otherwise.";
    MEMBER_ADDED "member-added" Live Addition "What was an unknown value has a variant; enumerations are non-exhaustive.";
    MEMBER_DEPRECATED "member-deprecated" Live Addition "The compiler warns of the variant.";
    MEMBER_RESTORED "member-restored" Live Patch "The compiler no longer warns of the variant.";
    BRANCH_RETYPED "branch-retyped" Rust Breaking "The variant holds another type.";
    BRANCH_TOLD "branch-told" Live Patch "Values are told apart in another way.";

    EVENT_REMOVED "event-removed" Rust Breaking "The variant of `Event` is gone.";
    EVENT_RENAMED "event-renamed" Rust Breaking "The variant of `Event` is named otherwise, and a hook subscribes to another scope.";
    EVENT_RETYPED "event-retyped" Rust Breaking "The event carries another type.";
    EVENT_ADDED "event-added" Nothing Addition "Nothing existing changes.";
    WILDCARD_REMOVED "wildcard-removed" Live Breaking "The scope that subscribes to several events is not known any more.";
    WILDCARD_ADDED "wildcard-added" Nothing Addition "Nothing existing changes.";

    SERVICE_HOST "service-host" Live Patch "Calls go to another host, or with other headers.";
    SERVICE_SERVER "service-server" Live Breaking "Another host is sent the secret of a server, or it is sent in another way.";
    SERVICE_GENERATION "service-generation" Live Patch "A generation of the API works in another way.";
    SERVICE_PAGES "service-pages" Live Patch "A style of paging works in another way.";
    SERVICE_RATES "service-rates" Live Patch "A rate limit works in another way.";

    INBOUND_REMOVED "inbound-removed" Live Patch "BigCommerce no longer makes the call, and no server has to respond to it.";
    INBOUND_CHANGED "inbound-changed" Live Patch "A server that is called is sent something else, or has to return something else.";
    INBOUND_ADDED "inbound-added" Nothing Addition "No client code is made of it; whoever is called finds it in the docs.";

    RECORDS "records" Nothing Patch "What the mock store knows of keys and references; no program sees it.";
    FACTS "facts" Nothing Patch "Facts of the docs alone, such as statuses, sources and recorded conflicts.";
    PROSE "prose" Nothing Patch "Prose of the docs alone.";
}
