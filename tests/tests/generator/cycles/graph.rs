//! Cycles among the modules of one folder: the strongly connected components of their graph.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Crate, ModulePath};

/// Modules of one folder, each of which reaches all the others.
pub struct Circle {
    /// Their paths from the crate's root, in order.
    pub modules: Vec<String>,
    /// Which of them uses which, and through which of its modules.
    uses: BTreeSet<(String, String)>,
}

impl Circle {
    /// The uses that form the cycle, one per line.
    pub fn edges(&self) -> String {
        let lines = self.uses.iter();
        lines
            .map(|(from, to)| format!("  {from} -> {to}\n"))
            .collect()
    }
}

/// A part of a folder, and its uses of other parts.
type Edges = BTreeMap<String, BTreeMap<String, BTreeSet<(String, String)>>>;

/// Generated modules have their own folder, and belong to the hand-written ones of the same name.
const GENERATED: &str = "generated";

/// Every cycle of the crate, folder by folder. At the root, files and folders are parts; within a
/// folder its files belong together, and only its folders are parts.
pub fn circles(krate: &Crate) -> Vec<Circle> {
    let mut folders: BTreeMap<ModulePath, Edges> = BTreeMap::new();
    for (path, module) in &krate.modules {
        for target in module.uses.iter().map(|used| krate.home(used)) {
            let (path, target) = (by_name(path), by_name(&target));
            let shared = path.iter().zip(target).take_while(|(a, b)| a == b).count();
            let (Some(from), Some(to)) = (path.get(..=shared), target.get(..=shared)) else {
                continue;
            };
            let folder = |path: &[String]| {
                let generated = [&[GENERATED.to_owned()], path].concat();
                let modules = [path, &generated].into_iter();
                let mut modules = modules.filter_map(|path| krate.modules.get(path));
                modules.any(|module| module.folder)
            };
            let part = |path: &[String]| shared == 0 || folder(path);
            if !part(from) || !part(to) {
                continue;
            }
            let edges = folders.entry(path[..shared].to_vec()).or_default();
            let uses = edges.entry(from.join("::")).or_default();
            let used = uses.entry(to.join("::")).or_default();
            used.insert((path.join("::"), target.join("::")));
        }
    }
    folders.values().flat_map(among).collect()
}

/// Every circle of files that are written by hand. A module and what is within it are one thing to a reader, so
/// they may use each other.
pub fn circles_of_files(krate: &Crate) -> Vec<Circle> {
    let generated = |path: &[String]| path.first().is_some_and(|name| name == GENERATED);
    let mut edges = Edges::new();
    let files = krate.modules.iter().filter(|(path, _)| !generated(path));
    for (path, module) in files {
        for target in module.uses.iter().map(|used| krate.home(used)) {
            let is_within = path.starts_with(&target) || target.starts_with(path);
            if is_within || generated(&target) {
                continue;
            }
            let (from, to) = (path.join("::"), target.join("::"));
            let uses = edges.entry(from.clone()).or_default();
            uses.entry(to.clone()).or_default().insert((from, to));
        }
    }
    among(&edges)
}

fn by_name(path: &[String]) -> &[String] {
    match path {
        [first, rest @ ..] if first == GENERATED && !rest.is_empty() => rest,
        path => path,
    }
}

fn among(edges: &Edges) -> Vec<Circle> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = edges
        .keys()
        .map(|from| (&**from, reached(edges, from)))
        .collect();
    let mut told = BTreeSet::new();
    let mut circles = Vec::new();
    for (from, to) in &reach {
        if !to.contains(from) || told.contains(from) {
            continue;
        }
        let both = |other: &&&str| reach.get(**other).is_some_and(|back| back.contains(from));
        let modules: Vec<&str> = to.iter().filter(both).copied().collect();
        told.extend(modules.iter().copied());
        let within = |name: &String| modules.contains(&&**name);
        let uses = edges.iter().filter(|(from, _)| within(from));
        let uses = uses.flat_map(|(_, to)| to.iter().filter(|(to, _)| within(to)));
        circles.push(Circle {
            modules: modules.iter().map(|name| (*name).to_owned()).collect(),
            uses: uses.flat_map(|(_, uses)| uses.clone()).collect(),
        });
    }
    circles
}

/// Everything that `from` uses, directly or indirectly.
fn reached<'a>(edges: &'a Edges, from: &str) -> BTreeSet<&'a str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let next = |name: &str| edges.get(name).into_iter().flat_map(BTreeMap::keys);
    let mut queue: Vec<&str> = next(from).map(String::as_str).collect();
    while let Some(name) = queue.pop() {
        if seen.insert(name) {
            queue.extend(next(name).map(String::as_str));
        }
    }
    seen
}
