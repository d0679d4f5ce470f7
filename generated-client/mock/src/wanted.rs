//! Which parts of records a call requests.

use std::collections::HashSet;

/// The requested parts of a record.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The names in `include`.
    pub include: HashSet<String>,
    /// The selected fields; `None` for all.
    pub fields: Option<HashSet<String>>,
    /// The excluded fields.
    pub without: HashSet<String>,
}

impl Wanted {
    /// Whether a field of a record with this key field is returned.
    pub(crate) fn field(&self, name: &str, key: &str) -> bool {
        // The key is always returned.
        name == key
            || (!self.without.contains(name)
                && self
                    .fields
                    .as_ref()
                    .is_none_or(|fields| fields.contains(name)))
    }

    /// Whether the link in this field is expanded: because of its own name, or that of something inside
    /// it.
    pub(crate) fn opens(&self, field: &str) -> bool {
        self.include
            .iter()
            .any(|include| include.split('.').next() == Some(field))
    }
}
