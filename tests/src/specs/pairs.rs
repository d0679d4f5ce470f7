//! A spec in which every two facts that a field can have are combined at every type that can have both.

use serde_json::{Map, Value, json};

use super::{Files, yaml};
use crate::cases::minimal;

/// A fact: its key and its value.
type Fact = (&'static str, Value);

/// The types, each with the facts that only it can have. `Self` is the schema that contains the field.
fn types() -> Vec<(&'static str, Vec<Fact>)> {
    vec![
        (
            "int",
            vec![
                ("range", json!("0..9")),
                ("default", json!(0)),
                ("wire", json!("text")),
            ],
        ),
        (
            "string",
            vec![
                ("length", json!("1..9")),
                ("pattern", json!("^a*$")),
                ("format", json!("url")),
                ("default", json!("a")),
            ],
        ),
        (
            "bool",
            vec![("default", json!(true)), ("wire", json!("one_zero"))],
        ),
        (
            "decimal",
            vec![
                ("range", json!("0.5..9")),
                ("default", json!(1.5)),
                ("wire", json!("text")),
            ],
        ),
        (
            "datetime",
            vec![("wire", json!("rfc2822")), ("wire", json!("unix"))],
        ),
        ("date", vec![("wire", json!("rfc2822"))]),
        ("uuid", vec![]),
        ("id", vec![("default", json!(7))]),
        ("json", vec![]),
        ("Part", vec![]),
        ("Color", vec![("default", json!("red"))]),
        ("Self", vec![]),
        (
            "[string]",
            vec![("items", json!("1..9")), ("default", json!([]))],
        ),
        ("[Part]", vec![]),
        ("[Self]", vec![]),
        ("[[int]]", vec![]),
        ("{string}", vec![]),
        ("{string?}", vec![]),
        ("[string?]", vec![]),
        ("{[Part?]?}", vec![]),
        ("Delay", vec![("default", json!(60))]),
        ("[Delay]", vec![]),
        ("Answer", vec![("default", json!("yes"))]),
        ("[Answer]", vec![]),
        ("{Matter?}", vec![]),
        ("Matter", vec![]),
        ("Fee", vec![]),
        ("link Fee", vec![]),
        ("{Part?}", vec![]),
        ("{[decimal]?}", vec![]),
        ("[{Color?}]", vec![]),
        ("link Part", vec![]),
        ("link [Part]", vec![]),
        ("link Self", vec![]),
    ]
}

/// The facts that a field of any type can have.
fn facts() -> Vec<Fact> {
    vec![
        ("required", json!(["read"])),
        ("required", json!(["create"])),
        ("required", json!(["update"])),
        ("required", json!(["read", "create", "update"])),
        ("nullable", json!(true)),
        ("nullable", json!(["read"])),
        ("nullable", json!(["create"])),
        ("in", json!(["read"])),
        ("in", json!(["create", "update"])),
        ("deprecated", json!({ "why": "It goes." })),
        ("when", json!("the thing is large")),
        ("does", json!("What it is.")),
        ("unit", json!("seconds")),
    ]
}

/// Whether two facts can be combined in one field of a type.
fn fit(of: &str, one: &Fact, other: &Fact) -> bool {
    let facts = [one, other];
    let said = |key: &str| facts.iter().find(|fact| fact.0 == key).map(|fact| &fact.1);
    let views = |key: &str| -> Vec<&str> {
        let list = said(key).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    };
    let (has, required, nullable) = (views("in"), views("required"), views("nullable"));
    let within = |views: &[&str]| has.is_empty() || views.iter().all(|view| has.contains(view));
    let holds_null = |view| said("nullable") == Some(&json!(true)) || nullable.contains(&view);
    // An object that requires another of its own type never ends.
    let ends = !matches!(of, "Self" | "link Self") || required.iter().all(|view| holds_null(*view));
    // 1 and 0 are read as booleans, and never sent.
    let reads = said("wire") != Some(&json!("one_zero")) || has == ["read"];
    one.0 != other.0
        && reads
        && within(&required)
        && within(&nullable)
        && ends
        && (said("when").is_none() || !required.contains(&"read") && within(&["read"]))
}

fn field(of: &str, schema: &str, facts: &[&Fact]) -> Value {
    let facts = facts.iter().map(|fact| (fact.0.to_owned(), fact.1.clone()));
    let mut field: Map<String, Value> = facts.collect();
    field.insert("type".to_owned(), json!(of.replace("Self", schema)));
    Value::Object(field)
}

/// The spec: an object for each type, with a field for every two facts.
pub fn pairs() -> Files {
    let mut schemas = Map::new();
    let mut endpoints = Vec::new();
    let views = ["read", "create", "update"];
    for (at, (of, own)) in types().into_iter().enumerate() {
        let all: Vec<Fact> = facts().into_iter().chain(own).collect();
        let schema = format!("Pairs{at}");
        let mut fields = Map::new();
        let mut add = |facts: &[&Fact]| {
            fields.insert(format!("f{}", fields.len()), field(of, &schema, facts));
        };
        add(&[]);
        for (first, one) in all.iter().enumerate() {
            let others = all.iter().skip(first + 1);
            for other in others.filter(|other| fit(of, one, other)) {
                add(&[one, other]);
            }
        }
        endpoints.push(json!({
            "id": format!("create_{at}"), "post": format!("/v1/things/pairs{at}"),
            "operation": format!("createPairs{at}"), "does": "Add one.", "acts_on": "pair",
            "takes": format!("{schema}Create"), "returns": schema, "success": [200],
        }));
        endpoints.push(json!({
            "id": format!("update_{at}"), "put": format!("/v1/things/pairs{at}"),
            "operation": format!("updatePairs{at}"), "does": "Change one.", "acts_on": "pair",
            "takes": format!("{schema}Update"), "returns": schema, "success": [200],
        }));
        schemas.insert(
            schema,
            json!({ "does": "Pairs.", "views": views, "fields": fields }),
        );
    }
    let size = json!({ "size": { "type": "int" } });
    schemas.insert(
        "Part".to_owned(),
        json!({ "does": "A part.", "views": ["read", "write"], "fields": size }),
    );
    schemas.insert(
        "Color".to_owned(),
        json!({ "does": "A color.", "values": { "red": null, "blue": null } }),
    );
    let one_of_each = [
        (
            "Delay",
            json!({ "does": "A delay.", "type": "int", "values": { "60": null, "90": "Longer." } }),
        ),
        (
            "Answer",
            json!({ "does": "An answer.", "one_of": {
                "text": "string", "number": "int", "yes": "bool", "many": "[string]", "table": "{date}",
            } }),
        ),
        (
            "Matter",
            json!({ "does": "A matter.", "views": views, "one_of": {
                "size": "Part", "not": "NotMatter", "color": "Color", "delay": "Delay",
            } }),
        ),
        (
            "NotMatter",
            json!({ "does": "No matter.", "views": views, "fields": {
                "not": { "type": "Matter", "required": views },
            } }),
        ),
        (
            "Fee",
            json!({ "does": "A fee.", "views": views, "by": "kind", "one_of": {
                "part": "Part", "whole": { "type": "Whole", "does": "All of it." }, "other part": "Part",
            } }),
        ),
        (
            "Whole",
            json!({ "does": "A whole.", "views": views, "fields": {
                "code": { "type": "string", "secret": true }, "fee": { "type": "Fee" },
            } }),
        ),
    ];
    schemas.extend(one_of_each.map(|(name, schema)| (name.to_owned(), schema)));
    let group = json!({
        "group": "things", "title": "Things", "does": "Keep things.", "warning": "It writes.",
        "version": "v1", "scope": "things", "source": "things.yml",
        "endpoints": endpoints, "schemas": schemas,
    });
    let mut files: Files = minimal()
        .iter()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    for (path, text) in &mut files {
        match path.as_str() {
            "groups/things.yaml" => *text = yaml::text(&group),
            // The guide counts none of the endpoints.
            "service.yaml" => {
                *text = text.replace(
                    "endpoints: 3, groups: 1, reads: 1, writes: 2, scopes: 2",
                    "endpoints: 0, groups: 0, reads: 0, writes: 0, scopes: 0",
                );
            }
            _ => {}
        }
    }
    files
}
