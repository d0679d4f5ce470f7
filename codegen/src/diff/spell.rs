//! The text of a type in reports, and as Rust distinguishes it. Renamed types have their new name on both
//! sides, so a renamed type is reported once and not at each use. Facts that are only reported as changed are
//! compared as text.

use std::{collections::HashMap, fmt::Debug};

use crate::model::{Api, Parameter, Shape, Ty, TypeId};

/// Renamed types: old path to new path.
pub(super) type Renamed = HashMap<String, String>;

/// The types of one side.
pub(super) struct Speller<'a> {
    pub api: &'a Api,
    /// On the old side, the new names.
    pub renamed: Option<&'a Renamed>,
}

impl Speller<'_> {
    /// The type as written in the spec.
    pub fn ty(&self, ty: &Ty) -> String {
        self.spelled(ty, &|id| self.named(id))
    }

    /// The type by its schema, as in a field whose views all have the matching view of that schema.
    pub fn schema(&self, ty: &Ty) -> String {
        let schema = |id: TypeId| {
            let def = self.api.ty(id);
            let path = path(self.api, id);
            let renamed = self.renamed.and_then(|renamed| renamed.get(&path));
            match (renamed, def.view) {
                (None, Some(_)) => format!("{}.{}", self.api.module(def.home), def.schema),
                (None, None) => path,
                (Some(new), _) => new.clone(),
            }
        };
        self.spelled(ty, &schema)
    }

    fn spelled(&self, ty: &Ty, named: &dyn Fn(TypeId) -> String) -> String {
        let within = |ty: &Ty| self.spelled(ty, named);
        match ty {
            Ty::Int => "int".to_owned(),
            Ty::Text => "string".to_owned(),
            Ty::Bool => "bool".to_owned(),
            Ty::Number => "decimal".to_owned(),
            Ty::DateTime => "datetime".to_owned(),
            Ty::Date => "date".to_owned(),
            Ty::Uuid => "uuid".to_owned(),
            Ty::Id => "id".to_owned(),
            Ty::Json => "json".to_owned(),
            Ty::Named(id) => named(*id),
            Ty::List(inner) => format!("[{}]", within(inner)),
            Ty::Map(inner) => format!("{{{}}}", within(inner)),
            Ty::Nullable(inner) => format!("{}?", within(inner)),
            Ty::Link(inner) => format!("link {}", within(inner)),
            Ty::OneOrMany(inner) => format!("one_or_many {}", within(inner)),
        }
    }

    /// The type as far as Rust distinguishes it: a UUID is a string there.
    pub fn rust(&self, ty: &Ty) -> String {
        self.ty(ty).replace("uuid", "string")
    }

    /// The path of a type.
    pub fn named(&self, id: TypeId) -> String {
        let path = path(self.api, id);
        match self.renamed.and_then(|renamed| renamed.get(&path)) {
            Some(new) => new.clone(),
            None => path,
        }
    }

    /// The type of a parameter.
    pub fn parameter(&self, parameter: &Parameter) -> String {
        shaped(self.ty(&parameter.ty), parameter.shape)
    }

    /// The type of a parameter, as far as Rust distinguishes it.
    pub fn rust_parameter(&self, parameter: &Parameter) -> String {
        let shape = match parameter.shape {
            Shape::Flag => Shape::One,
            Shape::Each => Shape::Many,
            shape => shape,
        };
        shaped(self.rust(&parameter.ty), shape)
    }
}

fn shaped(ty: String, shape: Shape) -> String {
    match shape {
        Shape::One => ty,
        Shape::Many => format!("[{ty}]"),
        Shape::Each => format!("[{ty}] exploded"),
        Shape::File => "file".to_owned(),
        Shape::Flag => "flag".to_owned(),
    }
}

/// The module and the name of a type.
pub(super) fn path(api: &Api, id: TypeId) -> String {
    let def = api.ty(id);
    format!("{}.{}", api.module(def.home), def.name)
}

/// Facts as text, for comparison.
pub(super) fn text(facts: &[&dyn Debug]) -> String {
    format!("{facts:?}")
}
