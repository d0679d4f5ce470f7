//! One use of a template: what it says, held against what the template asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ENDPOINTS, Use, WITHOUT, entries, get,
    holes::filled,
    listed,
    template::{OWN, Template},
    texts,
};
use crate::{
    diagnostic::{Diagnostic, Focus, Segment, SpecPath, codes, did_you_mean},
    load::{group_name, node::Node},
    spec::{Made, Said},
};

/// A use as it stands in the file of a group.
pub(super) struct Stated<'a, 's> {
    pub file: &'s str,
    pub group: &'s Node<'a>,
    /// The name of the template.
    pub name: &'s str,
    pub says: &'s Node<'a>,
    pub place: SpecPath,
}

impl<'a> Stated<'a, '_> {
    /// The group that it makes; `None` where something is wrong with it.
    pub fn of(&self, template: &Template<'a, '_>, out: &mut Vec<Diagnostic>) -> Option<Use<'a>> {
        let before = out.len();
        self.missing(template, out);
        for (name, value) in entries(self.says) {
            match &**name {
                WITHOUT => self.without(template, out),
                ENDPOINTS => self.endpoints(template, value, out),
                name => self.argument(template, name, value, out),
            }
        }
        if out.len() > before {
            return None;
        }
        let mut node = template.with(&self.values(template));
        let said = self.apply(template, &mut node);
        Some(Use {
            template: template.file,
            node,
            made: Some(Made {
                by: group_name(self.file).unwrap_or(self.file).to_owned(),
                file: self.file.to_owned(),
            }),
            without: texts(get(self.says, WITHOUT)),
            said,
        })
    }

    /// What each hole is filled with.
    fn values(&self, template: &Template<'a, '_>) -> BTreeMap<String, Node<'a>> {
        let own = OWN.into_iter().filter_map(|name| {
            let known = match name {
                "feature" => get(self.group, name).or_else(|| get(self.group, "group")),
                _ => get(self.group, name),
            };
            Some((name.to_owned(), known?.clone()))
        });
        let said = entries(self.says).iter();
        let said = said.map(|(name, value)| (name.to_string(), value.clone()));
        let mut values: BTreeMap<String, Node<'a>> = own.chain(said).collect();
        for (name, default) in &template.arguments {
            if let (false, Some(default)) = (values.contains_key(*name), default) {
                let value = filled(default, &values);
                values.insert((*name).to_owned(), value);
            }
        }
        values
    }

    /// Puts what the use says of single endpoints in the place of what the template says.
    fn apply(&self, template: &Template<'a, '_>, group: &mut Node<'a>) -> Vec<(String, Said)> {
        let ids = template.ids();
        let list = match group {
            Node::Map(entries) => entries.iter_mut().find(|(name, _)| name == ENDPOINTS),
            _ => None,
        };
        let Some((_, Node::List(list))) = list else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for (id, keys) in get(self.says, ENDPOINTS).map(entries).unwrap_or_default() {
            let place = ids.get(&**id).and_then(|place| list.get_mut(*place));
            let Some(Node::Map(endpoint)) = place else {
                continue;
            };
            let keys = entries(keys);
            endpoint.retain(|(name, _)| keys.iter().all(|(key, _)| key != name));
            let there = keys.iter().filter(|(_, value)| *value != Node::Null);
            endpoint.extend(there.cloned());
            let way = ["templates", self.name, ENDPOINTS, id];
            let said = Said {
                file: self.file.to_owned(),
                way: way.map(str::to_owned).to_vec(),
                keys: keys.iter().map(|(key, _)| key.to_string()).collect(),
            };
            all.push((id.to_string(), said));
        }
        all
    }

    fn at(&self, keys: &[&str], focus: Focus) -> SpecPath {
        let mut at = self.place.clone();
        let keys = keys.iter().map(|key| Segment::Key((*key).to_owned()));
        at.segments.extend(keys);
        at.focus = focus;
        at
    }

    fn missing(&self, template: &Template<'a, '_>, out: &mut Vec<Diagnostic>) {
        let given: BTreeSet<&str> = entries(self.says).iter().map(|(name, _)| &**name).collect();
        let missing: Vec<&str> = template.needs().filter(|it| !given.contains(it)).collect();
        if !missing.is_empty() {
            let says = format!("the template asks for {}", listed(&missing));
            let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, self.place.clone(), says);
            let asked = super::at(template.file, &["arguments"], Focus::Key);
            out.push(
                problem
                    .also(asked, "asked for here")
                    .help("say it in this use"),
            );
        }
        let has = |name: &str| {
            name == "feature" || given.contains(name) || get(self.group, name).is_some()
        };
        let lacking: Vec<&str> = OWN
            .into_iter()
            .filter(|name| template.has_hole(name) && !has(name))
            .collect();
        if !lacking.is_empty() {
            let says = format!("the group has no {} for the template", listed(&lacking));
            let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, self.place.clone(), says);
            out.push(problem.help("say it in this use, or of the group"));
        }
    }

    fn argument(
        &self,
        template: &Template<'a, '_>,
        name: &str,
        value: &Node<'a>,
        out: &mut Vec<Diagnostic>,
    ) {
        let is_plain = matches!(
            value.untagged(),
            Node::Text(_) | Node::Int(_) | Node::Bool(_)
        );
        if !is_plain {
            let says = format!("{} fills no hole", value.kind());
            let at = self.at(&[name], Focus::Value);
            let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, at, says);
            out.push(problem.help("write a string, an integer or a boolean"));
        }
        let takes = template.takes();
        if !takes.contains(&name) {
            let says = format!("the template has no argument `{name}`");
            self.unknown(&[name], says, name, takes, out);
        }
    }

    fn without(&self, template: &Template<'a, '_>, out: &mut Vec<Diagnostic>) {
        let ids = template.ids();
        for id in texts(get(self.says, WITHOUT)) {
            if !ids.contains_key(&*id) {
                let says = format!("the template has no endpoint `{id}`");
                self.unknown(&[WITHOUT], says, &id, ids.keys().copied(), out);
            }
        }
    }

    fn endpoints(&self, template: &Template<'a, '_>, value: &Node<'a>, out: &mut Vec<Diagnostic>) {
        let ids = template.ids();
        let without = texts(get(self.says, WITHOUT));
        let wrong = |at, says: String| Diagnostic::new(&codes::TEMPLATE_ARGUMENT, at, says);
        if !matches!(value.untagged(), Node::Map(_)) {
            let says = format!("expected a mapping, found {}", value.kind());
            let at = self.at(&[ENDPOINTS], Focus::Value);
            out.push(wrong(at, says).help("write the ids of endpoints, each with its keys"));
        }
        for (id, keys) in entries(value) {
            let at = self.at(&[ENDPOINTS, id], Focus::Key);
            if !ids.contains_key(&**id) {
                let says = format!("the template has no endpoint `{id}`");
                self.unknown(&[ENDPOINTS, id], says, id, ids.keys().copied(), out);
            } else if without.iter().any(|left| left == id) {
                let says = format!("`{id}` is left out by `{WITHOUT}`");
                out.push(wrong(at, says).help("remove one of the two"));
            } else if !matches!(keys.untagged(), Node::Map(_)) {
                let says = format!("expected a mapping, found {}", keys.kind());
                out.push(
                    wrong(at, says).help("write the keys of the endpoint that are other here"),
                );
            } else if get(keys, "id").is_some() {
                let at = self.at(&[ENDPOINTS, id, "id"], Focus::Key);
                let says = "the id of an endpoint is the template's".to_owned();
                out.push(wrong(at, says).help("remove it"));
            }
        }
    }

    fn unknown<'n>(
        &self,
        keys: &[&str],
        says: String,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        out: &mut Vec<Diagnostic>,
    ) {
        let at = self.at(keys, Focus::Key);
        let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, at, says);
        let near = did_you_mean(name, known);
        out.push(problem.help(near.unwrap_or_else(|| "remove it".to_owned())));
    }
}
