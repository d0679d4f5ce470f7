//! The calls that list a store's records, from the client's own catalogue, and their pages.

use std::collections::BTreeMap;

use bigcommerce_client::{
    Client, DecodeError, Endpoint, Error, Group, Id, Meta, RawJson, catalogue::Method,
};

use super::support::Failure;

/// A page of a list.
pub struct Page {
    pub records: Vec<RawJson>,
    pub is_last: bool,
}

/// Calls that require a query parameter, and so list nothing on their own.
const WANT_MORE: [&str; 4] = [
    "abandoned_cart_emails.get_settings",
    "product_tax_properties.list",
    "promotion_codes.find",
    "widget_regions.list",
];

/// The calls that read records and require no arguments.
pub fn whole() -> impl Iterator<Item = Endpoint> {
    reads().filter(|endpoint| !endpoint.path().contains('{'))
}

/// The calls that read the sub-resources of a record, each after the call that lists such records.
pub fn nested() -> impl Iterator<Item = (Endpoint, Endpoint)> {
    reads().filter_map(|endpoint| {
        let (above, rest) = endpoint.path().split_once("/{")?;
        let (_, rest) = rest.split_once("}/")?;
        // The metafields of all resources of a type are one list.
        let is_listed_as_a_whole =
            whole().any(|it| it.group() == endpoint.group() && it.id().ends_with(".list_all"));
        let mut parents = whole().filter(|it| it.facts().page.is_some());
        let parent = parents.find(|it| kind(it.path()) == kind(above))?;
        (!rest.contains('{') && !is_listed_as_a_whole).then_some((parent, endpoint))
    })
}

fn reads() -> impl Iterator<Item = Endpoint> {
    Endpoint::ALL.iter().copied().filter(|endpoint| {
        let facts = endpoint.facts();
        let is_list = !facts.needs_filter && facts.accepts.is_none() && facts.server.is_none();
        let wants_more = WANT_MORE.contains(&endpoint.id());
        let is_list = is_list && !wants_more;
        let is_count = endpoint.path().ends_with("/count");
        endpoint.method() == Method::Get && is_list && !is_count && facts.deprecated.is_none()
    })
}

/// The resource of a path, in either generation of the API.
fn kind(path: &str) -> &str {
    path.split_once('/')
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("", |(_, rest)| rest)
}

/// The id of a record, from a line of a file.
pub fn id(line: &str) -> Result<Id, Failure> {
    let record = RawJson::new(line)?.parse::<BTreeMap<String, RawJson>>()?;
    let id = record.get("id").ok_or("a record has no id")?;
    Ok(id.parse()?)
}

/// A page of a list at a path, which is that of the call with its parameters filled in.
pub async fn page(
    store: &Client,
    endpoint: Endpoint,
    path: &str,
    page: u64,
) -> Result<Page, Failure> {
    let facts = endpoint.facts();
    let mut request = store.raw(Method::Get, path);
    if facts.page.is_some_and(|style| style.numbered) {
        request = request.query("page", i64::try_from(page)?);
        request = request.query("limit", i64::from(facts.page_max.unwrap_or(250)));
    }
    let response = request.send().await?;
    let is_empty = response.body().is_empty();
    let body = if is_empty {
        None
    } else {
        Some(response.json()?)
    };
    let (records, pages) = body.map_or(Ok((Vec::new(), None)), |body| read(&body))?;
    let is_paged = facts.page.is_some_and(|style| style.numbered);
    let is_last = match pages {
        Some(pages) => i64::try_from(page)? >= pages,
        // Without a total, a list ends with an empty page.
        None => records.is_empty(),
    };
    Ok(Page {
        records,
        is_last: is_last || !is_paged,
    })
}

/// A complete list below a record; empty if the record has no such sub-resource.
pub async fn all_pages(
    store: &Client,
    endpoint: Endpoint,
    of: &Id,
) -> Result<Vec<RawJson>, Failure> {
    let (above, rest) = endpoint.path().split_once('{').unwrap_or_default();
    let (_, rest) = rest.split_once('}').unwrap_or_default();
    let path = format!("{above}{of}{rest}");
    let mut records = Vec::new();
    for at in 1.. {
        match page(store, endpoint, &path, at).await {
            Ok(read) => {
                records.extend(read.records);
                if read.is_last {
                    break;
                }
            }
            Err(failure) => match failure.downcast_ref::<Error>() {
                Some(error) if error.is_not_found() => break,
                _ => return Err(failure),
            },
        }
    }
    Ok(records)
}

/// The records in a body, and the number of pages, if the body has it.
fn read(body: &RawJson) -> Result<(Vec<RawJson>, Option<i64>), DecodeError> {
    if body.get().trim_start().starts_with('[') {
        return Ok((body.parse()?, None));
    }
    let parts: BTreeMap<String, RawJson> = body.parse()?;
    let Some(data) = parts.get("data") else {
        return Ok((vec![body.clone()], None));
    };
    let meta = parts.get("meta").map(RawJson::parse::<Meta>).transpose()?;
    let pages = meta
        .and_then(|meta| meta.pagination)
        .and_then(|it| it.total_pages);
    match data.get().trim_start().starts_with('[') {
        true => Ok((data.parse()?, pages)),
        false => Ok((vec![data.clone()], pages)),
    }
}

/// A record on one line. A JSON string never contains a line break.
pub fn line(record: &RawJson) -> String {
    record.get().replace(['\n', '\r'], " ")
}

/// A record with the id of its parent.
pub fn below(parent: &Id, record: &RawJson) -> String {
    let parent = RawJson::of(parent);
    format!("{{\"of\":{},\"record\":{}}}", parent.get(), line(record))
}

/// The group of calls with this name.
pub fn group(name: &str) -> Result<Group, Failure> {
    let known = || Group::ALL.iter().map(|group| group.as_str());
    Group::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = known().collect();
        format!("there is no group {name}; there are {}", known.join(", ")).into()
    })
}
