//! Exact numbers: prices, weights, rates. They are never converted to a float, and keep their
//! spelling.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use rust_decimal::Decimal;

/// An exact decimal number that preserves its spelling.
///
/// The API sends `7`, `7.00` and `"7.0000"` for the same price. All are accepted, and written back
/// unchanged. [`value`](Self::value) returns the number to calculate with.
///
/// Two numbers are equal if their spelling is equal; to compare the amounts, compare their values.
///
/// Numbers have no operators, because one may not fit a [`Decimal`]. [`sum`](Self::sum) adds them up, and calculates
/// with a field that may be absent:
///
/// ```
/// use bigcommerce_client::{Number, number, rust_decimal::Decimal};
///
/// let (total, refunded): (Option<Number>, Option<Number>) = (Some(number!(24.95)), None);
/// let left = Number::sum(&total)?.checked_sub(Number::sum(&refunded)?);
/// assert_eq!(left, Some(Decimal::new(2495, 2)));
/// # Ok::<(), bigcommerce_client::NumberRangeError>(())
/// ```
///
/// Setters accept an integer, a [`Decimal`] or [`number!`](crate::number) with a literal; a string is parsed.
/// There is no conversion from a float, which rarely is the price that was meant:
///
/// ```
/// use bigcommerce_client::{Number, number, rust_decimal::Decimal};
///
/// let (price, parsed): (Number, Number) = (number!(24.95), "24.95".parse()?);
/// assert_eq!(price, parsed);
/// assert_eq!(price, Number::from(Decimal::new(2495, 2)));
/// # Ok::<(), bigcommerce_client::ParseNumberError>(())
/// ```
///
/// ```
/// use bigcommerce_client::{Number, json};
///
/// let price: Number = json::from_slice(br#""7.00""#)?;
/// assert_eq!(price.value(), Some("7".parse()?));
/// assert_eq!(price.to_string(), "7.00");
/// assert_eq!(json::to_vec(&price), br#""7.00""#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    /// In the spelling that the decimal's `Display` produces.
    Plain(Decimal),
    /// The same, quoted.
    Quoted(Decimal),
    /// In any other spelling: an exponent, leading zeros, more digits than a decimal can represent.
    Odd { quoted: bool, text: Box<str> },
}

/// A string that is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseNumberError;

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the string is not a number")
    }
}

impl std::error::Error for ParseNumberError {}

impl Number {
    pub(super) const fn plain(value: Decimal) -> Self {
        Self(Repr::Plain(value))
    }

    /// The value, if the decimal has this spelling.
    pub(crate) const fn plain_value(&self) -> Option<Decimal> {
        match &self.0 {
            Repr::Plain(value) | Repr::Quoted(value) => Some(*value),
            Repr::Odd { .. } => None,
        }
    }

    /// The value; `None` if it does not fit exactly into a decimal of 96 bits and 28 places.
    ///
    /// ```
    /// use bigcommerce_client::{Number, json, rust_decimal::Decimal};
    ///
    /// let price: Number = json::from_str(r#""24.9500""#)?;
    /// let twice = price.value().map(|price| price * Decimal::from(2));
    /// assert_eq!(twice, Some(Decimal::new(4990, 2)));
    ///
    /// let huge: Number = "1e999".parse()?;
    /// assert_eq!(huge.value(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn value(&self) -> Option<Decimal> {
        match &self.0 {
            Repr::Plain(value) | Repr::Quoted(value) => Some(*value),
            Repr::Odd { text, .. } => odd_value(text),
        }
    }

    /// Whether it was a string, and will be written as one.
    ///
    /// ```
    /// use bigcommerce_client::{Number, json};
    ///
    /// // V2 quotes the prices that V3 does not.
    /// let (v2, v3): (Number, Number) = (json::from_str(r#""7.00""#)?, json::from_str("7.00")?);
    /// assert!(v2.is_quoted() && !v3.is_quoted());
    /// assert_eq!(v2.value(), v3.value());
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub const fn is_quoted(&self) -> bool {
        matches!(self.0, Repr::Quoted(_) | Repr::Odd { quoted: true, .. })
    }

    /// The same number as a string, for fields that are strings on the wire.
    ///
    /// Fields that are documented as encoded as a string do this automatically.
    ///
    /// ```
    /// use bigcommerce_client::{json, number};
    ///
    /// assert_eq!(json::to_vec(&number!(24.90).into_quoted()), br#""24.90""#);
    /// ```
    #[must_use]
    pub fn into_quoted(self) -> Self {
        Self(match self.0 {
            Repr::Plain(value) | Repr::Quoted(value) => Repr::Quoted(value),
            Repr::Odd { text, .. } => Repr::Odd { quoted: true, text },
        })
    }

    /// The JSON number, in its spelling.
    pub(crate) fn bare(text: &str) -> Self {
        Self(match exact(text) {
            Some(value) => Repr::Plain(value),
            None => Repr::Odd {
                quoted: false,
                text: text.into(),
            },
        })
    }

    /// The contents of a JSON string.
    pub(crate) fn quoted(text: &str) -> Option<Self> {
        match exact(text) {
            Some(value) => Some(Self(Repr::Quoted(value))),
            None if is_number(text) => Some(Self(Repr::Odd {
                quoted: true,
                text: text.into(),
            })),
            None => None,
        }
    }
}

/// The decimal whose `Display` is exactly `text`, if there is one.
fn exact(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    // A decimal has at most 29 digits and a point.
    if digits.is_empty() || digits.len() > 30 {
        return None;
    }
    let mut mantissa: u64 = 0;
    let mut point = None;
    for (at, byte) in digits.bytes().enumerate() {
        match byte {
            b'0'..=b'9' if at < 19 => mantissa = mantissa * 10 + u64::from(byte - b'0'),
            b'0'..=b'9' => {}
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let whole = point.unwrap_or(digits.len());
    let scale = if point.is_some() {
        digits.len() - whole - 1
    } else {
        0
    };
    if point.is_some() && scale == 0 || whole > 1 && digits.starts_with('0') {
        return None;
    }
    let scale = u32::try_from(scale).ok()?;
    if digits.len() <= 19
        && let Ok(mantissa) = i64::try_from(mantissa)
    {
        let signed = if negative { -mantissa } else { mantissa };
        return (mantissa != 0 || !negative).then(|| Decimal::new(signed, scale));
    }
    exact_wide(negative, digits, scale)
}

#[cold]
fn exact_wide(negative: bool, digits: &str, scale: u32) -> Option<Decimal> {
    let mut mantissa: i128 = 0;
    for byte in digits.bytes().filter(u8::is_ascii_digit) {
        mantissa = mantissa * 10 + i128::from(byte - b'0');
    }
    if negative && mantissa == 0 {
        return None;
    }
    let signed = if negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, scale).ok()
}

/// Whether a string is a number in any common spelling.
fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = split_exponent(text);
    let mantissa = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

fn split_exponent(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    }
}

/// The value of a spelling with an exponent, leading zeros or too many digits.
fn odd_value(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = split_exponent(text);
    let exponent: i64 = exponent.map_or(Some(0), |exponent| exponent.parse().ok())?;
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut value: i128 = 0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        value = value
            .checked_mul(10)?
            .checked_add(i128::from(byte.checked_sub(b'0')?))?;
    }
    if value == 0 {
        return Some(Decimal::ZERO);
    }
    let mut scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    while scale < 0 {
        value = value.checked_mul(10)?;
        scale += 1;
    }
    while scale > 28 && value % 10 == 0 {
        value /= 10;
        scale -= 1;
    }
    let signed = if negative { -value } else { value };
    Decimal::try_from_i128_with_scale(signed, u32::try_from(scale).ok()?).ok()
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Decimal, b: &Decimal| a.scale() == b.scale() && a == b;
        match (&self.0, &other.0) {
            (Repr::Plain(a), Repr::Plain(b)) | (Repr::Quoted(a), Repr::Quoted(b)) => same(a, b),
            (Repr::Odd { quoted: q, text: a }, Repr::Odd { quoted: r, text: b }) => {
                q == r && a == b
            }
            _ => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.is_quoted().hash(state);
        self.to_string().hash(state);
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Plain(value) | Repr::Quoted(value) => value.fmt(f),
            Repr::Odd { text, .. } => f.write_str(text),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_quoted() {
            write!(f, "\"{self}\"")
        } else {
            write!(f, "{self}")
        }
    }
}

impl From<Decimal> for Number {
    fn from(mut value: Decimal) -> Self {
        if value.is_zero() {
            value.set_sign_positive(true);
        }
        Self(Repr::Plain(value))
    }
}

impl From<&Number> for Number {
    fn from(number: &Number) -> Self {
        number.clone()
    }
}

macro_rules! from_integer {
    ($($type:ty),*) => {
        $(impl From<$type> for Number {
            fn from(value: $type) -> Self {
                Self(Repr::Plain(Decimal::from(value)))
            }
        })*
    };
}

from_integer!(i32, u32, i64, u64);

impl FromStr for Number {
    type Err = ParseNumberError;

    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        if let Some(value) = exact(text) {
            return Ok(Self(Repr::Plain(value)));
        }
        if !is_number(text) {
            return Err(ParseNumberError);
        }
        // A number that is not a valid JSON number is written in quotes.
        let (mantissa, _) = split_exponent(text);
        let whole = mantissa.strip_prefix('-').unwrap_or(mantissa);
        let (whole, fraction) = whole.split_once('.').unwrap_or((whole, "0"));
        let leads = whole.starts_with('+') || whole.len() > 1 && whole.starts_with('0');
        let quoted = leads || whole.is_empty() || fraction.is_empty();
        Ok(Self(Repr::Odd {
            quoted,
            text: text.into(),
        }))
    }
}

#[cfg(test)]
mod tests;
