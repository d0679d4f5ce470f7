//! Requests: one builder for each endpoint, holding nothing but a call to fill in.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, examples, ty};
use crate::{
    bare_names::REQUEST,
    model::{Answer, Api, Endpoint, Parameter, Role, Shape},
    spec::{Envelope, SortDirection},
};

/// What a request is made from: the arguments, and what each does to the call.
pub(super) struct Arguments {
    /// `product_id: i64`
    pub declared: Vec<TokenStream>,
    /// `product_id`
    pub passed: Vec<TokenStream>,
    /// What `new` takes.
    taken: Vec<TokenStream>,
    /// What is done to the call in a chain.
    pub chained: Vec<TokenStream>,
    /// What is done to the call afterwards.
    then: Vec<TokenStream>,
}

/// The arguments of an endpoint: what its path names, what its query requires, what it sends.
pub(super) fn arguments(api: &Api, endpoint: &Endpoint) -> Arguments {
    let mut it = Arguments {
        declared: Vec::new(),
        passed: Vec::new(),
        taken: Vec::new(),
        chained: Vec::new(),
        then: Vec::new(),
    };
    for parameter in &endpoint.path_parameters {
        let (name, wire) = (ty::ident(&parameter.rust), &parameter.wire);
        let ty = parameter_ty(api, parameter);
        it.declared.push(quote!(#name: #ty));
        it.taken.push(quote!(#name: #ty));
        it.passed.push(quote!(#name));
        let value = plain_value(parameter, &name);
        it.chained.push(quote!(.path(#wire, #value)));
    }
    for parameter in endpoint.query.iter().filter(|parameter| parameter.required) {
        let name = ty::ident(&parameter.rust);
        let ty = parameter_ty(api, parameter);
        it.declared.push(quote!(#name: #ty));
        it.taken.push(quote!(#name: #ty));
        it.passed.push(quote!(#name));
        it.then.push(fill(parameter, &quote!(call), &name));
    }
    if let Some(body) = &endpoint.body {
        let model = ty::named(api, body.ty, None);
        if body.many {
            it.declared
                .push(quote!(items: impl IntoIterator<Item = #model>));
            it.passed.push(quote!(items.into_iter().collect()));
            it.taken.push(quote!(items: Vec<#model>));
            it.chained.push(quote!(.body(&items)));
        } else {
            let name = ty::ident(&crate::model::field_name(&endpoint.acts_on));
            it.declared.push(quote!(#name: #model));
            it.passed.push(quote!(#name));
            it.taken.push(quote!(#name: #model));
            it.chained.push(quote!(.body(&#name)));
        }
    }
    it
}

/// The file of an endpoint's request.
pub(super) fn tokens(api: &Api, endpoint: &Endpoint) -> TokenStream {
    let request = ty::ident(&endpoint.request);
    let variant = ty::ident(&endpoint.variant);
    let handle = examples::handle_link(api, endpoint);
    let doc = docs::attributes(&[format!("{} Made by {handle}.", docs::prose(&endpoint.does))]);

    let Arguments {
        taken,
        chained,
        then,
        ..
    } = arguments(api, endpoint);
    let new = if then.is_empty() {
        quote!(Self { call: Call::new(client, Endpoint::#variant)#(#chained)* })
    } else {
        quote! {
            let mut call = Call::new(client, Endpoint::#variant)#(#chained)*;
            #(#then)*
            Self { call }
        }
    };
    let setters = endpoint
        .query
        .iter()
        .filter(|parameter| !parameter.required)
        .map(|parameter| {
            let doc = docs::parameter(parameter);
            let name = ty::ident(&parameter.rust);
            let ty = parameter_ty(api, parameter);
            let value = ty::ident(if parameter.shape == Shape::Many {
                "values"
            } else {
                "value"
            });
            let fill = fill(parameter, &quote!(self.call), &value);
            quote! {
                #doc
                pub fn #name(mut self, #value: #ty) -> Self {
                    #fill
                    self
                }
            }
        });
    let sort = sort(api, endpoint);
    let (value, finish) = answer(api, endpoint);
    let listing = listing(api, endpoint);
    let decoding = decoding(endpoint, &finish);
    let body = quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct #request { call: Call }
        impl #request {
            pub(crate) fn new(client: &Client, #(#taken),*) -> Self { #new }
            #(#setters)*
            #sort
            /// Sets how this call is made: its timeout, retries and extra headers.
            pub fn with_options(mut self, options: CallOptions) -> Self {
                self.call.options(options);
                self
            }
            /// Sends the request and answers its value with the status, headers and raw body.
            ///
            /// # Errors
            ///
            /// When the call cannot be made, fails, or answers what cannot be understood.
            pub fn send(self) -> Pending<Response<#value>> { self.call.#finish() }
            /// Sends the request and waits for its value, for code that is not `async`.
            ///
            /// # Errors
            ///
            /// As [`send`](Self::send); and when it is called inside `async` code.
            #[cfg(feature = "blocking")]
            pub fn blocking(self) -> Result<#value, Error> { crate::blocking::wait(self.into_future()) }
            #listing
            #decoding
        }
        impl IntoFuture for #request {
            type Output = Result<#value, Error>;
            type IntoFuture = Pending<#value>;
            fn into_future(self) -> Self::IntoFuture { Call::value(self.send()) }
        }
    };
    let imports = ty::imports(&body, &REQUEST, &endpoint.request);
    quote! {
        #imports
        #body
    }
}

fn sort(api: &Api, endpoint: &Endpoint) -> Option<TokenStream> {
    let sort = endpoint.sort.as_ref()?;
    let by = ty::named(api, sort.by, None);
    let method = match sort.direction {
        SortDirection::Separate => ty::ident("sort"),
        SortDirection::Joined => ty::ident("sort_joined"),
    };
    let mut lines = vec!["The order of the list.".to_owned()];
    if let Some(default) = &sort.default {
        lines.extend([
            String::new(),
            format!("When nothing is asked: {}.", docs::prose(default)),
        ]);
    }
    let doc = docs::attributes(&lines);
    Some(quote! {
        #doc
        pub fn sort(mut self, by: #by, direction: Direction) -> Self {
            self.call.#method(by, direction);
            self
        }
    })
}

/// What a list has beyond its page.
fn listing(api: &Api, endpoint: &Endpoint) -> Option<TokenStream> {
    let Answer::Page(item) = &endpoint.answer else {
        return None;
    };
    let (_, style) = api.page_style(endpoint.page?);
    let item = ty::value(api, item, None);
    let by_cursor = (style.numbered && style.cursors).then(|| {
        quote! {
            /// Follows the list by cursors and not by numbers, so that items which come or go
            /// meanwhile shift nothing. Pages are read one after the other.
            pub fn by_cursor(mut self) -> Self {
                self.call.by_cursor = true;
                self
            }
        }
    });
    Some(quote! {
        #by_cursor
        /// Every item of every page from here on, in order. Pages are as large as they can be,
        /// unless [`limit`](Self::limit) says otherwise.
        pub fn stream(self) -> Items<#item> { self.call.items() }
        /// As [`stream`](Self::stream), page by page, with what the API says about each.
        pub fn pages(self) -> Pages<#item> { self.call.pages() }
    })
}

/// The way to a type of the caller's own, where fields can be chosen.
fn decoding(endpoint: &Endpoint, finish: &TokenStream) -> Option<TokenStream> {
    let selects = endpoint
        .query
        .iter()
        .any(|parameter| parameter.role == Role::Select);
    // What says what became of each item is read as that, whatever the fields are.
    let plain = matches!(endpoint.answer, Answer::Page(_) | Answer::One(_));
    if !selects || endpoint.writes || !plain {
        return None;
    }
    let doc = docs::attributes(&[
        "Reads the answer as a type of your own, which has just the fields that were asked for."
            .to_owned(),
    ]);
    Some(if matches!(endpoint.answer, Answer::Page(_)) {
        quote! {
            #doc
            pub fn decoding<T: Decode>(self) -> Listing<T> { Listing::new(self.call) }
        }
    } else {
        quote! {
            #doc
            pub fn decoding<T: Decode>(self) -> Single<T> { Single::new(self.call, Call::#finish) }
        }
    })
}

/// The type of an endpoint's value and the way to finish its call.
fn answer(api: &Api, endpoint: &Endpoint) -> (TokenStream, TokenStream) {
    match &endpoint.answer {
        Answer::Nothing => (quote!(()), quote!(nothing)),
        Answer::Counts => (quote!(Outcome<Counts>), quote!(counts)),
        Answer::Page(item) => {
            let item = ty::value(api, item, None);
            (quote!(Page<#item>), quote!(page))
        }
        Answer::Outcome(value) => {
            let value = ty::value(api, value, None);
            (quote!(Outcome<#value>), quote!(outcome))
        }
        Answer::One(value) => {
            let value = ty::value(api, value, None);
            let finish = if endpoint.envelope == Envelope::Flat {
                quote!(flat)
            } else {
                quote!(data)
            };
            (value, finish)
        }
    }
}

/// A parameter as an argument.
fn parameter_ty(api: &Api, parameter: &Parameter) -> TokenStream {
    let one = match plain(parameter) {
        Some(plain) => quote!(impl Into<#plain>),
        None => ty::value(api, &parameter.ty, None),
    };
    if parameter.shape == Shape::Many {
        quote!(impl IntoIterator<Item = #one>)
    } else {
        one
    }
}

/// An argument as the plain type it stands for, so that the call's own methods are made once for each
/// type and not for each caller.
fn plain_value(parameter: &Parameter, name: &Ident) -> TokenStream {
    match plain(parameter) {
        Some(plain) => quote!(Into::<#plain>::into(#name)),
        None => quote!(#name),
    }
}

/// The type that an argument is converted to, where it may come as something else.
fn plain(parameter: &Parameter) -> Option<TokenStream> {
    Some(match parameter.ty {
        crate::model::Ty::Text | crate::model::Ty::Uuid => quote!(String),
        crate::model::Ty::Number => quote!(Number),
        crate::model::Ty::DateTime => quote!(DateTime),
        crate::model::Ty::Date => quote!(Date),
        crate::model::Ty::Id => quote!(Id),
        _ => return None,
    })
}

/// The statement that puts a parameter's argument into a call.
fn fill(parameter: &Parameter, call: &TokenStream, name: &Ident) -> TokenStream {
    let wire = &parameter.wire;
    match parameter.shape {
        Shape::Flag => quote!(#call.query_flag(#wire, #name);),
        Shape::One => {
            let value = plain_value(parameter, name);
            quote!(#call.query(#wire, #value);)
        }
        Shape::Many => match plain(parameter) {
            None => quote!(#call.query_list(#wire, #name);),
            Some(plain) => {
                quote!(#call.query_list(#wire, #name.into_iter().map(Into::<#plain>::into));)
            }
        },
    }
}
