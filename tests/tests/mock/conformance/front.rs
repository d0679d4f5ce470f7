//! The records of a store besides its catalog and its orders, for a store that has something of
//! everything: the requests in `tests/data/front.json`, and what is kept of their responses.

use bigcommerce_client::Client;
use bigcommerce_tests::json;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    ask: String,
    body: Option<Value>,
    keep: Map<String, Value>,
}

/// Creates all of that, and returns what was kept, under the names by which later requests use it.
pub async fn front(client: &Client) -> Map<String, Value> {
    let known = serde_json::json!({
        "tax_class_id": 1, "provider_id": "front", "template_name": "invoice_email", "analytics_id": 1,
        "currency_id": 2, "expiry_month": 12, "country_id": 226, "tax_properties": { "front": "12" },
    });
    let mut known = known.as_object().unwrap().clone();
    for step in json::<Vec<Step>>("tests/data/front.json") {
        let ask = filled(&step.ask, &known);
        let (method, path) = ask.split_once(' ').unwrap();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let call = client.raw(http::Method::from_bytes(method.as_bytes()).unwrap(), path);
        let call = match query.split_once('=') {
            Some((name, value)) => call.query(name, value),
            None => call,
        };
        let call = match &step.body {
            Some(body) => {
                let body = filled(&body.to_string(), &known);
                call.body(body, "application/json")
            }
            None => call,
        };
        let answer = call
            .await
            .unwrap_or_else(|error| panic!("{ask}: {error:?}"));
        let answer: Value = serde_json::from_str(answer.json().unwrap().get()).unwrap();
        for (name, pointer) in step.keep {
            let value = answer.pointer(pointer.as_str().unwrap());
            let value = value.unwrap_or_else(|| panic!("{ask}: {answer}"));
            known.insert(name, value.clone());
        }
    }
    known
}

/// The text with known values in place of `{name}`; if it is the whole string, the value itself.
fn filled(text: &str, known: &Map<String, Value>) -> String {
    let mut text = text.to_owned();
    for (name, value) in known {
        text = text.replace(&format!("\"{{{name}}}\""), &value.to_string());
        let plain = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        text = text.replace(&format!("{{{name}}}"), &plain);
    }
    text
}

/// Which of them `id` means in the calls of a group.
pub fn own(group: &str) -> Option<&'static str> {
    Some(match group {
        "settings_analytics" => "analytics_id",
        "tax_classes" => "tax_class_id",
        "tax_zones" => "tax_zone_id",
        "tax_rates" => "tax_rate_id",
        "tax_properties" => "tax_property_id",
        "pages" => "page_id",
        "redirects" => "redirect_id",
        "payment_access_tokens" => "incomplete_id",
        _ => return None,
    })
}
