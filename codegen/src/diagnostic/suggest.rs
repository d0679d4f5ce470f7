//! "Did you mean": the most similar of the valid words.

use std::collections::HashSet;

/// Above this many, a list of candidates does not help.
const MAX_LISTED: usize = 12;

/// A longer word is not a misspelled name, and the comparison with each candidate would take long.
const MAX_WORD: usize = 200;

/// The candidate most similar to `word`, if it is similar enough.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    let lower = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word && candidate.len() <= MAX_WORD)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A sentence with the most similar candidate, or with all candidates if they are few.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let mut seen = HashSet::new();
    let candidates = candidates.into_iter().filter(|one| seen.insert(*one));
    let candidates: Vec<&str> = candidates.collect();
    if let Some(near) = suggest(word, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    if candidates.is_empty() || candidates.len() > MAX_LISTED {
        return None;
    }
    Some(format!("use {}", listed(&candidates)))
}

/// `a`, `b` or `c`
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_is_not() {
        assert_eq!(suggest("brnads", ["brands", "orders"]), Some("brands"));
        assert_eq!(suggest("Product", ["product"]), Some("product"));
        assert_eq!(suggest("zebra", ["brands", "orders"]), None);
    }

    #[test]
    fn few_candidates_are_listed_when_none_is_near() {
        assert_eq!(
            did_you_mean("x", ["guide", "both"]).unwrap(),
            "use `guide` or `both`"
        );
        assert_eq!(
            did_you_mean("x", ["guide", "both", "guide"]).unwrap(),
            "use `guide` or `both`"
        );
        assert_eq!(did_you_mean("x", []), None);
    }
}
