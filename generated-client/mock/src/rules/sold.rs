//! What carts and orders have in common: the variant of a line, the shopper and the price, and
//! currencies.

use std::cell::OnceCell;
use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::choices::OPTIONS;
use super::chosen::{self, Options};
use super::currencies::{self, NAME as CURRENCIES};
use super::fields::{amount, get, items, joined, money, or, says, text};
use super::{Context, refuse_with};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::values::number;

/// A currency of the store.
pub(super) fn currency(context: &Context<'_>, code: &Value) -> Option<Arc<Record>> {
    let code = text(code).to_uppercase();
    context.first(CURRENCIES, &[("currency_code", code.into())])
}

/// The store's default currency; `None` if the store has no currencies.
pub(super) fn default_currency(context: &Context<'_>) -> Option<Arc<Record>> {
    context.first(CURRENCIES, &[("is_default", true.into())])
}

/// Its code.
pub(super) fn default_code(context: &Context<'_>) -> Value {
    let own = default_currency(context);
    own.map_or(Value::Null, |own| get(&own, "currency_code").clone())
}

/// Whether shoppers can pay in a currency; others are for display only.
pub(super) fn is_paid_in(context: &Context<'_>, code: &Value) -> bool {
    let own = currency(context, code);
    own.is_some_and(|own| {
        *get(&own, "is_default") == true || *get(&own, "is_transactional") == true
    })
}

/// Whether the store has a currency. For one that it lacks no status is documented. The usual one of the generation
/// for what is of the right form and cannot be, 422 in V3 and 400 in V2, is a choice made here.
pub(super) fn is_kept(context: &Context<'_>, code: &Value) -> bool {
    currency(context, code).is_some()
}

/// The exchange rate of a currency from the default currency. All rates have the same base, whichever
/// currency is the default, and do not change when the default does.
pub(super) fn rate(context: &Context<'_>, code: &Value) -> f64 {
    let other = currency(context, code).filter(|own| *get(own, "is_default") != true);
    let default = default_currency(context).map_or(1.0, |own| currencies::rate(&own));
    match other {
        Some(own) if default > 0.0 => currencies::rate(&own) / default,
        Some(own) => currencies::rate(&own),
        None => 1.0,
    }
}

/// The product of a line.
pub(super) fn product(context: &Context<'_>, line: &Value) -> Option<Arc<Record>> {
    context.one("products", &line["product_id"])
}

/// The variant of a line: by its id, by its options, or the product's only one.
pub(super) fn variant(
    context: &Context<'_>,
    line: &Value,
    options: Options,
) -> Option<Arc<Record>> {
    if says(&line["variant_id"]) {
        return context.one("variants", &line["variant_id"]);
    }
    let chosen = chosen::of_variant(context, line, options).into_iter();
    let chosen =
        chosen.filter_map(|option| number(&option[options.value]).and_then(crate::values::whole));
    let like = [
        ("product_id", line["product_id"].clone()),
        ("made_of", joined(chosen).into()),
    ];
    context.first("variants", &like)
}

/// Rejects lines with unknown products or variants, and lines that do not select one of several
/// variants.
pub(super) fn refuse_lines(
    context: &Context<'_>,
    lines: &[Value],
    options: Options,
    (status, field): (StatusCode, &str),
) -> Result<(), Refusal> {
    for line in lines {
        let product = product(context, line);
        let of_catalog = says(&line["product_id"]);
        if of_catalog && product.is_none() {
            return refuse_with(status, field, "There is no such product");
        }
        if says(&line["variant_id"]) {
            let variant = context.one("variants", &line["variant_id"]);
            let own =
                variant.is_some_and(|variant| get(&variant, "product_id") == &line["product_id"]);
            if !own {
                return refuse_with(status, field, "The product has no such variant");
            }
            continue;
        }
        let has_options =
            product.is_some_and(|product| !OPTIONS.bare(context, get(&product, "id")).is_empty());
        if has_options && !says(&line[options.list]) {
            let says = "The product has variants, and none was chosen";
            return refuse_with(status, field, says);
        }
        if has_options && variant(context, line, options).is_none() {
            return refuse_with(
                status,
                field,
                "The product has no variant with these options",
            );
        }
    }
    Ok(())
}

/// Rejects quantities outside a product's limits per order.
pub(super) fn refuse_quantities(
    context: &Context<'_>,
    lines: &[Value],
    (status, field): (StatusCode, &str),
) -> Result<(), Refusal> {
    for line in lines {
        let Some(product) = product(context, line) else {
            continue;
        };
        let same = lines
            .iter()
            .filter(|other| other["product_id"] == line["product_id"]);
        let all: f64 = same
            .map(|own| own.get("quantity").map_or(1.0, amount))
            .sum();
        let limit = |name: &str| amount(get(&product, name));
        let (least, most) = (
            limit("order_quantity_minimum"),
            limit("order_quantity_maximum"),
        );
        let (kind, limit) = if all > 0.0 && all < least {
            ("minimum", least)
        } else if most > 0.0 && all > most {
            ("maximum", most)
        } else {
            continue;
        };
        let name = text(get(&product, "name"));
        let says = format!("You can only purchase a {kind} of {limit} of the {name} per order.");
        return refuse_with(status, field, &says);
    }
    Ok(())
}

/// The catalog price of a variant of a product.
pub(super) fn listed(product: &Record, variant: &Record) -> Value {
    or([
        get(variant, "sale_price"),
        get(variant, "price"),
        get(product, "calculated_price"),
    ])
}

/// A price reduced by a percentage or an amount, or replaced by a fixed one.
pub(super) fn reduced(price: &Value, method: &Value, by: &Value) -> Value {
    let (price, by) = (amount(price), amount(by));
    let left = match text(method) {
        "percent" => price - price * by / 100.0,
        "price" => price - by,
        _ => by,
    };
    money(left.max(0.0))
}

/// The shopper, the channel and the currency.
pub(super) struct Shopper {
    group: Value,
    channel: Value,
    currency: String,
    /// The exchange rate from the default currency.
    rate: f64,
    /// The price list, found once for all lines.
    list: OnceCell<Option<Value>>,
}

/// The specificity of price list assignments: by channel, by group, or by both.
const OF_CHANNEL: u8 = 1;
const OF_GROUP: u8 = 2;

impl Shopper {
    /// A customer of the store, or a guest, who may be in a group as well.
    pub(super) fn of(
        context: &Context<'_>,
        customer: &Value,
        channel: &Value,
        currency: &Value,
    ) -> Self {
        let group = match context.one("customers", customer) {
            Some(customer) => get(&customer, "customer_group_id").clone(),
            None => {
                let like = [("is_group_for_guests", json!(true))];
                let group = context.first("customer_groups", &like);
                group.map_or(Value::Null, |group| get(&group, "id").clone())
            }
        };
        // Price lists apply to storefronts, not to marketplaces.
        let storefront = context.one("channels", channel);
        let storefront = storefront.filter(|own| text(get(own, "type")) == "storefront");
        Self {
            group,
            channel: storefront.map_or(Value::Null, |own| get(&own, "id").clone()),
            currency: text(currency).to_lowercase(),
            rate: rate(context, currency),
            list: OnceCell::new(),
        }
    }

    /// The shopper's group; null for a guest if there is no group for guests.
    pub(super) fn group(&self) -> &Value {
        &self.group
    }

    /// The same shopper in another group, if it exists.
    pub(super) fn in_group(mut self, group: &Value) -> Self {
        if says(group) {
            self.group = group.clone();
            self.list = OnceCell::new();
        }
        self
    }

    /// A catalog price in the default currency, converted to the shopper's.
    pub(super) fn converted(&self, price: &Value) -> Value {
        money(amount(price) * self.rate)
    }

    /// A catalog price minus the discount of the shopper's group for the product: by a rule for it, or else
    /// for one of its categories, or else for all products.
    pub(super) fn discounted(
        &self,
        context: &Context<'_>,
        product: &Record,
        price: &Value,
    ) -> Value {
        let group = context.one("customer_groups", &self.group);
        let rules = group.as_deref().map(rules).unwrap_or_default();
        let first = |kind: &str, counts: &dyn Fn(&Value) -> bool| {
            let mut rules = rules.iter();
            rules.find(|rule| rule["type"] == kind && counts(rule))
        };
        let of_product = |rule: &Value| rule["product_id"] == *get(product, "id");
        // A rule for a category also applies to its subcategories.
        let of_category = |rule: &Value| {
            let category = &rule["category_id"];
            let mut own = items(get(product, "categories")).iter();
            own.any(|own| {
                own == category
                    || context
                        .above("categories", own, "parent_id")
                        .contains(category)
            })
        };
        let rule = first("product", &of_product)
            .or_else(|| first("category", &of_category))
            .or_else(|| first("all", &|_: &Value| true));
        let Some(rule) = rule else {
            return price.clone();
        };
        reduced(price, &rule["method"], &rule["amount"])
    }

    /// The record of a variant in the shopper's price list, if it has a price.
    pub(super) fn in_list(&self, context: &Context<'_>, variant: &Record) -> Option<Arc<Record>> {
        let record = self.record(context, variant);
        record.filter(|own| !get(own, "price").is_null())
    }

    /// The record of a variant in the shopper's price list.
    pub(super) fn record(&self, context: &Context<'_>, variant: &Record) -> Option<Arc<Record>> {
        let like = [
            (
                "price_list_id",
                self.list.get_or_init(|| self.nearest(context)).clone()?,
            ),
            ("variant_id", get(variant, "id").clone()),
            ("currency", self.currency.as_str().into()),
        ];
        context.first("price_records", &like)
    }

    /// The most specific price list: one for the group in the channel, one for the group, or one for the
    /// channel if the group has no discounts. A variant without a record has its catalog price, not that of
    /// another list.
    fn nearest(&self, context: &Context<'_>) -> Option<Value> {
        let is_active = |id: &Value| {
            let list = context.one("price_lists", id);
            list.is_some_and(|list| *get(&list, "active") == true)
        };
        let assigned = context.all("price_list_assignments", &[]);
        let assigned = assigned
            .iter()
            .filter_map(|own| Some((self.nearness(own)?, get(own, "price_list_id").clone())));
        let group = context.one("customer_groups", &self.group);
        let rules = group.as_deref().map(rules).unwrap_or_default();
        let is_of_list = |rule: &Value| rule["type"] == "price_list";
        let has_discounts = rules.iter().any(|rule| !is_of_list(rule));
        let of_group = rules
            .iter()
            .filter(|rule| is_of_list(rule))
            .map(|rule| (OF_GROUP, rule["price_list_id"].clone()));
        let all = assigned
            .chain(of_group)
            .filter(|(nearness, id)| is_active(id) && (*nearness >= OF_GROUP || !has_discounts));
        all.max_by_key(|(nearness, _)| *nearness).map(|(_, id)| id)
    }

    /// The specificity of an assignment; `None` if it does not apply.
    fn nearness(&self, assignment: &Record) -> Option<u8> {
        let (group, channel) = (
            get(assignment, "customer_group_id"),
            get(assignment, "channel_id"),
        );
        let of_others =
            (says(group) && *group != self.group) || (says(channel) && *channel != self.channel);
        let nearness = u8::from(says(group)) * OF_GROUP + u8::from(says(channel)) * OF_CHANNEL;
        (!of_others && nearness > 0).then_some(nearness)
    }
}

/// The discounts of a customer group.
fn rules(group: &Record) -> &[Value] {
    items(get(group, "discount_rules"))
}
