//! Types: a declaration for each view of a schema, with a line for each field, and one for each set of
//! values.

use super::{
    docs, examples, one_of,
    print::{Text, literal},
    setter, turns, ty,
};
use crate::{
    model::{Api, Field, Kind, Member, Ty, TypeDef},
    spec::View,
    words::code_choice,
};

/// The file of a type.
pub(super) fn text(api: &Api, def: &TypeDef) -> Text {
    match &def.kind {
        Kind::Choice(members) => choice("choices", members, def, literal),
        Kind::Integers(members) => choice("integers", members, def, str::to_owned),
        Kind::OneOf { .. } => one_of::text(api, def),
        Kind::Object { fields, .. } if def.view == Some(View::Read) => read(api, def, fields),
        Kind::Object { fields, .. } => write(api, def, fields),
    }
}

fn read(api: &Api, def: &TypeDef, fields: &[Field]) -> Text {
    let mut body = Text::default();
    body.block("crate::declare::read!", |body| {
        body.docs(&docs::ty(def));
        body.block(&def.name, |body| {
            for field in fields {
                docs::field(body, api, field, false);
                declare(
                    body,
                    field,
                    &ty::read_field(api, field, Some(def.home)),
                    None,
                );
            }
        });
    });
    constants(&mut body, def, fields);
    file(&body, fields)
}

/// A constant for each value of its key that is the same in every store.
fn constants(body: &mut Text, def: &TypeDef, fields: &[Field]) {
    if def.known.is_empty() {
        return;
    }
    let mut fields = fields.iter();
    let is_integer = fields.any(|field| field.wire == def.key() && field.ty == Ty::Int);
    body.line("");
    body.block(&format!("impl {}", def.name), |body| {
        for one in &def.known {
            let (name, does) = (docs::prose(&one.name), docs::prose(&one.does));
            body.docs(&[format!("{name}: {does}")]);
            let (ty, value) = match one.wire.parse::<i64>() {
                Ok(value) if is_integer => ("i64", value.to_string()),
                _ => ("&'static str", literal(&one.wire)),
            };
            body.line(&format!("pub const {}: {ty} = {value};", one.rust));
        }
    });
}

fn write(api: &Api, def: &TypeDef, fields: &[Field]) -> Text {
    let mut body = Text::default();
    body.block("crate::declare::write!", |body| {
        let mut lines = docs::ty(def);
        for choice in docs::words(api).choices(def) {
            lines.extend([String::new(), choice]);
        }
        lines.extend(examples::of_model(api, def));
        body.docs(&lines);
        let made = turns::start(def).unwrap_or_else(|| {
            let required = fields.iter().filter(|field| field.required);
            let argument =
                |field: &Field| format!("{}: {}", field.rust, setter::taken(api, def, field));
            required.map(argument).collect()
        });
        let more = format!("{}{}", respelled(fields), exclusive(def));
        body.call_block(&def.name, &made, &more, |body| {
            for field in fields {
                docs::field(body, api, field, true);
                let ty = ty::write_field(api, field, Some(def.home));
                declare(body, field, &ty, Some(&setter::setters(api, def, field)));
            }
        });
    });
    turns::types(&mut body, api, def);
    changes(&mut body, api, def);
    file(&body, fields)
}

/// The line of a field, below its documentation. A response is read even if a required value is missing.
fn declare(body: &mut Text, field: &Field, ty: &str, setters: Option<&str>) {
    let required = setters.map_or_else(|| field.is_certain(), |_| field.required);
    let setters = setters.unwrap_or_default();
    let mark = match (required, field.secret) {
        (true, true) => "required_secret ",
        (true, false) => "required ",
        (false, true) => "secret ",
        (false, false) => "",
    };
    let (name, key) = (&field.rust, literal(&field.wire));
    body.line(&format!("{name}: {ty} = {mark}{key}{setters},"));
}

/// The constructor from two states of a record, if the value is an update.
fn changes(body: &mut Text, api: &Api, def: &TypeDef) {
    let Some(update) = api.update(def) else {
        return;
    };
    let (name, key) = (&def.name, literal(update.key));
    let of = ty::path(api, update.of, Some(def.home));
    let sends = if update.whole.is_some() {
        "Record"
    } else {
        "Changes"
    };
    let keeps = update.keeps.iter();
    let keeps: Vec<_> = keeps
        .map(|(place, key)| format!("{} by {}", literal(place), literal(key)))
        .collect();
    let keeps = keeps.join(", ");
    let unlike: Vec<_> = update.unlike.iter().map(|place| literal(place)).collect();
    let unlike = unlike.join(", ");
    body.line("");
    body.block("crate::declare::changes!", |body| {
        if let Some(why) = update.whole {
            let why = docs::prose(why);
            body.docs(&[
                format!("If anything differs, it has the whole record. {why}"),
                String::new(),
            ]);
            if !update.unread.is_empty() {
                body.docs(&[
                    format!(
                        "Records have no field named {}: set it on the update to keep its value.",
                        code_choice(&update.unread)
                    ),
                    String::new(),
                ]);
            }
        }
        body.line(&format!(
            "{name} of {of}, by {key}, sends {sends}, keeps [{keeps}], unlike [{unlike}]"
        ));
    });
}

/// The imports before a declaration.
fn file(body: &Text, fields: &[Field]) -> Text {
    let mut text = Text::default();
    if fields.iter().any(|it| it.deprecated.is_some()) {
        text.line(docs::ALLOW_DEPRECATED);
        text.line("");
    }
    ty::import(&mut text, body, &[], "");
    text.append(body);
    text
}

/// The fields of a value that have one format only, each with it, after its name.
fn respelled(fields: &[Field]) -> String {
    let odd = fields.iter().filter_map(|field| {
        let format = setter::spelled(field)?;
        Some(format!("{} {format}", field.rust))
    });
    let odd: Vec<String> = odd.collect();
    match odd.as_slice() {
        [] => String::new(),
        odd => format!(" respelled [{}]", odd.join(", ")),
    }
}

/// The sets of exclusive fields of a value, after its name.
fn exclusive(def: &TypeDef) -> String {
    let set = |fields: Vec<&Field>| {
        let names: Vec<_> = fields.iter().map(|field| literal(&field.wire)).collect();
        format!(" at most one of [{}]", names.join(", "))
    };
    def.kind.excluded().into_iter().map(set).collect()
}

fn choice(kind: &str, members: &[Member], def: &TypeDef, value: fn(&str) -> String) -> Text {
    let mut text = Text::default();
    if members.iter().any(|it| it.deprecated.is_some()) {
        text.line(docs::ALLOW_DEPRECATED);
        text.line("");
    }
    text.block(&format!("crate::declare::{kind}!"), |text| {
        text.docs(&docs::ty(def));
        text.block(&def.name, |text| {
            for member in members {
                if let Some(does) = &member.does {
                    text.docs(&[docs::prose(does)]);
                }
                if let Some(deprecated) = docs::deprecated_text(member.deprecated.as_ref()) {
                    text.line(&deprecated);
                }
                text.line(&format!("{} = {},", member.rust, value(&member.wire)));
            }
        });
    });
    text
}
