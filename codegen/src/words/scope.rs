//! The wording of a scope that a call needs only with some values. The scope and the condition are written as in
//! the output.

/// In a list: `store_content_checkout when the script is on checkout pages`.
pub(crate) fn needed_when(scope: &str, when: &str) -> String {
    format!("{scope} when {when}")
}

/// As a sentence.
pub(crate) fn also_requires(scope: &str, when: &str) -> String {
    format!("Also requires {}.", needed_when(scope, when))
}
