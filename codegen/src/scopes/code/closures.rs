//! What the closures are given that the functions of a program take: `impl Fn(&Products)`,
//! `F: FnOnce(Products)`, `Box<dyn Fn(&Products)>` and `fn(&Products)`.

use syn::{
    FnArg, Ident, PathArguments, Signature, Token, Type, TypeParamBound, TypePath, WherePredicate,
    punctuated::Punctuated,
};

use super::handles::{Handles, Id, held};

/// What a closure is given for a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Handle(Id),
    /// A value that is not a handle.
    Other,
    Unknown,
}

impl Value {
    pub(super) const fn is_handle(&self) -> bool {
        matches!(self, Self::Handle(_))
    }
}

/// What a closure is given, by the positions of its parameters.
pub(super) type Given = Vec<Value>;

/// What each parameter of a function, except `self`, gives to a closure. None if no parameter is a closure.
pub(super) fn given(handles: &Handles, signature: &Signature) -> Option<Vec<Given>> {
    let types = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.ty),
        FnArg::Receiver(_) => None,
    });
    let given: Vec<Given> = types.map(|ty| by_type(handles, signature, ty)).collect();
    let some = given.iter().any(|one| !one.is_empty());
    some.then_some(given)
}

fn by_type(handles: &Handles, signature: &Signature, ty: &Type) -> Given {
    match ty {
        Type::Reference(inner) => by_type(handles, signature, &inner.elem),
        Type::Paren(inner) => by_type(handles, signature, &inner.elem),
        Type::Group(inner) => by_type(handles, signature, &inner.elem),
        Type::FnPtr(pointer) => {
            let types = pointer.inputs.iter();
            types
                .map(|input| value(handles, signature, &input.ty))
                .collect()
        }
        Type::ImplTrait(inner) => by_bounds(handles, signature, &inner.bounds),
        Type::TraitObject(inner) => by_bounds(handles, signature, &inner.bounds),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else {
                return Given::new();
            };
            match held(&last.ident.to_string(), &last.arguments) {
                Some(inner) => by_type(handles, signature, inner),
                None => by_generics(handles, signature, &last.ident),
            }
        }
        _ => Given::new(),
    }
}

/// By the bounds of a type parameter, in its declaration and in the `where` clause.
fn by_generics(handles: &Handles, signature: &Signature, name: &Ident) -> Given {
    let mut given = Given::new();
    for parameter in signature.generics.type_params() {
        if parameter.ident == *name {
            given.extend(by_bounds(handles, signature, &parameter.bounds));
        }
    }
    let clauses = signature.generics.where_clause.iter();
    for predicate in clauses.flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Type(bound) = predicate
            && let Type::Path(path) = &bound.bounded_ty
            && path.path.is_ident(name)
        {
            given.extend(by_bounds(handles, signature, &bound.bounds));
        }
    }
    given
}

fn by_bounds(
    handles: &Handles,
    signature: &Signature,
    bounds: &Punctuated<TypeParamBound, Token![+]>,
) -> Given {
    for bound in bounds {
        if let TypeParamBound::Trait(bound) = bound
            && let Some(last) = bound.path.segments.last()
            && let PathArguments::Parenthesized(list) = &last.arguments
        {
            let types = list.inputs.iter();
            return types
                .map(|input| value(handles, signature, &input.ty))
                .collect();
        }
    }
    Given::new()
}

/// What a closure is given for a parameter of this type.
fn value(handles: &Handles, signature: &Signature, ty: &Type) -> Value {
    if let Some(id) = handles.ty(ty) {
        return Value::Handle(id);
    }
    match ty {
        Type::Reference(inner) => value(handles, signature, &inner.elem),
        Type::Paren(inner) => value(handles, signature, &inner.elem),
        Type::Group(inner) => value(handles, signature, &inner.elem),
        Type::Path(path) if !is_open(signature, path) => Value::Other,
        _ => Value::Unknown,
    }
}

/// Whether the caller chooses the type: `T`, `Self::Item`, `Option<T>`. The parameters of an `impl` block are not
/// in the signature, and are told by their short names.
fn is_open(signature: &Signature, path: &TypePath) -> bool {
    let first = path.path.segments.first();
    let name = first.map(|first| first.ident.to_string());
    let declared = signature
        .generics
        .type_params()
        .any(|parameter| name.as_ref().is_some_and(|name| parameter.ident == *name));
    let short = name.is_some_and(|name| name == "Self" || name.len() == 1);
    let last = path.path.segments.last();
    let inside = last.and_then(|last| held(&last.ident.to_string(), &last.arguments));
    let open_inside = match inside {
        Some(Type::Path(inner)) => is_open(signature, inner),
        Some(_) => true,
        None => false,
    };
    declared || short || path.qself.is_some() || open_inside
}
