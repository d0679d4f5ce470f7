//! Random bodies generated from the model: for every type, strings that it has to read. Bodies that are
//! read have the API's known oddities; bodies that are written are correct.

mod making;
mod words;

use codegen::{
    model::{Api, Ty, TypeDef, TypeId},
    spec::View,
};

use self::making::Making;
use crate::{choices::Choices, fullest::fullest};

/// Generates bodies.
#[derive(Clone, Copy, Debug)]
pub struct Samples<'a> {
    api: &'a Api,
}

/// What a path of the registry refers to.
#[derive(Clone, Debug)]
pub struct Target {
    ty: Ty,
    /// Whether it is in an envelope.
    wrapped: bool,
}

impl Target {
    /// The type, if the target is just a value of it.
    pub const fn alone(&self) -> Option<TypeId> {
        match self {
            Self {
                ty: Ty::Named(id),
                wrapped: false,
            } => Some(*id),
            _ => None,
        }
    }

    /// The type of the value, or of the items of an array.
    fn leaf(&self) -> Option<TypeId> {
        match &self.ty {
            Ty::Named(id) => Some(*id),
            Ty::List(item) => match **item {
                Ty::Named(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'a> Samples<'a> {
    /// Bodies for the types of a model.
    pub const fn new(api: &'a Api) -> Self {
        Self { api }
    }

    /// What the type at `path` is, as the registry calls it.
    pub fn target(&self, path: &str) -> Option<Target> {
        let inner = inside(path, "bigcommerce_client::Envelope<");
        Some(Target {
            ty: self.ty(inner.unwrap_or(path))?,
            wrapped: inner.is_some(),
        })
    }

    fn ty(&self, path: &str) -> Option<Ty> {
        if let Some(item) = inside(path, "Vec<") {
            return Some(Ty::List(Box::new(self.ty(item)?)));
        }
        match path {
            "String" => return Some(Ty::Text),
            "i64" => return Some(Ty::Int),
            _ => {}
        }
        if let Some(item) = inside(path, "bigcommerce_client::OneOrMany<") {
            return Some(Ty::OneOrMany(Box::new(self.ty(item)?)));
        }
        match path.strip_prefix("bigcommerce_client::")? {
            "RawJson" => Some(Ty::Json),
            name => {
                let is = |def: &TypeDef| format!("{}::{}", self.api.module(def.home), def.name);
                let at = self.api.types.iter().position(|def| is(def) == name)?;
                Some(Ty::Named(TypeId(at)))
            }
        }
    }

    /// Whether the type of a target is only sent, never received.
    pub fn is_written(&self, target: &Target) -> bool {
        let view = target.leaf().and_then(|id| self.api.ty(id).view);
        view.is_some_and(|view| view != View::Read)
    }

    /// The fullest correct body of the type; if it is one of several, `branch` selects one.
    pub fn fullest(&self, target: &Target, branch: usize) -> serde_json::Value {
        let data = fullest(self.api, &target.ty, branch);
        if target.wrapped {
            serde_json::json!({"data": data, "meta": {}})
        } else {
            data
        }
    }

    /// A body for the type.
    pub fn body(&self, target: &Target, choices: &mut Choices<'_>) -> String {
        let mut making = Making {
            api: self.api,
            choices,
            out: String::new(),
        };
        let whole = |making: &mut Making<'_, '_>| match target.ty {
            Ty::Named(id) => making.object(id, 0),
            ref other => making.value(other, 0),
        };
        if target.wrapped {
            making.envelope(whole);
        } else {
            whole(&mut making);
        }
        making.out
    }
}

/// The text between the beginning and the closing angle bracket.
fn inside<'p>(path: &'p str, around: &str) -> Option<&'p str> {
    path.strip_prefix(around)?.strip_suffix('>')
}
