//! The facts of a group's endpoints, as one table of constants that the group's feature enables. Facts of
//! every endpoint of the group are written once, and what an endpoint does not have is omitted.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{conflicts, emit::Source, group::inner, source, ty};
use crate::{
    model::{Added, Api, Endpoint, Group, Inherits, Method, Repeat},
    spec::Envelope,
    words::deprecation,
};

/// The tables, a file each.
pub(super) fn sources(api: &Api) -> Vec<Source<'_>> {
    let mut sources = vec![source("catalogue/facts/mod.rs".to_owned(), "", move || {
        module(api)
    })];
    sources.extend(api.groups.iter().map(|group| {
        let path = format!("catalogue/facts/{}.rs", group.name);
        source(path, &group.spec_file, move || table(api, group))
    }));
    sources
}

/// The path of the constant with the facts of an endpoint.
pub(super) fn path(api: &Api, endpoint: &Endpoint) -> TokenStream {
    let (module, name) = (ty::ident(&api.group(endpoint.group).name), name(endpoint));
    quote!(super::facts::#module::#name)
}

/// The constant of a pagination style or of a server.
pub(super) fn constant(name: &str) -> String {
    name.to_shouty_snake_case()
}

fn name(endpoint: &Endpoint) -> Ident {
    format_ident!("{}", endpoint.call.to_shouty_snake_case())
}

fn module(api: &Api) -> TokenStream {
    let doc = inner(&["The facts of the endpoints, a table for each group.".to_owned()]);
    let modules = api.groups.iter().map(|group| {
        let (module, feature) = (ty::ident(&group.name), &group.feature);
        quote!(#[cfg(feature = #feature)] pub(crate) mod #module;)
    });
    quote!(#doc #(#modules)*)
}

fn table(api: &Api, group: &Group) -> TokenStream {
    let endpoints = api.endpoints_of(group);
    let doc = inner(&["The facts of each endpoint.".to_owned()]);
    let imports = imports(endpoints);
    let variant = ty::ident(&group.handle);
    let usual = Usual::of(api, endpoints);
    let (version, source) = (usual.version, described(&usual.source));
    let server = api.server(group).map(|(name, _)| {
        let server = ty::ident(&constant(name));
        quote!(server: Some(&super::super::service::servers::#server),)
    });
    let facts = endpoints.iter().map(|endpoint| one(api, endpoint, &usual));
    quote! {
        #doc
        #imports
        const USUAL: EndpointFacts = EndpointFacts {
            group: Group::#variant,
            version: #version,
            #server
            #source
            ..EndpointFacts::USUAL
        };
        #(#facts)*
    }
}

/// What most endpoints of a group have in common.
struct Usual<'a> {
    version: &'a str,
    source: Described<'a>,
}

/// A file of the official description, and whether it has a URL.
#[derive(Clone, Copy, PartialEq)]
struct Described<'a> {
    file: &'a str,
    published: bool,
}

impl<'a> Usual<'a> {
    fn of(api: &'a Api, endpoints: &'a [Endpoint]) -> Self {
        Self {
            version: endpoints.first().map_or("", |first| version(api, first)),
            source: endpoints.first().map_or(
                Described {
                    file: "",
                    published: false,
                },
                Described::of,
            ),
        }
    }
}

impl<'a> Described<'a> {
    fn of(endpoint: &'a Endpoint) -> Self {
        Self {
            file: &endpoint.source,
            published: endpoint.source_url.is_some(),
        }
    }
}

fn version<'a>(api: &'a Api, endpoint: &Endpoint) -> &'a str {
    api.generation(endpoint.generation).0
}

/// The fields with the sources of the facts. The revision of the files is in one place of the crate.
fn described(source: &Described<'_>) -> TokenStream {
    let file = source.file;
    let docs = source
        .published
        .then(|| quote!(docs: Some(crate::generated::source_url!(#file)),));
    quote!(source: #file, #docs)
}

/// The names that a table uses; a group without events, pagination or conflicts uses fewer.
fn imports(endpoints: &[Endpoint]) -> TokenStream {
    let any = |has: fn(&Endpoint) -> bool| endpoints.iter().any(has);
    let event = any(|endpoint| endpoint.event.is_some() || !endpoint.fires.is_empty());
    let event = event.then(|| quote!(Event,));
    let pages = any(|endpoint| endpoint.page.is_some());
    let pages = pages.then(|| quote!(service::pages,));
    let access = any(|endpoint| endpoint.writes).then(|| quote!(Access,));
    let wrapping = any(|endpoint| endpoint.envelope != Envelope::DataMeta);
    let wrapping = wrapping.then(|| quote!(Wrapping,));
    let job = any(|endpoint| endpoint.job.is_some()).then(|| quote!(JobFacts,));
    let conflict = any(|endpoint| !endpoint.conflicts.is_empty()).then(|| quote!(Conflict,));
    quote! {
        use super::super::{#event Group, Scope, #pages};
        use crate::catalogue::{#access #conflict EndpointFacts, #job Method, #wrapping};
    }
}

fn one(api: &Api, endpoint: &Endpoint, usual: &Usual<'_>) -> TokenStream {
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
    let more = more(api, endpoint, usual);
    quote! {
        pub(crate) const #name: EndpointFacts = EndpointFacts {
            id: #id,
            method: Method::#method,
            path: #path,
            does: #does,
            scope: Scope::#scope,
            acts_on: #acts_on,
            #(#more,)*
            operation: #operation,
            ..USUAL
        };
    }
}

/// What differs from the usual facts.
fn more(api: &Api, endpoint: &Endpoint, usual: &Usual<'_>) -> Vec<TokenStream> {
    let mut more = Vec::new();
    let mut say = |has: bool, tokens: TokenStream| {
        if has {
            more.push(tokens);
        }
    };
    let event = |id| ty::ident(&api.event(id).variant);
    if let Some(id) = endpoint.or_scope {
        let scope = ty::ident(&api.scope(id).variant);
        say(true, quote!(or_scope: Some(Scope::#scope)));
    }
    let also = endpoint.also_needs.iter().map(|one| {
        let (scope, when) = (ty::ident(&api.scope(one.scope).variant), &one.when);
        quote!((Scope::#scope, #when))
    });
    say(
        !endpoint.also_needs.is_empty(),
        quote!(also_needs: &[#(#also),*]),
    );
    say(endpoint.writes, quote!(access: Access::Write));
    say(!endpoint.repeat.is_safe(), quote!(repeatable: false));
    say(
        endpoint.repeat == Repeat::Unknown,
        quote!(repeat_unknown: true),
    );
    let unless: Vec<_> = endpoint.repeat.unless().iter().map(Added::field).collect();
    say(
        !unless.is_empty(),
        quote!(repeatable_unless: &[#(#unless),*]),
    );
    say(endpoint.needs_filter, quote!(needs_filter: true));
    let doubtful = endpoint.doubtful();
    say(!doubtful.is_empty(), quote!(doubtful: &[#(#doubtful),*]));
    let guide = &endpoint.guide;
    say(guide.is_some(), quote!(guide: Some(#guide)));
    let version = version(api, endpoint);
    say(version != usual.version, quote!(version: #version));
    if let Some(id) = endpoint.event {
        let event = event(id);
        say(true, quote!(event: Some(Event::#event)));
    }
    let fires = endpoint.fires.iter().map(|id| event(*id));
    say(
        !endpoint.fires.is_empty(),
        quote!(fires: &[#(Event::#fires),*]),
    );
    if let Some(id) = endpoint.page {
        let (name, _) = api.page_style(id);
        let style = ty::ident(&constant(name));
        let limit = endpoint.limit.as_ref();
        let default = limit.map(|limit| Literal::u32_unsuffixed(limit.default));
        let max = limit.map(|limit| Literal::u32_unsuffixed(limit.max));
        say(true, quote!(page: Some(pages::#style)));
        for (name, size) in [("page_default", default), ("page_max", max)] {
            let name = ty::ident(name);
            say(size.is_some(), quote!(#name: Some(#size)));
        }
    }
    let wrapping = match endpoint.envelope {
        Envelope::DataMeta => None,
        Envelope::Meta => Some(quote!(Meta)),
        Envelope::Flat => Some(quote!(Flat)),
        Envelope::None => Some(quote!(None)),
    };
    say(wrapping.is_some(), quote!(envelope: Wrapping::#wrapping));
    for (name, max) in [
        ("batch", endpoint.batch.as_ref().map(|batch| batch.max)),
        (
            "concurrency",
            endpoint.concurrency.as_ref().map(|it| it.max),
        ),
    ] {
        let (name, max) = (ty::ident(name), max.map(Literal::u32_unsuffixed));
        say(max.is_some(), quote!(#name: Some(#max)));
    }
    let exclusive = endpoint.exclusive().into_iter();
    let exclusive = exclusive.map(|names| quote!(&[#(#names),*]));
    say(
        !endpoint.at_most_one_of.is_empty(),
        quote!(at_most_one_of: &[#(#exclusive),*]),
    );
    let named_by = &endpoint.named_by;
    say(!named_by.is_empty(), quote!(named_by: &[#(#named_by),*]));
    let narrowed_by = &endpoint.narrowed_by;
    say(
        narrowed_by.is_some(),
        quote!(narrowed_by: Some(#narrowed_by)),
    );
    let limits = endpoint.file_limits().map(|(name, most)| {
        let most = Literal::u64_unsuffixed(most);
        quote!((#name, #most))
    });
    let limits: Vec<_> = limits.collect();
    say(!limits.is_empty(), quote!(file_limits: &[#(#limits),*]));
    let types = endpoint.file_types().map(|(name, types)| {
        let types = types.iter().map(|ty| ty.as_str());
        quote!((#name, &[#(#types),*]))
    });
    let types: Vec<_> = types.collect();
    say(!types.is_empty(), quote!(file_types: &[#(#types),*]));
    let media_type = &endpoint.media_type;
    say(media_type.is_some(), quote!(accepts: Some(#media_type)));
    let job = endpoint.job.as_ref().map(|job| {
        let (status, done, failed) = (&job.status, &job.done, &job.failed);
        quote!(JobFacts {
            status: #status,
            done: &[#(#done),*],
            failed: &[#(#failed),*],
        })
    });
    say(job.is_some(), quote!(job: Some(#job)));
    let inherits = endpoint.inherits.as_ref().map(|inherits| match inherits {
        Inherits::Without(parameter) => quote!(Without(#parameter)),
        Inherits::From { variant, .. } => {
            let variant = ty::ident(variant);
            quote!(From(crate::Endpoint::#variant))
        }
    });
    say(
        inherits.is_some(),
        quote!(inherits: Some(crate::catalogue::Inherits::#inherits)),
    );
    let statuses = endpoint
        .success
        .iter()
        .map(|status| Literal::u16_unsuffixed(*status));
    say(
        endpoint.success != [200],
        quote!(success: &[#(#statuses),*]),
    );
    let conflicts = conflicts::constant(&endpoint.conflicts);
    say(
        !endpoint.conflicts.is_empty(),
        quote!(conflicts: #conflicts),
    );
    let why = endpoint.deprecated.as_ref().map(deprecation);
    say(why.is_some(), quote!(deprecated: Some(#why)));
    let source = Described::of(endpoint);
    if source != usual.source {
        let (file, docs) = (
            source.file,
            endpoint.source_url.as_ref().map(|_| source.file),
        );
        let docs = match docs {
            Some(file) => quote!(Some(crate::generated::source_url!(#file))),
            None => quote!(None),
        };
        say(true, quote!(source: #file));
        say(true, quote!(docs: #docs));
    }
    more
}
