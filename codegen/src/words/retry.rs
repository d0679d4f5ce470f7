//! Whether a call is retried, and what in its body keeps it from that.

use super::grammar::code_choice;
use crate::model::{Added, All, Endpoint, Repeat};

/// That a rejected batch is not split, if so.
pub(crate) fn undivided(endpoint: &Endpoint, all: &All) -> Option<String> {
    let which = match &endpoint.repeat {
        Repeat::Never | Repeat::Unknown => String::new(),
        Repeat::Unless(added) if added.is_empty() => return None,
        Repeat::Unless(added) => format!(" and {}", adding(added)),
    };
    all.unclear.then(|| {
        format!(
            "A request that is rejected{which} is not retried in parts, because a part of it may have been accepted."
        )
    })
}

/// Whether a call is retried after an unknown outcome, as what follows "it is".
pub(super) fn retried(repeat: &Repeat) -> String {
    match repeat {
        Repeat::Never => "not retried after an unknown outcome".to_owned(),
        Repeat::Unknown => {
            "not retried after an unknown outcome, as it is not known to be safe".to_owned()
        }
        Repeat::Unless(added) if added.is_empty() => "idempotent; safe to retry".to_owned(),
        Repeat::Unless(added) => {
            format!("idempotent and safe to retry, unless it {}", adding(added))
        }
    }
}

/// What keeps a body from being retried, as what follows "it".
pub(crate) fn adding(added: &[Added]) -> String {
    let (mut keys, mut contents) = (Vec::new(), Vec::new());
    for one in added {
        match one {
            Added::Record(key) => keys.push(format!("has an item without an `{key}`")),
            Added::Contents(field) => contents.push(field.as_str()),
        }
    }
    if !contents.is_empty() {
        let adds = format!("adds something with {}", code_choice(&contents));
        // The pronoun separates the two conditions.
        let it = if keys.is_empty() { "" } else { "it " };
        keys.push(format!("{it}{adds}"));
    }
    keys.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_body_would_add_again_is_one_condition_or_the_other() {
        let record = || Added::Record("id".to_owned());
        let contents = |field: &str| Added::Contents(field.to_owned());
        for (added, text) in [
            (vec![], "idempotent; safe to retry"),
            (
                vec![record()],
                "idempotent and safe to retry, unless it has an item without an `id`",
            ),
            (
                vec![contents("images"), contents("videos")],
                "idempotent and safe to retry, unless it adds something with `images` or `videos`",
            ),
            (
                vec![contents("images"), record()],
                "idempotent and safe to retry, unless it has an item without an `id` or it adds something with `images`",
            ),
        ] {
            assert_eq!(retried(&Repeat::Unless(added)), text);
        }
        assert_eq!(
            retried(&Repeat::Never),
            "not retried after an unknown outcome"
        );
        assert_eq!(
            retried(&Repeat::Unknown),
            "not retried after an unknown outcome, as it is not known to be safe"
        );
    }
}
