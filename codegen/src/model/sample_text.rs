//! What a string field holds in an example that the spec has none for: by its format, else by its name. What
//! only one object has is an `example` of the spec, and so is what a pattern asks for.

use super::{Field, sample_names::text_named};
use crate::spec::Format;

/// How long the longest string is that is made up for an example; a longer one would hide the rest.
const LONGEST: usize = 1000;

/// A string that looks like what its field holds, where one is known that it may hold; else the field's name,
/// since a call has to give something, or digits where the name is too short or too long.
#[must_use]
pub fn sample_text(field: &Field) -> String {
    if let Some(known) = known_text(field) {
        return known.to_owned();
    }
    let name = field.wire.replace('_', " ");
    if fits(field, &name) {
        name
    } else {
        digits(field)
    }
}

/// The string for a field whose format or name tells what it holds, where the field may hold it.
#[must_use]
pub fn known_text(field: &Field) -> Option<&'static str> {
    let of_format = field.limits.format.map(of_format);
    let known = of_format.or_else(|| text_named(&field.wire));
    known
        .filter(|_| field.limits.pattern.is_none())
        .filter(|text| fits(field, text))
}

/// Whether a string is as long as its field wants it.
fn fits(field: &Field, text: &str) -> bool {
    let (low, high) = field.limits.length;
    let length = text.chars().count() as u64;
    low.is_none_or(|low| length >= low) && high.is_none_or(|high| length <= high)
}

/// Digits, as a token or a code has them: as few as there may be, or as many where just the most is stated.
fn digits(field: &Field) -> String {
    let (low, high) = field.limits.length;
    let length = low.filter(|low| *low > 0).or(high).unwrap_or_default();
    let length = usize::try_from(length).map_or(LONGEST, |length| length.min(LONGEST));
    "0123456789abcdef".chars().cycle().take(length).collect()
}

const fn of_format(format: Format) -> &'static str {
    match format {
        Format::Url => "https://example.com/",
        Format::Currency => "USD",
        Format::Country => "US",
        Format::Email => "shopper@example.com",
        Format::EventScope => "store/order/created",
    }
}
