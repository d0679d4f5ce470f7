//! The pages of a list of which the client only knows the path. Where it continues is determined from the
//! responses: from the links and numbers in `meta`, or by consecutive page numbers until a page is empty.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::RawRequest;
use super::page::RawPage;
use super::position::Position;
use crate::call::Raw;
use crate::envelope::Meta;
use crate::error::Error;
use crate::json::{Decode, DecodeError};
use crate::options::same;
use crate::page::{Listed, Whole, blank_for_ever, from_link, next_link, no_page, whole};
use crate::response::Response;

type Fetching = Pin<Box<dyn Future<Output = Result<Raw, Error>> + Send>>;

/// The pagination parameters.
const PAGING: [&str; 3] = ["page", "after", "before"];

impl RawRequest {
    /// The list at this path, page by page, with any of the API's pagination styles: the cursors or page
    /// numbers in its `meta` or, as in V2, consecutive page numbers until a page is empty. A list without
    /// pages is a single page, followed by one more request if its response does not say that it is complete.
    ///
    /// Only a `GET` has pages. Parameters set with [`query`](Self::query) are sent with each of them; set
    /// `limit` there for another page size, since the client does not know the list's limits.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::RawJson;
    ///
    /// let list = store.read_only().raw("/v3/loyalty/members").query("limit", 100);
    /// for member in list.pages::<RawJson>().into_vec().await? {
    ///     println!("{member}");
    /// }
    /// # );
    /// ```
    pub fn pages<T: Decode>(mut self) -> RawPages<T> {
        let options = self.options.as_deref();
        let set = PAGING
            .iter()
            .find(|name| options.is_some_and(|it| it.asks(name)));
        if let Some(name) = set {
            let reason = || format!("its pages set `{name}`; use `query` for the first of them");
            self.mistake.get_or_insert_with(reason);
        }
        if self.method != http::Method::GET {
            let reason = || "only a GET has pages".to_owned();
            self.mistake.get_or_insert_with(reason);
        }
        RawPages::new(self)
    }

    /// Whether its query has a parameter with this name.
    pub(crate) fn asks(&self, name: &str) -> bool {
        self.query.iter().any(|(own, _)| same(own, name))
    }

    /// The page number that it requests.
    pub(crate) fn number(&self) -> Option<i64> {
        let mut query = self.query.iter();
        let (_, page) = query.find(|(own, _)| same(own, "page"))?;
        page.parse().ok()
    }

    /// The same request for the page that a parameter selects.
    pub(crate) fn at(&self, name: &str, value: String) -> Self {
        let mut request = self.clone();
        let paging = |own: &str| PAGING.iter().any(|it| same(own, it));
        request.query.retain(|(own, _)| !paging(own));
        request.query.push((name.to_owned(), value));
        request
    }
}

/// The pages of a list at any path, in order; created by [`RawRequest::pages`].
///
/// It is a [`Stream`], and has [`try_next`](Self::try_next) if that is all you need. It ends after the last
/// page with items, or after an error; the error is a [`Contradiction`](crate::ErrorKind::Contradiction) if a
/// page is returned twice.
#[must_use = "a stream does nothing until it is polled"]
pub struct RawPages<T> {
    request: RawRequest,
    /// Where the next page is; `None` after the last one.
    place: Option<Position>,
    running: Option<Fetching>,
    /// How many items were received, if the list is read from its beginning.
    reached: Option<i64>,
    /// The pages that were received.
    came: HashSet<u64>,
    hasher: RandomState,
    /// How many pages in a row, up to the last one, contain only `null`.
    blank: usize,
    items: PhantomData<fn() -> T>,
}

impl<T> RawPages<T> {
    pub(crate) fn new(request: RawRequest) -> Self {
        let by_cursor = request.asks("after") || request.asks("before");
        let begins = !by_cursor && (!request.asks("page") || request.number() == Some(1));
        Self {
            request,
            place: Some(Position::First),
            running: None,
            reached: begins.then_some(0),
            came: HashSet::new(),
            hasher: RandomState::new(),
            blank: 0,
            items: PhantomData,
        }
    }

    /// Where the next page is, if there is one. `came` is the number of items on this page.
    ///
    /// # Errors
    ///
    /// Returns the reason if that is unknown.
    fn after(
        &self,
        place: &Position,
        meta: Option<&Meta>,
        came: usize,
    ) -> Result<Option<Position>, String> {
        let numbers = meta.and_then(|meta| meta.pagination.as_ref());
        let cursors = meta.and_then(|meta| meta.cursor_pagination.as_ref());
        let by_cursor = match place {
            Position::First => self.request.asks("after") || self.request.asks("before"),
            Position::Number { .. } => false,
            Position::Cursor { .. } => true,
        };
        let numbered = next_link(numbers.and_then(|numbers| numbers.links.as_ref()));
        // Some lists continue after a key, which is in the link next to their page numbers.
        if let Some(next) = numbered.and_then(from_link).and_then(Position::at) {
            return Ok(Some(next));
        }
        if let Some(cursors) = cursors.filter(|_| by_cursor || numbers.is_none()) {
            if let Some(link) = next_link(cursors.links.as_ref()) {
                let next = from_link(link).and_then(Position::at);
                let next = next.ok_or("its link to the next page has no cursor");
                return next.map(Some).map_err(str::to_owned);
            }
            let full = |most: i64| usize::try_from(most).is_ok_and(|most| came >= most);
            let untold = cursors.links.is_none() && cursors.per_page.is_none_or(full);
            let end = cursors.end_cursor.clone();
            let end = end.filter(|end| untold && !end.is_empty());
            return Ok(end.map(|cursor| Position::Cursor {
                name: "after",
                cursor,
                sure: false,
            }));
        }
        // If nothing said that the page exists, an empty response means the end, whatever else it says.
        let is_end = came == 0 && !place.is_sure();
        if by_cursor {
            return match numbers {
                None if is_end => Ok(None),
                Some(_) if numbered.is_none() => Ok(None),
                _ => Err("it was requested by cursor, but has no cursor to continue \
                    from"
                    .to_owned()),
            };
        }
        let said = numbers.and_then(|numbers| numbers.current_page);
        let number = match place {
            Position::Number { page, .. } => *page,
            _ => self.request.number().or(said).unwrap_or(1),
        };
        if let (Position::Number { page, .. }, Some(said)) = (place, said.filter(|said| *said > 0))
            && *page != said
            && !is_end
        {
            return Err(format!(
                "page {page} was requested, but the response is page {said}"
            ));
        }
        let page = number.saturating_add(1);
        let Some(numbers) = numbers else {
            return Ok(Some(Position::Number { page, sure: false }));
        };
        let pages = numbers.total_pages;
        let sure = numbered.is_some() || pages.is_some_and(|pages| pages > number);
        // A total may include items that are not listed, so it is not reliable.
        let beyond = |total: i64| self.reached.is_some_and(|reached| total > reached);
        let told = pages.is_some() || numbers.links.is_some();
        let told = told && !numbers.total.is_some_and(beyond);
        Ok((sure || !told).then_some(Position::Number { page, sure }))
    }

    /// Adds a page after the earlier ones. Returns `None` if the list has ended.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be the next page of the list.
    fn follow(
        &mut self,
        place: &Position,
        response: Response<Option<Whole<T>>>,
    ) -> Result<Option<RawPage<T>>, Error> {
        let Response {
            value: whole,
            received: answer,
        } = response;
        let (list, meta) = whole.map_or((None, None), |whole| (whole.data, whole.meta));
        let list = list.unwrap_or_default();
        let came = list.came();
        let Listed {
            items,
            known,
            passed,
        } = list;
        let empty = || answer.contradicts("a page of it is empty, yet there should be more");
        if came == 0 && meta.is_none() {
            return match place.is_sure() {
                true => Err(empty()),
                false => Ok(None),
            };
        }
        let count = i64::try_from(came).ok();
        self.reached = self
            .reached
            .zip(count)
            .map(|(before, came)| before.saturating_add(came));
        let next = self.after(place, meta.as_ref(), came);
        let next = next.map_err(|why| answer.contradicts(why))?;
        if came == 0 {
            return match next {
                Some(next) if next.is_sure() => Err(empty()),
                _ => Ok(None),
            };
        }
        let is_blank = known.is_empty();
        self.blank = if is_blank { self.blank + 1 } else { 0 };
        if let Some(why) = blank_for_ever(self.blank) {
            return Err(answer.contradicts(why));
        }
        let pages = self.came.len();
        let is_new = self.came.insert(self.hasher.hash_one((&known, passed)));
        // Nothing said that the list has pages, and the second one equals the first: it has none.
        if !is_new && pages == 1 && !place.is_sure() {
            return Ok(None);
        }
        // Pages with only `null` cannot be told apart, so they do not count as repeated.
        if !is_new && !is_blank {
            return Err(
                answer.contradicts("a page of it has only items that were already returned")
            );
        }
        self.place = next;
        Ok(Some(RawPage {
            items,
            meta,
            answer,
        }))
    }
}

impl<T: Decode> RawPages<T> {
    /// The next page; `None` after the last.
    ///
    /// This method is cancel safe.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!([] store:
    /// use bigcommerce_client::{RawJson, catalogue::Method};
    ///
    /// let list = store.raw(Method::Get, "/v2/loyalty/members").query("limit", 250);
    /// let mut pages = list.pages::<RawJson>();
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{} members", page.len());
    /// }
    /// # );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`RawRequest::send`], and an error when a response is not a list. The stream
    /// ends after an error.
    pub async fn try_next(&mut self) -> Result<Option<RawPage<T>>, Error> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    /// Collects the items of all remaining pages.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`try_next`](Self::try_next); the items before the error are lost.
    pub async fn into_vec(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(page) = self.try_next().await? {
            items.extend(page);
        }
        Ok(items)
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawPage<T>, Error>>> {
        let Some(place) = &self.place else {
            return Poll::Ready(None);
        };
        let ask = || fetch::<T>(place.of(&self.request));
        let running = self.running.get_or_insert_with(ask);
        let Poll::Ready(came) = running.as_mut().poll(context) else {
            return Poll::Pending;
        };
        self.running = None;
        let Some(place) = self.place.take() else {
            return Poll::Ready(None);
        };
        let page = match came {
            // Some lists return 404 after the last page.
            Err(error) if error.is_not_found() && !place.is_sure() && !self.came.is_empty() => {
                Ok(None)
            }
            Err(error) => Err(error),
            Ok(mut raw) => {
                let whole = whole::<T>(&mut raw);
                let response = raw.with(whole);
                response.and_then(|response| self.follow(&place, response))
            }
        };
        Poll::Ready(page.transpose())
    }
}

/// Requests a page. Anything that is not a page is not a success.
fn fetch<T: Decode>(request: RawRequest) -> Fetching {
    let mut check: fn(&mut Raw) -> Result<(), DecodeError> = no_page::<T>;
    Box::pin(async move { request.outgoing().execute(Some(&mut check)).await })
}

impl<T: Decode> Stream for RawPages<T> {
    type Item = Result<RawPage<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T> fmt::Debug for RawPages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawPages")
            .field("request", &self.request)
            .field("came", &self.came.len())
            .finish_non_exhaustive()
    }
}
