//! How alike two things are that share no key, so that what was renamed is told as renamed, whatever was
//! edited beside it.

use std::collections::HashSet;

use super::pairs::Neighbours;
use crate::model::{Field, Limits};

/// What the score of two fields has to reach. The same place between the same fields and the same
/// presence are enough, and so are the same words.
const FIELDS: u32 = 5;
/// Below this, two descriptions say different things.
const OTHER_WORDS: f64 = 0.3;
/// From here on, two names are alike.
const SAME_NAME: f64 = 0.5;
/// What part of all their operations two groups have to share; operations have names of their own.
pub(super) const GROUPS: f64 = 0.5;
/// What part of all their parts two types have to share. An `id` alone makes no two types one.
pub(super) const TYPES: f64 = 0.6;

/// How alike two fields of one type are; nothing, when they are two different ones.
pub(super) fn fields(was: &Field, is: &Field, place: Neighbours) -> Option<u32> {
    let names = names(&was.wire, &is.wire);
    let mut score = percent(names) / 25 + 2 * (u32::from(place.before) + u32::from(place.after));
    match (&was.does, &is.does) {
        (Some(before), Some(after)) => {
            let words = said_alike(before, after);
            if words < OTHER_WORDS && names < SAME_NAME {
                score = score.saturating_sub(2);
            }
            score += percent(words) / 20;
        }
        (None, None) => score += 1,
        _ => {}
    }
    score += u32::from((was.required, was.nullable) == (is.required, is.nullable));
    let limited = was.limits != Limits::default();
    score += u32::from(limited && was.limits == is.limits);
    score += u32::from(was.example.is_some() && was.example == is.example);
    (score >= FIELDS).then_some(score)
}

/// How alike two wholes are by the names of their parts; nothing, when they share less than `least`.
pub(super) fn wholes<'a>(
    least: f64,
    was: impl IntoIterator<Item = &'a str>,
    is: impl IntoIterator<Item = &'a str>,
) -> Option<u32> {
    let share = share(was.into_iter().collect(), is.into_iter().collect());
    (share >= least).then(|| percent(share))
}

/// How alike two names are: by their words, or by their letters where a word is spelled otherwise.
fn names(was: &str, is: &str) -> f64 {
    let by_words = share(was.split('_').collect(), is.split('_').collect());
    by_words.max(strsim::normalized_damerau_levenshtein(was, is))
}

/// How alike two texts are by their words.
fn said_alike(was: &str, is: &str) -> f64 {
    let (was, is) = (was.to_lowercase(), is.to_lowercase());
    share(words(&was), words(&is))
}

fn words(text: &str) -> HashSet<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect()
}

/// What part of all their members two sets share.
fn share(was: HashSet<&str>, is: HashSet<&str>) -> f64 {
    let all = was.union(&is).count();
    if all == 0 {
        return 0.0;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "sets of words and of parts are small"
    )]
    let share = was.intersection(&is).count() as f64 / all as f64;
    share
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
fn percent(share: f64) -> u32 {
    (share * 100.0).round() as u32
}
