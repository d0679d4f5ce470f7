//! Chooses the names of types, from component names and operation ids. The same input gives the same
//! name, and a maintainer may change any of them.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Parts of component names that say which side of a resource they are, not what it is.
const SIDES: [&str; 27] = [
    "full",
    "base",
    "post",
    "put",
    "patch",
    "get",
    "delete",
    "resp",
    "response",
    "responses",
    "request",
    "only",
    "shared",
    "for",
    "create",
    "update",
    "read",
    "write",
    "input",
    "payload",
    "model",
    "schema",
    "body",
    "common",
    "object",
    "resource",
    "data",
];

/// Names that say nothing about what a thing is.
const EMPTY: [&str; 8] = [
    "data",
    "item",
    "result",
    "value",
    "entry",
    "collection",
    "error",
    "meta",
];

/// Verbs that operation ids begin with.
pub(crate) const VERBS: [&str; 14] = [
    "get", "list", "create", "add", "update", "upsert", "set", "put", "post", "patch", "delete",
    "deletes", "remove", "replace",
];

/// What a component is about: `brand_Full`, `BrandPost` and `createBrand` are about a `Brand`.
pub(crate) fn stem(component: &str) -> Option<String> {
    let (mut chunks, split): (Vec<&str>, bool) = match component.split_once('_') {
        Some(_) => (
            component.split('_').filter(|c| !c.is_empty()).collect(),
            true,
        ),
        None => (vec![component], false),
    };
    while split && chunks.len() > 1 && chunks.last().is_some_and(|c| is_side(c)) {
        chunks.pop();
    }
    let mut words = words(&chunks.join("_"));
    if !split {
        while words.len() > 1 && words.last().is_some_and(|w| SIDES.contains(&w.as_str())) {
            words.pop();
        }
        while words.len() > 1 && words.first().is_some_and(|w| leads(w)) {
            words.remove(0);
        }
    }
    let last = words.pop()?;
    words.push(singular(&last));
    let name = words.join("_").to_upper_camel_case();
    let lower = name.to_lowercase();
    let telling = !EMPTY.contains(&lower.as_str()) && !SIDES.contains(&lower.as_str());
    (telling && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(name)
}

fn is_side(chunk: &str) -> bool {
    words(chunk)
        .iter()
        .all(|w| SIDES.contains(&w.as_str()) || w.parse::<u32>().is_ok())
}

fn leads(word: &str) -> bool {
    word == "request" || word == "saved" || VERBS.contains(&word)
}

pub(crate) fn words(text: &str) -> Vec<String> {
    let snake = text.to_snake_case();
    snake
        .split('_')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What an operation id is about, without its verb: `getPriceLists` is about a `PriceList`.
pub(crate) fn noun(operation: &str, path: &str) -> String {
    let mut words = words(operation);
    let verb = words.first().is_some_and(|w| VERBS.contains(&w.as_str()));
    if verb && words.len() > 1 {
        words.remove(0);
        if let Some(by) = words
            .iter()
            .position(|w| w == "by")
            .filter(|place| *place > 0)
        {
            words.truncate(by);
        }
        let singular: Vec<String> = words.iter().map(|w| singular(w)).collect();
        return singular.join("_").to_upper_camel_case();
    }
    let literal = path
        .rsplit('/')
        .find(|s| !s.is_empty() && !s.starts_with('{'));
    singular(&literal.unwrap_or("thing").to_snake_case()).to_upper_camel_case()
}

/// The words of a type's name: `PriceList` is a `price list`.
pub(crate) fn spaced(name: &str) -> String {
    name.to_snake_case().replace('_', " ")
}

/// The words of a snake-case name, the first one with a capital.
pub(crate) fn sentence(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

pub(crate) fn camel(text: &str) -> String {
    text.to_upper_camel_case()
}

pub(crate) fn snake(text: &str) -> String {
    text.to_snake_case()
}

/// The name of what one member of a list field is: `images` holds an `Image`.
pub(crate) fn member(field: &str) -> String {
    let mut words = words(field);
    if let Some(last) = words.pop() {
        words.push(singular(&last));
    }
    words.join("_").to_upper_camel_case()
}

/// The singular of an English word, well enough for names.
pub(crate) fn singular(word: &str) -> String {
    let keep = ["ss", "us", "is", "series", "news", "always"];
    if keep.iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(start) = word.strip_suffix("ies").filter(|s| s.len() > 1) {
        return format!("{start}y");
    }
    for end in ["sses", "xes", "ches", "shes", "uses"] {
        if word.ends_with(end) && word.len() > end.len() {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(start) if start.len() > 1 => start.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_forgets_the_side_it_shows() {
        for (component, expected) in [
            ("brand_Full", "Brand"),
            ("order_RespOnly", "Order"),
            ("customerGroup_Post_Put", "CustomerGroup"),
            ("MetafieldPost", "Metafield"),
            ("AssignmentsForRequest", "Assignment"),
            ("blogPost_Base", "BlogPost"),
            ("CreateCategories", "Category"),
        ] {
            assert_eq!(stem(component).as_deref(), Some(expected), "{component}");
        }
        assert_eq!(stem("data"), None);
    }

    #[test]
    fn a_word_finds_its_singular() {
        for (many, one) in [
            ("categories", "category"),
            ("addresses", "address"),
            ("taxes", "tax"),
            ("statuses", "status"),
            ("status", "status"),
            ("prices", "price"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
