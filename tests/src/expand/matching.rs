//! Patterns of `macro_rules!`, and the values of their variables after a match.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Lit, Meta, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser, Result, discouraged::Speculative},
};

/// A part of a pattern.
pub(super) enum Part {
    Token(TokenTree),
    Group(Delimiter, Vec<Part>),
    /// A variable and its fragment specifier.
    Variable(String, String),
    Repeated {
        inside: Vec<Part>,
        separator: Option<TokenTree>,
        /// `?`, `*` or `+`.
        times: char,
    },
}

/// The values of variables.
pub(super) type Bound = HashMap<String, Held>;

/// The value of a variable: tokens, or one value per repetition.
#[derive(Clone)]
pub(super) enum Held {
    One(TokenStream),
    Many(Vec<Held>),
}

/// The parts of a pattern.
pub(super) fn parts(input: ParseStream<'_>) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        if !input.peek(Token![$]) {
            parts.push(match input.parse()? {
                TokenTree::Group(group) => {
                    Part::Group(group.delimiter(), self::parts.parse2(group.stream())?)
                }
                token => Part::Token(token),
            });
            continue;
        }
        input.parse::<Token![$]>()?;
        if input.peek(syn::token::Paren) {
            let inside = self::parts.parse2(super::group(input)?)?;
            let (separator, times) = times(input)?;
            parts.push(Part::Repeated {
                inside,
                separator,
                times,
            });
        } else {
            let name = input.call(Ident::parse_any)?.to_string();
            input.parse::<Token![:]>()?;
            parts.push(Part::Variable(
                name,
                input.call(Ident::parse_any)?.to_string(),
            ));
        }
    }
    Ok(parts)
}

/// What follows the group of a repetition: an optional separator, and the operator.
pub(super) fn times(input: ParseStream<'_>) -> Result<(Option<TokenTree>, char)> {
    let operator = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => matches!(punct.as_char(), '?' | '*' | '+'),
        _ => false,
    };
    let mut token: TokenTree = input.parse()?;
    let separator = if operator(&token) {
        None
    } else {
        Some(std::mem::replace(&mut token, input.parse()?))
    };
    match token {
        TokenTree::Punct(punct) => Ok((separator, punct.as_char())),
        token => Err(syn::Error::new(token.span(), "expected ?, * or +")),
    }
}

/// The values of a pattern's variables, if it matches the tokens.
pub(super) fn bound(pattern: &[Part], tokens: TokenStream) -> Option<Bound> {
    let read = |input: ParseStream<'_>| {
        let mut bound = Bound::new();
        all(pattern, input, &mut bound)?;
        Ok(bound)
    };
    read.parse2(tokens).ok()
}

fn all(pattern: &[Part], input: ParseStream<'_>, bound: &mut Bound) -> Result<()> {
    pattern.iter().try_for_each(|part| one(part, input, bound))
}

fn one(part: &Part, input: ParseStream<'_>, bound: &mut Bound) -> Result<()> {
    match part {
        Part::Token(token) => same(token, input),
        Part::Group(delimiter, inside) => match input.parse()? {
            TokenTree::Group(group) if group.delimiter() == *delimiter => {
                let read = |input: ParseStream<'_>| all(inside, input, bound);
                read.parse2(group.stream())
            }
            other => Err(syn::Error::new(other.span(), "expected a group")),
        },
        Part::Variable(name, kind) => {
            bound.insert(name.clone(), Held::One(variable(kind, input)?));
            Ok(())
        }
        Part::Repeated {
            inside,
            separator,
            times,
        } => {
            let mut found = Vec::new();
            loop {
                let ahead = input.fork();
                let mut inner = Bound::new();
                let apart = match separator {
                    Some(token) if !found.is_empty() => same(token, &ahead),
                    _ => Ok(()),
                };
                if input.is_empty()
                    || apart
                        .and_then(|()| all(inside, &ahead, &mut inner))
                        .is_err()
                {
                    break;
                }
                input.advance_to(&ahead);
                found.push(inner);
                if *times == '?' {
                    break;
                }
            }
            if *times == '+' && found.is_empty() {
                return Err(input.error("expected at least one"));
            }
            for name in names(inside) {
                let held = found.iter().map(|inner| inner[&name].clone()).collect();
                bound.insert(name, Held::Many(held));
            }
            Ok(())
        }
    }
}

fn same(token: &TokenTree, input: ParseStream<'_>) -> Result<()> {
    let found: TokenTree = input.parse()?;
    if found.to_string() == token.to_string() {
        Ok(())
    } else {
        Err(syn::Error::new(found.span(), format!("expected {token}")))
    }
}

/// The names of the variables of a pattern.
fn names(pattern: &[Part]) -> Vec<String> {
    let names = pattern.iter().flat_map(|part| match part {
        Part::Token(_) => Vec::new(),
        Part::Variable(name, _) => vec![name.clone()],
        Part::Group(_, inside) | Part::Repeated { inside, .. } => names(inside),
    });
    names.collect()
}

fn variable(kind: &str, input: ParseStream<'_>) -> Result<TokenStream> {
    fn tokens<T: Parse + ToTokens>(input: ParseStream<'_>) -> Result<TokenStream> {
        Ok(input.parse::<T>()?.into_token_stream())
    }
    match kind {
        "ident" => Ok(input.call(Ident::parse_any)?.into_token_stream()),
        "literal" => tokens::<Lit>(input),
        "ty" => tokens::<Type>(input),
        "path" => tokens::<syn::Path>(input),
        "meta" => tokens::<Meta>(input),
        "expr" => tokens::<syn::Expr>(input),
        "tt" => tokens::<TokenTree>(input),
        other => panic!("`{other}` is not known here"),
    }
}
