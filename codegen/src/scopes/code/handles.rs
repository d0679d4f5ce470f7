//! The handles of the client: the methods that return each, and the calls that each has.

use std::collections::HashMap;

use crate::model::{Api, Group};

/// A handle, by its position.
pub(super) type Id = usize;

/// The types whose first parameter is what they hold, and whose methods are not named like calls.
const HOLDERS: [&str; 6] = ["Arc", "Box", "LazyLock", "Option", "Rc", "Result"];

#[derive(Debug, Default)]
pub(super) struct Handles {
    /// The methods of the client, with the number of their arguments.
    roots: HashMap<String, (Id, usize)>,
    /// The handles by the names of their types.
    types: HashMap<String, Id>,
    all: Vec<Handle>,
}

#[derive(Debug, Default)]
struct Handle {
    /// The positions of the endpoints that its methods call.
    calls: HashMap<String, usize>,
    /// The handles that its methods return.
    inner: HashMap<String, Id>,
}

impl Handles {
    pub(super) fn of(api: &Api) -> Self {
        let mut handles = Self::default();
        // For each group, its own handle and the nested one, even if one of them does not exist.
        for (at, group) in api.groups.iter().enumerate() {
            let (mut own, mut nested) = (Handle::default(), Handle::default());
            for (at, endpoint) in group.endpoints.clone().zip(api.endpoints_of(group)) {
                let handle = if endpoint.nested {
                    &mut nested
                } else {
                    &mut own
                };
                for method in endpoint.methods() {
                    handle.calls.insert(method.to_owned(), at);
                }
            }
            // The same handle for a single resource.
            if let Some(narrowed) = &group.narrowed {
                let (handle, id) = match group.nested {
                    Some(_) => (&mut nested, at * 2 + 1),
                    None => (&mut own, at * 2),
                };
                handle.inner.insert(narrowed.method.clone(), id);
            }
            handles.all.extend([own, nested]);
            handles.name(api, at, group);
        }
        for (at, group) in api.groups.iter().enumerate() {
            if let Some(nested) = &group.nested {
                let above = nested.under.0;
                let from = above * 2 + usize::from(api.groups[above].nested.is_some());
                handles.all[from]
                    .inner
                    .insert(nested.method.clone(), at * 2 + 1);
            }
        }
        handles
    }

    fn name(&mut self, api: &Api, at: usize, group: &Group) {
        let (own, nested) = (at * 2, at * 2 + 1);
        if api.has_own_handle(group) {
            let takes = usize::from(group.server.is_some());
            self.roots.insert(group.name.clone(), (own, takes));
            for name in [&group.handle, &group.reader] {
                self.types.insert(name.clone(), own);
            }
        }
        if let Some(of) = &group.nested {
            for name in [&of.handle, &of.reader] {
                self.types.insert(name.clone(), nested);
            }
        }
    }

    /// The handle that a method of the client returns.
    pub(super) fn root(&self, method: &str, arguments: usize) -> Option<Id> {
        let (id, takes) = self.roots.get(method)?;
        (*takes == arguments).then_some(*id)
    }

    /// The handle that a method of a handle returns.
    pub(super) fn inner(&self, of: Id, method: &str) -> Option<Id> {
        self.all.get(of)?.inner.get(method).copied()
    }

    /// The endpoint that a method of a handle calls.
    pub(super) fn call(&self, of: Id, method: &str) -> Option<usize> {
        self.all.get(of)?.calls.get(method).copied()
    }

    /// Whether the client or a handle has a method with this name.
    pub(super) fn has_method(&self, name: &str) -> bool {
        let mut all = self.all.iter();
        name == "raw"
            || self.roots.contains_key(name)
            || all.any(|one| one.calls.contains_key(name) || one.inner.contains_key(name))
    }

    /// Whether a handle that a method with this `name` returns has that `method`.
    pub(super) fn likely(&self, name: &str, method: &str) -> bool {
        let root = self.roots.get(name).map(|(id, _)| *id);
        let inner = self.all.iter().filter_map(|one| one.inner.get(name));
        let mut all = inner.copied().chain(root);
        all.any(|id| self.call(id, method).is_some() || self.inner(id, method).is_some())
    }

    /// Whether some handle has a method with this name that is a call.
    pub(super) fn has_call(&self, method: &str) -> bool {
        self.all.iter().any(|one| one.calls.contains_key(method))
    }

    /// Whether a handle that a method with this `name` of some handle returns has this call.
    pub(super) fn has_inner_call(&self, name: &str, method: &str) -> bool {
        let mut inner = self.all.iter().filter_map(|one| one.inner.get(name));
        inner.any(|id| self.call(*id, method).is_some())
    }

    /// The handle of a type.
    pub(super) fn named(&self, name: &str) -> Option<Id> {
        self.types.get(name).copied()
    }

    /// The handle of a type, behind references and paths, and inside pointers and optional values.
    pub(super) fn ty(&self, ty: &syn::Type) -> Option<Id> {
        match ty {
            syn::Type::Reference(reference) => self.ty(&reference.elem),
            syn::Type::Paren(inner) => self.ty(&inner.elem),
            syn::Type::Group(inner) => self.ty(&inner.elem),
            syn::Type::Path(path) => {
                let last = path.path.segments.last()?;
                let name = last.ident.to_string();
                let inside = || self.ty(held(&name, &last.arguments)?);
                self.named(&name).or_else(inside)
            }
            _ => None,
        }
    }
}

/// The type inside a pointer or an optional value.
pub(super) fn held<'a>(name: &str, arguments: &'a syn::PathArguments) -> Option<&'a syn::Type> {
    let syn::PathArguments::AngleBracketed(list) = arguments else {
        return None;
    };
    let mut types = list.args.iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.next().filter(|_| HOLDERS.contains(&name))
}
