//! The names of calls and parameters, which become methods of handles and of requests.

use std::collections::BTreeSet;

use bigcommerce_tests::api;
use syn::{ImplItem, Item};

use super::{free, generated, with};

/// The methods of every `impl` of a file, including traits.
fn methods(file: &syn::File) -> impl Iterator<Item = String> {
    let impls = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) => Some(item),
        _ => None,
    });
    impls
        .flat_map(|item| &item.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        })
}

#[test]
fn no_call_takes_the_name_of_a_method_that_handles_have() {
    let api = api();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (place, file) in generated("handle.rs") {
        let group = place.split('.').next().unwrap();
        let calls = api
            .endpoints
            .iter()
            .filter(|one| api.group(one.group).name == group);
        let calls: BTreeSet<&str> = calls
            .flat_map(|one| {
                let all = one.all.as_ref().map(|all| &all.name);
                let job = one.job.as_ref().map(|job| &job.name);
                [Some(&one.call), all, job]
            })
            .flatten()
            .map(String::as_str)
            .collect();
        // Methods that return the handle of another group, or of a single resource, are reserved
        // together with the calls.
        let nested = api.groups.iter().filter_map(|one| one.nested.as_ref());
        let nested: BTreeSet<&str> = nested
            .filter(|nested| api.group(nested.under).name == group)
            .map(|nested| nested.method.as_str())
            .collect();
        let own = api.groups.iter().filter(|one| one.name == group);
        let narrowed: BTreeSet<&str> = own
            .filter_map(|one| Some(one.narrowed.as_ref()?.method.as_str()))
            .collect();
        let claimed = [&calls, &nested, &narrowed];
        let free = |name: &str| claimed.iter().all(|names| !names.contains(name));
        names.extend(methods(&file).filter(|name| free(name)));
    }
    assert!(names.contains("new"), "the methods were not found");
    let free = free(&names, |name| {
        with("- id: update\n", &format!("- id: {name}\n"))
    });
    assert!(free.is_empty(), "HANDLE_METHODS lacks {free:?}");
}

#[test]
fn no_parameter_takes_the_name_of_a_method_that_requests_have() {
    let api = api();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (place, file) in generated("requests") {
        let Some(endpoint) = api.endpoints.iter().find(|one| one.id == place) else {
            panic!("{place} is the request of no endpoint");
        };
        let own = endpoint.query.iter().chain(&endpoint.headers);
        let own = own.chain(&endpoint.form).map(|one| &one.rust);
        let body = endpoint.body.iter().map(|body| &body.rust);
        let own: BTreeSet<&str> = own.chain(body).map(String::as_str).collect();
        let sorts = endpoint.sort.is_some();
        names.extend(
            methods(&file).filter(|name| !(own.contains(name.as_str()) || sorts && name == "sort")),
        );
    }
    assert!(names.contains("send"), "the methods were not found");
    let free = free(&names, |name| {
        with("      depth: {", &format!("      {name}: {{"))
    });
    assert!(free.is_empty(), "REQUEST_METHODS lacks {free:?}");
}
