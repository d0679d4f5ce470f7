//! What the closures are given that the functions of a program take: `impl Fn(&Products)`,
//! `F: FnOnce(Products)`, `Box<dyn Fn(&Products)>` and `fn(&Products)`.

use syn::{
    FnArg, Ident, PathArguments, Signature, Token, Type, TypeParamBound, WherePredicate,
    punctuated::Punctuated,
};

use super::handles::{Handles, Id, held};

/// The parameters of a closure that are handles, by their positions.
pub(super) type Given = Vec<Option<Id>>;

/// What each parameter of a function, except `self`, gives to a closure. None if no closure is given a handle.
pub(super) fn given(handles: &Handles, signature: &Signature) -> Option<Vec<Given>> {
    let types = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.ty),
        FnArg::Receiver(_) => None,
    });
    let given: Vec<Given> = types.map(|ty| by_type(handles, signature, ty)).collect();
    let some = given.iter().flatten().any(Option::is_some);
    some.then_some(given)
}

fn by_type(handles: &Handles, signature: &Signature, ty: &Type) -> Given {
    match ty {
        Type::Reference(inner) => by_type(handles, signature, &inner.elem),
        Type::Paren(inner) => by_type(handles, signature, &inner.elem),
        Type::Group(inner) => by_type(handles, signature, &inner.elem),
        Type::FnPtr(pointer) => {
            let types = pointer.inputs.iter().map(|input| handles.ty(&input.ty));
            types.collect()
        }
        Type::ImplTrait(inner) => by_bounds(handles, &inner.bounds),
        Type::TraitObject(inner) => by_bounds(handles, &inner.bounds),
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
            given.extend(by_bounds(handles, &parameter.bounds));
        }
    }
    let clauses = signature.generics.where_clause.iter();
    for predicate in clauses.flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Type(bound) = predicate
            && let Type::Path(path) = &bound.bounded_ty
            && path.path.is_ident(name)
        {
            given.extend(by_bounds(handles, &bound.bounds));
        }
    }
    given
}

fn by_bounds(handles: &Handles, bounds: &Punctuated<TypeParamBound, Token![+]>) -> Given {
    for bound in bounds {
        if let TypeParamBound::Trait(bound) = bound
            && let Some(last) = bound.path.segments.last()
            && let PathArguments::Parenthesized(list) = &last.arguments
        {
            let types = list.inputs.iter().map(|input| handles.ty(&input.ty));
            return types.collect();
        }
    }
    Given::new()
}
