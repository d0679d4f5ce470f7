//! Objects with known fields. A model lists its fields twice, once to fill them and once to go through
//! them; reading, writing and showing are made from those lists here, once for all models and not
//! anew in each of them, which is most of what keeps the crate quick to build.

use std::fmt;

use super::missing::Missing;
use super::{DecodeError, Field, Object, Reader, Rest, Writer};

/// An object whose fields are known by name.
pub(crate) trait Model: Sized {
    /// The name of the type.
    const NAME: &'static str;

    /// The fields that always come. One that does not, or holds what its type cannot, is left empty and
    /// told, as long as anything of the record came.
    const REQUIRED: &'static [&'static str] = &[];

    /// The fields whose values are not shown.
    const SECRETS: &'static [&'static str] = &[];

    /// Sets of fields that exclude each other when it is written.
    const AT_MOST_ONE_OF: &'static [&'static [&'static str]] = &[];

    /// The value before anything was read into it.
    fn blank() -> Self;

    /// The place of a field.
    fn slot(&mut self, key: &str) -> Option<&mut dyn Slot>;

    /// Goes through the fields in their order.
    fn each(&self, fields: &mut dyn Each);

    /// What it keeps beyond its fields; `None` when it keeps nothing.
    fn rest(&self) -> Option<&Rest> {
        None
    }

    /// The place of what it keeps.
    fn rest_mut(&mut self) -> Option<&mut Rest> {
        None
    }
}

/// What the fields of a model are shown to.
pub(crate) trait Each {
    /// Takes one field.
    fn field(&mut self, key: &'static str, value: &dyn Slot);
}

/// A [`Field`] whose type is forgotten.
pub(crate) trait Slot {
    /// Reads the value of a key that is there.
    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Empties the field, as it was before anything was read into it.
    fn clear(&mut self);

    /// Whether the field is written at all.
    fn is_written(&self) -> bool;

    /// Writes the field into an object, unless it is absent.
    fn write(&self, key: &str, object: &mut Object<'_>);

    /// The value as it is shown.
    fn shown(&self) -> &dyn fmt::Debug;
}

impl<F: Field + Blank + fmt::Debug> Slot for F {
    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = F::read(r)?;
        Ok(())
    }

    fn clear(&mut self) {
        *self = F::blank();
    }

    fn is_written(&self) -> bool {
        Field::is_written(self)
    }

    fn write(&self, key: &str, object: &mut Object<'_>) {
        object.slot(key, self);
    }

    fn shown(&self) -> &dyn fmt::Debug {
        self
    }
}

/// A value to start from, which is there until the real one is read.
pub(crate) trait Blank {
    /// Makes it.
    fn blank() -> Self;

    /// Makes that of a field which is written in any case.
    fn needed() -> Self
    where
        Self: Sized,
    {
        Self::blank()
    }
}

/// The value of a field before it is set.
pub(crate) fn blank<T: Blank>(_key: &str) -> T {
    T::blank()
}

/// The value of a required field before it is set.
pub(crate) fn needed<T: Blank>(_key: &str) -> T {
    T::needed()
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for crate::value::List<T> {
    fn blank() -> Self {
        Self::default()
    }
}

impl<T> Blank for crate::value::Patch<T> {
    fn blank() -> Self {
        Self::Absent
    }

    fn needed() -> Self {
        Self::Null
    }
}

macro_rules! blank {
    ($($type:ty: $value:expr,)*) => {
        $(impl Blank for $type {
            fn blank() -> Self {
                $value
            }
        })*
    };
}

blank! {
    i64: 0,
    bool: false,
    String: String::new(),
    crate::value::Id: Self::Int(0),
    crate::value::Number: Self::from(rust_decimal::Decimal::ZERO),
    crate::value::DateTime: Self::from(""),
    crate::value::Date: Self::from(""),
    crate::value::RawJson: Self::trusted("null"),
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for std::collections::BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for crate::value::Linked<T> {
    fn blank() -> Self {
        Self::Other(Blank::blank())
    }
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

/// Implements for a [`Model`] what every one of them can do: be read, written and shown.
macro_rules! model {
    ($name:ident) => {
        impl $crate::json::Decode for $name {
            const KIND: &'static str = "object";

            fn decode(
                r: &mut $crate::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::json::DecodeError> {
                r.model()
            }
        }

        impl $crate::json::Encode for $name {
            fn encode(&self, w: &mut $crate::json::Writer) {
                w.model(self);
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::json::show(self, f)
            }
        }

        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                <Self as $crate::json::Model>::blank()
            }
        }

        #[cfg(feature = "serde")]
        $crate::json::serde::bridge!($name);
    };
}

pub(crate) use model;

impl Reader<'_> {
    /// Reads the value of the current key into a field that may stay empty.
    pub(crate) fn fill(&mut self, slot: &mut dyn Slot) -> Result<(), DecodeError> {
        let (start, depth) = (self.begin_field(), self.depth());
        if let Err(error) = slot.read(self) {
            self.misfit(slot, error, start, depth)?;
        }
        self.end_field(start, true)
    }

    /// Reads a model from an object.
    pub(crate) fn model<M: Model>(&mut self) -> Result<M, DecodeError> {
        match self.begin() {
            Ok(()) => self.rest_of_model(None),
            Err(error) => self.model_in_list(error),
        }
    }

    /// Reads a model that is alone in a list, and tells of the list.
    ///
    /// # Errors
    ///
    /// Fails with `error` where anything else stands here.
    #[cold]
    #[inline(never)]
    fn model_in_list<M: Model>(&mut self, error: DecodeError) -> Result<M, DecodeError> {
        let keeps = M::blank().rest().is_some();
        if !keeps || error.is_of_the_text() || self.peek()? != b'[' {
            return Err(error);
        }
        let mark = self.mark();
        match self.only_item() {
            Ok(Some(model)) => self.tell_or_fail(error).map(|()| model),
            Ok(None) | Err(_) => {
                self.back(&mark);
                Err(error)
            }
        }
    }

    /// The model that is the only item of an array.
    fn only_item<M: Model>(&mut self) -> Result<Option<M>, DecodeError> {
        self.begin_list()?;
        if !self.any_item()? || self.peek()? != b'{' {
            return Ok(None);
        }
        self.begin()?;
        let model = self.rest_of_model(None)?;
        let only = !self.any_item()?;
        if only {
            self.had_odd_items();
        }
        Ok(only.then_some(model))
    }

    /// Reads a model from an open object, of which `by` is not a field.
    pub(super) fn rest_of_model<M: Model>(
        &mut self,
        by: Option<&'static str>,
    ) -> Result<M, DecodeError> {
        let mut model = M::blank();
        let keeps = model.rest().is_some();
        // A branch of a one-of that one field tells must have all that it requires.
        let may_lack = keeps && by.is_none() && !self.is_whole();
        let mut missing = Missing::all(M::REQUIRED);
        let depth = self.depth();
        while let Some(key) = self.key()? {
            match model.slot(&key) {
                Some(slot) => {
                    let start = self.begin_field();
                    if let Err(error) = slot.read(self) {
                        if !keeps || !may_lack && M::REQUIRED.contains(&&*key) {
                            return Err(error);
                        }
                        self.misfit(slot, error, start, depth)?;
                    }
                    self.end_field(start, keeps)?;
                    missing.found(&key);
                }
                None if by.is_some_and(|by| by == key) => {
                    self.raw()?;
                }
                None if keeps => self.keep(&key)?,
                None => return Err(self.unknown(&key)),
            }
        }
        if !missing.is_none() {
            self.left_out(&model, missing, may_lack)?;
        }
        let kept = self.end();
        if let Some(rest) = model.rest_mut() {
            *rest = kept;
        }
        Ok(model)
    }
}

impl Writer {
    /// Writes a model as an object.
    pub(crate) fn model<M: Model>(&mut self, model: &M) {
        self.tagged_model(None, model);
    }

    /// Writes a model as an object, with a field in front that is not its own.
    pub(super) fn tagged_model<M: Model>(
        &mut self,
        tag: Option<(&'static str, &'static str)>,
        model: &M,
    ) {
        let sets = if self.is_sent() {
            M::AT_MOST_ONE_OF
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
        let mut object = match model.rest() {
            Some(rest) => self.object(rest),
            None => self.record(),
        };
        if let Some((key, value)) = tag {
            object.value(key, value);
        }
        model.each(&mut object);
        object.end();
    }
}

/// Which fields of a set are written.
struct Written<'a> {
    of: &'a [&'static str],
    found: Vec<&'static str>,
}

impl Each for Written<'_> {
    fn field(&mut self, key: &'static str, value: &dyn Slot) {
        if self.of.contains(&key) && value.is_written() {
            self.found.push(key);
        }
    }
}

/// What is said of names that exclude each other, where more than one of them is set.
pub(crate) fn excluded(names: impl IntoIterator<Item = &'static str>) -> Option<String> {
    let names = names.into_iter().map(|name| format!("`{name}`"));
    match names.collect::<Vec<_>>().as_slice() {
        [] | [_] => None,
        names => Some(format!(
            "{} exclude each other; set one",
            names.join(" and ")
        )),
    }
}

impl Each for Object<'_> {
    fn field(&mut self, key: &'static str, value: &dyn Slot) {
        value.write(key, self);
    }
}

/// Shows a model the way a derived `Debug` would, with the API's names.
pub(crate) fn show<M: Model>(model: &M, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    struct Shown<'s, 'a, 'f> {
        fields: &'s mut fmt::DebugStruct<'a, 'f>,
        secrets: &'static [&'static str],
    }

    impl Each for Shown<'_, '_, '_> {
        fn field(&mut self, key: &'static str, value: &dyn Slot) {
            if !self.secrets.contains(&key) {
                self.fields.field(key, value.shown());
                return;
            }
            let shown = if value.is_written() {
                "[hidden]"
            } else {
                "None"
            };
            self.fields.field(key, &format_args!("{shown}"));
        }
    }

    let mut shown = f.debug_struct(M::NAME);
    model.each(&mut Shown {
        fields: &mut shown,
        secrets: M::SECRETS,
    });
    if let Some(rest) = model.rest() {
        shown.field("rest", rest);
    }
    shown.finish()
}
