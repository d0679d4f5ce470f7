//! What the tables of endpoints can be narrowed by.

use serde::Serialize;

use crate::model::Api;

/// What a table of endpoints can be narrowed by.
#[derive(Debug, Serialize)]
pub(in super::super) struct Choices {
    pub methods: Vec<&'static str>,
}

impl Choices {
    /// What is in use, each in the order of its first use.
    pub(in super::super) fn of(api: &Api) -> Self {
        let mut methods = Vec::new();
        for endpoint in &api.endpoints {
            let method = endpoint.method.as_str();
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
        Self { methods }
    }
}
