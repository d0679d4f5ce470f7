//! The names of groups and their features.

use std::collections::{HashMap, HashSet};

use crate::{
    bare_names::is_taken_by_types,
    import::{names, tree::SETTINGS},
};

/// Words that only categorize, and are not part of names.
const SHELVES: [&str; 5] = [
    "catalog",
    "content",
    "infrastructure",
    "marketing",
    "storefront",
];

/// The names that are taken.
#[derive(Default)]
pub(super) struct Names {
    pub taken: HashSet<String>,
    /// The numbers after names that are taken.
    numbers: HashMap<String, usize>,
    /// The features of groups that are not nested, by their names and by their singular nouns.
    areas: HashMap<String, String>,
}

impl Names {
    /// The feature of a group that is not nested: its category, or the group of the resources that its name
    /// starts with.
    pub(super) fn area(&self, name: &str, spaces: &[String], word: &str) -> String {
        if let Some(space) = spaces.first() {
            return names::snake(space);
        }
        let starts = name
            .match_indices('_')
            .filter_map(|(end, _)| name.get(..end));
        let mut known = std::iter::once(word).chain(starts);
        let other = known.find_map(|start| self.areas.get(start));
        other.map_or_else(|| name.to_owned(), String::clone)
    }

    pub(super) fn is_area(&mut self, name: &str, area: &str) {
        let one = names::snake(&names::one(name));
        for known in [name.to_owned(), one] {
            self.areas.entry(known).or_insert_with(|| area.to_owned());
        }
    }

    /// The name of a group: its prefix and its own word.
    pub(super) fn free(
        &mut self,
        before: &[&str],
        word: &str,
        shelves: &[&str],
        generation: &str,
    ) -> String {
        let name = joined(before, word);
        let wishes = [
            name.clone(),
            joined(shelves, word),
            format!("{name}_{generation}"),
        ];
        // The numbers below are already taken.
        let number = self.numbers.entry(name.clone()).or_insert(1);
        let numbered = std::iter::from_fn(|| {
            *number += 1;
            Some(format!("{name}_{number}"))
        });
        let mut wishes = wishes.into_iter().chain(numbered);
        let free = |name: &String| {
            let types = is_taken_by_types(&names::camel(name), false);
            !name.ends_with('_') && !types && !self.taken.contains(name)
        };
        let name = wishes.find(free).unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }
}

pub(super) fn is_shelf(word: &str) -> bool {
    SHELVES.contains(&word)
}

pub(super) fn singular(word: &str) -> String {
    match names::snake(word).as_str() {
        SETTINGS => SETTINGS.to_owned(),
        _ => names::snake(&names::one(word)),
    }
}

/// Words joined, without the repetition if one ends as the next starts: `channel` and `channel_menus`.
fn joined(before: &[&str], word: &str) -> String {
    let mut name = before.join("_");
    let same = word == name || word.starts_with(&format!("{name}_"));
    if name.is_empty() || same {
        return word.to_owned();
    }
    name.push('_');
    name + word
}
