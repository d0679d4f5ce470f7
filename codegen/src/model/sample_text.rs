//! The strings of examples for fields without one in the spec: by format, otherwise by name. A string for
//! just one object is an `example` of the spec, and so is one that a pattern requires.

use super::{Field, sample_names::text_named};
use crate::spec::Format;

/// The maximum length of a string made up for an example; a longer one would hide the rest.
const LONGEST: usize = 1000;

/// A realistic string for its field, if a valid one is known; otherwise the field's name, because a call must
/// send something, or digits if the name is too short or too long.
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

/// The string for a field by its format or name, if it is valid for the field.
#[must_use]
pub fn known_text(field: &Field) -> Option<&'static str> {
    let named = || text_named(&field.wire);
    let known = match field.limits.format {
        // A name may tell more about a URL.
        Some(Format::Url) => named()
            .filter(|text| text.starts_with("https://"))
            .or(Some(URL)),
        Some(format) => Some(of_format(format)),
        None => named(),
    };
    known
        .filter(|_| field.limits.pattern.is_none())
        .filter(|text| fits(field, text))
}

/// Whether a string has a valid length for its field.
fn fits(field: &Field, text: &str) -> bool {
    let (low, high) = field.limits.length;
    let length = text.chars().count() as u64;
    low.is_none_or(|low| length >= low) && high.is_none_or(|high| length <= high)
}

/// Digits, like those of a token or a code: as few as allowed, or as many if only the maximum is stated.
fn digits(field: &Field) -> String {
    let (low, high) = field.limits.length;
    let length = low.filter(|low| *low > 0).or(high).unwrap_or_default();
    let length = usize::try_from(length).map_or(LONGEST, |length| length.min(LONGEST));
    "0123456789abcdef".chars().cycle().take(length).collect()
}

/// A URL about which nothing is known.
const URL: &str = "https://example.com/";

const fn of_format(format: Format) -> &'static str {
    match format {
        Format::Url => URL,
        Format::Currency => "USD",
        Format::Country => "US",
        Format::Email => "shopper@example.com",
        Format::EventScope => "store/order/created",
    }
}
