//! The writer: it appends compact JSON to a buffer and cannot fail.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::field::still_means;
use super::lexer::string_stop;
use super::place::{below, path_at};
use super::rest::{Entry, Why};
use super::{Encode, Field, Rest, Slot};

/// Writes values as compact JSON, one after the other.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
    /// Whether the JSON is for a request, and so must be valid.
    sent: bool,
    /// Why the result must not be sent.
    mistake: Option<String>,
    /// Whether a field without a value is omitted, whatever spelling of "nothing" was read.
    values: bool,
    /// Whether it is written as null instead, to show which fields exist.
    nulls: bool,
    /// The first field that was changed since it was read, and is written without what its type cannot hold:
    /// where its object is written, and its name.
    parted: Option<(usize, String)>,
}

impl Writer {
    /// An empty writer.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub(crate) fn into_string(self) -> String {
        self.out
    }

    /// An empty writer for a request.
    pub(crate) fn of_body() -> Self {
        Self {
            sent: true,
            ..Self::default()
        }
    }

    /// An empty writer for values that are compared: `""` in place of a date counts as none.
    pub(super) fn of_values() -> Self {
        Self {
            values: true,
            ..Self::default()
        }
    }

    /// Writes null for each field of a type that has no value.
    #[allow(dead_code, reason = "without a group there are no updates")]
    pub(super) const fn with_nulls(mut self) -> Self {
        self.nulls = true;
        self
    }

    /// Whether mistakes matter: a value that is not sent may have some.
    pub(crate) const fn is_sent(&self) -> bool {
        self.sent
    }

    /// The JSON, and the first field that lacks something that was there when it was read and that its type
    /// cannot represent.
    pub(super) fn into_parts(self) -> (String, Option<String>) {
        let path = |(at, field): (usize, String)| below(path_at(&self.out, at), &field);
        let parted = self.parted.map(path);
        (self.out, parted)
    }

    /// The JSON, and why it must not be sent, if there is a reason.
    pub(crate) fn into_body(self) -> (String, Option<String>) {
        (self.out, self.mistake)
    }

    /// Records that the value must not be sent. The first reason counts.
    #[cold]
    pub(crate) fn mistake(&mut self, reason: impl FnOnce() -> String) {
        self.mistake.get_or_insert_with(reason);
    }

    /// Starts an object that writes back what it kept when it was read.
    pub(crate) fn object<'w>(&'w mut self, rest: &'w Rest) -> Object<'w> {
        let mut object = self.record();
        object.keep(rest);
        object
    }

    /// Starts an object of known fields only.
    pub(crate) fn record(&mut self) -> Object<'_> {
        self.out.push('{');
        Object {
            writer: self,
            kept: &[],
            odd: false,
            first: true,
        }
    }

    /// Writes a string in quotes.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) {
        self.out.reserve(text.len() + 2);
        self.out.push('"');
        if string_stop(text.as_bytes(), 0) == text.len() {
            self.out.push_str(text);
        } else {
            self.escaped(text);
        }
        self.out.push('"');
    }

    #[cold]
    fn escaped(&mut self, text: &str) {
        let mut written = 0;
        loop {
            let at = string_stop(text.as_bytes(), written);
            self.out.push_str(text.get(written..at).unwrap_or_default());
            let Some(byte) = text.as_bytes().get(at) else {
                break;
            };
            written = at + 1;
            match byte {
                b'"' => self.out.push_str("\\\""),
                b'\\' => self.out.push_str("\\\\"),
                b'\n' => self.out.push_str("\\n"),
                b'\r' => self.out.push_str("\\r"),
                b'\t' => self.out.push_str("\\t"),
                _ => {
                    let _ = write!(self.out, "\\u{byte:04x}");
                }
            }
        }
    }

    /// Writes an integer.
    pub(crate) fn integer(&mut self, value: i64) {
        self.out.push_str(itoa::Buffer::new().format(value));
    }

    /// Writes a decimal number with its decimal places.
    pub(super) fn decimal(&mut self, value: Decimal) {
        let (mantissa, scale) = (value.mantissa().unsigned_abs(), value.scale() as usize);
        let mut buffer = itoa::Buffer::new();
        let digits = match u64::try_from(mantissa) {
            Ok(mantissa) => buffer.format(mantissa),
            Err(_) => buffer.format(mantissa),
        };
        if value.is_sign_negative() {
            self.out.push('-');
        }
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(scale));
        self.out
            .push_str(if whole.is_empty() { "0" } else { whole });
        if scale > 0 {
            self.out.push('.');
            let zeros = scale.saturating_sub(digits.len());
            self.out.extend(std::iter::repeat_n('0', zeros));
            self.out.push_str(fraction);
        }
    }

    /// Writes something whose `Display` is valid JSON.
    pub(crate) fn display(&mut self, value: &impl std::fmt::Display) {
        let _ = write!(self.out, "{value}");
    }

    /// Writes JSON that is already known to be valid.
    pub(crate) fn raw(&mut self, json: &str) {
        self.out.push_str(json);
    }
}

/// An object being written.
#[derive(Debug)]
#[must_use = "an object is closed by `end`"]
pub struct Object<'w> {
    writer: &'w mut Writer,
    kept: &'w [Entry],
    odd: bool,
    first: bool,
}

impl<'w> Object<'w> {
    /// Also writes what was kept.
    pub(super) fn keep(&mut self, rest: &'w Rest) {
        self.kept = rest.entries();
        self.odd = self.kept.iter().any(|entry| entry.why != Why::Unknown);
    }

    /// Writes a known field, or nothing if it is absent.
    #[inline]
    pub(crate) fn field<F: Field>(&mut self, key: &str, value: &F) {
        let means = |raw: &str| still_means(raw, value);
        let is_empty = || !value.is_written();
        if !self.odd || !self.wrote_as_it_came(key, value.is_written(), &means, &is_empty) {
            self.set(key, value);
        }
    }

    /// Like [`field`](Self::field), for a field of a model: it counts as empty until it is set, whether
    /// or not it is then written.
    pub(super) fn slot(&mut self, key: &str, value: &dyn Slot) {
        if self.odd && self.wrote_slot_as_it_came(key, value) {
            return;
        }
        if value.is_written() {
            self.key(key);
            value.write(self.writer);
        } else if self.writer.nulls {
            self.key(key);
            self.writer.raw("null");
        }
    }

    #[cold]
    #[inline(never)]
    fn wrote_slot_as_it_came(&mut self, key: &str, value: &dyn Slot) -> bool {
        let means = |raw: &str| value.is_spelled(raw);
        self.wrote_as_it_came(key, value.is_written(), &means, &|| value.is_blank())
    }

    #[inline]
    fn set<F: Field>(&mut self, key: &str, value: &F) {
        if value.is_written() {
            self.key(key);
            value.write(self.writer);
        } else if self.writer.nulls {
            self.key(key);
            self.writer.raw("null");
        }
    }

    /// Writes a key with a value.
    pub(crate) fn value<T: Encode + ?Sized>(&mut self, key: &str, value: &T) {
        self.key(key);
        value.encode(self.writer);
    }

    /// Writes what the object kept beyond its known fields, and closes it.
    pub(crate) fn end(mut self) {
        for entry in self.kept {
            match entry.why {
                Why::Unknown => self.key(&entry.key),
                Why::OddKey => self.spelled_key(&entry.key),
                _ => continue,
            }
            self.writer.raw(entry.raw.get());
        }
        self.writer.out.push('}');
    }

    /// Writes a known field as it was read, which may mean not at all, unless its value has changed
    /// since.
    #[cold]
    fn wrote_as_it_came(
        &mut self,
        key: &str,
        is_written: bool,
        still_means: &dyn Fn(&str) -> bool,
        is_empty: &dyn Fn() -> bool,
    ) -> bool {
        let holds = |entry: &&Entry| match entry.why {
            Why::Spelling | Why::Part => &*entry.key == key && still_means(entry.raw.get()),
            Why::Oddity | Why::Missing => &*entry.key == key && is_empty(),
            Why::Unknown | Why::OddKey | Why::Around => false,
        };
        let Some(entry) = self.kept.iter().find(holds) else {
            let in_part = |entry: &Entry| entry.why == Why::Part && &*entry.key == key;
            if self.kept.iter().any(in_part) {
                let at = self.writer.out.len();
                self.writer
                    .parted
                    .get_or_insert_with(|| (at, key.to_owned()));
            }
            return false;
        };
        let is_nothing = self.writer.values && entry.why == Why::Spelling && !is_written;
        if entry.why != Why::Missing && !is_nothing {
            self.key(key);
            self.writer.raw(entry.raw.get());
        }
        true
    }

    #[inline]
    fn key(&mut self, key: &str) {
        self.separate();
        self.writer.text(key);
        self.writer.out.push(':');
    }

    /// Writes a key that is already spelled as JSON.
    #[cold]
    fn spelled_key(&mut self, key: &str) {
        self.separate();
        for part in ["\"", key, "\":"] {
            self.writer.raw(part);
        }
    }

    #[inline]
    fn separate(&mut self) {
        if self.first {
            self.first = false;
        } else {
            self.writer.out.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_written_as_it_shows_itself() {
        for mantissa in [
            0,
            7,
            10,
            1234,
            120_000,
            i128::from(u64::MAX) + 5,
            (1 << 95) - 1,
        ] {
            for scale in [0, 1, 2, 4, 5, 10, 28] {
                for negative in [false, true] {
                    let mut value = Decimal::from_i128_with_scale(mantissa, scale);
                    value.set_sign_negative(negative);
                    let mut w = Writer::new();
                    w.decimal(value);
                    assert_eq!(w.into_string(), value.to_string());
                }
            }
        }
    }
}
