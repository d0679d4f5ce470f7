//! A template that has been read, and the problems in it that do not depend on its uses.

use std::collections::BTreeMap;

use super::{
    ENDPOINTS, TEMPLATE, WITHOUT, arguments,
    holes::{Hole, asked, filled, find},
    nodes::{at, entries, get},
};
use crate::{
    diagnostic::{Diagnostic, Focus, Segment, SpecPath, codes, did_you_mean},
    load::node::Node,
};

/// Keys of the group that uses a template, whose values it takes by default.
pub(super) const OWN: [&str; 6] = ["group", "feature", "scope", "version", "source", "docs"];

/// Which arguments are lists.
pub(super) const LIST: &str = "an argument whose default is a list is a list in every use";

/// A template that has been read.
pub(super) struct Template<'a, 't> {
    pub file: &'a str,
    pub node: &'t Node<'a>,
    /// Its arguments in order, each with its default.
    pub arguments: Vec<(&'t str, Option<&'t Node<'a>>)>,
    /// Its placeholders.
    pub holes: Vec<Hole>,
}

impl<'a, 't> Template<'a, 't> {
    pub fn of(file: &'a str, node: &'t Node<'a>) -> Self {
        let arguments = get(node, "arguments").map(entries).unwrap_or_default();
        let arguments = arguments.iter();
        let arguments = arguments.map(|(name, argument)| (&**name, get(argument, "default")));
        let arguments: Vec<(&str, Option<&Node<'a>>)> = arguments.collect();
        let known = |name: &str| {
            let mut arguments = arguments.iter();
            OWN.contains(&name) || arguments.any(|(own, _)| *own == name)
        };
        let mut holes = Vec::new();
        find(node, &known, &mut Vec::new(), &mut holes);
        Self {
            file,
            node,
            arguments,
            holes,
        }
    }

    /// The arguments that a use may set.
    pub fn takes(&self) -> Vec<&str> {
        let own = OWN.into_iter().filter(|name| self.has_hole(name));
        self.names().chain(own).collect()
    }

    /// The arguments that a use must set. One with an unknown key may be meant to have a default.
    pub fn needs(&self) -> impl Iterator<Item = &'t str> {
        let declared = get(self.node, "arguments").map(entries).unwrap_or_default();
        let needed = declared.iter().filter(|(_, argument)| {
            let keys = entries(argument);
            keys.iter().all(|(key, _)| key == "does")
        });
        needed.map(|(name, _)| &**name)
    }

    fn names(&self) -> impl Iterator<Item = &'t str> {
        self.arguments.iter().map(|(name, _)| *name)
    }

    pub fn has_hole(&self, name: &str) -> bool {
        self.holes.iter().any(|hole| asked(&hole.name) == name)
    }

    /// Whether an argument is a list, which its default determines.
    pub fn is_list(&self, name: &str) -> bool {
        self.arguments.iter().any(|(own, default)| {
            *own == name && matches!(default.map(Node::untagged), Some(Node::List(_)))
        })
    }

    /// Whether it is a template of endpoints, and not of a group.
    pub fn is_of_endpoints(&self) -> bool {
        ["group", "title"]
            .into_iter()
            .all(|key| get(self.node, key).is_none())
    }

    /// Whether the ids of its endpoints contain arguments.
    pub fn has_holes_in_ids(&self) -> bool {
        self.holes.iter().any(|hole| match hole.way.as_slice() {
            [Segment::Key(list), Segment::Index(_), Segment::Key(key)] => {
                list == ENDPOINTS && key == "id"
            }
            _ => false,
        })
    }

    /// The paths in an endpoint whose whole value is one of these arguments, each with that argument.
    pub fn given(&self, place: usize, arguments: &Node<'_>) -> Vec<(Vec<Segment>, String)> {
        let given = self.holes.iter().filter_map(|hole| {
            let is_given = hole.is_whole && get(arguments, &hole.name).is_some();
            match hole.way.as_slice() {
                [Segment::Key(list), Segment::Index(index), way @ ..]
                    if is_given && list == ENDPOINTS && *index == place =>
                {
                    Some((way.to_vec(), hole.name.clone()))
                }
                _ => None,
            }
        });
        given.filter(|(way, _)| !way.is_empty()).collect()
    }

    /// The file with these values.
    pub fn with(&self, values: &BTreeMap<String, Node<'a>>) -> Node<'a> {
        group(filled(self.node, values))
    }

    /// The file with its placeholders.
    pub fn bare(&self) -> Node<'a> {
        group(self.node.clone())
    }

    /// Reports placeholders without a value, arguments without a placeholder, and keys that no template may
    /// have. Returns whether every placeholder has a value.
    pub fn check(&self, out: &mut Vec<Diagnostic>) -> bool {
        arguments::check(self.file, get(self.node, "arguments"), out);
        let before = out.len();
        for hole in &self.holes {
            let name = &hole.name;
            let place = || SpecPath {
                segments: hole.way.clone(),
                focus: Focus::Value,
                ..SpecPath::file(self.file)
            };
            let filler = asked(name);
            // The default of an argument can use those before it.
            let later = match hole.way.as_slice() {
                [Segment::Key(key), Segment::Key(of), ..] if key == "arguments" => {
                    let mut after = self.names().skip_while(|name| name != of);
                    after.any(|name| name == filler)
                }
                _ => false,
            };
            if let Some(open) = &hole.open {
                let says = format!("`{open}` is not a placeholder");
                let help = match open.strip_prefix("${") {
                    Some(_) => "write `}` after the name of the argument".to_owned(),
                    None => format!("write `${{{name}}}`"),
                };
                out.push(Diagnostic::new(&codes::TEMPLATE_HOLE, place(), says).help(help));
            } else if later {
                let says = format!("the placeholder `${{{name}}}` has no value yet");
                let help = format!("move `{filler}` before this argument");
                out.push(Diagnostic::new(&codes::TEMPLATE_HOLE, place(), says).help(help));
            } else if !self.names().any(|it| it == filler) && !OWN.contains(&filler.as_str()) {
                let says = format!("the placeholder `${{{name}}}` has no value");
                let problem = Diagnostic::new(&codes::TEMPLATE_HOLE, place(), says);
                let near = did_you_mean(name, self.names().chain(OWN));
                out.push(problem.help(near.unwrap_or_else(|| "add it to `arguments`".to_owned())));
            } else if self.is_list(&filler) && hole.is_in_default() {
                let says = format!("the default of an argument cannot contain the list `{filler}`");
                let problem = Diagnostic::new(&codes::TEMPLATE_HOLE, place(), says);
                out.push(problem.help("write the items here"));
            } else if self.is_list(&filler) && !hole.is_of_key() {
                let says = format!("the list `{filler}` is not the whole value of a key here");
                let help = format!("write `key: ${{{filler}}}`, with nothing else in the value");
                let problem = Diagnostic::new(&codes::TEMPLATE_HOLE, place(), says);
                out.push(problem.why(LIST).help(help));
            }
        }
        let is_filled = out.len() == before;
        for name in self.names() {
            let place = at(self.file, &["arguments", name], Focus::Key);
            if [WITHOUT, ENDPOINTS, TEMPLATE].contains(&name) || OWN.contains(&name) {
                let says = format!("`{name}` cannot be an argument");
                out.push(
                    Diagnostic::new(&codes::TEMPLATE_KEY, place, says)
                        .why("every use already has this key")
                        .help("rename it"),
                );
            } else if !self.has_hole(name) {
                let says = format!("the argument `{name}` is not used");
                let help = format!("write `${{{name}}}` where it belongs, or remove it");
                out.push(Diagnostic::new(&codes::TEMPLATE_HOLE, place, says).help(help));
            }
        }
        for (key, help) in [
            ("schemas", "move them to shared.yaml, which all uses share"),
            (
                "templates",
                "use the other template in the group's own file",
            ),
        ] {
            // A template of endpoints is checked for every key that it cannot have.
            if !self.is_of_endpoints() && get(self.node, key).is_some() {
                let at = at(self.file, &[key], Focus::Key);
                let says = format!("a template has no `{key}`");
                out.push(Diagnostic::new(&codes::TEMPLATE_KEY, at, says).help(help));
            }
        }
        is_filled
    }
}

/// Without the keys that only a template has.
fn group(mut node: Node<'_>) -> Node<'_> {
    if let Node::Map(entries) = &mut node {
        entries.retain(|(name, _)| name != "arguments");
    }
    node
}
