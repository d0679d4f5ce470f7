//! The enumeration of what deliveries carry: a variant for each event with its payload, and one for
//! the events that the spec does not know yet.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ty};
use crate::model::{Api, Home};

/// The module and the type.
pub(super) const MODULE: &str = "event_data";
pub(super) const NAME: &str = "EventData";

/// The file of the enumeration.
pub(super) fn tokens(api: &Api) -> TokenStream {
    let name = ty::ident(NAME);
    let variants: Vec<_> = api
        .events
        .iter()
        .map(|event| ty::ident(&event.variant))
        .collect();
    let declared = api.events.iter().zip(&variants).map(|(event, variant)| {
        let payload = ty::value(api, &event.payload, Some(Home::Events));
        let doc = docs::paragraph(&format!("`{}`: {}", event.scope, event.does));
        quote!(#doc #variant(#payload))
    });
    let doc = docs::attributes(&[
        "What a delivery says, by its event.".to_owned(),
        String::new(),
        "An event that is not known here is no error: [`Unknown`](Self::Unknown) keeps its data as it \
         came."
            .to_owned(),
    ]);
    let body = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// The data of an event that is not known here, or of a form that is not: any JSON.
            Unknown(RawJson),
        }
        impl #name {
            /// Reads the `data` of a delivery of that event.
            ///
            /// # Errors
            ///
            /// When it has another form than the event's payload.
            pub fn read(event: Event, data: &RawJson) -> Result<Self, DecodeError> {
                Ok(match event { #(Event::#variants => Self::#variants(data.parse()?),)* })
            }
            /// Which event it is; `None` for [`Unknown`](Self::Unknown).
            pub const fn event(&self) -> Option<Event> {
                Some(match self {
                    #(Self::#variants(_) => Event::#variants,)*
                    Self::Unknown(_) => return None,
                })
            }
        }
    };
    let imports = ty::imports(&body, &["Event"], "");
    let codec = ty::codec(|name| name == "DecodeError");
    quote! {
        #imports
        #codec
        #body
    }
}
