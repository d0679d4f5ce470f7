//! The values of placeholders, as far as requests have revealed them.

use std::collections::HashMap;

use super::redactor::MARK;

/// The value of each placeholder, and the placeholder of each value.
#[derive(Clone, Debug, Default)]
pub(super) struct Bindings {
    values: HashMap<String, String>,
    placeholders: HashMap<String, String>,
}

impl Bindings {
    /// Whether a string equals the recorded one, where each placeholder always has the same value, and
    /// each value the same placeholder. New bindings are learned here.
    pub(super) fn same(&mut self, recorded: &str, came: &str) -> bool {
        if recorded == came {
            return true;
        }
        let mut trial = self.clone();
        let same = trial.follow(recorded, came);
        if same {
            *self = trial;
        }
        same
    }

    /// The first placeholder matches as little as possible before the next literal text.
    fn follow(&mut self, recorded: &str, came: &str) -> bool {
        let Some((before, placeholder, after)) = split(recorded) else {
            return recorded == came;
        };
        let Some(came) = came.strip_prefix(before) else {
            return false;
        };
        let next = split(after).map_or(after, |(literal, _, _)| literal);
        let ends = came.char_indices().skip(1).map(|(at, _)| at);
        for end in ends.chain([came.len()]) {
            let (value, rest) = came.split_at(end);
            // The matched value must not contain the literal text that follows it in the recording.
            if value.is_empty() || !rest.starts_with(next) {
                continue;
            }
            let mut trial = self.clone();
            if trial.bind(placeholder, value) && trial.follow(after, rest) {
                *self = trial;
                return true;
            }
        }
        false
    }

    fn bind(&mut self, placeholder: &str, value: &str) -> bool {
        // A value from the recording is sent back unchanged.
        if placeholder == value {
            return true;
        }
        match (self.values.get(placeholder), self.placeholders.get(value)) {
            (Some(known), _) => known == value,
            (None, Some(_)) => false,
            (None, None) => {
                self.values.insert(placeholder.to_owned(), value.to_owned());
                self.placeholders
                    .insert(value.to_owned(), placeholder.to_owned());
                true
            }
        }
    }
}

/// The literal text before the first placeholder, that placeholder, and the rest.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(MARK) {
        let start = from + found;
        let tail = text.get(start + MARK.len()..)?;
        let kind = tail
            .bytes()
            .take_while(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || *it == b'_')
            .count();
        let number = tail.get(kind..)?.strip_prefix('-').unwrap_or_default();
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if kind > 0 && digits > 0 {
            let end = start + MARK.len() + kind + 1 + digits;
            return Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?));
        }
        from = start + MARK.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_stands_for_one_value_and_a_value_for_one_placeholder() {
        let mut it = Bindings::default();
        assert!(it.same("redacted-email-1", "a@b.example"));
        assert!(it.same("redacted-email-1", "a@b.example"));
        assert!(!it.same("redacted-email-1", "c@d.example"));
        assert!(!it.same("redacted-email-2", "a@b.example"));
        assert!(it.same("redacted-email-2", "c@d.example"));
    }

    #[test]
    fn what_was_played_back_may_be_sent_again() {
        let mut it = Bindings::default();
        assert!(it.same("redacted-email-1", "redacted-email-1"));
        assert!(it.same("redacted-email-1", "a@b.example"));
        assert!(it.same("redacted-email-1", "redacted-email-1"));
    }

    #[test]
    fn placeholders_may_stand_in_the_middle_of_a_text() {
        let mut it = Bindings::default();
        assert!(it.same(
            "To redacted-name_2-1 <redacted-email-2>!",
            "To Jo Doe <jo@doe.example>!"
        ));
        assert!(it.same("redacted-email-2,redacted-email-3", "jo@doe.example,x"));
        assert!(!it.same("To redacted-name_2-1.", "To Jo."));
        assert!(!it.same("To redacted-name_2-9.", "To ."));
        assert!(!it.same("redacted-", "x") && !it.same("redacted-email-", "redacted-email-1"));
    }
}
