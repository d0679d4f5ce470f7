//! The subjects of differences.

/// The subjects of differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Whether totals are returned.
    Answer,
    /// The maximum number of items of a batch.
    Batch,
    /// Whether there is a request body.
    Body,
    /// Whether a one-of has a branch.
    Branch,
    /// An obsolete record in the spec.
    Conflict,
    /// The value used if it is omitted.
    Default,
    /// A deprecation.
    Deprecated,
    /// How the response is wrapped.
    Envelope,
    /// An example that its own schema rejects.
    Example,
    /// Whether there is a field.
    Field,
    /// What a string is.
    Format,
    /// A header of the call.
    Header,
    /// The number of items of an array.
    Items,
    /// How long a string is.
    Length,
    /// The page size.
    Limit,
    /// The members of an enumeration.
    Members,
    /// The factor of a number's multiples.
    Multiple,
    /// Whether a field may be null.
    Nullable,
    /// Whether there is an operation.
    Operation,
    /// The id of an operation.
    OperationId,
    /// Whether there is a query parameter.
    Parameter,
    /// The method or the path.
    Path,
    /// The pattern of a string.
    Pattern,
    /// How large or small a number is.
    Range,
    /// Whether a field is read-only or write-only.
    ReadOnly,
    /// Whether a field or a parameter is required.
    Required,
    Scope,
    /// The authentication of a call.
    Security,
    Status,
    Type,
    /// Whether a number is sent as a string.
    Wire,
}

impl Topic {
    /// The `about` of a conflict.
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
