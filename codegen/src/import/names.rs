//! Chooses the names of types, from component names and operation ids. The same input gives the same
//! name, and a maintainer may change any of them.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Parts of component names that name a view of a resource, not the resource.
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

/// Names that say nothing about the resource.
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

/// Verbs at the start of operation ids.
pub(crate) const VERBS: [&str; 14] = [
    "get", "list", "create", "add", "update", "upsert", "set", "put", "post", "patch", "delete",
    "deletes", "remove", "replace",
];

/// The subject of a component: that of `brand_Full`, `BrandPost` and `createBrand` is `Brand`.
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

/// Words whose plural is a single resource: settings are read and changed as one.
const WHOLES: [&str; 5] = ["settings", "analytics", "details", "logs", "instructions"];

/// The subject of a call: that of the last word of its path, such as `Listing` for
/// `/v3/channels/{id}/listings`. If the path ends with an action, it is that of the operation.
pub(crate) fn noun(operation: &str, path: &str) -> String {
    let mut literals = path
        .rsplit('/')
        .filter(|s| !s.is_empty() && !s.starts_with('{'));
    let last = literals.next().unwrap_or("thing");
    if does(operation, last) {
        return told(operation, last);
    }
    let (last, end) = match (last, literals.next()) {
        ("count", Some(counted)) => (counted, "Count"),
        _ => (last, ""),
    };
    let noun = one(last);
    let told = told(operation, last);
    let (short, long) = (noun.to_lowercase(), told.to_lowercase());
    // The operation may have a better spelling (`PriceList`), or a full name (`Webhook`).
    let better =
        short == long || long.ends_with(&short) && words(&told).len() == words(&noun).len();
    (if better { told } else { noun }) + end
}

/// The segments of a path without the version.
pub(crate) fn unversioned(path: &str) -> impl Iterator<Item = &str> {
    let version = |segment: &&str| {
        let digits = segment.strip_prefix('v').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let mut segments = path.split('/').filter(|s| !s.is_empty()).peekable();
    segments.next_if(version);
    segments
}

/// The singular of the word before the last one of a path, skipping a version.
pub(crate) fn parent(path: &str) -> Option<String> {
    let literals = unversioned(path);
    let mut literals: Vec<&str> = literals
        .filter(|s| !s.is_empty() && !s.starts_with('{'))
        .collect();
    literals.pop()?;
    literals.pop().map(one)
}

/// The name of a path's parameter below `above`.
pub(crate) fn parameter(official: &str, above: &str) -> String {
    let name = official.to_snake_case();
    match name.as_str() {
        "id" | "uuid" if !above.is_empty() => format!("{}_{name}", one(above).to_snake_case()),
        "" => "value".to_owned(),
        _ => name,
    }
}

/// The singular of a word of a path.
pub(crate) fn one(literal: &str) -> String {
    let mut words = words(literal);
    if let Some(last) = words.pop() {
        words.push(match WHOLES.contains(&last.as_str()) {
            true => last,
            false => singular(&last),
        });
    }
    words.join("_").to_upper_camel_case()
}

/// Whether the last word of a path is an action, as in `/customers/validate-credentials`.
pub(crate) fn does(operation: &str, last: &str) -> bool {
    let first = words(operation).into_iter().next().unwrap_or_default();
    !VERBS.contains(&first.as_str()) && words(last).first() == Some(&first)
}

/// The subject of an operation id, without its verb: that of `getPriceLists` is `PriceList`.
fn told(operation: &str, last: &str) -> String {
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
    one(last)
}

/// The words of a type's name: `PriceList` is a `price list`.
pub(crate) fn spaced(name: &str) -> String {
    name.to_snake_case().replace('_', " ")
}

/// The words of a snake-case name, with the first one capitalized.
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

/// The name of an item of a list field: an item of `images` is an `Image`.
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
    if let Some(start) = word.strip_suffix("lves") {
        return format!("{start}lf");
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
            ("shelves", "shelf"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
