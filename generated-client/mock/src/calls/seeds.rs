//! Filling a new store, by the rules of the calls that a client makes.

use std::sync::Arc;

use serde_json::Value;

use super::Run;
use crate::catalogue::{Catalogue, Collection, Seeds};
use crate::engine::{Caller, EngineError, Setting};
use crate::forms::Names;
use crate::state::{Change, Shelves};
use crate::values::plain;

/// Makes the records that a new store has.
pub(crate) fn sow(
    catalogue: &'static Catalogue,
    shelves: &Arc<Shelves>,
    setting: &Setting,
    products: usize,
) -> Result<(), EngineError> {
    let mut beds: Vec<(&'static str, &'static Collection, &'static Seeds)> = catalogue
        .store
        .collections
        .iter()
        .filter_map(|(name, rules)| Some((name.as_str(), rules, rules.seeds.as_ref()?)))
        .collect();
    beds.sort_by_key(|(_, _, seeds)| seeds.rank);
    for (name, rules, seeds) in beds {
        let mut names = Names::new(shelves);
        names.set("products", products as u64);
        names.set("now", crate::values::now());
        names.set_json(
            "store",
            &serde_json::json!({ "hash": setting.hash, "url": setting.url }),
        );
        let wrong = |says: String| EngineError::new(format!("the seeds of `{name}`: {says}"));
        let count = seeds
            .count
            .give(&names)
            .map_err(|error| wrong(error.to_string()))?;
        let count = count
            .as_ref()
            .and_then(crate::values::number)
            .unwrap_or(0.0);
        for n in 1..=crate::values::whole(count.floor()).unwrap_or(0) {
            names.set("n", n);
            one(
                catalogue,
                shelves,
                setting,
                (name, &rules.group),
                seeds,
                &names,
            )
            .map_err(|says| wrong(format!("number {n}: {says}")))?;
        }
    }
    Ok(())
}

fn one(
    catalogue: &'static Catalogue,
    shelves: &Arc<Shelves>,
    setting: &Setting,
    (name, group): (&str, &str),
    seeds: &'static Seeds,
    names: &Names,
) -> Result<(), String> {
    let body = seeds
        .body
        .give(names)
        .map_err(|error| error.to_string())?
        .unwrap_or_default();
    let mut path = Vec::new();
    for (parameter, form) in &seeds.path {
        let value = form.give(names).map_err(|error| error.to_string())?;
        path.push((parameter.clone(), plain(&value.unwrap_or_default())));
    }
    let by = match &seeds.by {
        Some(by) => catalogue.endpoint(&format!("{group}.{by}")),
        // Any call will do that keeps its records here: only the collection's own rules are used.
        None => catalogue
            .store
            .calls
            .iter()
            .find(|(_, call)| call.collection == name)
            .and_then(|(id, _)| catalogue.endpoint(id)),
    };
    let endpoint = by.ok_or("there is no call that makes one")?;
    let caller = Caller {
        client_id: String::new(),
    };
    let refused = |refusal: crate::Refusal| format!("{} {:?}", refusal.title, refusal.fields);
    let mut run = Run::prepare(catalogue, shelves, setting, endpoint, &path, &[], &caller)
        .map_err(refused)?;
    let mut change = Change::begin(shelves);
    if seeds.by.is_none() {
        if let Value::Object(fields) = body {
            run.put_new(&mut change, name, fields, names)
                .map_err(refused)?;
        }
    } else {
        // Only what is kept counts: nobody reads an answer, and nobody waits for an event.
        run.look_up().map_err(refused)?;
        let items = match body {
            Value::Array(items) => items,
            body => vec![body],
        };
        for item in items {
            run.make_new(&mut change, item).map_err(refused)?;
        }
    }
    change.keep();
    Ok(())
}
