//! A store that has something of everything, and the replacements for the sample arguments of a call,
//! so that they name existing records.

use std::sync::{Arc, Mutex};

use bigcommerce_client::{Client, Endpoint};
use bigcommerce_mock::{Plan, Store};
use bigcommerce_tests::{generated::calls::plain as call, rows::Row};
use serde_json::{Map, Value, json};

use crate::conformance::{
    front,
    furnish::furnish,
    people, rows, till,
    way::{Asking, Way},
};

/// A running store, the transport to it and a client that uses it.
#[derive(Clone)]
pub struct Shop {
    pub store: Arc<Store>,
    pub way: Way,
    pub client: Client,
    known: Map<String, Value>,
    /// The ids of what was created later, by the path of its list.
    made: Arc<Mutex<Map<String, Value>>>,
}

impl Shop {
    /// A store with its initial records, a product with two options, a cart and a hook.
    pub async fn open() -> Self {
        Self::with(false).await
    }

    /// The same, with or without the quirks of the live API.
    pub async fn with(strict: bool) -> Self {
        let store = Store::builder().products(2).plan(Plan::Enterprise);
        let store = store.strict(strict).start().await.unwrap();
        let way = Way::to(&store);
        let client = way.client(&store);
        let known = furnish(&client).await;
        way.take();
        Self {
            store: Arc::new(store),
            way,
            client,
            known,
            made: Arc::default(),
        }
    }

    /// Another store with a copy of this one's records.
    pub async fn copy(&self) -> Self {
        let store = self.store.copy().await.unwrap();
        let way = self.way.along(&store);
        let client = way.client(&store);
        Self {
            store: Arc::new(store),
            way,
            client,
            known: self.known.clone(),
            made: Arc::new(Mutex::new(self.made.lock().unwrap().clone())),
        }
    }

    /// The same store with a client that knows nothing yet, such as a used-up quota.
    pub fn anew(&self) -> Self {
        Self {
            client: self.way.client(&self.store),
            ..self.clone()
        }
    }

    /// From now on the sample arguments of this endpoint name existing records.
    pub async fn fit(&self, row: &Row) {
        let mut known = self.with_parts(row).await;
        till::clear(&self.client, &self.way, row, &mut known).await;
        self.fill(row, known);
    }

    fn fill(&self, row: &Row, known: Map<String, Value>) {
        let row = row.clone();
        self.way.fit(move |asking| fill(asking, &row, &known));
    }

    /// The order or the checkout in a filter, which has to exist.
    pub fn named(&self, parameter: &str) -> Option<String> {
        let is_id = matches!(parameter, "order_id" | "checkout_id");
        is_id.then(|| plain(&self.known[parameter]))
    }

    /// The known records, and those that the path names in addition, created by the calls that create
    /// such records.
    async fn with_parts(&self, row: &Row) -> Map<String, Value> {
        let mut known = self.known(row);
        for (list, name) in ids(&row.path) {
            if !known.contains_key(name) {
                let made = self.make(list, name, known.clone()).await;
                known.insert(name.to_owned(), made);
            }
        }
        let Some((list, own)) = own(row) else {
            return known;
        };
        // An attached record refers to its owner in this way.
        if let Some((_, thing)) = ids(list).last() {
            known.insert("resource_id".to_owned(), known[*thing].clone());
        }
        if !known.contains_key("id") && row.method != "POST" {
            if !known.contains_key(own) {
                let made = self.make(list, own, known.clone()).await;
                known.insert(own.to_owned(), made);
            }
            known.insert("id".to_owned(), known[own].clone());
        }
        known
    }

    /// Creates what the call at a path creates, and returns its id.
    async fn make(&self, list: &str, name: &str, known: Map<String, Value>) -> Value {
        if let Some(id) = self.made.lock().unwrap().get(list) {
            return id.clone();
        }
        let creates = |row: &&Row| row.method == "POST" && row.path == list;
        let row = rows().iter().find(creates);
        let row =
            row.unwrap_or_else(|| panic!("`furnish`, beside {}, makes nothing of {list}", file!()));
        self.fill(row, known);
        let endpoint = Endpoint::from_id(&row.id).unwrap();
        call(&self.client, endpoint).await;
        let seen = self.way.take().pop().unwrap();
        let answer: Value = serde_json::from_slice(&seen.answer).unwrap();
        let named = format!("/data/0/{name}");
        let ids = ["/data/id", "/data/0/id", "/id", "/data/uuid", &named];
        let mut ids = ids.iter().filter_map(|at| answer.pointer(at));
        let id = ids.next();
        let id = id.unwrap_or_else(|| panic!("{}: {answer}", row.id));
        let mut made = self.made.lock().unwrap();
        made.insert(list.to_owned(), id.clone());
        id.clone()
    }

    /// The value for each field or parameter name of an endpoint.
    fn known(&self, row: &Row) -> Map<String, Value> {
        let mut known = self.known.clone();
        let group = row.id.split('.').next().unwrap();
        if row.id == "variants.create" {
            known.insert("product_id".to_owned(), known["optioned_id"].clone());
        }
        if group != "variants" {
            known.remove("option_values");
        }
        if group == "banners" {
            // Of a category or a brand, and a string; that of wishlists is neither.
            known.remove("item_id");
        }
        if row.id.starts_with("pricelists.create_records") {
            // None of these exists yet.
            known.insert("currency".to_owned(), "gbp".into());
        }
        if row.id == "categories.upsert_trees" {
            known.insert("id".to_owned(), known["tree_id"].clone());
        }
        if row.id == "settings_storefront.update_search" {
            // All of them are required, and in the settings of the store none is null.
            let own = json!({
                "content_product_sort": "relevance", "default_product_sort": "bestselling",
                "product_filtering_enabled": true, "search_suggest": true,
            });
            known.extend(own.as_object().unwrap().clone());
        }
        if row.id == "legacy_categories.delete_matching" {
            // One that has products cannot be deleted.
            known.insert("id".to_owned(), known["empty_category_id"].clone());
        }
        if row.id == "sites.delete" {
            known.insert("site_id".to_owned(), known["kiosk_site_id"].clone());
        }
        if row.id == "channel_sites.delete" {
            known.insert("channel_id".to_owned(), known["kiosk_id"].clone());
        }
        let other = ["channel_sites.create", "sites.create"];
        if other.contains(&row.id.as_str()) {
            known.insert("channel_id".to_owned(), known["other_channel_id"].clone());
        }
        match group {
            "shipments" => known.insert("quantity".to_owned(), 1.into()),
            // These know their items by it alone.
            "inventory" | "location_items" => {
                known.insert("sku".to_owned(), known["known_sku"].clone())
            }
            // A currency is only in the paths of this group.
            "pricelists" => known.insert("currency_code".to_owned(), "usd".into()),
            "promotions" => {
                // Values that contradict neither the existing promotion nor each other.
                let own = json!({
                    "coupon_type": "BULK", "can_be_used_with_other_promotions": false,
                });
                known.extend(own.as_object().unwrap().clone());
                None
            }
            // Modifiers of the product that no other rule uses.
            "product_complex_rules" => {
                known.insert("conditions".to_owned(), known["other_conditions"].clone())
            }
            "promotion_codes" => known.insert("promotion_id".to_owned(), known["coded_id"].clone()),
            "payment_actions" => known.insert("order_id".to_owned(), known["reserved_id"].clone()),
            "refunds" => {
                // One of the line, for its price.
                let own = json!({
                    "item_type": "PRODUCT", "item_id": known["order_product_id"], "quantity": 1,
                    "amount": 10, "total_amount": 10, "adjustments": [],
                });
                known.extend(own.as_object().unwrap().clone());
                None
            }
            _ => None,
        };
        let own = match group {
            "products" => "product_id",
            "variants" => "variant_id",
            "brands" => "brand_id",
            "customers" => "customer_id",
            "orders" => "order_id",
            "pricelists" => "price_list_id",
            "promotions" => "promotion_id",
            "locations" => "location_id",
            "product_videos" => "product_video_id",
            group => match people::own(group)
                .or_else(|| till::own(group))
                .or_else(|| front::own(group))
            {
                Some(own) => own,
                None => return known,
            },
        };
        // A job is identified by a UUID, and none exists yet.
        let id = match row.id.as_str() {
            "redirects.list_jobs" => "9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11".into(),
            _ => known[own].clone(),
        };
        known.insert("id".to_owned(), id);
        known
    }
}

/// The id of a group's own records, after the path of their list.
fn own(row: &Row) -> Option<(&'static str, &'static str)> {
    let group = row.id.split('.').next()?;
    let one = ["get", "update", "delete"].map(|call| format!("{group}.{call}"));
    let mut one = rows().iter().filter(|row| one.contains(&row.id));
    ids(&one.find(|row| row.path.ends_with('}'))?.path).pop()
}

/// The ids in a path, each after the path of the list that it selects from.
fn ids(path: &str) -> Vec<(&str, &str)> {
    let open = path.match_indices("/{");
    open.filter_map(|(at, _)| Some((&path[..at], path[at + 2..].split_once('}')?.0)))
        .collect()
}

/// Replaces the sample arguments by known values: in the path, the query and the body.
fn fill(asking: &mut Asking, row: &Row, known: &Map<String, Value>) {
    let (path, query) = match asking.target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (asking.target.as_str(), None),
    };
    let names = row.path.split('/').zip(path.split('/'));
    let path: Vec<String> = names
        .map(|(own, sent)| {
            let name = own.strip_prefix('{').and_then(|own| own.strip_suffix('}'));
            let value = |name: &str| {
                let value = known.get(name);
                value.unwrap_or_else(|| panic!("`furnish`, beside {}, knows no `{name}`", file!()))
            };
            name.map_or_else(|| sent.to_owned(), |name| plain(value(name)))
        })
        .collect();
    let mut target = path.join("/");
    for (at, pair) in query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .enumerate()
    {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let base = name.split(':').next().unwrap();
        let value = known.get(base).map_or_else(|| value.to_owned(), plain);
        target.push(if at == 0 { '?' } else { '&' });
        target.push_str(&format!("{name}={value}"));
    }
    asking.target = target;
    // Tokens in headers.
    let tokens = [
        ("authorization", "PAT ", "payment_token"),
        ("sf-api-token", "", "storefront_token"),
    ];
    for (header, scheme, token) in tokens {
        if let (Some(value), Some(token)) = (asking.headers.get_mut(header), known.get(token)) {
            *value = format!("{scheme}{}", plain(token)).parse().unwrap();
        }
    }
    if !asking.body.is_empty() && !asking.is_form() {
        let mut body: Value = serde_json::from_slice(&asking.body).unwrap();
        put(&mut body, known);
        // A list of keys.
        if let (Value::Array(items), Some(id)) = (&mut body, known.get("id")) {
            let keys = items.iter_mut().filter(|item| !item.is_object());
            keys.for_each(|key| *key = id.clone());
        }
        asking.body = body.to_string().into();
        asking.headers.remove("content-length");
    }
    if row.id == "redirects.start_import" {
        // The sample of a file is not a CSV.
        let columns = "Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID\n";
        let form = String::from_utf8_lossy(&asking.body);
        let form = form.replace("\r\n\r\ncontent\r\n", &format!("\r\n\r\n{columns}\r\n"));
        asking.body = form.into();
        asking.headers.remove("content-length");
    }
}

fn put(value: &mut Value, known: &Map<String, Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, known)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match known.get(name) {
                    Some(known) => *value = known.clone(),
                    None => put(value, known),
                }
            }
        }
        _ => {}
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
