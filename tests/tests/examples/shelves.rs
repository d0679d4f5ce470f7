//! What a store holds, as far as the examples ask for it: products, variants, orders, hooks and the
//! exchange of a code for a token.

use std::{collections::BTreeMap, sync::Mutex};

use bigcommerce_tests::server::{Answer, Asked, STORE_HASH, TOKEN};
use serde_json::{Value, json};

/// What comes along with a product at most.
const INCLUDED: usize = 10;

#[derive(Default)]
pub struct Shelves(Mutex<Kept>);

type Shelf = BTreeMap<i64, Value>;

#[derive(Default)]
struct Kept {
    last: i64,
    products: Shelf,
    variants: Shelf,
    orders: Shelf,
    hooks: Shelf,
}

impl Shelves {
    /// What the API would answer.
    pub fn answer(&self, asked: &Asked) -> Answer {
        let body = serde_json::from_slice(&asked.body).unwrap_or(Value::Null);
        if asked.path == "/oauth2/token" {
            let user = json!({"id": 9, "username": "m", "email": "m@example.com"});
            let context = format!("stores/{STORE_HASH}");
            let scope = "store_v2_orders_read_only store_v2_information";
            let grant =
                json!({"access_token": TOKEN, "scope": scope, "user": user, "context": context});
            return Answer::json(200, grant.to_string());
        }
        if asked.header("x-auth-token") != Some(TOKEN) {
            return Answer::text(401, "Unauthorized");
        }
        let root = format!("/stores/{STORE_HASH}/");
        let path = asked.path.strip_prefix(&root).unwrap_or_default();
        let path: Vec<&str> = path.split('/').collect();
        let mut kept = self.0.lock().unwrap();
        match (asked.method.as_str(), path.as_slice()) {
            ("POST", ["v3", "catalog", "products"]) => kept.add_product(body),
            ("GET", ["v3", "catalog", "products"]) => kept.list_products(asked),
            ("GET", ["v3", "catalog", "products", id, "variants"]) => {
                v3(kept.variants_of(id.parse().unwrap()), asked)
            }
            ("PUT", ["v3", "catalog", "variants"]) => kept.update_variants(&body),
            ("POST", ["v2", "orders"]) => Answer::json(201, kept.add_order(body).to_string()),
            ("GET", ["v2", "orders"]) => kept.list_orders(asked),
            ("GET", ["v2", "orders", id]) => found(kept.orders.get(&id.parse().unwrap())),
            ("PUT", ["v2", "orders", id]) => kept.update_order(id.parse().unwrap(), &body),
            ("GET", ["v3", "hooks"]) => kept.list_hooks(asked),
            ("POST", ["v3", "hooks"]) => kept.add_hook(body),
            ("PUT", ["v3", "hooks", id]) => {
                let hook = kept.hooks.get_mut(&id.parse().unwrap()).unwrap();
                merge(hook, &body);
                data(hook)
            }
            _ => Answer::text(404, "Not found"),
        }
    }
}

impl Kept {
    fn id(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    fn add_product(&mut self, mut product: Value) -> Answer {
        let id = self.id();
        product["id"] = json!(id);
        let given = product["variants"].as_array().cloned();
        // One without options has a variant of its own, without a price of its own.
        let base = || vec![json!({"sku": product["sku"], "price": null})];
        for mut variant in given.unwrap_or_else(base) {
            let at = self.id();
            variant["id"] = json!(at);
            variant["product_id"] = json!(id);
            self.variants.insert(at, variant);
        }
        product["variants"] = Value::Null;
        self.products.insert(id, product.clone());
        data(&product)
    }

    fn variants_of(&self, product: i64) -> Vec<Value> {
        let all = self.variants.values();
        let own = all.filter(|variant| variant["product_id"] == product);
        own.cloned().collect()
    }

    fn list_products(&self, asked: &Asked) -> Answer {
        let mut products: Vec<Value> = self.products.values().cloned().collect();
        if query(asked, "include").as_deref() == Some("variants") {
            for product in &mut products {
                let mut variants = self.variants_of(product["id"].as_i64().unwrap());
                variants.truncate(INCLUDED);
                product["variants"] = json!(variants);
            }
        }
        if let Some(fields) = query(asked, "include_fields") {
            for product in products.iter_mut().filter_map(Value::as_object_mut) {
                product.retain(|key, _| key == "id" || fields.split(',').any(|field| field == key));
            }
        }
        v3(products, asked)
    }

    fn update_variants(&mut self, changes: &Value) -> Answer {
        let changes = changes.as_array().unwrap();
        let is_negative =
            |change: &Value| change["price"].as_f64().is_some_and(|price| price < 0.0);
        if changes.iter().any(is_negative) {
            let title = "The variants were not changed";
            let errors = json!({"status": 422, "title": title, "errors": {"price": "is negative"}});
            let body = json!({"status": 422, "title": title, "batch_errors": [errors]});
            return Answer::json(422, body.to_string());
        }
        let mut changed = Vec::new();
        for change in changes {
            let variant = self.variants.get_mut(&change["id"].as_i64().unwrap());
            let variant = variant.unwrap();
            merge(variant, change);
            changed.push(variant.clone());
        }
        let count = changed.len();
        let body =
            json!({"data": changed, "meta": {"total": count, "success": count, "failed": 0}});
        Answer::json(200, body.to_string())
    }

    fn add_order(&mut self, mut order: Value) -> Value {
        let id = self.id();
        order["id"] = json!(id);
        // What belongs to an order stays behind a link.
        let resource = format!("/orders/{id}/products");
        order["products"] =
            json!({"url": format!("https://example.com{resource}"), "resource": resource});
        let status = order["status_id"].as_i64().unwrap_or(1);
        set_status(&mut order, status);
        self.orders.insert(id, order.clone());
        order
    }

    fn list_orders(&self, asked: &Asked) -> Answer {
        let number = |name| query(asked, name).and_then(|text| text.parse::<i64>().ok());
        let (min, status) = (number("min_id").unwrap_or(0), number("status_id"));
        let mut orders: Vec<&Value> = self.orders.range(min..).map(|(_, order)| order).collect();
        orders.retain(|order| status.is_none() || order["status_id"].as_i64() == status);
        if query(asked, "sort").is_some_and(|sort| sort.ends_with("desc")) {
            orders.reverse();
        }
        let limit = usize::try_from(number("limit").unwrap_or(50)).unwrap();
        let page = usize::try_from(number("page").unwrap_or(1)).unwrap();
        let page: Vec<_> = orders
            .chunks(limit)
            .nth(page - 1)
            .unwrap_or_default()
            .to_vec();
        if page.is_empty() {
            return Answer::empty(204);
        }
        Answer::json(200, json!(page).to_string())
    }

    fn update_order(&mut self, id: i64, change: &Value) -> Answer {
        let Some(order) = self.orders.get_mut(&id) else {
            return found(None);
        };
        if order["staff_notes"] == "locked" {
            let refusal = json!([{"status": 409, "message": "The order is locked"}]);
            return Answer::json(409, refusal.to_string());
        }
        merge(order, change);
        let status = order["status_id"].as_i64().unwrap();
        set_status(order, status);
        found(Some(order))
    }

    fn list_hooks(&self, asked: &Asked) -> Answer {
        let mut hooks: Vec<Value> = self.hooks.values().cloned().collect();
        for name in ["scope", "destination"] {
            if let Some(wanted) = query(asked, name) {
                hooks.retain(|hook| hook[name] == wanted);
            }
        }
        v3(hooks, asked)
    }

    fn add_hook(&mut self, mut hook: Value) -> Answer {
        let id = self.id();
        hook["id"] = json!(id);
        hook["is_active"] = json!(true);
        self.hooks.insert(id, hook.clone());
        data(&hook)
    }
}

fn set_status(order: &mut Value, id: i64) {
    order["status_id"] = json!(id);
    order["status"] = json!(match id {
        1 => "Pending",
        9 => "Awaiting Shipment",
        10 => "Completed",
        11 => "Awaiting Fulfillment",
        _ => "Another",
    });
}

/// The page of a list of V3 that is asked for.
fn v3(items: Vec<Value>, asked: &Asked) -> Answer {
    let number = |name| query(asked, name).and_then(|text| text.parse::<usize>().ok());
    let (limit, page) = (number("limit").unwrap_or(50), number("page").unwrap_or(1));
    let on_it = items.chunks(limit).nth(page - 1).unwrap_or_default();
    let pagination = json!({
        "total": items.len(),
        "count": on_it.len(),
        "per_page": limit,
        "current_page": page,
        "total_pages": items.len().div_ceil(limit),
    });
    let body = json!({"data": on_it, "meta": {"pagination": pagination}});
    Answer::json(200, body.to_string())
}

fn data(value: &Value) -> Answer {
    Answer::json(200, json!({"data": value, "meta": {}}).to_string())
}

fn found(value: Option<&Value>) -> Answer {
    match value {
        Some(value) => Answer::json(200, value.to_string()),
        None => Answer::json(
            404,
            json!([{"status": 404, "message": "Not found"}]).to_string(),
        ),
    }
}

fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().unwrap() {
        into[key] = value.clone();
    }
}

/// A value of the query, decoded.
fn query(asked: &Asked, name: &str) -> Option<String> {
    let pairs = asked.pairs();
    let (_, value) = pairs.into_iter().find(|(key, _)| *key == name)?;
    let mut parts = value.split('%');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let (code, rest) = part.split_at(2);
        text.push(u8::from_str_radix(code, 16).unwrap().into());
        text.push_str(rest);
    }
    Some(text)
}
