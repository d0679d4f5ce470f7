//! Example calls and values.

use std::collections::BTreeSet;

use serde_json::{Number, Value};

use super::{CRATE, paths};
use crate::model::{Api, Call, Kind, Made, Sample, TypeDef};

/// Which types are written with their bare names.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Bare<'a> {
    /// None: every path is complete.
    None,
    /// The one given.
    One(&'a TypeDef),
    /// Every type of the client.
    All,
}

/// Writes examples, and collects the paths that they have to import.
pub(in super::super) struct Speller<'a> {
    api: &'a Api,
    bare: Bare<'a>,
    /// The paths of the types that were written with their bare names.
    pub uses: BTreeSet<String>,
    /// The variable for each string in a path.
    id: Option<&'static str>,
}

impl<'a> Speller<'a> {
    /// Uses bare names for the types in `bare`.
    pub fn new(api: &'a Api, bare: Bare<'a>) -> Self {
        Self {
            api,
            bare,
            uses: BTreeSet::new(),
            id: None,
        }
    }

    /// Uses this variable for each string in a path.
    pub fn with_id(mut self, name: &'static str) -> Self {
        self.id = Some(name);
        self
    }

    /// A call behind the client: `products().list()`.
    pub fn call(&mut self, call: &Call<'_>) -> String {
        let steps = call.steps.iter();
        let steps: Vec<_> = steps
            .map(|(method, arguments)| format!("{method}({})", self.values(arguments)))
            .collect();
        steps.join(".")
    }

    /// An object.
    pub fn made(&mut self, made: &Made<'_>) -> String {
        let in_turn = match &made.ty.kind {
            Kind::Object { named_in_turn, .. } => *named_in_turn,
            _ => false,
        };
        let (given, set): (Vec<_>, Vec<_>) = made
            .fields
            .iter()
            .partition(|(field, _)| field.required && !in_turn);
        let path = self.path(made.ty);
        let given: Vec<_> = given.iter().map(|(_, value)| self.value(value)).collect();
        let mut text = format!("{path}::new({})", given.join(", "));
        for (field, value) in set {
            text += &format!(".{}({})", field.rust, self.value(value));
        }
        text
    }

    fn values(&mut self, values: &[Sample<'_>]) -> String {
        let values: Vec<_> = values.iter().map(|value| self.value(value)).collect();
        values.join(", ")
    }

    fn value(&mut self, value: &Sample<'_>) -> String {
        match value {
            Sample::Null => "None".to_owned(),
            Sample::Bool(value) => value.to_string(),
            Sample::Number(number) => self.number(number),
            Sample::Id(text) => match self.id {
                Some(id) => id.to_owned(),
                None => format!("{text:?}"),
            },
            Sample::Text(text) => format!("{text:?}"),
            Sample::Owned(text) => format!("{text:?}.to_owned()"),
            Sample::DateTime(text) => format!("{}::from_wire({text:?})", self.runtime("DateTime")),
            Sample::Date(text) => format!("{}::from_wire({text:?})", self.runtime("Date")),
            Sample::Json(value) => self.json(value),
            Sample::File(name) => {
                let part = self.runtime("upload::FilePart");
                format!("{part}::bytes({name:?}, \"content\")")
            }
            Sample::Map(entries) => self.map(entries),
            Sample::List(items) => format!("[{}]", self.values(items)),
            Sample::Vec(items) => format!("vec![{}]", self.values(items)),
            Sample::Some(value) => format!("Some({})", self.value(value)),
            Sample::Into(value) => format!("{}.into()", self.value(value)),
            Sample::Member(ty, member) => format!("{}::{}", self.path(ty), member.rust),
            Sample::Branch(ty, branch, value) => {
                let variant = branch.map_or("Other", |branch| branch.rust.as_str());
                format!("{}::{variant}({})", self.path(ty), self.value(value))
            }
            Sample::Object(made) => self.made(made),
            Sample::Descending => format!("{}::Desc", self.runtime("Direction")),
        }
    }

    fn map(&mut self, entries: &[(&str, Sample<'_>)]) -> String {
        let name = self.map_type();
        if entries.is_empty() {
            return format!("{name}::new()");
        }
        let entries = entries.iter();
        let entries: Vec<_> = entries
            .map(|(key, value)| format!("({key:?}.to_owned(), {})", self.value(value)))
            .collect();
        format!("{name}::from([{}])", entries.join(", "))
    }

    fn map_type(&mut self) -> &'static str {
        let whole = "std::collections::BTreeMap";
        match self.bare {
            Bare::None | Bare::One(_) => whole,
            Bare::All => {
                self.uses.insert(whole.to_owned());
                "BTreeMap"
            }
        }
    }

    /// A value of any JSON.
    fn json(&mut self, value: &Value) -> String {
        let raw = self.runtime("RawJson");
        match value {
            Value::Null => format!("{raw}::new(\"null\").expect(\"null is JSON\")"),
            Value::Bool(value) => format!("{raw}::from({value})"),
            Value::Number(number) => format!("{raw}::from({})", self.number(number)),
            Value::String(text) => format!("{raw}::from({text:?})"),
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.json(item)).collect();
                format!("{raw}::of::<[{raw}]>(&[{}])", items.join(", "))
            }
            Value::Object(entries) => {
                let map = self.map_type();
                let entries: Vec<_> = entries
                    .iter()
                    .map(|(key, value)| format!("({key:?}.to_owned(), {})", self.json(value)))
                    .collect();
                let entries = entries.join(", ");
                format!("{raw}::of(&{map}::<String, {raw}>::from([{entries}]))")
            }
        }
    }

    /// A number, with the macro if it has a fraction.
    fn number(&mut self, number: &Number) -> String {
        match number.as_f64().filter(|_| number.is_f64()) {
            // The macro accepts no exponent, and `Display` of a float writes none.
            Some(fraction) => format!("{}!({fraction})", self.runtime("number")),
            None => number.to_string(),
        }
    }

    fn path(&mut self, ty: &TypeDef) -> String {
        let path = paths::of_type(self.api, ty);
        let bare = match self.bare {
            Bare::None => false,
            Bare::One(one) => one.home == ty.home && one.name == ty.name,
            Bare::All => true,
        };
        if !bare {
            return path;
        }
        self.uses.insert(path);
        ty.name.clone()
    }

    /// A type of the runtime.
    fn runtime(&mut self, name: &str) -> String {
        let path = format!("{CRATE}::{name}");
        match self.bare {
            Bare::None | Bare::One(_) => path,
            Bare::All => {
                self.uses.insert(path);
                name.rsplit("::").next().unwrap_or(name).to_owned()
            }
        }
    }
}

/// A statement in handwritten form, over several lines if it is long.
pub(in super::super) fn formatted(statement: &str) -> Vec<String> {
    if statement.len() <= 90 {
        return vec![statement.to_owned()];
    }
    match syn::parse_str(&format!("async fn f() {{ {statement} }}")) {
        Ok(function) => {
            let file = syn::File {
                shebang: None,
                frontmatter: None,
                attrs: Vec::new(),
                items: vec![function],
            };
            let text = prettyplease::unparse(&file);
            let lines: Vec<_> = text
                .lines()
                .map(|line| line.get(4..).unwrap_or(""))
                .collect();
            let mut lines: Vec<_> = lines[1..lines.len() - 1]
                .iter()
                .map(|line| (*line).to_owned())
                .collect();
            outdent(&mut lines);
            lines
        }
        Err(_) => vec![statement.to_owned()],
    }
}

/// Indents chains as rustfmt does. If the first call of one has arguments on their own lines, prettyplease
/// indents these by two steps and the rest of the chain by one.
fn outdent(lines: &mut [String]) {
    for at in 1..lines.len() {
        let head = indent(&lines[at - 1]);
        if indent(&lines[at]) == head + 8 {
            let chain = lines[at..].iter_mut();
            for line in chain.take_while(|line| indent(line) > head) {
                line.drain(..4);
            }
        }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::formatted;

    #[test]
    fn a_chain_behind_a_long_call_is_indented_as_rustfmt_does() {
        let statement = "let order = store.orders().create(OrderCreate::new(OrderBillingAddressCreate::new(\"78701\")\
                         .first_name(\"Ada\").last_name(\"Example\")).products([OrderLineCreate::new()\
                         .product_id(118).quantity(2)]).status_id(11)).await?;";
        let lines = [
            "let order = store",
            "    .orders()",
            "    .create(",
            "        OrderCreate::new(",
            "            OrderBillingAddressCreate::new(\"78701\")",
            "                .first_name(\"Ada\")",
            "                .last_name(\"Example\"),",
            "        )",
            "        .products([OrderLineCreate::new().product_id(118).quantity(2)])",
            "        .status_id(11),",
            "    )",
            "    .await?;",
        ];
        assert_eq!(formatted(statement), lines);
    }
}
