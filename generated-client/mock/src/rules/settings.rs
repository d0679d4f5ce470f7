//! Plain facts about a collection that the catalogue does not state.

/// Plain facts about a collection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Where it is, without version and parameters: `catalog/products`.
    pub(crate) path: &'static str,
    /// Its name here and on the control page.
    pub(crate) name: &'static str,
    /// The file of its rules; none where there is nothing but conventions.
    pub(crate) file: Option<&'static str>,
    /// Other paths at which it is.
    pub(crate) also: &'static [&'static str],
    /// The type of its records, where no response has it.
    pub(crate) holds: Option<&'static str>,
    /// The first number that is given out as a key.
    pub(crate) first: i64,
    /// Whether there is one record and not many, which rules have to say.
    pub(crate) single: bool,
    /// Whether the caller gives the keys, which rules have to say.
    pub(crate) given: bool,
    /// Whether a channel may have records of its own, in place of the store's with the same key.
    pub(crate) per_channel: bool,
    /// Sets of fields that no two records share, beyond those of the catalogue.
    pub(crate) unique: &'static [&'static [&'static str]],
    /// Whether case counts in what is unique.
    pub(crate) exact: bool,
    /// The status of the error response of what is taken.
    pub(crate) taken: u16,
    /// The status of the error response of a reference to nothing; none for the generation's usual one.
    pub(crate) missing: Option<u16>,
    /// The status of the error response to removing what is kept.
    pub(crate) kept: u16,
    /// The status of the error response to removing ids of which one is not there; the others are removed.
    pub(crate) gone: Option<u16>,
    /// Whether removing one that is not there is a success.
    pub(crate) forgives: bool,
    /// Whether removing without a filter that is required removes nothing, and is not refused.
    pub(crate) idles: bool,
    /// Whether removing without a filter removes all there are, and is not refused.
    pub(crate) sweeps: bool,
    /// Whether a record is only what a call computes, which no other call reads, so that it is not kept.
    pub(crate) fleeting: bool,
    /// Fields that refer to records of another collection and go with them, beyond those of the catalogue.
    pub(crate) refers: &'static [(&'static str, &'static str)],
    /// Fields by whose values records are looked up, beyond those that refer or are unique.
    pub(crate) indexed: &'static [&'static str],
    /// Fields that are absent until they are written.
    pub(crate) absent: &'static [&'static str],
    /// Paths of fields that are links unless they are included, with fields of the record in braces.
    pub(crate) links: &'static [(&'static str, &'static str)],
    /// Whether unknown fields of a body are refused.
    pub(crate) closed: bool,
    /// Fields in which the store keeps the most it can in place of any number beyond it, and how much that is.
    pub(crate) cuts: &'static [(&'static str, i64)],
    /// Whether records above that are not there are passed over: what lists have of them is nothing.
    pub(crate) loose: bool,
    /// Whether records stay, and are found by their paths, once those above are gone.
    pub(crate) outlives: bool,
    /// Whether times are shown with `Z` instead of `+00:00`.
    pub(crate) zulu: bool,
    /// Whether a date in a filter means the time of day at which it is asked.
    pub(crate) fills_time: bool,
    /// Filters that take other values than those that the catalogue lists.
    pub(crate) open: &'static [&'static str],
    /// Whether pages come without links.
    pub(crate) unlinked: bool,
    /// How many records a page has at most, by what it includes.
    pub(crate) shrinks: &'static [(&'static str, usize)],
}

impl Settings {
    /// A collection that is all convention.
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
