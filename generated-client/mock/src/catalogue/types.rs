//! The types of all request and response bodies, as expressions: `int`, `[products.Variant]`,
//! `{string}`, `link [orders.OrderProduct]`.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::schemas::Schemas;

/// Generic names: if they were redacted everywhere, everything else would be as well.
const COMMON: [&str; 3] = ["id", "value", "data"];

/// The types, by name.
#[derive(Debug, Default)]
pub struct Types(IndexMap<String, Type>);

impl Types {
    /// The objects that the schemas describe. A one-of has no fields of its own: its value is stored
    /// unchanged.
    pub(super) fn of(schemas: &Schemas) -> Result<Self, serde_json::Error> {
        let types = schemas.objects();
        let types = types.map(|(name, schema)| Ok((name.clone(), Type::deserialize(schema)?)));
        let mut types = types.collect::<Result<IndexMap<_, Type>, serde_json::Error>>()?;
        types.retain(|_, ty| !ty.fields.is_empty());
        Ok(Self(types))
    }

    /// The type called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Type> {
        self.0.get(name)
    }

    /// The names of secret fields. A generic name is given below the field that contains its type, such
    /// as `environment_variables.value`.
    pub fn secrets(&self) -> impl Iterator<Item = String> {
        let mut secrets = Vec::new();
        for (of, ty) in &self.0 {
            for (name, _) in ty.fields.iter().filter(|(_, field)| field.secret) {
                if !COMMON.contains(&name.as_str()) {
                    secrets.push(name.clone());
                    continue;
                }
                let all = self.0.values().flat_map(|ty| &ty.fields);
                let holds = all.filter(|(_, field)| field.ty.name() == Some(of));
                secrets.extend(holds.map(|(above, _)| format!("{above}.{name}")));
            }
        }
        secrets.into_iter()
    }
}

/// An object.
#[derive(Debug, Default, Deserialize)]
pub struct Type {
    /// The fields.
    #[serde(rename = "properties", default)]
    pub fields: IndexMap<String, Field>,
    /// The field that identifies a value, if it is not `id`.
    #[serde(rename = "x-key", default)]
    pub key: Option<String>,
    /// The fields that are always present.
    #[serde(default)]
    pub required: Vec<String>,
    /// Sets of unique fields.
    #[serde(rename = "x-unique", default)]
    pub unique: Vec<Vec<String>>,
}

/// A field.
#[derive(Debug, Deserialize)]
pub struct Field {
    /// The type.
    #[serde(rename = "x-type")]
    pub ty: TypeExpr,
    /// The format on the wire.
    #[serde(rename = "x-wire", default)]
    pub wire: Option<Wire>,
    /// It is read-only.
    #[serde(rename = "readOnly", default)]
    pub read_only: bool,
    /// Null is a value of its own.
    #[serde(rename = "x-nullable", default)]
    pub nullable: bool,
    /// The default value.
    #[serde(default)]
    pub default: Option<Value>,
    /// The type whose key or keys it contains.
    #[serde(rename = "x-refers-to", default)]
    pub refers_to: Option<String>,
    /// What happens to a value when what it refers to is deleted.
    #[serde(rename = "x-on-delete", default)]
    pub on_delete: Option<OnDelete>,
    /// The value is a secret.
    #[serde(rename = "x-secret", default)]
    secret: bool,
    /// When it is present.
    #[serde(rename = "x-when", default)]
    when: Option<String>,
}

impl Field {
    /// What `include` must name for this field to be returned; `None` if it always is.
    pub fn included_by(&self) -> Option<&str> {
        let include = self.when.as_deref()?.strip_prefix("include=")?;
        Some(include.split(',').next().unwrap_or(include).trim())
    }
}

/// What happens to a value when what it refers to is deleted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// It is deleted too.
    Delete,
    /// Its reference is cleared.
    Clear,
}

/// A format on the wire.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// A decimal as a string.
    Text,
    /// A time in RFC 2822.
    Rfc2822,
    /// A time as seconds since 1970.
    Unix,
    /// A boolean as 1 or 0.
    OneZero,
}

/// A type expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeExpr {
    /// An integer.
    Int,
    /// An exact number.
    Decimal,
    /// A boolean.
    Bool,
    /// A time.
    DateTime,
    /// Text.
    Text,
    /// A UUID.
    Uuid,
    /// Anything else that is stored unchanged: dates, ids, any JSON.
    Plain,
    /// A list.
    List(Box<TypeExpr>),
    /// A mapping with string keys.
    Map(Box<TypeExpr>),
    /// A link that can be opened.
    Link(Box<TypeExpr>),
    /// A named type.
    Named(String),
}

impl TypeExpr {
    /// The name of the type that it is made of.
    fn name(&self) -> Option<&String> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Link(inner) => inner.name(),
            _ => None,
        }
    }

    fn parse(text: &str) -> Self {
        let text = text.trim();
        let inside = |open: char, close: char| {
            text.strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close))
                .map(|inner| Box::new(Self::parse(inner)))
        };
        if let Some(inner) = text.strip_prefix("link ") {
            return Self::Link(Box::new(Self::parse(inner)));
        }
        if let Some(inner) = inside('[', ']') {
            return Self::List(inner);
        }
        // Null is stored, wherever it is.
        if let Some(inner) = text.strip_suffix('?') {
            return Self::parse(inner);
        }
        if let Some(inner) = inside('{', '}') {
            return Self::Map(inner);
        }
        match text {
            "int" => Self::Int,
            "decimal" => Self::Decimal,
            "bool" | "flag" => Self::Bool,
            "datetime" => Self::DateTime,
            "string" => Self::Text,
            "uuid" => Self::Uuid,
            named if named.contains('.') => Self::Named(named.to_owned()),
            _ => Self::Plain,
        }
    }
}

impl<'de> Deserialize<'de> for TypeExpr {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::parse(&text))
    }
}
