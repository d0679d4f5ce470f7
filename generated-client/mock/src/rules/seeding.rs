//! Filling a new store, by the rules of the calls that a client makes.

use serde_json::Value;

use super::{Model, object};
use crate::calls::Run;
use crate::catalogue::Catalogue;
use crate::exchange::Asked;
use crate::refusal::Refusal;
use crate::setting::{Caller, Setting};
use crate::state::{Change, Shelves};

/// A new store that is being filled.
pub(crate) struct Seeding<'a> {
    catalogue: &'static Catalogue,
    model: &'static Model,
    shelves: &'a Shelves,
    setting: &'a Setting,
    asked: Asked,
    /// How many products were asked for.
    pub(crate) products: usize,
}

impl<'a> Seeding<'a> {
    /// Fills a store.
    pub(crate) fn fill(
        catalogue: &'static Catalogue,
        model: &'static Model,
        shelves: &'a Shelves,
        setting: &'a Setting,
        products: usize,
    ) -> Result<(), String> {
        let mut seeding = Self {
            catalogue,
            model,
            shelves,
            setting,
            asked: Asked::default(),
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

    /// Makes records as a call does, one for each body.
    pub(crate) fn make(
        &self,
        endpoint: &str,
        bodies: impl IntoIterator<Item = Value>,
    ) -> Result<(), Refusal> {
        let caller = Caller::default();
        let run = self.run(endpoint, &caller)?;
        let mut change = Change::begin(self.shelves);
        for body in bodies {
            run.make_new(&mut change, body)?;
        }
        change.keep();
        Ok(())
    }

    /// Puts records by the rules of their collection alone.
    pub(crate) fn put(
        &self,
        endpoint: &str,
        records: impl IntoIterator<Item = Value>,
    ) -> Result<(), Refusal> {
        let caller = Caller::default();
        let run = self.run(endpoint, &caller)?;
        let mut change = Change::begin(self.shelves);
        for record in records {
            run.put_new(&mut change, run.collection, object(record))?;
        }
        change.keep();
        Ok(())
    }

    fn run<'b>(&'b self, endpoint: &str, caller: &'b Caller) -> Result<Run<'b>, Refusal> {
        let endpoint = self.catalogue.endpoint(endpoint);
        let endpoint = endpoint.ok_or_else(|| Refusal::defect("there is no such endpoint"))?;
        let place = (self.catalogue, self.model, self.shelves, self.setting);
        Run::prepare(place, endpoint, &[], &self.asked, caller)
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

    /// One of them, the same one again for the same `n` in a store of the same seed; null of none.
    pub(crate) fn pick(&self, list: &[Value], n: usize) -> Value {
        let n = i64::try_from(n).unwrap_or_default();
        let at = self.shelves.spread(n) as usize;
        let picked = at.checked_rem(list.len()).and_then(|at| list.get(at));
        picked.cloned().unwrap_or_default()
    }
}
