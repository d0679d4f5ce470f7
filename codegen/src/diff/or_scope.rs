//! The scope that is sufficient for a call instead of its least one: whether a token that has only it still may
//! make the call, or now may.

use super::{Comparison, Place, Side, kinds};
use crate::model::{Api, Endpoint, ScopeId};

/// Compares that of a call.
pub(super) fn compare(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint) {
    let (old, new) = (cx.old, cx.new);
    let place = Place::Endpoint(Side::New, is.id.clone(), "or_scope");
    if let Some(before) = was.or_scope
        && !new.enough(is).any(|id| is_same((old, before), (new, id)))
    {
        let text = format!("no longer accepts {}", old.scope(before).wire);
        cx.tell(&kinds::SCOPE_NEEDED, &is.id, text, place.clone());
    }
    if let Some(after) = is.or_scope
        && !old.enough(was).any(|id| is_same((old, id), (new, after)))
    {
        let text = format!("also accepts {}", new.scope(after).wire);
        cx.tell(&kinds::SCOPE_RELAXED, &is.id, text, place);
    }
}

/// Whether two scopes have the same name in tokens or in the spec: a new name is reported as such.
pub(super) fn is_same((old, before): (&Api, ScopeId), (new, after): (&Api, ScopeId)) -> bool {
    let (before, after) = (old.scope(before), new.scope(after));
    let same_area = old.areas[before.area].name == new.areas[after.area].name;
    before.wire == after.wire || (same_area && before.key == after.key)
}
