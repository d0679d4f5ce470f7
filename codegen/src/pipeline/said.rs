//! What a run reports about the incorrect example of an explanation.

use crate::{
    diagnostic::{Diagnostics, render_plain},
    explain::Explanation,
    source::Sources,
};

/// The first diagnostic with the explained code, drawn; none if no text can show the problem.
#[must_use]
pub fn said(explained: &Explanation) -> Option<String> {
    let spec: Sources = explained.spec.clone()?;
    let checked = super::of(spec);
    let mut found = checked.diagnostics.into_iter();
    let first = found.find(|one| one.code == explained.code)?;
    let mut alone = Diagnostics::default();
    alone.push(first);
    Some(render_plain(&alone, &checked.sources))
}
