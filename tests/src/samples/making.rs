//! Writes one body, as the choices decide.

use codegen::{
    model::{Api, Field, Kind, Ty, TypeId},
    spec::View,
};

use super::words::{
    IDS, INTEGERS, LINK, META, MISFITS, MOMENTS, NEW_KEYS, NUMBERS, ODD_BOOLS, ODD_INTEGERS, TEXTS,
    UUIDS,
};
use crate::choices::Choices;

/// The depth beyond which optional objects are omitted.
const DEEPEST: usize = 4;

/// Whether a body is an object without any value.
fn is_nothing(body: &str) -> bool {
    let fields = serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(body);
    fields.is_ok_and(|fields| fields.values().all(serde_json::Value::is_null))
}

pub(super) struct Making<'m, 'c> {
    pub(super) api: &'m Api,
    pub(super) choices: &'m mut Choices<'c>,
    pub(super) out: String,
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

    pub(super) fn envelope(&mut self, data: impl FnOnce(&mut Self)) {
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
    pub(super) fn object(&mut self, id: TypeId, depth: usize) {
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
    pub(super) fn value(&mut self, ty: &Ty, depth: usize) {
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
