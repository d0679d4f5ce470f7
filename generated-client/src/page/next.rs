//! Where a list continues. This module interprets what a response says about its page; it sends
//! nothing.
//!
//! A list ends if everything in a response agrees that it does. As long as any of it says that there is
//! more, the list continues in whatever way is possible; if there is none, that is an error.

use super::Page;
use crate::call::Call;
use crate::envelope::{CursorPagination, PageLinks, Pagination};

/// The maximum page size if the reference does not state it.
const USUAL_MAX: usize = 250;
/// The default page size if the reference does not state it.
const USUAL_DEFAULT: usize = 50;

/// Why a list that loses its cursors ends with an error.
const LOST: &str = "the previous page has no cursor, so it is unknown where the list continues";

/// Where the next page is.
#[derive(Debug, PartialEq)]
pub(crate) enum Next {
    /// At this number, according to the API.
    Numbered(i64),
    /// Possibly at this number.
    Perhaps(i64),
    /// After this cursor.
    After(String),
    /// Before this cursor, which some lists use the other way round.
    Before(String),
    /// At the next part of the ids that did not fit into one URL.
    Piece,
    /// Unknown, for this reason.
    Nowhere(String),
}

/// What a response says about the whole list.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Extent {
    total: Option<i64>,
    pages: Option<i64>,
    /// The maximum page size.
    size: Option<i64>,
}

impl Next {
    pub(super) const fn is_sure(&self) -> bool {
        !matches!(self, Self::Perhaps(_))
    }
}

impl<T> Page<T> {
    pub(super) fn next(&self) -> Option<Next> {
        let piece = || self.call.next_piece().map(|_| Next::Piece);
        self.further().or_else(piece)
    }

    fn further(&self) -> Option<Next> {
        let style = self.call.endpoint.facts().page?;
        if self.came() == 0 {
            let nowhere = |more| Next::Nowhere(format!("the previous page is empty, yet {more}"));
            return self.more().map(nowhere);
        }
        if style.keyed {
            return self.behind_key();
        }
        match self.cursors() {
            Some(cursors) if self.follows_cursors() => self.behind_cursor(cursors),
            // Ending here, or starting over by page number, could lose items or return them twice.
            _ if self.cursor().is_some() => Some(Next::Nowhere(LOST.to_owned())),
            // Some lists return cursors only on their first page, so page 2 has none to continue from.
            _ if !style.numbered => {
                let more = self.more().is_some() || self.is_full(None);
                more.then(|| Next::Nowhere(LOST.to_owned()))
            }
            _ => self.after_number(),
        }
    }

    fn after_number(&self) -> Option<Next> {
        let next = self.number().saturating_add(1);
        if self.more().is_some() {
            return Some(Next::Numbered(next));
        }
        let perhaps = !self.tells_its_end() && self.is_full(self.told().size);
        perhaps.then_some(Next::Perhaps(next))
    }

    /// After the key in the link to the next page.
    fn behind_key(&self) -> Option<Next> {
        let links = self.numbers().and_then(|numbers| numbers.links.as_ref());
        if let Some(link) = next_link(links) {
            return self.unless_it_came(from_link(link));
        }
        let untold = links.is_none() && self.is_full(None);
        (untold || self.more().is_some()).then(|| Next::Nowhere(LOST.to_owned()))
    }

    fn behind_cursor(&self, cursors: &CursorPagination) -> Option<Next> {
        let link = next_link(cursors.links.as_ref());
        let untold = cursors.links.is_none() && self.is_full(cursors.per_page);
        let next = match (link, self.more()) {
            (Some(link), _) => from_link(link),
            (None, None) if !untold => return None,
            // Everything except the links says that there is more.
            (None, more) => match (cursors.end_cursor.clone(), more) {
                (Some(end), _) if !self.came_from(&end) => Some(Next::After(end)),
                (_, Some(more)) => {
                    let why = format!("the previous page has no cursor, yet {more}");
                    return Some(Next::Nowhere(why));
                }
                (end, None) => end.map(Next::After),
            },
        };
        self.unless_it_came(next)
    }

    fn unless_it_came(&self, next: Option<Next>) -> Option<Next> {
        let cursor = match &next {
            Some(Next::After(cursor) | Next::Before(cursor)) if !cursor.is_empty() => cursor,
            // There is more, but no way to continue.
            _ => return Some(Next::Nowhere(LOST.to_owned())),
        };
        if self.came_from(cursor) {
            let why =
                "the cursors form a loop: the previous page links to one that was already read";
            return Some(Next::Nowhere(why.to_owned()));
        }
        next
    }

    /// What in the response says that there is more.
    pub(super) fn more(&self) -> Option<String> {
        let numbers = self.numbers();
        let links = [
            numbers.and_then(|numbers| numbers.links.as_ref()),
            self.cursors().and_then(|cursors| cursors.links.as_ref()),
        ];
        if links.into_iter().any(|links| next_link(links).is_some()) {
            return Some("it has a link to the next one".to_owned());
        }
        let told = self.told();
        let number = self.number();
        let pages = told.pages.filter(|_| !self.follows_cursors());
        if let Some(pages) = pages.filter(|pages| *pages > number) {
            return Some(format!("it is page {number} of {pages}"));
        }
        let came = self.reached()?;
        let total = told.total.filter(|total| *total > came)?;
        Some(format!(
            "the list should have {total} items, but {came} were returned"
        ))
    }

    /// What the response says about the whole list, or the last earlier one that says anything about
    /// it.
    pub(super) fn told(&self) -> Extent {
        let own = self.numbers().map(|numbers| Extent {
            total: numbers.total,
            pages: numbers.total_pages,
            size: numbers.per_page.filter(|size| *size > 0),
        });
        own.filter(|own| *own != Extent::default())
            // What was reported when reading by cursor began is out of date by the end.
            .or_else(|| self.told_before().filter(|_| !self.follows_cursors()))
            .unwrap_or_default()
    }

    /// Whether the response reports a total.
    pub(super) fn tells_its_end(&self) -> bool {
        let told = self.told();
        told.pages.is_some() || (told.total.is_some() && self.reached().is_some())
    }

    fn numbers(&self) -> Option<&Pagination> {
        self.meta.as_ref()?.pagination.as_ref()
    }

    pub(super) fn cursors(&self) -> Option<&CursorPagination> {
        self.meta.as_ref()?.cursor_pagination.as_ref()
    }

    /// Whether the list continues by cursor, if it has any.
    fn follows_cursors(&self) -> bool {
        let chosen = self.call.by_cursor && self.call.asked("page").is_none();
        let only = self.numbers().is_none() && self.cursors().is_some();
        let style = self.call.endpoint.facts().page;
        style.is_some_and(|style| style.keyed) || chosen || self.cursor().is_some() || only
    }

    /// The cursor with which the page was requested.
    pub(super) fn cursor(&self) -> Option<&str> {
        self.call.asked("after").or(self.call.asked("before"))
    }

    /// The number of this page.
    pub(super) fn number(&self) -> i64 {
        let said = || self.numbers()?.current_page;
        let asked = self.call.asked("page").and_then(|page| page.parse().ok());
        asked.or_else(said).unwrap_or(1).max(1)
    }

    /// The maximum page size, as far as the response shows it.
    pub(super) fn size(&self) -> Option<i64> {
        let said = |per_page: Option<i64>| per_page.filter(|size| *size > 0);
        let numbers = self.numbers().and_then(|it| said(it.per_page));
        let cursors = || self.cursors().and_then(|it| said(it.per_page));
        numbers.or_else(cursors)
    }

    /// Whether the page is full.
    fn is_full(&self, per_page: Option<i64>) -> bool {
        let facts = self.call.endpoint.facts();
        let whole = |number: u32| usize::try_from(number).unwrap_or(USUAL_MAX);
        let said = per_page
            .and_then(|number| usize::try_from(number).ok())
            .filter(|size| *size > 0);
        if let Some(size) = said {
            return self.came() >= size;
        }
        let limit = self.call.asked("limit").and_then(|it| it.parse().ok());
        let most = facts.page_max.map_or(USUAL_MAX, whole);
        let usual = facts.page_default.map_or(USUAL_DEFAULT, whole);
        // A list that ignores the limit has its default size instead.
        self.came() >= limit.unwrap_or(usual).min(most).max(1) || self.came() == usual
    }

    /// The number of pages, if the API reports it.
    pub(super) fn last(&self) -> Option<i64> {
        self.numbers()?.total_pages
    }

    /// The call that reads the page there.
    pub(super) fn call_for(&self, next: Next) -> Call {
        if let (Next::Piece, Some(piece)) = (&next, self.call.next_piece()) {
            return piece;
        }
        let mut call = self.call.clone();
        for key in ["page", "after", "before"] {
            call.unset(key);
        }
        match next {
            Next::Numbered(page) | Next::Perhaps(page) => call.query("page", page),
            Next::After(cursor) => call.query("after", cursor),
            Next::Before(cursor) => call.query("before", cursor),
            Next::Piece => {}
            Next::Nowhere(why) => call.refuse(why),
        }
        call
    }
}

pub(crate) fn next_link(links: Option<&PageLinks>) -> Option<&str> {
    let link = links?.next.as_deref()?;
    (!link.is_empty()).then_some(link)
}

/// The cursor in the query of a link.
pub(crate) fn from_link(link: &str) -> Option<Next> {
    let query = link.split_once('?').map_or(link, |(_, query)| query);
    query
        .split('&')
        .find_map(|pair| match pair.split_once('=')? {
            ("after", cursor) => Some(Next::After(decoded(cursor))),
            ("before", cursor) => Some(Next::Before(decoded(cursor))),
            _ => None,
        })
}

pub(super) fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}
