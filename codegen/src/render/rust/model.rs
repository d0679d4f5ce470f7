//! Types: a struct with its decode and encode for each view of a schema, an open enumeration for each
//! set of values.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, examples, ty};
use crate::{
    model::{Api, Field, Kind, Member, TypeDef},
    spec::View,
};

/// The file of a type.
pub(super) fn tokens(api: &Api, def: &TypeDef) -> TokenStream {
    match &def.kind {
        Kind::Choice(members) => choice(def, members),
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
    let decode = decode(
        fields,
        &quote!(_ => r.keep(&key)?),
        Some(quote!(rest: r.end())),
    );
    let encode = encode(fields, &quote!(w.object(&self.rest)));
    let body = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#declared,)*
            /// What came beyond the fields above, and spellings that none of them could hold.
            pub rest: Rest,
        }
        impl Decode for #name { #decode }
        impl Encode for #name { #encode }
    };
    let imports = ty::imports(&body, &[], "");
    quote! {
        #imports
        use crate::json::{Decode, DecodeError, Encode, Reader, Rest, Writer};
        #body
    }
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
    let decode = decode(fields, &quote!(_ => return Err(r.unknown(&key))), None);
    let encode = encode(fields, &quote!(w.record()));
    let constructor = constructor(api, def, fields);
    let setters = fields
        .iter()
        .filter(|field| !field.required)
        .map(|f| setter(api, def, f));
    let default = fields.iter().all(|field| !field.required).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self { Self::new() }
            }
        }
    });
    let body = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#declared,)* }
        impl #name {
            #constructor
            #(#setters)*
        }
        #default
        impl Decode for #name { #decode }
        impl Encode for #name { #encode }
    };
    let imports = ty::imports(&body, &[], "");
    quote! {
        #imports
        use crate::json::{Decode, DecodeError, Encode, Reader, Writer};
        #body
    }
}

/// Which fields a value must have at least one of.
fn needs(def: &TypeDef) -> Vec<String> {
    let Kind::Object { needs_one_of, .. } = &def.kind else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for fields in needs_one_of {
        let fields: Vec<_> = fields.iter().map(|field| format!("`{field}`")).collect();
        lines.push(String::new());
        lines.push(format!("Needs at least one of {}.", fields.join(", ")));
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
        let (ty, made) = ty::argument(api, &field.ty, Some(def.home), &name);
        let made = if field.boxed {
            quote!(Box::new(#made))
        } else {
            made
        };
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
    // The API requires them all, and a required thing is an argument.
    let many = (arguments.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #doc
        #many
        pub fn new(#(#arguments),*) -> Self { Self { #(#inits),* } }
    }
}

fn setter(api: &Api, def: &TypeDef, field: &Field) -> TokenStream {
    let name = ty::ident(&field.rust);
    let (arg, made) = ty::argument(api, &field.ty, Some(def.home), &name);
    let made = match (&field.ty, field.spelling) {
        (crate::model::Ty::DateTime, Some(crate::spec::Wire::Rfc2822)) => {
            quote!(Into::<DateTime>::into(#name).into_rfc2822())
        }
        _ => made,
    };
    let made = if field.boxed {
        quote!(Box::new(#made))
    } else {
        made
    };
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
        quote! {
            #doc
            #[must_use]
            pub fn #clear(mut self) -> Self {
                self.#name = Patch::Null;
                self
            }
        }
    });
    quote!(#set #clear)
}

fn decode(fields: &[Field], otherwise: &TokenStream, rest: Option<TokenStream>) -> TokenStream {
    let reads = rest.is_some();
    let locals = fields.iter().map(|field| {
        let name = local(field);
        let init = match (&field.ty, field.required, reads) {
            (_, true, _) => quote!(None),
            (crate::model::Ty::List(_), false, true) => quote!(List::default()),
            (_, false, true) => quote!(None),
            (_, false, false) => quote!(Patch::Absent),
        };
        quote!(let mut #name = #init;)
    });
    let arms = fields.iter().map(|field| {
        let wire = &field.wire;
        let name = local(field);
        quote!(#wire => r.read(&mut #name))
    });
    let inits = fields.iter().map(|field| {
        let wire = &field.wire;
        let (name, local) = (ty::ident(&field.rust), local(field));
        if field.required {
            quote!(#name: r.require(#wire, #local)?)
        } else if name == local {
            quote!(#name)
        } else {
            quote!(#name: #local)
        }
    });
    let (finish, rest) = match rest {
        Some(rest) => (None, Some(rest)),
        None => (Some(quote!(r.end();)), None),
    };
    // Members of the struct are evaluated in the order written: `rest` closes the object last.
    let built = match finish {
        Some(finish) => quote! {
            let it = Self { #(#inits),* };
            #finish
            Ok(it)
        },
        None => quote!(Ok(Self { #(#inits,)* #rest })),
    };
    quote! {
        const KIND: &'static str = "object";
        fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
            #(#locals)*
            r.begin()?;
            while let Some(key) = r.key()? {
                match &*key { #(#arms,)* #otherwise, }
            }
            #built
        }
    }
}

/// The local that a field is read into; not one that the decoding itself uses.
fn local(field: &Field) -> Ident {
    match field.rust.as_str() {
        name @ ("r" | "key" | "it") => ty::ident(&format!("{name}_field")),
        name => ty::ident(name),
    }
}

fn encode(fields: &[Field], open: &TokenStream) -> TokenStream {
    let lines = fields.iter().map(|field| {
        let wire = &field.wire;
        let name = ty::ident(&field.rust);
        quote!(o.field(#wire, &self.#name);)
    });
    quote! {
        fn encode(&self, w: &mut Writer) {
            let mut o = #open;
            #(#lines)*
            o.end();
        }
    }
}

fn choice(def: &TypeDef, members: &[Member]) -> TokenStream {
    let name = ty::ident(&def.name);
    let doc = docs::attributes(&docs::ty(def, ""));
    let variants = members.iter().map(|member| {
        let doc = match &member.does {
            Some(does) => docs::attributes(&[docs::prose(does), String::new(), wire(member)]),
            None => docs::attributes(&[wire(member)]),
        };
        let variant = ty::ident(&member.rust);
        quote!(#doc #variant)
    });
    let from = members.iter().map(|member| {
        let (wire, variant) = (&member.wire, ty::ident(&member.rust));
        quote!(#wire => Self::#variant)
    });
    let to = members.iter().map(|member| {
        let (wire, variant) = (&member.wire, ty::ident(&member.rust));
        quote!(Self::#variant => #wire)
    });
    quote! {
        use crate::json::{Choice, Unknown};
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
