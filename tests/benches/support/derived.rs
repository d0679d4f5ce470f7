//! The types of the client as one would write them with serde's derive: the same types and fields,
//! with the same names and docs. Constructors and setters, which the client has, are left out here; so
//! is all but the types.
//!
//! There are two renderings. The plain one does less than the client: dates are strings, decimal
//! numbers are floats, unknown fields are dropped, and null, absent and odd spellings are not told
//! apart. The able one takes what the API really sends, as the client does: a number as a string,
//! `""` for no date, unknown fields that come back, and a change that tells absent, null and set
//! apart.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use bigcommerce_tests::root;
use codegen::{
    model::{Api, Field, Home, Kind, Member, Ty, TypeDef},
    spec::{View, Wire},
};

/// What the derived types can do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    /// As little as compiles.
    Plain,
    /// What the client can.
    #[allow(dead_code, reason = "not every bench compares with it")]
    Able,
}

const MANIFEST: &str = r#"[package]
name = "derived"
version = "0.1.0"
edition = "2024"

[dependencies]
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]

[profile.dev]
debug = "line-tables-only"
"#;

/// What the types need that is not theirs.
const SHARED: &str = "use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id { Number(i64), Text(String) }

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Linked<T> { Link(Link), Embedded(T) }

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link { pub url: String, pub resource: String }

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<T> { pub data: T, pub meta: Meta }

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meta { pub pagination: Pagination }

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pagination {
    pub total: i64,
    pub count: i64,
    pub per_page: i64,
    pub current_page: i64,
    pub total_pages: i64,
}
";

/// What only the able ones need: a field that takes the odd spellings, and a change's field.
const ABLE: &str = r#"
pub trait Odd: Sized {
    fn from_odd(value: serde_json::Value) -> Option<Option<Self>>;
}

macro_rules! number {
    ($($ty:ty),*) => {
        $(impl Odd for $ty {
            fn from_odd(value: serde_json::Value) -> Option<Option<Self>> {
                match value {
                    serde_json::Value::Null => Some(None),
                    serde_json::Value::String(text) if text.is_empty() => Some(None),
                    serde_json::Value::String(text) => text.parse().ok().map(Some),
                    other => serde_json::from_value(other).ok().map(Some),
                }
            }
        })*
    };
}

number!(i64, f64, bool);

pub fn odd<'de, D: serde::Deserializer<'de>, T: Odd>(d: D) -> Result<Option<T>, D::Error> {
    T::from_odd(serde_json::Value::deserialize(d)?)
        .ok_or_else(|| serde::de::Error::custom("another kind of value"))
}

/// An object or a string, where `""`, `[]` and `{}` stand for none.
pub fn none<'de, D, T>(d: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    match serde_json::Value::deserialize(d)? {
        serde_json::Value::Null => Ok(None),
        serde_json::Value::Array(items) if items.is_empty() => Ok(None),
        serde_json::Value::String(text) if text.is_empty() => Ok(None),
        other => serde_json::from_value(other).map(Some).map_err(serde::de::Error::custom),
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Patch<T> { #[default] Absent, Null, Set(T) }

impl<T> Patch<T> {
    pub fn is_absent(&self) -> bool { matches!(self, Self::Absent) }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => value.serialize(s),
            Self::Absent | Self::Null => s.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(d)?.map_or(Self::Null, Self::Set))
    }
}
"#;

/// Writes the crate `derived` into a folder below target/bench, and returns it.
pub fn write(api: &Api, derived: Derived) -> io::Result<PathBuf> {
    let folder = root().join(match derived {
        Derived::Plain => "target/bench/derived",
        Derived::Able => "target/bench/derived-able",
    });
    put(&folder.join("Cargo.toml"), MANIFEST)?;
    put(&folder.join("src/lib.rs"), &text(api, derived))?;
    // The same versions of what both sides depend on.
    put(
        &folder.join("Cargo.lock"),
        &fs::read_to_string(root().join("Cargo.lock"))?,
    )?;
    Ok(folder)
}

/// Writes a file, unless it is there already: cargo need not build it again.
fn put(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// The crate: a module for each group.
fn text(api: &Api, derived: Derived) -> String {
    let mut out = SHARED.to_owned();
    if derived == Derived::Able {
        out += ABLE;
    }
    let mut homes: Vec<Home> = api.types.iter().map(|def| def.home).collect();
    homes.sort_unstable();
    homes.dedup();
    for home in homes {
        out += &format!("pub mod {} {{\n", api.module(home));
        for def in api.types.iter().filter(|def| def.home == home) {
            out += &docs(&def.does);
            out += &def.notes.iter().map(|note| docs(note)).collect::<String>();
            out += &match &def.kind {
                Kind::Object { fields, .. } => object(api, def, fields, derived),
                Kind::Choice(members) => choice(def, members),
                // What derives would make of them is read as easily.
                Kind::Integers(_) => format!("pub type {} = i64;\n", def.name),
                Kind::OneOf { .. } => format!("pub type {} = serde_json::Value;\n", def.name),
            };
        }
        out += "}\n";
    }
    out
}

fn docs(text: &str) -> String {
    format!("#[doc = {text:?}]\n")
}

fn object(api: &Api, def: &TypeDef, fields: &[Field], derived: Derived) -> String {
    let mut out = format!(
        "#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]\n\
         pub struct {} {{\n",
        def.name
    );
    let reads = def.view == Some(View::Read);
    for field in fields {
        out += &docs(field.does.as_deref().unwrap_or(&field.wire));
        if field.wire != field.rust {
            out += &format!("#[serde(rename = {:?})]\n", field.wire);
        }
        let mut ty = field_ty(api, field);
        if !field.is_certain() {
            let (wrapper, how) = match (derived, reads) {
                (Derived::Able, false) => (
                    "crate::Patch",
                    "skip_serializing_if = \"crate::Patch::is_absent\"",
                ),
                (Derived::Plain, _) => ("Option", "skip_serializing_if = \"Option::is_none\""),
                (Derived::Able, true) if matches!(ty.as_str(), "i64" | "f64" | "bool") => (
                    "Option",
                    "deserialize_with = \"crate::odd\", skip_serializing_if = \"Option::is_none\"",
                ),
                (Derived::Able, true)
                    if matches!(
                        field.ty,
                        Ty::Named(_) | Ty::DateTime | Ty::Date | Ty::List(_)
                    ) =>
                {
                    (
                        "Option",
                        "deserialize_with = \"crate::none\", skip_serializing_if = \"Option::is_none\"",
                    )
                }
                (Derived::Able, true) => ("Option", "skip_serializing_if = \"Option::is_none\""),
            };
            out += &format!("#[serde(default, {how})]\n");
            ty = format!("{wrapper}<{ty}>");
        }
        out += &format!("pub {}: {ty},\n", field.rust);
    }
    if derived == Derived::Able && reads {
        out +=
            "#[serde(flatten)]\npub rest: std::collections::BTreeMap<String, serde_json::Value>,\n";
    }
    out + "}\n"
}

/// An open enumeration.
fn choice(def: &TypeDef, members: &[Member]) -> String {
    let mut out = format!(
        "#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]\n\
         pub enum {} {{\n",
        def.name
    );
    for Member {
        wire, rust, does, ..
    } in members
    {
        out += &does.as_deref().map(docs).unwrap_or_default();
        out += &format!("#[serde(rename = {wire:?})]\n{rust},\n");
    }
    out + "#[serde(untagged)]\nUnknown(String),\n}\n"
}

fn field_ty(api: &Api, field: &Field) -> String {
    let ty = match (&field.ty, field.spelling) {
        (Ty::Number, Some(Wire::Text)) => "String".to_owned(),
        (Ty::DateTime, Some(Wire::Unix)) | (Ty::Bool, Some(Wire::OneZero)) => "i64".to_owned(),
        (ty, _) => value(api, ty),
    };
    if field.boxed {
        format!("Box<{ty}>")
    } else {
        ty
    }
}

fn value(api: &Api, ty: &Ty) -> String {
    match ty {
        Ty::Int => "i64".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Number => "f64".to_owned(),
        Ty::Text | Ty::DateTime | Ty::Date | Ty::Uuid => "String".to_owned(),
        Ty::Id => "crate::Id".to_owned(),
        Ty::Json => "serde_json::Value".to_owned(),
        Ty::Named(id) => {
            let def = api.ty(*id);
            format!("crate::{}::{}", api.module(def.home), def.name)
        }
        Ty::List(inner) => format!("Vec<{}>", value(api, inner)),
        Ty::OneOrMany(item) => value(api, item),
        Ty::Map(inner) => format!("std::collections::BTreeMap<String, {}>", value(api, inner)),
        Ty::Nullable(inner) => format!("Option<{}>", value(api, inner)),
        Ty::Link(inner) => format!("crate::Linked<{}>", value(api, inner)),
    }
}
