//! The full paths of types.

use super::CRATE;
use crate::{
    model::{Answer, Api, Endpoint, Ty, TypeDef},
    spec::Envelope,
};

/// The path of a type.
pub(in super::super) fn of_type(api: &Api, ty: &TypeDef) -> String {
    format!("{CRATE}::{}::{}", api.module(ty.home), ty.name)
}

/// The type of a separate value: inside a list, a mapping, an envelope.
pub(in super::super) fn of_value(api: &Api, ty: &Ty) -> String {
    match ty {
        Ty::Int => "i64".to_owned(),
        Ty::Text | Ty::Uuid => "String".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Number => format!("{CRATE}::Number"),
        Ty::DateTime => format!("{CRATE}::DateTime"),
        Ty::Date => format!("{CRATE}::Date"),
        Ty::Id => format!("{CRATE}::Id"),
        Ty::Json => format!("{CRATE}::RawJson"),
        Ty::Named(id) => of_type(api, api.ty(*id)),
        Ty::List(inner) => format!("Vec<{}>", of_value(api, inner)),
        Ty::Map(inner) => {
            let inner = of_value(api, inner);
            format!("std::collections::BTreeMap<String, {inner}>")
        }
        Ty::Nullable(inner) => format!("Option<{}>", of_value(api, inner)),
        Ty::Link(inner) => format!("{CRATE}::Linked<{}>", of_value(api, inner)),
        Ty::OneOrMany(item) => format!("{CRATE}::OneOrMany<{}>", of_value(api, item)),
    }
}

/// The type that decodes an event's payload.
pub(in super::super) fn of_payload(api: &Api, ty: &Ty) -> String {
    match ty {
        Ty::Named(id) => of_type(api, api.ty(*id)),
        Ty::List(item) => format!("Vec<{}>", of_payload(api, item)),
        _ => format!("{CRATE}::RawJson"),
    }
}

/// The type of an endpoint's request body; `None` if it has none.
pub(in super::super) fn of_request(api: &Api, endpoint: &Endpoint) -> Option<String> {
    Some(of_value(api, &endpoint.body.as_ref()?.ty))
}

/// The type that decodes an endpoint's whole response body; `None` if it has none.
pub(in super::super) fn of_response(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let data = match &endpoint.answer {
        Answer::Nothing if endpoint.envelope == Envelope::None => return None,
        Answer::File | Answer::Events(_) => return None,
        Answer::Nothing | Answer::Counts => {
            return Some(format!("{CRATE}::Envelope<{CRATE}::RawJson>"));
        }
        Answer::Page(item) => format!("Vec<{}>", of_value(api, item)),
        // An optional body has the type of the value.
        Answer::One(Ty::Nullable(value)) => of_value(api, value),
        Answer::One(value) | Answer::Outcome(value) => of_value(api, value),
    };
    Some(match endpoint.envelope {
        Envelope::Flat => data,
        Envelope::None => return None,
        Envelope::DataMeta | Envelope::Meta => format!("{CRATE}::Envelope<{data}>"),
    })
}

/// The type of the data of an endpoint's events; `None` if it has none.
pub(in super::super) fn of_event(api: &Api, endpoint: &Endpoint) -> Option<String> {
    match &endpoint.answer {
        Answer::Events(Some(data)) => Some(of_value(api, data)),
        _ => None,
    }
}

/// The type that decodes the body of a 207, if it is another one.
pub(in super::super) fn of_partial(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let partial = of_value(api, endpoint.partial.as_ref()?);
    Some(format!("{CRATE}::Envelope<{partial}>"))
}
