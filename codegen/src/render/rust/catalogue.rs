//! The catalogue: endpoints, groups, scopes and events as constants, with every fact the spec knows of them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{conflicts, docs, emit::Source, group::inner, naming, source, ty};
use crate::{
    model::{Api, Endpoint, Event, Group, Method, Scope},
    spec::Envelope,
};

/// The files of the catalogue.
pub(super) fn sources(api: &Api) -> Vec<Source<'_>> {
    vec![
        source("catalogue/mod.rs".to_owned(), "", module),
        source("catalogue/endpoint.rs".to_owned(), "", move || {
            endpoints(api)
        }),
        source("catalogue/group.rs".to_owned(), "", move || groups(api)),
        source("catalogue/scope.rs".to_owned(), "scopes.yaml", move || {
            scopes(api)
        }),
        source("catalogue/event.rs".to_owned(), "events.yaml", move || {
            events(api)
        }),
        source(
            "catalogue/service.rs".to_owned(),
            "service.yaml",
            move || service(api),
        ),
    ]
}

fn module() -> TokenStream {
    let doc = inner(&["Endpoints, groups, scopes and events as constants.".to_owned()]);
    quote! {
        #doc
        mod endpoint;
        mod event;
        mod group;
        mod scope;
        pub mod service;
        pub use self::{endpoint::Endpoint, event::Event, group::Group, scope::Scope};
    }
}

/// An enumeration of names with a fact sheet each.
fn table(
    name: &str,
    facts: &str,
    doc: &str,
    docs: impl Iterator<Item = TokenStream>,
    variants: &[&str],
    sheets: impl Iterator<Item = TokenStream>,
    imports: TokenStream,
) -> TokenStream {
    let (name, facts) = (ty::ident(name), ty::ident(facts));
    let doc = docs::paragraph(doc);
    let idents: Vec<_> = variants.iter().map(|variant| ty::ident(variant)).collect();
    let count = Literal::usize_unsuffixed(variants.len());
    quote! {
        #imports
        #doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #name { #(#docs #idents,)* }
        impl #name {
            /// Every one, in the order of the docs.
            pub const ALL: &'static [Self] = &[#(Self::#idents),*];
            /// Everything the spec says of it.
            pub const fn facts(self) -> &'static #facts { &FACTS[self as usize] }
        }
        static FACTS: [#facts; #count] = [#(#sheets),*];
    }
}

fn endpoints(api: &Api) -> TokenStream {
    let variants: Vec<&str> = api.endpoints.iter().map(|e| e.variant.as_str()).collect();
    table(
        "Endpoint",
        "EndpointFacts",
        "A call of the API.",
        api.endpoints.iter().map(|endpoint| {
            let call = format!("`{} {}`", endpoint.method, endpoint.path);
            docs::attributes(&[
                format!("`{}`: {}", endpoint.id, docs::prose(&endpoint.does)),
                String::new(),
                call,
            ])
        }),
        &variants,
        api.endpoints
            .iter()
            .map(|endpoint| endpoint_facts(api, endpoint)),
        imports(api),
    )
}

/// What the fact sheets name; a spec without events, paging or conflicts names less.
fn imports(api: &Api) -> TokenStream {
    let any = |has: fn(&Endpoint) -> bool| api.endpoints.iter().any(has);
    let event = any(|endpoint| endpoint.event.is_some() || !endpoint.fires.is_empty());
    let event = event.then(|| {
        quote!(
            use super::Event;
        )
    });
    let page = any(|endpoint| endpoint.page.is_some());
    let page = page.then(|| {
        quote!(
            use crate::catalogue::PageStyle;
        )
    });
    let conflict = conflicts::import(api.endpoints.iter().map(|endpoint| &endpoint.conflicts));
    quote! {
        #event
        use super::Scope;
        #conflict
        #page
        use crate::catalogue::{Access, EndpointFacts, Method, Wrapping};
    }
}

fn endpoint_facts(api: &Api, endpoint: &Endpoint) -> TokenStream {
    let (id, path, does) = (&endpoint.id, &endpoint.path, &endpoint.does);
    let (acts_on, operation) = (&endpoint.acts_on, &endpoint.operation);
    let (version, _) = api.generation(endpoint.generation);
    let group = &api.group(endpoint.group).name;
    let source = &endpoint.source;
    let guide = option(endpoint.guide.as_ref());
    let docs = option(endpoint.source_url.as_ref());
    let method = ty::ident(match endpoint.method {
        Method::Get => "Get",
        Method::Post => "Post",
        Method::Put => "Put",
        Method::Patch => "Patch",
        Method::Delete => "Delete",
    });
    let access = ty::ident(if endpoint.writes { "Write" } else { "Read" });
    let scope = ty::ident(&api.scope(endpoint.scope).variant);
    let event = endpoint.event.map(|id| ty::ident(&api.event(id).variant));
    let event = match event {
        Some(event) => quote!(Some(Event::#event)),
        None => quote!(None),
    };
    let fires = endpoint
        .fires
        .iter()
        .map(|id| ty::ident(&api.event(*id).variant));
    let page = match endpoint.page.map(|id| api.page_style(id)) {
        Some((name, style)) => {
            let (numbered, cursors, totals) = (style.numbered, style.cursors, style.totals);
            quote!(Some(PageStyle {
                name: #name, numbered: #numbered, cursors: #cursors, totals: #totals
            }))
        }
        None => quote!(None),
    };
    let page_default = number(endpoint.limit.as_ref().map(|limit| limit.default));
    let page_max = number(endpoint.limit.as_ref().map(|limit| limit.max));
    let wrapping = ty::ident(match endpoint.envelope {
        Envelope::DataMeta => "DataMeta",
        Envelope::Meta => "Meta",
        Envelope::Flat => "Flat",
        Envelope::None => "None",
    });
    let batch = endpoint.body.as_ref().and_then(|body| body.batch.as_ref());
    let batch = number(batch.map(|batch| batch.max));
    let concurrency = number(endpoint.concurrency.as_ref().map(|c| c.max));
    let repeatable = endpoint.repeatable;
    let needs_filter = endpoint.needs_filter;
    let exclusive = endpoint.at_most_one_of.iter();
    let exclusive = exclusive.map(|names| quote!(&[#(#names),*]));
    let named_by = naming::named_by(api, endpoint);
    let success = endpoint
        .success
        .iter()
        .map(|status| Literal::u16_unsuffixed(*status));
    let conflicts = conflicts::constant(&endpoint.conflicts);
    let deprecated = option(
        endpoint
            .deprecated
            .as_ref()
            .map(crate::model::deprecation)
            .as_ref(),
    );
    quote! {
        EndpointFacts {
            id: #id,
            guide: #guide,
            group: #group,
            method: Method::#method,
            path: #path,
            does: #does,
            access: Access::#access,
            scope: Scope::#scope,
            acts_on: #acts_on,
            version: #version,
            event: #event,
            fires: &[#(Event::#fires),*],
            page: #page,
            page_default: #page_default,
            page_max: #page_max,
            envelope: Wrapping::#wrapping,
            batch: #batch,
            concurrency: #concurrency,
            repeatable: #repeatable,
            needs_filter: #needs_filter,
            at_most_one_of: &[#(#exclusive),*],
            named_by: &[#(#named_by),*],
            success: &[#(#success),*],
            conflicts: #conflicts,
            source: #source,
            operation: #operation,
            docs: #docs,
            deprecated: #deprecated,
        }
    }
}

fn groups(api: &Api) -> TokenStream {
    let names: Vec<String> = api.groups.iter().map(|g| g.handle.clone()).collect();
    let variants: Vec<&str> = names.iter().map(String::as_str).collect();
    table(
        "Group",
        "GroupFacts",
        "A part of the API: the calls that one handle has.",
        api.groups.iter().map(|group| {
            let text = format!("`{}`: {}", group.name, docs::prose(&group.does));
            docs::attributes(&[text])
        }),
        &variants,
        api.groups.iter().map(group_facts),
        quote!(
            use crate::catalogue::GroupFacts;
        ),
    )
}

fn group_facts(group: &Group) -> TokenStream {
    let (name, title, does) = (&group.name, &group.title, &group.does);
    let warning = &group.warning;
    quote!(GroupFacts { name: #name, title: #title, does: #does, warning: #warning })
}

fn scopes(api: &Api) -> TokenStream {
    let variants: Vec<&str> = api
        .scopes
        .iter()
        .map(|scope| scope.variant.as_str())
        .collect();
    let conflict = conflicts::import(api.areas.iter().map(|area| &area.conflicts));
    table(
        "Scope",
        "ScopeFacts",
        "An OAuth scope: the permission a token carries for an area of the store.",
        api.scopes.iter().map(|scope| {
            let area = &api.areas[scope.area];
            let text = format!("`{}`: {}, {}.", scope.wire, area.label, scope.level);
            let mut lines = vec![docs::prose(&text)];
            lines.extend(conflicts::paragraph(&area.conflicts));
            docs::attributes(&lines)
        }),
        &variants,
        api.scopes.iter().map(|scope| scope_facts(api, scope)),
        quote! {
            #conflict
            use crate::catalogue::ScopeFacts;
        },
    )
}

fn scope_facts(api: &Api, scope: &Scope) -> TokenStream {
    let area = &api.areas[scope.area];
    let (wire, level, writes) = (&scope.wire, &scope.level, scope.writes);
    let (label, name, covers) = (&area.label, &area.name, &area.covers);
    let conflicts = conflicts::constant(&area.conflicts);
    let satisfied_by = scope
        .satisfied_by
        .iter()
        .map(|id| ty::ident(&api.scope(*id).variant));
    quote! {
        ScopeFacts {
            wire: #wire,
            label: #label,
            level: #level,
            area: #name,
            covers: #covers,
            writes: #writes,
            satisfied_by: &[#(Scope::#satisfied_by),*],
            conflicts: #conflicts,
        }
    }
}

fn events(api: &Api) -> TokenStream {
    let variants: Vec<&str> = api
        .events
        .iter()
        .map(|event| event.variant.as_str())
        .collect();
    let wildcards = api.wildcards.iter().map(|wildcard| &wildcard.scope);
    let conflict = conflicts::import(api.events.iter().map(|event| &event.conflicts));
    let table = table(
        "Event",
        "EventFacts",
        "An event that a store can tell a webhook about.",
        api.events.iter().map(|event| {
            let mut lines = vec![format!("`{}`: {}", event.scope, docs::prose(&event.does))];
            if let Some(note) = &event.note {
                lines.extend([String::new(), docs::prose(note)]);
            }
            lines.extend(conflicts::paragraph(&event.conflicts));
            docs::attributes(&lines)
        }),
        &variants,
        api.events.iter().map(|event| event_facts(api, event)),
        quote! {
            #conflict
            use crate::catalogue::EventFacts;
        },
    );
    quote! {
        #table
        impl Event {
            /// The wildcards that a hook may subscribe to, such as `store/order/*`.
            pub const WILDCARDS: &'static [&'static str] = &[#(#wildcards),*];
        }
    }
}

fn event_facts(api: &Api, event: &Event) -> TokenStream {
    let (scope, does) = (&event.scope, &event.does);
    let guide = option(event.guide.as_ref());
    let payload = ty::value_text(api, &event.payload);
    let conflicts = conflicts::constant(&event.conflicts);
    quote! {
        EventFacts {
            scope: #scope, guide: #guide, does: #does, payload: #payload, conflicts: #conflicts
        }
    }
}

fn service(api: &Api) -> TokenStream {
    let doc = inner(&["Where the service is and what every call carries.".to_owned()]);
    let service = &api.service;
    let (base, login, auth) = (&service.base_url, &service.login_url, &service.auth_header);
    let headers = service
        .headers
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    let mut signals = service.rates.iter().map(|(_, rate)| &rate.signals);
    let signals = signals.find(|signals| !signals.left.is_empty());
    let signals = signals.cloned().unwrap_or_default();
    let (quota, left) = (&signals.quota, &signals.left);
    let (window, reset) = (&signals.window_ms, &signals.reset_ms);
    let after = &signals.retry_after_seconds;
    quote! {
        #doc
        use crate::catalogue::RateHeaders;
        /// The root of every path; `{store_hash}` stands for the store.
        pub const BASE_URL: &str = #base;
        /// The host that exchanges an authorization code for a token.
        pub const LOGIN_URL: &str = #login;
        /// The header that carries the access token.
        pub const AUTH_HEADER: &str = #auth;
        /// Headers that every call carries.
        pub const HEADERS: &[(&str, &str)] = &[#(#headers),*];
        /// The headers of an answer that report the store's quota.
        pub const RATE_HEADERS: RateHeaders = RateHeaders {
            quota: #quota,
            left: #left,
            window_ms: #window,
            reset_ms: #reset,
            retry_after_seconds: #after,
        };
    }
}

pub(super) fn option(value: Option<&String>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn number(value: Option<u32>) -> TokenStream {
    match value {
        Some(value) => {
            let value = Literal::u32_unsuffixed(value);
            quote!(Some(#value))
        }
        None => quote!(None),
    }
}
