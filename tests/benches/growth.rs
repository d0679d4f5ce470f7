//! Whether reading, judging, drawing and drafting grow with what they are given and no faster: specs and
//! descriptions that have one thing very many times, most of them wrong, at two sizes. The figure is how
//! much more processor time eight times as much takes.

mod support {
    #[allow(dead_code, reason = "not every bench needs all of it")]
    pub mod report;
}

use bigcommerce_tests::cases::minimal;
use codegen::{
    diagnostic::render_plain,
    import::{self, ImportOptions},
    pipeline,
    source::Sources,
};
use cpu_time::ProcessTime;
use serde_json::{Map, Value, json};
use support::report::{heading, judged};

/// The smaller size, and how many times it the larger one is.
const SIZE: usize = 500;
const TIMES: usize = 8;

/// What the larger size may take of the smaller one's time: what is linear, and a little for memory
/// that no longer fits.
const MOST: f64 = TIMES as f64 * 1.8;

fn main() {
    let only = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wanted = |name: &str| only.as_deref().is_none_or(|only| name.contains(only));
    heading(&format!("Growth of {TIMES} times as much: specs"));
    for (name, change) in SPECS {
        if wanted(name) {
            let cost = |n| {
                let sources = changed(n, *change);
                least(|| {
                    let checked = pipeline::of(sources.clone());
                    let drawn = render_plain(&checked.diagnostics, &checked.sources);
                    assert!(checked.api.is_some() || !drawn.is_empty());
                })
            };
            judged(name, growth(cost), "", ..=MOST);
        }
    }
    heading(&format!("Growth of {TIMES} times as much: descriptions"));
    for (name, make) in DESCRIPTIONS {
        if wanted(name) {
            let cost = |n| {
                let text = make(n).to_string();
                least(|| {
                    let options = ImportOptions::default();
                    let description = import::Description {
                        source: "",
                        json: &text,
                    };
                    let drafted = import::import(&[description], &[], &options).unwrap_or_default();
                    assert!(!drafted.files.is_empty(), "{name} is no description");
                    // Once more onto what is there, which is looked through and left alone.
                    let again = import::import(&[description], &drafted.files, &options)
                        .unwrap_or_default();
                    assert_eq!(again.report.drafted, 0, "{name} is drafted twice");
                })
            };
            judged(name, growth(cost), "", ..=MOST);
        }
    }
}

fn growth(cost: impl Fn(usize) -> f64) -> f64 {
    let small = cost(SIZE);
    cost(SIZE * TIMES) / small.max(1e-4)
}

/// The least of a few runs, which the machine's other work disturbs least.
fn least(run: impl Fn()) -> f64 {
    let times = (0..3).map(|_| {
        let clock = ProcessTime::now();
        run();
        clock.elapsed().as_secs_f64()
    });
    times.fold(f64::MAX, f64::min)
}

type Change = fn(usize, &str) -> String;

/// The sound spec with the text of one file changed.
fn changed(n: usize, (file, change): (&str, Change)) -> Sources {
    let base = minimal();
    let files: Vec<(String, String)> = base
        .iter()
        .map(|(path, text)| {
            let text = if path == file {
                change(n, text)
            } else {
                text.to_owned()
            };
            (path.to_owned(), text)
        })
        .collect();
    Sources::from_texts(files)
}

fn many(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

/// The text with more behind the line that ends in `line`.
fn behind(text: &str, line: &str, more: &str) -> String {
    assert_eq!(text.matches(line).count(), 1, "{line}");
    text.replace(line, &format!("{line}{more}"))
}

const THINGS: &str = "groups/things.yaml";
const THING: &str =
    "  Thing:\n    does: Something on a shelf.\n    views: [read, create, update]\n    fields:\n";

const SPECS: &[(&str, (&str, Change))] = &[
    (
        "unknown keys",
        (THINGS, |n, text| {
            many(n, |i| format!("strange_{i}: 1\n")) + text
        }),
    ),
    (
        "the same key",
        (THINGS, |n, text| {
            many(n, |_| "title: Things\n".to_owned()) + text
        }),
    ),
    (
        "one long key",
        (THINGS, |n, text| {
            format!("{}: 1\n{text}", "k".repeat(n * 10).split_at(n.min(1000)).0)
        }),
    ),
    (
        "fields",
        (THINGS, |n, text| {
            behind(
                text,
                THING,
                &many(n, |i| format!("      f{i}: {{ type: int }}\n")),
            )
        }),
    ),
    (
        "fields of unknown types",
        (THINGS, |n, text| {
            behind(
                text,
                THING,
                &many(n, |i| format!("      f{i}: {{ type: Nothing{i} }}\n")),
            )
        }),
    ),
    (
        "fields without a type",
        (THINGS, |n, text| {
            behind(
                text,
                THING,
                &many(n, |i| format!("      f{i}: {{ tpye: int }}\n")),
            )
        }),
    ),
    (
        "fields with a wrong kind",
        (THINGS, |n, text| {
            behind(text, THING, &many(n, |i| format!("      f{i}: [1]\n")))
        }),
    ),
    (
        "fields of one name in Rust",
        (THINGS, |n, text| {
            behind(
                text,
                THING,
                &many(n, |i| {
                    format!("      \"f{i}\": {{ type: int, rust: same }}\n")
                }),
            )
        }),
    ),
    (
        "schemas",
        (THINGS, |n, text| {
            behind(
                text,
                "schemas:\n",
                &many(n, |i| {
                    format!(
                        "  S{i}:\n    does: One.\n    fields:\n      a: {{ type: S{} }}\n",
                        i + 1
                    )
                }),
            )
        }),
    ),
    (
        "required schemas in a row",
        (THINGS, |n, text| {
            behind(
                text,
                "schemas:\n",
                &many(n, |i| {
                    format!(
                        "  S{i}:\n    does: One.\n    fields:\n      a: {{ type: S{}, required: [read] }}\n",
                        (i + 1) % n
                    )
                }),
            )
        }),
    ),
    (
        "schemas of an unknown type",
        (THINGS, |n, text| {
            behind(
                text,
                "schemas:\n",
                &many(n, |i| {
                    format!("  S{i}:\n    does: One.\n    fields:\n      a: {{ type: X{i} }}\n")
                }),
            )
        }),
    ),
    (
        "members",
        (THINGS, |n, text| {
            behind(
                text,
                "    values:\n      parts: The parts.\n",
                &many(n, |i| format!("      m{i}: One.\n")),
            )
        }),
    ),
    (
        "members of one name in Rust",
        (THINGS, |n, text| {
            behind(
                text,
                "    values:\n      parts: The parts.\n",
                &many(n, |i| {
                    format!("      m{}_{i}: {{ does: One., rust: Same }}\n", i % 2)
                }),
            )
        }),
    ),
    (
        "endpoints",
        (THINGS, |n, text| {
            behind(text, "endpoints:\n", &many(n, |i| endpoint(i, "thing", "")))
        }),
    ),
    (
        "endpoints of one id",
        (THINGS, |n, text| {
            behind(text, "endpoints:\n", &many(n, |_| endpoint(7, "thing", "")))
        }),
    ),
    (
        "endpoints that lack a key",
        (THINGS, |n, text| {
            behind(
                text,
                "endpoints:\n",
                &many(n, |i| {
                    endpoint(i, "thing", "").replace("    acts_on: thing\n", "")
                }),
            )
        }),
    ),
    (
        "endpoints of unknown scopes",
        (THINGS, |n, text| {
            behind(
                text,
                "endpoints:\n",
                &many(n, |i| {
                    endpoint(i, "thing", &format!("    scope: no{i}.read\n"))
                }),
            )
        }),
    ),
    (
        "endpoints of unknown pages",
        (THINGS, |n, text| {
            behind(
                text,
                "endpoints:\n",
                &many(n, |i| endpoint(i, "thing", &format!("    page: no{i}\n"))),
            )
        }),
    ),
    (
        "parameters of paths",
        (THINGS, |n, text| {
            let text = behind(
                text,
                "  thing_id: { type: int }\n",
                &many(n, |i| format!("  p{i}: {{ type: int }}\n")),
            );
            behind(
                &text,
                "endpoints:\n",
                &many(n, |i| endpoint(i, &format!("{{p{i}}}"), "")),
            )
        }),
    ),
    (
        "parameters of one path",
        (THINGS, |n, text| {
            text.replace(
                "    put: /v1/things/{thing_id}",
                &format!(
                    "    put: /v1/things/{{thing_id}}{}",
                    many(n, |i| format!("/{{p{i}}}"))
                ),
            )
        }),
    ),
    (
        "filters",
        (THINGS, |n, text| {
            behind(
                text,
                "    filters:\n",
                &many(n, |i| format!("      f{i}: {{ type: int, ops: [eq] }}\n")),
            )
        }),
    ),
    (
        "operators",
        (THINGS, |n, text| {
            text.replace(
                "ops: [eq, in]",
                &format!("ops: [{}]", many(n, |i| format!("o{i}, "))),
            )
        }),
    ),
    (
        "the same operator",
        (THINGS, |n, text| {
            text.replace(
                "ops: [eq, in]",
                &format!("ops: [{}]", many(n, |_| "eq, ".to_owned())),
            )
        }),
    ),
    (
        "parameters",
        (THINGS, |n, text| {
            behind(
                text,
                "    query:\n",
                &many(n, |i| format!("      q{i}: {{ type: int }}\n")),
            )
        }),
    ),
    (
        "selects",
        (THINGS, |n, text| {
            text.replace(
                "[include_fields]",
                &format!("[{}]", many(n, |i| format!("s{i}, "))),
            )
        }),
    ),
    (
        "views",
        (THINGS, |n, text| {
            text.replace(
                "views: [read, create, update]",
                &format!("views: [{}]", many(n, |_| "read, ".to_owned())),
            )
        }),
    ),
    (
        "needs one of",
        (THINGS, |n, text| {
            let text = behind(
                text,
                THING,
                &many(n, |i| format!("      f{i}: {{ type: int }}\n")),
            );
            text.replace(
                "    views: [read, create, update]\n",
                &format!(
                    "    views: [read, create, update]\n    needs_one_of: {{ create: [{}] }}\n",
                    many(n, |i| format!("f{i}, "))
                ),
            )
        }),
    ),
    (
        "statuses",
        (THINGS, |n, text| {
            text.replace(
                "errors: [401]",
                &format!("errors: [{}]", many(n, |_| "401, ".to_owned())),
            )
        }),
    ),
    (
        "events that are fired",
        (THINGS, |n, text| {
            text.replace(
                "fires: [shelf/thing/created]",
                &format!("fires: [{}]", many(n, |i| format!("shelf/thing/e{i}, "))),
            )
        }),
    ),
    (
        "conflicts",
        (THINGS, |n, text| {
            behind(
                text,
                "    does: Add a thing.\n",
                &format!(
                    "    conflicts:\n{}",
                    many(n, |i| format!(
                        "      - {{ about: path, guide: a{i}, official: b, holds: c, why: So. }}\n"
                    ))
                ),
            )
        }),
    ),
    (
        "notes",
        (THINGS, |n, text| {
            behind(
                text,
                "source: things.yml\n",
                &format!(
                    "notes:\n{}",
                    many(n, |i| format!("  - \"[a](javascript:{i})\"\n"))
                ),
            )
        }),
    ),
    (
        "anchors and an error",
        (THINGS, |n, text| {
            many(n, |i| format!("k{i}: &a{i} 1\n")) + text + "x: [\n"
        }),
    ),
    (
        "tags",
        (THINGS, |n, text| {
            many(n, |i| format!("k{i}: !t 1\n")) + text
        }),
    ),
    (
        "tabs",
        (THINGS, |n, text| format!("{}\n{text}", "\t".repeat(n * 10))),
    ),
    (
        "lines with tabs",
        (THINGS, |n, text| {
            many(n, |_| "\t\ta: 1\n".to_owned()) + text
        }),
    ),
    (
        "brackets",
        (THINGS, |n, text| {
            format!("{text}\nx: [{}]\n", "[],".repeat(n))
        }),
    ),
    (
        "lines of a block",
        (THINGS, |n, text| {
            text.replace(
                "does: Keep things on shelves.",
                &format!("does: |\n{}", many(n, |_| "  Much.\n\n".to_owned())),
            )
        }),
    ),
    (
        "lines of a text",
        (THINGS, |n, text| {
            text.replace(
                "does: Keep things on shelves.",
                &format!("does: a\n{}", many(n, |_| "  Much.\n".to_owned())),
            )
        }),
    ),
    (
        "an unclosed quote",
        (THINGS, |n, text| {
            text.replace("title: Things", "title: \"Things") + &many(n, |i| format!("# {i} \"\n"))
        }),
    ),
    (
        "documents",
        (THINGS, |n, text| {
            text.to_owned() + &many(n, |_| "---\na: 1\n".to_owned())
        }),
    ),
    (
        "events",
        ("events.yaml", |n, text| {
            behind(
                text,
                "events:\n",
                &many(n, |i| {
                    format!("  - {{ scope: shelf/thing/e{i}, does: One., payload: ThingEvent }}\n")
                }),
            )
        }),
    ),
    (
        "events of one scope",
        ("events.yaml", |n, text| {
            behind(
                text,
                "events:\n",
                &many(n, |_| {
                    "  - { scope: shelf/thing/e, does: One., payload: ThingEvent }\n".to_owned()
                }),
            )
        }),
    ),
    (
        "wildcards",
        ("events.yaml", |n, text| {
            behind(
                text,
                "wildcards:\n",
                &many(n, |i| {
                    format!("  - {{ scope: shelf/t{i}/*, does: One. }}\n")
                }),
            )
        }),
    ),
    (
        "areas",
        ("scopes.yaml", |n, text| {
            behind(
                text,
                "areas:\n",
                &many(n, |i| {
                    format!(
                        "  a{i}: {{ label: A, covers: All., levels: {{ read: {{ wire: a{i}, level: read-only, writes: false }} }} }}\n"
                    )
                }),
            )
        }),
    ),
    (
        "levels",
        ("scopes.yaml", |n, text| {
            behind(
                text,
                "    levels:\n",
                &many(n, |i| {
                    format!(
                        "      l{i}: {{ wire: w{i}, level: read-only, writes: false, includes: [read] }}\n"
                    )
                }),
            )
        }),
    ),
    (
        "levels that are included",
        ("scopes.yaml", |n, text| {
            text.replace(
                "includes: [read]",
                &format!("includes: [{}]", many(n, |i| format!("l{i}, "))),
            )
        }),
    ),
    (
        "groups that are not there",
        ("service.yaml", |n, text| {
            text.replace(
                "groups: [things]",
                &format!("groups: [things, {}]", many(n, |i| format!("g{i}, "))),
            )
        }),
    ),
    (
        "shared schemas",
        ("shared.yaml", |n, text| {
            behind(
                text,
                "schemas:\n",
                &many(n, |i| {
                    format!("  S{i}:\n    does: One.\n    fields:\n      a: {{ type: int }}\n")
                }),
            )
        }),
    ),
];

fn endpoint(i: usize, path: &str, more: &str) -> String {
    format!(
        "  - id: e{i}\n    get: /v1/e{i}/{path}\n    operation: getE{i}\n    does: Get it.\n    \
         acts_on: thing\n{more}    returns: Thing\n    success: [200]\n"
    )
}

/// What it is called, and what makes one of a size.
type Description = (&'static str, fn(usize) -> Value);

const DESCRIPTIONS: &[Description] = &[
    ("members of an enumeration", |n| {
        with_schema(
            json!({ "type": "object", "properties": { "a": { "type": "string", "enum": words(n) } } }),
        )
    }),
    ("members of alternatives", |n| {
        with_schema(
            json!({ "type": "object", "properties": { "a": { "oneOf": [{ "type": "string", "enum": words(n) }, { "type": "string", "enum": words(n / 2) }] } } }),
        )
    }),
    ("alternatives of a text", |n| {
        with_schema(
            json!({ "type": "object", "properties": { "a": { "oneOf": words(n).into_iter().map(|word| json!({ "type": "string", "enum": [word] })).collect::<Vec<_>>() } } }),
        )
    }),
    ("properties", |n| {
        with_schema(
            json!({ "type": "object", "required": words(n), "properties": properties(n, "p") }),
        )
    }),
    ("parts of one property", |n| {
        with_schema(json!({ "allOf": parts(n) }))
    }),
    ("alternatives of one property", |n| {
        with_schema(json!({ "oneOf": parts(n) }))
    }),
    ("parts with all properties", |n| {
        with_schema(
            json!({ "allOf": [{ "type": "object", "properties": properties(n, "p") }, { "type": "object", "properties": properties(n, "p") }] }),
        )
    }),
    ("properties of alternatives of many kinds", |n| {
        with_schema(
            json!({ "type": "object", "properties": { "a": { "oneOf": (0..n).map(|i| if i % 2 == 0 { json!({ "type": "string", "pattern": format!("a{i}") }) } else { json!({ "type": "integer", "minimum": i }) }).collect::<Vec<_>>() } } }),
        )
    }),
    ("objects in objects", |n| {
        let part = |i| json!({ "$ref": format!("#/components/schemas/part_{i}") });
        let schemas: Map<String, Value> = (0..n).map(|i| (format!("part_{i}"), json!({ "type": "object", "properties": { "id": { "type": "integer" }, format!("p{i}"): part((i + 1) % n) } }))).collect();
        let mut root = with_schema(part(0));
        root["components"] = json!({ "schemas": schemas });
        root
    }),
    ("schemas that are alike", |n| {
        let paths: Map<String, Value> = (0..n)
            .map(|i| {
                let fields = json!({ "type": "object", "properties": properties(3, "p") });
                let schema = json!({ "type": "object", "properties": { "id": { "type": "integer" }, "inner": fields } });
                (format!("/v3/things/{{id}}/kinds{i}"), get(i, schema, json!([])))
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("groups under groups", |n| {
        let paths: Map<String, Value> = (0..n)
            .flat_map(|i| {
                let list = json!({ "type": "array", "items": { "type": "object", "properties": { "id": { "type": "integer" } } } });
                let below = get(i, list.clone(), json!([]));
                let above = get(n + i, list, json!([]));
                [(format!("/v3/boxes/{{id}}/kind_{i}_parts"), below), (format!("/v3/kind_{i}_boxes"), above)]
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("components", |n| {
        let schemas: Map<String, Value> = (0..n).map(|i| (format!("part_{i}"), json!({ "type": "object", "properties": { format!("v{i}"): { "type": "integer" } } }))).collect();
        let properties: Map<String, Value> = (0..n)
            .map(|i| {
                (
                    format!("p{i}"),
                    json!({ "$ref": format!("#/components/schemas/part_{i}") }),
                )
            })
            .collect();
        let mut root = with_schema(json!({ "type": "object", "properties": properties }));
        root["components"] = json!({ "schemas": schemas });
        root
    }),
    ("operations", |n| {
        let paths: Map<String, Value> = (0..n)
            .map(|i| {
                (
                    format!("/v3/things{i}"),
                    get(
                        i,
                        json!({ "type": "object", "properties": { "id": { "type": "integer" } } }),
                        json!([]),
                    ),
                )
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("operations of one name", |n| {
        let paths: Map<String, Value> = (0..n)
            .map(|i| {
                (
                    format!("/v3/things/{i}/x"),
                    get(0, json!({ "type": "object" }), json!([])),
                )
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("tags", |n| {
        let paths: Map<String, Value> = (0..n)
            .map(|i| {
                let mut one = get(i, json!({ "type": "object" }), json!([]));
                one["get"]["tags"] = json!([format!("Tag {i}")]);
                (format!("/v3/things{i}"), one)
            })
            .collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": paths })
    }),
    ("parameters of an operation", |n| {
        let parameters: Vec<Value> = (0..n).map(|i| json!({ "name": format!("q{i}"), "in": "query", "schema": { "type": "integer" } })).collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": { "/v3/things": get(0, json!({ "type": "object" }), json!(parameters)) } })
    }),
    ("filters of an operation", |n| {
        let parameters: Vec<Value> = (0..n).map(|i| json!({ "name": format!("q{i}:in"), "in": "query", "schema": { "type": "integer" } })).collect();
        json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": { "/v3/things": get(0, json!({ "type": "object" }), json!(parameters)) } })
    }),
];

fn words(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("word_{i}")).collect()
}

fn properties(n: usize, name: &str) -> Map<String, Value> {
    (0..n)
        .map(|i| (format!("{name}{i}"), json!({ "type": "integer" })))
        .collect()
}

fn parts(n: usize) -> Vec<Value> {
    (0..n).map(|i| json!({ "type": "object", "properties": { format!("p{i}"): { "type": "integer" } } })).collect()
}

fn get(i: usize, schema: Value, parameters: Value) -> Value {
    json!({ "get": { "operationId": format!("getThing{i}"), "parameters": parameters, "responses": { "200": {
        "description": "", "content": { "application/json": { "schema": schema } } } } } })
}

fn with_schema(schema: Value) -> Value {
    json!({ "openapi": "3.0.0", "info": { "title": "t" }, "paths": { "/v3/things": get(0, schema, json!([])) } })
}
