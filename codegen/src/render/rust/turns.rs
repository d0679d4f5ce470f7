//! Values that lack something required: one type for each field still to be named, so that what could
//! be exchanged as arguments side by side is named in turn.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, model, ty};
use crate::model::{Api, Field, Kind, TypeDef, type_name};

/// The module that a group's types of this kind are found in.
pub(super) const MODULE: &str = "unfinished";

/// The fields that are named in turn, in their order; none where what is required are arguments.
fn required(def: &TypeDef) -> Vec<&Field> {
    match &def.kind {
        Kind::Object {
            fields,
            named_in_turn: true,
            ..
        } => fields.iter().filter(|field| field.required).collect(),
        _ => Vec::new(),
    }
}

/// The types of a value that still lacks something, in the order in which it is made.
pub(super) fn names(def: &TypeDef) -> Vec<Ident> {
    let lacking = |field: &Field| format!("{}Without{}", def.name, type_name(&field.rust));
    let fields = required(def);
    fields.iter().map(|it| ty::ident(&lacking(it))).collect()
}

/// What starts a value whose required fields are named in turn.
pub(super) fn constructor(def: &TypeDef) -> Option<TokenStream> {
    let names = names(def);
    let first = names.first()?;
    let order: Vec<_> = required(def)
        .iter()
        .map(|field| format!("`{}`", field.rust))
        .collect();
    let doc = docs::paragraph(&format!(
        "Starts a value. What is required is named next, in this order: {}. The rest is optional.",
        order.join(", ")
    ));
    Some(quote! {
        #doc
        pub fn new() -> #first { #first(Model::blank()) }
    })
}

/// The types of a value that still lacks something, each with the method that names the next field.
pub(super) fn types(api: &Api, def: &TypeDef) -> TokenStream {
    let (fields, names) = (required(def), names(def));
    let whole = ty::ident(&def.name);
    let steps = fields.iter().enumerate().map(|(at, field)| {
        let name = &names[at];
        let lacks: Vec<_> = fields[at..]
            .iter()
            .map(|field| format!("`{}`", field.rust))
            .collect();
        let doc = docs::attributes(&[format!(
            "A [`{whole}`] that still lacks {}.",
            lacks.join(", ")
        )]);
        let (next, made) = match names.get(at + 1) {
            Some(next) => (next, quote!(#next(self.0))),
            None => (&whole, quote!(self.0)),
        };
        let set = docs::field(field);
        let (field_name, argument, value) = model::taken(api, def, field);
        quote! {
            #doc
            #[derive(Clone, Debug)]
            #[must_use = "it still lacks something that is required"]
            pub struct #name(#whole);
            impl #name {
                #set
                pub fn #field_name(mut self, #field_name: #argument) -> #next {
                    self.0.#field_name = #value;
                    #made
                }
            }
        }
    });
    quote!(#(#steps)*)
}
