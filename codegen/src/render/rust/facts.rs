//! The facts of a group's endpoints, as one table of constants that is there with the group's feature.
//! What an endpoint does not have is not mentioned.

use heck::ToShoutySnakeCase;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{catalogue::number, conflicts, naming, ty};
use crate::{
    model::{Api, Endpoint, Group, Method, deprecation},
    spec::Envelope,
};

/// The constant that holds the facts of an endpoint.
pub(super) fn name(endpoint: &Endpoint) -> proc_macro2::Ident {
    format_ident!("{}", endpoint.call.to_shouty_snake_case())
}

/// The constant of a style of paging.
pub(super) fn page_style(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// The table of a group.
pub(super) fn tokens(api: &Api, group: &Group) -> TokenStream {
    let endpoints = api.endpoints_of(group);
    let doc = super::group::inner(&["The facts of each endpoint.".to_owned()]);
    let mut sources: Vec<(&str, Option<&str>)> = Vec::new();
    for endpoint in endpoints {
        let source = (&*endpoint.source, endpoint.source_url.as_deref());
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let constants = sources.iter().enumerate().map(|(at, (file, url))| {
        let name = source_name(at);
        // The root of the description stands once for all groups, so that a new revision is one line.
        let url = match url {
            Some(_) => quote!(Some(crate::generated::source_url!(#file))),
            None => quote!(None),
        };
        quote!(const #name: Source = (#file, #url);)
    });
    let facts = endpoints.iter().map(|endpoint| {
        let source = (&*endpoint.source, endpoint.source_url.as_deref());
        let source = sources.iter().position(|known| *known == source);
        one(api, endpoint, &source_name(source.unwrap_or_default()))
    });
    let imports = imports(endpoints);
    quote! {
        #doc
        #imports
        #(#constants)*
        #(#facts)*
    }
}

fn source_name(at: usize) -> proc_macro2::Ident {
    match at {
        0 => format_ident!("SOURCE"),
        at => format_ident!("SOURCE_{}", at + 1),
    }
}

/// What the table names; a group without events, paging or conflicts names less.
fn imports(endpoints: &[Endpoint]) -> TokenStream {
    let any = |has: &dyn Fn(&Endpoint) -> bool| endpoints.iter().any(has);
    let event = any(&|endpoint| endpoint.event.is_some() || !endpoint.fires.is_empty());
    let event = event.then(|| quote!(Event,));
    let paged = any(&|endpoint| endpoint.page.is_some());
    let pages = paged.then(|| {
        quote!(
            use crate::generated::service::pages;
        )
    });
    let wrapping = any(&|endpoint| endpoint.envelope != Envelope::DataMeta);
    let wrapping = wrapping.then(|| quote!(Wrapping,));
    let conflict = any(&|endpoint| !endpoint.conflicts.is_empty()).then(|| quote!(Conflict,));
    quote! {
        use crate::catalogue::{#conflict EndpointFacts, Method, Source, #wrapping};
        use crate::generated::{#event Scope};
        #pages
    }
}

fn one(api: &Api, endpoint: &Endpoint, source: &proc_macro2::Ident) -> TokenStream {
    let name = name(endpoint);
    let (id, path, does) = (&endpoint.id, &endpoint.path, &endpoint.does);
    let method = ty::ident(match endpoint.method {
        Method::Get => "Get",
        Method::Post => "Post",
        Method::Put => "Put",
        Method::Patch => "Patch",
        Method::Delete => "Delete",
    });
    let scope = ty::ident(&api.scope(endpoint.scope).variant);
    let (acts_on, operation) = (&endpoint.acts_on, &endpoint.operation);
    let chain = chain(api, endpoint);
    quote! {
        pub(crate) const #name: EndpointFacts = EndpointFacts::new(#id, Method::#method, #path, #does)
            .scope(Scope::#scope, #acts_on)
            #(#chain)*
            .source(#source, #operation);
    }
}

/// What an endpoint has beyond what every one has.
fn chain(api: &Api, endpoint: &Endpoint) -> Vec<TokenStream> {
    let mut chain = Vec::new();
    let mut say = |has: bool, tokens: TokenStream| {
        if has {
            chain.push(tokens);
        }
    };
    let event = |id| ty::ident(&api.event(id).variant);
    say(endpoint.writes, quote!(.writes()));
    say(!endpoint.repeatable, quote!(.once()));
    say(endpoint.needs_filter, quote!(.needs_filter()));
    let guide = &endpoint.guide;
    say(guide.is_some(), quote!(.guide(#guide)));
    let (version, _) = api.generation(endpoint.generation);
    say(version != "v3", quote!(.version(#version)));
    if let Some(id) = endpoint.event {
        let event = event(id);
        say(true, quote!(.event(Event::#event)));
    }
    let fires = endpoint.fires.iter().map(|id| event(*id));
    say(
        !endpoint.fires.is_empty(),
        quote!(.fires(&[#(Event::#fires),*])),
    );
    if let Some(id) = endpoint.page {
        let (name, _) = api.page_style(id);
        let style = ty::ident(&page_style(name));
        let default = number(endpoint.limit.as_ref().map(|limit| limit.default));
        let max = number(endpoint.limit.as_ref().map(|limit| limit.max));
        say(true, quote!(.paged(pages::#style, #default, #max)));
    }
    let wrapping = match endpoint.envelope {
        Envelope::DataMeta => None,
        Envelope::Meta => Some(quote!(Meta)),
        Envelope::Flat => Some(quote!(Flat)),
        Envelope::None => Some(quote!(None)),
    };
    say(wrapping.is_some(), quote!(.envelope(Wrapping::#wrapping)));
    let batch = endpoint.body.as_ref().and_then(|body| body.batch.as_ref());
    for (name, max) in [
        ("batch", batch.map(|batch| batch.max)),
        (
            "concurrency",
            endpoint.concurrency.as_ref().map(|it| it.max),
        ),
    ] {
        let (name, max) = (ty::ident(name), max.map(Literal::u32_unsuffixed));
        say(max.is_some(), quote!(.#name(#max)));
    }
    let exclusive = endpoint.at_most_one_of.iter();
    let exclusive = exclusive.map(|names| quote!(&[#(#names),*]));
    say(
        !endpoint.at_most_one_of.is_empty(),
        quote!(.at_most_one_of(&[#(#exclusive),*])),
    );
    let named_by = naming::named_by(api, endpoint);
    say(!named_by.is_empty(), quote!(.named_by(&[#(#named_by),*])));
    let statuses = endpoint
        .success
        .iter()
        .map(|status| Literal::u16_unsuffixed(*status));
    say(
        endpoint.success != [200],
        quote!(.success(&[#(#statuses),*])),
    );
    let conflicts = conflicts::constant(&endpoint.conflicts);
    say(
        !endpoint.conflicts.is_empty(),
        quote!(.conflicts(#conflicts)),
    );
    let why = endpoint.deprecated.as_ref().map(deprecation);
    say(why.is_some(), quote!(.deprecated(#why)));
    chain
}
