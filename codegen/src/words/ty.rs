//! Types, as nouns.

use super::Words;
use crate::model::{Kind, Ty, TypeId};

impl Words<'_> {
    /// A type: `array of integers`.
    pub(crate) fn ty(&self, ty: &Ty) -> String {
        let word = match ty {
            Ty::Int => "integer",
            Ty::Text => "string",
            Ty::Bool => "boolean",
            Ty::Number => "decimal",
            Ty::DateTime => "date-time",
            Ty::Date => "date",
            Ty::Uuid => "UUID",
            Ty::Id => "integer or string",
            Ty::Json => "any JSON value",
            Ty::Named(id) => return self.named(*id),
            Ty::List(item) => return format!("array of {}", self.plural(item)),
            Ty::Map(value) => return format!("object whose values are {}", self.plural(value)),
            Ty::Nullable(inner) => return format!("{} or null", self.ty(inner)),
            Ty::Link(inner) => return format!("link, or {} when included", self.ty(inner)),
            Ty::OneOrMany(item) => {
                return format!("{} or array of {}", self.ty(item), self.plural(item));
            }
        };
        word.to_owned()
    }

    /// Several values of a type: `integers`.
    pub(super) fn plural(&self, ty: &Ty) -> String {
        match ty {
            Ty::Id => "integers or strings".to_owned(),
            Ty::Json => "JSON values".to_owned(),
            Ty::Named(id) => {
                let what = match self.api.ty(*id).kind {
                    Kind::Object { .. } => "objects",
                    Kind::Choice(_) | Kind::Integers(_) | Kind::OneOf { .. } => "values",
                };
                match self.dialect.type_name(*id) {
                    Some(name) => format!("{name} {what}"),
                    None if what == "values" => format!("{} {what}", self.named(*id)),
                    None => what.to_owned(),
                }
            }
            Ty::List(item) => format!("arrays of {}", self.plural(item)),
            Ty::Map(value) => format!("objects whose values are {}", self.plural(value)),
            Ty::Nullable(inner) => format!("{} or null", self.plural(inner)),
            Ty::Link(inner) => format!("links, or {} when included", self.plural(inner)),
            ty => self.ty(ty) + "s",
        }
    }

    fn named(&self, id: TypeId) -> String {
        let kind = match self.api.ty(id).kind {
            Kind::Object { .. } => "object",
            Kind::Choice(_) => "enum",
            Kind::Integers(_) => "integer enum",
            Kind::OneOf { .. } => "one-of",
        };
        self.dialect
            .type_name(id)
            .unwrap_or_else(|| kind.to_owned())
    }

    /// Whether a type needs no words, because its name is shown.
    pub(super) fn is_named_anyway(&self, ty: &Ty) -> bool {
        ty.named()
            .is_some_and(|id| self.dialect.type_name(id).is_none())
    }
}
