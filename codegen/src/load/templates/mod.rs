//! Templates: what repeats in several places is written once, as a file with placeholders, and each use
//! of it is a line in the file of a group. A template of a group makes a group, placed after the one that
//! uses it. A template of endpoints makes endpoints of the group that uses it, in the place of its use.

mod adopt;
mod among;
mod arguments;
mod holes;
mod made;
mod nodes;
mod one;
mod template;
#[cfg(test)]
mod tests;
mod use_of;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::one::filled;
pub(super) use self::{
    adopt::adopt,
    among::{item, list, pass_over},
    made::{finish, place, relocate},
};
use self::{
    among::{Listing, uses_among},
    nodes::{at, entries, get},
    template::Template,
    use_of::Stated,
};
use super::{Tree, group_name, node::Node};
use crate::{
    diagnostic::{Diagnostic, Focus, Segment, SpecPath, codes, did_you_mean},
    spec::{Made, Said},
};

/// The key with the endpoints of a template that a use leaves out.
const WITHOUT: &str = "without";
/// The key with the endpoints of a template, or those that a use changes.
const ENDPOINTS: &str = "endpoints";
/// The key with the template of endpoints in a use among `endpoints`.
const TEMPLATE: &str = "template";

/// The uses of all templates, and what is wrong with them.
#[derive(Default)]
pub(super) struct Expanded<'a> {
    pub uses: Vec<Use<'a>>,
    pub listed: Vec<Listed<'a>>,
    /// Places that cannot be checked, because no use fills in their placeholders.
    pub holes: Vec<SpecPath>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A use of a template of endpoints.
pub(super) struct Listed<'a> {
    /// The file of the group; empty for an unused template, which is read with its placeholders.
    pub file: &'a str,
    /// Its place among the endpoints.
    pub place: usize,
    /// The result, unless something is wrong with it.
    pub one: Option<Use<'a>>,
}

/// A use of a template: the file that it makes.
pub(super) struct Use<'a> {
    /// The template's file.
    pub template: &'a str,
    pub node: Node<'a>,
    /// None for endpoints, and for an unused template, which is checked with its placeholders.
    pub made: Option<Made>,
    /// The ids of the endpoints that are left out.
    pub without: Vec<String>,
    /// What it overrides in the template, by endpoint id.
    pub said: Vec<(String, Said)>,
    /// The places of the group's own keys: in the template, and in the group.
    pub own: Vec<(Vec<Segment>, SpecPath)>,
}

/// Makes a group of each use, or endpoints.
pub(super) fn expand<'a>(
    groups: &[(&'a str, Tree<'a>)],
    templates: &[(&'a str, Tree<'a>)],
) -> Expanded<'a> {
    let mut expanded = Expanded::default();
    let mut known: BTreeMap<&str, Template<'a, '_>> = BTreeMap::new();
    // What they would make is full of gaps, and reported in the template alone.
    let mut unfilled: BTreeSet<&str> = BTreeSet::new();
    for (file, tree) in templates {
        if let (Some(name), Some(node)) = (group_name(file), &tree.0) {
            let template = Template::of(file, node);
            if !template.check(&mut expanded.diagnostics) {
                unfilled.insert(*file);
            }
            known.insert(name, template);
        }
    }
    let mut used = BTreeSet::new();
    let mut mistyped = false;
    for (file, tree) in groups {
        let Some(node) = &tree.0 else { continue };
        if get(node, "arguments").is_some() {
            let at = at(file, &["arguments"], Focus::Key);
            let says = "a group has no arguments";
            let problem = Diagnostic::new(&codes::TEMPLATE_KEY, at, says);
            expanded
                .diagnostics
                .push(problem.help("move the file below templates/, or remove the key"));
        }
        let uses = get(node, "templates").map(entries).unwrap_or_default();
        for (name, says) in uses {
            used.insert(name.to_string());
            let place = at(file, &["templates", name], Focus::Key);
            let Some(template) = expanded.find(&known, name, &place, false) else {
                mistyped = true;
                continue;
            };
            let stated = Stated {
                file,
                group: node,
                says,
                way: place.segments.clone(),
                place,
            };
            let made = stated.of(template, &mut expanded.diagnostics);
            let made = made.filter(|made| !unfilled.contains(made.template));
            expanded.uses.extend(made);
        }
        for Listing {
            place: index,
            key,
            name,
            says,
        } in uses_among(node)
        {
            let mut place = item(file, index);
            let way = place.segments.clone();
            place.segments.push(Segment::Key(key.to_owned()));
            let template = match name.untagged() {
                _ if key != TEMPLATE => {
                    place.focus = Focus::Key;
                    let says = format!("there is no key `{key}` here");
                    let problem = Diagnostic::new(&codes::UNKNOWN_KEY, place.clone(), says);
                    expanded.diagnostics.push(problem.meant(key, [TEMPLATE]));
                    None
                }
                Node::Text(name) => {
                    used.insert(name.to_string());
                    expanded.find(&known, name, &place, true)
                }
                other => {
                    let says = format!("expected the name of a template, found {}", other.kind());
                    let problem = Diagnostic::new(&codes::UNKNOWN_TEMPLATE, place.clone(), says);
                    expanded
                        .diagnostics
                        .push(problem.help("write the name of a file below templates/"));
                    None
                }
            };
            mistyped |= template.is_none();
            let one = template.and_then(|template| {
                let stated = Stated {
                    file,
                    group: node,
                    says: &says,
                    way,
                    place,
                };
                let made = stated.of(template, &mut expanded.diagnostics);
                made.filter(|made| !unfilled.contains(made.template))
            });
            expanded.listed.push(Listed {
                file,
                place: index,
                one,
            });
        }
    }
    for (name, template) in &known {
        // A misspelled name may well mean it.
        if !mistyped && !used.contains(*name) {
            let (first, help) = match template.is_of_endpoints() {
                true => (
                    "does",
                    format!(
                        "use it in the `endpoints` of a group, as `- template: {name}`, or remove the file"
                    ),
                ),
                false => (
                    "group",
                    "use it under `templates` of a group, or remove the file".to_owned(),
                ),
            };
            let place = at(template.file, &[first], Focus::Value);
            let says = "nothing uses this template";
            let problem = Diagnostic::new(&codes::UNUSED_TEMPLATE, place, says);
            expanded.diagnostics.push(problem.help(help));
        }
        let listed = expanded.listed.iter().filter_map(|it| it.one.as_ref());
        let mut made = expanded.uses.iter().chain(listed);
        if made.all(|one| one.template != template.file) {
            expanded.judge(template);
        }
    }
    expanded
}

impl<'a> Expanded<'a> {
    /// The template of this name, if it is one of endpoints or one of a group, as requested.
    fn find<'k, 't>(
        &mut self,
        known: &'k BTreeMap<&'k str, Template<'a, 't>>,
        name: &str,
        place: &SpecPath,
        of_endpoints: bool,
    ) -> Option<&'k Template<'a, 't>> {
        let Some(template) = known.get(name) else {
            let says = format!("there is no file `templates/{name}.yaml`");
            let problem = Diagnostic::new(&codes::UNKNOWN_TEMPLATE, place.clone(), says);
            let near = did_you_mean(name, known.keys().copied());
            let help = near.unwrap_or_else(|| "add the file, or remove the use".to_owned());
            self.diagnostics.push(problem.help(help));
            return None;
        };
        if template.is_of_endpoints() == of_endpoints {
            return Some(template);
        }
        let (says, help) = match of_endpoints {
            true => (
                "is a template for a group",
                "use it under the group's `templates`",
            ),
            false => (
                "is a template for endpoints",
                "use it in the group's `endpoints`",
            ),
        };
        let says = format!("`{name}` {says}");
        let problem = Diagnostic::new(&codes::UNKNOWN_TEMPLATE, place.clone(), says);
        self.diagnostics.push(problem.help(help));
        None
    }

    /// Has an unused template checked, apart from the values of its placeholders.
    fn judge(&mut self, template: &Template<'a, '_>) {
        self.holes
            .extend(template.holes.iter().map(|hole| SpecPath {
                segments: hole.way.clone(),
                focus: Focus::Value,
                ..SpecPath::file(template.file)
            }));
        let one = Use {
            template: template.file,
            node: template.bare(),
            made: None,
            without: Vec::new(),
            said: Vec::new(),
            own: Vec::new(),
        };
        match template.is_of_endpoints() {
            true => self.listed.push(Listed {
                file: "",
                place: 0,
                one: Some(one),
            }),
            false => self.uses.push(one),
        }
    }
}
