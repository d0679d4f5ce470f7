//! One-ofs: an enumeration with a variant for each branch, and one for any other value.

use super::{
    docs,
    print::{Text, literal},
    ty,
};
use crate::{
    model::{Api, Branch, JsonKind, Kind, Told, Ty, TypeDef},
    words::{self, capital, sentence},
};

/// The file of a one-of.
pub(super) fn text(api: &Api, def: &TypeDef) -> Text {
    let mut text = Text::default();
    let Kind::OneOf {
        by,
        branches,
        secret,
    } = &def.kind
    else {
        return text;
    };
    if branches.iter().any(|it| it.deprecated.is_some()) {
        text.line(docs::ALLOW_DEPRECATED);
        text.line("");
    }
    // A variant may have the name of a type of the runtime, so these types are imported.
    let mut types = Text::default();
    let mut body = Text::default();
    body.block("crate::declare::one_of!", |body| {
        body.docs(&docs::ty(def));
        let by = by.as_deref();
        let told = by.map_or_else(String::new, |by| format!(" by {}", literal(by)));
        let secret = if *secret { ", secret" } else { "" };
        body.block(&format!("{}{told}{secret}", def.name), |body| {
            for branch in branches {
                body.docs(&about(branch, by));
                if let Some(deprecated) = docs::deprecated_text(branch.deprecated.as_ref()) {
                    body.line(&deprecated);
                }
                let (variant, value) = (&branch.rust, ty::value(api, &branch.ty, Some(def.home)));
                types.line(&format!("{value};"));
                let (told, into) = (self::told(&branch.told), into(branch, branches));
                body.line(&format!("{variant}({value}) = {told}{into},"));
            }
        });
    });
    ty::import(&mut text, &types, &[], "");
    text.append(&body);
    text
}

/// The doc comment of a branch: what it means, and what identifies it.
fn about(branch: &Branch, by: Option<&str>) -> Vec<String> {
    let told = sentence(&capital(&words::branch(branch, by)));
    match &branch.does {
        Some(does) => vec![docs::prose(does), String::new(), told],
        None => vec![told],
    }
}

fn told(told: &Told) -> String {
    let kind = match told {
        Told::Value(value) => return literal(value),
        Told::Field(field) => return format!("field {}", literal(field)),
        Told::Kind(kind) => kind,
    };
    match kind {
        JsonKind::Object => "object",
        JsonKind::List => "array",
        JsonKind::String => "string",
        JsonKind::Number => "number",
        JsonKind::Boolean => "boolean",
    }
    .to_owned()
}

/// What converts into the branch: its type, if no other branch has the same.
fn into(branch: &Branch, branches: &[Branch]) -> &'static str {
    // In Rust a UUID is a string.
    let text = |ty: &Ty| matches!(ty, Ty::Text | Ty::Uuid);
    let alike = |other: &&Branch| other.ty == branch.ty || (text(&other.ty) && text(&branch.ty));
    match branches.iter().filter(alike).count() {
        1 if text(&branch.ty) => " into_text",
        1 => " into",
        _ => "",
    }
}
