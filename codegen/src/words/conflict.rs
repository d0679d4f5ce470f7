//! Where sources disagree.

use super::{Words, grammar::sentence};
use crate::spec::{self, Holds};

/// A fact about which sources disagree.
pub(crate) struct Disagreement {
    /// What they disagree on: a word such as `path`, or the name of a field.
    pub about: String,
    /// What each of them says, which one is followed, and why.
    pub text: String,
}

impl Words<'_> {
    /// What each source says, which one is followed, and why.
    pub(crate) fn conflict(&self, conflict: &spec::Conflict) -> Disagreement {
        let about = match conflict.about.as_str() {
            field if field.contains('_') => format!("`{field}`"),
            word => self.prose(word),
        };
        let said = [
            ("Reference guide", &conflict.guide),
            ("Official description", &conflict.official),
        ];
        let said = said.into_iter().filter_map(|(source, said)| {
            let said = said.as_deref()?;
            Some(format!("{source}: {}", sentence(&self.prose(said))))
        });
        let holds = match conflict.holds {
            Holds::Guide => "The reference guide is followed",
            Holds::Official => "The official description is followed",
            Holds::Both => "Both are kept",
        };
        let why = format!("{holds}: {}", sentence(&self.prose(&conflict.why)));
        Disagreement {
            about,
            text: said.chain([why]).collect::<Vec<_>>().join(" "),
        }
    }
}
