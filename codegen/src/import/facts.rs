//! Facts about the API beyond its descriptions: the scope of each path and the sizes of batches. The data is
//! in `facts.yaml`.

use indexmap::IndexMap;
use serde::Deserialize;

use super::ImportError;
use crate::bare_path::bare;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    areas: IndexMap<String, Area>,
    scopes: IndexMap<String, String>,
    batches: IndexMap<String, u32>,
}

/// A scope area: its name in the control panel and the strings of its levels.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Area {
    pub label: String,
    #[serde(default)]
    pub read: Option<String>,
    #[serde(default)]
    pub modify: Option<String>,
}

impl Facts {
    pub(crate) fn read() -> Result<Self, ImportError> {
        serde_yaml::from_str(include_str!("facts.yaml")).map_err(ImportError::Yaml)
    }

    /// An area by its name.
    pub(crate) fn area(&self, name: &str) -> Option<&Area> {
        self.areas.get(name)
    }

    /// The area and the level of a scope, if it is known.
    pub(crate) fn level(&self, wire: &str) -> Option<(&str, &'static str)> {
        self.areas.iter().find_map(|(name, area)| {
            let is = |level: &Option<String>| level.as_deref() == Some(wire);
            match (is(&area.read), is(&area.modify)) {
                (true, _) => Some((name.as_str(), "read")),
                (_, true) => Some((name.as_str(), "modify")),
                _ => None,
            }
        })
    }

    /// The scope area of a path, if it is known.
    pub(crate) fn scope(&self, path: &str) -> Option<&str> {
        let bare = bare(path);
        let mut here = bare.as_str();
        loop {
            if let Some(area) = self.scopes.get(here) {
                return (!area.is_empty()).then_some(area);
            }
            here = here.rsplit_once('/')?.0;
        }
    }

    /// How many items a call may have, if it is known.
    pub(crate) fn batch(&self, method: &str, path: &str) -> Option<u32> {
        let call = format!("{} {}", method.to_ascii_uppercase(), bare(path));
        self.batches.get(&call).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::pipeline;

    #[test]
    fn the_longest_path_decides_the_scope_and_every_area_is_described() {
        let facts = Facts::read().unwrap();
        let scope = |path| facts.scope(path);
        assert_eq!(scope("/v3/carts/{cart_id}/items"), Some("carts"));
        assert_eq!(scope("/v3/carts/settings"), Some("information"));
        assert_eq!(scope("/v3/checkouts/settings"), None);
        assert_eq!(scope("/v3/cartons"), None);
        assert_eq!(
            facts.batch("put", "/v3/pricelists/{id}/records"),
            Some(1000)
        );
        let used = facts.scopes.values().filter(|area| !area.is_empty());
        for area in used {
            assert!(facts.area(area).is_some(), "{area}");
        }
    }

    #[test]
    fn what_the_spec_states_as_well_is_the_same_there_and_every_path_is_one_of_its_own() {
        let facts = Facts::read().unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
        let api = pipeline::read(&folder).api.unwrap();
        for endpoint in &api.endpoints {
            let area = facts.scope(&endpoint.path);
            if let Some(area) = area.and_then(|name| facts.area(name)) {
                let wire = &api.scope(endpoint.scope).wire;
                let mut known = [&area.read, &area.modify].into_iter().flatten();
                assert!(known.any(|it| it == wire), "{}: {wire}", endpoint.id);
            }
            if let Some(most) = facts.batch(endpoint.method.as_str(), &endpoint.path) {
                let batch = endpoint.batch.as_ref();
                assert_eq!(batch.map(|it| it.max), Some(most), "{}", endpoint.id);
            }
        }
        let paths = api.endpoints.iter().map(|endpoint| bare(&endpoint.path));
        let paths: Vec<String> = paths.collect();
        for path in facts.scopes.keys() {
            let below = format!("{path}/");
            let mut own = paths.iter();
            let is_used = own.any(|own| own == path || own.starts_with(&below));
            assert!(is_used, "{path}");
        }
        let calls = api.endpoints.iter().map(|endpoint| {
            let path = bare(&endpoint.path);
            format!("{} {path}", endpoint.method.as_str())
        });
        let calls: Vec<String> = calls.collect();
        for call in facts.batches.keys() {
            assert!(calls.contains(call), "{call}");
        }
    }
}
