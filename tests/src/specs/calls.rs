//! Endpoints: reads, writes, batches and deletes with suitable facts.

use serde_json::{Map, Value, json};

use super::{Plan, maybe, schemas::Shape, service, words};
use crate::choices::Choices;

const VALUES: &[&str] = &[
    "int", "string", "bool", "flag", "decimal", "datetime", "uuid", "id", "date",
];

struct Calls<'p, 'c, 'n> {
    plan: &'p Plan,
    home: usize,
    version: &'static str,
    choices: &'c mut Choices<'n>,
    path: Map<String, Value>,
}

/// The endpoints of a group, and the parameters of their paths.
pub(super) fn of(
    choices: &mut Choices<'_>,
    plan: &Plan,
    home: usize,
    version: &'static str,
) -> (Vec<Value>, Map<String, Value>) {
    let ids = [
        ("list", 0),
        ("get", 1),
        ("create", 2),
        ("update", 3),
        ("delete", 4),
        ("update_all", 5),
        ("try", 6),
    ];
    let start = choices.below(ids.len());
    let count = 1 + choices.below(ids.len());
    let mut calls = Calls {
        plan,
        home,
        version,
        choices,
        path: Map::new(),
    };
    let endpoints = (0..count)
        .map(|at| ids[(start + at) % ids.len()])
        .filter_map(|(id, kind)| calls.endpoint(id, kind))
        .collect::<Vec<_>>();
    if endpoints.is_empty() {
        return (calls.endpoint("list", 0).into_iter().collect(), calls.path);
    }
    (endpoints, calls.path)
}

impl Calls<'_, '_, '_> {
    /// An endpoint of a kind, unless no schema fits it.
    fn endpoint(&mut self, id: &str, kind: usize) -> Option<Value> {
        let mut call = Map::new();
        call.insert("id".to_owned(), json!(id));
        let all = format!("/{}/{}", self.version, self.plan.groups[self.home]);
        let shape = self.shape()?;
        let name = shape.written(self.plan, Some(self.home));
        let sent = |view| Some(format!("{name}{}", shape.sent(view)?));
        match kind {
            0 | 6 => {
                let path = if kind == 0 {
                    all
                } else {
                    format!("{}/parts", self.one(&all))
                };
                call.insert("get".to_owned(), json!(path));
                self.list(&mut call);
                call.insert("returns".to_owned(), json!(format!("[{name}]")));
                call.insert("success".to_owned(), json!([200]));
            }
            1 => {
                call.insert("get".to_owned(), json!(self.one(&all)));
                self.chosen(&mut call);
                call.insert("returns".to_owned(), json!(name));
                call.insert("success".to_owned(), json!([200]));
            }
            2 => {
                call.insert("post".to_owned(), json!(all));
                call.insert("takes".to_owned(), json!(sent("create")?));
                call.insert("returns".to_owned(), json!(name));
                call.insert(
                    "success".to_owned(),
                    json!(if self.one_in(2) {
                        [200, 207]
                    } else {
                        [200, 201]
                    }),
                );
            }
            3 => {
                call.insert("takes".to_owned(), json!(sent("update")?));
                call.insert("put".to_owned(), json!(self.one(&all)));
                self.chosen(&mut call);
                call.insert("returns".to_owned(), json!(name));
                call.insert("success".to_owned(), json!([200]));
            }
            4 => self.delete(&mut call, &all),
            _ => {
                call.insert("put".to_owned(), json!(all));
                call.insert("takes".to_owned(), json!(format!("[{}]", sent("update")?)));
                call.insert("batch".to_owned(), json!({ "max": 10, "unstated": true }));
                let counts = self.one_in(3);
                let returns = if counts {
                    "counts".to_owned()
                } else {
                    format!("[{name}]")
                };
                call.insert("returns".to_owned(), json!(returns));
                call.insert("success".to_owned(), json!([200]));
            }
        }
        self.about(&mut call, kind);
        Some(Value::Object(call))
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.choices.once_in(times)
    }

    /// An object of this group or the shared ones, or of another group.
    fn shape(&mut self) -> Option<Shape> {
        let objects: Vec<&Shape> = self
            .plan
            .shapes
            .iter()
            .filter(|shape| !shape.is_choice())
            .collect();
        let own: Vec<&Shape> = objects
            .iter()
            .copied()
            .filter(|shape| shape.home == Some(self.home))
            .collect();
        let from = if self.one_in(5) || own.is_empty() {
            &objects
        } else {
            &own
        };
        (!from.is_empty()).then(|| self.choices.pick(from).clone())
    }

    fn choice(&mut self) -> Option<String> {
        let plan = self.plan;
        let shapes: Vec<&Shape> = plan
            .shapes
            .iter()
            .filter(|shape| shape.is_choice())
            .collect();
        let shape = (!shapes.is_empty()).then(|| self.choices.pick(&shapes))?;
        Some(shape.written(plan, Some(self.home)))
    }

    /// The path of a single resource.
    fn one(&mut self, all: &str) -> String {
        const NAMES: &[&str] = &["thingId", "type", "id", "value", "item", "other"];
        let name = self.choices.pick(NAMES).to_owned();
        if !self.path.contains_key(&name) {
            let kind = match self.choices.below(5) {
                4 => self.choice().unwrap_or_else(|| "int".to_owned()),
                at => ["int", "uuid", "id", "string"][at].to_owned(),
            };
            self.path.insert(
                name.clone(),
                json!({ "type": kind, "does": words::text(self.choices) }),
            );
        }
        format!("{all}/{{{name}}}")
    }

    fn list(&mut self, call: &mut Map<String, Value>) {
        let page = self.choices.pick(&["none", "v2", "v3", "v3_cursor"]);
        call.insert("page".to_owned(), json!(page));
        if page != "none" {
            maybe(
                self.choices,
                2,
                call,
                "limit",
                |choices| json!({ "default": 50, "max": 250, "unstated": true, "note": words::text(choices) }),
            );
        }
        self.filters(call, false);
        let query = words::some(self.choices, words::FIELDS, 0, 3);
        let filtered = call
            .get("filters")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        let mut parameters = Map::new();
        for name in query
            .into_iter()
            .filter(|name| !filtered.contains_key(*name))
        {
            let kind = self.parameter();
            let required = self.one_in(4);
            parameters.insert(
                name.to_owned(),
                json!({ "type": kind, "does": words::text(self.choices), "required": required }),
            );
        }
        if !parameters.is_empty() {
            call.insert("query".to_owned(), Value::Object(parameters));
        }
        if self.one_in(2)
            && let Some(by) = self.choice()
        {
            let direction = self.choices.pick(&["separate", "joined"]);
            call.insert(
                "sort".to_owned(),
                json!({ "by": by, "direction": direction }),
            );
        }
        self.chosen(call);
    }

    fn parameter(&mut self) -> String {
        let kind = match self.choices.below(4) {
            0 => self.choice().unwrap_or_else(|| "int".to_owned()),
            _ => self.choices.pick(VALUES).to_owned(),
        };
        if kind != "flag" && self.one_in(4) {
            format!("[{kind}]")
        } else {
            kind
        }
    }

    fn filters(&mut self, call: &mut Map<String, Value>, needed: bool) {
        let operators: &[&str] = match self.version {
            "v3" => &["eq", "in", "not_in", "min", "max", "like"],
            _ => &["eq", "min", "max"],
        };
        let mut filters = Map::new();
        for name in words::some(self.choices, words::FIELDS, usize::from(needed), 4) {
            let kind = match self.choices.below(4) {
                0 => self.choice().unwrap_or_else(|| "int".to_owned()),
                _ => self.choices.pick(VALUES).to_owned(),
            };
            let ops: Vec<&str> = {
                let count = 1 + self.choices.below(operators.len());
                operators[operators.len() - count..].to_vec()
            };
            let mut filter = Map::new();
            filter.insert("type".to_owned(), json!(kind));
            maybe(self.choices, 6, &mut filter, "required", |_| {
                json!([ops[0]])
            });
            filter.insert("ops".to_owned(), json!(ops));
            maybe(self.choices, 3, &mut filter, "does", |choices| {
                json!(words::text(choices))
            });
            maybe(
                self.choices,
                8,
                &mut filter,
                "deprecated",
                |choices| json!({ "why": words::text(choices) }),
            );
            filters.insert(name.to_owned(), Value::Object(filter));
        }
        if !filters.is_empty() {
            call.insert("filters".to_owned(), Value::Object(filters));
        }
    }

    /// What of the response a caller can select.
    fn chosen(&mut self, call: &mut Map<String, Value>) {
        if self.one_in(3)
            && let Some(include) = self.choice()
        {
            call.insert("include".to_owned(), json!(include));
        }
        maybe(self.choices, 3, call, "select", |choices| {
            match choices.below(2) {
                0 => json!(["include_fields"]),
                _ => json!(["include_fields", "exclude_fields"]),
            }
        });
    }

    fn delete(&mut self, call: &mut Map<String, Value>, all: &str) {
        if self.one_in(2) {
            call.insert("delete".to_owned(), json!(all));
            self.filters(call, true);
            maybe(self.choices, 2, call, "needs_filter", |_| json!(true));
            if self.one_in(2) {
                call.insert("returns".to_owned(), json!("counts"));
                call.insert("success".to_owned(), json!([202]));
                return;
            }
        } else {
            let path = self.one(all);
            call.insert("delete".to_owned(), json!(path));
        }
        call.insert("returns".to_owned(), json!("none"));
        call.insert("success".to_owned(), json!([204]));
    }

    /// Facts that any endpoint can have.
    fn about(&mut self, call: &mut Map<String, Value>, kind: usize) {
        let reads = matches!(kind, 0 | 1 | 6);
        let event = service::event(self.choices.below(self.plan.events));
        let choices = &mut *self.choices;
        call.insert("operation".to_owned(), json!("doThing"));
        call.insert("does".to_owned(), json!(words::text(choices)));
        let acts_on = choices.pick(&["thing", "line item", "type", "2nd thing"]);
        call.insert("acts_on".to_owned(), json!(acts_on));
        maybe(choices, 2, call, "note", |choices| {
            json!(words::text(choices))
        });
        maybe(choices, 2, call, "event", |_| json!(event));
        if !reads {
            maybe(choices, 2, call, "fires", |_| json!([event]));
            maybe(choices, 3, call, "repeat", |choices| {
                let safe = match choices.below(3) {
                    0 => json!(true),
                    1 => json!(false),
                    _ => json!("unknown"),
                };
                json!({ "safe": safe, "why": words::text(choices) })
            });
        }
        maybe(choices, 3, call, "errors", |_| json!([404, 422]));
        maybe(choices, 4, call, "rate", |_| json!("standard"));
        maybe(
            choices,
            4,
            call,
            "concurrency",
            |choices| json!({ "max": 3, "note": words::text(choices) }),
        );
        maybe(
            choices,
            6,
            call,
            "deprecated",
            |choices| json!({ "why": words::text(choices) }),
        );
        maybe(choices, 3, call, "conflicts", |choices| {
            json!([{
                "about": "scope",
                "guide": words::text(choices),
                "official": words::text(choices),
                "holds": choices.pick(&["guide", "official", "both"]),
                "why": words::text(choices),
            }])
        });
        let writes = call.contains_key("fires") || call.contains_key("repeat");
        let counts = call.get("returns").is_some_and(|it| it == "counts");
        if !reads && !writes && !counts {
            maybe(choices, 4, call, "reads", |choices| {
                json!(words::text(choices))
            });
        }
    }
}
