//! What every call goes by: the store, and who calls.

/// What every call of a store goes by.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) hash: String,
    pub(crate) url: String,
    pub(crate) strict: bool,
    /// The root of links in responses.
    pub(crate) root: String,
}

/// Who calls.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The API account that the token belongs to.
    pub client_id: String,
}
