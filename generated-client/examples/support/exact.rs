//! Amounts that are added up exactly.

use std::fmt;

use bigcommerce_client::{rust_decimal::Decimal, value::Number};

use super::support::Failure;

/// The largest amount of one order or refund, 10^15. A decimal holds more than 10^13 of them, so no sum overflows.
const LARGEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// An amount, zero if there is none.
pub fn exact(of: impl fmt::Display, amount: Option<&Number>) -> Result<Decimal, Failure> {
    let Some(amount) = amount else {
        return Ok(Decimal::ZERO);
    };
    let value = amount.value().filter(|value| value.abs() <= LARGEST);
    value.ok_or_else(|| format!("{of}: {amount} is too large to be added up").into())
}
