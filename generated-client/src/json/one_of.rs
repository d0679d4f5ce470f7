//! Values that are one of several types. The discriminator is read ahead, so that the branch itself is
//! read only once; a value that fits no branch is kept as received.

#![allow(
    dead_code,
    unused_macros,
    unused_imports,
    reason = "not every group has a one-of"
)]

use super::{Decode, DecodeError, Model, RawJson, Reader, Shape, Writer};

/// A value that is one of several types.
pub(crate) trait OneOf: Decode {
    /// The field whose value identifies the branch.
    const BY: Option<&'static str>;

    /// The discriminator of each branch.
    const DISCRIMINATORS: &'static [Discriminator];

    /// The function that reads each branch. If a value identifies the branch, its object is already
    /// open.
    const READ: &'static [Read<Self>];

    /// A value that fits no branch.
    fn other(raw: RawJson) -> Self;
}

/// Reads a branch.
pub(crate) type Read<T> = fn(&mut Reader<'_>) -> Result<T, DecodeError>;

/// What identifies a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Discriminator {
    /// This value of the discriminator field.
    Value(&'static str),
    /// It is an object with this field.
    Field(&'static str),
    /// It is an object.
    Object,
    /// It is an array.
    Array,
    /// It is a string.
    String,
    /// It is a number.
    Number,
    /// It is true or false.
    Boolean,
}

/// The odd spellings that mean "no value": those of an object, if every branch is one.
pub(crate) const fn one_of_shape(told: &[Discriminator]) -> Shape {
    let mut at = 0;
    while at < told.len() {
        if !matches!(
            told[at],
            Discriminator::Value(_) | Discriminator::Field(_) | Discriminator::Object
        ) {
            return Shape::Any;
        }
        at += 1;
    }
    Shape::Object
}

impl Reader<'_> {
    /// Reads one of several types. An unreadable branch is kept as received, and reported as an oddity.
    pub(crate) fn one_of<T: OneOf>(&mut self) -> Result<T, DecodeError> {
        let mark = self.mark();
        let at = self.branch_ahead(T::BY, T::DISCRIMINATORS)?;
        if let Some(read) = at.and_then(|at| T::READ.get(at)) {
            match read(self) {
                Ok(value) => return Ok(value),
                Err(error) => self.misread(error, &mark)?,
            }
        }
        self.raw().map(RawJson::trusted).map(T::other)
    }

    /// Reads the rest of an open object, except for its field `by`.
    pub(crate) fn branch<M: Model>(&mut self, by: &'static str) -> Result<M, DecodeError> {
        let mut model = M::blank();
        self.rest_of_model(Some(by), &mut model)?;
        Ok(model)
    }

    fn branch_ahead(
        &mut self,
        by: Option<&str>,
        told: &[Discriminator],
    ) -> Result<Option<usize>, DecodeError> {
        let kind = match (self.peek()?, by) {
            (b'{', Some(by)) => return self.branch_by_value(by, told),
            (b'{', None) => return self.branch_by_field(told),
            (b'[', _) => Discriminator::Array,
            (b'"', _) => Discriminator::String,
            (b't' | b'f', _) => Discriminator::Boolean,
            (b'-' | b'0'..=b'9', _) => Discriminator::Number,
            _ => return Ok(None),
        };
        Ok(told.iter().position(|told| *told == kind))
    }

    /// The branch that the field `by` names. Its object is open afterwards: after that field if it
    /// comes first, and otherwise at its beginning.
    fn branch_by_value(
        &mut self,
        by: &str,
        told: &[Discriminator],
    ) -> Result<Option<usize>, DecodeError> {
        let mark = self.mark();
        let (mut first, mut found, mut odd) = (true, None, None);
        self.begin()?;
        while let Some(key) = self.key()? {
            if *key == *by {
                if self.peek()? == b'"' {
                    match self.text("string") {
                        Ok(value) => {
                            let is_it = |told: &Discriminator| matches!(told, Discriminator::Value(of) if *of == value);
                            found = told.iter().position(is_it);
                        }
                        Err(error) => odd = Some(error),
                    }
                }
                break;
            }
            self.raw()?;
            first = false;
        }
        if let Some(error) = odd {
            // A value with half a character names no branch.
            self.misread(error, &mark)?;
        } else if found.is_none() || !first {
            self.back(&mark);
            if found.is_some() {
                self.begin()?;
            }
        }
        Ok(found)
    }

    /// The branch that has a field of this object, or the only branch that is an object.
    fn branch_by_field(&mut self, told: &[Discriminator]) -> Result<Option<usize>, DecodeError> {
        let only = told.iter().position(|told| *told == Discriminator::Object);
        if only.is_some() {
            return Ok(only);
        }
        let mark = self.mark();
        let mut found = None;
        self.begin()?;
        while let (None, Some(key)) = (found, self.key()?) {
            found = told
                .iter()
                .position(|told| matches!(told, Discriminator::Field(of) if *of == key));
            self.raw()?;
        }
        self.back(&mark);
        Ok(found)
    }
}

impl Writer {
    /// Writes an object with the field that identifies its branch.
    pub(crate) fn branch(&mut self, by: &'static str, value: &'static str, model: &dyn Model) {
        self.tagged_model(Some((by, value)), model);
    }
}

/// A discriminator in one word.
macro_rules! told {
    (field $field:literal) => {
        $crate::json::Discriminator::Field($field)
    };
    (object) => {
        $crate::json::Discriminator::Object
    };
    (array) => {
        $crate::json::Discriminator::Array
    };
    (string) => {
        $crate::json::Discriminator::String
    };
    (number) => {
        $crate::json::Discriminator::Number
    };
    (boolean) => {
        $crate::json::Discriminator::Boolean
    };
}

/// Implements decoding, encoding, `Debug` and the `serde` traits for every [`OneOf`].
macro_rules! one_of {
    ($name:ident, [$($secret:ident)?], $by:expr, {
        $($read_branch:ident, $told:expr, $read:expr;)*
    } { $($branch:ident, |$value:ident, $w:ident| $write:expr;)* }) => {
        impl $crate::json::OneOf for $name {
            const BY: Option<&'static str> = $by;
            const DISCRIMINATORS: &'static [$crate::json::Discriminator] = &[$($told),*];
            const READ: &'static [$crate::json::ReadBranch<Self>] = &[$($read),*];

            fn other(raw: $crate::RawJson) -> Self {
                Self::Other(raw)
            }
        }

        impl $crate::json::Decode for $name {
            const KIND: &'static str = "value";
            const SHAPE: $crate::json::Shape =
                $crate::json::one_of_shape(<Self as $crate::json::OneOf>::DISCRIMINATORS);

            fn decode(
                r: &mut $crate::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::json::DecodeError> {
                r.one_of()
            }
        }

        impl $crate::json::Encode for $name {
            fn encode(&self, w: &mut $crate::json::Writer) {
                match self {
                    $(Self::$branch($value) => {
                        let $w = w;
                        $write
                    })*
                    Self::Other(raw) => $crate::json::Encode::encode(raw, w),
                }
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$branch(value) => {
                        f.debug_tuple(stringify!($branch)).field(value).finish()
                    })*
                    Self::Other(raw) => $crate::json::one_of!(@other f, raw $($secret)?),
                }
            }
        }

        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self::Other($crate::json::Blank::blank())
            }
        }

        $crate::json::boxed!($name);

        #[cfg(feature = "serde")]
        $crate::json::serde::bridge!($name);
    };
    (@other $f:ident, $raw:ident) => {
        $f.debug_tuple("Other").field($raw).finish()
    };
    // It may be a branch that contains a secret.
    (@other $f:ident, $raw:ident secret) => {{
        let _ = $raw;
        $f.write_str("Other([hidden])")
    }};
}

pub(crate) use {one_of, told};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    crate::declare::read! {
        Fixed { amount: crate::Number = required "amount", }
    }
    crate::declare::read! {
        Share { percent: i64 = required "percent", code: Option<String> = secret "code", }
    }
    crate::declare::one_of! {
        Fee by "type", secret {
            Fixed(Fixed) = "fixed" into,
            Share(Share) = "percentage" into,
        }
    }
    crate::declare::one_of! {
        Discount {
            Fixed(Fixed) = field "amount" into,
            Share(Share) = field "percent" into,
            Text(String) = string into_text,
            Many(Vec<i64>) = array,
            Off(bool) = boolean into,
        }
    }

    crate::declare::read! {
        Basket { discounts: crate::List<Discount> = "discounts", }
    }

    fn round_trip<T: OneOf + Decode + json::Encode>(text: &str) -> T {
        let value: T = json::from_str(text).unwrap();
        assert_eq!(json::to_string(&value), text);
        value
    }

    #[test]
    fn a_value_of_a_field_tells_the_branch_wherever_it_stands() {
        let first = round_trip::<Fee>(r#"{"type":"fixed","amount":1.50,"new":[1]}"#);
        assert!(
            matches!(&first, Fee::Fixed(fee) if fee.rest.len() == 1),
            "{first:?}"
        );
        let late: Fee =
            json::from_str(r#"{"a":{"type":"x"},"percent":5,"type":"percentage"}"#).unwrap();
        assert!(matches!(&late, Fee::Share(fee) if fee.percent == 5));
        let written = r#"{"type":"percentage","percent":5,"a":{"type":"x"}}"#;
        assert_eq!(json::to_string(&late), written);
    }

    #[test]
    fn a_branch_that_is_not_known_is_kept_as_it_came() {
        for text in [
            r#"{"type":"free","until": "May"}"#,
            r#"{"amount":1}"#,
            r#"{"type":7,"amount":1}"#,
            r#"{"type":"fixed"}"#,
            r#"{"type":"fixed","amount":{}}"#,
            "{}",
            "[]",
            "7",
            "null",
            r#""fixed""#,
        ] {
            let value = round_trip::<Fee>(text);
            assert!(matches!(value, Fee::Other(_)), "{text}");
            assert_eq!(format!("{value:?}"), "Other([hidden])");
        }
        assert!(json::from_str::<Fee>(r#"{"type":"fixed","amount":1"#).is_err());
        assert!(json::from_str::<Fee>(r#"{"type":"fixed" "amount":1}"#).is_err());
    }

    #[test]
    fn a_field_or_the_kind_of_json_tells_the_branch() {
        type Is = fn(&Discount) -> bool;
        let cases: [(&str, Is); 8] = [
            (r#"{"amount":"5.00"}"#, |it| {
                matches!(it, Discount::Fixed(_))
            }),
            (r#"{"percent":5,"x":{"amount":1}}"#, |it| {
                matches!(it, Discount::Share(_))
            }),
            (r#""free""#, |it| matches!(it, Discount::Text(_))),
            ("[1,2]", |it| matches!(it, Discount::Many(_))),
            ("false", |it| matches!(it, Discount::Off(false))),
            ("5", |it| matches!(it, Discount::Other(_))),
            (r#"{"x":1}"#, |it| matches!(it, Discount::Other(_))),
            (r#"[{"x":1}]"#, |it| matches!(it, Discount::Other(_))),
        ];
        for (text, is) in cases {
            let value = round_trip::<Discount>(text);
            assert!(is(&value), "{text}: {value:?}");
        }
    }

    #[test]
    fn how_a_branch_was_spelled_is_not_forgotten_over_the_next_one() {
        let body = r#"{"discounts":[["7"],{"amount":5},{"percent":"8"}]}"#;
        let basket: Basket = json::from_str(body).unwrap();
        assert!(matches!(&basket.discounts[0], Discount::Many(ids) if *ids == [7]));
        assert!(
            matches!(&basket.discounts[1], Discount::Fixed(it) if it.rest.is_empty()),
            "{basket:?}"
        );
        assert_eq!(json::to_string(&basket), body);
    }

    #[test]
    fn what_a_branch_cannot_hold_is_told_and_a_strict_reader_refuses_it() {
        let body = br#"[{"type":"fixed"},{"type":"free"}]"#;
        let mut reader = Reader::new(body).unwrap();
        let fees: Vec<Fee> = Decode::decode(&mut reader).unwrap();
        assert!(fees.iter().all(|fee| matches!(fee, Fee::Other(_))));
        let oddities = reader.into_oddities().unwrap();
        assert_eq!(oddities.len(), 1, "an unknown branch is none");
        let mut strict = Reader::new(body).unwrap().strict();
        assert!(Vec::<Fee>::decode(&mut strict).is_err());
    }

    #[test]
    fn half_a_character_in_what_tells_the_branch_costs_no_other_value() {
        let body = r#"[{"type":"\ud83d","amount":1},{"amount":2,"type":"fixed"}]"#;
        let mut reader = Reader::over(body);
        let fees: Vec<Fee> = Decode::decode(&mut reader).unwrap();
        assert!(matches!(&*fees, [Fee::Other(_), Fee::Fixed(_)]), "{fees:?}");
        let oddities = reader.into_oddities().unwrap();
        assert_eq!(
            oddities.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["at [0].type: expected a string, found text with half a character"]
        );
        assert!(json::to_string(&fees).starts_with(r#"[{"type":"\ud83d","amount":1}"#));
        let mut strict = Reader::over(body).strict();
        assert!(Vec::<Fee>::decode(&mut strict).is_err());
        assert!(json::from_str::<Fee>(r#"{"type":"\ud83d\x"}"#).is_err());
    }
}
