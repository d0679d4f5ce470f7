//! Templates of endpoints, and their uses among the endpoints of a group.

use std::borrow::Cow;

use schemars::{JsonSchema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::{Argument, Endpoint, Map};

/// A file below `templates/` that is no group: endpoints that are alike in several places. A use of it stands
/// among the `endpoints` of a group, where its endpoints belong.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What its endpoints are for, in a sentence.
    pub does: String,
    /// What a use has to say, by name. In the values of this file `${name}` stands for it, and `${Name}` for
    /// the same as names of types are written. `${group}`, `${feature}`, `${scope}`, `${version}`, `${source}`
    /// and `${docs}` are those of the group that uses it, unless the use says another.
    #[serde(default)]
    pub arguments: Map<Argument>,
    /// The endpoints, in the order in which they take the place of a use.
    pub endpoints: Vec<Endpoint>,
}

/// What stands in the `endpoints` of a group: an endpoint, or those of a template.
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
        // Of two alternatives an editor would say that neither fits, and not which key is wrong.
        json_schema!({ "if": { "required": ["template"] }, "then": listed, "else": endpoint })
    }
}

/// The form of a use, which the loader replaces by what the template makes.
struct TemplateUse;

impl JsonSchema for TemplateUse {
    fn schema_name() -> Cow<'static, str> {
        "TemplateUse".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        json_schema!({
            "description": "The use of a template of endpoints, in the list of a group's endpoints. What else it \
                            says are the arguments of the template.",
            "type": "object",
            "properties": {
                "template": {
                    "description": "The template: the name of a file below `templates/` that is no group.",
                    "type": "string",
                },
                "without": {
                    "description": "The ids of endpoints of the template that are not there.",
                    "type": "array",
                    "items": { "type": "string" },
                },
                "endpoints": {
                    "description": "What is other here, by the ids of the endpoints and their keys. A key \
                                    without a value is not there.",
                    "type": "object",
                    "additionalProperties": { "type": "object" },
                },
            },
            "required": ["template"],
            "additionalProperties": { "type": ["string", "integer", "boolean"] },
        })
    }
}
