//! Reads the operations of a file: parameters, body and responses, with their shapes. Their meaning for the
//! spec is decided elsewhere.

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    read::{Reader, list},
    shape::{Arena, Shape},
};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// An OpenAPI file, read.
#[derive(Debug)]
pub(crate) struct Official {
    /// `info.title`.
    pub title: String,
    /// The generation, from the server's address: `v3`, `v2`, or nothing.
    pub version: String,
    /// The server, if it is not that of the stores.
    pub elsewhere: Option<String>,
    pub operations: Vec<Operation>,
    pub arena: Arena,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub id: String,
    pub tag: String,
    pub method: &'static str,
    /// With the generation in front: `/v3/catalog/brands`.
    pub path: String,
    pub parameters: Vec<OfficialParameter>,
    pub body: Option<Body>,
    pub responses: Vec<Response>,
    /// The scopes that its security requirements name, each sufficient on its own, the least privileged first.
    pub scopes: Vec<String>,
    pub deprecated: bool,
}

impl Operation {
    /// The call and its id, for messages: `POST /v3/catalog/brands (createBrand)`.
    pub(crate) fn call(&self) -> String {
        let method = self.method.to_ascii_uppercase();
        format!("{method} {} ({})", self.path, self.id)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct OfficialParameter {
    pub name: String,
    pub place: String,
    pub shape: Shape,
    pub required: bool,
    pub deprecated: bool,
    /// A list of values repeats the parameter.
    pub exploded: bool,
    /// It is declared for all methods of the path, and not in the operation.
    pub of_path: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub media: String,
    /// The alternative bodies.
    pub others: Vec<String>,
    pub required: bool,
    pub shape: Shape,
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// The status; nothing for `default`.
    pub status: Option<u16>,
    pub media: Option<String>,
    pub shape: Option<Shape>,
}

/// Reads every operation, in the order of the file.
pub(crate) fn read(mut reader: Reader<'_>) -> Official {
    let root = reader.source.root();
    let title = root.pointer("/info/title").and_then(Value::as_str);
    let server = root.pointer("/servers/0/url").and_then(Value::as_str);
    let version = server.map(version_of).unwrap_or_default();
    let mut operations = Vec::new();
    for (path, item) in root
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let item = reader.source.follow(item);
        for method in METHODS {
            if let Some(value) = item.get(method).filter(|value| value.is_object()) {
                let path = match version {
                    "" => path.clone(),
                    version => format!("/{version}{path}"),
                };
                operations.push(operation(&mut reader, method, path, item, value));
            }
        }
    }
    Official {
        title: title.unwrap_or_default().to_owned(),
        version: version.to_owned(),
        elsewhere: server.filter(|url| !is_store(url)).map(str::to_owned),
        operations,
        arena: reader.arena,
    }
}

/// Whether an address is that of the stores' API, or one without a host.
fn is_store(url: &str) -> bool {
    let host = url.split_once("://").map_or("", |(_, rest)| rest);
    host.is_empty() || host.starts_with("api.bigcommerce.com/stores/")
}

/// The last segment of a server's address, if it names a generation.
fn version_of(url: &str) -> &str {
    let last = url.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let digits = last.strip_prefix('v').unwrap_or("");
    let is_version = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if is_version { last } else { "" }
}

fn operation<'a>(
    reader: &mut Reader<'a>,
    method: &'static str,
    path: String,
    item: &'a Value,
    value: &'a Value,
) -> Operation {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let tag = list(value, "tags").first().and_then(Value::as_str);
    Operation {
        // Our own export has an id that is unique in the file, and the official one in addition.
        id: text("x-operation-id")
            .or_else(|| text("operationId"))
            .unwrap_or_else(|| format!("{method} {path}")),
        tag: tag.unwrap_or_default().to_owned(),
        method,
        path,
        parameters: parameters(reader, item, value),
        body: body(reader, value),
        responses: responses(reader, value),
        scopes: scopes(reader.source.root(), value),
        deprecated: value.get("deprecated").and_then(Value::as_bool) == Some(true),
    }
}

/// The scopes of the requirements of an operation, or else of the whole description. Each requirement is sufficient
/// on its own, and the least privileged is the first.
fn scopes(root: &Value, operation: &Value) -> Vec<String> {
    let declared = operation.get("security").or_else(|| root.get("security"));
    let requirements = declared.and_then(Value::as_array).into_iter().flatten();
    let lists = requirements
        .filter_map(Value::as_object)
        .flat_map(|one| one.values());
    let scopes = lists.filter_map(|list| list.get(0)?.as_str());
    scopes.map(str::to_owned).collect()
}

/// The parameters of the path and of the operation; the operation's win.
fn parameters<'a>(
    reader: &mut Reader<'a>,
    item: &'a Value,
    value: &'a Value,
) -> Vec<OfficialParameter> {
    let mut found: IndexMap<(String, String), OfficialParameter> = IndexMap::new();
    let of_path = list(item, "parameters").iter().map(|one| (one, true));
    let own = list(value, "parameters").iter().map(|one| (one, false));
    for (parameter, of_path) in of_path.chain(own) {
        let parameter = reader.source.follow(parameter);
        let text = |key: &str| {
            parameter
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let (name, place) = (text("name").to_owned(), text("in").to_owned());
        let schema = parameter.get("schema").unwrap_or(parameter);
        let read = OfficialParameter {
            shape: reader.shape(schema),
            required: parameter.get("required").and_then(Value::as_bool) == Some(true),
            deprecated: parameter.get("deprecated").and_then(Value::as_bool) == Some(true),
            exploded: parameter.get("explode").and_then(Value::as_bool) == Some(true),
            of_path,
            name,
            place,
        };
        found.insert((read.name.clone(), read.place.clone()), read);
    }
    found.into_values().collect()
}

fn body<'a>(reader: &mut Reader<'a>, value: &'a Value) -> Option<Body> {
    let body = reader.source.follow(value.get("requestBody")?);
    let (media, content) = content(body)?;
    let all = body.get("content").and_then(Value::as_object);
    let others = all.into_iter().flat_map(serde_json::Map::keys);
    let told =
        |other: &&String| *other != media && !(media.contains("json") && other.contains("json"));
    Some(Body {
        media: media.to_owned(),
        others: others.filter(told).cloned().collect(),
        required: body.get("required").and_then(Value::as_bool) == Some(true),
        shape: content
            .get("schema")
            .map_or_else(Shape::default, |s| reader.shape(s)),
    })
}

fn responses<'a>(reader: &mut Reader<'a>, value: &'a Value) -> Vec<Response> {
    let responses = value.get("responses").and_then(Value::as_object);
    let read = responses
        .into_iter()
        .flatten()
        .filter_map(|(status, response)| {
            let status = match status.as_str() {
                "default" => None,
                code => Some(code.parse().ok()?),
            };
            let response = reader.source.follow(response);
            let content = content(response);
            Some(Response {
                status,
                media: content.map(|(media, _)| media.to_owned()),
                shape: content
                    .and_then(|(_, content)| content.get("schema"))
                    .map(|schema| reader.shape(schema)),
            })
        });
    read.collect()
}

/// The content as JSON, otherwise the first one.
fn content(value: &Value) -> Option<(&str, &Value)> {
    let content = value.get("content").and_then(Value::as_object)?;
    let json = content.iter().find(|(media, _)| media.contains("json"));
    let (media, content) = json.or_else(|| content.iter().next())?;
    Some((media, content))
}
