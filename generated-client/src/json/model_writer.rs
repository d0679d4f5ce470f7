//! Writing a model, and which of its fields are mutually exclusive.

use super::{Each, Model, Object, Rest, Slot, Writer};

impl Writer {
    /// Writes a model as an object.
    pub(crate) fn model(&mut self, model: &dyn Model) {
        self.tagged_model(None, model);
    }

    /// Writes a model as an object, preceded by a field that is not its own.
    pub(super) fn tagged_model(
        &mut self,
        tag: Option<(&'static str, &'static str)>,
        model: &dyn Model,
    ) {
        let sets = if self.is_sent() {
            model.facts().at_most_one_of
        } else {
            &[]
        };
        for set in sets {
            let mut written = Written {
                of: set,
                found: Vec::new(),
            };
            model.each(&mut written);
            if let Some(reason) = excluded(written.found) {
                self.mistake(|| reason);
            }
        }
        let mut object = self.record();
        if let Some((key, value)) = tag {
            object.value(key, value);
        }
        model.each(&mut object);
        object.end();
    }
}

/// The fields of a set that are written.
struct Written<'a> {
    of: &'a [&'static str],
    found: Vec<&'static str>,
}

impl Each<'_> for Written<'_> {
    fn field(&mut self, key: &'static str, value: &dyn Slot) {
        if self.of.contains(&key) && value.is_written() {
            self.found.push(key);
        }
    }
}

/// The message about mutually exclusive names of which more than one is set.
pub(crate) fn excluded(names: impl IntoIterator<Item = &'static str>) -> Option<String> {
    let names = names.into_iter().map(|name| format!("`{name}`"));
    match names.collect::<Vec<_>>().as_slice() {
        [] | [_] => None,
        names => Some(format!(
            "{} are mutually exclusive; set one",
            names.join(" and ")
        )),
    }
}

impl<'m> Each<'m> for Object<'m> {
    fn field(&mut self, key: &'static str, value: &dyn Slot) {
        self.slot(key, value);
    }

    fn rest(&mut self, rest: &'m Rest) {
        self.keep(rest);
    }
}
