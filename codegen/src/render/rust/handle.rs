//! Handles: what `store.products()` answers. One type only reads; the other adds the writes and
//! dereferences to the first, so a reader can be handed out where nothing may be changed.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    bulk, docs, examples,
    request::{Arguments, arguments},
    ty,
};
use crate::model::{Api, Endpoint, Group};

/// The file of a group's handles.
pub(super) fn tokens(api: &Api, group: &Group) -> TokenStream {
    let (handle, reader) = (ty::ident(&group.handle), ty::ident(&group.reader));
    let endpoints = api.endpoints_of(group);
    let reads = endpoints
        .iter()
        .filter(|e| !e.writes)
        .map(|e| method(api, e, &quote!(self.client)));
    let writes = endpoints.iter().filter(|e| e.writes).map(|e| {
        let client = quote!(self.reader.client);
        let (one, all) = (method(api, e, &client), bulk::method(api, e, &client));
        quote!(#one #all)
    });
    let mut lines = vec![docs::prose(&format!("{}: {}", group.title, group.does))];
    if !group.warning.is_empty() {
        lines.extend([String::new(), docs::prose(&group.warning)]);
    }
    lines.extend([
        String::new(),
        format!(
            "Reads through [`{}`], to which it dereferences.",
            group.reader
        ),
    ]);
    let doc = docs::attributes(&lines);
    let reader_doc = docs::attributes(&[docs::prose(&format!(
        "The reading half of [`{}`]: no call here changes the store.",
        group.handle
    ))
    .replace("\\[", "[")
    .replace("\\]", "]")]);
    let body = quote! {
        #reader_doc
        #[derive(Clone, Debug)]
        pub struct #reader { client: Client }
        impl #reader {
            pub(crate) fn new(client: &Client) -> Self { Self { client: client.clone() } }
            #(#reads)*
        }
        #doc
        #[derive(Clone, Debug)]
        pub struct #handle { reader: #reader }
        impl #handle {
            pub(crate) fn new(client: &Client) -> Self { Self { reader: #reader::new(client) } }
            #(#writes)*
        }
        impl std::ops::Deref for #handle {
            type Target = #reader;
            fn deref(&self) -> &Self::Target { &self.reader }
        }
    };
    let imports = ty::imports(&body, &["Client"], "");
    quote! {
        use super::requests;
        #imports
        #body
    }
}

fn method(api: &Api, endpoint: &Endpoint, client: &TokenStream) -> TokenStream {
    let name = ty::ident(&endpoint.call);
    let request = ty::ident(&endpoint.request);
    let Arguments {
        declared, passed, ..
    } = arguments(api, endpoint);
    let mut lines = docs::endpoint(api, endpoint);
    lines.extend(examples::of_request(api, endpoint));
    let doc = docs::attributes(&lines);
    let deprecated = docs::deprecated(endpoint.deprecated.as_ref());
    quote! {
        #doc
        #deprecated
        pub fn #name(&self, #(#declared),*) -> requests::#request {
            requests::#request::new(&#client, #(#passed),*)
        }
    }
}
