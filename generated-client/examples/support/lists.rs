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
    reads().filter_map(|endpoint| Some((parent(endpoint)?, endpoint)))
}

/// The call that lists what the records of another one belong to.
fn parent(endpoint: Endpoint) -> Option<Endpoint> {
    let channels = || whole().find(|it| it.id() == "channels.list");
    let Some((above, rest)) = endpoint.path().split_once("/{") else {
        // Settings that a channel may override.
        let is_of_channels = endpoint.facts().narrowed_by == Some("channel_id");
        return channels().filter(|_| is_of_channels);
    };
    let (_, rest) = rest.split_once('}')?;
    if rest.is_empty() && above.ends_with("/settings/channels") {
        return channels();
    }
    let rest = rest.strip_prefix('/')?;
    // What the resources of a type have, such as metafields, may also be one list across all of them.
    let across = format!("{}_across", endpoint.id());
    let is_listed_as_a_whole = whole().any(|it| {
        it.id() == across || it.group() == endpoint.group() && it.id().ends_with(".list_across")
    });
    let listed = match kind(above) {
        // Categories are listed below their trees.
        "catalog/categories" => "catalog/trees/categories",
        other => other,
    };
    let parent = whole().find(|it| kind(it.path()) == listed)?;
    (!rest.contains('{') && !is_listed_as_a_whole).then_some(parent)
}

/// The name of the file of a call. Settings are read of the store and of its channels.
pub fn name(endpoint: Endpoint, parent: Option<Endpoint>) -> String {
    let is_of_channels = parent.is_some() && !endpoint.path().contains('{');
    let suffix = if is_of_channels { ".of_channels" } else { "" };
    format!("{}{suffix}", endpoint.id())
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
    let id = record.get("id").or_else(|| record.get("category_id"));
    let id = id.ok_or("a record has no id")?;
    Ok(id.parse()?)
}

/// Where a call reads: its path, and the parameter that says of which channel.
pub struct Place {
    path: String,
    channel: Option<(&'static str, String)>,
}

impl Place {
    /// What a call reads by itself.
    pub fn of(endpoint: Endpoint) -> Self {
        let path = endpoint.path().to_owned();
        Self {
            path,
            channel: None,
        }
    }

    /// What a call reads below a record.
    fn below(endpoint: Endpoint, record: &Id) -> Self {
        let path = endpoint.path();
        let parts = path.split_once('{');
        match parts.and_then(|(above, rest)| Some((above, rest.split_once('}')?.1))) {
            Some((above, rest)) => Self {
                path: format!("{above}{record}{rest}"),
                channel: None,
            },
            None => Self {
                path: path.to_owned(),
                channel: endpoint
                    .facts()
                    .narrowed_by
                    .map(|name| (name, record.to_string())),
            },
        }
    }
}

/// A page of a list. One without numbers is read as a whole: where its next page begins is known from the
/// one before alone.
pub async fn page(
    store: &Client,
    endpoint: Endpoint,
    place: &Place,
    page: u64,
) -> Result<Page, Failure> {
    let facts = endpoint.facts();
    let mut request = store.raw(Method::Get, &place.path);
    if let Some((name, channel)) = &place.channel {
        request = request.query(*name, channel);
    }
    if facts.page.is_some() {
        request = request.query("limit", i64::from(facts.page_max.unwrap_or(250)));
    }
    let is_numbered = facts.page.is_some_and(|style| style.numbered);
    if facts.page.is_some() && !is_numbered {
        let records = request.pages::<RawJson>().into_vec().await?;
        return Ok(Page {
            records,
            is_last: true,
        });
    }
    if is_numbered {
        request = request.query("page", i64::try_from(page)?);
    }
    let response = request.send().await?;
    let is_empty = response.body().is_empty();
    let body = if is_empty {
        None
    } else {
        Some(response.json()?)
    };
    let (records, pages) = body.map_or(Ok((Vec::new(), None)), |body| read(&body))?;
    let is_last = match pages {
        Some(pages) => i64::try_from(page)? >= pages,
        // Without a total, a list ends with an empty page.
        None => records.is_empty(),
    };
    Ok(Page {
        records,
        is_last: is_last || !is_numbered,
    })
}

/// A complete list below a record; empty if the record has no such sub-resource.
pub async fn all_pages(
    store: &Client,
    endpoint: Endpoint,
    of: &Id,
) -> Result<Vec<RawJson>, Failure> {
    let place = Place::below(endpoint, of);
    let mut records = Vec::new();
    for at in 1.. {
        match page(store, endpoint, &place, at).await {
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
