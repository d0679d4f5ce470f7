//! Visits the arguments of calls: the parameters of a closure are handles if the function that takes it says so,
//! or if it is called on an optional handle.

use syn::{
    Expr, ExprCall, ExprClosure, ExprMethodCall, Pat,
    visit::{self, Visit},
};

use super::{
    handles::Id,
    visit::{Found, Variable, Walk},
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
            self.argument(argument, one.map(Vec::as_slice).unwrap_or_default());
        }
    }

    /// Visits the arguments of a method that is called on this handle, if it is one.
    pub(super) fn method_arguments(&mut self, call: &ExprMethodCall, of: Option<Id>) {
        let known = self.known;
        let method = call.method.to_string();
        let given = known.closures.get(&method);
        let given = given.filter(|given| given.len() == call.args.len());
        let passes = PASSES.contains(&method.as_str());
        for (at, argument) in call.args.iter().enumerate() {
            match given.and_then(|given| given.get(at)) {
                Some(given) => self.argument(argument, given),
                None => {
                    let last = at + 1 == call.args.len();
                    self.argument(argument, &[of.filter(|_| passes && last)]);
                }
            }
        }
    }

    fn argument(&mut self, argument: &Expr, given: &[Option<Id>]) {
        match argument {
            Expr::Closure(closure) => self.closure(closure, given),
            Expr::Reference(inner) => self.argument(&inner.expr, given),
            Expr::Paren(inner) => self.argument(&inner.expr, given),
            // `Box::new(|products| …)`
            Expr::Call(call) if is_new(&call.func) => {
                for argument in &call.args {
                    self.argument(argument, given);
                }
            }
            other => self.visit_expr(other),
        }
    }

    pub(super) fn closure(&mut self, closure: &ExprClosure, given: &[Option<Id>]) {
        self.inside(|walk| {
            for (at, input) in closure.inputs.iter().enumerate() {
                let id = given.get(at).copied().flatten();
                walk.bind(input, id);
                if let (None, Some(name)) = (id, untyped(input)) {
                    walk.variables.insert(name, Variable::Untyped);
                }
            }
            visit::visit_expr_closure(walk, closure);
        });
    }

    /// Notes a call on the parameter of a closure if it is named like a handle that has the called method.
    pub(super) fn note_untyped(&mut self, call: &ExprMethodCall) {
        let Expr::Path(path) = &*call.receiver else {
            return;
        };
        let Some(name) = path.path.get_ident().map(ToString::to_string) else {
            return;
        };
        let method = call.method.to_string();
        if self.variables.get(&name) == Some(&Variable::Untyped)
            && self.handles.likely(&name, &method)
        {
            let found = Found::Untyped(format!("{name}.{method}"));
            self.found.push((call.method.span(), found));
        }
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

/// The name of a parameter without a type.
fn untyped(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(name) => Some(name.ident.to_string()),
        Pat::Reference(inner) => untyped(&inner.pat),
        _ => None,
    }
}
