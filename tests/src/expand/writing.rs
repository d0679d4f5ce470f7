//! What a rule of `macro_rules!` generates for a match.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Ident, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser, Result},
};

use super::{
    Paths,
    matching::{Bound, Held, times},
};

/// The text of a rule with the values of its variables.
pub(super) fn write(text: &TokenStream, bound: &Bound, paths: Paths) -> TokenStream {
    let read = |input: ParseStream<'_>| all(input, bound, paths);
    read.parse2(text.clone()).unwrap()
}

fn all(input: ParseStream<'_>, bound: &Bound, paths: Paths) -> Result<TokenStream> {
    let mut out = TokenStream::new();
    while !input.is_empty() {
        if !input.peek(Token![$]) {
            out.extend([match input.parse()? {
                TokenTree::Group(group) => {
                    let inside = write(&group.stream(), bound, paths);
                    TokenTree::Group(Group::new(group.delimiter(), inside))
                }
                token => token,
            }]);
            continue;
        }
        input.parse::<Token![$]>()?;
        if input.peek(syn::token::Paren) {
            let inside = super::group(input)?;
            let (separator, _) = times(input)?;
            for (at, round) in rounds(&inside, bound).iter().enumerate() {
                if let (true, Some(separator)) = (at > 0, &separator) {
                    out.extend([separator.clone()]);
                }
                out.extend(write(&inside, round, paths));
            }
        } else if input.peek(Token![crate]) {
            let root = input.parse::<Token![crate]>()?;
            out.extend(match paths {
                Paths::Whole => root.into_token_stream(),
                Paths::Short => last(input)?,
            });
        } else {
            let name = input.call(Ident::parse_any)?.to_string();
            match bound.get(&name) {
                Some(Held::One(tokens)) => out.extend(tokens.clone()),
                _ => panic!("`${name}` does not hold one thing here"),
            }
        }
    }
    Ok(out)
}

/// The last name of a path.
fn last(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut name = None;
    while input.peek(Token![::]) && input.peek3(Ident::peek_any) {
        input.parse::<Token![::]>()?;
        name = Some(input.call(Ident::parse_any)?);
    }
    Ok(name.into_token_stream())
}

/// The values of the variables in each round of a repetition; the variables inside it with one value
/// per round determine the number of rounds.
fn rounds(inside: &TokenStream, bound: &Bound) -> Vec<Bound> {
    let mut used = Vec::new();
    variables(inside, &mut used);
    let many = |name: &&String| matches!(bound.get(*name), Some(Held::Many(_)));
    let used: Vec<_> = used.iter().filter(many).collect();
    let mut rounds: Option<Vec<Bound>> = None;
    for name in used {
        let Some(Held::Many(held)) = bound.get(name) else {
            continue;
        };
        let rounds = rounds.get_or_insert_with(|| vec![bound.clone(); held.len()]);
        assert_eq!(
            rounds.len(),
            held.len(),
            "`${name}` repeats another number of times"
        );
        for (round, held) in rounds.iter_mut().zip(held) {
            round.insert(name.clone(), held.clone());
        }
    }
    rounds.expect("a repetition has a variable that repeats")
}

fn variables(tokens: &TokenStream, into: &mut Vec<String>) {
    let mut dollar = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => dollar = true,
            TokenTree::Ident(name) if dollar => {
                into.push(name.to_string());
                dollar = false;
            }
            TokenTree::Group(group) => {
                variables(&group.stream(), into);
                dollar = false;
            }
            _ => dollar = false,
        }
    }
}
