//! A page as the API returns it, made from the model: every field has a proper value of a likely
//! length. What has to be asked for with `include` stands in every fourth item.

use codegen::{
    model::{Api, Field, Kind, Ty, TypeDef},
    spec::Wire,
};
use serde_json::{Map, Value, json};

/// How deep objects nest.
const DEEPEST: usize = 4;

const HTML: &str = "<p>A \"classic\" enamel mug for indoors &amp; out — light, and hard to break.</p>\n\
    <ul>\n<li>Holds 350 ml</li>\n<li>Safe in a dishwasher</li>\n<li>Made in small batches; no two \
    are quite alike</li>\n</ul>\n<p>Goes with the <a href=\"/enamel-plate/\">plate</a> of the same \
    series. Ships within two working days, in a box that can be recycled.</p>";

const SENTENCE: &str = "A classic enamel mug for indoors and out, made in small batches.";

const URL: &str =
    "https://cdn11.bigcommerce.com/s-abc123/products/77/images/266/mug.1393456.jpg?c=1";

/// A list of `count` items of a type, given by module and name.
pub fn items(api: &Api, module: &str, name: &str, count: usize) -> Option<Value> {
    let is = |def: &&TypeDef| def.name == name && api.module(def.home) == module;
    let def = api.types.iter().find(is)?;
    Some((1..=count).map(|at| object(api, def, at, 0)).collect())
}

/// A numbered page around a list.
pub fn page(data: Value, count: usize) -> Value {
    let pagination = json!({
        "total": count * 40,
        "count": count,
        "per_page": count,
        "current_page": 1,
        "total_pages": 40,
    });
    json!({ "data": data, "meta": { "pagination": pagination } })
}

fn object(api: &Api, def: &TypeDef, at: usize, depth: usize) -> Value {
    let Kind::Object { fields, .. } = &def.kind else {
        return Value::Null;
    };
    let is_there = |field: &&Field| match &field.ty {
        Ty::List(inner) if matches!(**inner, Ty::Named(_)) && depth == 0 => at.is_multiple_of(4),
        _ => field.required || depth < DEEPEST,
    };
    let value = |field: &Field| (field.wire.clone(), of_field(api, field, at, depth));
    let map: Map<String, Value> = fields.iter().filter(is_there).map(value).collect();
    Value::Object(map)
}

fn of_field(api: &Api, field: &Field, at: usize, depth: usize) -> Value {
    match (&field.ty, field.spelling) {
        (Ty::Number, Some(Wire::Text)) => json!(format!("{at}.9900")),
        (Ty::DateTime, Some(Wire::Rfc2822)) => json!("Tue, 05 Mar 2019 21:40:11 +0000"),
        (Ty::DateTime, Some(Wire::Unix)) => json!(1_551_822_011),
        (Ty::Bool, Some(Wire::OneZero)) => json!(at % 2),
        (Ty::Text, _) => text(field, at),
        (ty, _) => value(api, ty, &field.wire, at, depth),
    }
}

fn text(field: &Field, at: usize) -> Value {
    let wire = field.wire.as_str();
    let text = match wire {
        "description" => HTML.to_owned(),
        _ if wire.ends_with("description") => SENTENCE.to_owned(),
        _ if wire.contains("url") => URL.to_owned(),
        _ => format!("{wire} {at}"),
    };
    let most = field.limits.length.1.unwrap_or(u64::MAX);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    text.chars().take(most).collect::<String>().into()
}

fn value(api: &Api, ty: &Ty, wire: &str, at: usize, depth: usize) -> Value {
    match ty {
        Ty::Int => json!(at * 7),
        Ty::Text => json!(format!("{wire} {at}")),
        Ty::Bool => json!(at.is_multiple_of(2)),
        // Whole prices come without decimals.
        Ty::Number if at.is_multiple_of(3) => json!(at),
        Ty::Number => json!(at as f64 + 0.95),
        Ty::DateTime => json!("2018-08-15T14:48:46+00:00"),
        Ty::Date => json!("2018-08-15"),
        Ty::Uuid => json!("5a2f9a1e-1b3c-4b0e-9d5f-1a2b3c4d5e6f"),
        Ty::Id => json!(at),
        Ty::Json => json!({ "value": at }),
        Ty::Named(id) => match &api.ty(*id).kind {
            Kind::Object { .. } => object(api, api.ty(*id), at, depth + 1),
            Kind::Choice(members) => match members.get(at % members.len().max(1)) {
                Some(member) => json!(member.wire),
                None => Value::Null,
            },
            Kind::Integers(members) => match members.get(at % members.len().max(1)) {
                Some(member) => json!(member.wire.parse::<i64>().unwrap_or_default()),
                None => Value::Null,
            },
            Kind::OneOf { by, branches, .. } => match branches.get(at % branches.len().max(1)) {
                Some(branch) => {
                    let mut value = value(api, &branch.ty, wire, at, depth + 1);
                    if let (Some(by), Some(fields)) = (by, value.as_object_mut()) {
                        fields.insert(by.clone(), json!(branch.name));
                    }
                    value
                }
                None => Value::Null,
            },
        },
        Ty::List(inner) if depth < DEEPEST => (1..=3)
            .map(|item| value(api, inner, wire, at + item, depth))
            .collect(),
        Ty::List(_) => json!([]),
        Ty::Map(inner) => json!({ "first": value(api, inner, wire, at, depth + 1) }),
        Ty::Nullable(inner) | Ty::OneOrMany(inner) => value(api, inner, wire, at, depth),
        Ty::Link(_) => json!({
            "url": format!("https://api.bigcommerce.com/stores/abc123/v2/orders/{at}/{wire}"),
            "resource": format!("/orders/{at}/{wire}"),
        }),
    }
}
