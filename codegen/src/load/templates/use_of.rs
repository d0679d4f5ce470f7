//! One use of a template: its arguments, checked against the template.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ENDPOINTS, Use, WITHOUT,
    holes::{asked, filled},
    nodes::{at, entries, get, ids, is_plain, listed, texts},
    template::{LIST, OWN, Template},
};
use crate::{
    diagnostic::{Diagnostic, Focus, Segment, SpecPath, codes, did_you_mean},
    load::{group_name, node::Node},
    spec::{Made, Said},
};

/// A use in the file of a group.
pub(super) struct Stated<'a, 's> {
    pub file: &'s str,
    pub group: &'s Node<'a>,
    /// Its arguments, without the name of the template.
    pub says: &'s Node<'a>,
    /// The way to it.
    pub way: Vec<Segment>,
    /// The name of the template.
    pub place: SpecPath,
}

impl<'a> Stated<'a, '_> {
    /// The result; `None` if something is wrong with it.
    pub fn of(&self, template: &Template<'a, '_>, out: &mut Vec<Diagnostic>) -> Option<Use<'a>> {
        let before = out.len();
        self.missing(template, out);
        for (name, value) in entries(self.says) {
            if ![WITHOUT, ENDPOINTS].contains(&&**name) {
                self.argument(template, name, value, out);
            }
        }
        let mut node = template.with(&self.values(template));
        // If arguments are wrong, so are the ids that contain them.
        if out.len() == before || !template.has_holes_in_ids() {
            let ids = ids(&node);
            self.without(&ids, out);
            if let Some(value) = get(self.says, ENDPOINTS) {
                self.endpoints(&ids, value, out);
            }
        }
        if out.len() > before {
            return None;
        }
        let said = self.apply(template, &mut node);
        Some(Use {
            template: template.file,
            node,
            made: (!template.is_of_endpoints()).then(|| Made {
                by: group_name(self.file).unwrap_or(self.file).to_owned(),
                file: self.file.to_owned(),
            }),
            without: texts(get(self.says, WITHOUT)),
            said,
            own: self.own(template),
        })
    }

    /// The places of the group's own keys: in the template, and in the group.
    fn own(&self, template: &Template<'a, '_>) -> Vec<(Vec<Segment>, SpecPath)> {
        let own = template.holes.iter().filter_map(|hole| {
            let name = asked(&hole.name);
            let is_own = OWN.contains(&&*name) && get(self.says, &name).is_none();
            let key = match &*name {
                "feature" if get(self.group, "feature").is_none() => "group",
                other => other,
            };
            let place = at(self.file, &[key], Focus::Value);
            is_own.then(|| (hole.way.clone(), place))
        });
        own.collect()
    }

    /// The value of each placeholder.
    pub fn values(&self, template: &Template<'a, '_>) -> BTreeMap<String, Node<'a>> {
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

    /// Replaces what the template says about single endpoints by what the use says.
    fn apply(&self, template: &Template<'a, '_>, made: &mut Node<'a>) -> Vec<(String, Said)> {
        let ids = ids(made).into_iter();
        let ids: Vec<(String, usize)> = ids.map(|(id, place)| (id.to_owned(), place)).collect();
        let list = match made {
            Node::Map(entries) => entries.iter_mut().find(|(name, _)| name == ENDPOINTS),
            _ => None,
        };
        let Some((_, Node::List(list))) = list else {
            return Vec::new();
        };
        let says = get(self.says, ENDPOINTS);
        let mut all = Vec::new();
        for (id, place) in ids {
            let own = says.and_then(|says| get(says, &id));
            let keys = own.map(entries).unwrap_or_default();
            if let Some(Node::Map(endpoint)) = list.get_mut(place) {
                endpoint.retain(|(name, _)| keys.iter().all(|(key, _)| key != name));
                let there = keys.iter().filter(|(_, value)| *value != Node::Null);
                endpoint.extend(there.cloned());
            }
            let said = Said {
                file: self.file.to_owned(),
                way: self.way.clone(),
                own: [ENDPOINTS, &*id]
                    .map(|key| Segment::Key(key.to_owned()))
                    .to_vec(),
                keys: keys.iter().map(|(key, _)| key.to_string()).collect(),
                given: template.given(place, self.says),
            };
            all.push((id, said));
        }
        all
    }

    fn at(&self, keys: &[&str], focus: Focus) -> SpecPath {
        let keys = keys.iter().map(|key| Segment::Key((*key).to_owned()));
        SpecPath {
            segments: self.way.iter().cloned().chain(keys).collect(),
            focus,
            ..SpecPath::file(self.file)
        }
    }

    fn missing(&self, template: &Template<'a, '_>, out: &mut Vec<Diagnostic>) {
        let given: BTreeSet<&str> = entries(self.says).iter().map(|(name, _)| &**name).collect();
        let missing: Vec<&str> = template.needs().filter(|it| !given.contains(it)).collect();
        if !missing.is_empty() {
            let says = format!("the template requires {}", listed(&missing));
            let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, self.place.clone(), says);
            let asked = at(template.file, &["arguments"], Focus::Key);
            out.push(
                problem
                    .also(asked, "required here")
                    .help("set it in this use"),
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
            out.push(problem.help("set it in this use or in the group"));
        }
    }

    fn argument(
        &self,
        template: &Template<'a, '_>,
        name: &str,
        value: &Node<'a>,
        out: &mut Vec<Diagnostic>,
    ) {
        let takes = template.takes();
        if !takes.contains(&name) {
            let says = format!("the template has no argument `{name}`");
            self.unknown(&[name], says, name, takes, out);
            return;
        }
        let at = self.at(&[name], Focus::Value);
        let wrong = |at, says: String| Diagnostic::new(&codes::TEMPLATE_ARGUMENT, at, says);
        match (template.is_list(name), value.untagged()) {
            (_, Node::Null) => {
                let at = self.at(&[name], Focus::Key);
                let says = match template.is_list(name) {
                    true => "this key has no value; expected a list",
                    false => "this key has no value; expected a string, an integer or a boolean",
                };
                let problem = Diagnostic::new(&codes::EMPTY_VALUE, at, says);
                out.push(problem.help("write a value after the key"));
            }
            (true, Node::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if !is_plain(item) {
                        let mut at = at.clone();
                        at.segments.push(Segment::Index(index));
                        let says = format!("{} cannot be an item of `{name}`", item.kind());
                        out.push(wrong(at, says).help("write strings, integers or booleans"));
                    }
                }
            }
            (true, other) => {
                let says = format!("`{name}` is a list, found {}", other.kind());
                let help = "write a list in brackets, or each item in a line with `-`";
                out.push(wrong(at, says).why(LIST).help(help));
            }
            (false, Node::List(_)) => {
                let says = format!("`{name}` is not a list");
                let help = "write a string, an integer or a boolean";
                out.push(wrong(at, says).why(LIST).help(help));
            }
            (false, other) if !is_plain(other) => {
                let says = format!("{} cannot fill a placeholder", other.kind());
                out.push(wrong(at, says).help("write a string, an integer or a boolean"));
            }
            (false, _) => {}
        }
    }

    fn without(&self, ids: &BTreeMap<&str, usize>, out: &mut Vec<Diagnostic>) {
        for id in texts(get(self.says, WITHOUT)) {
            if !ids.contains_key(&*id) {
                let says = format!("the template has no endpoint `{id}`");
                self.unknown(&[WITHOUT], says, &id, ids.keys().copied(), out);
            }
        }
    }

    fn endpoints(&self, ids: &BTreeMap<&str, usize>, value: &Node<'a>, out: &mut Vec<Diagnostic>) {
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
                out.push(wrong(at, says).help("write the keys of the endpoint that differ here"));
            } else if get(keys, "id").is_some() {
                let at = self.at(&[ENDPOINTS, id, "id"], Focus::Key);
                let says = "the template sets the ids of its endpoints".to_owned();
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
