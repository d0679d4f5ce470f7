//! Types: a struct with the list of its fields for each view of a schema, an open enumeration for each
//! set of values.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{docs, examples, one_of, turns, ty};
use crate::{
    model::{Api, Field, Kind, Member, TypeDef},
    spec::View,
};

/// The file of a type.
pub(super) fn tokens(api: &Api, def: &TypeDef) -> TokenStream {
    match &def.kind {
        Kind::Choice(members) => choice(def, members),
        Kind::Integers(members) => integers(def, members),
        Kind::OneOf { .. } => one_of::tokens(api, def),
        Kind::Object { fields, .. } if def.view == Some(View::Read) => read(api, def, fields),
        Kind::Object { fields, .. } => write(api, def, fields),
    }
}

fn read(api: &Api, def: &TypeDef, fields: &[Field]) -> TokenStream {
    let name = ty::ident(&def.name);
    let doc = docs::attributes(&docs::ty(def, ""));
    let declared = fields.iter().map(|field| {
        let doc = docs::field(field);
        let name = ty::ident(&field.rust);
        let ty = ty::read_field(api, field, Some(def.home));
        quote!(#doc pub #name: #ty)
    });
    let inits = fields.iter().map(|field| {
        let name = ty::ident(&field.rust);
        let value = match (&field.ty, field.is_certain()) {
            (_, true) => quote!(Blank::blank()),
            (crate::model::Ty::List(_), false) => quote!(List::default()),
            (_, false) => quote!(None),
        };
        quote!(#name: #value)
    });
    let blank = quote!(Self { #(#inits,)* rest: Rest::NONE });
    let model = model(def, fields, &blank, true);
    let body = quote! {
        #doc
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#declared,)*
            /// What came beyond the fields above, and spellings that none of them could hold.
            pub rest: Rest,
        }
        #model
    };
    file(&body, fields)
}

fn write(api: &Api, def: &TypeDef, fields: &[Field]) -> TokenStream {
    let name = ty::ident(&def.name);
    let mut lines = docs::ty(def, "");
    lines.extend(needs(def));
    lines.extend(examples::of_model(api, def));
    let doc = docs::attributes(&lines);
    let declared = fields.iter().map(|field| {
        let doc = docs::field(field);
        let name = ty::ident(&field.rust);
        let ty = ty::write_field(api, field, Some(def.home));
        quote!(#doc pub #name: #ty)
    });
    let all_optional = fields.iter().all(|field| !field.required);
    let blank = if all_optional {
        quote!(Self::new())
    } else {
        let inits = fields.iter().map(|field| {
            let name = ty::ident(&field.rust);
            if field.is_certain() {
                quote!(#name: Blank::blank())
            } else if field.required {
                quote!(#name: Patch::Null)
            } else {
                quote!(#name: Patch::Absent)
            }
        });
        quote!(Self { #(#inits),* })
    };
    let constructor = turns::constructor(def).unwrap_or_else(|| constructor(api, def, fields));
    let turns = turns::types(api, def);
    let setters = fields
        .iter()
        .filter(|field| !field.required)
        .map(|f| setter(api, def, f));
    let default = all_optional.then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self { Self::new() }
            }
        }
    });
    let model = model(def, fields, &blank, false);
    let body = quote! {
        #doc
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#declared,)* }
        impl #name {
            #constructor
            #(#setters)*
        }
        #turns
        #default
        #model
    };
    file(&body, fields)
}

/// The imports of a model in front of it.
fn file(body: &TokenStream, fields: &[Field]) -> TokenStream {
    let imports = ty::imports(body, &[], "");
    let allow = docs::allow_deprecated(fields.iter().any(|it| it.deprecated.is_some()));
    let codec = ty::codec_of(body);
    quote! {
        #allow
        #imports
        #codec
        #body
    }
}

/// Which fields a value must have at least one of, and at most one of.
fn needs(def: &TypeDef) -> Vec<String> {
    let Kind::Object {
        needs_one_of,
        at_most_one_of,
        ..
    } = &def.kind
    else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for fields in needs_one_of {
        lines.push(String::new());
        lines.push(format!(
            "Needs at least one of {}.",
            docs::code_list(fields)
        ));
    }
    for fields in at_most_one_of {
        lines.push(String::new());
        lines.push(format!("Takes at most one of {}.", docs::code_list(fields)));
    }
    lines
}

fn constructor(api: &Api, def: &TypeDef, fields: &[Field]) -> TokenStream {
    let mut arguments = Vec::new();
    let mut inits = Vec::new();
    for field in fields {
        let name = ty::ident(&field.rust);
        if !field.required {
            inits.push(quote!(#name: Patch::Absent));
            continue;
        }
        let (_, ty, made) = taken(api, def, field);
        arguments.push(quote!(#name: #ty));
        let shorthand = made.to_string() == field.rust;
        inits.push(if shorthand {
            quote!(#name)
        } else {
            quote!(#name: #made)
        });
    }
    let doc = if arguments.is_empty() {
        "Nothing yet: what is not set stays out of the request."
    } else {
        "With what is required; what is not set stays out of the request."
    };
    let doc = docs::paragraph(doc);
    quote! {
        #doc
        pub fn new(#(#arguments),*) -> Self { Self { #(#inits),* } }
    }
}

/// A field's name, the type of the argument that sets it, and what it is set to.
pub(super) fn taken(api: &Api, def: &TypeDef, field: &Field) -> (Ident, TokenStream, TokenStream) {
    let name = ty::ident(&field.rust);
    if field.required && field.nullable {
        return nullable(api, def, field);
    }
    let (argument, made) = ty::argument(api, &field.ty, Some(def.home), &name);
    let made = match (&field.ty, field.spelling) {
        (crate::model::Ty::DateTime, Some(crate::spec::Wire::Rfc2822)) => {
            quote!(Into::<DateTime>::into(#name).into_rfc2822())
        }
        (crate::model::Ty::DateTime, Some(crate::spec::Wire::Unix)) => {
            quote!(Into::<DateTime>::into(#name).into_unix())
        }
        _ => made,
    };
    let made = if field.boxed {
        quote!(Box::new(#made))
    } else {
        made
    };
    (name, argument, made)
}

/// The same for a field that must be given and may be given as null.
fn nullable(api: &Api, def: &TypeDef, field: &Field) -> (Ident, TokenStream, TokenStream) {
    let name = ty::ident(&field.rust);
    let value = ty::value(api, &field.ty, Some(def.home));
    let spelled = match (&field.ty, field.spelling) {
        (crate::model::Ty::DateTime, Some(crate::spec::Wire::Rfc2822)) => {
            quote!(.map(DateTime::into_rfc2822))
        }
        (crate::model::Ty::DateTime, Some(crate::spec::Wire::Unix)) => {
            quote!(.map(DateTime::into_unix))
        }
        _ => TokenStream::new(),
    };
    let boxed = field.boxed.then(|| quote!(.map(Box::new)));
    let argument = quote!(impl Into<Option<#value>>);
    (
        name.clone(),
        argument,
        quote!(Patch::<#value>::or_null(#name) #spelled #boxed),
    )
}

fn setter(api: &Api, def: &TypeDef, field: &Field) -> TokenStream {
    let (name, arg, made) = taken(api, def, field);
    let doc = docs::field(field);
    let set = quote! {
        #doc
        #[must_use]
        pub fn #name(mut self, #name: #arg) -> Self {
            self.#name = Patch::Set(#made);
            self
        }
    };
    let clear = field.nullable.then(|| {
        let clear = ty::ident(&format!("clear_{}", field.rust.trim_end_matches('_')));
        let doc = docs::attributes(&[format!("Sends null for `{}`, which unsets it.", field.wire)]);
        let deprecated = docs::deprecated(field.deprecated.as_ref());
        quote! {
            #doc
            #deprecated
            #[must_use]
            pub fn #clear(mut self) -> Self {
                self.#name = Patch::Null;
                self
            }
        }
    });
    quote!(#set #clear)
}

/// What reads, writes and shows a model: its fields, by key and in their order.
fn model(def: &TypeDef, fields: &[Field], blank: &TokenStream, keeps: bool) -> TokenStream {
    let name = ty::ident(&def.name);
    let text = &def.name;
    let required: Vec<_> = fields
        .iter()
        .filter(|field| field.is_certain() || (field.required && !keeps))
        .map(|field| &field.wire)
        .collect();
    let required = (!required.is_empty())
        .then(|| quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];));
    let exclusive = match &def.kind {
        Kind::Object { at_most_one_of, .. } if !at_most_one_of.is_empty() => {
            let sets = at_most_one_of.iter().map(|names| quote!(&[#(#names),*]));
            Some(quote!(const AT_MOST_ONE_OF: &'static [&'static [&'static str]] = &[#(#sets),*];))
        }
        _ => None,
    };
    let slots = fields.iter().map(|field| {
        let (wire, name) = (&field.wire, ty::ident(&field.rust));
        quote!(#wire => &mut self.#name)
    });
    let slot = if fields.is_empty() {
        quote!(
            fn slot(&mut self, _: &str) -> Option<&mut dyn Slot> {
                None
            }
        )
    } else {
        quote! {
            fn slot(&mut self, key: &str) -> Option<&mut dyn Slot> {
                Some(match key { #(#slots,)* _ => return None, })
            }
        }
    };
    let lines = fields.iter().map(|field| {
        let (wire, name) = (&field.wire, ty::ident(&field.rust));
        if field.secret {
            quote!(fields.secret(#wire, &self.#name);)
        } else {
            quote!(fields.field(#wire, &self.#name);)
        }
    });
    let each = if fields.is_empty() {
        quote!(
            fn each(&self, _: &mut dyn Each) {}
        )
    } else {
        quote!(fn each(&self, fields: &mut dyn Each) { #(#lines)* })
    };
    let rest = keeps.then(|| {
        quote! {
            fn rest(&self) -> Option<&Rest> { Some(&self.rest) }
            fn rest_mut(&mut self) -> Option<&mut Rest> { Some(&mut self.rest) }
        }
    });
    quote! {
        impl Model for #name {
            const NAME: &'static str = #text;
            #required
            #exclusive
            fn blank() -> Self { #blank }
            #slot
            #each
            #rest
        }
        crate::json::model!(#name);
    }
}

/// The variants of an enumeration.
fn variants(members: &[Member]) -> impl Iterator<Item = TokenStream> {
    members.iter().map(|member| {
        let doc = match &member.does {
            Some(does) => docs::attributes(&[docs::prose(does), String::new(), wire(member)]),
            None => docs::attributes(&[wire(member)]),
        };
        let variant = ty::ident(&member.rust);
        let deprecated = docs::deprecated(member.deprecated.as_ref());
        quote!(#doc #deprecated #variant)
    })
}

fn integers(def: &TypeDef, members: &[Member]) -> TokenStream {
    let name = ty::ident(&def.name);
    let doc = docs::attributes(&docs::ty(def, ""));
    let variants = variants(members);
    let pairs = || {
        members.iter().filter_map(|member| {
            let wire: i64 = member.wire.parse().ok()?;
            Some((Literal::i64_unsuffixed(wire), ty::ident(&member.rust)))
        })
    };
    let from = pairs().map(|(wire, variant)| quote!(#wire => Self::#variant));
    let to = pairs().map(|(wire, variant)| quote!(Self::#variant => #wire));
    let allow = docs::allow_deprecated(members.iter().any(|it| it.deprecated.is_some()));
    let codec = ty::codec(|name| name == "IntegerChoice");
    quote! {
        #allow
        #codec
        #doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the crate does not know, as it came.
            Unknown(i64),
        }
        impl IntegerChoice for #name {
            fn from_wire(wire: i64) -> Self {
                match wire {
                    #(#from,)*
                    _ => Self::Unknown(wire),
                }
            }
            fn as_i64(&self) -> i64 {
                match self {
                    #(#to,)*
                    Self::Unknown(wire) => *wire,
                }
            }
        }
        crate::json::integers!(#name);
    }
}

fn choice(def: &TypeDef, members: &[Member]) -> TokenStream {
    let name = ty::ident(&def.name);
    let doc = docs::attributes(&docs::ty(def, ""));
    let variants = variants(members);
    let from = members.iter().map(|member| {
        let (wire, variant) = (&member.wire, ty::ident(&member.rust));
        quote!(#wire => Self::#variant)
    });
    let to = members.iter().map(|member| {
        let (wire, variant) = (&member.wire, ty::ident(&member.rust));
        quote!(Self::#variant => #wire)
    });
    let allow = docs::allow_deprecated(members.iter().any(|it| it.deprecated.is_some()));
    let codec = ty::codec(|name| matches!(name, "Choice" | "Unknown"));
    quote! {
        #allow
        #codec
        #doc
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the crate does not know, kept as it came.
            Unknown(Unknown),
        }
        impl Choice for #name {
            fn from_wire(wire: &str) -> Self {
                match wire {
                    #(#from,)*
                    _ => Self::Unknown(Unknown::new(wire)),
                }
            }
            fn as_str(&self) -> &str {
                match self {
                    #(#to,)*
                    Self::Unknown(unknown) => unknown.as_str(),
                }
            }
        }
        crate::choice!(#name);
    }
}

fn wire(member: &Member) -> String {
    if member.wire.is_empty() {
        "On the wire an empty text.".to_owned()
    } else {
        format!("On the wire `{}`.", member.wire)
    }
}
