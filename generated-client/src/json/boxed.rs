//! Boxes: a model that contains itself, by whatever way, has the inner value in a box. Not every box of a
//! value is itself a value, since every model is one, and a type outside this crate could make a box of its
//! own a model.

use super::{Each, Facts, Model, Rest, Slot};

impl<M: Model> Model for Box<M> {
    fn blank() -> Self {
        Self::new(M::blank())
    }

    fn facts(&self) -> &'static Facts {
        (**self).facts()
    }

    fn slot(&mut self, key: &str) -> Option<&mut dyn Slot> {
        (**self).slot(key)
    }

    fn each<'a>(&'a self, fields: &mut dyn Each<'a>) {
        (**self).each(fields);
    }

    fn respell(&mut self) {
        (**self).respell();
    }

    fn rest_mut(&mut self) -> Option<&mut Rest> {
        (**self).rest_mut()
    }
}

/// Implements the codec of a box of a value that is not a model, with the parameter of its type.
macro_rules! boxed {
    ($name:ty $(, $item:ident)?) => {
        impl$(<$item: $crate::json::Decode>)? $crate::json::Decode for Box<$name> {
            const KIND: &'static str = <$name as $crate::json::Decode>::KIND;
            const SHAPE: $crate::json::Shape = <$name as $crate::json::Decode>::SHAPE;

            fn decode(
                r: &mut $crate::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::json::DecodeError> {
                $crate::json::Decode::decode(r).map(Self::new)
            }
        }

        impl$(<$item: $crate::json::Encode>)? $crate::json::Encode for Box<$name> {
            fn encode(&self, w: &mut $crate::json::Writer) {
                (**self).encode(w);
            }
        }

        impl$(<$item>)? $crate::json::Blank for Box<$name> {
            fn blank() -> Self {
                Self::new($crate::json::Blank::blank())
            }
        }
    };
}

pub(crate) use boxed;

#[cfg(test)]
mod tests {
    use super::super::Linked;
    use crate::json;

    crate::declare::read! {
        Part {
            id: i64 = required "id",
            part: Option<Box<Part>> = "part",
            whole: Option<Box<Linked<Part>>> = "whole",
        }
    }

    #[test]
    fn a_model_that_contains_itself_is_read_copied_compared_and_written_at_any_depth() {
        let body =
            r#"{"id":1,"part":{"id":2,"part":{"id":3,"more":[]},"whole":{"id":4}},"whole":"/5"}"#;
        let part: Part = json::from_str(body).unwrap();
        let copy = part.clone();
        assert_eq!(copy, part);
        assert_eq!(json::to_string(&copy), body);
        for other in [
            body.replace("\"id\":3", "\"id\":6"),
            body.replace("[]", "{}"),
            body.replace("\"id\":4", "\"id\":7"),
            body.replace("/5", "/8"),
        ] {
            assert_ne!(json::from_str::<Part>(&other).unwrap(), part, "{other}");
        }
    }
}
