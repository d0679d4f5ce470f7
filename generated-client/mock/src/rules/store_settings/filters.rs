//! Product filters for shoppers: the available and the enabled ones.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{amount, get, items, text, with};
use crate::rules::{Context, Rules, Seeding, Settings, Special, Verb, Written};
use crate::state::{Key, Record};

pub(in crate::rules) struct Filters;
pub(in crate::rules) struct Contexts;

const FILE: &str = "store_settings/filters.rs";
const CONTEXTS: &str = "search_filter_contexts";

/// The filters that every catalog has.
const ALWAYS: [(&str, &str); 5] = [
    ("category", "Category"),
    ("brand", "Brand"),
    ("rating", "Rating"),
    ("price", "Price"),
    ("other", "Other"),
];

/// The given query parameters, each with its value.
type Wanted<'a> = &'a [(&'static str, String)];

impl Rules for Filters {
    fn settings(&self) -> Settings {
        Settings {
            path: "settings/search/filters",
            name: "search_filters",
            file: Some(FILE),
            given: true,
            // The available filters depend on the type.
            absent: &[
                "display_product_count",
                "items_to_show",
                "sort_by",
                "show_free_shipping_filter",
                "show_in_stock_filter",
                "show_is_featured_filter",
                "show_product_count",
            ],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "settings_search_filters.replace",
                file: FILE,
                verb: Some(Verb::Replace),
                write: Some(|context, write| {
                    // Shoppers see them in the order in which they were sent.
                    write.set("place", context.count("search_filters"));
                    Ok(())
                }),
                ..Special::USUAL
            },
            Special {
                id: "settings_search_filters.list",
                file: FILE,
                among: Some(|_, record| Some(get(record, "place").clone())),
                ..Special::USUAL
            },
            Special {
                id: "settings_search_filters.list_available",
                file: FILE,
                verb: Some(Verb::List),
                collection: Some("products"),
                answer_all: Some(available),
                ..Special::USUAL
            },
        ]
    }

    fn starts(&self, _: &Context<'_>, record: &Record) -> Value {
        let id = text(get(record, "id"));
        let known = ALWAYS.iter().find(|(kind, _)| *kind == id);
        let (kind, name) = known.copied().unwrap_or(("product", id));
        let kind = match text(get(record, "type")) {
            "" => kind,
            own => own,
        };
        let of_kind = match kind {
            "product" | "brand" => json!({
                "display_product_count": true, "items_to_show": 10, "sort_by": "alpha",
            }),
            "category" => json!({ "display_product_count": true, "items_to_show": 10 }),
            "other" => json!({
                "display_product_count": true, "show_free_shipping_filter": true,
                "show_in_stock_filter": true, "show_is_featured_filter": true,
                "show_product_count": true,
            }),
            _ => json!({}),
        };
        let of_all = json!({
            "type": kind, "display_name": name, "is_enabled": true, "collapsed_by_default": false,
        });
        with(&of_kind, of_all)
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let all = ALWAYS.iter().enumerate();
        let all = all.map(|(place, (kind, _))| json!({ "id": kind, "place": place }));
        seeding.put("settings_search_filters.list", all)
    }
}

impl Rules for Contexts {
    fn settings(&self) -> Settings {
        Settings {
            path: "settings/search/filters/contexts",
            name: CONTEXTS,
            file: Some(FILE),
            holds: Some("settings_search_filters.SearchFilterContext"),
            ..Settings::USUAL
        }
    }

    fn channel(&self, _: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        let channel = get(record, "context")["channel_id"].as_i64()?;
        Some((channel, Value::Null))
    }

    fn channel_event(&self, _: &Context<'_>, _: &str, written: &Written) -> Option<Vec<Value>> {
        let category = &get(&written.record, "context")["category_id"];
        Some(vec![match category.is_null() {
            true => json!({}),
            false => json!({ "category_id": category }),
        }])
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "settings_search_filters.list_contexts",
                file: FILE,
                answer_all: Some(|_, found, asked| {
                    let own = found.iter().map(|(_, record)| record);
                    let meant = own.filter(|record| is_meant(get(record, "context"), asked));
                    meant
                        .map(|own| json!({ "context": get(own, "context"), "data": get(own, "data") }))
                        .collect()
                }),
                ..Special::USUAL
            },
            Special {
                id: "settings_search_filters.upsert_contexts",
                file: FILE,
                verb: Some(Verb::Upsert),
                find: Some(|context, item| {
                    context.first(CONTEXTS, &[("context", item["context"].clone())])
                }),
                ..Special::USUAL
            },
        ]
    }
}

/// Whether a context matches; omitted parameters match any value.
fn is_meant(place: &Value, asked: Wanted<'_>) -> bool {
    let mut asked = asked.iter();
    asked.all(|(name, value)| crate::values::plain(&place[*name]) == *value)
}

/// The available product filters.
fn available(context: &Context<'_>, found: &[(Key, Arc<Record>)], _: Wanted<'_>) -> Value {
    let asked = |name: &str| context.query(name)?.parse::<i64>().ok();
    let (category, channel) = (asked("category_id"), asked("channel_id"));
    let products = found.iter().map(|(_, product)| product).filter(|product| {
        let in_category =
            category.is_none_or(|id| items(get(product, "categories")).contains(&id.into()));
        let assigned = |channel: i64| {
            let like = [
                ("product_id", get(product, "id").clone()),
                ("channel_id", channel.into()),
            ];
            context.first("channel_assignments", &like).is_some()
        };
        in_category && channel.is_none_or(assigned)
    });
    let products: Vec<&Arc<Record>> = products.collect();
    let count = |has: &dyn Fn(&Record) -> bool| products.iter().filter(|own| has(own)).count();
    let mut all: Vec<Value> = ALWAYS
        .iter()
        .map(|(kind, name)| {
            let mut own = json!({ "id": kind, "name": name, "type": kind });
            match *kind {
                "category" => {
                    own["product_count"] =
                        count(&|own| !items(get(own, "categories")).is_empty()).into()
                }
                "brand" => {
                    own["product_count"] = count(&|own| amount(get(own, "brand_id")) > 0.0).into()
                }
                "rating" => {
                    own["product_count"] =
                        count(&|own| amount(get(own, "reviews_count")) > 0.0).into()
                }
                "price" => {
                    let prices = || products.iter().map(|own| amount(get(own, "price")));
                    own["price_range_min"] = json!(prices().reduce(f64::min).unwrap_or_default());
                    own["price_range_max"] = json!(prices().reduce(f64::max).unwrap_or_default());
                }
                _ => {}
            }
            own
        })
        .collect();
    let mut named: Map<String, Value> = Map::new();
    for collection in [crate::rules::choices::OPTIONS.all, "custom_fields"] {
        for own in context.all(collection, &[]) {
            let is_of_one = products
                .iter()
                .any(|product| get(product, "id") == get(&own, "product_id"));
            let name = match text(get(&own, "display_name")) {
                "" => text(get(&own, "name")),
                name => name,
            };
            if is_of_one {
                let known = named.entry(name).or_insert(json!(0));
                *known = json!(known.as_i64().unwrap_or_default() + 1);
            }
        }
    }
    all.extend(named.into_iter().map(|(name, count)| {
        json!({ "id": name, "name": name, "type": "product", "product_count": count })
    }));
    all.into()
}
