//! The wording of the scopes of a call: alternatives, and those that it needs only with some values. Scopes and
//! conditions are written as in the output.

/// The least scope of a call, and the one that is sufficient instead: `store_v2_orders or store_v2_transactions`.
pub(crate) fn either(scope: &str, or: Option<&str>) -> String {
    match or {
        Some(or) => format!("{scope} or {or}"),
        None => scope.to_owned(),
    }
}

/// In a list: `store_content_checkout when the script is on checkout pages`.
pub(crate) fn needed_when(scope: &str, when: &str) -> String {
    format!("{scope} when {when}")
}

/// As a sentence.
pub(crate) fn also_requires(scope: &str, when: &str) -> String {
    format!("Also requires {}.", needed_when(scope, when))
}
