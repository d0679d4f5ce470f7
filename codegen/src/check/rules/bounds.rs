//! Limits on values: that they are valid, can be met, and match the type they limit.

use std::rc::Rc;

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{FieldAt, Index, Typed},
    spec::{View, Wire},
    types::{Prim, TypeExpr},
};

pub static BAD_RANGE: Code = Code::error(
    "E320",
    "bad-range",
    "A range is `1..255`, `1..` or `..255`, the smaller number first.",
);
pub static MISPLACED_LIMIT: Code = Code::error(
    "E321",
    "misplaced-limit",
    "`length` and `pattern` limit strings, `range` numbers, `items` lists.",
);
pub static WIRE: Code = Code::error("E322", "wire", "A `wire:` format fits the field's type.");
pub static BAD_PATTERN: Code = Code::error(
    "E323",
    "bad-pattern",
    "A pattern is a regular expression whose brackets close.",
);

/// Reads `low..high` and returns the two ends, or what is wrong.
fn read_range(text: &str, whole: bool) -> Result<(Option<f64>, Option<f64>), &'static str> {
    let (low, high) = text
        .split_once("..")
        .ok_or("the two dots between its ends are missing")?;
    if high.starts_with('.') {
        return Err("there are more than two dots between the ends");
    }
    let end = |end: &str| -> Result<Option<f64>, &'static str> {
        let end = end.trim();
        if end.is_empty() {
            return Ok(None);
        }
        if whole && !end.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("its ends must be integers of at least 0");
        }
        let number = end.parse::<f64>().ok().filter(|number| number.is_finite());
        // `parse` also reads `1e5` and `inf`, which nobody writes as a limit.
        let plain = end
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        number
            .filter(|_| plain)
            .map(Some)
            .ok_or("its ends must be numbers")
    };
    match (end(low)?, end(high)?) {
        (None, None) => Err("at least one end is required"),
        (Some(low), Some(high)) if low > high => Err("the larger number is first"),
        ends => Ok(ends),
    }
}

fn range(text: &str, whole: bool, at: At<'_>, out: &mut Diagnostics) {
    if let Err(why) = read_range(text, whole) {
        out.push(
            Diagnostic::new(&BAD_RANGE, at.value(), format!("`{text}` is not a range"))
                .label(why)
                .help("write `1..255`, `1..` or `..255`; both ends are allowed values"),
        );
    }
}

pub(super) fn ranges(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        let spec = field.spec;
        for (text, key, whole) in [
            (&spec.length, "length", true),
            (&spec.items, "items", true),
            (&spec.range, "range", false),
        ] {
            if let Some(text) = text {
                range(text, whole, field.at().key(key), out);
            }
        }
    }
    for endpoint in cx.endpoints() {
        for (key, name, parameter) in endpoint.parameters() {
            if let Some(text) = &parameter.range {
                let at = endpoint.at.key(key).key(name).key("range");
                range(text, false, at, out);
            }
        }
    }
    for (_, _, parameter, at) in cx.path_parameters() {
        if let Some(text) = &parameter.range {
            range(text, false, at.key("range"), out);
        }
    }
}

/// The types of a field in its views, without an enumeration of its own.
fn types<'a>(cx: &Index<'a>, field: FieldAt<'_>) -> Vec<Rc<Typed<'a>>> {
    let own = field.spec.types.iter().map(|(_, text)| text);
    own.chain(&field.spec.kind)
        .filter_map(|text| cx.read(field.schema.home, text).ok())
        .collect()
}

fn is_text(expr: &TypeExpr) -> bool {
    matches!(
        expr,
        TypeExpr::Prim(Prim::String | Prim::Id | Prim::Uuid | Prim::Json) | TypeExpr::Named { .. }
    )
}

fn is_number(expr: &TypeExpr) -> bool {
    matches!(
        expr,
        TypeExpr::Prim(Prim::Int | Prim::Decimal | Prim::Id | Prim::Json)
    )
}

pub(super) fn misplaced(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        let spec = field.spec;
        let types = types(cx, field);
        if types.is_empty() && spec.values.is_none() {
            continue;
        }
        // A limit on the contents of a list belongs to the list.
        let leaf = |fits: fn(&TypeExpr) -> bool| types.iter().any(|ty| fits(ty.expr.leaf()));
        let listed = types.iter().any(|ty| {
            matches!(
                ty.expr,
                TypeExpr::List(_) | TypeExpr::Map(_) | TypeExpr::Link(_)
            )
        });
        for (given, key, fits, what) in [
            (spec.length.is_some(), "length", leaf(is_text), "text"),
            (spec.pattern.is_some(), "pattern", leaf(is_text), "text"),
            (spec.format.is_some(), "format", leaf(is_text), "text"),
            (spec.range.is_some(), "range", leaf(is_number), "numbers"),
            (spec.items.is_some(), "items", listed, "lists"),
        ] {
            if given && !fits {
                let mut diagnostic = Diagnostic::new(
                    &MISPLACED_LIMIT,
                    field.at().key(key).name(),
                    format!(
                        "`{key}` is for {what}, but `{}` has another type",
                        field.name
                    ),
                );
                if spec.kind.is_some() {
                    diagnostic = diagnostic.also(field.at().key("type").value(), "its type");
                }
                out.push(diagnostic.help(
                    "remove it, or use `length` for strings, `range` for numbers, `items` for lists",
                ));
            }
        }
    }
}

pub(super) fn wires(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        let Some(wire) = field.spec.wire else {
            continue;
        };
        let (fits, of): (fn(Prim) -> bool, &str) = match wire {
            Wire::Text => (
                |prim| matches!(prim, Prim::Decimal | Prim::Int),
                "`decimal` or `int`",
            ),
            Wire::Rfc2822 => (
                |prim| matches!(prim, Prim::DateTime | Prim::Date),
                "`datetime` or `date`",
            ),
            Wire::Unix => (|prim| prim == Prim::DateTime, "`datetime`"),
            Wire::OneZero => (|prim| prim == Prim::Bool, "`bool`"),
        };
        let types = types(cx, field);
        let unfit = types
            .iter()
            .all(|ty| !matches!(ty.expr.leaf(), TypeExpr::Prim(prim) if fits(*prim)));
        if unfit && (!types.is_empty() || field.spec.values.is_some()) {
            let mut diagnostic = Diagnostic::new(
                &WIRE,
                field.at().key("wire").value(),
                format!(
                    "this format is for {of}, but `{}` has another type",
                    field.name
                ),
            )
            .help("remove `wire:`, or correct the type");
            if field.spec.kind.is_some() {
                diagnostic = diagnostic.also(field.at().key("type").value(), "its type");
            }
            out.push(diagnostic);
        } else if wire == Wire::OneZero && written(field) {
            out.push(
                Diagnostic::new(
                    &WIRE,
                    field.at().key("wire").value(),
                    format!(
                        "`{}` can be written, and would be sent as a boolean",
                        field.name
                    ),
                )
                .why("1 and 0 are accepted in responses, but never sent in a request body")
                .help("limit the field to responses with `in: [read]`, or make its type `int`"),
            );
        }
    }
}

/// Whether a field is in a view that is sent.
fn written(field: FieldAt<'_>) -> bool {
    let views = field.spec.views.as_deref();
    let views = views.unwrap_or_else(|| field.schema.views());
    views.iter().any(|view| *view != View::Read)
}

pub(super) fn patterns(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        if let Some(pattern) = &field.spec.pattern
            && let Err((at, why)) = balanced(pattern)
        {
            out.push(
                Diagnostic::new(
                    &BAD_PATTERN,
                    field.at().key("pattern").part(at..at + 1),
                    "this is not a regular expression",
                )
                .label(why)
                .help("close it, or put a backslash in front to match the character itself"),
            );
        }
    }
}

/// Whether the brackets of a regular expression are balanced; otherwise the position and the problem.
fn balanced(pattern: &str) -> Result<(), (usize, &'static str)> {
    let mut open: Vec<usize> = Vec::new();
    let mut class: Option<usize> = None;
    let mut chars = pattern.char_indices();
    while let Some((at, c)) = chars.next() {
        match (c, class) {
            ('\\', _) => {
                chars.next().ok_or((at, "nothing follows this backslash"))?;
            }
            (']', Some(start)) if at > start + 1 => class = None,
            (_, Some(_)) => {}
            ('[', None) => class = Some(at),
            ('(', None) => open.push(at),
            (')', None) => {
                open.pop().ok_or((at, "this closes nothing"))?;
            }
            _ => {}
        }
    }
    match (class, open.pop()) {
        (Some(at), _) | (None, Some(at)) => Err((at, "this is never closed")),
        (None, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_needs_an_end_and_its_smaller_number_first() {
        for good in ["1..255", "1..", "..255", "0..0"] {
            assert!(read_range(good, true).is_ok(), "{good}");
        }
        for good in ["-1..1", "0.5..100", "..-3"] {
            assert!(read_range(good, false).is_ok(), "{good}");
        }
        for bad in ["", "5", "..", "9..1", "a..b", "1...5", "-1..1", "1.5..2"] {
            assert!(read_range(bad, true).is_err(), "{bad}");
        }
        for bad in ["1e5..", "inf..", "nan..", "--1..2"] {
            assert!(read_range(bad, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_pattern_has_brackets_that_close() {
        for good in [
            r"^(\/([A-Za-z0-9\-_.]{1,256}))*\/?$",
            "[]a]",
            r"\(",
            "[(]",
            "",
        ] {
            assert_eq!(balanced(good), Ok(()), "{good}");
        }
        for (bad, at) in [("(a", 0), ("a)", 1), ("[a", 0), ("a\\", 1)] {
            assert_eq!(balanced(bad).unwrap_err().0, at, "{bad}");
        }
    }
}
