//! Carts: lines, gift certificates and custom items, and their totals.

mod lines;
mod writes;

use http::StatusCode;
use serde_json::{Value, json};

use self::lines::{each, grown, own_id, shown};
use super::channels;
use super::checkouts::{coupons, followed};
use super::chosen::Options;
use super::fields::{amount, get, items, money, or, says, sum, text, with, without};
use super::promotions;
use super::sold::{
    Shopper, default_code, is_kept, is_paid_in, product, refuse_lines, refuse_quantities,
};
use super::{
    Context, Quirk, Rules, Settings, Special, Told, Verb, Work, Write, Written, object, refuse,
    refuse_with,
};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::urlencoded;
use crate::wanted::Wanted;

pub(super) struct Carts;

const ON_CART: Special = Special {
    file: "carts/mod.rs",
    verb: Some(Verb::Update),
    collection: Some("carts"),
    key: Some("cartId"),
    ..Special::USUAL
};
const OPTIONS: Options = Options {
    list: "option_selections",
    id: "option_id",
    value: "option_value",
};
/// What discounts make of a line.
const SHARES: [&str; 4] = [
    "discounts",
    "discount_amount",
    "coupon_amount",
    "line_discount",
];
/// How many gift certificates a call can add.
const MOST_CERTIFICATES: f64 = 1_000.0;
/// The fields in which a cart stores what was requested, and their names in bodies.
const LISTS: [(&str, &str); 3] = [
    ("lines", "line_items"),
    ("custom_lines", "custom_items"),
    ("certificates", "gift_certificates"),
];

impl Rules for Carts {
    fn settings(&self) -> Settings {
        Settings {
            path: "carts",
            name: "carts",
            file: Some("carts/mod.rs"),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "carts.add_items",
                write: Some(writes::add),
                ..ON_CART
            },
            Special {
                id: "carts.update",
                write: Some(writes::give),
                ..ON_CART
            },
            Special {
                id: "carts.update_item",
                write: Some(writes::change),
                ..ON_CART
            },
            Special {
                id: "carts.delete_item",
                write: Some(writes::drop),
                ..ON_CART
            },
            Special {
                id: "carts.create_redirect_urls",
                write: Some(|_, write| {
                    write.set("query_params", write.body["query_params"].clone());
                    Ok(())
                }),
                answer: Some(|context, _, record| links(context, record)),
                ..ON_CART
            },
        ]
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        json!({ "locale": "en", "version": 1, "token": context.uuid() })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let currency = &write.body["currency"]["code"];
        let channel = or([&write.body["channel_id"], &json!(channels::OWN)]);
        // That it is required is documented, and not with which status: 422 is a choice made here.
        if !says(currency) && channels::has_several(context, &channel) {
            let says = "The currency is required if shoppers can choose between several";
            return refuse("currency.code", says);
        }
        if says(currency) && !is_kept(context, currency) {
            return refuse("currency.code", "The store does not have this currency");
        }
        if says(currency) && !is_paid_in(context, currency) {
            let says = "The currency is for display only, not for payments";
            return refuse_with(StatusCode::BAD_REQUEST, "currency.code", says);
        }
        take(context, write, &Record::new())?;
        write.set("line_items", json!({}));
        Ok(())
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let code = or([&get(record, "currency")["code"], &default_code(context)]);
        let (customer, channel) = (get(record, "customer_id"), get(record, "channel_id"));
        let shopper = Shopper::of(context, customer, channel, &code);
        let asked = items(get(record, "lines")).iter();
        let mut lines = grown(asked.map(|line| lines::told(context, &shopper, line)));
        lines::priced(context, &shopper, &mut lines);
        record.insert("currency".to_owned(), json!({ "code": code }));
        let mut discounts = lines::discounted(record, &mut lines);
        let automatic = promotions::reduce(context, record, &mut lines);
        lines::share_out(&mut discounts, &lines, &automatic.shares);
        let coupons = coupons::derive(context, record, &mut lines);
        let numbered = |line: &Value| with(line, json!({ "id": own_id(context, line) }));
        let custom: Vec<Value> = items(get(record, "custom_lines"))
            .iter()
            .map(numbered)
            .collect();
        let certificates = items(get(record, "certificates")).iter();
        let certificates: Vec<Value> = certificates.flat_map(|line| each(context, line)).collect();
        let goods = |digital: bool| -> Vec<Value> {
            let own = lines
                .iter()
                .filter(|line| says(&line["is_digital"]) == digital);
            own.map(|line| with(line, shown(line, digital))).collect()
        };
        let (physical, digital) = (goods(false), goods(true));
        let priced_custom: Vec<Value> = custom
            .iter()
            .map(|line| {
                let (price, quantity) = (amount(&line["list_price"]), amount(&line["quantity"]));
                with(
                    line,
                    json!({
                        "list_price": money(price), "extended_list_price": money(price * quantity),
                    }),
                )
            })
            .collect();
        let listed = [&physical, &digital, &priced_custom];
        let base: f64 = listed
            .iter()
            .map(|lines| sum(lines, "extended_list_price"))
            .sum();
        let base = base + sum(&certificates, "amount");
        let manual = amount(get(record, "manual_discount_amount"));
        let whole = manual + automatic.shares.iter().sum::<f64>();
        let off = whole + sum(&lines, "line_discount") + sum(&coupons, "discounted_amount");
        let due = (base - off).max(0.0);
        let parts = followed(record, &lines);
        record.extend(object(json!({
            "consignments": parts,
            "lines": lines,
            "custom_lines": custom,
            "line_items": {
                "physical_items": physical,
                "digital_items": digital,
                "gift_certificates": certificates,
                "custom_items": priced_custom,
            },
            "certificates": certificates,
            "coupons": coupons,
            "applied": coupons,
            "discounts": discounts,
            "promoted": automatic.ids,
            "discount_amount": money(whole),
            "base_amount": money(base),
            "cart_amount": money(due),
        })));
    }

    fn show(
        &self,
        context: &Context<'_>,
        wanted: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        match field {
            "line_items" => Some(lines::opened(get(record, "line_items"), wanted)),
            "redirect_urls" => Some(links(context, record)),
            "promotions" => Some(json!({ "banners": [] })),
            _ => None,
        }
    }

    /// Removing the last line deletes the cart.
    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        let (cart, id) = (&*written.record, get(&written.record, "id"));
        if written.before.is_none() {
            let mailed = json!({ "id": get(cart, "token"), "cart_id": id });
            work.make("abandoned_carts", object(mailed))?;
        }
        let mut lists = LISTS.iter();
        match lists.all(|(own, _)| items(get(cart, own)).is_empty()) {
            true => work.remove("carts", id),
            false => Ok(()),
        }
    }

    fn event(&self, context: &Context<'_>, scope: &str, written: &Written) -> Told {
        let cart = written.key.value();
        let all = |record: &Record| -> Vec<Value> {
            let lists = LISTS.iter().flat_map(|(own, _)| items(get(record, own)));
            lists.cloned().collect()
        };
        let before = written.before.as_deref().map(all).unwrap_or_default();
        let now = all(&written.record);
        let in_both =
            |line: &&Value, others: &[Value]| others.iter().any(|o| o["id"] == line["id"]);
        let told: Vec<&Value> = match scope {
            "store/cart/deleted" if context.one("carts", &cart).is_some() => return Told::Nothing,
            "store/cart/couponApplied" => {
                let coupon = items(get(&written.record, "coupons")).last();
                let coupon = coupon.map(|coupon| coupon["id"].clone());
                return Told::Data(json!({ "type": "cart", "id": cart, "couponId": coupon }));
            }
            "store/cart/lineItem/created" => {
                now.iter().filter(|line| !in_both(line, &before)).collect()
            }
            "store/cart/lineItem/updated" => {
                // A line whose share of a discount alone is another one is not changed.
                let own = |line: &Value| without(line, &SHARES);
                let earlier: Vec<Value> = before.iter().map(own).collect();
                let changed =
                    |line: &&Value| in_both(line, &before) && !earlier.contains(&own(line));
                now.iter().filter(changed).collect()
            }
            "store/cart/lineItem/deleted" => {
                before.iter().filter(|line| !in_both(line, &now)).collect()
            }
            _ => return Told::Usual,
        };
        let told = told.into_iter().map(|line| {
            let id = &line["id"];
            let data = json!({ "type": "cart_line_item", "id": id, "cartId": cart });
            (data, json!({ "cart_id": cart, "cart_item_id": id }))
        });
        Told::Each(told.collect())
    }

    fn channel(&self, _: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        let channel = get(record, "channel_id").as_i64()?;
        Some((channel, json!({ "cart_id": get(record, "id") })))
    }

    fn quirks(&self) -> Vec<Quirk> {
        // Any of the four lists may be missing.
        vec![
            Quirk::left_out("line_items.digital_items", json!([])).every(2),
            Quirk::left_out("line_items.gift_certificates", json!([])).every(3),
        ]
    }
}

/// Links that take a shopper to a cart, with the requested parameters.
fn links(context: &Context<'_>, record: &Record) -> Value {
    let (id, token) = (text(get(record, "id")), text(get(record, "token")));
    let asked = get(record, "query_params")
        .as_object()
        .into_iter()
        .flatten();
    let more = urlencoded::write(asked.map(|(name, value)| (name.as_str(), text(value))));
    let more = if more.is_empty() {
        more
    } else {
        format!("&{more}")
    };
    let url = |query: &str| {
        format!(
            "{}/cart.php?{query}&id={id}&token={token}{more}",
            context.setting.url
        )
    };
    json!({
        "cart_url": url("action=load"),
        "checkout_url": url("action=loadInCheckout"),
        "embedded_checkout_url": url("embedded=1&action=loadInCheckout"),
    })
}

/// Adds the lines of a body to those of a cart.
fn take(context: &Context<'_>, write: &mut Write<'_>, cart: &Record) -> Result<(), Refusal> {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let lines = items(&write.body["line_items"]);
    if lines.iter().any(|line| product(context, line).is_none()) {
        return refuse("line_items", "There is no such product");
    }
    refuse_lines(context, lines, OPTIONS, (status, "line_items"))?;
    // Each of them is a line. The maximum is a choice made here: none is documented.
    let certificates = items(&write.body["gift_certificates"]).iter();
    let certificates: f64 = certificates.map(|own| amount(&own["quantity"])).sum();
    if certificates > MOST_CERTIFICATES {
        let says = "At most 1,000 gift certificates can be added at once";
        return refuse("gift_certificates", says);
    }
    for (own, sent) in LISTS {
        let mut all = items(get(cart, own)).to_vec();
        all.extend_from_slice(items(&write.body[sent]));
        write.set(own, all);
    }
    let lines = items(get(write.record, "lines"));
    refuse_quantities(context, lines, (StatusCode::CONFLICT, "line_items"))
}
