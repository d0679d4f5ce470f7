//! The values of parameters in examples. A string is that of the field it is about, otherwise that of its
//! name.

use heck::ToSnakeCase;
use serde_json::Value;

use super::{
    Answer, Api, Endpoint, Field, Kind, Parameter, Role, Sample, Shape, Ty,
    sample::plain,
    sample_names::{UUID, text_named},
    sample_number::ranged,
    sample_text::known_text,
};
use crate::spec::FileType;

/// The example of a parameter of an endpoint.
#[must_use]
pub fn of_parameter<'a>(api: &'a Api, endpoint: &Endpoint, parameter: &Parameter) -> Sample<'a> {
    let one = match (&parameter.ty, &parameter.role) {
        _ if parameter.shape == Shape::File => {
            let types = &parameter.file_types;
            let ending = match types.first() {
                Some(first) if !types.contains(&FileType::Png) => first.as_str(),
                _ => "png",
            };
            let name = parameter.example.clone();
            Sample::File(name.unwrap_or_else(|| format!("example.{ending}")))
        }
        (Ty::Text, _) => Sample::Text(text(api, endpoint, parameter)),
        (Ty::Int, Role::Page(_)) => Sample::Number(7.into()),
        (ty, _) => {
            ranged(ty, &about(parameter), &parameter.range).unwrap_or_else(|| plain(api, ty, 0))
        }
    };
    // A path parameter is a string there, such as a UUID.
    let one = match (one, &parameter.role) {
        (Sample::Text(text), Role::Path) => Sample::Id(text),
        (one, _) => one,
    };
    match parameter.shape {
        Shape::Many | Shape::Each => Sample::List(vec![one]),
        Shape::One | Shape::Flag | Shape::File => one,
    }
}

fn text(api: &Api, endpoint: &Endpoint, parameter: &Parameter) -> String {
    let name = about(parameter);
    let held = field(api, endpoint, &name).and_then(|field| held(api, field));
    let named = || text_named(&name).map(str::to_owned);
    held.or_else(named)
        .unwrap_or_else(|| name.replace('_', " "))
}

/// The name of the field that a parameter is about.
fn about(parameter: &Parameter) -> String {
    match &parameter.role {
        Role::Filter { field, .. } => field.clone(),
        // An operator in its name says nothing of the value.
        _ => {
            let name = parameter.wire.split(':').next();
            name.unwrap_or(&parameter.wire).to_snake_case()
        }
    }
}

/// The field of this name in the items that the endpoint returns, or else another of its group.
fn field<'a>(api: &'a Api, endpoint: &Endpoint, name: &str) -> Option<&'a Field> {
    let group = api.endpoints_of(api.group(endpoint.group)).iter();
    std::iter::once(endpoint).chain(group).find_map(|one| {
        let id = item(&one.answer)?.named()?;
        let Kind::Object { fields, .. } = &api.ty(id).kind else {
            return None;
        };
        fields.iter().find(|field| field.wire == name)
    })
}

fn item(answer: &Answer) -> Option<&Ty> {
    let (Answer::Page(ty) | Answer::One(ty) | Answer::Outcome(ty)) = answer else {
        return None;
    };
    let item: &Ty = match ty {
        Ty::List(item) => item,
        ty => ty,
    };
    Some(item)
}

/// The known value of a field, as a string.
fn held(api: &Api, field: &Field) -> Option<String> {
    match (&field.ty, &field.example) {
        (Ty::Uuid, _) => Some(UUID.to_owned()),
        (Ty::Named(id), told) => {
            let kind = &api.ty(*id).kind;
            let told = told.as_ref().and_then(|told| kind.told_member(told));
            let member = told.or_else(|| kind.members().first());
            member.map(|member| member.wire.clone())
        }
        (Ty::Text | Ty::List(_), Some(Value::String(told))) => Some(told.clone()),
        (Ty::List(_), Some(Value::Array(told))) => told.first()?.as_str().map(str::to_owned),
        (Ty::Text, _) => known_text(field).map(str::to_owned),
        _ => None,
    }
}
