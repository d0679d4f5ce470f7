//! The expressions in the tokens of a macro, whatever its grammar: statements or a list of expressions if they
//! can be parsed, otherwise each piece between commas, semicolons and arrows, otherwise the contents of brackets.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::quote;
use syn::{Block, Expr, Macro, Stmt, Token, parse::Parser, punctuated::Punctuated};

use super::handles::Handles;

pub(super) struct Pieces<'a> {
    handles: &'a Handles,
    pub(super) statements: Vec<Stmt>,
    /// Whether a part that names a method of the client could not be read.
    pub(super) unread: bool,
}

pub(super) fn pieces<'a>(mac: &Macro, handles: &'a Handles) -> Pieces<'a> {
    let mut pieces = Pieces {
        handles,
        statements: Vec::new(),
        unread: false,
    };
    let tokens = plain(mac.tokens.clone());
    let last = mac.path.segments.last();
    let choice = last
        .filter(|last| last.ident == "matches")
        .and_then(|_| choice(&tokens));
    match choice {
        Some(choice) => pieces.push(choice),
        None => pieces.read(tokens),
    }
    pieces
}

/// The tokens with plain names in place of the metavariables of `macro_rules!`, such as `$store`, and plain
/// loops in place of the `for await` of asynchronous streams.
fn plain(tokens: TokenStream) -> TokenStream {
    let mut after_for = false;
    let tokens = tokens.into_iter().filter(move |token| {
        let dollar = is_mark(Some(token), '$');
        let awaits = after_for && is_word(token, "await");
        after_for = is_word(token, "for");
        !dollar && !awaits
    });
    let tokens = tokens.map(|token| match token {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), plain(group.stream()));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        token => token,
    });
    tokens.collect()
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(name) if name == word)
}

/// What `matches!(value, pattern if guard)` expands to.
fn choice(tokens: &TokenStream) -> Option<Expr> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let comma = tokens.iter().position(|token| is_mark(Some(token), ','))?;
    let (value, pattern) = tokens.split_at(comma);
    let pattern = pattern.get(1..)?;
    let pattern = match pattern.split_last() {
        Some((last, rest)) if is_mark(Some(last), ',') => rest,
        _ => pattern,
    };
    syn::parse2(quote!(match #(#value)* { #(#pattern)* => {} })).ok()
}

fn is_mark(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(one)) if one.as_char() == mark)
}

impl Pieces<'_> {
    fn push(&mut self, expression: Expr) {
        self.statements.push(Stmt::Expr(expression, None));
    }

    fn read(&mut self, tokens: TokenStream) {
        if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
            self.statements.extend(statements);
            return;
        }
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(list) = list.parse2(tokens.clone()) {
            for expression in list {
                self.push(expression);
            }
            return;
        }
        let mut piece: Vec<TokenTree> = Vec::new();
        for token in tokens {
            let TokenTree::Punct(mark) = &token else {
                piece.push(token);
                continue;
            };
            // The character that this one continues, as in `>=` and `=>`.
            let before = match piece.last() {
                Some(TokenTree::Punct(last)) if last.spacing() == Spacing::Joint => {
                    Some(last.as_char())
                }
                _ => None,
            };
            match (before, mark.as_char()) {
                (Some('='), '>') => {
                    piece.pop();
                    self.close(&mut piece);
                }
                // Between a pattern and the matched or awaited expression, or after a name.
                (None, '=') if mark.spacing() == Spacing::Alone => self.close(&mut piece),
                (_, ',' | ';') => self.close(&mut piece),
                _ => piece.push(token),
            }
        }
        self.close(&mut piece);
    }

    fn close(&mut self, piece: &mut Vec<TokenTree>) {
        let piece = std::mem::take(piece);
        if piece.is_empty() {
            return;
        }
        if let Some(expression) = expression(&piece) {
            self.push(expression);
            return;
        }
        self.unread |= self.may_call(&piece);
        for token in piece {
            if let TokenTree::Group(group) = token {
                self.read(group.stream());
            }
        }
    }

    /// Whether there is a call outside of brackets whose name the client has, such as `.list()` or
    /// `Products::list`.
    fn may_call(&self, piece: &[TokenTree]) -> bool {
        let on_value = piece.windows(3).any(|tokens| match tokens {
            [
                TokenTree::Punct(dot),
                TokenTree::Ident(method),
                TokenTree::Group(arguments),
            ] => {
                dot.as_char() == '.'
                    && arguments.delimiter() == Delimiter::Parenthesis
                    && self.handles.has_method(&method.to_string())
            }
            _ => false,
        });
        let by_type = piece.windows(4).any(|tokens| match tokens {
            [
                TokenTree::Ident(ty),
                TokenTree::Punct(one),
                TokenTree::Punct(two),
                TokenTree::Ident(method),
            ] => {
                let path = one.as_char() == ':' && two.as_char() == ':';
                let of = self.handles.named(&ty.to_string()).filter(|_| path);
                of.is_some_and(|of| self.handles.call(of, &method.to_string()).is_some())
            }
            _ => false,
        });
        on_value || by_type
    }
}

/// The expression that a piece is, or that follows a mark or a key in it: `"key": value`, or `%value`, `?value` and
/// `key=%value`, as the macros of `tracing` have them.
fn expression(piece: &[TokenTree]) -> Option<Expr> {
    let is = |at: usize, marks: &str| marks.chars().any(|mark| is_mark(piece.get(at), mark));
    let mut keys = 1..piece.len();
    let key = keys.find(|at| {
        let alone = !is(at - 1, ":=<>!") && !is(at + 1, ":=>");
        is(*at, ":=") && alone
    });
    let starts = [0, key.map_or(0, |at| at + 1)];
    let mut starts = starts.into_iter().flat_map(|start| {
        let marked = usize::from(is(start, "%?"));
        [start, start + marked]
    });
    starts.find_map(|start| {
        let tokens = piece.get(start..)?.iter().cloned();
        syn::parse2(tokens.collect()).ok()
    })
}
