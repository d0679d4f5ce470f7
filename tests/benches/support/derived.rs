//! The types of the client as one would write them with serde's derive: the same types and fields,
//! with the same names and docs. It is as plain as it can be, and does less: dates are texts, decimal
//! numbers are floats, unknown fields are dropped, and null, absent and odd spellings are not told
//! apart. Constructors and setters, which the client has, are left out here; so is all but the types.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use bigcommerce_tests::root;
use codegen::{
    model::{Api, Field, Home, Kind, Member, Ty, TypeDef},
    spec::Wire,
};

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

/// Writes the crate `derived` below target/bench, and answers its folder.
pub fn write(api: &Api) -> io::Result<PathBuf> {
    let folder = root().join("target/bench/derived");
    put(&folder.join("Cargo.toml"), MANIFEST)?;
    put(&folder.join("src/lib.rs"), &text(api))?;
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
fn text(api: &Api) -> String {
    let mut out = SHARED.to_owned();
    let mut homes: Vec<Home> = api.types.iter().map(|def| def.home).collect();
    homes.sort_unstable();
    homes.dedup();
    for home in homes {
        out += &format!("pub mod {} {{\n", api.module(home));
        for def in api.types.iter().filter(|def| def.home == home) {
            out += &docs(&def.does);
            out += &def.notes.iter().map(|note| docs(note)).collect::<String>();
            out += &match &def.kind {
                Kind::Object { fields, .. } => object(api, def, fields),
                Kind::Choice(members) => choice(def, members),
            };
        }
        out += "}\n";
    }
    out
}

fn docs(text: &str) -> String {
    format!("#[doc = {text:?}]\n")
}

fn object(api: &Api, def: &TypeDef, fields: &[Field]) -> String {
    let mut out = format!(
        "#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]\n\
         pub struct {} {{\n",
        def.name
    );
    for field in fields {
        out += &field.does.as_deref().map(docs).unwrap_or_default();
        out += &docs(&field.facts);
        if field.wire != field.rust {
            out += &format!("#[serde(rename = {:?})]\n", field.wire);
        }
        let mut ty = field_ty(api, field);
        if !field.required {
            out += "#[serde(default, skip_serializing_if = \"Option::is_none\")]\n";
            ty = format!("Option<{ty}>");
        }
        out += &format!("pub {}: {ty},\n", field.rust);
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
    for Member { wire, rust, does } in members {
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
        Ty::Map(inner) => format!("std::collections::BTreeMap<String, {}>", value(api, inner)),
        Ty::Link(inner) => format!("crate::Linked<{}>", value(api, inner)),
    }
}
