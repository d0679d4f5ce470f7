//! Values whose required fields are set step by step, by name: what is declared and built on the way.

use crate::json::Model;

/// Declares the intermediate types of a value with required fields, one for each field that is still
/// missing, so that arguments that could be swapped are set by name instead.
macro_rules! stages {
    (
        $whole:ident {
            $(
                $(#[$doc:meta])*
                $stage:ident: $field:ident ($how:ident $arg:ty) -> $next:ident,
            )*
        }
    ) => {
        $(
            #[doc = concat!(
                "A [`", stringify!($whole), "`] without `", stringify!($field), "` next.",
            )]
            #[derive(Clone, Debug)]
            #[must_use = "a required field is still missing"]
            pub struct $stage($whole);

            impl $stage {
                $(#[$doc])*
                pub fn $field(mut self, $field: $crate::declare::given!($how $arg)) -> $next {
                    self.0.$field = $crate::declare::taken!($how $arg, $field);
                    $crate::declare::Stage::of(self.0)
                }
            }

            impl $crate::declare::Stage<$whole> for $stage {
                fn of(value: $whole) -> Self {
                    Self(value)
                }
            }
        )*
    };
}

/// An incomplete value.
pub(crate) trait Stage<M> {
    /// Builds it from the fields set so far.
    fn of(value: M) -> Self;
}

impl<M: Model> Stage<M> for M {
    fn of(value: M) -> Self {
        value
    }
}

pub(crate) use stages;
