//! Calls for any number of items, made of an endpoint that takes some at a time.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, examples, request::arguments, ty};
use crate::model::{All, Answer, Api, Endpoint, Ty};

/// The method of a handle, for an endpoint that has such a call.
pub(super) fn method(api: &Api, endpoint: &Endpoint, client: &TokenStream) -> Option<TokenStream> {
    let All { name, by } = endpoint.all.as_ref()?;
    let (name, variant) = (ty::ident(name), ty::ident(&endpoint.variant));
    let doc = docs::attributes(&lines(api, endpoint));
    let (answered, answer) = answer(api, endpoint);
    // All but the last argument, which is the body, stand in the path.
    let it = arguments(api, endpoint);
    let paths = endpoint.path_parameters.len();
    let (declared, chained) = (&it.declared[..paths], &it.chained[..paths]);
    let call = quote!(Call::new(&#client, Endpoint::#variant)#(#chained)*);
    let (item, made) = match by {
        Some(at) => {
            let parameter = endpoint.query.get(*at)?;
            let (item, wire) = (ty::value(api, &parameter.ty, None), &parameter.wire);
            (item, quote!(Bulk::ids(#call, #wire, items, #answer)))
        }
        None => {
            let item = ty::named(api, endpoint.body.as_ref()?.ty, None);
            (item, quote!(Bulk::bodies(#call, items, #answer)))
        }
    };
    let deprecated = docs::deprecated(endpoint.deprecated.as_ref());
    Some(quote! {
        #doc
        #deprecated
        pub fn #name(
            &self,
            #(#declared,)*
            items: impl IntoIterator<Item = #item>,
        ) -> Bulk<#item, #answered> {
            #made
        }
    })
}

/// What the API answers for each item, and the way to read it.
fn answer(api: &Api, endpoint: &Endpoint) -> (TokenStream, TokenStream) {
    match &endpoint.answer {
        Answer::Outcome(Ty::List(item)) => (ty::value(api, item, None), quote!(Call::outcome)),
        Answer::One(Ty::List(item)) => (ty::value(api, item, None), quote!(Call::each)),
        Answer::Counts => (quote!(()), quote!(Call::each_counted)),
        _ => (quote!(()), quote!(Call::each_untold)),
    }
}

fn lines(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let group = api.group(endpoint.group);
    let how = match &endpoint.all {
        Some(All { by: Some(_), .. }) => "as many a call as an address holds".to_owned(),
        _ => match endpoint.body.as_ref().and_then(|body| body.batch.as_ref()) {
            Some(batch) => format!("{} at a time", batch.max),
            None => "in one call".to_owned(),
        },
    };
    let mut lines = vec![
        docs::prose(&format!(
            "{} Takes any number of them, and sends them {how}.",
            endpoint.does
        )),
        String::new(),
        format!(
            "Made of [`{call}`]({handle}::{call}); the report says what became of each item.",
            call = endpoint.call,
            handle = group.handle,
        ),
    ];
    lines.extend(examples::of_all(api, endpoint));
    lines
}
