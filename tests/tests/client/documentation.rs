//! The documentation of the client: every public function that is written by hand shows itself at work,
//! and so does every call that is generated, and every value that one creates or updates with.

use bigcommerce_client::Endpoint;
use syn::{Attribute, Expr, ExprLit, ImplItem, Item, ItemImpl, Lit, Meta, Type, Visibility};

use crate::source::{Source, is_public};

#[test]
fn every_public_function_that_is_written_by_hand_has_an_example() {
    let mut examples = Examples::default();
    for source in Source::below("") {
        if source.module() == "generated" {
            continue;
        }
        for item in source.parsed().items {
            match item {
                Item::Fn(item) if is_shown(&item.vis, &item.attrs) => {
                    examples.look(&source, &item.sig.ident.to_string(), &item.attrs);
                }
                Item::Impl(item) => examples.look_at_methods(&source, &item),
                _ => {}
            }
        }
    }
    examples.are_everywhere(300);
}

#[test]
fn every_call_has_an_example() {
    let mut examples = Examples::default();
    for source in Source::below("generated") {
        if source.path.ends_with("handle.rs") {
            for item in source.parsed().items {
                if let Item::Impl(item) = item {
                    examples.look_at_methods(&source, &item);
                }
            }
        }
    }
    examples.are_everywhere(Endpoint::ALL.len());
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

/// What was looked at, and what of it has no example.
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

    fn look_at_methods(&mut self, source: &Source, item: &ItemImpl) {
        let of = match &*item.self_ty {
            Type::Path(ty) if item.trait_.is_none() => &ty.path.segments.last().unwrap().ident,
            _ => return,
        };
        for member in &item.items {
            if let ImplItem::Fn(method) = member
                && is_shown(&method.vis, &method.attrs)
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

/// Whether the docs hold a block of code.
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
