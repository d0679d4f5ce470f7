//! Expressions: that each can be read, and names only what is at hand where it stands.

use std::collections::BTreeSet;

use minijinja::Environment;
use serde_json::Value;

use super::{all_calls, all_collections};
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, suggest},
    index::Index,
    spec::{Follows, Map},
};

pub static BAD_EXPRESSION: Code = Code::error(
    "E708",
    "bad-expression",
    "Where a form is an expression, it can be read as one.",
);
pub static UNKNOWN_NAME: Code = Code::error(
    "E709",
    "unknown-name",
    "An expression names only what is at hand where it stands.",
);

/// What is at hand where a record is looked at or written. Some of it is empty at some places.
const NAMES: [&str; 14] = [
    "body", "record", "records", "before", "path", "query", "token", "store", "now", "n",
    "products", "other", "item", "include",
];
const FUNCTIONS: [&str; 17] = [
    "range",
    "dict",
    "one",
    "first",
    "all",
    "count",
    "uuid",
    "slug",
    "money",
    "pick",
    "with",
    "without",
    "without_empty",
    "flat",
    "merge",
    "above",
    "days_ago",
];

pub(in super::super) fn expressions(cx: &Index<'_>, out: &mut Diagnostics) {
    let mut reader = Reader {
        environment: Environment::new(),
        names: [&NAMES[..], &FUNCTIONS[..]].concat(),
        out,
    };
    for collection in all_collections(cx) {
        let (spec, at) = (collection.spec, collection.at);
        for (key, forms) in [
            ("starts", &spec.starts),
            ("derives", &spec.derives),
            ("shows", &spec.shows),
            ("finds", &spec.finds),
        ] {
            reader.forms(forms, at.key(key));
        }
        reader.text(spec.hides.as_deref(), at.key("hides"));
        reader.text(spec.foreign.as_deref(), at.key("foreign"));
        if let Some(channel) = &spec.channel {
            let at = at.key("channel");
            reader.text(Some(&channel.id), at.key("id"));
            reader.form(&channel.data, at.key("data"));
        }
        reader.follows(&spec.on_delete, at.key("on_delete"));
        if let Some(seeds) = &spec.seeds {
            let at = at.key("seeds");
            reader.text(Some(&seeds.count), at.key("count"));
            reader.forms(&seeds.path, at.key("path"));
            reader.form(&seeds.body, at.key("body"));
        }
    }
    for call in all_calls(cx) {
        let (spec, at) = (call.spec, call.at);
        let before = reader.names.len();
        reader.names.extend(spec.reads.keys());
        for (name, form) in spec.lets.iter() {
            reader.form(form, at.key("lets").key(name));
            reader.names.push(name);
        }
        for (index, refuses) in spec.refuses.iter().enumerate() {
            reader.text(
                Some(&refuses.when),
                at.key("refuses").index(index).key("when"),
            );
        }
        reader.forms(&spec.sets, at.key("sets"));
        for (index, makes) in spec.makes.iter().enumerate() {
            let at = at.key("makes").index(index);
            reader.text(makes.each.as_deref(), at.key("each"));
            reader.text(makes.when.as_deref(), at.key("when"));
            reader.form(&makes.gives, at.key("gives"));
        }
        reader.follows(&spec.then, at.key("then"));
        reader.forms(&spec.archives, at.key("archives"));
        if let Some(answers) = &spec.answers {
            reader.form(answers, at.key("answers"));
        }
        for (scope, fires) in spec.fires.iter() {
            let at = at.key("fires").key(scope);
            reader.text(fires.when.as_deref(), at.key("when"));
            reader.text(fires.each.as_deref(), at.key("each"));
            if let Some(data) = &fires.data {
                reader.form(data, at.key("data"));
            }
            if let Some(data) = &fires.in_channel {
                reader.form(data, at.key("in_channel"));
            }
        }
        reader.names.truncate(before);
    }
}

/// Reads expressions, knowing what is at hand.
struct Reader<'a, 'o> {
    environment: Environment<'static>,
    names: Vec<&'a str>,
    out: &'o mut Diagnostics,
}

impl<'a> Reader<'a, '_> {
    fn forms(&mut self, forms: &'a Map<Value>, at: At<'a>) {
        for (name, form) in forms.iter() {
            self.form(form, at.key(name));
        }
    }

    fn form(&mut self, form: &'a Value, at: At<'a>) {
        match form {
            Value::String(text) => self.text(Some(text), at),
            Value::Array(forms) => {
                for (index, form) in forms.iter().enumerate() {
                    self.form(form, at.index(index));
                }
            }
            Value::Object(fields) if fields.contains_key("each") && fields.contains_key("give") => {
                self.each(fields, at);
            }
            Value::Object(fields) => {
                for (name, form) in fields {
                    self.form(form, at.key(name));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A list made out of a list, whose items have a name of their own.
    fn each(&mut self, fields: &'a serde_json::Map<String, Value>, at: At<'a>) {
        let before = self.names.len();
        if let Some(each) = fields.get("each") {
            self.form(each, at.key("each"));
        }
        self.names.extend(fields.get("as").and_then(Value::as_str));
        for key in ["when", "give"] {
            if let Some(form) = fields.get(key) {
                self.form(form, at.key(key));
            }
        }
        self.names.truncate(before);
    }

    fn follows(&mut self, follows: &'a [Follows], at: At<'a>) {
        for (index, then) in follows.iter().enumerate() {
            let at = at.index(index);
            self.text(then.condition.as_deref(), at.key("where"));
            self.text(then.key.as_deref(), at.key("key"));
            self.forms(&then.sets, at.key("sets"));
        }
    }

    fn text(&mut self, text: Option<&'a str>, at: At<'a>) {
        let Some(text) = text else {
            return;
        };
        let unknown = match self.environment.compile_expression(text) {
            Ok(expression) => {
                let named: BTreeSet<String> =
                    expression.undeclared_variables(false).into_iter().collect();
                named
                    .into_iter()
                    .filter(|name| !self.names.contains(&name.as_str()))
                    .collect::<Vec<_>>()
            }
            Err(error) => {
                let says = error.detail().unwrap_or("it breaks off");
                self.out.push(
                    Diagnostic::new(
                        &BAD_EXPRESSION,
                        at.value(),
                        format!("this is no expression: {says}"),
                    )
                    .help("a text that stands for itself is in quotes of its own: `\"'USD'\"`"),
                );
                return;
            }
        };
        for name in unknown {
            let diagnostic = Diagnostic::new(
                &UNKNOWN_NAME,
                at.value(),
                format!("nothing here is called `{name}`"),
            );
            self.out
                .push(match suggest(&name, self.names.iter().copied()) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic
                        .help("a text that stands for itself is in quotes of its own: `\"'USD'\"`"),
                });
        }
    }
}
