//! Facts about a collection that the catalogue does not state.

/// Facts about a collection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Its path, without version and parameters: `catalog/products`.
    pub(crate) path: &'static str,
    /// Its name here and on the control page.
    pub(crate) name: &'static str,
    /// The file of its rules; `None` if it only follows conventions.
    pub(crate) file: Option<&'static str>,
    /// Its other paths.
    pub(crate) also: &'static [&'static str],
    /// The type of its records, if no response has it.
    pub(crate) holds: Option<&'static str>,
    /// The first numeric key.
    pub(crate) first: i64,
    /// Whether it is a single record, which only rules can say.
    pub(crate) single: bool,
    /// Whether the caller chooses the keys, which only rules can say.
    pub(crate) given: bool,
    /// Whether a channel may override the store's record with the same key.
    pub(crate) per_channel: bool,
    /// Sets of unique fields, in addition to those of the catalogue.
    pub(crate) unique: &'static [&'static [&'static str]],
    /// Whether unique fields are case-sensitive.
    pub(crate) exact: bool,
    /// The error status for a duplicate unique value.
    pub(crate) taken: u16,
    /// The error status for an invalid reference; `None` for the generation's default.
    pub(crate) missing: Option<u16>,
    /// The error status for deleting a record that must be kept.
    pub(crate) kept: u16,
    /// The error status for deleting ids of which one does not exist; the others are deleted.
    pub(crate) gone: Option<u16>,
    /// Whether deleting a missing record succeeds.
    pub(crate) forgives: bool,
    /// Whether deleting without a required filter deletes nothing instead of being rejected.
    pub(crate) idles: bool,
    /// Whether deleting without a filter deletes everything instead of being rejected.
    pub(crate) sweeps: bool,
    /// Whether a record is only what a call computes, which no other call reads, so that it is not kept.
    pub(crate) fleeting: bool,
    /// Fields that refer to records of another collection and cascade, in addition to those of the
    /// catalogue.
    pub(crate) refers: &'static [(&'static str, &'static str)],
    /// Indexed fields, in addition to references and unique fields.
    pub(crate) indexed: &'static [&'static str],
    /// Fields that are absent until they are written.
    pub(crate) absent: &'static [&'static str],
    /// Fields that are links unless they are included, with the paths of the links and the record's
    /// fields in braces.
    pub(crate) links: &'static [(&'static str, &'static str)],
    /// Whether unknown fields of a body are rejected.
    pub(crate) closed: bool,
    /// Fields for which the store replaces too large a number by the maximum, with that maximum.
    pub(crate) cuts: &'static [(&'static str, i64)],
    /// Whether missing parents are ignored: their lists are empty.
    pub(crate) loose: bool,
    /// Whether records outlive their parents, and stay at their paths.
    pub(crate) outlives: bool,
    /// Whether times are returned with `Z` instead of `+00:00`.
    pub(crate) zulu: bool,
    /// Whether a date in a filter means the current time on that date.
    pub(crate) fills_time: bool,
    /// Filters that accept values which the catalogue does not list.
    pub(crate) open: &'static [&'static str],
    /// Whether pages have no links.
    pub(crate) unlinked: bool,
    /// The maximum page size, by what the page includes.
    pub(crate) shrinks: &'static [(&'static str, usize)],
}

impl Settings {
    /// A collection that is entirely convention.
    pub(crate) const USUAL: Self = Self {
        path: "",
        name: "",
        file: None,
        also: &[],
        holds: None,
        first: 1,
        single: false,
        given: false,
        per_channel: false,
        unique: &[],
        exact: false,
        taken: 409,
        missing: None,
        kept: 422,
        gone: None,
        forgives: false,
        idles: false,
        sweeps: false,
        fleeting: false,
        refers: &[],
        indexed: &[],
        absent: &[],
        links: &[],
        closed: false,
        cuts: &[],
        loose: false,
        outlives: false,
        zulu: false,
        fills_time: false,
        open: &[],
        unlinked: false,
        shrinks: &[],
    };
}
