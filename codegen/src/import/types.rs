//! Writes a shape as a type of the spec, with the doubts about it.

mod one_of;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

pub(crate) use self::one_of::OneOfs;
use super::{
    classes::Classes,
    names,
    shape::{Arena, Kind, Shape},
};

/// The doubt about a value that the description does not define.
pub(crate) const NOTHING: &str = "nothing describes the value";

/// The doubt about values whose names say nothing.
pub(crate) const MEANINGS: &str = "what each value means";

/// A shape in the spec's words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Typed {
    /// The type, empty if `values` is set instead. Integers with listed values are `int`.
    pub text: String,
    /// The values of its own enumeration.
    pub values: Vec<String>,
    pub format: Option<&'static str>,
    pub unit: Option<&'static str>,
    pub wire: Option<&'static str>,
    pub doubts: Vec<String>,
}

impl Typed {
    /// Whether the values are integers.
    pub(crate) fn has_integers(&self) -> bool {
        !self.text.is_empty() && !self.values.is_empty()
    }

    /// Its own values.
    pub(crate) fn members(&self) -> Members {
        Members {
            values: self.values.clone(),
            integers: self.has_integers(),
        }
    }

    /// Makes its own values an enumeration with a name, which itself asks what integers mean.
    pub(crate) fn name(&mut self, wish: &str, enums: &mut Enums) {
        self.text = enums.claim(wish, self.members());
        self.values.clear();
        self.doubts.retain(|doubt| doubt != MEANINGS);
    }

    /// If only strings can have listed values, those of integers are a doubt.
    pub(crate) fn without_integers(mut self) -> Self {
        if self.has_integers() {
            let values = std::mem::take(&mut self.values).join(", ");
            self.doubts.retain(|doubt| doubt != MEANINGS);
            self.doubts
                .push(format!("one of {values}; what each means"));
        }
        self
    }
}

/// The members of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Members {
    pub values: Vec<String>,
    pub integers: bool,
}

/// Enumerations with their own names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Enums {
    pub named: IndexMap<String, Members>,
}

impl Enums {
    /// The members of an enumeration.
    pub(crate) fn members(&self, name: &str) -> Option<Members> {
        self.named.get(name).cloned()
    }

    /// The name for these strings: `wish`, unless it already has other values.
    pub(crate) fn name(&mut self, wish: &str, values: &[String]) -> String {
        let members = Members {
            values: values.to_vec(),
            integers: false,
        };
        self.claim(wish, members)
    }

    /// The name for these members: `wish`, unless it already has others.
    fn claim(&mut self, wish: &str, members: Members) -> String {
        let numbered = (2..1000).map(|n| format!("{wish}{n}"));
        for name in std::iter::once(wish.to_owned()).chain(numbered) {
            match self.named.get(&name) {
                None => {
                    self.named.insert(name.clone(), members);
                    return name;
                }
                Some(known) if *known == members => return name,
                Some(_) => {}
            }
        }
        wish.to_owned()
    }
}

/// What is needed to write a type.
pub(crate) struct Speller<'a> {
    pub arena: &'a Arena,
    pub classes: &'a Classes,
    pub enums: &'a mut Enums,
    /// One of several plain types, which only a field can have; elsewhere it is any JSON.
    pub one_ofs: &'a mut OneOfs,
    pub version: &'a str,
}

impl Speller<'_> {
    /// The values that only a field of a class has. Integers are spelled as in a spec.
    pub(crate) fn members_of(&self, class: &str, field: &str) -> Option<Vec<String>> {
        let class = self.classes.named(class)?;
        let mut members: IndexSet<String> = IndexSet::new();
        for (id, _) in &class.members {
            let property = self.arena.get(*id).property(field);
            for value in property.iter().flat_map(|p| &p.shape.values) {
                match value {
                    Value::String(text) => members.insert(text.clone()),
                    Value::Number(number) if number.is_i64() => members.insert(number.to_string()),
                    _ => false,
                };
            }
        }
        (!members.is_empty()).then(|| members.into_iter().collect())
    }

    /// The type of a field or parameter called `name` in `parent`.
    pub(crate) fn spell(&mut self, shape: &Shape, parent: &str, name: &str) -> Typed {
        let mut typed = match &shape.kind {
            Kind::Any if shape.values.is_empty() => open(shape),
            Kind::Text => self.text(shape, name),
            Kind::Int | Kind::Number => number(shape, name),
            Kind::Bool | Kind::Any => plain("bool"),
            Kind::Binary => doubted("string", "the bytes of a file"),
            Kind::Object(id) => match self.classes.of(*id) {
                Some(class) => plain(&class.name),
                None => doubted("json", NOTHING),
            },
            Kind::List(item) => self.wrap(item, parent, name, '[', ']'),
            Kind::Map(item) => self.wrap(item, parent, name, '{', '}'),
            Kind::Either(shapes) => self.either(shapes, parent, name),
        };
        typed.doubts.extend(shape.doubts.iter().cloned());
        typed
    }

    fn wrap(&mut self, item: &Shape, parent: &str, name: &str, open: char, close: char) -> Typed {
        let mut typed = self.spell(item, parent, name);
        if !typed.values.is_empty() {
            let wish = format!("{parent}{}", names::member(name));
            typed.name(&wish, self.enums);
        }
        let null = if item.nullable && typed.text != "json" {
            "?"
        } else {
            ""
        };
        typed.text = format!("{open}{}{null}{close}", typed.text);
        typed
    }

    fn text(&mut self, shape: &Shape, name: &str) -> Typed {
        let values: Vec<String> = shape
            .values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        if !values.is_empty() {
            let official = shape.official.as_deref();
            if let Some((official, stem)) = official.and_then(|it| Some((it, names::stem(it)?))) {
                // The name of an object is not that of the enumeration.
                let wish = match self.classes.named(&stem) {
                    Some(_) => names::camel(official),
                    None => stem,
                };
                return plain(&self.enums.name(&wish, &values));
            }
            return Typed {
                values,
                ..Typed::default()
            };
        }
        let format = shape.format.as_deref().unwrap_or_default().to_lowercase();
        match format.as_str() {
            "date-time" | "iso-8601" => plain("datetime"),
            "date" => plain("date"),
            "uuid" => plain("uuid"),
            "uri" | "url" => Typed {
                format: Some("url"),
                ..plain("string")
            },
            "iso-4217" | "iso:4217" => Typed {
                format: Some("currency"),
                ..plain("string")
            },
            "html" => Typed {
                unit: Some("HTML"),
                ..plain("string")
            },
            "decimal" | "number" | "double" => Typed {
                wire: Some("text"),
                ..plain("decimal")
            },
            _ if is_date(name) => Typed {
                wire: (self.version == "v2").then_some("rfc2822"),
                ..doubted("datetime", "a date? in which format?")
            },
            _ if self.version == "v2" && is_money(name) => Typed {
                wire: Some("text"),
                ..doubted("decimal", "a number?")
            },
            _ => plain("string"),
        }
    }

    fn either(&mut self, shapes: &[Shape], parent: &str, name: &str) -> Typed {
        let is_link = |shape: &&Shape| match shape.kind {
            Kind::Object(id) => self.arena.get(id).is_link(),
            _ => false,
        };
        let embedded: Vec<Shape> = shapes.iter().filter(|s| !is_link(s)).cloned().collect();
        if let ([embedded], true) = (embedded.as_slice(), shapes.len() == 2) {
            let mut typed = self.spell(embedded, parent, name);
            typed.text = format!("link {}", typed.text);
            return typed;
        }
        let scalar = |s: &Shape| matches!(s.kind, Kind::Int | Kind::Number | Kind::Text);
        if shapes.iter().all(scalar) {
            let whole = shapes.iter().all(|s| s.kind != Kind::Number);
            return if is_id(name) {
                plain("id")
            } else if whole {
                doubted("id", "an integer or a string?")
            } else {
                doubted("decimal", "a number or a string?")
            };
        }
        let mut all: IndexSet<String> = IndexSet::new();
        for shape in shapes {
            let typed = self.spell(shape, parent, name);
            all.insert(if typed.values.is_empty() {
                typed.text
            } else {
                typed.values.join("|")
            });
        }
        let all: Vec<String> = all.into_iter().collect();
        doubted("json", &format!("one of {}", all.join(", ")))
    }
}

fn open(shape: &Shape) -> Typed {
    if shape.doubts.is_empty() {
        doubted("json", NOTHING)
    } else {
        plain("json")
    }
}

fn number(shape: &Shape, name: &str) -> Typed {
    let whole = shape.kind == Kind::Int || is_id(name) || is_count(name);
    let mut typed = plain(if whole { "int" } else { "decimal" });
    let integers = whole && shape.values.iter().all(Value::is_i64);
    typed.values = shape.values.iter().map(Value::to_string).collect();
    match typed.values.as_slice() {
        [] => typed,
        _ if integers => {
            typed.doubts.push(MEANINGS.to_owned());
            typed
        }
        _ => typed.without_integers(),
    }
}

fn plain(text: &str) -> Typed {
    Typed {
        text: text.to_owned(),
        ..Typed::default()
    }
}

fn doubted(text: &str, why: &str) -> Typed {
    Typed {
        doubts: vec![why.to_owned()],
        ..plain(text)
    }
}

fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id") || name.ends_with("Id")
}

fn is_count(name: &str) -> bool {
    name == "count" || name.ends_with("_count") || name == "limit" || name == "page"
}

fn is_date(name: &str) -> bool {
    name.starts_with("date_") || name.ends_with("_date") || name.ends_with("_at")
}

fn is_money(name: &str) -> bool {
    let words = [
        "price", "cost", "total", "amount", "tax", "subtotal", "discount", "rate",
    ];
    let told = |word: &str| words.contains(&word);
    let other = ["id", "name", "class", "type", "code", "exempt", "label"];
    name.split('_').any(told) && !name.split('_').any(|word| other.contains(&word))
}

/// The type of a list that is a whole body: its items cannot be null.
pub(crate) fn whole_body(text: &str) -> String {
    text.replace("?]", "]")
}

/// A number of a schema, without a fraction if it has none.
pub(crate) fn number_text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => {
                Some(format!("{float:.0}"))
            }
            _ => Some(number.to_string()),
        },
        Value::String(text) if text.parse::<u64>().is_ok() => Some(text.clone()),
        _ => None,
    }
}
