//! Names in Rust: their form, and their owners. Each is made here once, in the scope where it must be unique.

mod claims;
mod endpoints;
mod groups;
mod handles;
mod members;
mod requests;
mod reserved;
mod types;

pub(super) use self::{
    claims::{CODES, FIELD, RENAME, Taken, chosen, what},
    endpoints::{Methods, Variants},
    groups::{GroupNames, groups},
    handles::handle_parts,
    members::{Members, members},
    requests::{ParameterName, Request},
    types::{Handles, Types},
};
use heck::{ToSnakeCase, ToUpperCamelCase};

/// A field, parameter, method or module: snake case, with `_` behind a keyword.
pub fn field_name(wire: &str) -> String {
    let name = spellable(wire.to_snake_case());
    let name = match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if !starts(first) => format!("n{name}"),
        Some(_) => name,
    };
    if KEYWORDS.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// A module, feature or handle method.
pub fn module_name(name: &str) -> String {
    field_name(name)
}

/// A type or a variant: upper camel case, starting with a letter.
pub fn type_name(wire: &str) -> String {
    let name = spellable(wire.to_upper_camel_case());
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if !starts(first) => format!("N{name}"),
        // The one keyword that is written like a type.
        Some(_) if name == "Self" => "Self_".to_owned(),
        Some(_) => name,
    }
}

/// A constant: the name of a field in capital letters.
pub fn constant_name(name: &str) -> String {
    field_name(name).trim_end_matches('_').to_uppercase()
}

/// The name of the enumeration that a field declares for itself.
fn choice_name(schema: &str, field: &str) -> String {
    format!("{schema}{}", type_name(field))
}

/// A name without the characters that Rust does not allow, such as the 2 of `m²`.
fn spellable(name: String) -> String {
    let fits = |c: char| c == '_' || unicode_ident::is_xid_continue(c);
    if name.chars().all(fits) {
        return name;
    }
    let kept: String = name.chars().filter(|c| fits(*c)).collect();
    kept.trim_matches('_').to_owned()
}

fn starts(c: char) -> bool {
    unicode_ident::is_xid_start(c)
}

const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "union",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_wire_become_names_in_rust() {
        for (wire, field, ty) in [
            ("date_created", "date_created", "DateCreated"),
            ("cartId", "cart_id", "CartId"),
            ("type", "type_", "Type"),
            ("id:not_in", "id_not_in", "IdNotIn"),
            ("", "empty", "Empty"),
            ("3d", "n3d", "N3d"),
            ("m²", "m", "M"),
            ("½", "empty", "Empty"),
            (
                "partially refunded",
                "partially_refunded",
                "PartiallyRefunded",
            ),
        ] {
            assert_eq!(field_name(wire), field);
            assert_eq!(type_name(wire), ty);
        }
        assert_eq!(
            constant_name("Awaiting Fulfillment"),
            "AWAITING_FULFILLMENT"
        );
        assert_eq!(constant_name("type"), "TYPE");
    }
}
