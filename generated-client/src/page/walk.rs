//! The history of reading a list: how many items were received, and on which pages. It detects a page
//! that was already received, so that no item is returned twice and no list is read forever.
//!
//! Every page is remembered, by 8 bytes for its items and 8 for its cursor: 400 KB for 10,000 pages,
//! which is less than one page takes while it is read. Keeping a single page to compare
//! with, as Brent's algorithm does, would detect a loop as well, but only after its items were returned
//! a second time. Single items are compared only with those of the previous page, because an insertion
//! moves them there; the items of a whole list would take 30 MB.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use super::Page;
use super::identity::Identity;
use super::next::{Extent, decoded};
use crate::error::Error;

/// How many pages in a row may contain only `null`. They cannot be told apart, so a list that always returns the
/// same one would never end otherwise.
const MOST_BLANK: usize = 100;

/// Why a list with this many pages in a row that contain only `null` is not read any further; `None` if it is.
pub(crate) fn blank_for_ever(pages: usize) -> Option<String> {
    let is_over = pages > MOST_BLANK;
    is_over.then(|| format!("{pages} pages in a row contain only null"))
}

/// The position of a page while a list is read; that of the first page is determined when the next one
/// is read.
#[derive(Clone)]
pub(super) struct Walk {
    /// How many items came before the page; `None` if reading began at an unknown position.
    before: Option<i64>,
    /// How many pages came before it.
    place: usize,
    /// How many pages in a row, up to and including this one, contain only `null`.
    blank: usize,
    /// What was last reported about the whole list.
    told: Extent,
    log: Log,
}

/// The pages that were read, each with its position. They share it.
#[derive(Clone, Default)]
struct Log {
    hasher: RandomState,
    pages: Arc<Mutex<Places>>,
}

#[derive(Clone, Default)]
struct Places {
    of: HashMap<u64, usize>,
    last: usize,
}

/// What a page passes on to the next one.
pub(super) struct Behind {
    walk: Walk,
    items: HashSet<Identity>,
}

impl Log {
    /// Whether there is such a page up to a position.
    fn has(&self, page: u64, place: usize) -> bool {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.of.get(&page).is_some_and(|at| *at <= place)
    }

    fn add(&self, page: u64, place: usize) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.of.insert(page, place);
        pages.last = place;
    }

    /// The log for a page at this position: a new one if a page was already read from there, since what
    /// came after that one belongs to another sequence.
    fn at(&self, place: usize) -> Self {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.last < place {
            return self.clone();
        }
        let mut own = Places {
            of: pages.of.clone(),
            last: 0,
        };
        own.of.retain(|_, at| *at < place);
        Self {
            hasher: self.hasher.clone(),
            pages: Arc::new(Mutex::new(own)),
        }
    }

    fn of_cursor(&self, cursor: &str) -> u64 {
        self.hasher.hash_one(("cursor", cursor))
    }

    fn of_items(&self, items: &[Identity]) -> u64 {
        self.hasher.hash_one(("items", items))
    }
}

impl<T> Page<T> {
    /// How many items of the list have been received including this page, if known.
    pub(super) fn reached(&self) -> Option<i64> {
        let before = match &self.walk {
            Some(walk) => walk.before,
            None if self.cursor().is_some() => None,
            None if self.number() == 1 => Some(0),
            None => (self.number() - 1).checked_mul(self.size()?),
        };
        before?.checked_add(i64::try_from(self.came()).ok()?)
    }

    pub(super) fn told_before(&self) -> Option<Extent> {
        self.walk.as_ref().map(|walk| walk.told)
    }

    /// Whether the page, or an earlier one, was requested with this cursor.
    pub(super) fn came_from(&self, cursor: &str) -> bool {
        match &self.walk {
            Some(Walk { place, log, .. }) => log.has(log.of_cursor(cursor), *place),
            None => self.cursor().is_some_and(|used| decoded(used) == cursor),
        }
    }

    /// What it passes on to the page after it.
    pub(super) fn behind(&self) -> Behind {
        let items = &self.known;
        let (place, blank, log) = match &self.walk {
            Some(walk) => (walk.place, walk.blank, walk.log.clone()),
            None => {
                let log = self.logged(items, 0, Log::default());
                (0, usize::from(items.is_empty()), log)
            }
        };
        let place = place + 1;
        Behind {
            walk: Walk {
                before: self.reached(),
                place,
                blank,
                told: self.told(),
                log: log.at(place),
            },
            items: items.iter().copied().collect(),
        }
    }

    fn logged(&self, items: &[Identity], place: usize, log: Log) -> Log {
        log.add(log.of_items(items), place);
        if let Some(used) = self.cursor() {
            log.add(log.of_cursor(&decoded(used)), place);
        }
        log
    }

    /// How many entries it was received with, as the API counts them, including those that are not
    /// items.
    pub(super) const fn came(&self) -> usize {
        self.known.len() + self.passed
    }

    /// Places the page after the previous one, if there is one, and removes the items that the previous
    /// page had too. Returns `None` if the list has ended. `sure` is whether the previous page said
    /// that there is more.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be the next page of the list.
    pub(super) fn follow(
        mut self,
        behind: Option<&Behind>,
        sure: bool,
    ) -> Result<Option<Self>, Error> {
        self.walk = behind.map(|behind| behind.walk.clone());
        if self.came() == 0 {
            return match self.more() {
                Some(more) => Err(self.contradicts(format!("a page of it is empty, yet {more}"))),
                None if behind.is_some() && sure && !self.is_said_to_end() => Err(self
                    .contradicts("a page of it is empty, although the previous one reported more")),
                None => Ok(None),
            };
        }
        self.in_its_place()?;
        if let Some(behind) = behind {
            self.without_what_came(behind)?;
        }
        Ok(Some(self))
    }

    /// Whether an empty page confirms in another way that the list has ended.
    fn is_said_to_end(&self) -> bool {
        let numbers = self.meta.as_ref().and_then(|it| it.pagination.as_ref());
        numbers.is_some_and(|it| it.total.is_some() || it.total_pages.is_some())
            || self.cursors().is_some()
    }

    fn in_its_place(&self) -> Result<(), Error> {
        let asked = self.call.asked("page").and_then(|page| page.parse().ok());
        let said = || self.meta.as_ref()?.pagination.as_ref()?.current_page;
        let (Some(asked), Some(said)) = (asked, said().filter(|said| *said > 0)) else {
            return Ok(());
        };
        let asked: i64 = asked;
        if asked == said {
            return Ok(());
        }
        let why = format!("page {asked} was requested, but the response is page {said}");
        Err(self.contradicts(why))
    }

    fn without_what_came(&mut self, behind: &Behind) -> Result<(), Error> {
        let items = std::mem::take(&mut self.known);
        let Walk { place, log, .. } = &behind.walk;
        let known = |item: &Identity| behind.items.contains(item);
        let blank = match items.is_empty() {
            true => behind.walk.blank + 1,
            false => 0,
        };
        if let Some(why) = blank_for_ever(blank) {
            return Err(self.contradicts(why));
        }
        let came = || log.has(log.of_items(&items), *place) || items.iter().all(known);
        if blank == 0 && came() {
            return Err(self.contradicts("a page of it has only items that were already returned"));
        }
        if items.len() == self.items.len() && items.iter().any(|item| item.is_own() && known(item))
        {
            let mut items = items.iter();
            let new = |_: &T| {
                !items
                    .next()
                    .is_some_and(|item| item.is_own() && known(item))
            };
            self.items.retain(new);
        }
        let log = self.logged(&items, *place, log.clone());
        if let Some(walk) = &mut self.walk {
            walk.log = log;
            walk.blank = blank;
        }
        self.known = items;
        Ok(())
    }

    fn contradicts(&self, why: impl Into<String>) -> Error {
        self.answer.contradicts(why)
    }
}
