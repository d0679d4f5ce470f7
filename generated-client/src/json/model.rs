//! Objects with known fields. A model lists its fields twice, once to fill them and once to visit them;
//! decoding, encoding, copying, comparing and `Debug` use these lists and are compiled once for all models
//! instead of once for each, which is the main reason why the crate builds quickly.

use std::any::Any;
use std::fmt;

use super::field::read_again;
use super::{Blank, Decode, DecodeError, Encode, Field, IsRecord, Reader, Rest, Writer};

/// An object whose fields are known by name. The code that all of them share is written for
/// `dyn Model`.
pub(crate) trait Model {
    /// The value before anything was read into it.
    fn blank() -> Self
    where
        Self: Sized;

    /// The facts of the type.
    fn facts(&self) -> &'static Facts;

    /// The field with this name.
    fn slot(&mut self, key: &str) -> Option<&mut dyn Slot>;

    /// Visits what it keeps beyond its fields, if it does, and then the fields in order.
    fn each<'a>(&'a self, fields: &mut dyn Each<'a>);

    /// Spells numbers and dates as the fields require, however they were given.
    fn respell(&mut self) {}

    /// What it keeps beyond its fields, to be changed; `None` if it keeps nothing.
    fn rest_mut(&mut self) -> Option<&mut Rest> {
        None
    }
}

/// Facts that hold for every value of a model.
pub(crate) struct Facts {
    /// The name of the type.
    pub(crate) name: &'static str,
    /// The fields that the API always returns. One that is missing, or has an invalid value, is left
    /// empty and reported, as long as the record has any field.
    pub(crate) required: &'static [&'static str],
    /// The fields whose values are not shown.
    pub(crate) secrets: &'static [&'static str],
    /// For each field that null clears when it is written, its name; nothing for any other field.
    pub(crate) nullable: &'static [Option<&'static str>],
    /// Sets of fields that are mutually exclusive when written.
    pub(crate) at_most_one_of: &'static [&'static [&'static str]],
    /// Whether it keeps what it has beyond its fields.
    pub(crate) keeps: bool,
}

impl Facts {
    /// The facts of a type whose fields are all optional.
    pub(crate) const fn of(name: &'static str) -> Self {
        Self {
            name,
            required: &[],
            secrets: &[],
            nullable: &[],
            at_most_one_of: &[],
            keeps: true,
        }
    }
}

/// Visits the fields of a model.
pub(crate) trait Each<'a> {
    /// Visits one field.
    fn field(&mut self, key: &'static str, value: &'a dyn Slot);

    /// Visits what is kept beyond the fields.
    fn rest(&mut self, _rest: &'a Rest) {}
}

/// A [`Field`] with its type erased.
pub(crate) trait Slot: Any {
    /// Reads the value of a key that is present.
    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// An empty field of the same type, as before anything was read into it.
    fn fresh(&self) -> Box<dyn Slot>;

    /// Whether the field is written at all.
    fn is_written(&self) -> bool;

    /// Writes the value.
    fn write(&self, w: &mut Writer);

    /// Takes a copy of the same field of another value.
    fn copy(&mut self, from: &dyn Slot);

    /// Whether it has the value of the same field of another value.
    fn is_equal(&self, other: &dyn Slot) -> bool;

    /// The value for `Debug`.
    fn shown(&self) -> &dyn fmt::Debug;
}

impl dyn Slot {
    /// Empties the field, as before anything was read into it.
    pub(crate) fn clear(&mut self) {
        let fresh = self.fresh();
        self.copy(&*fresh);
    }

    /// Whether the field is empty, as before anything was read into it.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_equal(&*self.fresh())
    }

    /// Whether a kept spelling still represents the value.
    pub(crate) fn is_spelled(&self, raw: &str) -> bool {
        let mut again = self.fresh();
        read_again(raw, &mut |reader| again.read(reader)) && self.is_equal(&*again)
    }
}

impl<F: Field + Blank + Clone + fmt::Debug + 'static> Slot for F {
    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = F::read(r)?;
        Ok(())
    }

    fn fresh(&self) -> Box<dyn Slot> {
        Box::new(F::blank())
    }

    fn is_written(&self) -> bool {
        Field::is_written(self)
    }

    fn write(&self, w: &mut Writer) {
        Field::write(self, w);
    }

    fn copy(&mut self, from: &dyn Slot) {
        if let Some(value) = (from as &dyn Any).downcast_ref::<F>() {
            *self = value.clone();
        }
    }

    fn is_equal(&self, other: &dyn Slot) -> bool {
        (other as &dyn Any).downcast_ref::<F>() == Some(self)
    }

    fn shown(&self) -> &dyn fmt::Debug {
        self
    }
}

impl<M: Model + Send + 'static> Decode for M {
    const KIND: &'static str = "object";
    const IS_RECORD: Option<IsRecord> = Some(|r| r.is_record::<Self>());

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut model = M::blank();
        r.read_model(&mut model)?;
        Ok(model)
    }
}

impl<M: Model> Encode for M {
    #[inline(never)]
    fn encode(&self, w: &mut Writer) {
        w.model(self);
    }
}

impl<M: Model> Blank for M {
    fn blank() -> Self {
        Model::blank()
    }
}

/// Implements encoding, copying, comparing and `Debug` for a [`Model`].
macro_rules! model {
    ($name:ident) => {
        impl ::std::clone::Clone for $name {
            #[inline(never)]
            fn clone(&self) -> Self {
                $crate::json::copy(self)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            #[inline(never)]
            fn eq(&self, other: &Self) -> bool {
                $crate::json::is_same(self, other)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::json::show(self, f)
            }
        }

        #[cfg(feature = "serde")]
        $crate::json::serde::bridge!($name);
    };
}

pub(crate) use model;

/// Copies a model like a derived `Clone`.
#[inline]
pub(crate) fn copy<M: Model>(model: &M) -> M {
    let mut copy = M::blank();
    copy_fields(model, &mut copy);
    copy
}

fn copy_fields(from: &dyn Model, to: &mut dyn Model) {
    struct Copied<'m>(&'m mut dyn Model);

    impl Each<'_> for Copied<'_> {
        fn field(&mut self, key: &'static str, value: &dyn Slot) {
            if let Some(slot) = self.0.slot(key) {
                slot.copy(value);
            }
        }

        fn rest(&mut self, rest: &Rest) {
            if let Some(copy) = self.0.rest_mut() {
                copy.clone_from(rest);
            }
        }
    }

    from.each(&mut Copied(to));
}

/// More fields than nearly all models have.
const MANY: usize = 64;

/// Compares two values of a model like a derived `PartialEq`.
pub(crate) fn is_same(one: &dyn Model, other: &dyn Model) -> bool {
    struct Listed<'a> {
        fields: Vec<&'a dyn Slot>,
        rest: Option<&'a Rest>,
    }

    impl<'a> Each<'a> for Listed<'a> {
        fn field(&mut self, _: &'static str, value: &'a dyn Slot) {
            self.fields.push(value);
        }

        fn rest(&mut self, rest: &'a Rest) {
            self.rest = Some(rest);
        }
    }

    struct Compared<'a> {
        others: std::vec::IntoIter<&'a dyn Slot>,
        rest: Option<&'a Rest>,
        are_same: bool,
    }

    impl Each<'_> for Compared<'_> {
        fn field(&mut self, _: &'static str, value: &dyn Slot) {
            if self.are_same {
                self.are_same = self
                    .others
                    .next()
                    .is_some_and(|other| value.is_equal(other));
            }
        }

        fn rest(&mut self, rest: &Rest) {
            self.are_same = self.rest == Some(rest);
        }
    }

    let mut fields = Listed {
        fields: Vec::with_capacity(MANY),
        rest: None,
    };
    other.each(&mut fields);
    let mut fields = Compared {
        others: fields.fields.into_iter(),
        rest: fields.rest,
        are_same: true,
    };
    one.each(&mut fields);
    fields.are_same
}

/// Formats a model like a derived `Debug`, with the API's names.
pub(crate) fn show(model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    struct Shown<'s, 'a, 'f, 'm> {
        fields: &'s mut fmt::DebugStruct<'a, 'f>,
        secrets: &'static [&'static str],
        rest: Option<&'m Rest>,
    }

    impl<'m> Each<'m> for Shown<'_, '_, '_, 'm> {
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

        fn rest(&mut self, rest: &'m Rest) {
            self.rest = Some(rest);
        }
    }

    let facts = model.facts();
    let mut shown = f.debug_struct(facts.name);
    let mut fields = Shown {
        fields: &mut shown,
        secrets: facts.secrets,
        rest: None,
    };
    model.each(&mut fields);
    if let Some(rest) = fields.rest {
        shown.field("rest", &rest.shown(facts.secrets));
    }
    shown.finish()
}
