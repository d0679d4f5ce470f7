//! What every call goes by: the store, and who calls.

/// What every call of a store goes by.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) hash: String,
    pub(crate) url: String,
    pub(crate) strict: bool,
    /// The root of links in responses.
    pub(crate) root: String,
    /// Whether the store gets its first records, and nobody calls yet.
    pub(crate) filling: bool,
}

impl Setting {
    pub(crate) fn new(hash: String, url: String, strict: bool) -> Self {
        let root = format!("{url}/stores/{hash}/v2");
        Self {
            hash,
            url,
            strict,
            root,
            filling: false,
        }
    }
}

/// Who calls.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The API account that the token belongs to.
    pub client_id: String,
}
