//! Whether anything was removed from a list or a mapping that keeps what an update omits: it would silently
//! stay in the store.

use super::{Cause, ChangeError, id, tree, with_nulls};
use crate::json::{Encode, Tree};

/// Checks that nothing was removed from lists and mappings that keep what an update omits.
pub(super) fn are_kept(
    before: &dyn Encode,
    after: &dyn Encode,
    keeps: &[(&str, &str)],
) -> Result<(), ChangeError> {
    if keeps.is_empty() {
        return Ok(());
    }
    let (before, after) = (tree(&with_nulls(before))?, tree(&with_nulls(after))?);
    for (place, key) in keeps {
        let path: Vec<_> = place.split('.').collect();
        is_kept(&before, &after, &path, key, "")?;
    }
    Ok(())
}

/// Like [`are_kept`], for the list or mapping at the end of a path.
fn is_kept(
    before: &Tree,
    after: &Tree,
    path: &[&str],
    key: &str,
    place: &str,
) -> Result<(), ChangeError> {
    let taken_out = || Err(ChangeError::new(place.to_owned(), Cause::TakenOut));
    match (path, before, after) {
        ([], Tree::List(before), Tree::List(after)) => {
            let mut names = before.iter().filter_map(|was| named(was, key));
            match names.all(|name| after.iter().any(|is| named(is, key) == Some(name))) {
                true => Ok(()),
                false => taken_out(),
            }
        }
        ([], Tree::Object(before), Tree::Object(_)) => {
            match before.iter().all(|(name, _)| after.get(name).is_some()) {
                true => Ok(()),
                false => taken_out(),
            }
        }
        ([_, ..], Tree::List(before), Tree::List(after)) => {
            for (at, is) in after.iter().enumerate() {
                let mut before = before.iter();
                if let Some(was) = before.find(|was| id(is).is_some() && id(was) == id(is)) {
                    is_kept(was, is, path, key, &format!("{place}[{at}]"))?;
                }
            }
            Ok(())
        }
        ([field, path @ ..], _, _) => {
            let dot = if place.is_empty() { "" } else { "." };
            match (before.get(field), after.get(field)) {
                (Some(before), Some(after)) => {
                    is_kept(before, after, path, key, &format!("{place}{dot}{field}"))
                }
                _ => Ok(()),
            }
        }
        ([], _, _) => Ok(()),
    }
}

/// The identity of an item in its list, which for a plain value is the value itself; `None` if it has none
/// yet.
pub(super) fn named<'t>(item: &'t Tree, key: &str) -> Option<&'t Tree> {
    match key {
        "" => Some(item),
        key => item.get(key).filter(|name| **name != Tree::Null),
    }
}
