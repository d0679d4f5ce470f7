//! Templates of endpoints, and their uses in the `endpoints` of a group.

use std::borrow::Cow;

use schemars::{JsonSchema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::{Argument, Endpoint, Map};

/// A file below `templates/` that is not a group: endpoints that repeat in several places. An item in the
/// `endpoints` of a group uses it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What its endpoints are for, in a sentence.
    pub does: String,
    /// The arguments that a use sets, by name. In the values of this file, `${name}` is replaced by the
    /// argument, and `${Name}` by the argument in upper camel case. `${group}`, `${feature}`, `${scope}`,
    /// `${version}`, `${source}` and `${docs}` are those of the group that uses the template, unless the use
    /// sets them.
    #[serde(default)]
    pub arguments: Map<Argument>,
    /// The endpoints, in the order in which they replace a use.
    pub endpoints: Vec<Endpoint>,
}

/// An item in the `endpoints` of a group: an endpoint, or the use of a template.
pub(super) struct Listed;

impl JsonSchema for Listed {
    fn schema_name() -> Cow<'static, str> {
        "Listed".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> schemars::Schema {
        let endpoint = generator.subschema_for::<Endpoint>();
        let listed = generator.subschema_for::<TemplateUse>();
        // With two alternatives, an editor would report that neither matches, and not which key is wrong.
        json_schema!({ "if": { "required": ["template"] }, "then": listed, "else": endpoint })
    }
}

/// A use of a template, which the loader replaces by the template's endpoints.
struct TemplateUse;

impl JsonSchema for TemplateUse {
    fn schema_name() -> Cow<'static, str> {
        "TemplateUse".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        json_schema!({
            "description": "The use of a template of endpoints in the `endpoints` of a group. The other keys are \
                            the arguments of the template.",
            "type": "object",
            "properties": {
                "template": {
                    "description": "The template: the name of a file below `templates/` that is not a group.",
                    "type": "string",
                },
                "without": {
                    "description": "The ids of the template's endpoints to leave out.",
                    "type": "array",
                    "items": { "type": "string" },
                },
                "endpoints": {
                    "description": "The keys of endpoints that differ here, by endpoint id. A key without \
                                    a value is removed.",
                    "type": "object",
                    "additionalProperties": { "type": "object" },
                },
            },
            "required": ["template"],
            "additionalProperties": {
                "type": ["string", "integer", "boolean", "array"],
                "items": { "type": ["string", "integer", "boolean"] },
            },
        })
    }
}
