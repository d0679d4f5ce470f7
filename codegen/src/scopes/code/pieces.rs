//! The expressions in the tokens of a macro, whatever its grammar: statements if they can be parsed,
//! otherwise each piece between commas, semicolons and arrows, otherwise the contents of brackets.

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};
use syn::{Block, Expr, Stmt, parse::Parser};

pub(super) fn pieces(tokens: TokenStream) -> Vec<Stmt> {
    expressions(named(tokens))
}

/// The same with plain names in place of the metavariables of `macro_rules!`, such as `$store`.
fn named(tokens: TokenStream) -> TokenStream {
    let dollar =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '$');
    let tokens = tokens.into_iter().filter(|token| !dollar(token));
    let tokens = tokens.map(|token| match token {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), named(group.stream()));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        token => token,
    });
    tokens.collect()
}

fn expressions(tokens: TokenStream) -> Vec<Stmt> {
    if let Ok(statements) = Block::parse_within.parse2(tokens.clone())
        && !statements.is_empty()
    {
        return statements;
    }
    let mut found = Vec::new();
    let mut piece = Vec::new();
    let mut arrow = false;
    for token in tokens {
        match &token {
            TokenTree::Punct(mark) => {
                let c = mark.as_char();
                // `=>`, or the `=` between a pattern and the matched or awaited expression.
                let opens = arrow && c == '>';
                let alone = c == '=' && mark.spacing() == Spacing::Alone && !arrow;
                arrow = c == '=' && mark.spacing() == Spacing::Joint;
                if opens || alone || matches!(c, ',' | ';') {
                    close(&mut piece, &mut found);
                } else if !arrow {
                    piece.push(token);
                }
            }
            _ => {
                arrow = false;
                piece.push(token);
            }
        }
    }
    close(&mut piece, &mut found);
    found
}

fn close(piece: &mut Vec<TokenTree>, found: &mut Vec<Stmt>) {
    let piece = std::mem::take(piece);
    if piece.is_empty() {
        return;
    }
    match syn::parse2::<Expr>(piece.iter().cloned().collect()) {
        Ok(expression) => found.push(Stmt::Expr(expression, None)),
        Err(_) => {
            for token in piece {
                if let TokenTree::Group(group) = token {
                    found.extend(expressions(group.stream()));
                }
            }
        }
    }
}
