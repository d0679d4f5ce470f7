//! Metafields: each belongs to an account and to a thing, and its permission set says what other accounts
//! may do with it.

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{get, text};
use super::{
    BatchRule, Context, Rules, Settings, Special, Told, Write, Written, refuse, refuse_with,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::{key_of, plain};

/// The metafields of one kind of thing.
pub(super) struct Metafields {
    path: &'static str,
    also: &'static [&'static str],
    /// The name of the group.
    name: &'static str,
    /// What a metafield calls the kind.
    kind: &'static str,
    /// The parameter of the path, and the collection, that things have which they belong to, the outermost
    /// first.
    things: &'static [(&'static str, &'static str)],
    batches: &'static [Special],
}

const USUAL: Metafields = Metafields {
    path: "",
    also: &[],
    name: "",
    kind: "",
    things: &[],
    batches: &[],
};

/// A batch of which the good items are done, told by a 422.
const fn batch(id: &'static str) -> Special {
    Special {
        id,
        file: "metafields.rs",
        batch: Some(BatchRule::PartlyErrors),
        ..Special::USUAL
    }
}

pub(super) static OF_BRANDS: Metafields = Metafields {
    path: "catalog/brands/metafields",
    name: "brand_metafields",
    kind: "brand",
    things: &[("brand_id", "brands")],
    batches: &[
        batch("brand_metafields.create_batch"),
        batch("brand_metafields.update_batch"),
    ],
    ..USUAL
};

pub(super) static OF_CATEGORIES: Metafields = Metafields {
    path: "catalog/categories/metafields",
    name: "category_metafields",
    kind: "category",
    things: &[("category_id", "categories")],
    batches: &[
        batch("category_metafields.create_batch"),
        batch("category_metafields.update_batch"),
    ],
    ..USUAL
};

pub(super) static OF_PRODUCTS: Metafields = Metafields {
    path: "catalog/products/metafields",
    name: "product_metafields",
    kind: "product",
    things: &[("product_id", "products")],
    batches: &[
        batch("product_metafields.create_batch"),
        batch("product_metafields.update_batch"),
    ],
    ..USUAL
};

pub(super) static OF_VARIANTS: Metafields = Metafields {
    path: "catalog/variants/metafields",
    also: &["catalog/products/variants/metafields"],
    name: "variant_metafields",
    kind: "variant",
    things: &[("product_id", "products"), ("variant_id", "variants")],
    batches: &[
        batch("variant_metafields.create_batch"),
        batch("variant_metafields.update_batch"),
    ],
};

pub(super) static OF_CUSTOMERS: Metafields = Metafields {
    path: "customers/metafields",
    name: "customer_metafields",
    kind: "customer",
    things: &[("customer_id", "customers")],
    batches: &[
        batch("customer_metafields.create_batch"),
        batch("customer_metafields.update_batch"),
    ],
    ..USUAL
};

pub(super) static OF_ORDERS: Metafields = Metafields {
    path: "orders/metafields",
    name: "order_metafields",
    kind: "order",
    things: &[("order_id", "orders")],
    batches: &[
        batch("order_metafields.create_batch"),
        batch("order_metafields.update_batch"),
    ],
    ..USUAL
};

pub(super) static OF_LOCATIONS: Metafields = Metafields {
    path: "inventory/locations/metafields",
    name: "location_metafields",
    kind: "location",
    things: &[("location_id", "locations")],
    batches: &[
        batch("location_metafields.create_batch"),
        batch("location_metafields.update_batch"),
    ],
    ..USUAL
};

pub(super) static OF_CARTS: Metafields = Metafields {
    path: "carts/metafields",
    name: "cart_metafields",
    kind: "cart",
    things: &[("cartId", "carts")],
    batches: &[
        batch("cart_metafields.create_batch"),
        batch("cart_metafields.update_batch"),
    ],
    ..USUAL
};

pub(super) static OF_CHANNELS: Metafields = Metafields {
    path: "channels/metafields",
    name: "channel_metafields",
    kind: "channel",
    things: &[("channel_id", "channels")],
    batches: &[
        batch("channel_metafields.create_batch"),
        batch("channel_metafields.update_batch"),
    ],
    ..USUAL
};

impl Metafields {
    /// Has a new metafield belong to the caller, and to what the path or the body names.
    fn found(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        write.set("owner_client_id", context.caller.client_id.as_str());
        write.set("resource_type", self.kind);
        let Some((own, of)) = self.things.last() else {
            return Ok(());
        };
        if get(write.record, own).is_null() {
            let id = &write.body["resource_id"];
            let Some(thing) = context.one(of, id) else {
                return refuse("resource_id", "There is no such thing");
            };
            let id = key_of(id).map_or(Value::Null, |key| key.value());
            write.set(own, id.clone());
            write.set("resource_id", id);
            for (above, _) in self.things.iter().take(self.things.len() - 1) {
                write.set(above, get(&thing, above).clone());
            }
        }
        Ok(())
    }
}

impl Rules for Metafields {
    fn settings(&self) -> Settings {
        Settings {
            path: self.path,
            name: self.name,
            file: Some("metafields.rs"),
            also: self.also,
            refers: self.things,
            exact: true,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        self.batches
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let Some(before) = write.before else {
            return self.found(context, write);
        };
        if text(get(before, "owner_client_id")) == context.caller.client_id {
            return Ok(());
        }
        let forbid = |field, says| refuse_with(StatusCode::FORBIDDEN, field, says);
        let permissions = text(get(before, "permission_set"));
        if !permissions.starts_with("write") {
            return forbid("value", "Other accounts may not change this metafield");
        }
        let kept = ["namespace", "key", "permission_set"];
        match kept.into_iter().find(|field| write.sent(field)) {
            Some(field) => forbid(
                field,
                "Only the account that owns the metafield may change it",
            ),
            None => Ok(()),
        }
    }

    fn is_foreign(&self, context: &Context<'_>, record: &Record) -> bool {
        text(get(record, "permission_set")) == "app_only"
            && text(get(record, "owner_client_id")) != context.caller.client_id
    }

    fn event(&self, _: &Context<'_>, event: &str, written: &Written) -> Told {
        let record = &written.record;
        let mut says = json!({
            "metafield_id": get(record, "id"),
            "resource_id": plain(get(record, "resource_id")),
            "namespace": get(record, "namespace"),
        });
        if event.starts_with("store/metafield/") {
            says["resource_type"] = self.kind.into();
        }
        Told::Data(says)
    }
}
