//! Writes to the checkout itself: its message, manual discounts, the billing address and fees.

use http::StatusCode;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::countries::{country, state};
use crate::rules::fields::{amount, get, items, money, or, says, sum, text, with};
use crate::rules::{Context, Write, refuse, refuse_with};
use crate::state::{Key, Record};

/// The maximum number of fees of a checkout.
const FEES: usize = 5;

/// The current cart. A write for another version is rejected; any other write increments the version.
pub(in crate::rules) fn versioned(write: &mut Write<'_>) -> Result<Record, Refusal> {
    let before = write.before.cloned().unwrap_or_default();
    let version = get(&before, "version");
    let body = write.body;
    let mut meant = [&body["version"], &body["cart"]["version"]].into_iter();
    if meant.any(|meant| !meant.is_null() && meant != version) {
        let says = "The cart was changed by somebody else";
        return refuse_with(StatusCode::CONFLICT, "version", says);
    }
    write.set("version", version.as_i64().unwrap_or_default() + 1);
    Ok(before)
}

pub(super) fn message(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    versioned(write)?;
    write.set("customer_message", write.body["customer_message"].clone());
    Ok(())
}

/// Manual discounts replace the existing ones.
pub(super) fn discounts(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let cart = &write.body["cart"];
    for asked in items(&cart["line_items"]) {
        let mut own = items(get(&before, "lines")).iter();
        match own.find(|line| line["id"] == asked["id"]) {
            None => return refuse("cart.line_items", "The cart has no such line"),
            Some(line) if amount(&line["coupon_amount"]) > 0.0 => {
                return refuse("cart.line_items", "A coupon already applies to the line");
            }
            Some(_) => {}
        }
    }
    let whole = sum(items(&cart["discounts"]), "discounted_amount");
    write.set("manual_discount_amount", money(whole));
    write.set("line_discounts", items(&cart["line_items"]).to_vec());
    Ok(())
}

pub(super) fn address(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let id = &get(&before, "billing_address")["id"];
    let id = or([id, &short(context)]);
    bill(context, write, id);
    Ok(())
}

pub(super) fn other_address(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let asked = context.parameter("addressId")?;
    let id = get(&before, "billing_address")["id"].clone();
    if text(&id) != asked.to_string() {
        return Err(Refusal::not_found(&asked));
    }
    bill(context, write, id);
    Ok(())
}

fn bill(context: &Context<'_>, write: &mut Write<'_>, id: Value) {
    write.set("email", write.body["email"].clone());
    write.set("billing_address", full(context, write.body, id));
}

/// An address with all its fields; if the name or the code of the country or state was sent, both are set.
pub(super) fn full(context: &Context<'_>, sent: &Value, id: Value) -> Value {
    let names = [
        "first_name",
        "last_name",
        "email",
        "company",
        "address1",
        "address2",
        "city",
        "state_or_province",
        "state_or_province_code",
        "country",
        "country_code",
        "postal_code",
        "phone",
    ];
    let fields = names
        .iter()
        .map(|name| ((*name).to_owned(), text(&sent[*name]).into()));
    let fields: Value = fields.collect::<Record>().into();
    let fields = match country(context, &fields["country"], &fields["country_code"]) {
        Some((name, code)) => with(&fields, json!({ "country": name, "country_code": code })),
        None => fields,
    };
    let (name, code) = ("state_or_province", "state_or_province_code");
    let known = state(
        context,
        &fields["country_code"],
        &fields[name],
        &fields[code],
    );
    let fields = match known {
        Some((own, abbreviation)) => with(&fields, json!({ name: own, code: abbreviation })),
        None => fields,
    };
    with(
        &fields,
        json!({ "id": id, "custom_fields": items(&sent["custom_fields"]) }),
    )
}

/// An id in the format that checkouts use in addition to UUIDs.
pub(super) fn short(context: &Context<'_>) -> Value {
    let mut id = text(&context.uuid()).replace('-', "");
    id.truncate(13);
    id.into()
}

pub(super) fn add_fees(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let new = items(&write.body["fees"]).iter();
    let new = new.map(|fee| charged(fee, context.uuid()));
    let all: Vec<Value> = items(get(&before, "fees"))
        .iter()
        .cloned()
        .chain(new)
        .collect();
    if all.len() > FEES {
        return refuse("fees", "A checkout has at most five fees");
    }
    write.set("fees", all);
    Ok(())
}

pub(super) fn change_fees(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let mut all = items(get(&before, "fees")).to_vec();
    for fee in items(&write.body["fees"]) {
        match all.iter_mut().find(|own| own["id"] == fee["id"]) {
            Some(own) => *own = charged(fee, fee["id"].clone()),
            None => return no_fee(&fee["id"]),
        }
    }
    write.set("fees", all);
    Ok(())
}

pub(super) fn remove_fees(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let before = versioned(write)?;
    let mut all = items(get(&before, "fees")).to_vec();
    for id in items(&write.body["ids"]) {
        if !all.iter().any(|own| own["id"] == *id) {
            return no_fee(id);
        }
        all.retain(|own| own["id"] != *id);
    }
    write.set("fees", all);
    Ok(())
}

fn no_fee(id: &Value) -> Result<(), Refusal> {
    Err(Refusal::not_found(&Key::of(text(id))))
}

fn charged(fee: &Value, id: Value) -> Value {
    let cost = money(amount(&fee["cost"]));
    let class = Some(&fee["tax_class_id"]).filter(|class| says(class));
    json!({
        "id": id, "type": fee["type"], "name": fee["name"], "display_name": fee["display_name"],
        "cost_inc_tax": cost, "cost_ex_tax": cost, "source": fee["source"], "tax_class_id": class,
    })
}
