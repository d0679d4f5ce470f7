//! Query parameters that the API may ignore: those without a method of their own, and filters that are
//! known not to work reliably.

use super::{Call, NO_FILTER};
use crate::options::{CallOptions, same};

/// The pagination parameters.
const PAGES: &[&str] = &["page", "limit", "after", "before"];

#[allow(
    dead_code,
    reason = "which of them are used depends on the endpoints that are built"
)]
impl Call {
    /// Sets the call options. `own` are the parameters that the request has methods for.
    pub(crate) fn options_beside(&mut self, options: CallOptions, own: &'static [&'static str]) {
        self.own = own;
        self.options(options);
    }

    /// Appends the parameters of the options.
    ///
    /// # Errors
    ///
    /// Returns the reason if one of them must not be sent.
    pub(super) fn query_beyond(&self, address: &mut String) -> Result<(), String> {
        let Some(options) = &self.options else {
            return Ok(());
        };
        let method = self.endpoint.method().into();
        options.add_to(address, &method, |name| self.sets(name))
    }

    /// Why a call that requires a filter is not sent although it has one: the filter is not sufficient.
    pub(super) fn no_filter(&self) -> String {
        let mut doubtful = self.endpoint.facts().doubtful.iter();
        match doubtful.find(|name| self.asked(name).is_some()) {
            None => NO_FILTER.to_owned(),
            Some(name) => format!(
                "`{name}` alone is not a sufficient filter: the API has been seen to ignore it, \
                 and the call would affect everything"
            ),
        }
    }

    /// Whether the list has a sort order that the client does not know.
    pub(super) fn is_in_another_order(&self) -> bool {
        let options = self.options.as_ref();
        options.is_some_and(|options| options.asks("sort") || options.asks("direction"))
    }

    /// Whether the client sets a parameter with this name, here or for a later page, or uses it to identify
    /// the records of the call.
    fn sets(&self, name: &str) -> bool {
        let facts = self.endpoint.facts();
        let pages = facts.page.map_or(&[][..], |_| PAGES).iter();
        let exclusive = facts.at_most_one_of.iter().copied().flatten();
        let query = self.query.iter().map(|(key, _)| key);
        let named = facts.named_by.iter().chain(&facts.narrowed_by);
        let mut known = pages
            .chain(exclusive)
            .chain(query)
            .chain(named)
            .chain(self.own);
        known.any(|known| same(known, name))
    }
}
