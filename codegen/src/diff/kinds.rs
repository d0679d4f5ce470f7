//! The kinds of changes: what each means for programs that use the client, and which version it requires.
//! One kind is one row.

/// Whom a change affects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Programs that use the changed item no longer compile.
    Rust,
    /// Programs still compile, but may behave differently against the API.
    Live,
    /// No existing program.
    Nothing,
}

/// The part of the version that a change requires to be raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// None, because what is published does not change.
    None,
    Patch,
    /// Something is new.
    Addition,
    /// Something that worked may no longer work.
    Breaking,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The name to search for. It never changes and is never reused.
    pub id: &'static str,
    /// Whom it reaches.
    pub verdict: Verdict,
    /// What it requires of the version.
    pub bump: Bump,
    /// Why.
    pub explains: &'static str,
}

impl Kind {
    /// Whether it is about a scope, as its id says.
    pub(super) fn is_of_scopes(&self) -> bool {
        self.id.starts_with("scope-")
    }

    /// Whether it is a new deprecation, as its id says.
    pub(super) fn is_deprecation(&self) -> bool {
        self.id.ends_with("-deprecated")
    }
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
        /// Every kind, in the order in which changes are reported.
        pub static ALL: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    SCOPE_NEEDED "scope-needed" Live Breaking "A token that was sufficient is rejected until it is granted another scope.";
    SCOPE_NO_LONGER_GRANTS "scope-no-longer-grants" Live Breaking "A token with a scope that included another is rejected.";
    SCOPE_REMOVED "scope-removed" Rust Breaking "Code that names the scope does not compile.";
    SCOPE_RENAMED "scope-renamed" Rust Breaking "The variant of `Scope` is named after its area, and code that names it does not compile.";
    SCOPE_RESPELLED "scope-respelled" Live Breaking "The scope has a different string in tokens: the variant of `Scope` is the same, but a token granted with the old string is treated as one without the scope.";
    SCOPE_WRITES "scope-writes" Live Breaking "Least-privilege sets with the scope allow writes, or no longer do.";
    SCOPE_ALSO_NEEDED "scope-also-needed" Live Breaking "A token that was sufficient is rejected with some values until it is granted another scope.";
    SCOPE_RELAXED "scope-relaxed" Live Addition "A lesser scope or another one is sufficient, and least-privilege sets may shrink.";
    SCOPE_GRANTS_MORE "scope-grants-more" Live Addition "A token with the scope may do more than before.";
    SCOPE_ADDED "scope-added" Nothing Addition "Nothing needed it before.";

    GROUP_REMOVED "group-removed" Rust Breaking "Its module, handles and requests are removed.";
    GROUP_RENAMED "group-renamed" Rust Breaking "Its module, its handles and the ids of its endpoints are renamed.";
    GROUP_FEATURE "group-feature" Rust Breaking "It is compiled with another cargo feature.";
    GROUP_HANDLE "group-handle" Rust Breaking "Its handle is reached by another method or with other arguments.";
    GROUP_SERVER "group-server" Rust Breaking "Its calls go to another host with another secret, and its handle requires a token or no longer does.";
    GROUP_REFUSALS "group-refusals" Live Patch "Error responses are parsed differently.";
    GROUP_ADDED "group-added" Nothing Addition "Nothing existing changes.";

    ENDPOINT_REMOVED "endpoint-removed" Rust Breaking "The method and its request are removed.";
    ENDPOINT_RENAMED "endpoint-renamed" Rust Breaking "The method, its request and the variant of `Endpoint` are renamed.";
    ENDPOINT_HANDLE "endpoint-handle" Rust Breaking "The method is on another handle.";
    ENDPOINT_METHOD "endpoint-method" Live Patch "The call uses another HTTP method.";
    ENDPOINT_WRITES "endpoint-writes" Rust Breaking "The method is removed from the read-only handle or added to it.";
    ENDPOINT_PATH "endpoint-path" Live Patch "The call goes to another path.";
    ENDPOINT_DEPRECATED "endpoint-deprecated" Live Addition "The compiler warns about the method.";
    ENDPOINT_RESTORED "endpoint-restored" Live Patch "The compiler no longer warns about the method.";
    ENDPOINT_ADDED "endpoint-added" Nothing Addition "Nothing existing changes.";

    ARGUMENT_ADDED "argument-added" Rust Breaking "The method has an additional argument.";
    ARGUMENT_REMOVED "argument-removed" Rust Breaking "The method has one argument fewer.";
    ARGUMENTS_REORDERED "arguments-reordered" Rust Breaking "The arguments of the method are in another order.";
    PARAMETER_REMOVED "parameter-removed" Rust Breaking "The request method that sets it is removed.";
    PARAMETER_RENAMED "parameter-renamed" Rust Breaking "The request method that sets it is renamed.";
    PARAMETER_REQUIRED "parameter-required" Rust Breaking "It is an argument instead of a method of the request.";
    PARAMETER_OPTIONAL "parameter-optional" Rust Breaking "It is a method of the request instead of an argument.";
    PARAMETER_RETYPED "parameter-retyped" Rust Breaking "It accepts values of another type.";
    PARAMETER_RESPELLED "parameter-respelled" Live Patch "The same value is sent with another spelling or name.";
    PARAMETER_TIGHTENED "parameter-tightened" Live Patch "The API rejects values that it used to accept, from any version of the client.";
    PARAMETER_LOOSENED "parameter-loosened" Live Patch "The API accepts values that it used to reject.";
    PARAMETER_DEFAULT "parameter-default" Live Patch "Calls without it have a different meaning.";
    PARAMETER_DEPRECATED "parameter-deprecated" Live Addition "The compiler warns about the method that sets it.";
    PARAMETER_RESTORED "parameter-restored" Live Patch "The compiler no longer warns about the method that sets it.";
    PARAMETER_ADDED "parameter-added" Nothing Addition "Calls without it are unchanged.";

    BODY_RETYPED "body-retyped" Rust Breaking "The method accepts a body of another type.";
    BODY_OPTIONAL "body-optional" Rust Breaking "The body is a method of the request instead of an argument.";
    BODY_REQUIRED "body-required" Rust Breaking "The body is an argument instead of a method of the request.";
    BATCH_TIGHTENED "batch-tightened" Live Patch "The API rejects batches that it used to accept; a call for any number of items sends smaller ones.";
    BATCH_LOOSENED "batch-loosened" Live Patch "The API accepts larger batches, and a call for any number of items sends them.";
    ALL_REMOVED "all-removed" Rust Breaking "The call for any number of items is removed or renamed.";
    ALL_ADDED "all-added" Nothing Addition "There is a call for any number of items.";
    JOB_REMOVED "job-removed" Rust Breaking "The call that waits for a job is removed or renamed.";
    JOB_ADDED "job-added" Nothing Addition "There is a call that waits for a job.";
    JOB_CHANGED "job-changed" Live Patch "Other values mean that a job has ended.";
    INHERITS_REMOVED "inherits-removed" Rust Breaking "The request no longer has the method `effective`.";
    INHERITS_ADDED "inherits-added" Nothing Addition "The request has the method `effective`, which reads inherited values.";
    INHERITS_CHANGED "inherits-changed" Live Patch "Inherited values come from another call.";
    RETURN_RETYPED "return-retyped" Rust Breaking "The call returns another type.";
    PAGING "paging" Rust Breaking "The list has another pagination style, and its request has other methods.";
    PAGING_ADDED "paging-added" Nothing Addition "The list supports an additional pagination style.";
    PAGE_SIZE "page-size" Live Patch "A page has more or fewer items.";
    SORT_REMOVED "sort-removed" Rust Breaking "The list can no longer be sorted, or is sorted by another type.";
    SORT_ADDED "sort-added" Nothing Addition "The list can be sorted.";
    SORT_DEFAULT "sort-default" Live Patch "A list without a sort parameter has another order.";
    CALL_TIGHTENED "call-tightened" Live Breaking "The client rejects calls that it used to send.";
    CALL_LOOSENED "call-loosened" Live Patch "The client sends calls that it used to reject.";
    CALL_LIMITS "call-limits" Live Patch "Calls have another rate limit or concurrency cap.";
    CALL_REPEATED "call-repeated" Live Patch "A call with an unknown outcome is retried, or a rejected batch is split, or no longer is.";
    CALL_EVENTS "call-events" Live Patch "The call fires other events.";
    CALL_RESPONSE "call-response" Live Patch "Other statuses or another envelope are read as success.";

    TYPE_REMOVED "type-removed" Rust Breaking "The type is removed.";
    TYPE_RENAMED "type-renamed" Rust Breaking "The type is renamed or moved to another module.";
    TYPE_KIND "type-kind" Rust Breaking "It is another kind of type.";
    TYPE_CONSTRUCTOR "type-constructor" Rust Breaking "The constructor has other arguments or another order.";
    TYPE_NEEDS_MORE "type-needs-more" Live Patch "The API rejects values without any of the fields, which it used to accept, from any version of the client.";
    TYPE_NEEDS_LESS "type-needs-less" Live Patch "The API accepts values without any of the fields, which it used to reject.";
    TYPE_TIGHTENED "type-tightened" Live Breaking "The client rejects values that it used to send.";
    TYPE_LOOSENED "type-loosened" Live Patch "The client sends values that it used to reject.";
    TYPE_UPDATE "type-update" Live Patch "An update built from two states of a record has more or fewer fields, or is rejected.";
    TYPE_ADDED "type-added" Nothing Addition "Nothing existing changes.";
    FIELD_REMOVED "field-removed" Rust Breaking "The field is removed.";
    FIELD_RENAMED "field-renamed" Rust Breaking "The field is renamed.";
    FIELD_REQUIRED_ADDED "field-required-added" Rust Breaking "A value cannot be built without it.";
    FIELD_RETYPED "field-retyped" Rust Breaking "The field has another type.";
    FIELD_OPTIONAL "field-optional" Rust Breaking "It is an `Option` instead of a value, or a setter instead of an argument.";
    FIELD_REQUIRED "field-required" Rust Breaking "It is a value instead of an `Option`, or an argument instead of a setter.";
    FIELD_NULL_REMOVED "field-null-removed" Rust Breaking "The method that clears it is removed, or it has another type.";
    FIELD_NULL_TYPE "field-null-type" Rust Breaking "A required nullable field has another type.";
    FIELD_NULL_ADDED "field-null-added" Nothing Addition "It can be cleared; existing code is not affected.";
    FIELD_RESPELLED "field-respelled" Live Patch "The same value has another spelling on the wire.";
    FIELD_TIGHTENED "field-tightened" Live Patch "The API rejects values that it used to accept, from any version of the client.";
    FIELD_LOOSENED "field-loosened" Live Patch "The API accepts values that it used to reject.";
    FIELD_DEFAULT "field-default" Live Patch "Bodies without it have a different meaning.";
    FIELD_SECRET "field-secret" Live Patch "`Debug` and recordings hide the field, or no longer do.";
    FIELD_DEPRECATED "field-deprecated" Live Addition "The compiler warns about the field.";
    FIELD_RESTORED "field-restored" Live Patch "The compiler no longer warns about the field.";
    FIELD_ADDED "field-added" Nothing Addition "Types are non-exhaustive, and a field that was unknown before has a name.";
    MEMBER_REMOVED "member-removed" Rust Breaking "The variant is removed.";
    MEMBER_RENAMED "member-renamed" Rust Breaking "The variant is renamed.";
    MEMBER_ADDED "member-added" Live Addition "A value that was unknown before has a variant; enums are non-exhaustive.";
    MEMBER_DEPRECATED "member-deprecated" Live Addition "The compiler warns about the variant.";
    MEMBER_RESTORED "member-restored" Live Patch "The compiler no longer warns about the variant.";
    CONSTANT_REMOVED "constant-removed" Rust Breaking "The constant of a known value is removed or renamed, or has another value.";
    CONSTANT_ADDED "constant-added" Nothing Addition "There is a constant for a known value.";
    UPDATE_REMOVED "update-removed" Rust Breaking "The function `between` of an update is removed, or takes other records.";
    UPDATE_ADDED "update-added" Nothing Addition "The function `between` builds an update from two states of a record.";
    BRANCH_RETYPED "branch-retyped" Rust Breaking "The variant contains another type.";
    BRANCH_TOLD "branch-told" Live Patch "Values are distinguished in another way.";

    EVENT_REMOVED "event-removed" Rust Breaking "The variant of `Event` is removed.";
    EVENT_RENAMED "event-renamed" Rust Breaking "The variant of `Event` is renamed, and a hook subscribes to another scope.";
    EVENT_RETYPED "event-retyped" Rust Breaking "The payload has another type.";
    EVENT_CHANNEL "event-channel" Live Breaking "Now only hooks of a channel receive it, or other hooks do as well.";
    EVENT_ADDED "event-added" Nothing Addition "Nothing existing changes.";
    WILDCARD_REMOVED "wildcard-removed" Live Breaking "The scope that subscribes to several events is removed.";
    WILDCARD_ADDED "wildcard-added" Nothing Addition "Nothing existing changes.";

    SERVICE_HOST "service-host" Live Patch "Calls go to another host, or with other headers.";
    SERVICE_SERVER "service-server" Live Breaking "The secret of a server is sent to another host, or in another way.";
    SERVICE_GENERATION "service-generation" Live Patch "A generation of the API behaves differently.";
    SERVICE_PAGES "service-pages" Live Patch "A pagination style behaves differently.";
    SERVICE_RATES "service-rates" Live Patch "A rate limit behaves differently.";

    INBOUND_REMOVED "inbound-removed" Live Patch "BigCommerce no longer makes the call, and no server has to respond to it.";
    INBOUND_CHANGED "inbound-changed" Live Patch "The called server receives or has to return something else.";
    INBOUND_ADDED "inbound-added" Nothing Addition "No client code is generated for it; the called server finds it in the docs.";

    RECORDS "records" Nothing Patch "Keys and references that only the mock store uses; no program is affected.";
    FACTS "facts" Nothing Patch "Facts that are only in the docs, such as statuses, sources and recorded conflicts.";
    PROSE "prose" Nothing Patch "Prose that is only in the docs.";
}
