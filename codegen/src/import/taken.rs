//! Unique names for the schemas of a group.

use std::collections::{HashMap, HashSet};

use super::{
    draft::{DraftGroup, DraftSchema},
    known::Known,
    names,
};
use crate::{
    bare_names::is_taken_by_types,
    spec::{Map, Schema},
};

const VIEWS: [&str; 4] = ["", "Create", "Update", "Input"];

/// The names of types that are taken in each group, and in the shared file.
pub(crate) struct Taken {
    groups: Vec<HashSet<String>>,
    nouns: Vec<String>,
    shared: HashSet<String>,
    /// Those of all existing groups: a shared schema may use none of them.
    everywhere: HashSet<String>,
    numbers: HashMap<String, usize>,
}

/// The singular noun of a group.
pub(crate) fn noun(group: &str) -> String {
    names::one(group)
}

impl Taken {
    pub(crate) fn new(groups: &[DraftGroup], known: &Known) -> Self {
        let mut shared = HashSet::new();
        there(&known.shared, &mut shared);
        let mut everywhere = HashSet::new();
        for group in known.groups.values() {
            there(&group.spec.schemas, &mut everywhere);
        }
        let mut taken = Self {
            groups: Vec::new(),
            nouns: Vec::new(),
            shared,
            everywhere,
            numbers: HashMap::new(),
        };
        for group in groups {
            let handle = names::camel(&group.name);
            let mut names = HashSet::from([format!("{handle}Reader"), handle]);
            let own = known.groups.get(&group.name);
            if let Some(own) = own {
                there(&own.spec.schemas, &mut names);
            }
            taken.everywhere.extend(names.iter().cloned());
            taken.groups.push(names);
            taken.nouns.push(thing(group));
        }
        taken
    }

    /// The name of a schema that `group` needs, or also others if it is shared.
    pub(crate) fn name(
        &mut self,
        schema: &DraftSchema,
        wish: &str,
        group: Option<usize>,
        shared: bool,
    ) -> String {
        let noun = group
            .and_then(|group| self.nouns.get(group))
            .cloned()
            .unwrap_or_default();
        let wish = wish.trim_end_matches("EnumValue").trim_end_matches("Enum");
        let longer = joined(&noun, wish);
        let mut wishes = match shared {
            true => vec![wish.to_owned(), longer],
            false if wish.contains(&noun) => vec![wish.to_owned()],
            false => vec![longer],
        };
        wishes.push(format!("{wish}Details"));
        let group = group.filter(|_| !shared);
        let number = self.numbers.get(wish).copied().unwrap_or(2);
        let numbered = (number..).map(|number| (format!("{wish}{number}"), number + 1));
        let wishes = wishes
            .into_iter()
            .map(|name| (name, number))
            .chain(numbered);
        let mut free = wishes.filter(|(name, _)| self.is_free(&occupied(name, schema), group));
        let Some((name, number)) = free.next() else {
            return wish.to_owned();
        };
        self.numbers.insert(wish.to_owned(), number);
        let occupied = occupied(&name, schema);
        match group.and_then(|group| self.groups.get_mut(group)) {
            Some(names) => names.extend(occupied),
            None => {
                self.shared.extend(occupied);
            }
        }
        name
    }

    fn is_free(&self, names: &[String], group: Option<usize>) -> bool {
        let elsewhere = |name: &String| match group {
            Some(group) => self
                .groups
                .get(group)
                .is_some_and(|names| names.contains(name)),
            None => self.everywhere.contains(name),
        };
        !names.iter().any(|name| {
            is_taken_by_types(name, false) || self.shared.contains(name) || elsewhere(name)
        })
    }
}

/// A name with the noun of its group as a prefix, without repeated words: `ProductOption` and `OptionValue`
/// give `ProductOptionValue`.
fn joined(noun: &str, wish: &str) -> String {
    let known = names::words(noun);
    let mut words = names::words(wish);
    let same = words.iter().take_while(|word| known.contains(word)).count();
    words.drain(..same);
    format!("{noun}{}", names::camel(&words.join("_")))
}

/// The names of all types that a schema becomes.
fn occupied(name: &str, schema: &DraftSchema) -> Vec<String> {
    let views = schema.views.iter().map(|view| match *view {
        "create" => "Create",
        "update" => "Update",
        "write" => "Input",
        _ => "",
    });
    let mut names = vec![name.to_owned()];
    names.extend(views.map(|view| format!("{name}{view}")));
    let enums = schema
        .fields
        .iter()
        .filter(|field| !field.values.is_empty());
    names.extend(enums.map(|field| format!("{name}{}", names::camel(&field.name))));
    names
}

/// The names of the types of existing schemas.
fn there(schemas: &Map<Schema>, names: &mut HashSet<String>) {
    for (name, schema) in schemas.iter() {
        names.extend(VIEWS.map(|view| format!("{name}{view}")));
        let fields = schema.fields.iter().flat_map(Map::iter);
        let enums = fields.filter(|(_, field)| field.values.is_some());
        names.extend(enums.map(|(field, _)| format!("{name}{}", names::camel(field))));
    }
}

/// The subject of the calls at the top of a group, or else the singular of its name.
fn thing(group: &DraftGroup) -> String {
    let one = noun(&group.name);
    let flat = |text: &str| text.replace(['_', ' '], "").to_lowercase();
    let about = group
        .endpoints
        .iter()
        .map(|endpoint| endpoint.acts_on.as_str());
    let same = about.into_iter().find(|about| flat(about) == flat(&one));
    same.map_or(one.clone(), |about| names::camel(&about.replace(' ', "_")))
}

/// The words that all names end with.
pub(crate) fn common(names: &[&str]) -> String {
    let distinct: HashSet<&&str> = names.iter().collect();
    let mut all = names.iter().map(|name| names::words(name));
    let mut common = all.next().unwrap_or_default();
    if distinct.len() == 1 {
        return names.first().map(ToString::to_string).unwrap_or_default();
    }
    for words in all {
        let same = common.iter().rev().zip(words.iter().rev());
        let same = same.take_while(|(a, b)| a == b).count();
        common.drain(..common.len() - same);
    }
    let tells = |word: &String| {
        !LINKS.contains(&word.as_str()) && !word.starts_with(|c: char| c.is_ascii_digit())
    };
    let start = common.iter().position(tells).unwrap_or(common.len());
    match common.get(start..) {
        Some(words) if !words.is_empty() => names::camel(&words.join("_")),
        _ => {
            let shortest = names.iter().min_by_key(|name| name.len());
            shortest.map(ToString::to_string).unwrap_or_default()
        }
    }
}

/// Words that no name starts with.
const LINKS: [&str; 8] = ["all", "and", "for", "get", "of", "or", "post", "put"];

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn the_noun_of_a_group_is_not_said_twice() {
        for (noun, wish, expected) in [
            ("ProductOption", "OptionValue", "ProductOptionValue"),
            ("ProductImage", "Image", "ProductImage"),
            (
                "ShippingZoneMethod",
                "ShippingMethodType",
                "ShippingZoneMethodType",
            ),
            ("Order", "Transaction", "OrderTransaction"),
            ("", "Worth", "Worth"),
        ] {
            assert_eq!(joined(noun, wish), expected);
        }
    }
}
