//! Each parameter of a read on its own: with all of them nothing is found, and an empty list proves
//! little.

use bigcommerce_tests::{judge::Judge, rows::Parameter};
use serde_json::{Map, Value};

use super::{Which, call, nothing_of, rows, shop::Shop, wrong};

/// Values that do not find the first record of a list: the SKU of a base variant only finds its
/// product.
const FOUND_ELSEWHERE: [(&str, &str); 1] = [("variants.list_across", "sku")];

#[tokio::test]
async fn each_parameter_by_itself_is_answered_as_the_catalogue_says_and_finds_what_it_names() {
    let (judge, shop) = (Judge::read(), Shop::open().await);
    let mut found = Vec::new();
    for row in rows().iter().filter(|row| row.method == "GET") {
        shop.fit(row).await;
        let (_, seen) = call(&shop, row, Which::Plain).await;
        let target = seen.asking.target;
        let items = items(&seen.answer);
        let empty = Map::new();
        let first = items.first().unwrap_or(&empty);
        for parameter in row.parameters.iter().filter(|one| one.place == "query") {
            let value = value(parameter, first);
            let known = value.is_some();
            let value = value.or_else(|| shop.named(&parameter.name));
            let Some(value) = value.or_else(|| likely(parameter)) else {
                continue;
            };
            let mut asked = format!("{}={}", parameter.name, encoded(&value));
            if parameter.name == "entity_id:in" {
                // The ids of resources of several types require the type.
                asked.push_str("&type=product");
            }
            // What the call requires is already set.
            let target = match target.split_once('?') {
                Some((path, needed)) if needed.starts_with(&format!("{}=", parameter.name)) => {
                    format!("{path}?{asked}")
                }
                Some(_) => format!("{target}&{asked}"),
                None => format!("{target}?{asked}"),
            };
            shop.way
                .fit(move |asking| asking.target.clone_from(&target));
            let (sent, seen) = call(&shop, row, Which::Plain).await;
            if let Some(reason) = wrong(&judge, row, &sent, &seen) {
                found.push(format!("{}: {reason}", row.id));
            }
            let key = ["id", "category_id"]
                .into_iter()
                .find(|key| first.contains_key(*key));
            let elsewhere = FOUND_ELSEWHERE.contains(&(row.id.as_str(), parameter.name.as_str()));
            let wanted = there(parameter).map(|wanted| wanted && !elsewhere);
            let (Some(wanted), Some(key), true) = (wanted, key, known) else {
                continue;
            };
            let items = self::items(&seen.answer);
            let is = items.iter().any(|item| item.get(key) == first.get(key));
            if is != wanted {
                let found_it = if is { "finds" } else { "does not find" };
                let first = &first[key];
                found.push(format!("{} {found_it} {first}", seen.asking.target));
            }
        }
    }
    nothing_of(&found);
}

/// The value of the filter's own field in an item, so that the item matches.
fn value(parameter: &Parameter, item: &Map<String, Value>) -> Option<String> {
    let value = item.get(parameter.field.as_deref()?)?;
    let value = match value {
        Value::Array(values) => values.first()?,
        value => value,
    };
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(is) if parameter.form == "flag" => u8::from(*is).to_string(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        _ => return None,
    };
    // The filter is in lower case, and the field is capitalized.
    let members = parameter.json_schema["enum"]
        .as_array()
        .into_iter()
        .flatten();
    let mut members = members.filter_map(Value::as_str);
    // A status that the field has in words may be a number in the filter.
    let numbered = parameter.ty == "int" || parameter.json_schema["enum"][0].is_number();
    if numbered && text.parse::<i64>().is_err() {
        return None;
    }
    let member = members.find(|member| member.eq_ignore_ascii_case(&text));
    let text = member.map_or(text, str::to_owned);
    (!text.is_empty()).then_some(text)
}

/// A value for the filter if the item has none.
fn likely(parameter: &Parameter) -> Option<String> {
    let members = parameter.json_schema["enum"].as_array();
    if let Some(members) = members.filter(|members| members.iter().all(Value::is_string)) {
        let members: Vec<&str> = members.iter().filter_map(Value::as_str).collect();
        let all = parameter.role == "include";
        return Some(if all {
            members.join(",")
        } else {
            members[0].to_owned()
        });
    }
    if let Some(members) = members {
        return members.first().map(Value::to_string);
    }
    let text = match parameter.ty.as_str() {
        "int" | "bool" if parameter.name == "page" || parameter.form == "flag" => "1",
        "int" | "decimal" => "5",
        "bool" => "true",
        "datetime" => "2026-01-31T12:00:00Z",
        "uuid" => "9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11",
        _ => "linen",
    };
    Some(text.to_owned())
}

/// Whether filtering by a value of an item finds that item; `None` if the operator does not determine
/// it.
fn there(parameter: &Parameter) -> Option<bool> {
    match parameter.op.as_deref()? {
        "eq" | "in" | "min" | "max" | "like" => Some(true),
        "not" | "not_in" | "greater" | "less" => Some(false),
        _ => None,
    }
}

fn items(answer: &[u8]) -> Vec<Map<String, Value>> {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let items = answer.get("data").unwrap_or(&answer).as_array();
    let items = items.into_iter().flatten();
    items.filter_map(|item| item.as_object().cloned()).collect()
}

/// A value as the client writes it in a query.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~,".contains(&byte);
    let bytes = text.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    bytes.collect()
}
