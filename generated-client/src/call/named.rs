//! Which records a call changes, where its path does not say: out of its query and the items of its
//! batch. Only what the endpoint's facts list is looked at, so that nothing personal is kept.

use std::borrow::Cow;

use crate::json::{self, Tree};

/// The values by which a call names its records, with commas between them, by the parameter or field
/// they stand in.
pub(crate) fn records<'a>(
    named_by: &'static [&'static str],
    query: impl Iterator<Item = (&'a str, Cow<'a, str>)>,
    body: Option<&[u8]>,
) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    let mut add = |name: &'static str, value: &str| match found
        .iter_mut()
        .find(|(known, _)| *known == name)
    {
        Some((_, values)) => {
            values.push(',');
            values.push_str(value);
        }
        None => found.push((name, value.to_owned())),
    };
    for (key, value) in query {
        if let Some(name) = named_by.iter().find(|name| **name == key) {
            add(name, &value);
        }
    }
    // A body that is no list of objects is not what the endpoint takes; the API will say so.
    if let Some(Ok(Tree::List(items))) = body.map(json::from_slice::<Tree>) {
        for item in &items {
            for name in named_by {
                // An item may be an id itself.
                if let Some(value) = item.text(&[name]).or_else(|| item.plain()) {
                    add(name, &value);
                }
            }
        }
    }
    found
}
