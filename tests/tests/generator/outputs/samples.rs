//! The samples of endpoints in the docs: requests and responses conform to the schemas of the catalogue,
//! and no line is too long to read.

use std::io::Write;

use bigcommerce_tests::{api, rows::complete};
use codegen::{
    model::{
        Answer, Api, Field, Kind, Sample, Ty, TypeDef, sample_of_parameter, sample_of_type,
        sample_text,
    },
    render::{File, docs},
};
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use super::{DOCS, SITE, catalogue, file, whole};

/// The maximum length of a line of a sample.
pub const WIDTH: usize = 100;

/// An endpoint's section of a page.
pub struct Samples {
    pub endpoint: String,
    /// The code blocks by language.
    pub blocks: Vec<(String, String)>,
}

impl Samples {
    /// The first block in a language.
    fn first(&self, language: &str) -> Option<&str> {
        let mut blocks = self.blocks.iter();
        let block = blocks.find(|(known, _)| known == language);
        block.map(|(_, text)| text.as_str())
    }

    /// The request body of the call with curl.
    fn request(&self) -> Option<Value> {
        let (_, body) = self.first("sh")?.split_once("--data '")?;
        let body = body.strip_suffix("'\n")?.replace("'\\''", "'");
        Some(serde_json::from_str(&body).unwrap_or_else(|why| panic!("{}: {why}", self.endpoint)))
    }
}

/// The samples of every endpoint, from the Markdown reference.
pub fn samples(files: &[File]) -> Vec<Samples> {
    let mut all: Vec<Samples> = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with(DOCS)) {
        let mut block: Option<(String, String)> = None;
        let mut at = None;
        for line in file.text.lines() {
            match (&mut block, line.strip_prefix("```")) {
                (Some(_), Some(_)) => {
                    let done = block.take();
                    if let Some(at) = at {
                        let samples: &mut Samples = &mut all[at];
                        samples.blocks.extend(done);
                    }
                }
                (Some((_, text)), None) => *text += &format!("{line}\n"),
                (None, Some(language)) => block = Some((language.to_owned(), String::new())),
                (None, None) if line.starts_with("## ") => at = None,
                (None, None) => {
                    if let Some(id) = line.strip_prefix("### ") {
                        at = Some(all.len());
                        all.push(Samples {
                            endpoint: id.to_owned(),
                            blocks: Vec::new(),
                        });
                    }
                }
            }
        }
    }
    all.retain(|samples| samples.first("rust").is_some());
    all
}

#[test]
fn every_endpoint_has_samples_that_are_valid_by_the_schemas_and_fit_a_page() {
    let api = api();
    let catalogue = catalogue(whole());
    let samples = samples(&docs::markdown(&api).unwrap());
    assert_eq!(samples.len(), api.endpoints.len());
    let (mut wrong, mut bodies) = (Vec::new(), 0);
    for sample in &samples {
        let id = &sample.endpoint;
        let mut endpoints = catalogue["endpoints"].as_array().unwrap().iter();
        let endpoint = endpoints.find(|one| one["id"] == **id).unwrap();
        assert!(sample.first("sh").is_some(), "{id} has no call with curl");
        let response = sample.first("json");
        let response = response.map(|text| serde_json::from_str(text).unwrap());
        for (side, key, body) in [
            ("requests", "request", sample.request()),
            ("responses", "response", response),
        ] {
            let schema = &endpoint["json_schema"][key];
            let Some(body) = body.filter(|_| !schema.is_null()) else {
                continue;
            };
            bodies += 1;
            let schema = complete(&catalogue, side, schema);
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            let errors = validator.iter_errors(&body).take(1);
            wrong.extend(errors.map(|it| format!("{id}, {key}: {}: {it}", it.instance_path())));
        }
        let lines = sample.blocks.iter().flat_map(|(_, text)| text.lines());
        let long = lines.filter(|line| line.chars().count() > WIDTH);
        wrong.extend(long.map(|line| format!("{id}: {line}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(bodies > 400, "only {bodies} bodies were looked at");
}

/// The strings that samples have for a field.
fn texts(field: &Field) -> Vec<String> {
    match &field.example {
        None => vec![sample_text(field)],
        Some(Value::Array(items)) => {
            let texts = items.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        Some(told) => told.as_str().map(str::to_owned).into_iter().collect(),
    }
}

fn is_text(ty: &Ty) -> bool {
    match ty {
        Ty::Text => true,
        Ty::List(inner) | Ty::Nullable(inner) | Ty::OneOrMany(inner) => is_text(inner),
        _ => false,
    }
}

/// The fields of strings, each with its type; those of the calls that BigCommerce makes, too.
fn string_fields(api: &Api) -> Vec<(&TypeDef, &Field)> {
    let inbound = api.inbound.iter().flat_map(|inbound| &inbound.api.types);
    let mut all = Vec::new();
    for def in api.types.iter().chain(inbound) {
        if let Kind::Object { fields, .. } = &def.kind {
            let strings = fields.iter().filter(|field| is_text(&field.ty));
            all.extend(strings.map(|field| (def, field)));
        }
    }
    all
}

#[test]
fn strings_of_samples_match_the_patterns_of_their_fields() {
    let api = api();
    let (mut wrong, mut judged) = (Vec::new(), 0);
    for (def, field) in string_fields(&api) {
        let Some(pattern) = &field.limits.pattern else {
            continue;
        };
        judged += 1;
        let schema = serde_json::json!({ "type": "string", "pattern": pattern });
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for text in texts(field) {
            if !validator.is_valid(&Value::from(text.as_str())) {
                wrong.push(format!("{}.{}: {text}", def.name, field.wire));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "what does not match needs an `example`: {wrong:#?}"
    );
    assert!(judged > 8, "only {judged} patterns were looked at");
}

#[test]
fn no_string_of_a_sample_is_a_placeholder() {
    let api = api();
    let is_placeholder = |text: &str| ["example", "sample"].contains(&&*text.to_lowercase());
    let mut wrong = Vec::new();
    for (def, field) in string_fields(&api) {
        let all = texts(field);
        let placeholders = all.iter().filter(|text| is_placeholder(text));
        wrong.extend(placeholders.map(|text| format!("{}.{}: {text}", def.name, field.wire)));
    }
    let mut strings = 0;
    for endpoint in &api.endpoints {
        let parameters = endpoint.path_parameters.iter().chain(&endpoint.query);
        for parameter in parameters.chain(&endpoint.headers).chain(&endpoint.form) {
            let sample = match sample_of_parameter(&api, endpoint, parameter) {
                Sample::List(mut items) => items.remove(0),
                sample => sample,
            };
            let (Sample::Text(text) | Sample::Id(text)) = sample else {
                continue;
            };
            strings += 1;
            if is_placeholder(&text) {
                wrong.push(format!("{}, {}: {text}", endpoint.id, parameter.wire));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(strings > 200, "only {strings} parameters were looked at");
}

#[test]
fn a_filter_has_the_value_that_its_field_has_and_another_parameter_what_its_name_tells() {
    let api = api();
    let sample = |id: &str, name: &str| {
        let mut endpoints = api.endpoints.iter();
        let endpoint = endpoints.find(|one| one.id == id).unwrap();
        let mut all = endpoint.path_parameters.iter().chain(&endpoint.query);
        let parameter = all.find(|one| one.wire == name).unwrap();
        match sample_of_parameter(&api, endpoint, parameter) {
            Sample::Text(text) | Sample::Id(text) => text,
            Sample::List(items) => match items.as_slice() {
                [Sample::Text(text)] => text.clone(),
                other => panic!("{id}, {name}: {other:?}"),
            },
            other => panic!("{id}, {name}: {other:?}"),
        }
    };
    for (id, name, expected) in [
        ("brands.list", "name", "Northwind"),
        ("countries.list", "country_iso2", "IS"),
        ("orders.list", "email", "shopper@example.com"),
        ("products.list", "keyword", "cedar"),
        ("checkout_coupons.remove", "couponCode", "SPRING10"),
        ("promotions.list", "currency_code", "USD"),
        ("customers.list", "name:like", "Cedar tray"),
        ("customer_groups.list", "name:like", "Wholesale"),
    ] {
        assert_eq!(sample(id, name), expected, "{id}, {name}");
    }
}

/// Whether a number is within a range.
fn is_within(number: f64, (low, high): &(Option<String>, Option<String>)) -> bool {
    let end = |end: &Option<String>| end.as_deref().map(|end| end.parse::<f64>().unwrap());
    end(low).is_none_or(|low| number >= low) && end(high).is_none_or(|high| number <= high)
}

#[test]
fn numbers_of_samples_are_within_the_ranges_of_their_fields_and_parameters() {
    let api = api();
    let (mut wrong, mut fields, mut parameters) = (Vec::new(), 0, 0);
    for made in api.types.iter().filter_map(|def| sample_of_type(&api, def)) {
        for (field, sample) in &made.fields {
            let (Sample::Number(number), true) = (sample, field.limits.range != (None, None))
            else {
                continue;
            };
            fields += 1;
            if !is_within(number.as_f64().unwrap(), &field.limits.range) {
                wrong.push(format!("{}.{}: {number}", made.ty.name, field.wire));
            }
        }
    }
    for endpoint in &api.endpoints {
        let all = endpoint.path_parameters.iter().chain(&endpoint.query);
        for parameter in all.filter(|one| one.range != (None, None)) {
            parameters += 1;
            match sample_of_parameter(&api, endpoint, parameter) {
                Sample::Number(number) if is_within(number.as_f64().unwrap(), &parameter.range) => {
                }
                other => wrong.push(format!("{}, {}: {other:?}", endpoint.id, parameter.wire)),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(fields > 5, "only {fields} fields have a range");
    assert!(parameters > 2, "only {parameters} parameters have a range");
}

// The schemas of responses accept any length, so a conforming string may still be too short.
#[test]
fn strings_of_samples_are_as_long_as_their_fields_want_them() {
    let api = api();
    let (mut wrong, mut bounded) = (Vec::new(), 0);
    for (def, field) in string_fields(&api) {
        let (low, high) = field.limits.length;
        bounded += usize::from(low.or(high).is_some());
        for text in texts(field) {
            let length = text.chars().count() as u64;
            if low.is_some_and(|low| length < low) || high.is_some_and(|high| length > high) {
                wrong.push(format!("{}.{}: {text}", def.name, field.wire));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(bounded > 100, "only {bounded} strings have a length");
}

#[test]
fn a_sample_of_a_token_is_as_long_as_a_token() {
    let api = api();
    let card = api
        .types
        .iter()
        .find(|def| def.schema == "PaymentStoredCard");
    let Some(Kind::Object { fields, .. }) = card.map(|def| &def.kind) else {
        panic!("there is no stored card");
    };
    let sample = |name: &str| {
        let field = fields.iter().find(|field| field.wire == name).unwrap();
        sample_text(field)
    };
    assert_eq!(sample("token"), "0123456789abcdef".repeat(4));
    assert_eq!(sample("verification_value"), "012");
}

#[test]
fn calls_with_curl_have_the_server_the_token_and_the_kinds_of_body_that_the_client_has() {
    let api = api();
    let samples = samples(&docs::markdown(&api).unwrap());
    for (sample, endpoint) in samples.iter().zip(&api.endpoints) {
        assert_eq!(sample.endpoint, endpoint.id);
        let curl = sample.first("sh").unwrap();
        let has = |text: &str| assert!(curl.contains(text), "no `{text}` in {curl}");
        let (base, token) = match api.server(api.group(endpoint.group)) {
            Some((_, server)) => (&server.base_url, server.auth()),
            None => {
                let header = &api.service.auth_header;
                (&api.service.base_url, format!("{header}: {{token}}"))
            }
        };
        has(&format!(
            "\"{}",
            base.replace("{store_hash}", "$STORE_HASH")
        ));
        let url = curl.lines().nth(1).unwrap();
        assert!(url.len() <= 80, "its line is too wide: {url}");
        let token = token.replace("{token}", "$");
        has(&format!("--header \"{token}"));
        assert!(!curl.contains('{') || curl.contains("--data"), "{curl}");
        let accepts = curl.matches("--header \"Accept: ").count();
        assert_eq!(accepts, 1, "{curl}");
        match &endpoint.answer {
            Answer::File => has("--output "),
            Answer::Events(_) => {
                has("--no-buffer");
                has("Accept: text/event-stream");
            }
            _ => assert!(!curl.contains("--output"), "{curl}"),
        }
        let form = endpoint.form.iter().filter(|part| part.required);
        form.for_each(|part| has(&format!("--form \"{}=", part.wire)));
        let json = curl.contains("Content-Type: application/json");
        assert_eq!(json, curl.contains("--data '"), "{curl}");
    }
}

#[test]
fn every_page_of_the_site_is_small_when_it_is_compressed() {
    let site = whole().iter().filter(|file| file.path.starts_with(SITE));
    for file in site.filter(|file| file.path.ends_with(".html")) {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(file.text.as_bytes()).unwrap();
        let size = encoder.finish().unwrap().len();
        let most = if file.path.ends_with("/index.html") {
            60_000
        } else {
            150_000
        };
        assert!(size < most, "{} has {size} bytes", file.path);
    }
}

#[test]
fn the_json_of_a_group_is_a_part_of_the_catalogue_and_needs_no_other_file() {
    let read = |name: &str| -> Value {
        let text = file(whole(), &format!("{SITE}{name}.json"));
        serde_json::from_str(text).unwrap()
    };
    let catalogue = read("api");
    let mut bodies = 0;
    for group in catalogue["groups"].as_array().unwrap() {
        let part = read(group["name"].as_str().unwrap());
        assert_eq!(part["group"], *group);
        for endpoint in part["endpoints"].as_array().unwrap() {
            let mut all = catalogue["endpoints"].as_array().unwrap().iter();
            assert!(all.any(|one| one == endpoint), "{}", endpoint["id"]);
            for (side, key) in [("requests", "request"), ("responses", "response")] {
                let schema = &endpoint["json_schema"][key];
                if schema.is_null() {
                    continue;
                }
                bodies += 1;
                let schema = complete(&part, side, schema);
                let validator = jsonschema::draft202012::new(&schema);
                assert!(
                    validator.is_ok(),
                    "{}, {key}: {validator:?}",
                    endpoint["id"]
                );
            }
        }
    }
    assert!(bodies > 400, "only {bodies} schemas were found");
}
