//! A page of a list, and the way to the next one. The next request is made from the caller's own
//! parameters, because the links in the answer do not always repeat them.

use std::fmt;
use std::ops::Deref;

use crate::call::Call;
use crate::catalogue::PageStyle;
use crate::envelope::{CursorPagination, Meta, PageLinks, Pagination};
use crate::error::Error;
use crate::json::Decode;

/// How many items a page can have where the reference does not say.
const USUAL_MAX: usize = 250;
/// How many items a page has when nothing is asked and the reference does not say.
const USUAL_DEFAULT: usize = 50;

/// A page of a list. It is used like a slice of its items.
#[derive(Clone)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// What the API says about the page; V2 says nothing.
    pub meta: Option<Meta>,
    call: Call,
}

/// Where the next page is.
#[derive(Debug, PartialEq)]
enum Next {
    /// At that number, and the API says so.
    Numbered(i64),
    /// Perhaps at that number.
    Perhaps(i64),
    /// Behind that cursor.
    After(String),
    /// Before that cursor, which some lists use the other way round.
    Before(String),
}

impl<T> Page<T> {
    pub(crate) const fn new(call: Call, items: Vec<T>, meta: Option<Meta>) -> Self {
        Self { items, meta, call }
    }

    /// The items without the page.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Whether there may be another page. V2 and some lists of V3 do not tell; for them a full page
    /// may be followed by an empty one.
    pub fn has_next(&self) -> bool {
        self.next().is_some()
    }

    /// How many items the whole list has, where the API tells.
    pub fn total(&self) -> Option<i64> {
        self.meta.as_ref()?.pagination.as_ref()?.total
    }

    fn next(&self) -> Option<Next> {
        let style = self.call.endpoint.facts().page?;
        if self.items.is_empty() {
            return None;
        }
        let meta = self.meta.as_ref();
        let numbers = meta.and_then(|meta| meta.pagination.as_ref());
        let cursors = meta.and_then(|meta| meta.cursor_pagination.as_ref());
        let by_cursor = self.call.asked("after").or(self.call.asked("before"));
        match (numbers, cursors) {
            (_, Some(cursors)) if by_cursor.is_some() => self.behind(cursors, by_cursor),
            (None, Some(cursors)) => self.behind(cursors, by_cursor),
            _ if by_cursor.is_some() || !style.numbered => None,
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
            Some(links) => from_link(links)?,
            None if self.is_full(cursors.per_page) => Next::After(cursors.end_cursor.clone()?),
            None => return None,
        };
        let (Next::After(cursor) | Next::Before(cursor)) = &next else {
            return None;
        };
        // A cursor that leads to itself would never end.
        let same = used.is_some_and(|used| decoded(used) == *cursor);
        (!same && !cursor.is_empty()).then_some(next)
    }

    /// The number of this page.
    fn number(&self) -> i64 {
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
}

impl<T: Decode> Page<T> {
    /// Reads the page after this one, with the same filters; `None` when this is the last.
    ///
    /// ```no_run
    /// # use bigcommerce_client::{Decode, Error, Page};
    /// # async fn all<T: Decode>(first: Page<T>) -> Result<Vec<T>, Error> {
    /// let mut items = Vec::new();
    /// let mut page = Some(first);
    /// while let Some(current) = page {
    ///     page = current.next_page().await?;
    ///     items.extend(current);
    /// }
    /// # Ok(items)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As the request that gave this page. Calling it again repeats the request.
    pub async fn next_page(&self) -> Result<Option<Self>, Error> {
        let Some(next) = self.next() else {
            return Ok(None);
        };
        let mut call = self.call.clone();
        for key in ["page", "after", "before"] {
            call.unset(key);
        }
        match &next {
            Next::Numbered(page) | Next::Perhaps(page) => call.query("page", *page),
            Next::After(cursor) => call.query("after", cursor),
            Next::Before(cursor) => call.query("before", cursor),
        }
        match call.page().await {
            Ok(response) => Ok(Some(response.into_value()).filter(|page| !page.items.is_empty())),
            // Behind the last page some lists answer 404.
            Err(error) if matches!(next, Next::Perhaps(_)) && error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The cursor in the query of a link.
fn from_link(links: &PageLinks) -> Option<Next> {
    let query = links
        .next
        .as_deref()?
        .split_once('?')
        .map_or(links.next.as_deref()?, |(_, q)| q);
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

impl<T> Deref for Page<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}
