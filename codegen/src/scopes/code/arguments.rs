//! Visits the arguments of calls: the parameters of a closure are handles if the function that takes it says so,
//! or if it is called on an optional handle. They are not if it is called on the response of a call.

use syn::{
    Expr, ExprCall, ExprClosure, ExprMethodCall, Pat,
    visit::{self, Visit},
};

use super::{
    closures::Value,
    handles::Id,
    visit::{Variable, Walk},
};

/// The methods of optional values and results that pass what these hold to their last argument.
const PASSES: [&str; 9] = [
    "and_then",
    "filter",
    "inspect",
    "is_none_or",
    "is_ok_and",
    "is_some_and",
    "map",
    "map_or",
    "map_or_else",
];

/// The methods of optional values and results that pass something else to a closure, or nothing.
const FAILS: [&str; 6] = [
    "inspect_err",
    "is_err_and",
    "map_err",
    "ok_or_else",
    "or_else",
    "unwrap_or_else",
];

impl Walk<'_> {
    pub(super) fn arguments(&mut self, call: &ExprCall) {
        let known = self.known;
        let name = match &*call.func {
            Expr::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        };
        let given = name.and_then(|name| known.closures.get(&name));
        // `Sync::each(&sync, |products| …)` has `self` as its first argument.
        let before = given.and_then(|given| call.args.len().checked_sub(given.len()));
        let before = before.filter(|before| *before <= 1);
        for (at, argument) in call.args.iter().enumerate() {
            let position = before.and_then(|before| at.checked_sub(before));
            let one = given.zip(position).and_then(|(all, at)| all.get(at));
            let one = one.map(Vec::as_slice).unwrap_or_default();
            self.argument(argument, one, Value::Unknown);
        }
    }

    /// Visits the arguments of a method that is called on this handle, if it is one.
    pub(super) fn method_arguments(&mut self, call: &ExprMethodCall, of: Option<Id>) {
        let known = self.known;
        let method = call.method.to_string();
        let given = known.closures.get(&method);
        let given = given.filter(|given| given.len() == call.args.len());
        let passes = PASSES.contains(&method.as_str());
        let other = of.is_some() && (passes || FAILS.contains(&method.as_str()));
        let rest = if other || self.is_response(&call.receiver) {
            Value::Other
        } else {
            Value::Unknown
        };
        for (at, argument) in call.args.iter().enumerate() {
            let last = at + 1 == call.args.len();
            let own = given.and_then(|given| given.get(at));
            let has_handle = own.is_some_and(|own| own.iter().any(Value::is_handle));
            let passed = of.filter(|_| passes && last && !has_handle);
            match (passed, own) {
                (Some(id), _) => self.argument(argument, &[Value::Handle(id)], rest),
                (None, Some(own)) => self.argument(argument, own, Value::Unknown),
                (None, None) => self.argument(argument, &[], rest),
            }
        }
    }

    /// Visits an argument. If it is a closure, its parameters are `given`, and further ones are `rest`.
    fn argument(&mut self, argument: &Expr, given: &[Value], rest: Value) {
        match argument {
            Expr::Closure(closure) => self.closure(closure, given, rest),
            Expr::Reference(inner) => self.argument(&inner.expr, given, rest),
            Expr::Paren(inner) => self.argument(&inner.expr, given, rest),
            // `Box::new(|products| …)`
            Expr::Call(call) if is_new(&call.func) => {
                for argument in &call.args {
                    self.argument(argument, given, rest);
                }
            }
            other => self.visit_expr(other),
        }
    }

    pub(super) fn closure(&mut self, closure: &ExprClosure, given: &[Value], rest: Value) {
        self.inside(|walk| {
            for (at, input) in closure.inputs.iter().enumerate() {
                match given.get(at).copied().unwrap_or(rest) {
                    Value::Handle(id) => walk.bind(input, Some(id)),
                    Value::Other => walk.bind(input, None),
                    Value::Unknown => {
                        walk.bind(input, None);
                        for name in untyped(input) {
                            walk.variables.insert(name, Variable::Untyped);
                        }
                    }
                }
            }
            visit::visit_expr_closure(walk, closure);
        });
    }
}

fn is_new(function: &Expr) -> bool {
    match function {
        Expr::Path(path) => {
            let mut names = path.path.segments.iter().rev().map(|one| &one.ident);
            let new = names.next().is_some_and(|name| name == "new");
            let holders = ["Arc", "Box", "Rc"];
            let of = names.next();
            new && of.is_some_and(|of| holders.iter().any(|holder| of == holder))
        }
        _ => false,
    }
}

/// The names in a parameter without a type.
fn untyped(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Ident(name) => vec![name.ident.to_string()],
        Pat::Reference(inner) => untyped(&inner.pat),
        Pat::Paren(inner) => untyped(&inner.pat),
        Pat::Tuple(inner) => inner.elems.iter().flat_map(untyped).collect(),
        _ => Vec::new(),
    }
}
