//! Filling a new store, by the rules of the calls that a client makes.

use serde_json::Value;

use super::{Context, Model, Work, object};
use crate::catalogue::{Catalogue, Endpoint};
use crate::exchange::Request;
use crate::refusal::Refusal;
use crate::setting::{Caller, Setting};
use crate::state::{Change, Shelves};
use crate::values::plain;

/// Creates a record for each body, as a call of this endpoint with these path parameters does.
pub(crate) type Make = fn(
    &Seeding<'_>,
    &str,
    &[(String, String)],
    &mut dyn Iterator<Item = Value>,
) -> Result<(), Refusal>;

/// A new store that is being filled.
pub(crate) struct Seeding<'a> {
    pub(crate) catalogue: &'static Catalogue,
    pub(crate) model: &'static Model,
    pub(crate) shelves: &'a Shelves,
    pub(crate) setting: &'a Setting,
    make: Make,
    /// The requested number of products.
    pub(crate) products: usize,
}

impl<'a> Seeding<'a> {
    /// Fills a store.
    pub(crate) fn fill(
        catalogue: &'static Catalogue,
        model: &'static Model,
        shelves: &'a Shelves,
        setting: &'a Setting,
        (products, make): (usize, Make),
    ) -> Result<(), String> {
        let mut seeding = Self {
            catalogue,
            model,
            shelves,
            setting,
            make,
            products,
        };
        for collection in model.collections.values() {
            collection.rules.seed(&mut seeding).map_err(|refusal| {
                let (name, says, fields) = (&collection.name, &refusal.title, &refusal.fields);
                format!("the seeds of `{name}`: {says} {fields:?}")
            })?;
        }
        Ok(())
    }

    /// Creates records as a call does, one for each body.
    pub(crate) fn make(
        &self,
        endpoint: &str,
        bodies: impl IntoIterator<Item = Value>,
    ) -> Result<(), Refusal> {
        (self.make)(self, endpoint, &[], &mut bodies.into_iter())
    }

    /// Creates a record of the parent with this key in the path parameter `above`, as a call does.
    pub(crate) fn make_under(
        &self,
        endpoint: &str,
        (above, key): (&str, &Value),
        body: Value,
    ) -> Result<(), Refusal> {
        let path = [(above.to_owned(), plain(key))];
        (self.make)(self, endpoint, &path, &mut std::iter::once(body))
    }

    /// Adds records by the rules of their collection alone.
    pub(crate) fn put(
        &self,
        endpoint: &str,
        records: impl IntoIterator<Item = Value>,
    ) -> Result<(), Refusal> {
        let endpoint = self.endpoint(endpoint)?;
        let operation = self.model.operation(&endpoint.id);
        let operation = operation.ok_or_else(|| Refusal::defect("nothing is kept there"))?;
        let (request, caller) = (Request::default(), Caller::default());
        let mut change = Change::begin(self.shelves);
        let mut work = Work {
            catalogue: self.catalogue,
            model: self.model,
            missing: endpoint.bad_status(),
            context: &Context::new(self.shelves, self.setting, &caller, &[], &request),
            change: &mut change,
        };
        for record in records {
            work.make(&operation.collection, object(record))?;
        }
        change.keep();
        Ok(())
    }

    /// The endpoint with this id.
    pub(crate) fn endpoint(&self, id: &str) -> Result<&'static Endpoint, Refusal> {
        let found = self.catalogue.endpoint(id);
        found.ok_or_else(|| Refusal::defect("there is no such endpoint"))
    }

    /// A field of every record, in the order of their keys.
    pub(crate) fn every(&self, collection: &str, field: &str) -> Vec<Value> {
        let shelf = self.shelves.shelf(collection);
        shelf.map_or_else(
            |_| Vec::new(),
            |shelf| {
                let records = shelf.iter();
                let values = records.map(|(_, record)| record.get(field).cloned());
                values.map(Option::unwrap_or_default).collect()
            },
        )
    }

    /// A record, always the same one for the same `n` and seed; null if there are none.
    pub(crate) fn pick(&self, list: &[Value], n: usize) -> Value {
        let n = i64::try_from(n).unwrap_or_default();
        let at = self.shelves.spread(n) as usize;
        let picked = at.checked_rem(list.len()).and_then(|at| list.get(at));
        picked.cloned().unwrap_or_default()
    }
}
