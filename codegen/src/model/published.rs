//! The published output: the docs site, and the documentation of the client.

use super::{Api, Group, Kind, TypeDef};

/// An item of the client, with its documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documented {
    pub name: String,
    pub address: String,
}

impl Api {
    /// The URL of a page of the docs site, if that is published.
    #[must_use]
    pub fn page_of_site(&self, file: &str) -> Option<String> {
        below(self.service.site.as_ref(), file)
    }

    /// A module of the client, by its path.
    #[must_use]
    pub fn documented_module(&self, path: &str) -> Option<Documented> {
        let file = format!("{}/index.html", path.replace("::", "/"));
        Some(Documented {
            name: path.to_owned(),
            address: below(self.service.rustdoc.as_ref(), &file)?,
        })
    }

    /// The handles of a group, read-only and full.
    #[must_use]
    pub fn documented_handles(&self, group: &Group) -> Vec<Documented> {
        let own = self.has_own_handle(group).then_some(&group.handle);
        let nested = group.nested.as_ref().map(|nested| &nested.handle);
        let handles = own.into_iter().chain(nested);
        let documented = handles.filter_map(|name| {
            let file = format!("{}/struct.{name}.html", group.name);
            Some(Documented {
                name: name.clone(),
                address: below(self.service.rustdoc.as_ref(), &file)?,
            })
        });
        documented.collect()
    }

    #[must_use]
    pub fn documented_type(&self, def: &TypeDef) -> Option<Documented> {
        let kind = match def.kind {
            Kind::Object { .. } => "struct",
            Kind::Choice(_) | Kind::Integers(_) | Kind::OneOf { .. } => "enum",
        };
        let file = format!("{}/{kind}.{}.html", self.module(def.home), def.name);
        Some(Documented {
            name: def.name.clone(),
            address: below(self.service.rustdoc.as_ref(), &file)?,
        })
    }
}

fn below(base: Option<&String>, file: &str) -> Option<String> {
    base.map(|base| format!("{}/{file}", base.trim_end_matches('/')))
}
