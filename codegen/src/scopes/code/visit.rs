//! Visits the source to find calls: which expressions are handles, and which of their methods are calls.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::{
    Expr, ExprCall, ExprMethodCall, Member, Pat,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{
    closures::Value,
    handles::{Handles, Id},
    names::Known,
    pieces::pieces,
    tests_only::is_of_tests,
};
use crate::model::Api;

/// What is at a place in the source.
#[derive(Debug)]
pub(super) enum Found {
    /// A call of the endpoint at this position.
    Endpoint(usize),
    /// A raw call whose path matches no endpoint, as in the source.
    Raw(String),
    /// What may be a call, on the parameter of a closure whose type is unknown.
    Untyped(String),
    /// A macro that could not be read, or only in part.
    Macro(String),
}

/// What is known of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    Handle(Id),
    /// What a call returns, which is not a handle and has none in it.
    Response,
    /// The parameter of a closure whose type is unknown.
    Untyped,
}

/// Methods that return what they are called on, or what it holds.
const SAME: [&str; 7] = [
    "as_deref", "as_ref", "clone", "cloned", "expect", "to_owned", "unwrap",
];

/// The calls in a file.
pub(super) fn calls(
    api: &Api,
    handles: &Handles,
    known: &Known,
    file: &syn::File,
    tests: bool,
) -> Vec<(Span, Found)> {
    let mut walk = Walk {
        api,
        handles,
        known,
        tests,
        variables: HashMap::new(),
        found: Vec::new(),
    };
    walk.visit_file(file);
    walk.found
}

pub(super) struct Walk<'a> {
    pub(super) api: &'a Api,
    pub(super) handles: &'a Handles,
    pub(super) known: &'a Known,
    tests: bool,
    /// The variables that are handles or may be.
    pub(super) variables: HashMap<String, Variable>,
    pub(super) found: Vec<(Span, Found)>,
}

impl Walk<'_> {
    /// The handle that an expression is.
    pub(super) fn handle(&self, expression: &Expr) -> Option<Id> {
        match expression {
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                if SAME.contains(&method.as_str()) {
                    return self.handle(&call.receiver);
                }
                if let Some(of) = self.handle(&call.receiver) {
                    return self.handles.inner(of, &method);
                }
                let root = self.handles.root(&method, call.args.len());
                root.or_else(|| self.known.functions.get(&method).copied())
            }
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => {
                    let name = path.path.segments.last()?.ident.to_string();
                    self.known.functions.get(&name).copied()
                }
                _ => None,
            },
            Expr::Path(path) => {
                let name = path.path.get_ident()?.to_string();
                match self.variables.get(&name)? {
                    Variable::Handle(id) => Some(*id),
                    Variable::Response | Variable::Untyped => None,
                }
            }
            Expr::Field(field) => match &field.member {
                Member::Named(name) => self.known.fields.get(&name.to_string()).copied(),
                Member::Unnamed(_) => None,
            },
            Expr::Reference(inner) => self.handle(&inner.expr),
            Expr::Paren(inner) => self.handle(&inner.expr),
            Expr::Group(inner) => self.handle(&inner.expr),
            Expr::Unary(inner) => self.handle(&inner.expr),
            Expr::Await(inner) => self.handle(&inner.base),
            Expr::Try(inner) => self.handle(&inner.expr),
            Expr::Block(inner) => self.last(&inner.block),
            Expr::If(inner) => self.last(&inner.then_branch),
            Expr::Macro(inner) if inner.mac.path.is_ident("dbg") => {
                let value: Expr = inner.mac.parse_body().ok()?;
                self.handle(&value)
            }
            _ => None,
        }
    }

    /// The handle that a block returns.
    fn last(&self, block: &syn::Block) -> Option<Id> {
        match block.stmts.last()? {
            syn::Stmt::Expr(expression, None) => self.handle(expression),
            _ => None,
        }
    }

    /// The handle that each element of a list is, as in `[one.brands(), other.brands()]`.
    fn element(&self, list: &Expr) -> Option<Id> {
        match list {
            Expr::Array(list) => self.handle(list.elems.first()?),
            Expr::Reference(inner) => self.element(&inner.expr),
            Expr::Paren(inner) => self.element(&inner.expr),
            Expr::MethodCall(call) if call.method == "iter" || call.method == "into_iter" => {
                self.element(&call.receiver)
            }
            _ => None,
        }
    }

    pub(super) fn bind(&mut self, pattern: &Pat, id: Option<Id>) {
        match (pattern, id) {
            (Pat::Ident(name), Some(id)) => {
                let name = name.ident.to_string();
                self.variables.insert(name, Variable::Handle(id));
            }
            (Pat::Ident(name), None) => {
                self.variables.remove(&name.ident.to_string());
            }
            (Pat::Type(typed), id) => {
                let id = self.handles.ty(&typed.ty).or(id);
                self.bind(&typed.pat, id);
            }
            (Pat::Reference(inner), id) => self.bind(&inner.pat, id),
            (Pat::Paren(inner), id) => self.bind(&inner.pat, id),
            (Pat::Guard(inner), id) => self.bind(&inner.pat, id),
            (Pat::Or(inner), id) => {
                for inner in &inner.cases {
                    self.bind(inner, id);
                }
            }
            // `Some(orders)` and `Ok(orders)`, but not `Err(error)`.
            (Pat::TupleStruct(inner), id) => {
                let last = inner.path.segments.last();
                let id = id.filter(|_| last.is_some_and(|last| last.ident != "Err"));
                for inner in &inner.elems {
                    self.bind(inner, id);
                }
            }
            (Pat::Tuple(inner), _) => {
                for inner in &inner.elems {
                    self.bind(inner, None);
                }
            }
            (Pat::Struct(inner), _) => {
                for field in &inner.fields {
                    let id = match &field.member {
                        Member::Named(name) => self.known.fields.get(&name.to_string()),
                        Member::Unnamed(_) => None,
                    };
                    let id = id.copied();
                    self.bind(&field.pat, id);
                }
            }
            _ => {}
        }
    }

    /// Binds a pattern to the value of an expression.
    fn assign(&mut self, pattern: &Pat, value: &Expr) {
        match (pattern, value) {
            (Pat::Tuple(patterns), Expr::Tuple(values)) => {
                for (pattern, value) in patterns.elems.iter().zip(&values.elems) {
                    self.assign(pattern, value);
                }
            }
            _ => {
                let id = self.handle(value);
                let response = id.is_none() && self.is_response(value);
                self.bind(pattern, id);
                if let (Pat::Ident(name), true) = (pattern, response) {
                    let name = name.ident.to_string();
                    self.variables.insert(name, Variable::Response);
                }
            }
        }
    }

    /// Visits a scope, and drops its bindings afterwards.
    pub(super) fn inside(&mut self, go: impl FnOnce(&mut Self)) {
        let before = self.variables.clone();
        go(self);
        self.variables = before;
    }

    fn signature(&mut self, signature: &syn::Signature) {
        for input in &signature.inputs {
            if let syn::FnArg::Typed(typed) = input {
                self.bind(&typed.pat, self.handles.ty(&typed.ty));
            }
        }
    }

    fn skips(&self, attributes: &[syn::Attribute]) -> bool {
        !self.tests && attributes.iter().any(is_of_tests)
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let method = call.method.to_string();
        let of = self.handle(&call.receiver);
        match of {
            Some(of) => {
                if let Some(at) = self.handles.call(of, &method) {
                    self.found.push((call.method.span(), Found::Endpoint(at)));
                }
            }
            None if method == "raw" => self.raw(call),
            None => self.note_untyped(call),
        }
        self.visit_expr(&call.receiver);
        self.method_arguments(call, of);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.visit_expr(&call.func);
        self.arguments(call);
    }

    /// `Products::list(&products)`, and the same as a value.
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let mut names = path.path.segments.iter().rev();
        if let (Some(method), Some(ty)) = (names.next(), names.next())
            && let Some(of) = self.handles.named(&ty.ident.to_string())
            && let Some(at) = self.handles.call(of, &method.ident.to_string())
        {
            self.found.push((path.span(), Found::Endpoint(at)));
        }
        visit::visit_expr_path(self, path);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        visit::visit_local(self, local);
        match &local.init {
            Some(init) => self.assign(&local.pat, &init.expr),
            None => self.bind(&local.pat, None),
        }
    }

    /// The condition of `if let` and `while let`; what it binds ends with the block after it.
    fn visit_expr_let(&mut self, condition: &'ast syn::ExprLet) {
        visit::visit_expr_let(self, condition);
        self.assign(&condition.pat, &condition.expr);
    }

    fn visit_expr_if(&mut self, condition: &'ast syn::ExprIf) {
        self.inside(|walk| {
            walk.visit_expr(&condition.cond);
            walk.visit_block(&condition.then_branch);
        });
        if let Some((_, other)) = &condition.else_branch {
            self.visit_expr(other);
        }
    }

    /// What the pattern of a loop binds ends with the loop.
    fn visit_expr_for_loop(&mut self, repeat: &'ast syn::ExprForLoop) {
        self.visit_expr(&repeat.expr);
        let id = self.element(&repeat.expr);
        self.inside(|walk| {
            walk.bind(&repeat.pat, id);
            walk.visit_block(&repeat.body);
        });
    }

    fn visit_expr_while(&mut self, condition: &'ast syn::ExprWhile) {
        self.inside(|walk| visit::visit_expr_while(walk, condition));
    }

    fn visit_expr_match(&mut self, choice: &'ast syn::ExprMatch) {
        self.visit_expr(&choice.expr);
        for arm in &choice.arms {
            self.inside(|walk| {
                walk.assign(&arm.pat, &choice.expr);
                walk.visit_arm(arm);
            });
        }
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.inside(|walk| visit::visit_block(walk, block));
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        self.closure(closure, &[], Value::Unknown);
    }

    fn visit_expr_await(&mut self, awaited: &'ast syn::ExprAwait) {
        self.note_sent(&awaited.base);
        visit::visit_expr_await(self, awaited);
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if self.skips(&function.attrs) {
            return;
        }
        self.inside(|walk| {
            walk.variables.clear();
            walk.signature(&function.sig);
            visit::visit_item_fn(walk, function);
        });
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if self.skips(&function.attrs) {
            return;
        }
        self.inside(|walk| {
            walk.variables.clear();
            walk.signature(&function.sig);
            visit::visit_impl_item_fn(walk, function);
        });
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !self.skips(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !self.skips(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        let read = pieces(mac, self.handles);
        if read.unread {
            let names = mac.path.segments.iter().map(|one| one.ident.to_string());
            let name = names.collect::<Vec<_>>().join("::") + "!";
            self.found.push((mac.path.span(), Found::Macro(name)));
        }
        self.inside(|walk| {
            for statement in &read.statements {
                walk.visit_stmt(statement);
            }
        });
    }
}
