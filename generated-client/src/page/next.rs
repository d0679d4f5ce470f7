//! Where a list goes on. It reads what an answer says about its page, and decides; it sends nothing.

use super::Page;
use crate::call::Call;
use crate::catalogue::PageStyle;
use crate::envelope::{CursorPagination, Pagination};

/// How many items a page can have where the reference does not say.
const USUAL_MAX: usize = 250;
/// How many items a page has when nothing is asked and the reference does not say.
const USUAL_DEFAULT: usize = 50;

/// Where the next page is.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// At that number, and the API says so.
    Numbered(i64),
    /// Perhaps at that number.
    Perhaps(i64),
    /// Behind that cursor.
    After(String),
    /// Before that cursor, which some lists use the other way round.
    Before(String),
    /// Nobody knows: a list that was followed by its cursors came without one.
    Lost,
}

impl<T> Page<T> {
    pub(super) fn next(&self) -> Option<Next> {
        let style = self.call.endpoint.facts().page?;
        if self.items.is_empty() {
            return None;
        }
        let meta = self.meta.as_ref();
        let numbers = meta.and_then(|meta| meta.pagination.as_ref());
        let cursors = meta.and_then(|meta| meta.cursor_pagination.as_ref());
        let used = self.call.asked("after").or(self.call.asked("before"));
        let by_cursor = used.is_some() || self.call.by_cursor;
        match (numbers, cursors) {
            (_, Some(cursors)) if by_cursor => self.behind(cursors, used),
            (None, Some(cursors)) => self.behind(cursors, used),
            // To end here, or to begin again by number, could lose items or give them twice.
            _ if used.is_some() => Some(Next::Lost),
            // Some lists give cursors to their first page alone, so page 2 has none to go on from.
            _ if !style.numbered => self.is_full(None).then_some(Next::Lost),
            (Some(numbers), _) => self.after_number(style, numbers),
            (None, None) => self.is_full(None).then(|| Next::Perhaps(self.number() + 1)),
        }
    }

    fn after_number(&self, style: PageStyle, numbers: &Pagination) -> Option<Next> {
        let asked = self.number();
        // A list that ignores the number would give the same page for ever.
        if numbers.current_page.is_some_and(|current| current < asked) {
            return None;
        }
        let more = numbers
            .links
            .as_ref()
            .is_some_and(|links| links.next.is_some());
        match (numbers.total_pages, style.totals) {
            (Some(pages), _) if asked < pages => Some(Next::Numbered(asked + 1)),
            // Totals have been seen too low while the links went on.
            (Some(_), _) => {
                (more && self.is_full(numbers.per_page)).then(|| Next::Perhaps(asked + 1))
            }
            (None, _) => self
                .is_full(numbers.per_page)
                .then(|| Next::Perhaps(asked + 1)),
        }
    }

    fn behind(&self, cursors: &CursorPagination, used: Option<&str>) -> Option<Next> {
        if cursors.count == Some(0) {
            return None;
        }
        let next = match &cursors.links {
            Some(links) => from_link(links.next.as_deref().filter(|link| !link.is_empty())?),
            None if self.is_full(cursors.per_page) => cursors.end_cursor.clone().map(Next::After),
            None => return None,
        };
        // There is more, and no way to it.
        let next = next.unwrap_or(Next::Lost);
        let (Next::After(cursor) | Next::Before(cursor)) = &next else {
            return Some(next);
        };
        // A cursor that leads to itself would never end.
        let same = used.is_some_and(|used| decoded(used) == *cursor);
        (!same && !cursor.is_empty()).then_some(next)
    }

    /// The number of this page.
    pub(super) fn number(&self) -> i64 {
        let said = || self.meta.as_ref()?.pagination.as_ref()?.current_page;
        let asked = self.call.asked("page").and_then(|page| page.parse().ok());
        asked.or_else(said).unwrap_or(1).max(1)
    }

    /// Whether the page has as many items as it can.
    fn is_full(&self, per_page: Option<i64>) -> bool {
        let facts = self.call.endpoint.facts();
        let whole = |number: u32| usize::try_from(number).unwrap_or(USUAL_MAX);
        let asked = self
            .call
            .asked("limit")
            .and_then(|limit| limit.parse().ok());
        let said = per_page
            .and_then(|number| usize::try_from(number).ok())
            .filter(|n| *n > 0);
        let size = said.unwrap_or_else(|| {
            let most = facts.page_max.map_or(USUAL_MAX, whole);
            let usual = facts.page_default.map_or(USUAL_DEFAULT, whole);
            asked.unwrap_or(usual).min(most)
        });
        self.items.len() >= size.max(1)
    }

    /// How many pages there are, where the API tells.
    pub(super) fn last(&self) -> Option<i64> {
        self.meta.as_ref()?.pagination.as_ref()?.total_pages
    }

    /// The call that reads the page there.
    pub(super) fn call_for(&self, next: &Next) -> Call {
        let mut call = self.call.clone();
        for key in ["page", "after", "before"] {
            call.unset(key);
        }
        match next {
            Next::Numbered(page) | Next::Perhaps(page) => call.query("page", *page),
            Next::After(cursor) => call.query("after", cursor),
            Next::Before(cursor) => call.query("before", cursor),
            Next::Lost => call.refuse(
                "the page before it came without a cursor, so where the list goes on is not known",
            ),
        }
        call
    }
}

/// The cursor in the query of a link.
fn from_link(link: &str) -> Option<Next> {
    let query = link.split_once('?').map_or(link, |(_, query)| query);
    query
        .split('&')
        .find_map(|pair| match pair.split_once('=')? {
            ("after", cursor) => Some(Next::After(decoded(cursor))),
            ("before", cursor) => Some(Next::Before(decoded(cursor))),
            _ => None,
        })
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}
