//! Whether two spellings of a field are the same value, which depends on the type that the update has for it.

use crate::json::{Decode, DecodeError, RawJson, Reader, Slot};
use crate::value::{Date, DateTime, Number};

/// Whether two values are the same. `"10.0000"` and 10.00 are one amount, but two texts: a string is compared as the
/// type of the update's field, and only with an equal one if an update does not have the field. Lists and objects
/// are compared as they are written.
pub(super) fn is_same(one: &RawJson, other: &RawJson, slot: Option<&mut dyn Slot>) -> bool {
    let (one, other) = (one.get(), other.get());
    if one == other {
        return true;
    }
    let is_composed = |json: &str| json.starts_with(['{', '[']);
    if is_composed(one) || is_composed(other) {
        return false;
    }
    let is_text = |json: &str| json.starts_with('"');
    match slot {
        Some(slot) if is_text(one) || is_text(other) => is_same_as(slot, one, other),
        Some(_) => is_same_number(one, other),
        None => !is_text(one) && !is_text(other) && is_same_number(one, other),
    }
}

/// Whether the field reads one value from both. Numbers and dates preserve their spelling, so their values are
/// compared.
fn is_same_as(slot: &mut dyn Slot, one: &str, other: &str) -> bool {
    let is_read = slot.read(&mut Reader::over(one)).is_ok();
    let is_same = is_read && slot.is_spelled(other);
    // The types that preserve a spelling all reject this, with an error that names the type.
    let refused = slot.read(&mut Reader::over("true")).err();
    slot.clear();
    let kind = refused.as_ref().map_or("", DecodeError::expected);
    is_same
        || is_read && kind == Number::KIND && is_same_number(one, other)
        || is_read && kind == DateTime::KIND && is_same_moment(one, other)
}

fn is_same_number(one: &str, other: &str) -> bool {
    let number = |json: &str| unquoted(json).parse::<Number>().ok()?.value();
    number(one).is_some_and(|one| number(other) == Some(one))
}

/// Whether two dates are the same point in time and the same day as written, so that they are one date as well as one
/// date-time.
fn is_same_moment(one: &str, other: &str) -> bool {
    let moment = |json: &str| {
        let text = unquoted(json);
        let day = Date::from_wire(text).date()?;
        Some((DateTime::from_wire(text).timestamp()?, day))
    };
    moment(one).is_some_and(|one| moment(other) == Some(one))
}

fn unquoted(json: &str) -> &str {
    json.trim_matches('"')
}
