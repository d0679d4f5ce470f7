//! Random bodies generated from the model: for every type, strings that it has to read. Bodies that are
//! read have the API's known oddities; bodies that are written are correct.

use codegen::{
    model::{Api, Field, Kind, Ty, TypeDef, TypeId},
    spec::View,
};

use crate::{choices::Choices, fullest::fullest};

/// The depth beyond which optional objects are omitted.
const DEEPEST: usize = 4;

/// Generates bodies.
#[derive(Clone, Copy, Debug)]
pub struct Samples<'a> {
    api: &'a Api,
}

/// What a path of the registry refers to.
#[derive(Clone, Debug)]
pub struct Target {
    ty: Ty,
    /// Whether it is in an envelope.
    wrapped: bool,
}

impl Target {
    /// The type, if the target is just a value of it.
    pub const fn alone(&self) -> Option<TypeId> {
        match self {
            Self {
                ty: Ty::Named(id),
                wrapped: false,
            } => Some(*id),
            _ => None,
        }
    }

    /// The type of the value, or of the items of an array.
    fn leaf(&self) -> Option<TypeId> {
        match &self.ty {
            Ty::Named(id) => Some(*id),
            Ty::List(item) => match **item {
                Ty::Named(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'a> Samples<'a> {
    /// Bodies for the types of a model.
    pub const fn new(api: &'a Api) -> Self {
        Self { api }
    }

    /// What the type at `path` is, as the registry calls it.
    pub fn target(&self, path: &str) -> Option<Target> {
        let inner = inside(path, "bigcommerce_client::Envelope<");
        Some(Target {
            ty: self.ty(inner.unwrap_or(path))?,
            wrapped: inner.is_some(),
        })
    }

    fn ty(&self, path: &str) -> Option<Ty> {
        if let Some(item) = inside(path, "Vec<") {
            return Some(Ty::List(Box::new(self.ty(item)?)));
        }
        match path {
            "String" => return Some(Ty::Text),
            "i64" => return Some(Ty::Int),
            _ => {}
        }
        if let Some(item) = inside(path, "bigcommerce_client::OneOrMany<") {
            return Some(Ty::OneOrMany(Box::new(self.ty(item)?)));
        }
        match path.strip_prefix("bigcommerce_client::")? {
            "RawJson" => Some(Ty::Json),
            name => {
                let is = |def: &TypeDef| format!("{}::{}", self.api.module(def.home), def.name);
                let at = self.api.types.iter().position(|def| is(def) == name)?;
                Some(Ty::Named(TypeId(at)))
            }
        }
    }

    /// Whether the type of a target is only sent, never received.
    pub fn is_written(&self, target: &Target) -> bool {
        let view = target.leaf().and_then(|id| self.api.ty(id).view);
        view.is_some_and(|view| view != View::Read)
    }

    /// The fullest correct body of the type; if it is one of several, `branch` selects one.
    pub fn fullest(&self, target: &Target, branch: usize) -> serde_json::Value {
        let data = fullest(self.api, &target.ty, branch);
        if target.wrapped {
            serde_json::json!({"data": data, "meta": {}})
        } else {
            data
        }
    }

    /// A body for the type.
    pub fn body(&self, target: &Target, choices: &mut Choices<'_>) -> String {
        let mut making = Making {
            api: self.api,
            choices,
            out: String::new(),
        };
        let whole = |making: &mut Making<'_, '_>| match target.ty {
            Ty::Named(id) => making.object(id, 0),
            ref other => making.value(other, 0),
        };
        if target.wrapped {
            making.envelope(whole);
        } else {
            whole(&mut making);
        }
        making.out
    }
}

/// Whether a body is an object without any value.
fn is_nothing(body: &str) -> bool {
    let fields = serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(body);
    fields.is_ok_and(|fields| fields.values().all(serde_json::Value::is_null))
}

/// The text between the beginning and the closing angle bracket.
fn inside<'p>(path: &'p str, around: &str) -> Option<&'p str> {
    path.strip_prefix(around)?.strip_suffix('>')
}

const META: &[&str] = &[
    "{}",
    "[]",
    r#"{"pagination":{"total":1,"count":1,"per_page":50,"current_page":1,"total_pages":1,"links":{"current":"?page=1&limit=50"}}}"#,
    r#"{"pagination":{"total":"1","links":[]},"cursor_pagination":{"count":1,"end_cursor":"abc","links":{"next":"?after=abc"}}}"#,
    r#"{"total":3,"success":2,"failed":1,"took":0.10}"#,
];
const INTEGERS: &[&str] = &[
    "1",
    "0",
    "118",
    "-1",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
];
const ODD_INTEGERS: &[&str] = &[r#""7""#, "7.0", r#""-7""#, "700e-2", r#""7.00""#];
/// Values that few fields can represent.
const MISFITS: &[&str] = &["3.2", "true", r#"[{"x":[]}]"#, r#"{"x":[1]}"#, "1e400"];
const TEXTS: &[&str] = &[
    r#""name""#,
    r#""""#,
    r#""0""#,
    r#""null""#,
    r#""a \"quoted\" \\ and \/ text\n\t""#,
    r#""Überweisung ☕ 𝄞""#,
    r#""\u00e9\ud834\udd1e\u0000""#,
];
const NUMBERS: &[&str] = &[
    "7",
    "0",
    "7.00",
    "-0.50",
    "62.6793",
    r#""62.6793""#,
    r#""0.0000""#,
    "1e3",
    "12345678901234567890.123456789012345678901",
    "-0.0",
    r#""007.50""#,
];
const MOMENTS: &[&str] = &[
    r#""2018-08-15T14:48:46+00:00""#,
    r#""Tue, 05 Mar 2019 21:40:11 +0000""#,
    r#""2022-02-26T17:33:11Z""#,
    "1561479335",
    r#""1561479335""#,
    r#""2019-03-20""#,
    r#""0000-00-00 00:00:00""#,
    "0",
];
const UUIDS: &[&str] = &[r#""5a2f9a1e-1b3c-4b0e-9d5f-1a2b3c4d5e6f""#];
const IDS: &[&str] = &["118", r#""118""#, r#""b5a6f0d5""#, r#""""#, "0"];
const ODD_BOOLS: &[&str] = &["1", "0", r#""1""#, r#""0""#, r#""true""#, r#""false""#];
const NEW_KEYS: &[&str] = &[
    r#""new_field""#,
    r#""currency_code\"""#,
    r#""""#,
    r#""é""#,
    r#""_""#,
];
const LINK: &str = r#"{"url":"https://api.bigcommerce.com/stores/abc123/v2/orders/118/products","resource":"/orders/118/products"}"#;

struct Making<'m, 'c> {
    api: &'m Api,
    choices: &'m mut Choices<'c>,
    out: String,
}

impl Making<'_, '_> {
    fn word(&mut self, word: &str) {
        self.out.push_str(word);
    }

    fn one_of(&mut self, words: &[&str]) {
        let word = self.choices.pick(words);
        self.word(word);
    }

    /// Up to three items.
    fn list(&mut self, mut item: impl FnMut(&mut Self)) {
        self.word("[");
        for at in 0..self.choices.below(4) {
            if at > 0 {
                self.word(",");
            }
            item(self);
        }
        self.word("]");
    }

    fn envelope(&mut self, data: impl FnOnce(&mut Self)) {
        let (start, is_bare) = (self.out.len(), self.choices.once_in(8));
        data(self);
        // A bare record without a value cannot be told from an envelope without data.
        if is_bare && !is_nothing(&self.out[start..]) {
            return;
        }
        self.out.insert_str(start, r#"{"data":"#);
        if self.choices.once_in(8) {
            self.word(r#","errors":{"status":422,"errors":{"0.name":"is taken"}}"#);
        }
        if self.choices.once_in(8) {
            self.word(r#","links":null"#);
        }
        self.word(r#","meta":"#);
        self.one_of(META);
        self.word("}");
    }

    fn anything(&mut self, depth: usize) {
        match self.choices.below(if depth > DEEPEST { 4 } else { 6 }) {
            0 => self.one_of(TEXTS),
            1 => self.one_of(NUMBERS),
            2 => self.one_of(&["true", "false"]),
            3 => self.one_of(&["{}", "[]"]),
            4 => self.list(|making| making.anything(depth + 1)),
            _ => {
                self.word(r#"{"a":"#);
                self.anything(depth + 1);
                self.word(r#","b":null}"#);
            }
        }
    }

    /// An object, or a branch of a one-of.
    fn object(&mut self, id: TypeId, depth: usize) {
        self.tagged(id, None, depth);
    }

    fn branch(&mut self, id: TypeId, depth: usize) {
        let Kind::OneOf { by, branches, .. } = &self.api.ty(id).kind else {
            return;
        };
        let at = self.choices.below(branches.len() + 1);
        let Some(branch) = branches.get(at).filter(|_| depth < DEEPEST) else {
            return self.one_of(&[r#"{"not":"known yet"}"#, "[{}]", "7", r#""?""#]);
        };
        match (by, &branch.ty) {
            (Some(by), Ty::Named(of)) => self.tagged(*of, Some((by, &branch.name)), depth + 1),
            (_, ty) => self.value(ty, depth + 1),
        }
    }

    fn tagged(&mut self, id: TypeId, tag: Option<(&str, &str)>, depth: usize) {
        let def = self.api.ty(id);
        let Kind::Object { fields, .. } = &def.kind else {
            return self.branch(id, depth);
        };
        let read = def.view.is_none_or(|view| view == View::Read);
        let start = self.choices.below(fields.len().max(1));
        let (after, before) = fields.split_at(start);
        self.word("{");
        let mut first = true;
        let mut comma = |out: &mut String| {
            if !std::mem::take(&mut first) {
                out.push(',');
            }
        };
        if let Some((by, value)) = tag {
            comma(&mut self.out);
            let tag = serde_json::json!({ by: value }).to_string();
            self.word(tag.trim_matches(['{', '}']));
        }
        for field in before.iter().chain(after) {
            let Some(form) = self.form(field, read, depth) else {
                continue;
            };
            comma(&mut self.out);
            self.out
                .push_str(&serde_json::Value::from(field.wire.as_str()).to_string());
            self.word(":");
            match form {
                Form::Null => self.word("null"),
                Form::None => self.no_value(&field.ty),
                Form::Odd => self.odd(&field.ty, depth),
                Form::Misfit => self.one_of(MISFITS),
                Form::Value => self.value(&field.ty, depth),
            }
        }
        if read && self.choices.once_in(4) {
            comma(&mut self.out);
            self.one_of(NEW_KEYS);
            self.word(":");
            if self.choices.once_in(8) {
                self.word("null");
            } else {
                self.anything(depth);
            }
        }
        self.word("}");
    }

    /// How a field appears in a body; `None` if it does not.
    fn form(&mut self, field: &Field, read: bool, depth: usize) -> Option<Form> {
        let optional = if read {
            !field.is_certain()
        } else {
            !field.required
        };
        let forms: &[Option<Form>] = match (optional, read) {
            (true, _) if depth >= DEEPEST => &[None],
            (true, true) => &[
                None,
                Some(Form::Value),
                Some(Form::Null),
                Some(Form::None),
                Some(Form::Odd),
                Some(Form::Misfit),
            ],
            (false, true) => &[Some(Form::Value), Some(Form::Value), Some(Form::Odd)],
            (true, false) if field.nullable => &[None, Some(Form::Value), Some(Form::Null)],
            (true, false) => &[None, Some(Form::Value)],
            (false, false) if field.nullable => &[Some(Form::Value), Some(Form::Null)],
            (false, false) => &[Some(Form::Value)],
        };
        forms[self.choices.below(forms.len())]
    }

    /// A correct value.
    fn value(&mut self, ty: &Ty, depth: usize) {
        match ty {
            Ty::Int => self.one_of(INTEGERS),
            Ty::Text => self.one_of(TEXTS),
            Ty::Bool => self.one_of(&["true", "false"]),
            Ty::Number => self.one_of(NUMBERS),
            Ty::DateTime | Ty::Date => self.one_of(MOMENTS),
            Ty::Uuid => self.one_of(UUIDS),
            Ty::Id => self.one_of(IDS),
            Ty::Json => self.anything(depth),
            Ty::Named(id) => match &self.api.ty(*id).kind {
                Kind::Object { .. } | Kind::OneOf { .. } => self.object(*id, depth + 1),
                Kind::Integers(members) => {
                    let at = self.choices.below(members.len() + 1);
                    self.word(members.get(at).map_or("118", |member| &member.wire));
                }
                Kind::Choice(members) => {
                    let at = self.choices.below(members.len() + 1);
                    let wire = members
                        .get(at)
                        .map_or("not known yet", |member| &member.wire);
                    let text = serde_json::Value::from(wire).to_string();
                    self.word(&text);
                }
            },
            Ty::List(item) => self.list(|making| making.value(item, depth + 1)),
            Ty::Map(value) => {
                self.word("{");
                let keys = [r#""a""#, r#""X-Key""#, r#""é\"""#];
                for (at, key) in keys.iter().take(self.choices.below(4)).enumerate() {
                    if at > 0 {
                        self.word(",");
                    }
                    self.word(key);
                    self.word(":");
                    self.value(value, depth + 1);
                }
                self.word("}");
            }
            Ty::Nullable(inner) => {
                if self.choices.once_in(2) {
                    self.word("null");
                } else {
                    self.value(inner, depth);
                }
            }
            Ty::OneOrMany(item) if self.choices.once_in(2) => {
                self.list(|making| making.value(item, depth + 1));
            }
            Ty::OneOrMany(item) => self.value(item, depth),
            Ty::Link(inner) => match self.choices.below(3) {
                0 => self.word(LINK),
                1 => self.value(inner, depth + 1),
                // Neither; an object in place of an object would have to be one.
                _ if matches!(**inner, Ty::Named(_)) => self.one_of(&["[]", r#""x""#, "false"]),
                _ => self.one_of(&[r#"{"url":7}"#, "{}", r#""x""#, "false", "1.0"]),
            },
        }
    }

    /// A value in an unusual spelling with the same meaning.
    fn odd(&mut self, ty: &Ty, depth: usize) {
        match ty {
            Ty::Int => self.one_of(ODD_INTEGERS),
            Ty::Text => self.one_of(&["7", "7.50", "-0"]),
            Ty::Bool => self.one_of(ODD_BOOLS),
            Ty::Named(id) if matches!(self.api.ty(*id).kind, Kind::Choice(_)) => {
                self.one_of(&["7", r#""""#, r#""Not Known""#]);
            }
            Ty::Named(id) if matches!(self.api.ty(*id).kind, Kind::Integers(_)) => {
                self.one_of(ODD_INTEGERS);
            }
            Ty::List(item) => self.list(|making| {
                if making.choices.once_in(3) {
                    making.word("null");
                } else {
                    making.odd(item, depth + 1);
                }
            }),
            other => self.value(other, depth),
        }
    }

    /// Something that represents no value.
    fn no_value(&mut self, ty: &Ty) {
        match ty {
            Ty::Text | Ty::Uuid | Ty::Id => self.one_of(&["{}", "[]"]),
            Ty::Named(id) if matches!(self.api.ty(*id).kind, Kind::Choice(_)) => {
                self.one_of(&["{}", "[]"]);
            }
            Ty::Json | Ty::Link(_) => self.word("null"),
            Ty::Named(id) if matches!(self.api.ty(*id).kind, Kind::OneOf { .. }) => {
                self.word("null");
            }
            _ => self.one_of(&[r#""""#, "{}", "[]"]),
        }
    }
}

#[derive(Clone, Copy)]
enum Form {
    Null,
    None,
    Odd,
    Misfit,
    Value,
}
