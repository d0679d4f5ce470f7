//! Providers, whose servers BigCommerce calls: that each differs from the groups and has a secure
//! address. The rules for endpoints and schemas apply to theirs as well.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::Index,
    spec::Inbound,
};

pub static PROVIDER: Code = Code::error(
    "E109",
    "provider",
    "A provider has a name that no group has, and an HTTPS address.",
);

pub(super) fn providers(cx: &Index<'_>, out: &mut Diagnostics) {
    for provider in &cx.document.inbound {
        let at = At::root(&provider.file);
        let name = &provider.group;
        if let Some((_, ours)) = cx.groups().find(|(group, _)| group.group == *name) {
            out.push(
                Diagnostic::new(
                    &PROVIDER,
                    at.key("group").value(),
                    format!("a group is also called `{name}`"),
                )
                .also(ours.key("group").value(), "the group")
                .why("each has a page in the docs under its name")
                .help("rename the provider and its file"),
            );
        }
        if let Some(why) = address(provider) {
            out.push(
                Diagnostic::new(
                    &PROVIDER,
                    at.key("base_url").value(),
                    format!("the address {why}"),
                )
                .help("write it as in `https://{app_domain}`"),
            );
        }
    }
}

/// What is wrong with an address, as the end of a sentence.
fn address(provider: &Inbound) -> Option<&'static str> {
    let url = &provider.base_url;
    let Some(rest) = url.strip_prefix("https://") else {
        return Some("must start with `https://`; BigCommerce calls no other addresses");
    };
    if rest.is_empty() || rest.starts_with('/') || rest.contains(['?', '#', ' ']) {
        return Some("must be a host, with nothing but a path after it");
    }
    rest.ends_with('/')
        .then_some("must not end with `/`; every path starts with one")
}
