//! The names of types in a document, with the name of the group before them if two groups have the same
//! one.

use std::collections::HashMap;

use heck::ToUpperCamelCase;

use crate::model::Api;

/// The name of each type.
pub(super) struct Names(Vec<String>);

impl Names {
    pub(super) fn new(api: &Api) -> Self {
        let mut times: HashMap<&str, usize> = HashMap::new();
        for def in &api.types {
            *times.entry(&def.name).or_default() += 1;
        }
        let mut taken: HashMap<String, usize> = HashMap::new();
        let names = api.types.iter().map(|def| {
            let shared = times.get(def.name.as_str()).is_some_and(|times| *times > 1);
            let group = if shared {
                api.module(def.home).to_upper_camel_case()
            } else {
                String::new()
            };
            let name = format!("{group}{}", def.name);
            let count = taken.entry(name.clone()).or_default();
            *count += 1;
            match *count {
                1 => name,
                count => format!("{name}{count}"),
            }
        });
        Self(names.collect())
    }

    /// The same for the calls that BigCommerce makes, whose types are in the same document.
    pub(super) fn of_inbound(api: &Api) -> Self {
        let Self(names) = Self::new(api);
        let names = names.into_iter();
        Self(names.map(|name| format!("Inbound{name}")).collect())
    }

    /// The name of the type at this place.
    pub(super) fn of(&self, at: usize) -> &str {
        self.0.get(at).map_or("", String::as_str)
    }
}
