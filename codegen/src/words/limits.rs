//! Limits on requests, and deprecations.

use super::{Words, grammar::thousands};
use crate::spec;

impl Words<'_> {
    /// How many items a request may have.
    pub(crate) fn batch(&self, batch: &spec::Batch) -> String {
        let mut text = self.batch_size(batch.max);
        if batch.unstated {
            text += ", to be safe";
        }
        self.with_note(text, batch.note.as_deref())
    }

    /// The same in short.
    pub(crate) fn batch_size(&self, max: u32) -> String {
        match max {
            1 => "at most 1 item per request".to_owned(),
            max => format!("at most {} items per request", thousands(max)),
        }
    }

    /// How many requests of an endpoint a store accepts at a time.
    pub(crate) fn concurrency(&self, limit: &spec::Concurrency) -> String {
        self.with_note(self.concurrent(limit.max), limit.note.as_deref())
    }

    /// The same in short.
    pub(crate) fn concurrent(&self, max: u32) -> String {
        match max {
            1 => "one request at a time per store".to_owned(),
            max => format!("at most {} concurrent requests per store", thousands(max)),
        }
    }

    /// How many items a page has.
    pub(super) fn page_size(&self, limit: &spec::Limit) -> String {
        let mut text = format!("default {}, maximum {}", limit.default, limit.max);
        if limit.unstated {
            text += " (common practice, not documented)";
        }
        text
    }
}

/// What is deprecated, since when, what to use instead and why.
pub(crate) fn deprecation(deprecated: &spec::Deprecated) -> String {
    let mut text = "Deprecated".to_owned();
    if let Some(since) = &deprecated.since {
        text += &format!(" since {since}");
    }
    if let Some(instead) = &deprecated.instead {
        text += &format!("; use {instead} instead");
    }
    let why = deprecated.why.iter().map(|why| format!(" {why}"));
    why.fold(text + ".", |text, why| text + &why)
}

/// The same for a compiler's warning, which already says that something is deprecated.
pub(crate) fn deprecation_note(deprecated: &spec::Deprecated) -> String {
    let instead = deprecated.instead.iter();
    let instead = instead.map(|it| format!("use {it} instead"));
    let since = deprecated.since.iter();
    let since = since.map(|it| format!("deprecated since {it}"));
    let mut note = instead.chain(since).collect::<Vec<_>>().join("; ");
    if let Some(why) = &deprecated.why {
        if !note.is_empty() {
            note += ". ";
        }
        note += why.trim_end_matches('.');
    }
    note
}
