//! What a difference is about.

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Whether a tally comes back.
    Answer,
    /// How many items a batch holds.
    Batch,
    /// Whether there is a request body.
    Body,
    /// Whether a one-of has a branch.
    Branch,
    /// A record of the spec that accounts for nothing any more.
    Conflict,
    /// What is used when a value is left out.
    Default,
    /// What is deprecated.
    Deprecated,
    /// How the response is wrapped.
    Envelope,
    /// An example that its own schema refuses.
    Example,
    /// Whether there is a field.
    Field,
    /// What a string is.
    Format,
    /// A header of the call.
    Header,
    /// How many items an array holds.
    Items,
    /// How long a string is.
    Length,
    /// The size of a page.
    Limit,
    /// The members of an enumeration.
    Members,
    /// What a number is a multiple of.
    Multiple,
    /// Whether a field may be null.
    Nullable,
    /// Whether there is an operation.
    Operation,
    /// What an operation is called.
    OperationId,
    /// Whether there is a parameter of the query.
    Parameter,
    /// The method or the path.
    Path,
    /// What a string looks like.
    Pattern,
    /// How large or small a number is.
    Range,
    /// Whether a field is only read or only written.
    ReadOnly,
    /// Whether a field or a parameter is required.
    Required,
    Scope,
    /// What a call has to carry to be let in.
    Security,
    Status,
    Type,
    /// Whether a number is sent as a string.
    Wire,
}

impl Topic {
    /// As a conflict's `about` has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Batch => "batch",
            Self::Body => "body",
            Self::Branch => "branch",
            Self::Conflict => "conflict",
            Self::Default => "default",
            Self::Deprecated => "deprecated",
            Self::Envelope => "envelope",
            Self::Example => "example",
            Self::Field => "field",
            Self::Format => "format",
            Self::Header => "header",
            Self::Items => "items",
            Self::Length => "length",
            Self::Limit => "limit",
            Self::Members => "members",
            Self::Multiple => "multiple",
            Self::Nullable => "nullable",
            Self::Operation => "operation",
            Self::OperationId => "operation id",
            Self::Parameter => "parameter",
            Self::Path => "path",
            Self::Pattern => "pattern",
            Self::Range => "range",
            Self::ReadOnly => "read-only",
            Self::Required => "required",
            Self::Scope => "scope",
            Self::Security => "security",
            Self::Status => "status",
            Self::Type => "type",
            Self::Wire => "wire",
        }
    }
}
