//! Further search terms for the table of endpoints: parameters, and the fields of requests and responses. It
//! is a script that is loaded on the first search.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{endpoint::type_ids, reach};
use crate::model::{Api, Kind, TypeId};

/// The names, each object's once.
#[derive(Serialize)]
struct Names<'a> {
    /// The fields of each object.
    objects: Vec<String>,
    /// For each endpoint its parameters, then the positions of the objects.
    endpoints: BTreeMap<&'a str, (String, Vec<usize>)>,
}

/// The script that defines the names.
pub(in super::super) fn script(api: &Api) -> String {
    let mut places: BTreeMap<TypeId, usize> = BTreeMap::new();
    let mut objects = Vec::new();
    let mut endpoints = BTreeMap::new();
    for endpoint in &api.endpoints {
        let mut of = Vec::new();
        for id in reach::reachable(api, type_ids(endpoint)) {
            let Kind::Object { fields, .. } = &api.ty(id).kind else {
                continue;
            };
            let at = *places.entry(id).or_insert_with(|| {
                let names: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
                objects.push(names.join(" "));
                objects.len() - 1
            });
            of.push(at);
        }
        let path = endpoint.path_parameters.iter();
        let all = path.chain(&endpoint.query).chain(&endpoint.headers);
        let names: Vec<&str> = all
            .chain(&endpoint.form)
            .map(|it| it.wire.as_str())
            .collect();
        endpoints.insert(endpoint.id.as_str(), (names.join(" "), of));
    }
    // Strings and numbers always become JSON.
    let names = serde_json::to_string(&Names { objects, endpoints }).unwrap_or_default();
    format!("var ENDPOINT_FIELDS = {names};\n")
}
