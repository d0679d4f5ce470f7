//! An amount formatted with the number of decimal places of its currency.

use std::fmt;

use rust_decimal::RoundingStrategy;

use super::Number;

/// Currencies of ISO 4217 that do not have two decimal places.
const DIGITS: [(u32, &[&str]); 3] = [
    (
        0,
        &[
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
            "VND", "VUV", "XAF", "XOF", "XPF",
        ],
    ),
    (3, &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]),
    (4, &["CLF", "UYW"]),
];

/// An amount formatted with the decimal places of its currency; see [`Number::in_currency`].
#[derive(Clone, Copy, Debug)]
pub struct Money<'a> {
    amount: &'a Number,
    digits: u32,
}

impl Number {
    /// Formats the amount in a currency, given by its case-insensitive ISO 4217 code: rounded to the
    /// currency's decimal places, halves away from zero. An unknown code has two decimal places; a
    /// number that does not fit a decimal is shown unchanged. `Display` of the number itself shows it
    /// exactly as it was sent.
    ///
    /// ```
    /// use bigcommerce_client::number;
    ///
    /// let price = number!(1234.5678);
    /// assert_eq!(price.in_currency("EUR").to_string(), "1234.57");
    /// assert_eq!(price.in_currency("jpy").to_string(), "1235");
    /// assert_eq!(price.in_currency("KWD").to_string(), "1234.568");
    /// assert_eq!(price.to_string(), "1234.5678");
    /// ```
    pub fn in_currency(&self, code: &str) -> Money<'_> {
        let known = |codes: &[&str]| codes.iter().any(|known| known.eq_ignore_ascii_case(code));
        let digits = DIGITS.iter().find(|(_, codes)| known(codes));
        Money {
            amount: self,
            digits: digits.map_or(2, |(digits, _)| *digits),
        }
    }
}

impl fmt::Display for Money<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(amount) = self.amount.value() else {
            return self.amount.fmt(f);
        };
        let away = RoundingStrategy::MidpointAwayFromZero;
        let mut rounded = amount.round_dp_with_strategy(self.digits, away);
        rounded.rescale(self.digits);
        if rounded.is_zero() {
            rounded.set_sign_positive(true);
        }
        rounded.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_the_digits_of_its_currency() {
        for (amount, code, shown) in [
            ("7", "USD", "7.00"),
            ("7.005", "USD", "7.01"),
            ("-7.005", "USD", "-7.01"),
            ("-0.004", "USD", "0.00"),
            ("-0.4", "JPY", "0"),
            ("7.5", "JPY", "8"),
            ("7", "CLF", "7.0000"),
            ("7.1", "???", "7.10"),
            ("1e40", "USD", "1e40"),
        ] {
            let amount: Number = amount.parse().unwrap();
            assert_eq!(
                amount.in_currency(code).to_string(),
                shown,
                "{amount} {code}"
            );
        }
    }
}
