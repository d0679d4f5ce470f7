//! Chooses names: of types from component names, of methods from paths. The same input gives the
//! same name, and a maintainer may change any of them.

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
const VERBS: [&str; 14] = [
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

fn words(text: &str) -> Vec<String> {
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

/// What is needed to name a method.
pub(crate) struct Call<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub operation: &'a str,
    /// The answer is a list.
    pub lists: bool,
    /// The body is a list.
    pub batch: bool,
}

/// The method in code of a call whose group lives at `base`.
pub(crate) fn method(call: &Call<'_>, base: &str) -> String {
    let below = |rest: &&str| rest.is_empty() || rest.starts_with('/');
    let rest = call.path.strip_prefix(base).filter(below);
    let rest = rest.unwrap_or_else(|| outside(call.path, base));
    let segments: Vec<&str> = rest.split('/').filter(|s| !s.is_empty()).collect();
    let literals: Vec<&str> = segments
        .iter()
        .copied()
        .filter(|s| !s.starts_with('{'))
        .collect();
    let last = segments
        .last()
        .or(base.rsplit('/').next().as_ref())
        .copied()
        .unwrap_or("");
    let one = last.starts_with('{');
    if call.method == "post" && verb_like(call.operation, last) {
        return last.to_snake_case();
    }
    let whole = literals.is_empty();
    let verb = match call.method {
        "get" if one || !call.lists => "get",
        "get" => "list",
        "post" if whole && call.batch => "create_all",
        "post" => "create",
        "put" if whole && call.batch => "update_all",
        "put" => "update",
        "patch" => "patch",
        _ if whole && !one => "delete_all",
        _ => "delete",
    };
    if whole {
        return verb.to_owned();
    }
    let many = call.batch || call.lists || (call.method == "delete" && !one);
    let mut noun: Vec<String> = literals
        .iter()
        .map(|s| singular(&s.to_snake_case()))
        .collect();
    if let (true, Some(place)) = (many, noun.last_mut()) {
        *place = literals
            .last()
            .map(|s| s.to_snake_case())
            .unwrap_or_default();
    }
    format!("{verb}_{}", noun.join("_"))
}

/// A path of another collection, without the generation that both begin with.
fn outside<'p>(path: &'p str, base: &str) -> &'p str {
    let first = base.split('/').find(|s| !s.is_empty()).unwrap_or_default();
    let rest = path
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(first));
    rest.filter(|rest| rest.starts_with('/')).unwrap_or(path)
}

/// Whether the last segment is itself what the call does, as in `/customers/validate-credentials`.
fn verb_like(operation: &str, last: &str) -> bool {
    let first = words(operation).into_iter().next().unwrap_or_default();
    !VERBS.contains(&first.as_str()) && words(last).first() == Some(&first)
}

/// The path a group lives at: what all its paths begin with, cut before a trailing parameter. Where
/// that says nothing, the collection that most of them belong to.
pub(crate) fn base<'a>(paths: impl Iterator<Item = &'a str> + Clone) -> String {
    let common = common(paths.clone());
    if common.split('/').filter(|s| !s.is_empty()).count() > 1 {
        return common;
    }
    let mut collections: Vec<(usize, String)> = Vec::new();
    for path in paths {
        let segments: Vec<&str> = path.split('/').collect();
        let start = usize::from(!common.is_empty()) + 2;
        let collection = segments.get(..start).unwrap_or(&segments).join("/");
        match collections
            .iter_mut()
            .find(|(_, known)| *known == collection)
        {
            Some((count, _)) => *count += 1,
            None => collections.push((1, collection)),
        }
    }
    let most = collections
        .iter()
        .map(|(count, _)| *count)
        .max()
        .unwrap_or_default();
    let first = collections.into_iter().find(|(count, _)| *count == most);
    first.map(|(_, collection)| collection).unwrap_or(common)
}

fn common<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut common: Option<Vec<&str>> = None;
    for path in paths {
        let segments: Vec<&str> = path.split('/').collect();
        common = Some(match common {
            None => segments,
            Some(known) => {
                let same = known
                    .iter()
                    .zip(&segments)
                    .take_while(|(a, b)| a == b)
                    .count();
                known.into_iter().take(same).collect()
            }
        });
    }
    let mut common = common.unwrap_or_default();
    while common.last().is_some_and(|s| s.starts_with('{')) {
        common.pop();
    }
    common.join("/")
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

    #[test]
    fn a_method_is_named_by_what_it_does_to_the_group() {
        let name = |method, path, lists, batch| {
            let call = Call {
                method,
                path,
                operation: "getX",
                lists,
                batch,
            };
            super::method(&call, "/v3/catalog/brands")
        };
        assert_eq!(name("get", "/v3/catalog/brands", true, false), "list");
        assert_eq!(name("get", "/v3/catalog/brands/{id}", false, false), "get");
        assert_eq!(name("put", "/v3/catalog/brands", true, true), "update_all");
        assert_eq!(
            name("get", "/v3/catalog/brands/{id}/metafields", true, false),
            "list_metafields"
        );
        assert_eq!(
            name("delete", "/v3/catalog/brands/{id}/image", false, false),
            "delete_image"
        );
    }
}
