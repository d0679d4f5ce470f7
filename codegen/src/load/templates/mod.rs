//! Templates: what several groups have alike stands once, as a group file with holes, and each use of it
//! is a line in the file of the group whose things it is about. A use makes a group of its own, which
//! stands behind the one that uses the template.

mod holes;
mod template;
mod use_of;

use std::collections::{BTreeMap, BTreeSet};

use self::{template::Template, use_of::Stated};
use super::{Tree, convert::Findings, group_name, node::Node};
use crate::{
    diagnostic::{Diagnostic, Focus, Segment, SpecPath, codes, did_you_mean},
    spec::{Endpoint, Group, Made, Said},
};

/// What names the endpoints of a template that a use leaves out.
const WITHOUT: &str = "without";
/// What names those of which a use says something else, and what holds those of a template.
const ENDPOINTS: &str = "endpoints";

/// The uses of all templates, and what is wrong with them.
#[derive(Default)]
pub(super) struct Expanded<'a> {
    pub uses: Vec<Use<'a>>,
    /// Places of which nothing can be said, since no use has filled their holes.
    pub holes: Vec<SpecPath>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A use of a template: the group file that it makes.
pub(super) struct Use<'a> {
    /// The template's file.
    pub template: &'a str,
    pub node: Node<'a>,
    /// None for a template that nothing uses, which is judged with its holes as they are.
    pub made: Option<Made>,
    /// The ids of the endpoints that are left out.
    pub without: Vec<String>,
    /// What it says of endpoints in the place of the template, by their ids.
    pub said: Vec<(String, Said)>,
}

/// Makes a group of each use.
pub(super) fn expand<'a>(
    groups: &[(&'a str, Tree<'a>)],
    templates: &[(&'a str, Tree<'a>)],
) -> Expanded<'a> {
    let mut expanded = Expanded::default();
    let mut known: BTreeMap<&str, Template<'a, '_>> = BTreeMap::new();
    for (file, tree) in templates {
        if let (Some(name), Some(node)) = (group_name(file), &tree.0) {
            let template = Template::of(file, node);
            template.check(&mut expanded.diagnostics);
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
            used.insert(&**name);
            let place = at(file, &["templates", name], Focus::Key);
            let Some(template) = known.get(&**name) else {
                mistyped = true;
                let says = format!("there is no file `templates/{name}.yaml`");
                let problem = Diagnostic::new(&codes::UNKNOWN_TEMPLATE, place, says);
                let near = did_you_mean(name, known.keys().copied());
                let help = near.unwrap_or_else(|| "add the file, or remove the use".to_owned());
                expanded.diagnostics.push(problem.help(help));
                continue;
            };
            let stated = Stated {
                file,
                group: node,
                name,
                says,
                place,
            };
            let made = stated.of(template, &mut expanded.diagnostics);
            expanded.uses.extend(made);
        }
    }
    for (name, template) in &known {
        // A name that was mistyped may well mean it.
        if !mistyped && !used.contains(name) {
            let place = at(template.file, &["group"], Focus::Value);
            let says = "nothing uses this template";
            let problem = Diagnostic::new(&codes::UNUSED_TEMPLATE, place, says);
            expanded
                .diagnostics
                .push(problem.help("use it under `templates` of a group, or remove the file"));
        }
        if expanded
            .uses
            .iter()
            .all(|one| one.template != template.file)
        {
            expanded.judge(template);
        }
    }
    expanded
}

impl<'a> Expanded<'a> {
    /// Has a template judged that makes no group, apart from what its holes are filled with.
    fn judge(&mut self, template: &Template<'a, '_>) {
        self.holes
            .extend(template.holes.iter().map(|(_, way)| SpecPath {
                segments: way.clone(),
                focus: Focus::Value,
                ..SpecPath::file(template.file)
            }));
        self.uses.push(Use {
            template: template.file,
            node: template.bare(),
            made: None,
            without: Vec::new(),
            said: Vec::new(),
        });
    }
}

/// Gives each endpoint its place in the file.
pub(super) fn place(group: &mut Group) {
    for (place, endpoint) in group.endpoints.iter_mut().enumerate() {
        endpoint.place = place;
    }
}

/// Notes what the use of a template says of its endpoints.
pub(super) fn say(group: &mut Group, one: &Use<'_>) {
    for (id, said) in &one.said {
        let mut endpoints = group.endpoints.iter_mut();
        if let Some(endpoint) = endpoints.find(|endpoint| endpoint.id == *id) {
            endpoint.said = Some(said.clone());
        }
    }
}

/// Leads what was found in the keys that a use says to where they stand.
pub(super) fn relocate(findings: &mut Findings, one: &Use<'_>) {
    let places = findings.diagnostics.iter_mut().map(|found| &mut found.at);
    for at in places.chain(&mut findings.stand_ins) {
        let [
            Segment::Key(list),
            Segment::Index(index),
            Segment::Key(key),
            ..,
        ] = &*at.segments
        else {
            continue;
        };
        let said = one.said.iter().find(|(id, said)| {
            list == ENDPOINTS && id_at(&one.node, *index) == Some(id) && said.keys.contains(key)
        });
        if let Some((_, said)) = said {
            let way = said.way.iter().cloned().map(Segment::Key);
            at.segments.splice(..2, way);
            at.file.clone_from(&said.file);
        }
    }
}

/// The id of the endpoint at this place.
fn id_at<'n>(group: &'n Node<'_>, index: usize) -> Option<&'n str> {
    match get(group, ENDPOINTS)? {
        Node::List(list) => match get(list.get(index)?, "id")? {
            Node::Text(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}

/// Puts the groups that were made behind those that made them, with the parameters of paths that they
/// share. One that the paths of the maker do not have is theirs alone.
pub(super) fn adopt(kept: Vec<Group>, made: Vec<Group>) -> Vec<Group> {
    let mut groups = kept;
    let mut given: Vec<(usize, String)> = Vec::new();
    for mut group in made {
        let Some(made) = &group.made else {
            groups.push(group);
            continue;
        };
        let parent = groups.iter().position(|kept| kept.file == made.file);
        let Some(parent) = parent else { continue };
        let shared = groups[parent].path.iter();
        let shared: Vec<(String, _)> = shared
            .filter(|(name, _)| !group.path.contains(name) && has_parameter(&group, name))
            .map(|(name, parameter)| (name.to_owned(), parameter.clone()))
            .collect();
        given.extend(shared.iter().map(|(name, _)| (parent, name.clone())));
        let own = group
            .path
            .iter()
            .map(|(name, own)| (name.to_owned(), own.clone()));
        group.path = shared.into_iter().chain(own.collect::<Vec<_>>()).collect();
        groups.push(group);
    }
    for (parent, name) in given {
        let group = &mut groups[parent];
        if !has_parameter(group, &name) {
            let left = group.path.iter().filter(|(it, _)| *it != name);
            group.path = left
                .map(|(name, parameter)| (name.to_owned(), parameter.clone()))
                .collect();
        }
    }
    groups
}

/// Whether a path of the group has the parameter.
fn has_parameter(group: &Group, name: &str) -> bool {
    let hole = format!("{{{name}}}");
    group.endpoints.iter().any(|endpoint| {
        let Endpoint {
            get,
            post,
            put,
            patch,
            delete,
            ..
        } = endpoint;
        let mut paths = [get, post, put, patch, delete].into_iter().flatten();
        paths.any(|path| path.contains(&hole))
    })
}

fn at(file: &str, keys: &[&str], focus: Focus) -> SpecPath {
    let segments = keys
        .iter()
        .map(|key| Segment::Key((*key).to_owned()))
        .collect();
    SpecPath {
        segments,
        focus,
        ..SpecPath::file(file)
    }
}

fn entries<'n, 'a>(node: &'n Node<'a>) -> &'n [(std::borrow::Cow<'a, str>, Node<'a>)] {
    match node.untagged() {
        Node::Map(entries) => entries,
        _ => &[],
    }
}

fn get<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    entries(node)
        .iter()
        .find(|(name, _)| name == key)
        .map(|(_, node)| node)
}

fn texts(node: Option<&Node<'_>>) -> Vec<String> {
    match node {
        Some(Node::List(items)) => items.iter().flat_map(|item| texts(Some(item))).collect(),
        Some(Node::Text(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
