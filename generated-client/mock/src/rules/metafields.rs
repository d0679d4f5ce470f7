//! Metafields: each belongs to an account and to a resource, and its permission set determines the access
//! of other accounts.

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{get, text};
use super::{
    BatchRule, Context, Rules, Settings, Special, Told, Write, Written, refuse, refuse_with,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::{key_of, plain};

/// The metafields of one type of resource.
pub(super) struct Metafields {
    path: &'static str,
    also: &'static [&'static str],
    /// The name of the group.
    name: &'static str,
    /// The value of `resource_type`.
    kind: &'static str,
    /// The path parameters and collections of the resources that own metafields, the outermost first.
    things: &'static [(&'static str, &'static str)],
    batches: &'static [Special],
}

/// A batch whose valid items are applied, reported by a 422.
const fn batch(id: &'static str) -> Special {
    Special {
        id,
        file: "metafields.rs",
        batch: Some(BatchRule::PartlyErrors(StatusCode::UNPROCESSABLE_ENTITY)),
        ..Special::USUAL
    }
}

/// The metafields at the path of a resource type.
macro_rules! of {
    ($path:literal, $kind:literal, $things:expr $(, also $also:literal)?) => {
        Metafields {
            path: concat!($path, "/metafields"),
            also: &[$($also)?],
            name: concat!($kind, "_metafields"),
            kind: $kind,
            things: &$things,
            batches: &[
                batch(concat!($kind, "_metafields.create_batch")),
                batch(concat!($kind, "_metafields.update_batch")),
                batch(concat!($kind, "_metafields.delete_batch")),
            ],
        }
    };
}

/// The maximum number of metafields of an account on one resource.
const MOST: usize = 250;
/// The maximum number on the store.
const MOST_OF_STORE: usize = 10_000;

pub(super) static OF_BRANDS: Metafields = of!("catalog/brands", "brand", [("brand_id", "brands")]);
pub(super) static OF_CATEGORIES: Metafields = of!(
    "catalog/categories",
    "category",
    [("category_id", "categories")]
);
pub(super) static OF_PRODUCTS: Metafields =
    of!("catalog/products", "product", [("product_id", "products")]);
pub(super) static OF_VARIANTS: Metafields = of!(
    "catalog/variants",
    "variant",
    [("product_id", "products"), ("variant_id", "variants")],
    also "catalog/products/variants/metafields"
);
pub(super) static OF_CUSTOMERS: Metafields =
    of!("customers", "customer", [("customer_id", "customers")]);
pub(super) static OF_ORDERS: Metafields = of!("orders", "order", [("order_id", "orders")]);
pub(super) static OF_LOCATIONS: Metafields = of!(
    "inventory/locations",
    "location",
    [("location_id", "locations")]
);
pub(super) static OF_CARTS: Metafields = of!("carts", "cart", [("cartId", "carts")]);
pub(super) static OF_STORE: Metafields = of!("store", "store", []);
pub(super) static OF_CHANNELS: Metafields =
    of!("channels", "channel", [("channel_id", "channels")]);

impl Metafields {
    /// Sets the owner of a new metafield to the caller, and its resource to that of the path or body.
    fn found(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        write.set("owner_client_id", context.caller.client_id.as_str());
        write.set("resource_type", self.kind);
        let Some((own, of)) = self.things.last() else {
            write.set("resource_id", super::store::ID);
            return self.refuse_more(context, &[], MOST_OF_STORE);
        };
        if get(write.record, own).is_null() {
            let id = &write.body["resource_id"];
            let Some(thing) = context.one(of, id) else {
                return refuse("resource_id", "There is no such resource");
            };
            let id = key_of(id).map_or(Value::Null, |key| key.value());
            write.set(own, id.clone());
            write.set("resource_id", id);
            for (above, _) in self.things.iter().take(self.things.len() - 1) {
                write.set(above, get(&thing, above).clone());
            }
        }
        let thing = [(*own, get(write.record, own).clone())];
        self.refuse_more(context, &thing, MOST)
    }

    /// Rejects a metafield beyond the account's maximum on a resource.
    fn refuse_more(
        &self,
        context: &Context<'_>,
        thing: &[(&str, Value)],
        most: usize,
    ) -> Result<(), Refusal> {
        if context.size(self.name) < most {
            return Ok(());
        }
        let all = context.all(self.name, thing);
        if all.iter().filter(|other| is_own(context, other)).count() < most {
            return Ok(());
        }
        let kind = self.kind;
        let says = format!("An account has at most {most} metafields on a {kind}");
        refuse("resource_id", &says)
    }
}

impl Rules for Metafields {
    fn settings(&self) -> Settings {
        // An order keeps the id of its cart, so that they can be read after the cart is gone.
        let outlives = self.kind == "cart";
        Settings {
            outlives,
            missing: outlives.then_some(404),
            path: self.path,
            name: self.name,
            file: Some("metafields.rs"),
            also: self.also,
            refers: self.things,
            exact: true,
            kept: 403,
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
        if is_own(context, before) {
            return Ok(());
        }
        let forbid = |field, says| refuse_with(StatusCode::FORBIDDEN, field, says);
        if !is_open(context, before) {
            return forbid("value", "Other accounts may not change this metafield");
        }
        // The API names no scope with which another account may change these.
        let kept = ["namespace", "key", "permission_set"];
        match kept.into_iter().find(|field| write.sent(field)) {
            Some(field) => forbid(
                field,
                "Only the account that owns the metafield may change it",
            ),
            None => Ok(()),
        }
    }

    fn kept(&self, context: &Context<'_>, record: &Record) -> Option<String> {
        let is_closed = !is_own(context, record) && !is_open(context, record);
        is_closed.then(|| "Other accounts may not remove this metafield".to_owned())
    }

    fn is_foreign(&self, context: &Context<'_>, record: &Record) -> bool {
        text(get(record, "permission_set")) == "app_only"
            && !is_own(context, record)
            && !manages_all(context)
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

/// Whether the caller's token is for the metafields of all accounts.
fn manages_all(context: &Context<'_>) -> bool {
    context.caller.has_one_of(&["store_metafield_write_all"])
}

/// Whether the caller's account created a metafield.
fn is_own(context: &Context<'_>, record: &Record) -> bool {
    text(get(record, "owner_client_id")) == context.caller.client_id
}

/// Whether the caller may change the value of another account's metafield and delete it.
fn is_open(context: &Context<'_>, record: &Record) -> bool {
    manages_all(context) || text(get(record, "permission_set")).starts_with("write")
}
