//! The similarity of two things that share no key, which decides whether one is the other renamed, even
//! if other things around it were edited.

use std::collections::HashSet;

use super::pairs::Neighbours;
use crate::model::{Event, Field, Limits, Member, Parameter};

/// The minimum score of two fields. The same place between the same fields with the same presence is enough,
/// and so is the same description.
const FIELDS: u32 = 5;
/// The minimum score of two parameters. Few have descriptions, so the same place also requires similar names.
const PARAMETERS: u32 = 5;
/// The minimum similarity of the names or descriptions of two members or events: their lists contain
/// opposites with similar wording.
const LISTED: f64 = 0.7;
/// Below this, two descriptions say different things.
const OTHER_WORDS: f64 = 0.3;
/// From here on, two names are alike.
const SAME_NAME: f64 = 0.5;
/// The share of all their operations that two groups must have in common; operations have unique names.
pub(super) const GROUPS: f64 = 0.5;
/// The share of all their parts that two types must have in common. A common `id` is not enough.
pub(super) const TYPES: f64 = 0.6;

/// The similarity of two fields of one type; nothing if they differ.
pub(super) fn fields(was: &Field, is: &Field, place: Neighbours) -> Option<u32> {
    let names = names(&was.wire, &is.wire);
    let mut score = described(
        percent(names) / 25 + neighbours(place),
        names,
        &was.does,
        &is.does,
    );
    score += u32::from(was.does.is_none() && is.does.is_none());
    score += u32::from((was.required, was.nullable) == (is.required, is.nullable));
    let limited = was.limits != Limits::default();
    score += u32::from(limited && was.limits == is.limits);
    score += u32::from(was.example.is_some() && was.example == is.example);
    (score >= FIELDS).then_some(score)
}

/// The similarity of two parameters of one call with the same role, and the names a person gives them.
pub(super) fn parameters(
    (was, from): (&Parameter, &str),
    (is, to): (&Parameter, &str),
    place: Neighbours,
) -> Option<u32> {
    let names = names(from, to);
    let mut score = described(
        percent(names) / 25 + neighbours(place),
        names,
        &was.does,
        &is.does,
    );
    let limited = was.range != (None, None);
    score += u32::from(limited && was.range == is.range);
    (score >= PARAMETERS).then_some(score)
}

/// The similarity of two members of one enumeration. Numbers with common digits have nothing in common.
pub(super) fn members(was: &Member, is: &Member, place: Neighbours) -> Option<u32> {
    let is_number = |it: &Member| it.wire.parse::<f64>().is_ok();
    let names = if is_number(was) || is_number(is) {
        0.0
    } else {
        names(&was.wire, &is.wire)
    };
    let words = match (&was.does, &is.does) {
        (Some(before), Some(after)) => said_alike(before, after),
        _ => 0.0,
    };
    let alike = names.max(words);
    (alike >= LISTED).then(|| percent(alike) + neighbours(place))
}

/// The similarity of two events with the same payload.
pub(super) fn events(was: &Event, is: &Event, place: Neighbours) -> Option<u32> {
    let names = match (was.scope.rsplit_once('/'), is.scope.rsplit_once('/')) {
        (Some((of, before)), Some((now, after))) if of == now => names(before, after),
        _ => 0.0,
    };
    let alike = names.max(said_alike(&was.does, &is.does));
    (alike >= LISTED).then(|| percent(alike) + neighbours(place))
}

/// How alike two names are, in percent.
pub(super) fn named(was: &str, is: &str) -> u32 {
    percent(names(was, is))
}

/// The score of the neighbours of two candidates.
fn neighbours(place: Neighbours) -> u32 {
    2 * (u32::from(place.before) + u32::from(place.after))
}

/// The score with that of the descriptions, if both have one.
fn described(score: u32, names: f64, was: &Option<String>, is: &Option<String>) -> u32 {
    let (Some(before), Some(after)) = (was, is) else {
        return score;
    };
    let words = said_alike(before, after);
    let score = if words < OTHER_WORDS && names < SAME_NAME {
        score.saturating_sub(2)
    } else {
        score
    };
    score + percent(words) / 20
}

/// The similarity of two wholes by the names of their parts; nothing if they share less than `least`.
pub(super) fn wholes<'a>(
    least: f64,
    was: impl IntoIterator<Item = &'a str>,
    is: impl IntoIterator<Item = &'a str>,
) -> Option<u32> {
    let share = share(was.into_iter().collect(), is.into_iter().collect());
    (share >= least).then(|| percent(share))
}

/// The similarity of two names: by words, or by letters if a word is spelled differently.
fn names(was: &str, is: &str) -> f64 {
    let by_words = share(was.split('_').collect(), is.split('_').collect());
    by_words.max(strsim::normalized_damerau_levenshtein(was, is))
}

/// The similarity of two texts by their words.
fn said_alike(was: &str, is: &str) -> f64 {
    let (was, is) = (was.to_lowercase(), is.to_lowercase());
    share(words(&was), words(&is))
}

fn words(text: &str) -> HashSet<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect()
}

/// The share of all their members that two sets have in common.
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
