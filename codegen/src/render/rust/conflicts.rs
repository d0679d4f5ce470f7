//! Disagreements of the sources, as constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty;
use crate::spec::Conflict;

/// All of them, as a constant of the facts.
pub(super) fn constant(conflicts: &[Conflict]) -> TokenStream {
    let all = conflicts.iter().map(|conflict| {
        let (about, holds, why) = (
            conflict.about.as_str(),
            conflict.holds.as_str(),
            &conflict.why,
        );
        let guide = ty::option(conflict.guide.as_ref());
        let official = ty::option(conflict.official.as_ref());
        quote! {
            Conflict { about: #about, guide: #guide, official: #official, holds: #holds, why: #why }
        }
    });
    quote!(&[#(#all),*])
}

/// The imports of a file for such constants; nothing if `all` of its conflicts are empty.
pub(super) fn import<'a>(mut all: impl Iterator<Item = &'a Vec<Conflict>>) -> TokenStream {
    if all.any(|conflicts| !conflicts.is_empty()) {
        quote!(
            use crate::catalogue::Conflict;
        )
    } else {
        TokenStream::new()
    }
}
