//! What a user of the client may have written before the changes beside this file, of which it touches
//! nothing that changed.

use bigcommerce_client::{
    Client,
    brands::{Brand, BrandCreate},
    carts::{CartCreate, CustomItemCreate},
    metafields::MetafieldCreate,
    orders::Order,
    products::Product,
    records::RecordInput,
    rules::RuleCreate,
    things::ThingCreate,
    trees::TreeInput,
};

/// Calls of every group.
pub fn calls(store: &Client) {
    drop(store.things().create(ThingCreate::new("Lamp")));
    drop(store.brands().create(BrandCreate::new("Acme")));
    drop(store.carts().create(CartCreate::new().custom_items([CustomItemCreate::new("Card")])));
    drop(store.metafields().list().limit(10));
    drop(store.metafields().create(MetafieldCreate::new("note")));
    drop(store.orders().list());
    drop(store.pricelists().delete(1));
    drop(store.products().list());
    drop(store.records().upsert(1, [RecordInput::new()]));
    drop(store.rules().create(RuleCreate::new(2)));
    drop(store.trees().upsert([TreeInput::new().name("Shoes")]));
}

/// Fields that were there before.
pub fn fields(brand: &Brand, order: &Order, product: Product) -> (i64, i64, Option<String>) {
    (brand.id, order.id, product.name)
}
