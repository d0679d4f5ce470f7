//! Facts on which sources disagree.

use super::{Words, grammar::sentence};
use crate::spec::{self, About, Holds};

/// A fact on which sources disagree.
pub(crate) struct Disagreement {
    /// What they disagree on: a word such as `path`, or the name of a field.
    pub about: String,
    /// The sources that state it, each with its statement.
    pub said: Vec<(&'static str, String)>,
    /// Which of them is followed, as a sentence. None if one source disagrees with itself: the reason says what is
    /// followed.
    pub followed: Option<&'static str>,
    pub why: String,
}

impl Disagreement {
    /// All of it in one paragraph.
    pub(crate) fn text(&self) -> String {
        let said = self.said.iter();
        let said = said.map(|(source, said)| format!("{source}: {said}"));
        let followed = self.followed.map(str::to_owned);
        let said = said.chain(followed).chain([self.why.clone()]);
        said.collect::<Vec<_>>().join(" ")
    }
}

impl Words<'_> {
    /// What each source says, which one is followed, and why.
    pub(crate) fn conflict(&self, conflict: &spec::Conflict) -> Disagreement {
        let about = match &conflict.about {
            About::Field(name) => format!("`{name}`"),
            about => self.prose(about.as_str()),
        };
        let said = [
            ("Reference guide", &conflict.guide),
            ("Official description", &conflict.official),
        ];
        let said = said.into_iter().filter_map(|(source, said)| {
            let said = said.as_deref()?;
            Some((source, sentence(&self.prose(said))))
        });
        Disagreement {
            about,
            said: said.collect(),
            followed: followed(conflict),
            why: sentence(&self.prose(&conflict.why)),
        }
    }
}

fn followed(conflict: &spec::Conflict) -> Option<&'static str> {
    let is_alone = conflict.guide.is_none() || conflict.official.is_none();
    match conflict.holds {
        Holds::Guide => Some("The reference guide is followed."),
        Holds::Official if conflict.guide.is_none() => None,
        Holds::Official => Some("The official description is followed."),
        Holds::Both if is_alone => None,
        Holds::Both => Some("Both are kept."),
    }
}

#[cfg(test)]
mod tests {
    use super::followed;
    use crate::spec::{Conflict, Holds};

    #[test]
    fn only_of_two_sources_both_are_kept_and_of_one_the_reason_says_what_is_followed() {
        let text = Some("It is a number.".to_owned());
        let alone = Conflict {
            official: text.clone(),
            holds: Holds::Both,
            differs: vec!["field id is not official".to_owned()],
            ..Conflict::default()
        };
        assert_eq!(followed(&alone), None);
        let two = Conflict {
            guide: text,
            ..alone
        };
        assert_eq!(followed(&two), Some("Both are kept."));
    }
}
