//! The types of everything that goes in and out, as expressions: `int`, `[products.Variant]`,
//! `{string}`, `link [orders.OrderProduct]`.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::schemas::Schemas;

/// Names that say nothing: left out wherever they stand, they would take everything with them.
const COMMON: [&str; 2] = ["id", "value"];

/// The types, by their names.
#[derive(Debug, Default)]
pub struct Types(IndexMap<String, Type>);

impl Types {
    /// The objects that the schemas describe. One of several types has no fields of its own: what
    /// stands in its place is kept as it is.
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

    /// The names of fields that hold secrets. One that is common to most types stands below the
    /// field that holds its type, such as `environment_variables.value`.
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
    /// The field that names a value, where that is not `id`.
    #[serde(rename = "x-key", default)]
    pub key: Option<String>,
    /// The fields that are always there.
    #[serde(default)]
    pub required: Vec<String>,
    /// Sets of fields that no two values share.
    #[serde(rename = "x-unique", default)]
    pub unique: Vec<Vec<String>>,
}

/// A field.
#[derive(Debug, Deserialize)]
pub struct Field {
    /// The type.
    #[serde(rename = "x-type")]
    pub ty: TypeExpr,
    /// The spelling on the wire.
    #[serde(rename = "x-wire", default)]
    pub wire: Option<Wire>,
    /// The API sets it.
    #[serde(rename = "readOnly", default)]
    pub read_only: bool,
    /// Null is a value of its own.
    #[serde(rename = "x-nullable", default)]
    pub nullable: bool,
    /// The value that is taken when a body leaves it out.
    #[serde(default)]
    pub default: Option<Value>,
    /// The type whose key it is, or whose keys they are.
    #[serde(rename = "x-refers-to", default)]
    pub refers_to: Option<String>,
    /// What becomes of a value when what it refers to is deleted.
    #[serde(rename = "x-on-delete", default)]
    pub on_delete: Option<OnDelete>,
    /// The value is a secret.
    #[serde(rename = "x-secret", default)]
    secret: bool,
    /// When it is there.
    #[serde(rename = "x-when", default)]
    when: Option<String>,
}

impl Field {
    /// What `include` has to name for this field to come; none when it always comes.
    pub fn included_by(&self) -> Option<&str> {
        let include = self.when.as_deref()?.strip_prefix("include=")?;
        Some(include.split(',').next().unwrap_or(include).trim())
    }
}

/// What becomes of a value when what it refers to is deleted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// It is deleted too.
    Delete,
    /// It refers to nothing from then on.
    Clear,
}

/// A spelling on the wire.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// A decimal as a string.
    Text,
    /// A time as RFC 2822.
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
    /// Anything else that is kept as it is: dates, ids, any JSON.
    Plain,
    /// A list.
    List(Box<TypeExpr>),
    /// A mapping from names.
    Map(Box<TypeExpr>),
    /// A link that can be opened.
    Link(Box<TypeExpr>),
    /// A type by its name.
    Named(String),
}

impl TypeExpr {
    /// The type that it is made of, by its name.
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
        // Null is kept as it is, wherever it stands.
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
