//! The words of a section, and the short texts next to a result.

use crate::render::docs::html::plain;

/// How many different words of a section are indexed.
const WORDS: usize = 150;

/// The different words of a section, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !"-_/".contains(c)) {
        let word = word.trim_matches(['-', '/']).to_lowercase();
        // A word with punctuation is a name, which has its own entry.
        let name = word.contains(['_', '/']);
        if !name && (3..40).contains(&word.len()) && found.len() < WORDS && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// The first sentence of a string, without markup.
pub(super) fn first_sentence(text: &str) -> String {
    let text = plain(text);
    match text.find(". ") {
        Some(end) => text[..=end].to_owned(),
        None => text,
    }
}

pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
