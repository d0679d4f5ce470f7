//! Templates: what repeats in several places is written once, as a file with placeholders, and each use
//! of it is a line in the file of a group. A template of a group makes a group, placed after the one that
//! uses it. A template of endpoints makes endpoints of the group that uses it, in the place of its use.

mod holes;
mod one;
mod template;
#[cfg(test)]
mod tests;
mod use_of;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

pub(crate) use self::one::filled;
use self::{template::Template, use_of::Stated};
use super::{GROUPS, Tree, convert::Findings, group_name, node::Node};
use crate::{
    diagnostic::{Diagnostic, Focus, Segment, SpecPath, codes, did_you_mean, suggest},
    spec::{Endpoint, Group, Made, Said},
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
                stated.of(template, &mut expanded.diagnostics)
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
            .extend(template.holes.iter().map(|(_, way)| SpecPath {
                segments: way.clone(),
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

/// An item of a group's endpoints that is a use of a template.
struct Listing<'n, 'a> {
    place: usize,
    /// The key with the name of the template, which may be misspelled.
    key: &'n str,
    name: &'n Node<'a>,
    /// Its other keys.
    says: Node<'a>,
}

/// The uses of templates among the endpoints of a group.
fn uses_among<'n, 'a>(group: &'n Node<'a>) -> Vec<Listing<'n, 'a>> {
    let listed = items(get(group, ENDPOINTS)).iter().enumerate();
    let uses = listed.filter_map(|(place, item)| {
        let keys = entries(item);
        let is_endpoint = get(item, "id").is_some();
        let meant = |key: &str| !is_endpoint && suggest(key, [TEMPLATE]).is_some();
        let exact = keys.iter().find(|(key, _)| key == TEMPLATE);
        let (key, name) = exact.or_else(|| keys.iter().find(|(key, _)| meant(key)))?;
        let says = keys.iter().filter(|(other, _)| other != key);
        Some(Listing {
            place,
            key,
            name,
            says: Node::Map(says.cloned().collect()),
        })
    });
    uses.collect()
}

/// Drops what was found in a use as if it were an endpoint.
pub(super) fn pass_over(file: &str, group: &Node<'_>, findings: &mut Findings) {
    if !file.starts_with(GROUPS) {
        return;
    }
    let uses = uses_among(group).into_iter().map(|one| one.place);
    let uses: Vec<usize> = uses.collect();
    let is_in_use = |at: &SpecPath| match at.segments.as_slice() {
        [Segment::Key(list), Segment::Index(index), ..] => {
            list == ENDPOINTS && uses.contains(index)
        }
        _ => false,
    };
    findings.diagnostics.retain(|found| !is_in_use(&found.at));
    findings.stand_ins.retain(|at| !is_in_use(at));
}

/// Replaces the uses among the endpoints of a group by their endpoints, each with its file and its place.
pub(super) fn list(groups: &mut [Group], mut made: Vec<(&str, usize, Vec<Endpoint>)>) {
    // From the last one on, so that the positions before it do not change.
    made.sort_by_key(|(_, place, _)| Reverse(*place));
    for (file, place, endpoints) in made {
        let group = groups.iter_mut().find(|group| group.file == file);
        if let Some(group) = group.filter(|group| place < group.endpoints.len()) {
            group.endpoints.splice(place..=place, endpoints);
        }
    }
}

/// The place of an item of `endpoints`.
pub(super) fn item(file: &str, place: usize) -> SpecPath {
    let mut at = at(file, &[ENDPOINTS], Focus::Value);
    at.segments.push(Segment::Index(place));
    at
}

/// Gives the endpoints of a template their places in it, without those that its use leaves out.
pub(super) fn finish(endpoints: &mut Vec<Endpoint>, one: &Use<'_>) {
    place(endpoints);
    say(endpoints, one);
    endpoints.retain(|endpoint| !one.without.contains(&endpoint.id));
}

/// Gives each endpoint its place in the file.
pub(super) fn place(endpoints: &mut [Endpoint]) {
    for (place, endpoint) in endpoints.iter_mut().enumerate() {
        endpoint.place = place;
    }
}

/// Records what the use of a template sets for its endpoints.
fn say(endpoints: &mut [Endpoint], one: &Use<'_>) {
    for (id, said) in &one.said {
        let mut endpoints = endpoints.iter_mut();
        if let Some(endpoint) = endpoints.find(|endpoint| endpoint.id == *id) {
            endpoint.said = Some(said.clone());
        }
    }
}

/// Maps findings in the keys that a use sets to where they are written.
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
        let said = one
            .said
            .iter()
            .find(|(id, _)| list == ENDPOINTS && id_at(&one.node, *index) == Some(id));
        let Some((_, said)) = said else { continue };
        let given = said.given.iter().find(|(own, _)| own == key);
        let way = said.way.iter().cloned();
        if said.keys.contains(key) {
            let way: Vec<Segment> = way.chain(said.own.iter().cloned()).collect();
            at.segments.splice(..2, way);
        } else if let Some((_, given)) = given {
            let way: Vec<Segment> = way.chain([Segment::Key(given.clone())]).collect();
            at.segments.splice(..3, way);
        } else {
            continue;
        }
        at.file.clone_from(&said.file);
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

/// Inserts the generated groups after the groups that use their templates, with the path parameters that they
/// share. A parameter that is not in the paths of the using group belongs only to the new one.
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

fn items<'n, 'a>(node: Option<&'n Node<'a>>) -> &'n [Node<'a>] {
    match node.map(Node::untagged) {
        Some(Node::List(items)) => items,
        _ => &[],
    }
}

/// The ids of the endpoints of a file, each with its place.
fn ids<'n>(file: &'n Node<'_>) -> BTreeMap<&'n str, usize> {
    let ids = items(get(file, ENDPOINTS)).iter().map(|it| get(it, "id"));
    ids.enumerate()
        .filter_map(|(place, id)| match id {
            Some(Node::Text(id)) => Some((&**id, place)),
            _ => None,
        })
        .collect()
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
