//! Divides amounts exactly.

use bigcommerce_client::rust_decimal::Decimal;

/// The decimal places to which amounts are divided; the API has as many.
const DIGITS: u32 = 4;

/// The parts of an amount in proportion to weights. They add up to the amount: the last one has the
/// rounding difference. `None` if one of the numbers on the way is too large for a decimal.
pub fn spread(amount: Decimal, weights: &[Decimal]) -> Option<Vec<Decimal>> {
    let whole = total(weights)?;
    if whole == amount {
        return Some(weights.to_vec());
    }
    let even = vec![Decimal::ONE; weights.len()];
    let (weights, whole) = match whole.is_zero() {
        true => (even.as_slice(), Decimal::from(weights.len())),
        false => (weights, whole),
    };
    let mut parts = Vec::with_capacity(weights.len());
    for weight in weights {
        let part = amount.checked_mul(*weight)?.checked_div(whole)?;
        parts.push(part.round_dp(DIGITS));
    }
    let rest = amount.checked_sub(total(&parts)?)?;
    if let Some(last) = parts.last_mut() {
        *last = last.checked_add(rest)?;
    }
    Some(parts)
}

fn total(amounts: &[Decimal]) -> Option<Decimal> {
    let mut amounts = amounts.iter();
    amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(*amount))
}
