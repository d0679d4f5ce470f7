//! What the tables of endpoints can be narrowed by.

use serde::Serialize;

use crate::model::Api;

/// What a table of endpoints can be narrowed by.
#[derive(Debug, Serialize)]
pub(in super::super) struct Choices {
    pub methods: Vec<&'static str>,
    pub scopes: Vec<String>,
    pub versions: Vec<String>,
    pub events: Vec<String>,
}

impl Choices {
    /// What is in use, each in the order of its first use.
    pub(in super::super) fn of(api: &Api) -> Self {
        let of_each = api.endpoints.iter();
        Self {
            methods: once(of_each.clone().map(|one| one.method.as_str())),
            scopes: api.scopes.iter().map(|scope| scope.wire.clone()).collect(),
            versions: once(
                of_each
                    .clone()
                    .map(|one| api.generation(one.generation).0.to_owned()),
            ),
            events: once(
                of_each
                    .flat_map(|one| one.fires.iter().chain(&one.event))
                    .map(|id| api.event(*id).scope.clone()),
            ),
        }
    }
}

/// Each value once.
fn once<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
