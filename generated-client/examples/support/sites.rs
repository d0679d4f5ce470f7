//! The sites of a store, to which redirects belong.

use std::collections::BTreeMap;

use bigcommerce_client::Client;

use super::{
    redirects_file::{Row, Site, host, told},
    support::Failure,
};

/// The hosts of the sites, by id.
pub struct Sites(BTreeMap<i64, String>);

impl Sites {
    pub async fn of(store: &Client) -> Result<Self, Failure> {
        let mut found = BTreeMap::new();
        let mut sites = store.sites().list().stream();
        while let Some(site) = sites.try_next().await? {
            let url = site.url.unwrap_or_default();
            found.insert(site.id, host(&url).to_lowercase());
        }
        Ok(Self(found))
    }

    /// Assigns each row to a site: the one that it names, else the selected one, else the only one.
    pub fn place(&self, path: &str, rows: &mut [Row], chosen: Option<i64>) -> Result<(), Failure> {
        let mut all = self.0.keys().copied();
        let only = all.next().filter(|_| all.next().is_none());
        let mut wrong = Vec::new();
        for row in rows {
            let site = match &row.site {
                Site::Unnamed => match chosen.or(only) {
                    Some(site) => self.0.contains_key(&site).then_some(site).ok_or_else(|| {
                        format!("the store has no site {site}; it has {}", self.named())
                    }),
                    None => Err(format!("select the site with --site: {}", self.named())),
                },
                Site::Id(id) if self.0.contains_key(id) => Ok(*id),
                Site::Id(id) => Err(format!(
                    "the store has no site {id}; it has {}",
                    self.named()
                )),
                Site::Host(host) => {
                    let mut known = self.0.iter();
                    let known = known.find(|(_, known)| *known == host);
                    known.map(|(id, _)| *id).ok_or_else(|| {
                        format!("the store has no site at {host}; it has {}", self.named())
                    })
                }
            };
            match site {
                Ok(site) => row.site = Site::Id(site),
                Err(why) => wrong.push(format!("line {}: {why}", row.line)),
            }
        }
        match wrong.as_slice() {
            [] => Ok(()),
            wrong => Err(told(path, wrong)),
        }
    }

    /// The path on its own site to which a row leads.
    pub fn path(&self, row: &Row) -> Option<String> {
        let own = match &row.site {
            Site::Id(id) => self.0.get(id).map(String::as_str),
            _ => None,
        };
        row.to.path(own)
    }

    fn named(&self) -> String {
        let sites = self.0.iter().map(|(id, host)| format!("{id} ({host})"));
        sites.collect::<Vec<_>>().join(", ")
    }
}
