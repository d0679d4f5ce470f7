//! From the tree to the policy. All errors are collected, so that a file can be fixed in one go.

use std::collections::HashSet;

use super::error::{PolicyError, PolicyProblem};
use super::tree::{Entry, LineColumn, Node, Value};
use crate::catalogue::{Endpoint, Group};
use crate::policy::suggest::nearest;
use crate::policy::{Level, Policy};

const PARTS: [&str; 4] = ["groups", "endpoints", "raw", "unknown"];
const LEVELS: [&str; 3] = ["off", "read", "full"];
const DECISIONS: [&str; 2] = ["allow", "deny"];
/// For how many errors a similar name is suggested. The others are reported without one.
const ADVISED: usize = 100;

/// The policy in the tree.
pub(super) fn policy(root: &Node) -> Result<Policy, PolicyError> {
    let mut check = Check {
        policy: Policy::new(),
        problems: Vec::new(),
    };
    check.root(root);
    if check.problems.is_empty() {
        Ok(check.policy)
    } else {
        let mut problems = check.problems;
        problems.sort_by_key(|problem| (problem.line, problem.column));
        Err(PolicyError::new(problems))
    }
}

struct Check {
    policy: Policy,
    problems: Vec<PolicyProblem>,
}

impl Check {
    fn root(&mut self, root: &Node) {
        for part in self.entries(root, "") {
            let path = part.key.as_str();
            match path {
                "groups" => self.groups(&part.value),
                "endpoints" => self.endpoints(&part.value),
                "raw" => {
                    if let Some(level) = self.level(&part.value, path) {
                        self.policy.raw = level;
                    }
                }
                "unknown" => {
                    if let Some(level) = self.level(&part.value, path) {
                        self.policy.unknown = level;
                    }
                }
                other => {
                    let what = format!("a policy has no key `{other}`");
                    self.unknown(part.at, path, &what, other, &PARTS);
                }
            }
        }
    }

    fn groups(&mut self, node: &Node) {
        for entry in self.entries(node, "groups") {
            let path = format!("groups.{}", entry.key);
            let level = self.level(&entry.value, &path);
            match (Group::from_name(&entry.key), level) {
                (Some(group), Some(level)) => {
                    self.policy.groups.insert(group, level);
                }
                (Some(_), None) => {}
                (None, _) => {
                    let names: Vec<&str> = Group::ALL.iter().map(|group| group.as_str()).collect();
                    let what = format!("there is no group `{}`", entry.key);
                    self.unknown(entry.at, &path, &what, &entry.key, &names);
                }
            }
        }
    }

    fn endpoints(&mut self, node: &Node) {
        for entry in self.entries(node, "endpoints") {
            let path = format!("endpoints.{}", entry.key);
            let allowed = self.allowed(&entry.value, &path);
            match (Endpoint::from_id(&entry.key), allowed) {
                (Some(endpoint), Some(allowed)) => {
                    self.policy.endpoints.insert(endpoint, allowed);
                }
                (Some(_), None) => {}
                (None, _) => self.no_endpoint(entry, &path),
            }
        }
    }

    fn no_endpoint(&mut self, entry: &Entry, path: &str) {
        let key = entry.key.as_str();
        let what = format!("there is no endpoint `{key}`");
        if self.problems.len() >= ADVISED {
            return self.say(entry.at, path, what);
        }
        let all: Vec<&str> = Endpoint::ALL.iter().map(|it| it.id()).collect();
        let group = key.split_once('.').map_or(key, |(group, _)| group);
        let group = Group::from_name(group);
        if let Some(group) = group.filter(|group| group.endpoints().next().is_none()) {
            let (name, feature) = (group.as_str(), group.facts().feature);
            let how = format!(
                "its feature `{feature}` is disabled; a level of the group `{name}` \
                    applies"
            );
            return self.say(entry.at, path, format!("{what}: {how}"));
        }
        let siblings: Vec<&str> = match group {
            Some(group) => group.endpoints().map(Endpoint::id).collect(),
            None => Vec::new(),
        };
        if nearest(key, all.iter().copied()).is_none() && !siblings.is_empty() {
            self.unknown(entry.at, path, &what, key, &siblings);
        } else {
            self.unknown(entry.at, path, &what, key, &all);
        }
    }

    fn level(&mut self, node: &Node, path: &str) -> Option<Level> {
        // Parsers of older YAML versions read `off` as `false`.
        match word(node) {
            "off" | "false" => Some(Level::Off),
            "read" => Some(Level::Read),
            "full" => Some(Level::Full),
            other => {
                let what = format!("{} is not a level", shown(node));
                self.unknown(node.at, path, &what, other, &LEVELS);
                None
            }
        }
    }

    fn allowed(&mut self, node: &Node, path: &str) -> Option<bool> {
        match word(node) {
            "allow" => Some(true),
            "deny" => Some(false),
            other => {
                let what = format!("{} is not a decision", shown(node));
                self.unknown(node.at, path, &what, other, &DECISIONS);
                None
            }
        }
    }

    /// The entries of a mapping, without duplicate keys.
    fn entries<'n>(&mut self, node: &'n Node, path: &str) -> &'n [Entry] {
        let Value::Map(entries) = &node.value else {
            let message = format!("expected a mapping, found {}", shown(node));
            self.say(node.at, path, message);
            return &[];
        };
        let mut names = HashSet::new();
        for entry in entries {
            if !names.insert(&entry.key) {
                let dot = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{dot}{}", entry.key);
                self.say(
                    entry.at,
                    &path,
                    "it is set twice; keep one of them".to_owned(),
                );
            }
        }
        entries
    }

    /// An unknown name, with the one that may have been meant, or with all valid names if there are
    /// few. If there are very many errors, only the first get this help, so that checking takes time in
    /// proportion to the size of the file.
    fn unknown(&mut self, at: LineColumn, path: &str, what: &str, name: &str, names: &[&str]) {
        if self.problems.len() >= ADVISED {
            return self.say(at, path, what.to_owned());
        }
        let message = match nearest(name, names.iter().copied()) {
            Some(meant) => format!("{what}; did you mean `{meant}`?"),
            None => {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                let (few, more) = names.split_at(names.len().min(12));
                let more = if more.is_empty() { "" } else { " and others" };
                format!("{what}; there are {}{more}", few.join(", "))
            }
        };
        self.say(at, path, message);
    }

    fn say(&mut self, at: LineColumn, path: &str, message: String) {
        self.problems.push(PolicyProblem {
            line: at.line,
            column: at.column,
            path: path.to_owned(),
            message,
        });
    }
}

/// The scalar as a word; `None` for a mapping or a list.
fn word(node: &Node) -> &str {
    match &node.value {
        Value::Text(word) | Value::Word(word) => word,
        Value::Map(_) | Value::List => "",
    }
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Map(_) => "an object".to_owned(),
        Value::List => "a list".to_owned(),
        Value::Text(word) | Value::Word(word) if word.is_empty() => "nothing".to_owned(),
        Value::Text(word) | Value::Word(word) => format!("`{word}`"),
    }
}
