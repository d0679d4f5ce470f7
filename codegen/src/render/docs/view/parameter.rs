//! The parameters of an endpoint: filters gathered by field, everything else one row each.

use serde::Serialize;

use super::{
    super::text::{capital, code, prose, sentence},
    Links, deprecation, words,
};
use crate::{
    model::{self, Endpoint, Role, Sort},
    spec::SortDirection,
};

/// A parameter that is no filter.
#[derive(Debug, Serialize)]
pub(in super::super) struct Parameter {
    pub name: String,
    pub required: bool,
    pub text: String,
}

/// A field that a list can be narrowed by.
#[derive(Debug, Serialize)]
pub(in super::super) struct Filter {
    pub field: String,
    /// The parameters, one for each operator.
    pub names: Vec<String>,
    pub required: bool,
    pub text: String,
}

/// The query of an endpoint: its filters, and the other parameters.
pub(super) fn query(links: &Links<'_>, endpoint: &Endpoint) -> (Vec<Filter>, Vec<Parameter>) {
    let mut filters: Vec<Filter> = Vec::new();
    let mut others = Vec::new();
    for parameter in &endpoint.query {
        let Role::Filter { field, .. } = &parameter.role else {
            others.push(view(links, parameter));
            continue;
        };
        match filters.iter_mut().find(|filter| filter.field == *field) {
            Some(filter) => {
                filter.names.push(parameter.wire.clone());
                filter.required |= parameter.required;
            }
            None => filters.push(Filter {
                field: field.clone(),
                names: vec![parameter.wire.clone()],
                required: parameter.required,
                text: filter_text(links, parameter),
            }),
        }
    }
    others.extend(endpoint.sort.iter().flat_map(|sort| order(links, sort)));
    (filters, others)
}

/// What a filter's field holds, and what else to know; the operator's own sentence is left to the
/// table of operators.
fn filter_text(links: &Links<'_>, parameter: &model::Parameter) -> String {
    let shape = match parameter.shape {
        model::Shape::Many | model::Shape::Each => model::Shape::One,
        shape => shape,
    };
    let ty = capital(&words::parameter(links, &parameter.ty, shape));
    std::iter::once(sentence(&ty))
        .chain(parameter.docs.iter().skip(1).map(|text| prose(text)))
        .chain(parameter.deprecated.as_ref().map(deprecation))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A parameter in a row.
pub(super) fn view(links: &Links<'_>, parameter: &model::Parameter) -> Parameter {
    let ty = sentence(&capital(&words::parameter(
        links,
        &parameter.ty,
        parameter.shape,
    )));
    let mut parts = vec![ty];
    match &parameter.role {
        Role::Path | Role::Plain | Role::Header | Role::Form => parts.extend(plain_docs(parameter)),
        _ => parts.extend(parameter.docs.iter().map(|text| prose(text))),
    }
    parts.extend(parameter.deprecated.as_ref().map(deprecation));
    parts.retain(|part| !part.is_empty());
    Parameter {
        name: parameter.wire.clone(),
        required: parameter.required,
        text: parts.join(" "),
    }
}

/// The sentences of a parameter, its facts first and without the type they open with.
fn plain_docs(parameter: &model::Parameter) -> Vec<String> {
    let phrase = match parameter.shape {
        model::Shape::File => "File".to_owned(),
        _ => model::phrase(&parameter.ty),
    };
    let nothing = format!("The parameter `{}`.", parameter.wire);
    let mut docs = Vec::new();
    for (at, text) in parameter.docs.iter().enumerate() {
        let last = at + 1 == parameter.docs.len();
        match text.strip_prefix(phrase.as_str()) {
            Some(rest) if last && rest.starts_with([',', '.']) => {
                let facts = prose(rest.trim_start_matches([',', '.']));
                docs.insert(0, sentence(&capital(&facts)));
            }
            _ if *text == nothing => {}
            _ => docs.push(prose(text)),
        }
    }
    docs
}

/// The parameters that order a list.
fn order(links: &Links<'_>, sort: &Sort) -> Vec<Parameter> {
    let by = format!(
        "[{}]({})",
        links.api.ty(sort.by).name,
        links.schema(sort.by)
    );
    let mut text = match sort.direction {
        SortDirection::Separate => format!("The field to sort by, of {by}."),
        SortDirection::Joined => {
            format!("The field to sort by, of {by}, with `:asc` or `:desc` behind it.")
        }
    };
    if let Some(default) = &sort.default {
        text += &format!(" Left out: {}.", code(default));
    }
    let mut parameters = vec![Parameter {
        name: "sort".to_owned(),
        required: false,
        text,
    }];
    if sort.direction == SortDirection::Separate {
        parameters.push(Parameter {
            name: "direction".to_owned(),
            required: false,
            text: "`asc` or `desc`.".to_owned(),
        });
    }
    parameters
}
