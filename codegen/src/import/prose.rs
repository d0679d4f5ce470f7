//! The sentences that follow from structure: what a common call does, what a schema is by its place. Anything
//! uncommon is left to the maintainer.

use super::{
    draft::DraftEndpoint,
    names::{self, VERBS, singular, words},
};

/// Words of paths that only contain other resources.
const SPACES: [&str; 8] = [
    "catalog",
    "content",
    "infrastructure",
    "marketing",
    "payments",
    "storefront",
    "pickup",
    "tax",
];

/// What a call does, if its method and its path determine it.
pub(crate) fn endpoint(endpoint: &DraftEndpoint, lists: bool, batch: bool) -> Option<String> {
    let verb = words(&endpoint.operation).into_iter().next()?;
    if !VERBS.contains(&verb.as_str()) {
        return None;
    }
    let one_by_path = endpoint.path.ends_with('}');
    let (noun, owner) = thing(&endpoint.path);
    let of = owner
        .map(|owner| format!(" of {}", a(&owner)))
        .unwrap_or_default();
    let many = plural(&noun);
    // What is read and changed at its own path is the only one there.
    let one = match one_by_path || endpoint.method == "post" {
        true => a(&noun),
        false => format!("the {}", noun),
    };
    let what = if batch {
        format!("several {many}")
    } else {
        one
    };
    Some(match endpoint.method {
        "get" if endpoint.path.ends_with("/count") => {
            format!("Count the {}{of}.", plural(noun.trim_end_matches(" count")))
        }
        "get" if lists => format!("List the {many}{of}."),
        "get" => format!("Read {what}{of}."),
        "post" => format!("Create {what}{of}."),
        "put" if verb == "upsert" => format!("Create or change {what}{of}."),
        "put" | "patch" => format!("Change {what}{of}."),
        _ if one_by_path => format!("Remove {what}{of}."),
        _ if batch || many_by_path(&endpoint.path) => format!("Remove {many}{of}."),
        _ => format!("Remove {what}{of}."),
    })
}

/// Whether the last word of a path is a plural.
fn many_by_path(path: &str) -> bool {
    let last = words(path.rsplit('/').next().unwrap_or_default()).pop();
    last.is_some_and(|last| singular(&last) != last && names::one(&last) != names::camel(&last))
}

/// The subject of a path and, if that belongs to a single resource, the resource.
fn thing(path: &str) -> (String, Option<String>) {
    let segments: Vec<&str> = names::unversioned(path).collect();
    let mut words: Vec<String> = Vec::new();
    let mut owner = None;
    let mut parameter = false;
    for segment in segments {
        if segment.starts_with('{') {
            parameter = true;
            continue;
        }
        if parameter {
            owner = Some(words.join(" "));
            words.clear();
        }
        parameter = false;
        if !SPACES.contains(&segment) || owner.is_some() {
            words.push(names::spaced(&names::one(segment)));
        }
    }
    let noun = words.join(" ");
    (
        if noun.is_empty() {
            "thing".to_owned()
        } else {
            noun
        },
        owner.filter(|o| !o.is_empty()),
    )
}

/// A noun with its article.
pub(crate) fn a(noun: &str) -> String {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    if singular(last) != last || last.ends_with("ings") {
        return format!("the {noun}");
    }
    let vowel = noun.starts_with(['a', 'e', 'i', 'o'])
        || noun.starts_with("un") && !noun.starts_with("uni");
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// The plural of the last word.
pub(crate) fn plural(noun: &str) -> String {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    if singular(last) != last {
        return noun.to_owned();
    }
    let before_y = noun
        .strip_suffix('y')
        .filter(|start| !start.ends_with(['a', 'e', 'o', 'u']));
    if let Some(start) = before_y {
        return format!("{start}ies");
    }
    if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") {
        return format!("{noun}es");
    }
    format!("{noun}s")
}

/// What a group is for, by the methods of its calls.
pub(crate) fn group(name: &str, methods: &[&str]) -> String {
    let verbs: Vec<&str> = [
        ("get", "read"),
        ("post", "add"),
        ("put", "change"),
        ("patch", "change"),
        ("delete", "remove"),
    ]
    .into_iter()
    .filter(|(method, _)| methods.contains(method))
    .map(|(_, verb)| verb)
    .collect();
    let mut verbs: Vec<String> = verbs.into_iter().map(str::to_owned).collect();
    verbs.dedup();
    let last = verbs.pop().unwrap_or_else(|| "read".to_owned());
    let verbs = match verbs.is_empty() {
        true => last,
        false => format!("{} and {last}", verbs.join(", ")),
    };
    format!(
        "{} the store's {}.",
        names::sentence(&verbs),
        name.replace('_', " ")
    )
}

/// What a write in a group changes.
pub(crate) fn warning(name: &str) -> String {
    format!("A write changes the store's {}.", name.replace('_', " "))
}

/// What a schema is: the noun of its name, or the contents of another schema's field.
pub(crate) fn schema(name: &str, within: Option<(&str, &str)>) -> String {
    let noun = names::spaced(name);
    match within {
        Some((owner, field)) => {
            format!("The contents of `{field}` of {}.", a(&names::spaced(owner)))
        }
        None => format!("{}.", names::sentence(&a(&noun))),
    }
}

/// What an enumeration is, by the end of its name.
pub(crate) fn choice(name: &str) -> String {
    for (end, before, after) in [
        ("Sort", "What ", " can be sorted by."),
        ("Include", "What can be included with ", "."),
    ] {
        if let Some(about) = name.strip_suffix(end).filter(|about| !about.is_empty()) {
            return format!("{before}{}{after}", plural(&names::spaced(about)));
        }
    }
    format!("The values of {}.", a(&names::spaced(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(
        method: &'static str,
        path: &str,
        operation: &str,
        lists: bool,
        batch: bool,
    ) -> Option<String> {
        let draft = DraftEndpoint {
            method,
            path: path.to_owned(),
            operation: operation.to_owned(),
            ..DraftEndpoint::default()
        };
        endpoint(&draft, lists, batch)
    }

    #[test]
    fn a_call_of_a_usual_kind_says_what_it_does_and_another_is_left_open() {
        for (method, path, operation, lists, batch, does) in [
            (
                "get",
                "/v3/catalog/brands",
                "getBrands",
                true,
                false,
                "List the brands.",
            ),
            (
                "get",
                "/v3/orders/{id}/taxes/{tax_id}",
                "getTax",
                false,
                false,
                "Read a tax of an order.",
            ),
            (
                "get",
                "/v3/store/settings",
                "getSettings",
                false,
                false,
                "Read the store settings.",
            ),
            (
                "post",
                "/v3/customers",
                "createCustomers",
                true,
                true,
                "Create several customers.",
            ),
            (
                "put",
                "/v3/sites/{id}",
                "updateSite",
                false,
                false,
                "Change a site.",
            ),
            (
                "delete",
                "/v3/sites/{id}",
                "deleteSite",
                false,
                false,
                "Remove a site.",
            ),
        ] {
            assert_eq!(
                said(method, path, operation, lists, batch).as_deref(),
                Some(does)
            );
        }
        assert_eq!(
            said(
                "post",
                "/v3/orders/{id}/capture",
                "captureOrder",
                false,
                false
            ),
            None
        );
    }
}
