//! Decides from the paths of all calls which group each belongs to. A collection is a group, and what is
//! below one of its items is a nested group: `/products/{id}/images` are `product_images` under `products`.
//! What is not a collection, such as settings or a count, belongs to its parent.

mod called;

use std::collections::{HashMap, HashSet};

use self::called::{Names, is_shelf, singular};
use indexmap::IndexMap;

use super::{
    known::{Known, call},
    names,
    tree::{self, Node, SETTINGS},
};
use crate::bare_path::bare;

/// A group.
#[derive(Debug, Default)]
pub(crate) struct Home {
    pub name: String,
    pub under: Option<usize>,
    /// The method on the handle of its parent group.
    pub method: String,
    /// Omitted if it is the group's own name.
    pub feature: Option<String>,
    /// The maximum number of parameters before its collection.
    pub above: usize,
    /// Its nesting depth.
    level: usize,
    /// The cargo feature of nested groups.
    area: String,
}

/// The group of the calls of a path.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub home: usize,
    /// The words of the path below that of the group, without those at which nothing can be called.
    pub rest: Vec<String>,
    /// How many words of the path lead to the group.
    pub words: usize,
    /// Whether the group is a collection here.
    pub collection: bool,
}

impl Spot {
    /// Whether a path leads to the group through fewer single resources than others do.
    pub(crate) fn is_outside(&self, path: &str, home: &Home) -> bool {
        let mut words = 0;
        let segments = names::unversioned(path).take_while(|segment| {
            words += usize::from(!segment.starts_with('{'));
            words < self.words
        });
        let through = segments.filter(|segment| segment.starts_with('{')).count();
        self.words > 0 && through < home.above
    }
}

/// A call to place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Met<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub lists: bool,
}

/// The words of a path, after the generation if that has its own tree.
type Key = Vec<String>;

/// The groups, and the place of each path.
#[derive(Default)]
pub(crate) struct Homes {
    pub homes: Vec<Home>,
    spots: HashMap<Key, Spot>,
    /// The existing groups by the paths of their calls, with the words below the path of each.
    known: HashMap<Key, (usize, Vec<String>)>,
    apart: HashSet<(String, String)>,
    below: HashMap<(usize, String), usize>,
    loose: Vec<(Key, Vec<String>, Vec<String>, usize)>,
    names: Names,
}

/// The ancestors of a word.
#[derive(Clone, Default)]
struct Here {
    spaces: Vec<String>,
    owner: Option<usize>,
    rest: Vec<String>,
    words: usize,
    /// Its parent can be called and belongs to no collection.
    loose: bool,
}

impl Homes {
    /// Places all calls; those that the spec has keep their groups.
    pub(crate) fn new(met: &[Met<'_>], known: &Known) -> Self {
        let mut homes = Self::default();
        let there = known.groups.values().flat_map(|group| {
            let calls = group.spec.endpoints.iter();
            calls.filter_map(|one| Some((call(one)?, one.page.is_some())))
        });
        let there = there.map(|((method, path), lists)| Met {
            method,
            path,
            lists,
        });
        let mut all: Vec<Met<'_>> = there.chain(met.iter().copied()).collect();
        all.sort_by_key(|one| std::cmp::Reverse(tree::generation(one.path)));
        homes.apart(&all);
        homes.keep(known);
        let mut trees: IndexMap<String, Node> = IndexMap::new();
        let mut seen = HashSet::new();
        for one in &all {
            if seen.insert((one.method, bare(one.path))) {
                let tree = trees.entry(homes.tree(one.path)).or_default();
                tree.add(one.method, one.path, one.lists);
            }
        }
        for (name, tree) in &trees {
            homes.walk(tree, &mut vec![name.clone()], &Here::default());
        }
        homes.settle_loose();
        homes
    }

    /// The group of the calls of a path.
    pub(crate) fn of(&self, path: &str) -> Option<&Spot> {
        self.spots.get(&self.key(path))
    }

    /// A generation that serves what a later one also serves has its own tree.
    fn apart(&mut self, all: &[Met<'_>]) {
        let mut first: HashMap<(&str, String), &str> = HashMap::new();
        for one in all {
            let words: Vec<&str> = names::unversioned(one.path).collect();
            let bare = bare(&words.join("/"));
            let generation = tree::generation(one.path);
            let known = first.entry((one.method, bare)).or_insert(generation);
            if *known != generation {
                let root = tree::key(one.path).next().unwrap_or_default();
                self.apart.insert((generation.to_owned(), root.to_owned()));
            }
        }
    }

    fn tree(&self, path: &str) -> String {
        let generation = tree::generation(path).to_owned();
        let root = tree::key(path).next().unwrap_or_default().to_owned();
        let own = (generation, root);
        if self.apart.contains(&own) {
            return own.0;
        }
        String::new()
    }

    fn key(&self, path: &str) -> Key {
        let words = tree::key(path).map(str::to_owned);
        std::iter::once(self.tree(path)).chain(words).collect()
    }

    /// The existing groups, with all paths at which they have calls.
    fn keep(&mut self, known: &Known) {
        for (name, group) in &known.groups {
            let area = group.spec.feature.clone().unwrap_or_else(|| name.clone());
            let base = self.key(&group.base());
            let keys = group.spec.endpoints.iter().filter_map(call);
            let keys: Vec<Key> = keys.map(|(_, path)| self.key(path)).collect();
            let last = base.last().cloned();
            for key in keys.into_iter().chain([base.clone()]) {
                let below = key.strip_prefix(base.as_slice()).map(<[String]>::to_vec);
                let rest = match below {
                    Some(rest) => rest,
                    None if key.last() == last.as_ref() => Vec::new(),
                    None => key.last().cloned().into_iter().collect(),
                };
                let place = (self.homes.len(), rest);
                self.known.entry(key).or_insert(place);
            }
            self.names.taken.insert(name.clone());
            if group.spec.under.is_none() {
                self.names.is_area(name, &area);
            }
            self.homes.push(Home {
                name: name.clone(),
                area,
                level: usize::from(group.spec.under.is_some()),
                ..Home::default()
            });
        }
    }

    fn walk(&mut self, node: &Node, key: &mut Key, here: &Here) {
        for (word, below) in &node.below {
            key.push(word.clone());
            let next = self.step(word, below, key, here);
            match next.owner {
                Some(home) => {
                    let top = next.rest.is_empty() && next.words + 1 == key.len();
                    if let Some(home) = self.homes.get_mut(home).filter(|_| top) {
                        home.above = home.above.max(below.above);
                    }
                    let spot = Spot {
                        home,
                        rest: next.rest.clone(),
                        words: next.words,
                        collection: below.is_collection(word),
                    };
                    self.spots.insert(key.clone(), spot);
                }
                None if next.loose => {
                    let (spaces, rest) = (next.spaces.clone(), next.rest.clone());
                    self.loose.push((key.clone(), spaces, rest, below.calls));
                }
                None => {}
            }
            self.walk(below, key, &next);
            key.pop();
        }
    }

    fn step(&mut self, word: &str, node: &Node, key: &Key, here: &Here) -> Here {
        let own = |home| Here {
            owner: Some(home),
            rest: Vec::new(),
            // The first one names the tree.
            words: key.len() - 1,
            ..here.clone()
        };
        if let Some((home, rest)) = self.known.get(key) {
            return Here {
                words: key.len().saturating_sub(1 + rest.len()),
                rest: rest.clone(),
                ..own(*home)
            };
        }
        let silent = node.calls == 0;
        let mut next = here.clone();
        if silent && (here.owner.is_some() || here.loose) {
            return next;
        }
        if silent && !node.things {
            next.spaces.push(word.to_owned());
            return next;
        }
        let within = here.rest.iter().any(|word| word == SETTINGS);
        let many = !within && node.is_collection(word);
        let level = here.owner.and_then(|owner| self.homes.get(owner));
        let nests = match level.map(|owner| owner.level) {
            Some(0) => node.calls > 1 || node.lists,
            Some(_) => node.calls > 1,
            None => node.calls != 1 || node.lists || node.things || here.spaces.is_empty(),
        };
        if many && nests {
            return own(self.group(word, here.owner, &here.spaces, &node.generation));
        }
        if here.owner.is_none() && here.spaces.is_empty() {
            return own(self.group(word, None, &[], &node.generation));
        }
        next.rest.push(word.to_owned());
        next.loose |= here.owner.is_none();
        next
    }

    /// The group of a collection, or of a path outside any collection.
    fn group(
        &mut self,
        word: &str,
        owner: Option<usize>,
        spaces: &[String],
        generation: &str,
    ) -> usize {
        let word = names::snake(word);
        if let Some(home) = owner.and_then(|owner| self.below.get(&(owner, word.clone()))) {
            return *home;
        }
        let mut home = Home {
            method: word.clone(),
            under: owner,
            ..Home::default()
        };
        match owner.and_then(|owner| self.homes.get(owner)) {
            Some(above) => {
                home.area.clone_from(&above.area);
                home.level = above.level + 1;
                let thing = names::snake(&names::one(&above.name));
                home.name = self.names.free(&[&thing], &word, &[], generation);
            }
            None => {
                let all: Vec<String> = spaces.iter().map(|space| singular(space)).collect();
                let spoken = all.iter().filter(|space| !is_shelf(space));
                let spoken: Vec<&str> = spoken.map(String::as_str).collect();
                let shelves: Vec<&str> = all.iter().map(String::as_str).collect();
                home.name = self.names.free(&spoken, &word, &shelves, generation);
                home.area = self.names.area(&home.name, spaces, &word);
                self.names.is_area(&home.name, &home.area);
            }
        }
        home.feature = (home.area != home.name).then(|| home.area.clone());
        self.homes.push(home);
        let place = self.homes.len() - 1;
        if let Some(owner) = owner {
            self.below.insert((owner, word), place);
        }
        place
    }

    /// Paths outside any collection are grouped by their prefix. A single call does not make a group if a
    /// wider one can have it.
    fn settle_loose(&mut self) {
        let loose = std::mem::take(&mut self.loose);
        let mut calls: IndexMap<Vec<String>, usize> = IndexMap::new();
        for (_, spaces, _, count) in &loose {
            *calls.entry(spaces.clone()).or_default() += count;
        }
        let mut groups: HashMap<Vec<String>, usize> = HashMap::new();
        for (key, mut spaces, mut rest, _) in loose {
            while spaces.len() > 1 && calls.get(&spaces).is_none_or(|count| *count < 2) {
                rest.splice(0..0, spaces.pop());
            }
            let home = match groups.get(&spaces) {
                Some(home) => *home,
                None => {
                    let above = spaces.split_last();
                    let (word, above) = above.map_or(("", &[][..]), |(word, above)| (word, above));
                    let home = self.group(word, None, above, "");
                    groups.insert(spaces, home);
                    home
                }
            };
            let spot = Spot {
                home,
                rest,
                words: 0,
                collection: false,
            };
            self.spots.insert(key, spot);
        }
    }
}

#[cfg(test)]
mod tests;
