//! Wishlists and their items, which have their own calls.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, items, says, with};
use crate::rules::{Context, Rules, Settings, Special, Verb, Work, Write, Written, object, refuse};
use crate::state::Record;
use crate::wanted::Wanted;

const FILE: &str = "customers/wishlists.rs";
const ITEMS: &str = "wishlist_items";

pub(in crate::rules) struct Wishlists;
pub(in crate::rules) struct Items;

impl Rules for Wishlists {
    fn settings(&self) -> Settings {
        Settings {
            path: "wishlists",
            name: "wishlists",
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "wishlist_items.add",
                file: FILE,
                verb: Some(Verb::Update),
                collection: Some("wishlists"),
                ..Special::USUAL
            },
            Special {
                id: "wishlist_items.remove",
                file: FILE,
                answer: Some(above),
                ..Special::USUAL
            },
        ]
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        json!({ "token": context.uuid() })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if let Some(before) = write.before {
            write.set("customer_id", get(before, "customer_id").clone());
        }
        let own = get(write.record, "id");
        items(&write.body["items"])
            .iter()
            .try_for_each(|item| judge(context, own, item))
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let above = json!({ "wishlist_id": written.key.value() });
        for item in items(&written.body["items"]) {
            match &item["id"] {
                id if says(id) => work.amend(ITEMS, id, item.clone())?,
                _ => drop(work.make(ITEMS, object(with(item, above.clone())))?),
            }
        }
        Ok(())
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        (field == "items").then(|| of(context, get(record, "id")))
    }
}

impl Rules for Items {
    fn settings(&self) -> Settings {
        Settings {
            path: "wishlists/items",
            name: ITEMS,
            file: Some(FILE),
            holds: Some("wishlists.WishlistItem"),
            refers: &[("wishlist_id", "wishlists")],
            ..Settings::USUAL
        }
    }
}

/// Rejects an item of another wishlist, and a variant of another product.
fn judge(context: &Context<'_>, wishlist: &Value, item: &Value) -> Result<(), Refusal> {
    let known = context.one(ITEMS, &item["id"]).unwrap_or_default();
    if says(&item["id"]) && get(&known, "wishlist_id") != wishlist {
        return refuse("items", "The wishlist has no such item");
    }
    let value = |name: &str| item.get(name).unwrap_or(get(&known, name)).clone();
    let (product, variant) = (value("product_id"), value("variant_id"));
    let variant = context.one("variants", &variant);
    match variant.is_some_and(|own| *get(&own, "product_id") != product) {
        true => refuse("items", "The product has no such variant"),
        false => Ok(()),
    }
}

fn of(context: &Context<'_>, wishlist: &Value) -> Value {
    let own = context.all(ITEMS, &[("wishlist_id", wishlist.clone())]);
    let shown = own.iter().map(|item| {
        let own = |name: &str| get(item, name);
        json!({ "id": own("id"), "product_id": own("product_id"), "variant_id": own("variant_id") })
    });
    shown.collect::<Vec<_>>().into()
}

/// The wishlist that contained an item.
fn above(context: &Context<'_>, _: &Wanted, item: &Record) -> Value {
    let id = get(item, "wishlist_id");
    let Some(own) = context.one("wishlists", id) else {
        return Value::Null;
    };
    let own = |name: &str| get(&own, name).clone();
    json!({
        "id": id, "customer_id": own("customer_id"), "name": own("name"), "is_public": own("is_public"),
        "token": own("token"), "items": of(context, id),
    })
}
