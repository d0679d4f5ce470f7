//! A list page by page. Pages that are known to exist are prefetched; their responses are kept as bytes
//! and decoded when they are taken, and every page is returned once and in order.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures_core::Stream;

use super::body::no_page;
use super::walk::Behind;
use super::{Next, Page};
use crate::call::{Call, Raw};
use crate::error::Error;
use crate::json::{Decode, DecodeError};

/// How many pages are prefetched by default.
const USUAL_AHEAD: usize = 2;

/// The maximum. Prefetched pages are kept in memory, and one list must not use up the store's whole quota
/// before any of its pages is looked at.
const MOST_AHEAD: usize = 32;

type Fetching = Pin<Box<dyn Future<Output = Result<Raw, Error>> + Send>>;

type Check = fn(&mut Raw) -> Result<(), DecodeError>;

/// The pages of a list, in order.
///
/// It is a [`Stream`], and has [`try_next`](Self::try_next) if that is all you need. Pages are
/// prefetched while earlier ones are processed, as soon as the list has reported how many there are;
/// dropping the stream cancels them. It ends after the last page with items, or after an error; the
/// error is a [`Contradiction`](crate::ErrorKind::Contradiction) if the API's statements about the list
/// are inconsistent.
///
/// ```no_run
/// # bigcommerce_client::example!([] store:
/// # #[cfg(feature = "brands")] {
/// let mut pages = store.brands().list().pages().prefetch(4);
/// while let Some(page) = pages.try_next().await? {
///     println!("{} of {:?}", page.len(), page.total());
/// }
/// # }
/// # );
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<T> {
    /// The call of the first page, until it is sent.
    first: Option<Call>,
    /// The requested pages, in order.
    asked: VecDeque<Fetch>,
    /// The number of the last of them, if pages are numbered.
    number: i64,
    ahead: usize,
    /// Whether this client chose the page size, and may therefore reduce it.
    shrinks: bool,
    /// The actual page size, if known.
    size: Option<i64>,
    /// When the page that is due was first requested.
    began: Option<Instant>,
    /// What the last page passes on to the next one.
    behind: Option<Behind>,
    items: PhantomData<fn() -> T>,
}

/// A page in progress.
struct Fetch {
    call: Call,
    /// Whether it may turn out not to exist.
    perhaps: bool,
    running: Fetching,
    came: Option<Result<Raw, Error>>,
}

impl Fetch {
    /// Requests a page. `check` is what a response must pass before the end of its call is reported.
    fn new(call: Call, perhaps: bool, mut check: Check) -> Self {
        let sent = call.clone();
        Self {
            call,
            perhaps,
            running: Box::pin(async move { sent.execute(&mut check).await }),
            came: None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) {
        if self.came.is_none()
            && let Poll::Ready(result) = self.running.as_mut().poll(context)
        {
            self.came = Some(result);
        }
    }
}

impl<T> Pages<T> {
    pub(crate) fn new(mut call: Call) -> Self {
        // Another size would change where a later page begins.
        let shrinks = call.largest_page() && call.asked("page").is_none();
        call.cut();
        Self {
            first: Some(call),
            asked: VecDeque::new(),
            number: 0,
            ahead: USUAL_AHEAD,
            shrinks,
            size: None,
            began: None,
            behind: None,
            items: PhantomData,
        }
    }

    /// How many pages are prefetched; 2 by default, 0 for none, at most 32.
    ///
    /// It takes effect if pages have numbers and the list reports how many there are. If an endpoint
    /// limits concurrent calls, nothing is prefetched, since a page that nobody waits for would
    /// block other calls.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["products"] store:
    /// // Pages are slow to process, so prefetching is not needed.
    /// let mut pages = store.products().list().limit(250).pages().prefetch(1);
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("writing {} products to a spreadsheet", page.len());
    /// }
    /// # );
    /// ```
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.ahead = pages.min(MOST_AHEAD);
        self
    }

    /// The call for a smaller page in place of one that was too large, or failed twice as if it were.
    fn smaller(&self, call: &Call, error: &Error) -> Option<Call> {
        let now = call.client.config().clock.now();
        let passed = self
            .began
            .map_or(Duration::ZERO, |began| now.saturating_duration_since(began));
        let perhaps = || error.perhaps_too_much() && call.is_repeated_after(passed);
        if call.shrinks && (error.too_much() || perhaps()) {
            call.smaller_page(self.size)
        } else {
            None
        }
    }
}

impl<T: Decode> Pages<T> {
    /// The next page; `None` after the last.
    ///
    /// This method is cancel safe.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["customers"] store:
    /// let (mut pages, mut done) = (store.customers().list().pages(), 0);
    /// while let Some(page) = pages.try_next().await? {
    ///     done += page.len();
    ///     println!("{done} of {} customers", page.total().unwrap_or_default());
    /// }
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of the initial request. The stream ends after an error.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            if let Some(call) = self.first.take() {
                self.ask(call, false);
            }
            self.poll_asked(context);
            let Some(due) = self.asked.front_mut() else {
                return Poll::Ready(None);
            };
            if self.began.is_none() {
                self.began = Some(due.call.client.config().clock.now());
            }
            let Some(came) = due.came.take() else {
                return Poll::Pending;
            };
            let Some(fetch) = self.asked.pop_front() else {
                return Poll::Ready(None);
            };
            let piece = fetch.call.next_piece();
            let page = match came {
                // Most lists return smaller pages than requested on their own; some return 413 instead,
                // and some fail.
                Err(error) => match self.smaller(&fetch.call, &error) {
                    Some(call) => {
                        self.asked.clear();
                        self.size = self.size.and(call.limit());
                        self.ask(call, fetch.perhaps);
                        continue;
                    }
                    // Some lists return 404 after the last page.
                    None if fetch.perhaps && error.is_not_found() => Ok(None),
                    None => Err(error),
                },
                Ok(raw) => Page::read(fetch.call, raw).and_then(|page| {
                    let page: Page<T> = page.into_value();
                    page.follow(self.behind.as_ref(), !fetch.perhaps)
                }),
            };
            match (page, piece) {
                (Ok(Some(page)), _) => {
                    self.plan(&page);
                    // Prefetching starts now, not when the caller comes back.
                    if self.ahead > 0 {
                        self.poll_asked(context);
                    }
                    return Poll::Ready(Some(Ok(page)));
                }
                (Ok(None), Some(piece)) => {
                    self.asked.clear();
                    (self.behind, self.began) = (None, None);
                    self.ask(piece, false);
                }
                (Ok(None), None) => {
                    self.asked.clear();
                    return Poll::Ready(None);
                }
                (Err(error), _) => {
                    self.asked.clear();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    /// Requests the pages after this one, as far as they are known.
    fn plan(&mut self, page: &Page<T>) {
        self.began = None;
        let Some(next) = page.next() else {
            self.asked.clear();
            return;
        };
        self.behind = (next != Next::Piece).then(|| page.behind());
        // Only a full page shows the server's maximum page size.
        let full = page
            .call
            .limit()
            .filter(|limit| usize::try_from(*limit) == Ok(page.came()));
        self.size = page.size().or(full);
        let numbered = matches!(next, Next::Numbered(_));
        if self.asked.is_empty() {
            if let Next::Numbered(number) | Next::Perhaps(number) = &next {
                self.number = *number;
            }
            let perhaps = !next.is_sure();
            self.ask(page.call_for(next), perhaps);
        }
        let (true, Some(last)) = (numbered, page.last()) else {
            return;
        };
        if page.call.endpoint.facts().concurrency.is_some() {
            self.ahead = 0;
        }
        while self.asked.len() < self.ahead.max(1) && self.number < last {
            self.number += 1;
            self.ask(page.call_for(Next::Numbered(self.number)), false);
        }
    }

    fn ask(&mut self, mut call: Call, perhaps: bool) {
        call.shrinks = self.shrinks && call.smaller_page(self.size).is_some();
        self.asked
            .push_back(Fetch::new(call, perhaps, no_page::<T>));
    }

    fn poll_asked(&mut self, context: &mut Context<'_>) {
        for fetch in &mut self.asked {
            fetch.poll(context);
        }
    }
}

impl<T: Decode> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("asked", &self.asked.len())
            .field("prefetch", &self.ahead)
            .finish_non_exhaustive()
    }
}
