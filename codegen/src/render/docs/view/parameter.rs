//! The parameters of an endpoint: filters grouped by field, everything else in separate rows.

use serde::Serialize;

use super::{Links, deprecation};
use crate::{
    model::{self, Endpoint, Role, Sort},
    spec::SortDirection,
};

/// A parameter that is not a filter.
#[derive(Debug, Serialize)]
pub(in super::super) struct Parameter {
    pub name: String,
    pub required: bool,
    pub text: String,
    /// Its type, for a page that shows it next to the name.
    pub kind: String,
    /// Its other facts.
    pub about: String,
}

/// A field with filters.
#[derive(Debug, Serialize)]
pub(in super::super) struct Filter {
    pub field: String,
    /// The parameters, one for each operator.
    pub names: Vec<String>,
    pub required: bool,
    pub text: String,
    /// Its type, for a page that shows it next to the name.
    pub kind: String,
    /// Its other facts.
    pub about: String,
}

/// The query of an endpoint: its filters, and the other parameters.
pub(super) fn query(links: &Links<'_>, endpoint: &Endpoint) -> (Vec<Filter>, Vec<Parameter>) {
    let mut filters: Vec<Filter> = Vec::new();
    let mut others = Vec::new();
    for parameter in &endpoint.query {
        let Role::Filter { field, .. } = &parameter.role else {
            others.push(view(links, endpoint, parameter));
            continue;
        };
        match filters.iter_mut().find(|filter| filter.field == *field) {
            Some(filter) => {
                filter.names.push(parameter.wire.clone());
                filter.required |= parameter.required;
            }
            None => {
                let (kind, about) = links.words().filter_parts(endpoint, parameter);
                filters.push(Filter {
                    field: field.clone(),
                    names: vec![parameter.wire.clone()],
                    required: parameter.required,
                    text: filter_text(links, endpoint, parameter),
                    kind,
                    about: with_deprecation(about, parameter),
                });
            }
        }
    }
    others.extend(endpoint.sort.iter().flat_map(|sort| order(links, sort)));
    (filters, others)
}

/// The values of a filter's field; the table of operators explains each operator.
fn filter_text(links: &Links<'_>, endpoint: &Endpoint, parameter: &model::Parameter) -> String {
    with_deprecation(links.words().filter_row(endpoint, parameter), parameter)
}

/// A parameter in a row.
pub(super) fn view(
    links: &Links<'_>,
    endpoint: &Endpoint,
    parameter: &model::Parameter,
) -> Parameter {
    let (kind, about) = links.words().parameter_parts(endpoint, parameter);
    Parameter {
        name: parameter.wire.clone(),
        required: parameter.required,
        kind,
        about: with_deprecation(about, parameter),
        text: with_deprecation(links.words().parameter_row(endpoint, parameter), parameter),
    }
}

fn with_deprecation(text: String, parameter: &model::Parameter) -> String {
    let deprecated = parameter.deprecated.as_ref().map(deprecation);
    let parts = [text, deprecated.unwrap_or_default()].into_iter();
    let parts = parts.filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// The parameters that sort a list.
fn order(links: &Links<'_>, sort: &Sort) -> Vec<Parameter> {
    let words = links.words();
    let parameter = |name: &str, text: String| Parameter {
        name: name.to_owned(),
        required: false,
        kind: "string".to_owned(),
        about: text.clone(),
        text,
    };
    let mut parameters = vec![parameter("sort", words.sort_by(sort))];
    if sort.direction == SortDirection::Separate {
        parameters.push(parameter("direction", words.sort_direction().to_owned()));
    }
    parameters
}
