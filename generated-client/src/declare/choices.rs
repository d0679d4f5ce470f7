//! Declarations of open enumerations and one-ofs. Unknown values are kept.

/// Declares an open enumeration of strings: `Variant = "the API's spelling"`.
macro_rules! choices {
    (
        $(#[$about:meta])*
        $name:ident {
            $($(#[$doc:meta])* $variant:ident = $wire:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$doc])*
                #[doc = concat!("\n`\"", $wire, "\"`")]
                $variant,
            )*
            /// A value that this version of the crate does not know, kept unchanged.
            Unknown($crate::json::Unknown),
        }

        impl $name {
            /// The API's spelling.
            pub fn as_str(&self) -> &str {
                $crate::json::Choice::as_str(self)
            }
        }

        impl $crate::json::Choice for $name {
            fn from_wire(wire: &str) -> Self {
                match wire {
                    $($wire => Self::$variant,)*
                    _ => Self::Unknown($crate::json::Unknown::new(wire)),
                }
            }

            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(unknown) => unknown.as_str(),
                }
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => stringify!($variant),)*
                    Self::Unknown(unknown) => {
                        return f.debug_tuple("Unknown").field(unknown).finish();
                    }
                })
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, to: &mut H) {
                self.as_str().hash(to);
            }
        }

        $crate::json::choice!($name);
    };
}

/// Declares an open enumeration of integers: `Variant = 60`.
macro_rules! integers {
    (
        $(#[$about:meta])*
        $name:ident {
            $($(#[$doc:meta])* $variant:ident = $wire:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$doc])*
                #[doc = concat!("\n`", $wire, "`")]
                $variant,
            )*
            /// A value that this version of the crate does not know, kept unchanged.
            Unknown(i64),
        }

        impl $name {
            /// The API's integer.
            pub fn as_i64(&self) -> i64 {
                $crate::json::IntegerChoice::as_i64(self)
            }
        }

        impl $crate::json::IntegerChoice for $name {
            fn from_wire(wire: i64) -> Self {
                match wire {
                    $($wire => Self::$variant,)*
                    _ => Self::Unknown(wire),
                }
            }

            fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(wire) => *wire,
                }
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_i64() == other.as_i64()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, to: &mut H) {
                self.as_i64().hash(to);
            }
        }

        $crate::json::integers!($name);
    };
}

/// Declares a one-of: `Branch(its type) = its discriminator`, which is a value of the field `by`, a field
/// that only this branch has, or a JSON type. `into` converts that type into the branch.
macro_rules! one_of {
    (
        $(#[$about:meta])*
        $name:ident by $by:literal $(, $secret:ident)? {
            $($(#[$doc:meta])* $branch:ident($type:ty) = $value:literal $($into:ident)?,)*
        }
    ) => {
        $crate::declare::one_of! { @enum $(#[$about])* $name { $($(#[$doc])* $branch($type),)* } }

        $crate::json::one_of! {
            $name, [$($secret)?], Some($by), {
                $(
                    $branch, $crate::json::Discriminator::Value($value),
                    |r| r.branch($by).map(Self::$branch);
                )*
            } {
                $($branch, |value, w| w.branch($by, $value, value);)*
            }
        }

        $($crate::declare::into_branch! { $name $branch $type $(, $into)? })*
    };
    (
        $(#[$about:meta])*
        $name:ident $(, $secret:ident)? {
            $(
                $(#[$doc:meta])*
                $branch:ident($type:ty) = $told:ident $($field:literal)? $($into:ident)?,
            )*
        }
    ) => {
        $crate::declare::one_of! { @enum $(#[$about])* $name { $($(#[$doc])* $branch($type),)* } }

        $crate::json::one_of! {
            $name, [$($secret)?], None, {
                $(
                    $branch, $crate::json::told!($told $($field)?),
                    |r| <$type as $crate::json::Decode>::decode(r).map(Self::$branch);
                )*
            } {
                $($branch, |value, w| $crate::json::Encode::encode(value, w);)*
            }
        }

        $($crate::declare::into_branch! { $name $branch $type $(, $into)? })*
    };
    (@enum $(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $branch:ident($type:ty),)* }) => {
        $(#[$about])*
        #[allow(clippy::large_enum_variant, reason = "a branch is held in place, as a field is")]
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $branch($type),)*
            /// A value that this version of the crate does not know, kept unchanged.
            Other($crate::RawJson),
        }
    };
}

/// Types that convert into a branch.
macro_rules! into_branch {
    ($name:ident $branch:ident $type:ty) => {};
    ($name:ident $branch:ident $type:ty, into) => {
        impl ::std::convert::From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$branch(value)
            }
        }
    };
    ($name:ident $branch:ident $type:ty, into_text) => {
        $crate::declare::into_branch! { $name $branch $type, into }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::$branch(value.to_owned())
            }
        }
    };
}

pub(crate) use {choices, integers, into_branch, one_of};
