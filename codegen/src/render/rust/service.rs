//! The addresses of the service, its servers and pagination styles, and what the client is generated from, as
//! constants.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, facts, group::inner, ty};
use crate::{model::Api, render::catalogue::Totals};

/// The URLs of the service and the headers of every call.
pub(super) fn service(api: &Api) -> TokenStream {
    let doc = inner(&["The URLs of the service and the headers of every call.".to_owned()]);
    let service = &api.service;
    let (base, login, auth) = (&service.base_url, &service.login_url, &service.auth_header);
    let headers = service
        .headers
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    let signals = api.quota_signals().cloned().unwrap_or_default();
    let (quota, left) = (&signals.quota, &signals.left);
    let (window, reset) = (&signals.window_ms, &signals.reset_ms);
    let after = &signals.retry_after_seconds;
    let pages = page_styles(api);
    let servers = servers(api);
    quote! {
        #doc
        use crate::catalogue::RateHeaders;
        /// The root of every path, with `{store_hash}` for the store.
        pub const BASE_URL: &str = #base;
        /// The host that exchanges an authorization code for a token.
        pub const LOGIN_URL: &str = #login;
        /// The header with the access token.
        pub const AUTH_HEADER: &str = #auth;
        /// Headers of every request.
        pub const HEADERS: &[(&str, &str)] = &[#(#headers),*];
        /// The headers of a response that report the store's quota.
        pub const RATE_HEADERS: RateHeaders = RateHeaders {
            quota: #quota,
            left: #left,
            window_ms: #window,
            reset_ms: #reset,
            retry_after_seconds: #after,
        };
        #pages
        #servers
    }
}

/// The servers other than the store's as constants, which the tables of facts and the handles use.
fn servers(api: &Api) -> Option<TokenStream> {
    let servers = api.service.servers.iter().map(|(name, server)| {
        let constant = ty::ident(&facts::constant(name));
        let doc = docs::paragraph(&server.does);
        let (base, header) = (&server.base_url, &server.auth_header);
        let scheme = ty::option(server.auth_scheme.as_ref());
        let headers = server
            .headers
            .iter()
            .map(|(name, value)| quote!((#name, #value)));
        quote! {
            #doc
            pub const #constant: Server = Server {
                name: #name,
                base_url: #base,
                auth_header: #header,
                auth_scheme: #scheme,
                headers: &[#(#headers),*],
            };
        }
    });
    let servers: Vec<_> = servers.collect();
    (!servers.is_empty()).then(|| {
        quote! {
            /// The servers other than the store's, each with its own token.
            pub mod servers {
                use crate::catalogue::Server;
                #(#servers)*
            }
        }
    })
}

/// What the client is generated from.
pub(super) fn provenance(api: &Api) -> TokenStream {
    let doc = inner(&["What this client was generated from; no timestamps.".to_owned()]);
    let (spec, generator) = (&api.spec_hash, crate::VERSION);
    let counts = Totals::of(api).ours;
    let count = |count: usize| Literal::usize_unsuffixed(count);
    let (endpoints, groups) = (count(counts.endpoints), count(counts.groups));
    let (scopes, events) = (count(counts.scopes), count(counts.events));
    quote! {
        #doc
        /// The SHA-256 of the spec: of each file's path and text, each followed by a zero byte.
        pub const SPEC_SHA256: &str = #spec;
        /// The version of the generator.
        pub const GENERATOR: &str = #generator;
        /// How many endpoints the spec has, including those of disabled features.
        pub const ENDPOINTS: usize = #endpoints;
        /// How many groups have any of them.
        pub const GROUPS: usize = #groups;
        /// How many scopes it has.
        pub const SCOPES: usize = #scopes;
        /// How many events it has.
        pub const EVENTS: usize = #events;
    }
}

/// The pagination styles as constants, which the tables of facts use.
fn page_styles(api: &Api) -> Option<TokenStream> {
    let styles: Vec<_> = api
        .service
        .pages
        .iter()
        .map(|(name, style)| {
            let constant = ty::ident(&facts::constant(name));
            let (numbered, totals) = (style.numbered, style.totals);
            let (cursors, keyed) = (style.cursors, style.keyed);
            quote! {
                pub(crate) const #constant: PageStyle = PageStyle {
                    name: #name, numbered: #numbered, cursors: #cursors, keyed: #keyed, totals: #totals
                };
            }
        })
        .collect();
    let allow =
        quote!(#[allow(dead_code, reason = "not every set of groups has lists of each style")]);
    (!styles.is_empty()).then(|| {
        quote! {
            /// How lists are paged.
            #allow
            pub(crate) mod pages {
                use crate::catalogue::PageStyle;
                #(#styles)*
            }
        }
    })
}
