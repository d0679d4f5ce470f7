//! The types in the document: what each means, and what is wrong with invalid ones.

mod branches;
mod calls;
mod fields;
mod parameters;
mod read;

pub(super) use self::{
    branches::{branch_type, branches},
    calls::{Side, written_type},
    fields::{Typed, fields},
    parameters::{choice, parameter_type},
};
use crate::diagnostic::Code;

pub static BAD_TYPE: Code = Code::error("E300", "bad-type", "A type has valid syntax.");
pub static UNKNOWN_TYPE: Code = Code::error(
    "E301",
    "unknown-type",
    "Every named schema exists in the file, in shared.yaml, or in the named group.",
);
pub static MISSING_VIEW: Code = Code::error(
    "E302",
    "missing-view",
    "A schema has the views that its uses require.",
);
pub static WRONG_SIDE: Code = Code::error(
    "E303",
    "wrong-side",
    "Request bodies are `create`, `update` or `write` views, and responses are `read` views.",
);
pub static NOT_A_PARAMETER: Code = Code::error(
    "E304",
    "not-a-parameter",
    "A parameter is a plain value, an enumeration, or a list of those.",
);
pub static NOT_AN_ENUM: Code = Code::error(
    "E305",
    "not-an-enum",
    "The values of `include` and `sort` are an enumeration.",
);
pub static FLAG_FIELD: Code = Code::error(
    "E306",
    "flag-field",
    "`flag` is for parameters; a field has `wire: one_zero`.",
);
pub static ONE_OR_MANY: Code = Code::error(
    "E307",
    "one-or-many",
    "`one_or_many` comes before the schema of a request body or a response.",
);

/// The codes that may be reported here.
pub static CODES: &[&Code] = &[
    &BAD_TYPE,
    &UNKNOWN_TYPE,
    &MISSING_VIEW,
    &WRONG_SIDE,
    &NOT_A_PARAMETER,
    &NOT_AN_ENUM,
    &FLAG_FIELD,
    &ONE_OR_MANY,
];
