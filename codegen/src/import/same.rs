//! Finds equal schemas, so that each is written once.

use std::collections::HashMap;

use super::{
    draft::{DraftField, DraftSchema},
    names,
    pool::Pool,
};

/// How often equal parts may make their parents equal.
const ROUNDS: usize = 16;

/// Maps each schema to the first equal one, usually itself. A body or a response only equals another whose
/// name ends with the same word; a schema in fields may have any name, if it has more than one field.
pub(crate) fn first(pool: &Pool) -> Vec<usize> {
    let mut same: Vec<usize> = (0..pool.schemas.len()).collect();
    for _ in 0..ROUNDS {
        let mut by_content: HashMap<String, usize> = HashMap::new();
        let mut next = Vec::with_capacity(same.len());
        for place in 0..same.len() {
            let content = content(pool, place, &same);
            next.push(*by_content.entry(content).or_insert(place));
        }
        if next == same {
            break;
        }
        same = next;
    }
    same
}

/// All facts of a schema, with the schemas it names by their positions.
fn content(pool: &Pool, place: usize, same: &[usize]) -> String {
    let Some(pooled) = pool.schemas.get(place) else {
        return String::new();
    };
    let here = same.get(place);
    let spelled = |text: &str| match pool.find(pooled.home, text) {
        Some((target, found)) => match same.get(target) {
            first if first == here => found.renamed("#"),
            Some(first) => found.renamed(&format!("#{first}")),
            None => text.to_owned(),
        },
        None => text.to_owned(),
    };
    let schema = &pooled.schema;
    let fields = schema.fields.iter().map(|field| DraftField {
        kind: spelled(&field.kind),
        types: field
            .types
            .iter()
            .map(|(view, kind)| (*view, spelled(kind)))
            .collect(),
        ..field.clone()
    });
    let said = DraftSchema {
        name: match schema.fields.len() {
            0 | 1 => schema.name.clone(),
            _ if schema.root => names::words(&schema.name).pop().unwrap_or_default(),
            _ => String::new(),
        },
        official: None,
        root: false,
        fields: fields.collect(),
        one_of: schema
            .one_of
            .iter()
            .map(|(branch, kind)| (branch.clone(), spelled(kind)))
            .collect(),
        todo: Vec::new(),
        ..schema.clone()
    };
    format!("{said:?}")
}
