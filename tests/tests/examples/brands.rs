//! A store that has nothing but brands. Its pages hold two of them, whatever was asked.

use std::sync::{Arc, Mutex};

use bigcommerce_tests::server::{Answer, Asked, STORE_HASH, TOKEN};
use serde_json::{Value, json};

const PER_PAGE: usize = 2;

/// The brands, by id and name. Clones share them.
#[derive(Clone)]
pub struct Brands(Arc<Mutex<Kept>>);

struct Kept {
    brands: Vec<(usize, String)>,
    last: usize,
}

impl Brands {
    /// Brands with these names.
    pub fn new(names: &[&str]) -> Self {
        let brands: Vec<_> = (1..)
            .zip(names.iter().map(|name| (*name).to_owned()))
            .collect();
        let last = brands.len();
        Self(Arc::new(Mutex::new(Kept { brands, last })))
    }

    /// The names, by id.
    pub fn names(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap()
            .brands
            .iter()
            .map(|(_, name)| name.clone())
            .collect()
    }

    /// What the API would answer.
    pub fn answer(&self, asked: &Asked) -> Answer {
        if asked.header("x-auth-token") != Some(TOKEN) {
            return Answer::text(401, "Unauthorized");
        }
        let root = format!("/stores/{STORE_HASH}/v3/catalog/brands");
        let id = match asked.path.strip_prefix(&root) {
            Some("") => None,
            Some(id) => id.strip_prefix('/').and_then(|id| id.parse().ok()),
            None => return problem(404, "Not found", json!({})),
        };
        let mut kept = self.0.lock().unwrap();
        match (asked.method.as_str(), id) {
            ("GET", None) => kept.page(asked),
            ("POST", None) => kept.create(&body(asked)),
            ("PUT", Some(id)) => kept.update(id, &body(asked)),
            ("DELETE", Some(id)) => {
                kept.brands.retain(|(at, _)| *at != id);
                Answer::empty(204)
            }
            _ => problem(405, "Method not allowed", json!({})),
        }
    }
}

impl Kept {
    fn page(&self, asked: &Asked) -> Answer {
        let page = asked.pairs().into_iter().find(|(name, _)| *name == "page");
        let page: usize = page.map_or(1, |(_, page)| page.parse().unwrap());
        let mut brands: Vec<_> = self.brands.clone();
        brands.sort_by(|a, b| a.1.cmp(&b.1));
        let items = brands.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        let items: Vec<Value> = items
            .map(|(id, name)| json!({"id": id, "name": name}))
            .collect();
        let pagination = json!({
            "total": brands.len(),
            "count": items.len(),
            "per_page": PER_PAGE,
            "current_page": page,
            "total_pages": brands.len().div_ceil(PER_PAGE),
        });
        data(json!(items), json!({"pagination": pagination}))
    }

    fn create(&mut self, body: &Value) -> Answer {
        let name = body["name"].as_str().unwrap();
        if self.is_taken(name) {
            return taken();
        }
        self.last += 1;
        self.brands.push((self.last, name.to_owned()));
        data(json!({"id": self.last, "name": name}), json!({}))
    }

    fn update(&mut self, id: usize, body: &Value) -> Answer {
        let name = body["name"].as_str().unwrap();
        if self.is_taken(name) {
            return taken();
        }
        match self.brands.iter_mut().find(|(at, _)| *at == id) {
            Some(brand) => name.clone_into(&mut brand.1),
            None => return problem(404, "Not found", json!({})),
        }
        data(json!({"id": id, "name": name}), json!({}))
    }

    fn is_taken(&self, name: &str) -> bool {
        self.brands.iter().any(|(_, other)| other == name)
    }
}

fn body(asked: &Asked) -> Value {
    serde_json::from_slice(&asked.body).unwrap()
}

fn data(data: Value, meta: Value) -> Answer {
    Answer::json(200, json!({"data": data, "meta": meta}).to_string())
}

fn taken() -> Answer {
    problem(
        409,
        "The brand clashes with another one",
        json!({"name": "is taken"}),
    )
}

fn problem(status: u16, title: &str, errors: Value) -> Answer {
    let body = json!({"status": status, "title": title, "type": "about:blank", "errors": errors});
    Answer::json(status, body.to_string())
}
