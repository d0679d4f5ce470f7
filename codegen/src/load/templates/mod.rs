//! Templates: what several groups have alike stands once, as a group file with holes, and each use of it
//! is a line in the file of the group whose things it is about. A use makes a group of its own, which
//! stands behind the one that uses the template.

mod holes;

use std::collections::{BTreeMap, BTreeSet};

use self::holes::{filled, find};
use super::{Tree, group_name, node::Node};
use crate::{
    diagnostic::{Diagnostic, Focus, Segment, SpecPath, codes, did_you_mean},
    spec::{Endpoint, Group, Made},
};

/// What stands for a thing of the group that uses a template, without being said.
const OWN: [&str; 3] = ["group", "scope", "version"];

/// The argument that names the endpoints of a template that a use leaves out.
const WITHOUT: &str = "without";

/// The uses of all templates, and what is wrong with them.
#[derive(Default)]
pub(super) struct Expanded<'a> {
    pub uses: Vec<Use<'a>>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A use of a template: the group file that it makes.
pub(super) struct Use<'a> {
    /// The template's file.
    pub template: &'a str,
    pub node: Node<'a>,
    pub made: Made,
    /// The ids of the endpoints that are left out.
    pub without: Vec<String>,
}

/// A template that has been read.
struct Template<'a, 't> {
    file: &'a str,
    node: &'t Node<'a>,
    arguments: BTreeSet<&'t str>,
}

/// Makes a group of each use.
pub(super) fn expand<'a>(
    groups: &[(&'a str, Tree<'a>)],
    templates: &[(&'a str, Tree<'a>)],
) -> Expanded<'a> {
    let mut expanded = Expanded::default();
    let mut known: BTreeMap<&str, Template<'a, '_>> = BTreeMap::new();
    for (file, (node, _)) in templates {
        if let (Some(name), Some(node)) = (group_name(file), node) {
            let template = Template::of(file, node);
            template.check(&mut expanded.diagnostics);
            known.insert(name, template);
        }
    }
    let mut used = BTreeSet::new();
    let mut mistyped = false;
    for (file, (node, _)) in groups {
        let Some(node) = node else { continue };
        if get(node, "arguments").is_some() {
            let at = at(file, &["arguments"], Focus::Key);
            let says = "a group has no arguments";
            let problem = Diagnostic::new(&codes::TEMPLATE_KEY, at, says);
            expanded
                .diagnostics
                .push(problem.help("move the file below templates/, or remove the key"));
        }
        let uses = get(node, "templates").map(entries).unwrap_or_default();
        for (name, arguments) in uses {
            used.insert(&**name);
            let place = at(file, &["templates", name], Focus::Key);
            match known.get(&**name) {
                Some(template) => expanded.take(template, file, node, arguments, place),
                None => {
                    mistyped = true;
                    let says = format!("there is no file `templates/{name}.yaml`");
                    let problem = Diagnostic::new(&codes::UNKNOWN_TEMPLATE, place, says);
                    let near = did_you_mean(name, known.keys().copied());
                    expanded.diagnostics.push(match near {
                        Some(near) => problem.help(near),
                        None => problem.help("add the file, or remove the use"),
                    });
                }
            }
        }
    }
    for template in known
        .iter()
        // A name that was mistyped may well mean it.
        .filter(|(name, _)| !mistyped && !used.contains(*name))
        .map(|(_, it)| it)
    {
        let says = "nothing uses this template";
        let problem = Diagnostic::new(
            &codes::UNUSED_TEMPLATE,
            at(template.file, &["group"], Focus::Value),
            says,
        );
        expanded
            .diagnostics
            .push(problem.help("use it under `templates` of a group, or remove the file"));
    }
    expanded
}

impl<'a> Expanded<'a> {
    fn take(
        &mut self,
        template: &Template<'a, '_>,
        file: &str,
        group: &Node<'a>,
        arguments: &Node<'a>,
        place: SpecPath,
    ) {
        let given = entries(arguments);
        let names: BTreeSet<&str> = given.iter().map(|(name, _)| &**name).collect();
        let missing: Vec<&str> = template.arguments.difference(&names).copied().collect();
        let mut wrong = false;
        if !missing.is_empty() {
            let says = format!("the template asks for {}", listed(&missing));
            let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, place.clone(), says);
            let asked = at(template.file, &["arguments"], Focus::Key);
            self.diagnostics.push(
                problem
                    .also(asked, "asked for here")
                    .help("say it in this use"),
            );
            wrong = true;
        }
        for (name, value) in given {
            let fits = match value.untagged() {
                Node::List(_) => *name == WITHOUT,
                Node::Text(_) | Node::Int(_) | Node::Bool(_) => true,
                _ => false,
            };
            if !fits {
                let mut at = place.clone();
                at.segments.push(Segment::Key(name.to_string()));
                at.focus = Focus::Value;
                let says = format!("{} fills no hole", value.kind());
                let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, at, says);
                self.diagnostics
                    .push(problem.help("write a string, an integer or a boolean"));
                wrong = true;
            }
            if *name != WITHOUT && !template.arguments.contains(&**name) {
                let mut at = place.clone();
                at.segments.push(Segment::Key(name.to_string()));
                let says = format!("the template has no argument `{name}`");
                let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, at, says);
                let near = did_you_mean(name, template.arguments.iter().copied());
                self.diagnostics
                    .push(problem.help(near.unwrap_or_else(|| "remove it".to_owned())));
                wrong = true;
            }
        }
        let without = texts(
            given
                .iter()
                .find(|(name, _)| name == WITHOUT)
                .map(|(_, node)| node),
        );
        let ids = template.ids();
        for id in without.iter().filter(|id| !ids.contains(&&***id)) {
            let mut at = place.clone();
            at.segments.push(Segment::Key(WITHOUT.to_owned()));
            let says = format!("the template has no endpoint `{id}`");
            let problem = Diagnostic::new(&codes::TEMPLATE_ARGUMENT, at, says);
            let near = did_you_mean(id, ids.iter().copied());
            self.diagnostics
                .push(problem.help(near.unwrap_or_else(|| "remove it".to_owned())));
            wrong = true;
        }
        if wrong {
            return;
        }
        let own = OWN
            .iter()
            .filter_map(|name| Some((*name, get(group, name)?)));
        let values = given.iter().map(|(name, node)| (&**name, node));
        let values: BTreeMap<&str, &Node<'a>> = own.chain(values).collect();
        let Node::Map(mut node) = filled(template.node, &values) else {
            return;
        };
        node.retain(|(name, _)| name != "arguments");
        self.uses.push(Use {
            template: template.file,
            node: Node::Map(node),
            made: Made {
                by: group_name(file).unwrap_or(file).to_owned(),
                file: file.to_owned(),
            },
            without,
        });
    }
}

impl<'a, 't> Template<'a, 't> {
    fn of(file: &'a str, node: &'t Node<'a>) -> Self {
        let arguments = get(node, "arguments").map(entries).unwrap_or_default();
        Self {
            file,
            node,
            arguments: arguments.iter().map(|(name, _)| &**name).collect(),
        }
    }

    /// The ids of its endpoints.
    fn ids(&self) -> Vec<&'t str> {
        let endpoints = match get(self.node, "endpoints") {
            Some(Node::List(endpoints)) => endpoints.as_slice(),
            _ => &[],
        };
        let ids = endpoints.iter().filter_map(|endpoint| get(endpoint, "id"));
        ids.filter_map(|id| match id {
            Node::Text(id) => Some(&**id),
            _ => None,
        })
        .collect()
    }

    /// Reports holes that nothing fills, arguments without a hole, and what no template may have.
    fn check(&self, out: &mut Vec<Diagnostic>) {
        let mut holes = Vec::new();
        find(self.node, &mut Vec::new(), &mut holes);
        for (name, segments) in &holes {
            if !self.arguments.contains(&**name) && !OWN.contains(&&**name) {
                let at = SpecPath {
                    segments: segments.clone(),
                    focus: Focus::Value,
                    ..SpecPath::file(self.file)
                };
                let says = format!("nothing fills the hole `${{{name}}}`");
                let problem = Diagnostic::new(&codes::TEMPLATE_HOLE, at, says);
                let known = self.arguments.iter().copied().chain(OWN);
                let near = did_you_mean(name, known);
                out.push(problem.help(near.unwrap_or_else(|| "add it to `arguments`".to_owned())));
            }
        }
        for name in &self.arguments {
            if *name == WITHOUT || OWN.contains(name) {
                let at = at(self.file, &["arguments", name], Focus::Key);
                let says = format!("`{name}` cannot be an argument");
                let problem = Diagnostic::new(&codes::TEMPLATE_KEY, at, says);
                out.push(
                    problem
                        .why("every use has it already")
                        .help("give it another name"),
                );
            } else if !holes.iter().any(|(hole, _)| hole == name) {
                let at = at(self.file, &["arguments", name], Focus::Key);
                let says = format!("the argument `{name}` has no hole");
                let problem = Diagnostic::new(&codes::TEMPLATE_HOLE, at, says);
                out.push(problem.help(format!(
                    "write `${{{name}}}` where it belongs, or remove it"
                )));
            }
        }
        for (key, help) in [
            (
                "schemas",
                "move them into shared.yaml, which all uses share",
            ),
            (
                "templates",
                "use the other template in the group's own file",
            ),
        ] {
            if get(self.node, key).is_some() {
                let at = at(self.file, &[key], Focus::Key);
                let says = format!("a template has no `{key}`");
                out.push(Diagnostic::new(&codes::TEMPLATE_KEY, at, says).help(help));
            }
        }
    }
}

/// Gives each endpoint its place in the file.
pub(super) fn place(group: &mut Group) {
    for (place, endpoint) in group.endpoints.iter_mut().enumerate() {
        endpoint.place = place;
    }
}

/// Puts the groups that were made behind those that made them, with the parameters of paths that they
/// share.
pub(super) fn adopt(kept: Vec<Group>, made: Vec<Group>) -> Vec<Group> {
    let mut groups = kept;
    for mut group in made {
        let by = group.made.as_ref().map(|made| made.file.clone());
        let parent = groups
            .iter()
            .position(|kept| Some(&kept.file) == by.as_ref());
        let Some(parent) = parent else { continue };
        let paths = group.endpoints.iter().flat_map(|endpoint| {
            let Endpoint {
                get,
                post,
                put,
                patch,
                delete,
                ..
            } = endpoint;
            [get, post, put, patch, delete].into_iter().flatten()
        });
        let paths: Vec<&String> = paths.collect();
        let shared: Vec<(String, _)> = groups[parent]
            .path
            .iter()
            .filter(|(name, _)| !group.path.contains(name))
            .filter(|(name, _)| {
                paths
                    .iter()
                    .any(|path| path.contains(&format!("{{{name}}}")))
            })
            .map(|(name, parameter)| (name.to_owned(), parameter.clone()))
            .collect();
        let own = group
            .path
            .iter()
            .map(|(name, own)| (name.to_owned(), own.clone()));
        group.path = shared.into_iter().chain(own.collect::<Vec<_>>()).collect();
        groups.push(group);
    }
    groups
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
