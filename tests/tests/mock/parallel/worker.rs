//! A working client: it creates, changes, deletes and reads records of its own, and compares each
//! response with its ledger.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce_client::{
    Client, Error, RetryPolicy,
    brands::{BrandCreate, BrandUpdate},
    products::{InventoryTracking, ProductCreate, ProductType, ProductUpdate},
};
use bigcommerce_mock::Store;
use serde_json::json;

use crate::parallel::ledger::{Chance, Ledger};

/// The brands that both use in their products, and that either may delete.
pub type Brands = Arc<Mutex<Vec<i64>>>;

pub struct Worker {
    pub name: &'static str,
    pub client: Client,
    pub ledger: Ledger,
    pub chance: Chance,
    brands: Brands,
    count: usize,
}

/// The number in a key.
pub fn id(key: &str) -> i64 {
    key.parse().unwrap()
}

/// Whether the store rejected it, rather than failed.
pub fn refused(error: &Error) -> bool {
    let status = error.status().map(|status| status.as_u16());
    matches!(status, Some(400 | 404 | 409 | 422))
}

impl Worker {
    /// A client with its own token.
    pub fn hire(name: &'static str, store: &Store, seed: u64, brands: &Brands) -> Self {
        let scopes = [
            "store_v2_products",
            "store_v2_customers",
            "store_v2_orders",
            "store_cart",
        ];
        let token = store.token_with(scopes.into_iter().chain(["store_checkout"]));
        // Both share the caps of some calls without knowing about each other.
        let retry = RetryPolicy::standard().attempts(30);
        let retry = retry.backoff(Duration::from_millis(2), Duration::from_millis(50));
        let client = Client::builder(store.hash(), token).base_url(store.url());
        Self {
            name,
            client: client.retry(retry).retry_budget(100_000).build().unwrap(),
            ledger: Ledger::default(),
            chance: Chance::of(seed),
            brands: Arc::clone(brands),
            count: 0,
        }
    }

    /// A unique name.
    pub fn fresh(&mut self, what: &str) -> String {
        self.count += 1;
        format!("{what} {} of {}", self.count, self.name)
    }

    /// Does this many things.
    pub async fn work(mut self, actions: usize) -> Self {
        for _ in 0..actions {
            self.ledger.calls += 1;
            match self.chance.below(20) {
                0 | 1 => self.make_brand().await,
                2 => self.change_brand().await,
                3 => self.delete_brand().await,
                4..=6 => self.make_product().await,
                7 | 8 => self.change_product().await,
                9 => self.delete_product().await,
                10 | 11 => self.customer().await,
                12 => self.price_list().await,
                13 | 14 => self.price_records().await,
                15 | 16 => self.cart().await,
                17 => self.order().await,
                _ => self.read().await,
            }
        }
        self
    }

    /// The key of one of its records.
    pub fn own(&mut self, kind: &'static str) -> Option<String> {
        let keys = self.ledger.keys(kind);
        self.chance.pick(&keys)
    }

    async fn make_brand(&mut self) {
        let name = self.fresh("brand");
        let brand = self
            .client
            .brands()
            .create(BrandCreate::new(&name))
            .await
            .unwrap();
        self.ledger
            .made("brands", brand.id, json!({ "name": name }));
        self.brands.lock().unwrap().push(brand.id);
    }

    async fn change_brand(&mut self) {
        let Some(key) = self.own("brands") else {
            return;
        };
        let title = self.fresh("title");
        let change = BrandUpdate::new().page_title(&title);
        let brand = self.client.brands().update(id(&key), change).await.unwrap();
        assert_eq!(brand.page_title.as_ref(), Some(&title));
        self.ledger
            .set("brands", key, json!({ "page_title": title }));
    }

    async fn delete_brand(&mut self) {
        let Some(key) = self.own("brands") else {
            return;
        };
        self.client.brands().delete(id(&key)).await.unwrap();
        self.brands
            .lock()
            .unwrap()
            .retain(|brand| *brand != id(&key));
        self.ledger.deleted("brands", key);
    }

    /// Creates a product, possibly of a brand that the other one is deleting.
    pub async fn make_product(&mut self) {
        let (name, sku) = (self.fresh("product"), self.fresh("SKU"));
        let (price, level) = (self.chance.below(90) + 1, self.chance.below(50));
        let brands = self.brands.lock().unwrap().clone();
        let brand = self.chance.pick(&brands).unwrap_or_default();
        let product = ProductCreate::new()
            .name(&name)
            // An item that is not shipped can be ordered from a cart immediately.
            .kind(ProductType::Digital)
            .weight(1)
            .price(price as i64);
        let product = product
            .sku(&sku)
            .inventory_level(level as i64)
            .brand_id(brand);
        let product = product.inventory_tracking(InventoryTracking::Product);
        match self.client.products().create(product).await {
            Ok(product) => {
                let fields = json!({ "name": name, "sku": sku, "price": price,
                    "inventory_tracking": "product", "inventory_level": level, "brand_id": brand,
                    "base_variant_id": product.base_variant_id });
                self.ledger.made("products", product.id, fields);
            }
            Err(error) => assert!(brand != 0 && error.is_conflict(), "{error:?}"),
        }
    }

    async fn change_product(&mut self) {
        let Some(key) = self.own("products") else {
            return;
        };
        let (price, level) = (self.chance.below(90) + 1, self.chance.below(50));
        let sku = self.fresh("SKU");
        let change = ProductUpdate::new()
            .price(price as i64)
            .inventory_level(level as i64);
        let change = change.sku(&sku);
        let changed = self.client.products().update(id(&key), change).await;
        assert!(changed.unwrap().is_complete());
        let fields = json!({ "price": price, "inventory_level": level, "sku": sku });
        self.ledger.set("products", &key, fields);
        let product = self.client.products().get(id(&key)).await.unwrap();
        assert_eq!(product.sku, Some(sku), "{}", product.id);
        assert_eq!(
            product.inventory_level,
            Some(level as i64),
            "{}",
            product.id
        );
    }

    async fn delete_product(&mut self) {
        let Some(key) = self.own("products") else {
            return;
        };
        self.client.products().delete(id(&key)).await.unwrap();
        self.forget_product(&key);
    }

    /// The product is gone, and with it its prices in price lists.
    pub fn forget_product(&mut self, key: &str) {
        let variant = self.ledger.field("products", key, "base_variant_id");
        let of_it = |record: &String| record.split(' ').nth(1) == Some(&variant.to_string());
        for record in self.ledger.keys("price_records") {
            if of_it(&record) {
                self.ledger.live.remove(&("price_records", record));
            }
        }
        self.ledger.deleted("products", key);
    }

    /// Lists its own products, and a page of all: none is missing or repeated.
    async fn read(&mut self) {
        let own: BTreeSet<i64> = self
            .ledger
            .keys("products")
            .iter()
            .map(|key| id(key))
            .collect();
        let own: BTreeSet<i64> = own.into_iter().take(250).collect();
        if !own.is_empty() {
            let list = self
                .client
                .products()
                .list()
                .id_in(own.iter().copied())
                .limit(250);
            let list = list.await.unwrap();
            let found: Vec<i64> = list.items.iter().map(|product| product.id).collect();
            assert_eq!(found, own.into_iter().collect::<Vec<_>>());
        }
        let page = self.client.brands().list().limit(250).await.unwrap();
        let ids: BTreeSet<i64> = page.items.iter().map(|brand| brand.id).collect();
        assert_eq!(ids.len(), page.items.len());
        assert!(page.total() >= Some(ids.len() as i64), "{:?}", page.meta);
    }
}
