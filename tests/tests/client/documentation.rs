//! The documentation of the client: every hand-written public type has an example, and so does every
//! generated call, and every value that one creates or updates with.

use std::collections::BTreeMap;

use bigcommerce_client::Endpoint;
use syn::{
    Attribute, Expr, ExprLit, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Lit, Meta, Type,
    TypeParamBound, Visibility,
};

use crate::source::{Source, is_public};

#[test]
fn every_handwritten_type_and_function_has_an_example() {
    let mut types: BTreeMap<String, Shown> = BTreeMap::new();
    let mut functions = Examples::default();
    for source in Source::below("") {
        if source.module() == "generated" {
            continue;
        }
        for item in source.parsed().items {
            match item {
                Item::Fn(it) if is_shown(&it.vis, &it.attrs) => {
                    functions.look(&source, &it.sig.ident.to_string(), &it.attrs);
                }
                Item::Struct(it) => types.declared(&it.ident, &it.vis, &it.attrs),
                Item::Enum(it) => types.declared(&it.ident, &it.vis, &it.attrs),
                Item::Trait(it) => types.declared(&it.ident, &it.vis, &it.attrs),
                Item::Impl(it) => types.implemented(&it),
                _ => {}
            }
        }
    }
    functions.are_everywhere(6);
    // A type without methods of its own is a value that others return or accept, and its example is
    // there.
    let known = types.iter().filter(|(_, it)| it.public && it.methods > 0);
    let without = known.clone().filter(|(_, it)| !it.example);
    let without: Vec<&String> = without.map(|(name, _)| name).collect();
    assert!(known.count() > 40, "few types were found");
    assert!(without.is_empty(), "no example of {without:?}");
}

/// A type, with the examples in its documentation and that of its methods.
#[derive(Default)]
struct Shown {
    public: bool,
    methods: usize,
    example: bool,
}

trait Types {
    fn declared(&mut self, name: &Ident, visibility: &Visibility, attributes: &[Attribute]);
    fn implemented(&mut self, item: &ItemImpl);
}

impl Types for BTreeMap<String, Shown> {
    fn declared(&mut self, name: &Ident, visibility: &Visibility, attributes: &[Attribute]) {
        let it = self.entry(name.to_string()).or_default();
        it.public |= is_shown(visibility, attributes);
        it.example |= has_example(attributes);
    }

    fn implemented(&mut self, item: &ItemImpl) {
        let Some(name) = own_type(item) else { return };
        let it = self.entry(name.to_string()).or_default();
        for member in &item.items {
            if let ImplItem::Fn(method) = member
                && is_shown(&method.vis, &method.attrs)
                && method.sig.ident != "as_str"
            {
                it.methods += 1;
                it.example |= has_example(&method.attrs);
            }
        }
    }
}

/// The type of an inherent `impl`.
fn own_type(item: &ItemImpl) -> Option<&Ident> {
    match &*item.self_ty {
        Type::Path(ty) if item.trait_.is_none() => Some(&ty.path.segments.last()?.ident),
        _ => None,
    }
}

#[test]
fn every_handle_shows_itself_at_work() {
    let mut examples = Examples::default();
    for source in handles() {
        for item in source.parsed().items {
            if let Item::Struct(item) = item {
                let name = item.ident.to_string();
                if !name.ends_with("Reader") {
                    examples.look(&source, &name, &item.attrs);
                }
            }
        }
    }
    examples.are_everywhere(100);
}

#[test]
fn every_call_that_takes_more_than_ids_has_an_example() {
    let mut examples = Examples::default();
    for source in handles() {
        for item in source.parsed().items {
            if let Item::Impl(item) = item {
                examples.look_at_methods(&source, &item, takes_more_than_ids);
            }
        }
    }
    examples.are_everywhere(Endpoint::ALL.len() / 3);
}

/// The files of handles.
fn handles() -> impl Iterator<Item = Source> {
    let sources = Source::below("generated").into_iter();
    sources.filter(|source| source.path.ends_with("handle.rs"))
}

/// Whether a method has an argument that its type and name do not explain.
fn takes_more_than_ids(method: &ImplItemFn) -> bool {
    let mut arguments = method.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some(&*argument.ty),
        FnArg::Receiver(_) => None,
    });
    arguments.any(|ty| !is_id(ty))
}

/// `i64` and `impl Into<String>`.
fn is_id(ty: &Type) -> bool {
    match ty {
        Type::Path(ty) => ty.path.is_ident("i64"),
        Type::ImplTrait(ty) => ty.bounds.iter().any(|bound| match bound {
            TypeParamBound::Trait(bound) => {
                let last = bound.path.segments.last();
                last.is_some_and(|last| last.ident == "Into")
            }
            _ => false,
        }),
        _ => false,
    }
}

#[test]
fn every_value_that_creates_or_updates_has_an_example() {
    let mut examples = Examples::default();
    for source in Source::below("generated") {
        for item in source.parsed().items {
            if let Item::Struct(item) = item
                && source.path.iter().any(|part| part == "models")
            {
                let name = item.ident.to_string();
                if name.ends_with("Create") || name.ends_with("Update") {
                    examples.look(&source, &name, &item.attrs);
                }
            }
        }
    }
    examples.are_everywhere(20);
}

/// What was checked, and what has no example.
#[derive(Default)]
struct Examples {
    seen: usize,
    without: Vec<String>,
}

impl Examples {
    fn look(&mut self, source: &Source, name: &str, attributes: &[Attribute]) {
        self.seen += 1;
        if !has_example(attributes) {
            self.without
                .push(format!("{}: {name}", source.path.display()));
        }
    }

    fn look_at_methods(
        &mut self,
        source: &Source,
        item: &ItemImpl,
        is_looked_at: fn(&ImplItemFn) -> bool,
    ) {
        let Some(of) = own_type(item) else { return };
        for member in &item.items {
            if let ImplItem::Fn(method) = member
                && is_shown(&method.vis, &method.attrs)
                && is_looked_at(method)
            {
                let name = format!("{of}::{}", method.sig.ident);
                self.look(source, &name, &method.attrs);
            }
        }
    }

    fn are_everywhere(self, least: usize) {
        assert!(self.seen >= least, "only {} were found", self.seen);
        let list = self.without.join("\n");
        assert!(list.is_empty(), "no example in the docs of\n{list}");
    }
}

fn is_shown(visibility: &Visibility, attributes: &[Attribute]) -> bool {
    let hidden = attributes.iter().any(|attribute| {
        attribute.path().is_ident("doc")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string() == "hidden")
    });
    is_public(visibility) && !hidden
}

/// Whether the docs contain a code block.
fn has_example(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::NameValue(value) = &attribute.meta else {
            return false;
        };
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &value.value
        else {
            return false;
        };
        attribute.path().is_ident("doc") && text.value().contains("```")
    })
}
