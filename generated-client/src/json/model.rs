//! Objects with known fields. A model lists its fields twice, once to fill them and once to visit them;
//! decoding, encoding and `Debug` use these lists and are compiled once for all models instead of once
//! for each, which is the main reason why the crate builds quickly.

use std::fmt;

use super::field::still_means;
use super::{Blank, DecodeError, Field, Object, Reader, Rest};

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

    /// Visits the fields in order.
    fn each(&self, fields: &mut dyn Each);

    /// Spells numbers and dates as the fields require, however they were given.
    fn respell(&mut self) {}

    /// What it keeps beyond its fields; `None` if it keeps nothing.
    fn rest(&self) -> Option<&Rest> {
        None
    }

    /// What it keeps beyond its fields, to be changed.
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
}

impl Facts {
    /// The facts of a type with no more than a name.
    pub(crate) const fn of(name: &'static str) -> Self {
        Self {
            name,
            required: &[],
            secrets: &[],
            nullable: &[],
            at_most_one_of: &[],
        }
    }
}

/// Visits the fields of a model.
pub(crate) trait Each {
    /// Visits one field.
    fn field(&mut self, key: &'static str, value: &dyn Slot);
}

/// A [`Field`] with its type erased.
pub(crate) trait Slot {
    /// Reads the value of a key that is present.
    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Empties the field, as before anything was read into it.
    fn clear(&mut self);

    /// Whether the field is written at all.
    fn is_written(&self) -> bool;

    /// Writes the field into an object, unless it is absent.
    fn write(&self, key: &str, object: &mut Object<'_>);

    /// Whether the field is empty, as before anything was read into it.
    fn is_blank(&self) -> bool;

    /// Whether a kept spelling still represents the value.
    fn is_spelled(&self, raw: &str) -> bool;

    /// The value for `Debug`.
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

    fn is_blank(&self) -> bool {
        *self == F::blank()
    }

    fn is_spelled(&self, raw: &str) -> bool {
        still_means(raw, self)
    }

    fn shown(&self) -> &dyn fmt::Debug {
        self
    }
}

/// Implements decoding, encoding and `Debug` for a [`Model`].
macro_rules! model {
    ($name:ident) => {
        impl $crate::json::Decode for $name {
            const KIND: &'static str = "object";
            const IS_RECORD: ::std::option::Option<$crate::json::IsRecord> =
                ::std::option::Option::Some(|r| r.is_record::<Self>());

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

/// Formats a model like a derived `Debug`, with the API's names.
pub(crate) fn show(model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

    let facts = model.facts();
    let mut shown = f.debug_struct(facts.name);
    model.each(&mut Shown {
        fields: &mut shown,
        secrets: facts.secrets,
    });
    if let Some(rest) = model.rest() {
        shown.field("rest", &rest.shown(facts.secrets));
    }
    shown.finish()
}
