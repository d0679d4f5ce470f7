//! The codec of the crate's own values: identifiers, exact numbers, dates and date-times.

use super::{Decode, DecodeError, Encode, Reader, Shape, Writer};
use crate::value::{Date, DateTime, Id, Number, Stamp};

impl Decode for Id {
    const KIND: &'static str = "identifier";
    const SHAPE: Shape = Shape::Text;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if r.peek()? == b'"' {
            return r.text(Self::KIND).map(Self::from);
        }
        match r.try_decode() {
            Some(id) => Ok(Self::Int(id)),
            // A number beyond 64 bits is kept as its digits.
            None => r.text(Self::KIND).map(Self::from),
        }
    }
}

impl Encode for Id {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Int(id) => w.integer(*id),
            Self::Text(id) => w.text(id),
        }
    }
}

impl Decode for Number {
    const KIND: &'static str = "number";
    const SHAPE: Shape = Shape::Scalar;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match r.peek()? {
            b'-' | b'0'..=b'9' => r.number().map(Self::bare),
            b'"' => {
                let mark = r.mark();
                match Self::quoted(r.text(Self::KIND)?) {
                    Some(number) => Ok(number),
                    None => {
                        r.back(&mark);
                        Err(r.expected(Self::KIND))
                    }
                }
            }
            _ => Err(r.expected(Self::KIND)),
        }
    }
}

impl Encode for Number {
    fn encode(&self, w: &mut Writer) {
        match (self.plain_value(), self.is_quoted()) {
            (Some(value), false) => w.decimal(value),
            (Some(value), true) => {
                w.raw("\"");
                w.decimal(value);
                w.raw("\"");
            }
            (None, false) => w.display(self),
            (None, true) => w.text(&self.to_string()),
        }
    }
}

impl Stamp {
    fn decode(r: &mut Reader<'_>, kind: &'static str) -> Result<Self, DecodeError> {
        match r.peek()? {
            b'-' | b'0'..=b'9' => Ok(Self::Number(r.number()?.into())),
            b'"' => {
                let mark = r.mark();
                let text = r.text(kind)?;
                if text.is_empty() {
                    r.back(&mark);
                    return Err(r.expected(kind));
                }
                Ok(Self::Text(text.into()))
            }
            _ => Err(r.expected(kind)),
        }
    }
}

impl Encode for Stamp {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Text(text) => w.text(text),
            Self::Number(text) => w.raw(text),
        }
    }
}

macro_rules! stamped {
    ($($type:ident),*) => {
        $(
            impl Decode for $type {
                const KIND: &'static str = "date";
                const SHAPE: Shape = Shape::Scalar;

                fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                    Stamp::decode(r, Self::KIND).map(Self)
                }
            }

            impl Encode for $type {
                fn encode(&self, w: &mut Writer) {
                    if w.is_sent()
                        && let Some(reason) = self.mistake()
                    {
                        w.mistake(|| reason);
                    }
                    self.0.encode(w);
                }
            }
        )*
    };
}

stamped!(DateTime, Date);
