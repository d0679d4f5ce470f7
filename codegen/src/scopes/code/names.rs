//! The fields and functions of a program whose type is a handle, and the functions that take closures with handles.

use std::collections::HashMap;

use syn::visit::{self, Visit};

use super::{
    closures::{Given, given},
    handles::{Handles, Id},
    pieces::pieces,
};

/// Fields and functions by their names.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) fields: HashMap<String, Id>,
    pub(super) functions: HashMap<String, Id>,
    /// What each parameter of a function gives to a closure.
    pub(super) closures: HashMap<String, Vec<Given>>,
}

/// Those of these files.
pub(super) fn of<'a>(handles: &Handles, files: impl Iterator<Item = &'a syn::File>) -> Known {
    let mut look = Look {
        handles,
        known: Known::default(),
    };
    for file in files {
        look.visit_file(file);
    }
    look.known
}

struct Look<'a> {
    handles: &'a Handles,
    known: Known,
}

impl<'ast> Visit<'ast> for Look<'_> {
    fn visit_field(&mut self, field: &'ast syn::Field) {
        if let (Some(name), Some(id)) = (&field.ident, self.handles.ty(&field.ty)) {
            self.known.fields.insert(name.to_string(), id);
        }
        visit::visit_field(self, field);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        if let syn::ReturnType::Type(_, ty) = &signature.output
            && let Some(id) = self.handles.ty(ty)
        {
            self.known.functions.insert(signature.ident.to_string(), id);
        }
        if let Some(given) = given(self.handles, signature) {
            let name = signature.ident.to_string();
            self.known.closures.insert(name, given);
        }
        visit::visit_signature(self, signature);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        for statement in &pieces(mac, self.handles).statements {
            self.visit_stmt(statement);
        }
    }
}
