//! One endpoint of a template in a use, for editing the use.

use serde_json::Value;

use super::{
    ENDPOINTS, TEMPLATE,
    nodes::{entries, get, items},
    template::Template,
    use_of::Stated,
};
use crate::{
    diagnostic::{Segment, SpecPath},
    load::{node::Node, yaml},
};

/// What a template makes of one of its endpoints in a use, before the use itself sets anything for that
/// endpoint. Both files are passed with their texts.
pub(crate) fn filled(
    (template, text): (&str, &str),
    (file, group): (&str, &str),
    way: &[Segment],
    place: usize,
) -> Option<Value> {
    let (node, _) = yaml::read(template, text);
    let node = node?;
    let (group, _) = yaml::read(file, group);
    let group = group?;
    let here = way.iter().try_fold(&group, |here, step| match step {
        Segment::Key(key) => get(here, key),
        Segment::Index(index) => items(Some(here)).get(*index),
    })?;
    let says = entries(here).iter().filter(|(key, _)| key != TEMPLATE);
    let says = Node::Map(says.cloned().collect());
    let template = Template::of(template, &node);
    let stated = Stated {
        file,
        group: &group,
        says: &says,
        way: way.to_vec(),
        place: SpecPath::file(file),
    };
    let made = template.with(&stated.values(&template));
    let endpoint = items(get(&made, ENDPOINTS)).get(place)?;
    Some(endpoint.json())
}
