//! Objects with known fields. A model lists its fields twice, once to fill them and once to go through
//! them; reading, writing and showing are made from those lists, once for all models and not anew in each
//! of them, which is most of what keeps the crate quick to build.

use std::fmt;

use super::field::still_means;
use super::{Blank, DecodeError, Field, Object, Reader, Rest};

/// An object whose fields are known by name. What all of them have in common is made for `dyn Model`.
pub(crate) trait Model {
    /// The value before anything was read into it.
    fn blank() -> Self
    where
        Self: Sized;

    /// What holds for the type.
    fn facts(&self) -> &'static Facts;

    /// The place of a field.
    fn slot(&mut self, key: &str) -> Option<&mut dyn Slot>;

    /// Goes through the fields in their order.
    fn each(&self, fields: &mut dyn Each);

    /// Spells numbers and moments as the fields take them, whichever way they were given.
    fn respell(&mut self) {}

    /// What it keeps beyond its fields; `None` when it keeps nothing.
    fn rest(&self) -> Option<&Rest> {
        None
    }

    /// The place of what it keeps.
    fn rest_mut(&mut self) -> Option<&mut Rest> {
        None
    }
}

/// What holds for every value of a model.
pub(crate) struct Facts {
    /// The name of the type.
    pub(crate) name: &'static str,
    /// The fields that always come. One that does not, or holds what its type cannot, is left empty and
    /// told, as long as anything of the record came.
    pub(crate) required: &'static [&'static str],
    /// The fields whose values are not shown.
    pub(crate) secrets: &'static [&'static str],
    /// Of each field that null clears when it is written, its name; nothing of any other.
    pub(crate) nullable: &'static [Option<&'static str>],
    /// Sets of fields that exclude each other when it is written.
    pub(crate) at_most_one_of: &'static [&'static [&'static str]],
}

impl Facts {
    /// Those of a type of which only the name is told.
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

    /// Whether the field is as it was before anything was read into it.
    fn is_blank(&self) -> bool;

    /// Whether a kept spelling still means the value.
    fn is_spelled(&self, raw: &str) -> bool;

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

/// Implements for a [`Model`] what every one of them can do: be read, written and shown.
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

/// Shows a model the way a derived `Debug` would, with the API's names.
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
