//! A parameter of a path, a query or a header in the catalogue.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::deprecated::Deprecated;
use crate::{
    model::{self, Api, Role, Shape, TypeDef},
    render::json_schema,
    spec::SortDirection,
    words::{Plain, Words},
};

/// A parameter of a call.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Parameter<'a> {
    /// The name on the wire: `id:in`.
    name: &'a str,
    /// The method of the Rust builder that sets it, or the argument of the call.
    rust: &'a str,
    /// Where it is sent.
    #[serde(rename = "in")]
    place: Place,
    /// The type of one value, as written in the spec.
    #[serde(rename = "type")]
    ty: String,
    /// Whether it is one value, several separated by commas or each with its own name, or a boolean as 1 or
    /// 0.
    form: Form,
    /// Whether the call requires it.
    required: bool,
    /// Why it is there.
    role: Kin,
    /// The field of a filter.
    field: Option<&'a str>,
    /// The operator of a filter.
    op: Option<&'a str>,
    /// What it does.
    does: String,
    /// Values of its enumeration that the official description does not list.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unlisted: &'a [String],
    /// Whether it is a filter that the API has been seen to ignore.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    doubtful: bool,
    /// Since when and why it is deprecated, and what to use instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<Deprecated<'a>>,
    /// JSON Schema of one value.
    #[schemars(extend("type" = "object"))]
    json_schema: Value,
}

/// Where a parameter is sent.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// Among the headers.
    Header,
    /// A part of a form, `multipart/form-data`.
    Form,
}

/// How the values of a parameter are sent.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Form {
    /// One value.
    One,
    /// Several, with commas between them.
    List,
    /// Several, each with the name in front: `id=1&id=2`.
    Exploded,
    /// A file.
    File,
    /// A boolean as 1 or 0.
    Flag,
}

/// The role of a parameter.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kin {
    /// It identifies a resource in the path.
    Path,
    /// It is a filter on a field of the list.
    Filter,
    /// It selects the page.
    Page,
    /// It adds sub-resources to the response.
    Include,
    /// It selects fields of the response.
    Select,
    /// It sorts the list.
    Sort,
    /// Anything else.
    Plain,
}

impl<'a> Parameter<'a> {
    /// All parameters of an endpoint: of the path, then of the query, then the headers, then the parts of its form.
    pub(super) fn all(api: &'a Api, endpoint: &'a model::Endpoint) -> Vec<Self> {
        let named = endpoint.path_parameters.iter().chain(&endpoint.query);
        let named = named.chain(&endpoint.headers).chain(&endpoint.form);
        let mut all: Vec<Self> = named
            .map(|parameter| Self::of(api, endpoint, parameter))
            .collect();
        all.extend(
            endpoint
                .sort
                .iter()
                .flat_map(|sort| Self::of_sort(api, sort)),
        );
        all
    }

    fn of(api: &'a Api, endpoint: &model::Endpoint, parameter: &'a model::Parameter) -> Self {
        let (field, op) = match &parameter.role {
            Role::Filter { field, op } => (Some(&**field), Some(op.as_str())),
            _ => (None, None),
        };
        let mut schema = json_schema::parameter(api, parameter);
        if let (Some(of), Some(schema)) =
            (api.values_of(endpoint, parameter), schema.as_object_mut())
        {
            let key = json_schema::key(api, api.ty(of));
            schema.insert("x-values-of".to_owned(), key.into());
        }
        Self {
            name: &parameter.wire,
            rust: &parameter.rust,
            place: match parameter.role {
                Role::Path => Place::Path,
                Role::Header => Place::Header,
                Role::Form => Place::Form,
                _ => Place::Query,
            },
            ty: json_schema::type_text(api, &parameter.ty),
            form: match parameter.shape {
                Shape::One => Form::One,
                Shape::Many => Form::List,
                Shape::Each => Form::Exploded,
                Shape::File => Form::File,
                Shape::Flag => Form::Flag,
            },
            required: parameter.required,
            role: match &parameter.role {
                Role::Path => Kin::Path,
                Role::Filter { .. } => Kin::Filter,
                Role::Page(_) => Kin::Page,
                Role::Include => Kin::Include,
                Role::Select { .. } => Kin::Select,
                Role::Plain | Role::Header | Role::Form => Kin::Plain,
            },
            field,
            op,
            does: Words::new(api, &Plain).parameter(endpoint, parameter),
            unlisted: &parameter.unlisted,
            doubtful: parameter.doubtful,
            deprecated: Deprecated::of(parameter.deprecated.as_ref()),
            json_schema: schema,
        }
    }

    /// The parameters for the sort order: one, or two if the direction is separate.
    fn of_sort(api: &'a Api, sort: &'a model::Sort) -> Vec<Self> {
        let def = api.ty(sort.by);
        let by = members(def);
        let words = Words::new(api, &Plain);
        let make = |name, ty: &str, does: &str, json_schema| Self {
            name,
            rust: "sort",
            place: Place::Query,
            ty: ty.to_owned(),
            form: Form::One,
            required: false,
            role: Kin::Sort,
            field: None,
            op: None,
            does: does.to_owned(),
            unlisted: &[],
            doubtful: false,
            deprecated: None,
            json_schema,
        };
        let key = json_schema::key(api, def);
        let one_of = |values: &[&str]| json!({ "type": "string", "enum": values });
        match sort.direction {
            SortDirection::Separate => vec![
                make("sort", &key, &words.sort_by(sort), one_of(&by)),
                make(
                    "direction",
                    "string",
                    words.sort_direction(),
                    one_of(&["asc", "desc"]),
                ),
            ],
            SortDirection::Joined => {
                let ways = |by: &&str| [format!("{by}:asc"), format!("{by}:desc")];
                let values: Vec<String> = by.iter().flat_map(ways).collect();
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                vec![make("sort", &key, &words.sort_by(sort), one_of(&values))]
            }
        }
    }
}

/// The values of an enumeration.
pub(super) fn members(def: &TypeDef) -> Vec<&str> {
    def.kind
        .members()
        .iter()
        .map(|member| &*member.wire)
        .collect()
}
