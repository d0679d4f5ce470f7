//! The metadata of a page.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

/// The characters that are escaped in the query of a link: all except RFC 3986 unreserved ones.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A page of a given size.
pub(super) struct Numbers {
    pub(super) total: usize,
    pub(super) count: usize,
    pub(super) limit: usize,
    pub(super) page: usize,
}

/// `meta.pagination`, with links that are query strings.
pub(super) fn pagination(numbers: &Numbers, others: &[(String, String)]) -> Value {
    let pages = numbers.total.div_ceil(numbers.limit.max(1));
    let mut links = Map::new();
    let link = |page: usize| {
        let mut link = format!("?page={page}&limit={}", numbers.limit);
        append(&mut link, others);
        Value::from(link)
    };
    if numbers.page > 1 && numbers.page <= pages {
        links.insert("previous".to_owned(), link(numbers.page - 1));
    }
    links.insert("current".to_owned(), link(numbers.page));
    if numbers.page < pages {
        links.insert("next".to_owned(), link(numbers.page + 1));
    }
    json!({
        "total": numbers.total,
        "count": numbers.count,
        "per_page": numbers.limit,
        "current_page": numbers.page,
        "total_pages": pages,
        "links": links,
    })
}

/// The position of a page among the others, as cursors.
#[derive(Default)]
pub(super) struct Ends {
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    pub(super) before: bool,
    pub(super) after: bool,
}

/// `meta.cursor_pagination`, without a total.
pub(super) fn cursors(
    ends: &Ends,
    count: usize,
    limit: usize,
    others: &[(String, String)],
) -> Value {
    let mut links = Map::new();
    let link = |name: &str, cursor: &str| {
        let mut link = format!("?{name}={cursor}&limit={limit}");
        append(&mut link, others);
        Value::from(link)
    };
    if let (true, Some(first)) = (ends.before, &ends.first) {
        links.insert("previous".to_owned(), link("before", first));
    }
    if let (true, Some(last)) = (ends.after, &ends.last) {
        links.insert("next".to_owned(), link("after", last));
    }
    json!({
        "count": count,
        "per_page": limit,
        "start_cursor": ends.first,
        "end_cursor": ends.last,
        "links": links,
    })
}

/// `meta.pagination` of a list whose next page follows the last item's key: the total, the count and
/// the page size.
pub(super) fn keyed(
    ends: &Ends,
    (total, count, limit): (usize, usize, usize),
    others: &[(String, String)],
) -> Value {
    let mut links = Map::new();
    let mut current = format!("?limit={limit}");
    append(&mut current, others);
    links.insert("current".to_owned(), current.into());
    if let (true, Some(last)) = (ends.after, &ends.last) {
        let mut next = format!("?after={last}&limit={limit}");
        append(&mut next, others);
        links.insert("next".to_owned(), next.into());
    }
    let pages = total.div_ceil(limit.max(1));
    json!({ "total": total, "count": count, "total_pages": pages, "links": links })
}

fn append(link: &mut String, others: &[(String, String)]) {
    for (name, value) in others {
        link.push('&');
        link.extend(utf8_percent_encode(name, ESCAPED));
        link.push('=');
        link.extend(utf8_percent_encode(value, ESCAPED));
    }
}
