//! Objects with known fields. A model lists its fields twice, once to fill them and once to go through
//! them; reading, writing and showing are made from those lists, once for all models and not anew in each
//! of them, which is most of what keeps the crate quick to build.

use std::fmt;

use super::{Blank, DecodeError, Field, Object, Reader, Rest};

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
        shown.field("rest", &rest.shown(M::SECRETS));
    }
    shown.finish()
}
