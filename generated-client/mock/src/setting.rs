//! The context of every call: the store, and the caller.

/// The context of every call of a store.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) hash: String,
    pub(crate) url: String,
    pub(crate) strict: bool,
    /// The root of links in responses.
    pub(crate) root: String,
    /// Whether the store is being filled, and has no caller yet.
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

/// The caller.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The API account that the token belongs to.
    pub client_id: String,
}
