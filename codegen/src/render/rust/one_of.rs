//! Values that are one of several types: an enumeration with a variant for each branch, and one for
//! what is none of them.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::{docs, ty};
use crate::model::{Api, Branch, JsonKind, Kind, Told, Ty, TypeDef};

/// The file of a one-of.
pub(super) fn tokens(api: &Api, def: &TypeDef) -> TokenStream {
    let Kind::OneOf {
        by,
        branches,
        secret,
    } = &def.kind
    else {
        return TokenStream::new();
    };
    let name = ty::ident(&def.name);
    let doc = docs::attributes(&docs::ty(def, ""));
    let value = |branch: &Branch| ty::value(api, &branch.ty, Some(def.home));
    let variants = branches.iter().map(|branch| {
        let doc = docs::attributes(&about(branch, by.as_deref()));
        let deprecated = docs::deprecated(branch.deprecated.as_ref());
        let (variant, value) = (ty::ident(&branch.rust), value(branch));
        quote!(#doc #deprecated #variant(#value))
    });
    let lines = branches.iter().map(|branch| {
        let (variant, value, told) = (ty::ident(&branch.rust), value(branch), told(&branch.told));
        quote!(#variant(#value): #told)
    });
    let by = by.iter().map(|by| quote!(by #by));
    let shown = syn::Ident::new(if *secret { "hidden" } else { "shown" }, Span::call_site());
    let from = branches.iter().filter(|branch| is_alone(branch, branches));
    let from = from.map(|branch| from_branch(&name, branch, &value(branch)));
    let body = quote! {
        #doc
        #[allow(clippy::large_enum_variant, reason = "a branch is held in place, as a field is")]
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// What this version of the crate does not know, kept as it came.
            Other(RawJson),
        }
        crate::json::one_of! { #name, #shown, #(#by)* { #(#lines,)* } }
        #(#from)*
    };
    let imports = ty::imports(&body, &[], "");
    let allow = docs::allow_deprecated(branches.iter().any(|it| it.deprecated.is_some()));
    quote!(#allow #imports #body)
}

/// What stands above a branch: what it means, and what tells it.
fn about(branch: &Branch, by: Option<&str>) -> Vec<String> {
    let told = match (&branch.told, by) {
        (Told::Value(value), Some(by)) => format!("On the wire an object whose `{by}` is `{value}`."),
        (Told::Value(name) | Told::Field(name), _) => {
            format!("On the wire an object with `{name}`.")
        }
        (Told::Kind(kind), _) => format!("On the wire {}.", kind.phrase()),
    };
    match &branch.does {
        Some(does) => vec![docs::prose(does), String::new(), told],
        None => vec![told],
    }
}

fn told(told: &Told) -> TokenStream {
    match told {
        Told::Value(value) => quote!(Value(#value)),
        Told::Field(field) => quote!(Field(#field)),
        Told::Kind(JsonKind::Object) => quote!(Object),
        Told::Kind(JsonKind::List) => quote!(List),
        Told::Kind(JsonKind::String) => quote!(String),
        Told::Kind(JsonKind::Number) => quote!(Number),
        Told::Kind(JsonKind::Boolean) => quote!(Boolean),
    }
}

/// Whether the branch is known by its type alone.
fn is_alone(branch: &Branch, branches: &[Branch]) -> bool {
    let mut alike = branches.iter().filter(|other| {
        // They are one type in Rust.
        let text = |ty: &Ty| matches!(ty, Ty::Text | Ty::Uuid);
        other.ty == branch.ty || (text(&other.ty) && text(&branch.ty))
    });
    alike.next().is_some() && alike.next().is_none()
}

fn from_branch(name: &syn::Ident, branch: &Branch, value: &TokenStream) -> TokenStream {
    let variant = ty::ident(&branch.rust);
    let from = |value: &TokenStream, made: TokenStream| {
        quote! {
            impl From<#value> for #name {
                fn from(value: #value) -> Self { Self::#variant(#made) }
            }
        }
    };
    let whole = from(value, quote!(value));
    let text = matches!(branch.ty, Ty::Text | Ty::Uuid);
    let text = text.then(|| from(&quote!(&str), quote!(value.to_owned())));
    quote!(#whole #text)
}
