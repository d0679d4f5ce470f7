//! A list that is answered as a tree.

use serde_json::{Value, json};

use super::find::Found;
use super::order::ordered;
use super::{Done, Run};
use crate::catalogue::Nests;
use crate::refusal::Refusal;
use crate::state::Key;
use crate::values::key_of;

impl Run<'_> {
    pub(super) fn tree(&self, nests: &Nests, mut found: Found) -> Result<Done, Refusal> {
        if let Some(order) = &nests.order {
            found.sort_by(|(_, one), (_, other)| {
                ordered(
                    one.get(order).unwrap_or(&Value::Null),
                    other.get(order).unwrap_or(&Value::Null),
                )
            });
        }
        let depth = nests.depth.as_ref().and_then(|name| {
            self.query
                .searches
                .iter()
                .find(|(parameter, _)| parameter == name)
        });
        let depth = depth
            .and_then(|(_, depth)| depth.parse().ok())
            .unwrap_or(usize::MAX);
        let data = self.below(nests, &found, &Key::Number(0), depth)?;
        Ok(Done {
            body: self.wrapped(data),
            ..Done::default()
        })
    }

    fn below(
        &self,
        nests: &Nests,
        found: &Found,
        above: &Key,
        depth: usize,
    ) -> Result<Value, Refusal> {
        let mut nodes = Vec::new();
        for (key, record) in found {
            if record.get(&nests.under).and_then(key_of).as_ref() != Some(above) {
                continue;
            }
            let mut node = self.shown(record)?;
            let children = if depth > 0 {
                self.below(nests, found, key, depth - 1)?
            } else {
                json!([])
            };
            if let Value::Object(node) = &mut node {
                node.insert(nests.into.clone(), children);
            }
            nodes.push(node);
        }
        Ok(Value::Array(nodes))
    }
}
