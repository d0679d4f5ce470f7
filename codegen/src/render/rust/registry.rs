//! A registry for tests of every type and every call by name: a table from a type's path to its round trip,
//! and each call with sample arguments. It is in the tests' own package.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, emit::Source, group::inner, ty};
use crate::{
    model::{Api, Call, Endpoint, Kind, Ty, call, choices, full_call},
    render::rust_text::{self, Bare, Speller},
};

const ROOT: &str = "tests/src/generated";

/// The files of the registry.
pub(super) fn sources(api: &Api) -> Vec<Source<'_>> {
    vec![
        file("mod", root),
        file("types", move || types(api)),
        file("calls", move || calls(api)),
    ]
}

fn file<'a>(name: &str, emit: impl Fn() -> TokenStream + Send + Sync + 'a) -> Source<'a> {
    Source {
        path: format!("{ROOT}/{name}.rs"),
        spec: "",
        emit: Box::new(move || emit().into()),
    }
}

fn root() -> TokenStream {
    let doc = inner(&["Every type and every call of the client, by name.".to_owned()]);
    quote!(#doc pub mod calls; pub mod types;)
}

fn types(api: &Api) -> TokenStream {
    let doc = inner(&["Every type with a JSON form, by its path.".to_owned()]);
    let mut paths: Vec<String> = api
        .types
        .iter()
        .filter(|def| matches!(def.kind, Kind::Object { .. } | Kind::OneOf { .. }))
        .map(|def| rust_text::of_type(api, def))
        .collect();
    let answers = api
        .endpoints
        .iter()
        .filter_map(|e| rust_text::of_response(api, e));
    paths.extend(answers);
    paths.extend(
        api.endpoints
            .iter()
            .filter_map(|e| rust_text::of_request(api, e)),
    );
    paths.extend(
        api.events
            .iter()
            .map(|event| rust_text::of_value(api, &event.payload)),
    );
    paths.sort();
    paths.dedup();
    let arms = paths.iter().filter_map(|path| {
        let ty: syn::Type = syn::parse_str(path).ok()?;
        Some(quote!(#path => trip::<#ty>(json)))
    });
    quote! {
        #doc
        use crate::{Trip, trip};
        /// The paths.
        pub const PATHS: &[&str] = &[#(#paths),*];
        /// Decodes `json` as the type at `path` and encodes it again; `None` for an unknown path.
        pub fn round_trip(path: &str, json: &[u8]) -> Option<Trip> {
            Some(match path { #(#arms,)* _ => return None })
        }
    }
}

fn calls(api: &Api) -> TokenStream {
    let doc = inner(&[
        "Every call with sample arguments: `plain` with what is required, `full` with every parameter, \
         `with_id` with an id of one's own."
            .to_owned(),
    ]);
    let speller = || Speller::new(api, Bare::None);
    let plain = api.endpoints.iter().filter_map(|endpoint| {
        let (variant, call) = (
            ty::ident(&endpoint.variant),
            sent(speller(), &call(api, endpoint))?,
        );
        Some(quote!(Endpoint::#variant => #call))
    });
    let full = api.endpoints.iter().flat_map(|endpoint| {
        let last = choices(endpoint) - 1;
        (0..=last).filter_map(move |choice| {
            let variant = ty::ident(&endpoint.variant);
            let call = sent(speller(), &full_call(api, endpoint, choice))?;
            let choice = if choice == last {
                quote!(_)
            } else {
                let choice = Literal::usize_unsuffixed(choice);
                quote!(#choice)
            };
            Some(quote!((Endpoint::#variant, #choice) => #call))
        })
    });
    let with_id = api.endpoints.iter().filter(|it| has_string(it));
    let with_id = with_id.filter_map(|endpoint| {
        let variant = ty::ident(&endpoint.variant);
        let call = sent(speller().with_id("id"), &call(api, endpoint))?;
        Some(quote!(Endpoint::#variant => #call))
    });
    let most = Literal::usize_unsuffixed(api.endpoints.iter().map(choices).max().unwrap_or(1));
    let allow = docs::allow_deprecated(true);
    quote! {
        #doc
        #allow
        use bigcommerce_client::{Client, Endpoint};
        use crate::{Sent, sent};
        /// How many full calls are needed for every parameter to be in one.
        pub const CHOICES: usize = #most;
        /// The call with its required arguments; `None` for an unknown call.
        pub async fn plain(store: &Client, endpoint: Endpoint) -> Option<Sent> {
            let call = match endpoint { #(#plain,)* _ => return None };
            Some(call.await)
        }
        /// The call with every parameter; of exclusive ones, the one at `choice`.
        pub async fn full(store: &Client, endpoint: Endpoint, choice: usize) -> Option<Sent> {
            let call = match (endpoint, choice) { #(#full,)* _ => return None };
            Some(call.await)
        }
        /// The plain call with `id` as each string of its path; `None` if a path has none.
        pub async fn with_id(store: &Client, endpoint: Endpoint, id: &str) -> Option<Sent> {
            let call = match endpoint { #(#with_id,)* _ => return None };
            Some(call.await)
        }
    }
}

/// A call that is sent, and the request.
fn sent(mut speller: Speller<'_>, call: &Call<'_>) -> Option<TokenStream> {
    let call: syn::Expr = syn::parse_str(&format!("store.{}", speller.call(call))).ok()?;
    Some(quote!(sent(|| #call.send())))
}

/// Whether a string is in the path.
fn has_string(endpoint: &Endpoint) -> bool {
    let mut ids = endpoint.path_parameters.iter();
    ids.any(|it| matches!(it.ty, Ty::Text | Ty::Uuid))
}
