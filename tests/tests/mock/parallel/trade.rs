//! What a client does besides the catalog: customers, price lists, carts and orders.

use bigcommerce_client::{
    carts::{CartCreate, CartItemInput, CartItemsCreate},
    customers::{CustomerCreate, CustomerUpdate},
    orders::OrderUpdate,
    pricelists::{PriceListCreate, PriceListUpdate, PriceRecordInput},
};
use serde_json::json;

use crate::parallel::worker::{Worker, id, refused};

impl Worker {
    /// Creates, changes or deletes a customer.
    pub async fn customer(&mut self) {
        let own = self.own("customers");
        match (self.chance.below(3), own) {
            (0, Some(key)) => {
                self.client.customers().delete([id(&key)]).await.unwrap();
                self.ledger.deleted("customers", key);
            }
            (1, Some(key)) => {
                let company = self.fresh("company");
                let change = CustomerUpdate::new(id(&key)).company(&company);
                self.client.customers().update([change]).await.unwrap();
                self.ledger
                    .set("customers", key, json!({ "company": company }));
            }
            _ => {
                let email = format!("{}@example.com", self.fresh("shopper").replace(' ', "."));
                let customer = CustomerCreate::new()
                    .email(&email)
                    .first_name("Ida")
                    .last_name("Ashdown");
                let made = self.client.customers().create([customer]).await.unwrap();
                self.ledger
                    .made("customers", made[0].id, json!({ "email": email }));
            }
        }
    }

    /// Creates, switches or deletes a price list.
    pub async fn price_list(&mut self) {
        let own = self.own("price_lists");
        match (self.chance.below(4), own) {
            (0, Some(key)) => {
                self.client.pricelists().delete(id(&key)).await.unwrap();
                for record in self.ledger.keys("price_records") {
                    if record.split(' ').next() == Some(&key) {
                        self.ledger.live.remove(&("price_records", record));
                    }
                }
                self.ledger.deleted("price_lists", key);
            }
            (1, Some(key)) => {
                let active = self.chance.below(2) == 1;
                let change = PriceListUpdate::new().active(active);
                self.client
                    .pricelists()
                    .update(id(&key), change)
                    .await
                    .unwrap();
                self.ledger
                    .set("price_lists", key, json!({ "active": active }));
            }
            _ => {
                let name = self.fresh("list");
                let made = self
                    .client
                    .pricelists()
                    .create(PriceListCreate::new(&name))
                    .await
                    .unwrap();
                self.ledger
                    .made("price_lists", made.id, json!({ "name": name }));
            }
        }
    }

    /// Sets the price of a product in a list.
    pub async fn price_records(&mut self) {
        let Some(list) = self.own("price_lists") else {
            return;
        };
        let Some(product) = self.own("products") else {
            return;
        };
        let variant = self.ledger.field("products", &product, "base_variant_id");
        let (price, currency) = (
            self.chance.below(90) + 1,
            ["usd", "eur"][self.chance.below(2)],
        );
        let record = PriceRecordInput::new(currency).price(price as i64);
        let record = record.variant_id(variant.as_i64().unwrap());
        self.client
            .pricelists()
            .upsert_records(id(&list), [record])
            .await
            .unwrap();
        let key = ("price_records", format!("{list} {variant} {currency}"));
        let fields = json!({ "price_list_id": id(&list), "variant_id": variant, "currency": currency, "price": price });
        self.ledger
            .live
            .insert(key, fields.as_object().unwrap().clone());
    }

    /// Creates a cart, adds more of a product to one, or orders its contents.
    pub async fn cart(&mut self) {
        let Some(product) = self.own("products") else {
            return;
        };
        let quantity = self.chance.below(3) as i64 + 1;
        let line = CartItemInput::new()
            .product_id(id(&product))
            .quantity(quantity);
        let own = self.own("carts");
        match (self.chance.below(5), own) {
            (0 | 1, Some(key)) => {
                let added = CartItemsCreate::new().line_items([line]);
                self.client.carts().add_items(&key, added).await.unwrap();
                let before = self
                    .ledger
                    .field("carts", &key, "quantity")
                    .as_i64()
                    .unwrap();
                self.ledger
                    .set("carts", &key, json!({ "quantity": before + quantity }));
                self.put_in(key, product, quantity);
            }
            (2, Some(key)) => {
                self.client.carts().delete(&key).await.unwrap();
                self.ledger.deleted("carts", key);
            }
            (3, Some(key)) => {
                let lines = self.ledger.lines.get(&key).cloned().unwrap_or_default();
                let is_short = lines.iter().any(|(product, quantity)| {
                    let stock = self.ledger.stock(product);
                    stock.is_some_and(|stock| stock < *quantity)
                });
                let order = match self.client.checkouts().create_order(&key).await {
                    Ok(order) => order,
                    Err(error) => {
                        assert!(is_short && refused(&error), "{error:?}");
                        return;
                    }
                };
                assert!(!is_short, "{} of {lines:?}", order.id);
                let quantity = self.ledger.field("carts", &key, "quantity");
                let fields =
                    json!({ "cart_id": key, "items_total": quantity, "is_deleted": false });
                self.ledger.made("orders", order.id, fields);
                self.ledger.lines.insert(order.id.to_string(), lines);
            }
            _ => {
                let cart = CartCreate::new().line_items([line]);
                let cart = self.client.carts().create(cart).await.unwrap();
                self.ledger
                    .made("carts", &cart.id, json!({ "quantity": quantity }));
                self.put_in(cart.id, product, quantity);
            }
        }
    }

    /// The quantity of a product in a cart has increased.
    fn put_in(&mut self, cart: String, product: String, quantity: i64) {
        let lines = self.ledger.lines.entry(cart).or_default();
        *lines.entry(product).or_default() += quantity;
    }

    /// Changes the status of an order, or archives it.
    pub async fn order(&mut self) {
        let Some(key) = self.own("orders") else {
            return;
        };
        if self.chance.below(4) == 0 {
            self.client.orders().delete(id(&key)).await.unwrap();
            self.ledger
                .set("orders", key, json!({ "is_deleted": true }));
            return;
        }
        let status = self.chance.below(15) as i64;
        let change = OrderUpdate::new().status_id(status);
        let order = self.client.orders().update(id(&key), change).await.unwrap();
        assert_eq!(order.status_id, Some(status));
        self.ledger
            .set("orders", &key, json!({ "status_id": status }));
        self.ledger.follow(&key, status);
    }
}
