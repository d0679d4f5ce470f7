//! What calls return: no closure that is passed to it is given a handle.

use syn::Expr;

use super::visit::{Variable, Walk};

impl Walk<'_> {
    /// Whether an expression is the request or response of a call, or a part of one.
    pub(super) fn is_response(&self, expression: &Expr) -> bool {
        match expression {
            Expr::MethodCall(call) => {
                let of = self.handle(&call.receiver);
                let calls = of.and_then(|of| self.handles.call(of, &call.method.to_string()));
                calls.is_some() || self.is_response(&call.receiver)
            }
            Expr::Path(path) => {
                let name = path.path.get_ident().map(ToString::to_string);
                let variable = name.and_then(|name| self.variables.get(&name));
                variable == Some(&Variable::Response)
            }
            Expr::Field(field) => self.is_response(&field.base),
            Expr::Reference(inner) => self.is_response(&inner.expr),
            Expr::Paren(inner) => self.is_response(&inner.expr),
            Expr::Group(inner) => self.is_response(&inner.expr),
            Expr::Await(inner) => self.is_response(&inner.base),
            Expr::Try(inner) => self.is_response(&inner.expr),
            _ => false,
        }
    }
}
