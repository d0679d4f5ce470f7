//! What a call wants to see of records.

use std::collections::HashSet;

/// What of a record is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What `include` names.
    pub include: HashSet<String>,
    /// The fields that were chosen; none for all.
    pub fields: Option<HashSet<String>>,
    /// The fields that were left out by choice.
    pub without: HashSet<String>,
}

impl Wanted {
    /// Whether a field is shown of a record with this key.
    pub(crate) fn field(&self, name: &str, key: &str) -> bool {
        // The key comes whatever is chosen.
        name == key
            || (!self.without.contains(name)
                && self
                    .fields
                    .as_ref()
                    .is_none_or(|fields| fields.contains(name)))
    }

    /// Whether the link in this field is opened: by its own name, or by that of something in it.
    pub(crate) fn opens(&self, field: &str) -> bool {
        self.include
            .iter()
            .any(|include| include.split('.').next() == Some(field))
    }
}
