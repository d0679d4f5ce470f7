//! The module that ties the groups together, and the methods by which a client answers their handles.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, emit::Source, group::inner, source, ty};
use crate::model::{Api, Group};

/// The files at the root of the generated tree.
pub(super) fn sources(api: &Api) -> Vec<Source<'_>> {
    vec![
        source("mod.rs".to_owned(), "", move || root(api)),
        source("handles.rs".to_owned(), "", move || handles(api)),
    ]
}

fn root(api: &Api) -> TokenStream {
    let doc = inner(&["Everything that is made from the spec.".to_owned()]);
    let groups = api.groups.iter().map(|group| ty::ident(&group.name));
    let url = source_url(api);
    quote! {
        #doc
        #url
        mod catalogue;
        mod handles;
        pub mod events;
        pub mod shared;
        #(pub mod #groups;)*
        pub use self::catalogue::{Endpoint, Event, Group, Scope, service};
    }
}

/// Where a file of the official description can be read: the revision stands here alone.
fn source_url(api: &Api) -> Option<TokenStream> {
    let url = api.service.sources.get("official")?.url.as_ref()?;
    let (before, after) = url.split_once("{file}").unwrap_or((url, ""));
    Some(quote! {
        /// Where a file of the official description can be read.
        #[allow(unused_macros, reason = "not every set of groups has endpoints")]
        macro_rules! source_url {
            ($file:literal) => { concat!(#before, $file, #after) };
        }
        #[allow(unused_imports, reason = "not every set of groups has endpoints")]
        pub(crate) use source_url;
    })
}

fn handles(api: &Api) -> TokenStream {
    let doc = inner(&["The handle of each group, as a method of the client.".to_owned()]);
    let full = api.groups.iter().map(|group| {
        let (name, handle) = (ty::ident(&group.name), ty::ident(&group.handle));
        let (doc, feature) = (handle_doc(group, "store"), &group.name);
        quote! {
            #doc
            #[cfg(feature = #feature)]
            pub fn #name(&self) -> crate::#name::#handle { crate::#name::#handle::new(self) }
        }
    });
    let reading = api.groups.iter().map(|group| {
        let (name, reader) = (ty::ident(&group.name), ty::ident(&group.reader));
        let (doc, feature) = (handle_doc(group, "store.read_only()"), &group.name);
        quote! {
            #doc
            #[cfg(feature = #feature)]
            pub fn #name(&self) -> crate::#name::#reader {
                crate::#name::#reader::new(self.client())
            }
        }
    });
    quote! {
        #doc
        impl crate::Client { #(#full)* }
        impl crate::ReadOnlyClient { #(#reading)* }
    }
}

/// What a group is for, with an example of how its handle is had.
fn handle_doc(group: &Group, client: &str) -> TokenStream {
    docs::attributes(&[
        docs::prose(&group.does),
        String::new(),
        "```".to_owned(),
        format!("# fn example(store: {}::Client) {{", super::CRATE),
        format!("let {} = {client}.{}();", group.name, group.name),
        "# }".to_owned(),
        "```".to_owned(),
    ])
}
