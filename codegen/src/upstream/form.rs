//! Compares how the values of a parameter are sent: one, several in a list, or one per repetition.

use super::{Findings, Topic};
use crate::import::{operation::OfficialParameter, shape::Kind};

/// How the values of a parameter are sent.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    One,
    List,
    Repeated,
}

impl Form {
    pub(super) const fn new(many: bool, exploded: bool) -> Self {
        match (many, exploded) {
            (false, _) => Self::One,
            (true, false) => Self::List,
            (true, true) => Self::Repeated,
        }
    }

    /// The official one. A string may contain a list.
    fn official(parameter: &OfficialParameter) -> Option<Self> {
        match parameter.shape.kind {
            Kind::List(_) => Some(Self::new(true, parameter.exploded)),
            Kind::Int | Kind::Number | Kind::Bool => Some(Self::One),
            _ => None,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::One => "a single value",
            Self::List => "a comma-separated list",
            Self::Repeated => "a repeated parameter",
        }
    }
}

/// Compares the official form with that of the spec, as far as both are known.
pub(super) fn compare(
    place: &str,
    ours: Option<Form>,
    official: &OfficialParameter,
    found: &mut Findings<'_>,
) {
    let (Some(theirs), Some(ours)) = (Form::official(official), ours) else {
        return;
    };
    if theirs != ours {
        let (theirs, ours) = (theirs.as_str(), ours.as_str());
        found.add(
            Topic::Type,
            place,
            format!("is {theirs} officially but {ours} here"),
        );
    }
}
