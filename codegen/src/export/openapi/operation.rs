//! A call as an operation.

use serde_json::{Map, Value, json};

use super::{Writer, security, server};
use crate::model::{Endpoint, Role, Turn};

impl Writer<'_> {
    /// The operation; `path` maps the names of path parameters to those of the document.
    pub(super) fn operation(self, endpoint: &Endpoint, path: &[(String, String)]) -> Value {
        let group = self.api.group(endpoint.group);
        let mut operation = Map::new();
        let mut put = |key: &str, value: Value| operation.insert(key.to_owned(), value);
        put("operationId", endpoint.id.replace('.', "_").into());
        put("x-operation-id", endpoint.operation.clone().into());
        put("tags", json!([group.title]));
        put("summary", endpoint.does.clone().into());
        let also = security::also(self.api, endpoint);
        let note = endpoint.note.iter().cloned();
        let description: Vec<String> = note.chain(also.sentences).collect();
        if !description.is_empty() {
            put("description", description.join(" ").into());
        }
        if endpoint.deprecated.is_some() {
            put("deprecated", true.into());
        }
        if let Some((_, at)) = self.api.server(group) {
            put("servers", json!([server(&at.base_url)]));
        }
        put("security", security::of(self.api, endpoint));
        if !also.listed.is_empty() {
            put("x-also-needs", also.listed.into());
        }
        put("parameters", self.parameters(endpoint, path));
        if let Some(body) = self.body(endpoint) {
            put("requestBody", body);
        }
        put("responses", self.responses(endpoint));
        operation.into()
    }

    fn parameters(self, endpoint: &Endpoint, path: &[(String, String)]) -> Value {
        let mut all = Vec::new();
        for parameter in &endpoint.path_parameters {
            let name = path.iter().find(|(ours, _)| *ours == parameter.wire);
            let name = name.map_or(&parameter.wire, |(_, theirs)| theirs);
            all.push(self.parameter("path", name, parameter));
        }
        for parameter in &endpoint.query {
            let mut written = self.parameter("query", &parameter.wire, parameter);
            let size = parameter.role == Role::Page(Turn::Size);
            if let (true, Some(limit)) = (size, &endpoint.limit)
                && let Some(schema) = written.get_mut("schema").and_then(Value::as_object_mut)
            {
                schema.insert("default".to_owned(), limit.default.into());
                if !limit.unstated {
                    schema.insert("maximum".to_owned(), limit.max.into());
                }
            }
            all.push(written);
        }
        all.extend(self.sort(endpoint));
        let headers = endpoint.headers.iter();
        all.extend(headers.map(|one| self.parameter("header", &one.wire, one)));
        all.into()
    }

    fn body(self, endpoint: &Endpoint) -> Option<Value> {
        if !endpoint.form.is_empty() {
            return Some(self.form(endpoint));
        }
        let body = endpoint.body.as_ref()?;
        let mut schema = self.value(&body.ty, None);
        // The field of an array in the body has the maximum number of items.
        let whole = endpoint.all.as_ref().is_none_or(|all| all.field.is_none());
        let batch = endpoint.batch.as_ref();
        let batch = batch.filter(|batch| whole && !batch.unstated);
        if let (Some(batch), Some(map)) = (batch, schema.as_object_mut()) {
            map.insert("maxItems".to_owned(), batch.max.into());
        }
        Some(json!({
            "required": !body.optional,
            "content": { "application/json": { "schema": schema } },
        }))
    }

    fn form(self, endpoint: &Endpoint) -> Value {
        let parts = endpoint.form.iter();
        let properties: Map<_, _> = parts
            .clone()
            .map(|part| (part.wire.clone(), self.of_parameter(part)))
            .collect();
        let required: Vec<&str> = parts
            .filter(|part| part.required)
            .map(|part| &*part.wire)
            .collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if let (false, Some(map)) = (required.is_empty(), schema.as_object_mut()) {
            map.insert("required".to_owned(), json!(required));
        }
        let mut content = json!({ "schema": schema });
        let encoding = endpoint.file_types().map(|(name, types)| {
            let types: Vec<_> = types.iter().map(|ty| ty.media_type()).collect();
            (name.to_owned(), json!({ "contentType": types.join(", ") }))
        });
        let encoding: Map<_, _> = encoding.collect();
        if let (false, Some(map)) = (encoding.is_empty(), content.as_object_mut()) {
            map.insert("encoding".to_owned(), encoding.into());
        }
        json!({ "required": true, "content": { "multipart/form-data": content } })
    }
}
