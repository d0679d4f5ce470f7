//! Where sources differ: as lines of a doc comment, and as constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::{catalogue::option, docs::prose};
use crate::spec::Conflict;

/// A line for each, as facts stand in doc comments.
pub(super) fn lines(conflicts: &[Conflict]) -> impl Iterator<Item = String> {
    conflicts.iter().map(|conflict| {
        let about = prose(&conflict.about);
        format!("- **Sources differ on {about}:** {}", text(conflict))
    })
}

/// The same behind an empty line, for what has no list of facts; nothing where the sources agree.
pub(super) fn paragraph(conflicts: &[Conflict]) -> Vec<String> {
    let mut all: Vec<String> = lines(conflicts).collect();
    if !all.is_empty() {
        all.insert(0, String::new());
    }
    all
}

fn text(conflict: &Conflict) -> String {
    let mut text = String::new();
    if let Some(guide) = &conflict.guide {
        text += &format!("The guide: {} ", sentence(guide));
    }
    if let Some(official) = &conflict.official {
        text += &format!("The official description: {} ", sentence(official));
    }
    let holds = match conflict.holds.as_str() {
        "guide" => "The guide holds here",
        "official" => "The official description holds here",
        _ => "Both are kept",
    };
    format!("{text}{holds}: {}", prose(&conflict.why))
}

fn sentence(text: &str) -> String {
    prose(text.trim_end_matches('.')) + "."
}

/// All of them as the constant of a fact sheet.
pub(super) fn constant(conflicts: &[Conflict]) -> TokenStream {
    let all = conflicts.iter().map(|conflict| {
        let (about, holds, why) = (&conflict.about, &conflict.holds, &conflict.why);
        let guide = option(conflict.guide.as_ref());
        let official = option(conflict.official.as_ref());
        quote! {
            Conflict { about: #about, guide: #guide, official: #official, holds: #holds, why: #why }
        }
    });
    quote!(&[#(#all),*])
}

/// What a file imports for such constants; nothing where `all` of its conflicts are none.
pub(super) fn import<'a>(mut all: impl Iterator<Item = &'a Vec<Conflict>>) -> TokenStream {
    if all.any(|conflicts| !conflicts.is_empty()) {
        quote!(
            use crate::catalogue::Conflict;
        )
    } else {
        TokenStream::new()
    }
}
