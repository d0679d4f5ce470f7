//! Numbers in a program's own code: made of literals, compared with `rust_decimal`'s, turned into them to
//! calculate with, and added up.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use super::Number;
use super::number::ParseNumberError;

/// A number that does not fit exactly into a decimal of 96 bits and 28 places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NumberRangeError;

impl fmt::Display for NumberRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number has more digits than fit into a decimal")
    }
}

impl std::error::Error for NumberRangeError {}

/// A [`Number`](crate::Number) from a literal, checked at compile time.
///
/// ```
/// use bigcommerce_client::number;
///
/// let price = number!(24.90);
/// assert_eq!(price.to_string(), "24.90", "as it is spelled");
/// assert!(number!(-3) < 0);
/// ```
///
/// Anything that is not a number, or has more than 18 digits, does not compile:
///
/// ```compile_fail
/// let price = bigcommerce_client::number!("24,90");
/// ```
#[macro_export]
macro_rules! number {
    ($($literal:tt)+) => {
        const {
            $crate::Number::literal(concat!($(stringify!($literal)),+))
                .expect("not a number of up to 18 digits")
        }
    };
}

impl Number {
    /// The number in a string without an exponent and with up to 18 digits; `None` for any other
    /// string. It can be used in constants; `parse` accepts any spelling.
    ///
    /// ```
    /// use bigcommerce_client::Number;
    ///
    /// const LIMIT: Option<Number> = Number::literal("99.50");
    /// assert_eq!(LIMIT, "99.50".parse().ok());
    /// assert!(Number::literal("1e3").is_none());
    /// ```
    pub const fn literal(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let negative = !bytes.is_empty() && bytes[0] == b'-';
        let start = if negative { 1 } else { 0 };
        let (mut at, mut value, mut digits, mut places) = (start, 0_i64, 0, None);
        while at < bytes.len() {
            match bytes[at] {
                digit @ b'0'..=b'9' if digits < 18 => {
                    value = value * 10 + (digit - b'0') as i64;
                    digits += 1;
                    if let Some(count) = places {
                        places = Some(count + 1);
                    }
                }
                b'.' if places.is_none() && digits > 0 => places = Some(0_u32),
                _ => return None,
            }
            at += 1;
        }
        let leads = bytes.len() > start + 1 && bytes[start] == b'0' && bytes[start + 1] != b'.';
        let places = match places {
            None => 0,
            // A point with nothing after it.
            Some(0) => return None,
            Some(count) => count,
        };
        if digits == 0 || leads || (negative && value == 0) {
            return None;
        }
        let value = value.unsigned_abs();
        let (low, middle) = (value as u32, (value >> 32) as u32);
        Some(Self::plain(Decimal::from_parts(
            low, middle, 0, negative, places,
        )))
    }

    /// The exact sum of amounts; 0 if there are none. A field that may be absent is such an amount, too.
    ///
    /// ```
    /// use bigcommerce_client::{Number, number, rust_decimal::Decimal};
    ///
    /// let prices = [Some(number!(0.10)), None, Some(number!(24.95))];
    /// assert_eq!(Number::sum(prices.iter().flatten())?, Decimal::new(2505, 2));
    /// assert_eq!(Number::sum(&prices[1])?, Decimal::ZERO);
    /// # Ok::<(), bigcommerce_client::NumberRangeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if an amount or the sum does not fit exactly into a decimal.
    pub fn sum<'a>(
        numbers: impl IntoIterator<Item = &'a Self>,
    ) -> Result<Decimal, NumberRangeError> {
        let mut numbers = numbers.into_iter();
        let sum = numbers.try_fold(Decimal::ZERO, |sum, number| added(sum, number.value()?));
        sum.ok_or(NumberRangeError)
    }
}

/// The sum, unless it had to be rounded to fewer places than it has.
fn added(one: Decimal, other: Decimal) -> Option<Decimal> {
    let sum = one.checked_add(other)?;
    let places = one.normalize().scale().max(other.normalize().scale());
    (sum.is_zero() || sum.scale() >= places).then_some(sum)
}

impl TryFrom<&str> for Number {
    type Error = ParseNumberError;

    fn try_from(text: &str) -> Result<Self, ParseNumberError> {
        text.parse()
    }
}

impl TryFrom<&Number> for Decimal {
    type Error = NumberRangeError;

    fn try_from(number: &Number) -> Result<Self, NumberRangeError> {
        number.value().ok_or(NumberRangeError)
    }
}

impl TryFrom<Number> for Decimal {
    type Error = NumberRangeError;

    fn try_from(number: Number) -> Result<Self, NumberRangeError> {
        Self::try_from(&number)
    }
}

/// Compares the values; a number that does not fit a decimal equals none.
impl PartialEq<Decimal> for Number {
    fn eq(&self, other: &Decimal) -> bool {
        self.value() == Some(*other)
    }
}

/// Compares the values; a number that does not fit a decimal is neither less nor greater.
impl PartialOrd<Decimal> for Number {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        self.value().map(|value| value.cmp(other))
    }
}

impl PartialEq<Number> for Decimal {
    fn eq(&self, other: &Number) -> bool {
        other == self
    }
}

impl PartialOrd<Number> for Decimal {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        other.partial_cmp(self).map(Ordering::reverse)
    }
}

/// Compares the values.
impl PartialEq<i64> for Number {
    fn eq(&self, other: &i64) -> bool {
        *self == Decimal::from(*other)
    }
}

/// Compares the values.
impl PartialOrd<i64> for Number {
    fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
        self.partial_cmp(&Decimal::from(*other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_what_parsing_makes_of_it_or_nothing() {
        for text in [
            "0",
            "7",
            "-7",
            "0.50",
            "24.90",
            "-0.001",
            "999999999999999999",
        ] {
            assert_eq!(Number::literal(text), text.parse().ok(), "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1.2.3",
            "+1",
            "1e3",
            "01",
            "-0",
            "--1",
            "1,5",
            " 1",
            "1234567890123456789",
        ] {
            assert!(Number::literal(text).is_none(), "{text}");
        }
        assert_eq!(crate::number!(-24.90).to_string(), "-24.90");
    }

    #[test]
    fn a_number_that_no_decimal_holds_compares_with_none() {
        let large: Number = "1e40".parse().unwrap();
        assert_eq!(Decimal::try_from(&large), Err(NumberRangeError));
        assert!(large != Decimal::MAX && large.partial_cmp(&Decimal::MAX).is_none());
    }

    #[test]
    fn a_sum_is_exact_or_an_error() {
        let largest = "79228162514264337593543950335";
        for (numbers, sum) in [
            (vec![], Some("0")),
            (vec!["0.10", "0.20", "24.95"], Some("25.25")),
            (vec!["1e3", "-7.00"], Some("993")),
            (vec!["0.1", "-0.1"], Some("0")),
            (vec![largest, "0.00"], Some(largest)),
            (vec![largest, "1"], None),
            (vec!["10000000000000000000000000000", "0.1"], None),
            (vec!["0.0000000000000000000000000001", "1000"], None),
            (vec!["1e40"], None),
        ] {
            let all: Vec<Number> = numbers.iter().map(|it| it.parse().unwrap()).collect();
            let sum = sum.map(|sum| sum.parse::<Decimal>().unwrap());
            assert_eq!(Number::sum(&all).ok(), sum, "{numbers:?}");
        }
    }

    #[test]
    fn numbers_compare_as_their_decimals_do() {
        let values = ["-7.5", "-0.01", "0", "0.00", "1", "1.0", "7.49", "7.5"];
        let decimals = values.map(|text| text.parse::<Decimal>().unwrap());
        for a in decimals {
            let number = Number::from(a);
            for b in decimals {
                assert_eq!(number.partial_cmp(&b), Some(a.cmp(&b)));
                assert_eq!(b.partial_cmp(&number), Some(b.cmp(&a)));
                assert_eq!(number == b, a == b);
            }
            assert_eq!(Decimal::try_from(number), Ok(a));
        }
    }
}
