//! The module that ties the groups together, and the methods by which a client answers their handles.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, emit::Source, group::inner, source, ty};
use crate::model::Api;

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
    quote! {
        #doc
        mod catalogue;
        mod handles;
        pub mod events;
        pub mod shared;
        #(pub mod #groups;)*
        pub use self::catalogue::{Endpoint, Event, Scope, service};
    }
}

fn handles(api: &Api) -> TokenStream {
    let doc = inner(&["The handle of each group, as a method of the client.".to_owned()]);
    let methods = api.groups.iter().map(|group| {
        let (name, feature) = (ty::ident(&group.name), &group.name);
        let handle = ty::ident(&group.handle);
        let doc = docs::attributes(&[
            docs::prose(&group.does),
            String::new(),
            "```".to_owned(),
            format!("# fn example(store: {}::Client) {{", super::CRATE),
            format!("let {} = store.{}();", group.name, group.name),
            "# }".to_owned(),
            "```".to_owned(),
        ]);
        quote! {
            #doc
            #[cfg(feature = #feature)]
            pub fn #name(&self) -> crate::#name::#handle { crate::#name::#handle::new(self) }
        }
    });
    quote! {
        #doc
        impl crate::Client { #(#methods)* }
    }
}
