//! Facts on which sources disagree.

use super::Links;
use crate::{render::text::capital, spec};

/// A fact on which sources disagree: what each says, which is followed, and why.
fn conflict(links: &Links<'_>, conflict: &spec::Conflict) -> String {
    let told = links.words().conflict(conflict);
    format!("**{}.** {}", capital(&told.about), told.text())
}

/// Several of them.
pub(in super::super) fn all_conflicts(
    links: &Links<'_>,
    conflicts: &[spec::Conflict],
) -> Vec<String> {
    conflicts.iter().map(|one| conflict(links, one)).collect()
}
