//! A story: consecutive requests, and their responses.

use bigcommerce_mock::Store;
use bigcommerce_tests::{judge::Judge, root};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its name, as a sentence.
    pub name: String,
    /// The initial number of products.
    #[serde(default)]
    pub products: usize,
    /// Whether the store omits quirks.
    #[serde(default)]
    pub strict: bool,
    steps: Vec<Step>,
}

/// A request and its response.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// `GET /v3/catalog/brands/{brand}`, with kept values in braces.
    ask: String,
    #[serde(default)]
    body: Option<Value>,
    /// A body that is not JSON.
    #[serde(default)]
    text: Option<String>,
    /// Headers of the request.
    #[serde(default)]
    send: Map<String, Value>,
    /// The accepted type in place of JSON.
    #[serde(default)]
    accept: Option<String>,
    /// The token: `full` by default, `read`, `none` or scopes.
    #[serde(default)]
    token: Option<String>,
    status: u16,
    /// Expected values of the response, by pointer: the whole value, or `null` for absent.
    #[serde(default)]
    has: Map<String, Value>,
    /// The expected events of the response, in order; each has at least these fields.
    #[serde(default)]
    events: Option<Value>,
    /// Names for values of the response, by pointers.
    #[serde(default)]
    keep: Map<String, Value>,
    /// Headers of the response.
    #[serde(default)]
    headers: Map<String, Value>,
}

impl Story {
    /// Every story of a folder, by file name.
    pub fn all(folder: &str) -> Vec<Self> {
        let folder = root().join(folder);
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files
            .iter()
            .map(
                |file| match serde_json::from_slice(&std::fs::read(file).unwrap()) {
                    Ok(story) => story,
                    Err(error) => panic!("{}: {error}", file.display()),
                },
            )
            .collect()
    }

    /// Runs it, and returns where the store deviates.
    pub async fn tell(&self, store: &Store, judge: &Judge) -> Result<(), String> {
        // Nothing here uses TLS, yet the client requires a provider of certificates.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut kept = vec![
            ("store".to_owned(), Value::from(store.url())),
            ("store_token".to_owned(), Value::from(store.token())),
        ];
        for step in &self.steps {
            let ask = filled(&step.ask, &kept);
            let (method, target) = ask.split_once(' ').unwrap();
            let url = format!("{}/stores/{}{target}", store.url(), store.hash());
            let mut request = client.request(method.parse().unwrap(), url).header(
                "accept",
                step.accept.as_deref().unwrap_or("application/json"),
            );
            match step.token.as_deref() {
                None | Some("full") => request = request.header("x-auth-token", store.token()),
                Some("read") => request = request.header("x-auth-token", store.read_only_token()),
                Some("none") => {}
                Some(scopes) => {
                    let token = store.token_with(scopes.split(' '));
                    request = request.header("x-auth-token", token);
                }
            }
            if let Some(body) = &step.body {
                let text = filled(&body.to_string(), &kept);
                request = request
                    .header("content-type", "application/json")
                    .body(text);
            }
            for (name, value) in &step.send {
                request = request.header(name, filled(value.as_str().unwrap(), &kept));
            }
            if let Some(text) = &step.text {
                request = request.body(filled(text, &kept));
            }
            let response = request
                .send()
                .await
                .map_err(|error| format!("{ask}: {error}"))?;
            let status = response.status().as_u16();
            let headers = response.headers().clone();
            let bytes = response
                .bytes()
                .await
                .map_err(|error| format!("{ask}: {error}"))?;
            let answer = serde_json::from_slice(&bytes)
                .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&bytes)));
            let shown = format!("{ask}\n  returned {status} {answer:.1200}");
            if status != step.status {
                return Err(format!("{shown}\n  and not {}", step.status));
            }
            if (200..300).contains(&status) {
                let json = step.accept.is_none() && !bytes.is_empty();
                let body = Some(&answer).filter(|_| json);
                judge
                    .answer(method, target, status, body)
                    .map_err(|reason| format!("{shown}\n  {reason}"))?;
            }
            for (pointer, wanted) in &step.has {
                let wanted: Value =
                    serde_json::from_str(&filled(&wanted.to_string(), &kept)).unwrap();
                let found = answer.pointer(pointer).unwrap_or(&Value::Null);
                if !fits(found, &wanted) {
                    return Err(format!("{shown}\n  {pointer} is {found} and not {wanted}"));
                }
            }
            if let Some(wanted) = &step.events {
                let wanted: Value =
                    serde_json::from_str(&filled(&wanted.to_string(), &kept)).unwrap();
                let found = events(&String::from_utf8_lossy(&bytes));
                if !fits(&found, &wanted) {
                    return Err(format!(
                        "{shown}\n  the events are {found} and not {wanted}"
                    ));
                }
            }
            for (name, wanted) in &step.headers {
                let found = headers
                    .get(name)
                    .and_then(|value| value.to_str().ok())
                    .unwrap_or("");
                if Some(found) != wanted.as_str() {
                    return Err(format!("{shown}\n  {name} is {found:?} and not {wanted}"));
                }
            }
            for (name, pointer) in &step.keep {
                let pointer = pointer.as_str().unwrap();
                let Some(value) = answer.pointer(pointer) else {
                    return Err(format!("{shown}\n  there is nothing at {pointer}"));
                };
                kept.push((name.clone(), value.clone()));
            }
        }
        Ok(())
    }
}

/// The data of server-sent events.
fn events(text: &str) -> Value {
    let data = text.lines().filter_map(|line| line.strip_prefix("data:"));
    data.map(|data| serde_json::from_str(data).unwrap_or_else(|_| Value::from(data)))
        .collect()
}

/// The text with kept values in place of `{name}`; a string that is only `"{name}"` becomes the value.
fn filled(text: &str, kept: &[(String, Value)]) -> String {
    let mut text = text.to_owned();
    for (name, value) in kept {
        text = text.replace(&format!("\"{{{name}}}\""), &value.to_string());
        let plain = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        text = text.replace(&format!("{{{name}}}"), &plain);
    }
    text
}

/// Whether a value is as expected. An object has at least the expected fields.
fn fits(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => wanted
            .iter()
            .all(|(name, wanted)| fits(found.get(name).unwrap_or(&Value::Null), wanted)),
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len()
                && found
                    .iter()
                    .zip(wanted)
                    .all(|(found, wanted)| fits(found, wanted))
        }
        (Value::Number(found), Value::Number(wanted)) => found.as_f64() == wanted.as_f64(),
        _ => found == wanted,
    }
}
