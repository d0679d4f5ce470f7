//! The link targets of names in prose: endpoints, fields, scopes and events. A reader of a sentence about
//! another call can go there.

use std::collections::{BTreeMap, BTreeSet};

use super::view::links::page;
use crate::model::{Api, Home};

/// A page, and an anchor on it; the page itself if that is empty.
type Place = (String, String);

/// The target of each name.
pub(super) struct Names(BTreeMap<String, Place>);

impl Names {
    /// The names of an API. An ambiguous one has no target.
    pub(super) fn of(api: &Api) -> Self {
        let html = |page: &str| format!("{page}.html");
        let mut found: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
        let mut add = |name: &str, page: String, anchor: &str| {
            let places = found.entry(name.to_owned()).or_default();
            places.insert((page, anchor.to_owned()));
        };
        for one in &api.endpoints {
            add(&one.id, html(&api.group(one.group).name), &one.id);
        }
        for one in &api.events {
            add(&one.scope, html(page::EVENTS), &one.scope);
        }
        for one in &api.scopes {
            add(&one.wire, html(&page::scope(&one.wire)), "");
        }
        for def in &api.types {
            let page = match def.home {
                Home::Group(group) => html(&api.group(group).name),
                Home::Events => html(page::EVENTS),
                // A shared type is on every page that uses it: its name has no target, whatever else has the
                // name.
                Home::Shared => String::new(),
            };
            for field in def.kind.fields() {
                let name = format!("{}.{}", def.heading(), field.wire);
                add(&name, page.clone(), &name);
            }
        }
        let one = found.into_iter().filter_map(|(name, places)| {
            let mut places = places.into_iter();
            let place = places.next().filter(|_| places.next().is_none())?;
            (!place.0.is_empty()).then_some((name, place))
        });
        Self(one.collect())
    }

    /// The address of the item with this name, relative to the page `here`; none for that page itself.
    pub(super) fn href(&self, name: &str, here: &str) -> Option<String> {
        let (page, anchor) = self.0.get(name)?;
        match (page == here, anchor.is_empty()) {
            (true, true) => None,
            (true, false) => Some(format!("#{anchor}")),
            (false, true) => Some(page.clone()),
            (false, false) => Some(format!("{page}#{anchor}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_where_it_is_described_but_for_the_page_that_it_names() {
        let place = |page: &str, anchor: &str| (page.to_owned(), anchor.to_owned());
        let names = Names(BTreeMap::from([
            ("pets.list".to_owned(), place("pets.html", "pets.list")),
            ("pets_read".to_owned(), place("scope-pets_read.html", "")),
        ]));
        let href = |name: &str, here: &str| names.href(name, here).unwrap_or_default();
        assert_eq!(href("pets.list", "pets.html"), "#pets.list");
        assert_eq!(href("pets.list", "index.html"), "pets.html#pets.list");
        assert_eq!(href("pets_read", "pets.html"), "scope-pets_read.html");
        assert_eq!(href("pets_read", "scope-pets_read.html"), "");
        assert_eq!(href("pets", "pets.html"), "");
    }
}
