//! Raw calls: the methods and paths of `store.raw(Method::GET, "/v3/catalog/products")`.

use syn::{Expr, ExprLit, ExprMethodCall, Lit};

use super::visit::{Found, Walk};
use crate::scopes::calls::position;

impl Walk<'_> {
    /// A raw call, on a client or a read-only one.
    pub(super) fn raw(&mut self, call: &ExprMethodCall) {
        let mut arguments = call.args.iter();
        let (method, path) = match (arguments.next(), arguments.next(), arguments.next()) {
            (Some(path), None, None) => (Some("GET".to_owned()), path),
            (Some(method), Some(path), None) => (last_name(method), path),
            _ => return,
        };
        let text = literal(path);
        // A method with one argument may belong to any type; only a path of the API makes it a raw call.
        if call.args.len() == 1 && !text.as_ref().is_some_and(|text| text.starts_with("/v")) {
            return;
        }
        let method = method.unwrap_or_default();
        let name = format!("{method} {}", text.as_deref().unwrap_or("…"));
        let endpoint = position(self.api, &name).filter(|_| text.is_some());
        let found = endpoint.map_or(Found::Raw(name), Found::Endpoint);
        self.found.push((call.method.span(), found));
    }
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        Expr::Reference(inner) => literal(&inner.expr),
        // `format!("/v3/catalog/products/{id}")` has the shape of a path in its text.
        Expr::Macro(format) if format.mac.path.is_ident("format") => {
            let first = format.mac.tokens.clone().into_iter().next()?;
            syn::parse2::<syn::LitStr>(first.into())
                .ok()
                .map(|text| text.value())
        }
        _ => None,
    }
}

/// `GET` of `Method::GET`, in capitals.
fn last_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) => Some(path.path.segments.last()?.ident.to_string().to_uppercase()),
        _ => None,
    }
}
