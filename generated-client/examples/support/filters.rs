//! The filters that shoppers see next to product lists, by id and in order. A store can only have those
//! for which its catalog has values.

use std::collections::BTreeSet;

use bigcommerce_client::settings_search_filters::{
    SearchFilter, SearchFilterContextUpdate, SearchFilterPlaceUpdate, SearchFilterUpdate,
};
use serde_json::{Map, Value, json};

use super::{
    settings::{self, Area, typed},
    support::Failure,
};

pub const AREA: Area = Area {
    name: "search_filters",
    of_store: &[],
    required: &[],
    has_channels: true,
    read: |settings, channel| {
        let filters = settings.search_filters();
        Box::pin(async move {
            let mut of_categories = 0;
            let own = match channel {
                None => filters.list().await?,
                Some(_) => {
                    let mut own = Vec::new();
                    for context in filters.list_contexts().await? {
                        let category = context.context.and_then(|place| place.category_id);
                        match category.filter(|id| *id != 0) {
                            None => own.extend(context.data),
                            Some(_) => of_categories += 1,
                        }
                    }
                    own
                }
            };
            let available = filters
                .list_available()
                .await?
                .into_iter()
                .filter_map(|filter| filter.id);
            let mut whole = by_id(&own)?;
            whole.insert(AVAILABLE.to_owned(), available.collect());
            whole.insert(OF_CATEGORIES.to_owned(), of_categories.into());
            Ok(whole.into())
        })
    },
    fit,
    taken: |value| {
        let mut taken = json!({ ORDER: value[ORDER] });
        for filter in filters(value) {
            taken[id(filter)] = settings::taken::<SearchFilterUpdate>(filter)?;
        }
        Ok(taken)
    },
    write: |settings, channel, value| {
        // The filters of a channel are written together with those of all channels.
        let handle = settings.channel(None).search_filters();
        Box::pin(async move {
            let all = filters(&value).map(typed::<SearchFilterUpdate>);
            let all: Vec<SearchFilterUpdate> = all.collect::<Result<_, _>>()?;
            match channel {
                None => drop(handle.replace(all).await?),
                Some(channel) => {
                    let place = SearchFilterPlaceUpdate::new().channel_id(channel);
                    let own = SearchFilterContextUpdate::new().context(place).data(all);
                    handle.upsert_contexts([own]).await?;
                }
            }
            Ok(())
        })
    },
};

/// In addition to the filters by id.
const ORDER: &str = "order";
const AVAILABLE: &str = "$available";
const OF_CATEGORIES: &str = "$of_categories";

fn by_id(filters: &[SearchFilter]) -> Result<Map<String, Value>, Failure> {
    let mut all = Map::new();
    let mut order = Vec::new();
    for filter in filters {
        let filter = settings::json(filter)?;
        order.push(filter["id"].clone());
        all.insert(id(&filter).to_owned(), filter);
    }
    if !order.is_empty() {
        all.insert(ORDER.to_owned(), order.into());
    }
    Ok(all)
}

fn id(filter: &Value) -> &str {
    filter["id"].as_str().unwrap_or_default()
}

/// The filters in order.
fn filters(value: &Value) -> impl Iterator<Item = &Value> {
    let order = value[ORDER].as_array().into_iter().flatten();
    order.filter_map(|id| value.get(id.as_str()?))
}

/// Removes filters for which the second store has no values, and its own filters that the first store's
/// order does not contain.
fn fit(from: &mut Value, to: &mut Value) -> Vec<String> {
    let mut told = Vec::new();
    let available = to[AVAILABLE].as_array().into_iter().flatten();
    let available: BTreeSet<String> = available
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect();
    if let Some(count @ 1..) = from[OF_CATEGORIES].as_i64() {
        told.push(format!(
            "the filters of {count} categories: categories have other ids in another store"
        ));
    }
    let (Some(from), Some(to)) = (from.as_object_mut(), to.as_object_mut()) else {
        return told;
    };
    for side in [&mut *from, &mut *to] {
        side.remove(AVAILABLE);
        side.remove(OF_CATEGORIES);
    }
    if from.is_empty() {
        if !to.is_empty() {
            told.push(
                "filters: the source has none, and removing those of the target is not documented"
                    .to_owned(),
            );
        }
        to.clear();
        return told;
    }
    from.retain(|name, filter| {
        let is_there = name == ORDER || available.contains(name);
        if !is_there {
            told.push(format!(
                "{} ({name}): the catalog of the target has no values for it",
                filter["display_name"].as_str().unwrap_or("a filter")
            ));
        }
        is_there
    });
    to.retain(|name, _| from.contains_key(name));
    if let Some(order) = from.get_mut(ORDER).and_then(Value::as_array_mut) {
        order.retain(|id| id.as_str().is_some_and(|id| available.contains(id)));
    }
    told
}
