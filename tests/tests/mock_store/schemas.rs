//! The schemas of answers and bodies, as the catalogue publishes them.

use bigcommerce_tests::json;
use jsonschema::Validator;
use serde_json::Value;

/// What judges each endpoint.
pub struct Schemas(Vec<Judge>);

struct Judge {
    method: String,
    segments: Vec<String>,
    response: Option<Validator>,
}

impl Schemas {
    pub fn read() -> Self {
        let catalogue: Value = json("generated-client/docs/api.json");
        let endpoints = catalogue["endpoints"].as_array().unwrap();
        let mut judges: Vec<Judge> = endpoints
            .iter()
            .map(|endpoint| Judge {
                method: endpoint["method"].as_str().unwrap().to_owned(),
                segments: segments(endpoint["path"].as_str().unwrap()),
                response: Some(&endpoint["json_schema"]["response"])
                    .filter(|schema| !schema.is_null())
                    .map(|schema| jsonschema::validator_for(schema).unwrap()),
            })
            .collect();
        judges.sort_by_key(|judge| {
            judge
                .segments
                .iter()
                .filter(|part| part.starts_with('{'))
                .count()
        });
        Self(judges)
    }

    /// What is wrong with the answer of a success.
    pub fn judge(&self, method: &str, target: &str, answer: &Value) -> Result<(), String> {
        let asked = segments(target.split('?').next().unwrap());
        let judge = self.0.iter().find(|judge| {
            judge.method == method
                && judge.segments.len() == asked.len()
                && judge
                    .segments
                    .iter()
                    .zip(&asked)
                    .all(|(own, asked)| own.starts_with('{') || own == asked)
        });
        let Some(judge) = judge else {
            return Err("no endpoint of the catalogue answers this".to_owned());
        };
        let Some(response) = &judge.response else {
            return Err("the catalogue says that there is no body".to_owned());
        };
        let wrong: Vec<String> = response
            .iter_errors(answer)
            .take(5)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(wrong.join("\n  "))
        }
    }
}

fn segments(path: &str) -> Vec<String> {
    path.trim_matches('/')
        .split('/')
        .map(str::to_owned)
        .collect()
}
