//! Declarations of models: each field in one line, below its documentation. What all models have in
//! common is written here, once.

use crate::{DateTime, Number, Patch};

/// Declares a model that is read: `field: type = "key"`. A `required` key must be present; the value of
/// a `secret` one is never shown.
macro_rules! read {
    (
        $(#[$about:meta])*
        $name:ident {
            $(
                $(#[$doc:meta])*
                $field:ident: $type:ty = $(required $must:literal)? $(secret $hidden:literal)?
                    $(required_secret $both:literal)? $($key:literal)?,
            )*
        }
    ) => {
        $(#[$about])*
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)*
            /// Unknown fields, and values of the wrong type and unusual spellings of the fields above.
            pub rest: $crate::json::Rest,
        }

        impl $crate::json::Model for $name {
            fn facts(&self) -> &'static $crate::json::Facts {
                &$crate::json::Facts {
                    name: stringify!($name),
                    required: &[$($($must,)? $($both,)?)*],
                    secrets: &[$($($hidden,)? $($both,)?)*],
                    nullable: &[],
                    at_most_one_of: &[],
                    keeps: true,
                }
            }

            fn blank() -> Self {
                Self {
                    $($field: $crate::json::Blank::blank(),)*
                    rest: $crate::json::Rest::NONE,
                }
            }

            fn slot(&mut self, key: &str) -> Option<&mut dyn $crate::json::Slot> {
                match key {
                    $($($must)? $($hidden)? $($both)? $($key)? => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            fn each<'a>(&'a self, fields: &mut dyn $crate::json::Each<'a>) {
                fields.rest(&self.rest);
                $(fields.field($($must)? $($hidden)? $($both)? $($key)?, &self.$field);)*
            }

            fn rest_mut(&mut self) -> Option<&mut $crate::json::Rest> {
                Some(&mut self.rest)
            }
        }

        $crate::json::model!($name);
    };
}

/// Declares a model that is written: `Name(required fields) { field: type = "key" (how it is set) }`.
/// `respelled [field format]` names the fields that have one format only.
/// [`given`] and [`taken`] know the ways to set a field, and `; clear_field` is added if null clears it.
/// A required field only has `or null`, if null clears it.
macro_rules! write {
    (
        $(#[$about:meta])*
        $name:ident $made:tt $(respelled [$($odd:ident $format:ident),*])? $(at most one of [$($one:literal),*])* {
            $(
                $(#[$doc:meta])*
                $field:ident: $type:ty = $(required $must:literal)? $(secret $hidden:literal)?
                    $(required_secret $both:literal)? $($key:literal)?
                    $(($how:ident $arg:ty $(; $(#[$clearing:meta])* $clear:ident)?))?
                    $(or $null:ident)?,
            )*
        }
    ) => {
        $(#[$about])*
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $name {
            $crate::declare::constructor! { $name $made }

            $($crate::declare::setter! {
                $(#[$doc])* $field $($how $arg $(; $(#[$clearing])* $clear)?)?
            })*
        }

        $crate::declare::default! { $name $made }

        impl $crate::json::Model for $name {
            fn facts(&self) -> &'static $crate::json::Facts {
                &$crate::json::Facts {
                    name: stringify!($name),
                    required: &[$($($must,)? $($both,)?)*],
                    secrets: &[$($($hidden,)? $($both,)?)*],
                    nullable: &[
                        $($crate::declare::nullable!(
                            $($must)? $($hidden)? $($both)? $($key)? $($($clear)?)? $($null)?
                        )),*
                    ],
                    at_most_one_of: &[$(&[$($one),*]),*],
                    keeps: false,
                }
            }

            fn blank() -> Self {
                Self {
                    $($field: $($crate::json::needed($must))? $($crate::json::needed($both))?
                        $($crate::json::blank($hidden))? $($crate::json::blank($key))?,)*
                }
            }

            fn slot(&mut self, key: &str) -> Option<&mut dyn $crate::json::Slot> {
                match key {
                    $($($must)? $($hidden)? $($both)? $($key)? => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            fn each<'a>(&'a self, fields: &mut dyn $crate::json::Each<'a>) {
                $(fields.field($($must)? $($hidden)? $($both)? $($key)?, &self.$field);)*
                let _ = fields;
            }

            $(fn respell(&mut self) {
                $($crate::declare::respelled! { $format self.$odd })*
            })?
        }

        $crate::json::model!($name);
    };
}

/// The name of a field that null clears; nothing for any other field.
macro_rules! nullable {
    ($key:literal) => {
        ::std::option::Option::None
    };
    ($key:literal $how:ident) => {
        ::std::option::Option::Some($key)
    };
}

/// Declares how two states of a record are compared to build an update:
/// `Written of Read, by "the key of a record", sends Changes, keeps ["each list that keeps omitted
/// items" by "its items' key"]`.
macro_rules! changes {
    (
        $(#[$more:meta])*
        $written:ident of $read:ty, by $key:literal, sends $sends:ident,
        keeps [$($place:literal by $item:literal),*], unlike [$($other:literal),*]
    ) => {
        impl $written {
            /// Builds the update from one state of a record to another: the fields that differ, and the
            /// required ones. `None` if nothing differs.
            ///
            $(#[$more])*
            /// A field that was set and is now `None` is cleared with null. A list or an object that differs
            /// is sent in full, except for its read-only fields. See
            /// [`guide::updates`](crate::guide::updates).
            ///
            /// # Errors
            ///
            /// Returns an error that names the field if one differs that this type cannot set, clear or
            /// represent, and if an item was removed from a list that may keep it: no change is silently
            /// dropped.
            pub fn between(
                before: &$read,
                after: &$read,
            ) -> ::std::result::Result<::std::option::Option<Self>, $crate::json::ChangeError> {
                $crate::json::between(before, after, &$crate::json::Way {
                    key: $key,
                    sends: $crate::json::Sends::$sends,
                    keeps: &[$(($place, $item)),*],
                    unlike: &[$($other),*],
                })
            }
        }
    };
}

/// Spells a field in the one way that the API accepts.
macro_rules! respelled {
    (quoted $at:expr) => {
        $crate::declare::Spelled::spell(&mut $at, $crate::Number::into_quoted);
    };
    (rfc2822 $at:expr) => {
        $crate::declare::Spelled::spell(&mut $at, $crate::DateTime::into_rfc2822);
    };
    (unix $at:expr) => {
        $crate::declare::Spelled::spell(&mut $at, $crate::DateTime::into_unix);
    };
}

/// The ways to create a value that is written: empty, from its required fields, or step by step.
macro_rules! constructor {
    ($name:ident ()) => {
        /// An empty value: a field that is not set is omitted from the request.
        pub fn new() -> Self {
            $crate::json::Model::blank()
        }
    };
    ($name:ident (-> $first:ident $(,)?)) => {
        /// Starts a value. Set the required fields with one method after the other, in the given
        /// order; the remaining fields are optional.
        #[allow(clippy::new_ret_no_self, reason = "the value is complete only once all required \
            fields are set")]
        pub fn new() -> $first {
            $first($crate::json::Model::blank())
        }
    };
    ($name:ident ($($field:ident: $how:ident $arg:ty),+ $(,)?)) => {
        /// A value with the required fields: any other field that is not set is omitted from the
        /// request.
        pub fn new($($field: $crate::declare::given!($how $arg)),+) -> Self {
            Self {
                $($field: $crate::declare::taken!($how $arg, $field),)+
                ..$crate::json::Model::blank()
            }
        }
    };
}

/// The default of a value without required fields.
macro_rules! default {
    ($name:ident ()) => {
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($name:ident $made:tt) => {};
}

/// The methods that set and clear an optional field.
macro_rules! setter {
    ($(#[$doc:meta])* $field:ident) => {};
    ($(#[$doc:meta])* $field:ident $how:ident $arg:ty $(; $(#[$clearing:meta])* $clear:ident)?) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: $crate::declare::given!($how $arg)) -> Self {
            self.$field = $crate::Patch::Set($crate::declare::taken!($how $arg, $field));
            self
        }

        $(
            /// Sets it to null, which clears it in the store.
            $(#[$clearing])*
            #[must_use]
            pub fn $clear(mut self) -> Self {
                self.$field = $crate::Patch::Null;
                self
            }
        )?
    };
}

/// The type of a field's argument: the type itself, something that converts into it, or items that
/// convert into its own. `null` is for a required value that may be null.
macro_rules! given {
    (own $arg:ty) => { $arg };
    (boxed $arg:ty) => { $arg };
    (list $arg:ty) => { impl IntoIterator<Item = $arg> };
    (list_into $arg:ty) => { impl IntoIterator<Item = impl Into<$arg>> };
    (each $arg:ty) => { impl IntoIterator<Item = $arg> };
    (each_into $arg:ty) => { impl IntoIterator<Item = impl Into<$arg>> };
    (flag $arg:ty) => { $arg };
    (file $arg:ty) => { $arg };
    (null $arg:ty) => { impl Into<Option<$arg>> };
    (null_boxed $arg:ty) => { impl Into<Option<$arg>> };
    (null_rfc2822 $arg:ty) => { impl Into<Option<$arg>> };
    (null_unix $arg:ty) => { impl Into<Option<$arg>> };
    (null_quoted $arg:ty) => { impl Into<Option<$arg>> };
    ($into:ident $arg:ty) => { impl Into<$arg> };
}

/// Converts an argument into the value of a field.
macro_rules! taken {
    (own $arg:ty, $it:ident) => {
        $it
    };
    (boxed $arg:ty, $it:ident) => {
        Box::new($it)
    };
    (boxed_into $arg:ty, $it:ident) => {
        Box::new(Into::<$arg>::into($it))
    };
    (into $arg:ty, $it:ident) => {
        $it.into()
    };
    (list $arg:ty, $it:ident) => {
        $it.into_iter().collect()
    };
    (list_into $arg:ty, $it:ident) => {
        $it.into_iter().map(Into::into).collect()
    };
    (rfc2822 $arg:ty, $it:ident) => {
        Into::<$arg>::into($it).into_rfc2822()
    };
    (unix $arg:ty, $it:ident) => {
        Into::<$arg>::into($it).into_unix()
    };
    (quoted $arg:ty, $it:ident) => {
        Into::<$arg>::into($it).into_quoted()
    };
    (null $arg:ty, $it:ident) => {
        $crate::Patch::<$arg>::or_null($it)
    };
    (null_boxed $arg:ty, $it:ident) => {
        $crate::Patch::<$arg>::or_null($it).map(Box::new)
    };
    (null_rfc2822 $arg:ty, $it:ident) => {
        $crate::Patch::<$arg>::or_null($it).map(<$arg>::into_rfc2822)
    };
    (null_unix $arg:ty, $it:ident) => {
        $crate::Patch::<$arg>::or_null($it).map(<$arg>::into_unix)
    };
    (null_quoted $arg:ty, $it:ident) => {
        $crate::Patch::<$arg>::or_null($it).map(<$arg>::into_quoted)
    };
}

/// A field whose value the API accepts in one spelling only.
pub(crate) trait Spelled<T> {
    /// Converts it to that spelling.
    fn spell(&mut self, so: fn(T) -> T);
}

impl Spelled<Number> for Number {
    fn spell(&mut self, so: fn(Self) -> Self) {
        *self = so(self.clone());
    }
}

impl Spelled<DateTime> for DateTime {
    fn spell(&mut self, so: fn(Self) -> Self) {
        *self = so(self.clone());
    }
}

impl<T: Clone> Spelled<T> for Patch<T> {
    fn spell(&mut self, so: fn(T) -> T) {
        if let Self::Set(value) = self {
            *value = so(value.clone());
        }
    }
}

pub(crate) use {
    changes, constructor, default, given, nullable, read, respelled, setter, taken, write,
};
