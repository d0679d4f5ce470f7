//! What may be calls, on parameters of closures whose types are unknown: by the name of the parameter, or by the
//! names of the methods that are called on it.

use syn::{Expr, ExprMethodCall};

use super::visit::{Found, Variable, Walk};

/// Calls whose names strings, collections, iterators and hashes have, too. On a parameter with another name than
/// its handle, they only count if their results are awaited or sent.
const COMMON: [&str; 13] = [
    "add", "apply", "assign", "capture", "check", "count", "events", "find", "get", "remove",
    "replace", "update", "validate",
];

/// The methods that send a request.
const SENDS: [&str; 3] = ["pages", "send", "stream"];

impl Walk<'_> {
    /// Notes a call on a parameter whose type is unknown if its name is that of a handle with this method, or if
    /// only the client is likely to have the method.
    pub(super) fn note_untyped(&mut self, call: &ExprMethodCall) {
        let method = call.method.to_string();
        if SENDS.contains(&method.as_str()) {
            self.note_sent(&call.receiver);
        }
        if let Some(name) = self.untyped(&call.receiver) {
            let other = !COMMON.contains(&method.as_str()) && self.handles.has_call(&method);
            if self.handles.likely(&name, &method) || other {
                self.push_untyped(&name, call);
            }
            return;
        }
        // `it.images(7).create(image)`
        if let Expr::MethodCall(inner) = &*call.receiver
            && let Some(name) = self.untyped(&inner.receiver)
        {
            let nested = inner.method.to_string();
            let noted = self.handles.likely(&name, &nested);
            if !noted && self.handles.has_inner_call(&nested, &method) {
                self.push_untyped(&name, inner);
            }
        }
    }

    /// Notes a call with a common name in a request that is awaited or sent.
    pub(super) fn note_sent(&mut self, request: &Expr) {
        let mut request = request;
        while let Expr::MethodCall(call) = request {
            let method = call.method.to_string();
            if let Some(name) = self.untyped(&call.receiver)
                && COMMON.contains(&method.as_str())
                && self.handles.has_call(&method)
                && !self.handles.likely(&name, &method)
            {
                self.push_untyped(&name, call);
            }
            request = &call.receiver;
        }
    }

    /// The name of the parameter that an expression is, if its type is unknown.
    fn untyped(&self, expression: &Expr) -> Option<String> {
        let Expr::Path(path) = expression else {
            return None;
        };
        let name = path.path.get_ident()?.to_string();
        let unknown = self.variables.get(&name) == Some(&Variable::Untyped);
        unknown.then_some(name)
    }

    fn push_untyped(&mut self, name: &str, call: &ExprMethodCall) {
        let span = call.method.span();
        let place = span.start();
        let mut noted = self.found.iter().rev();
        let again =
            noted.any(|(span, found)| matches!(found, Found::Untyped(_)) && span.start() == place);
        if !again {
            let found = Found::Untyped(format!("{name}.{}", call.method));
            self.found.push((span, found));
        }
    }
}
