//! The address of a call: the template of the endpoint with its parameters, and the query.

pub(crate) use crate::query::encode;

use crate::paths::Official;

/// Fills in the template of a path.
///
/// # Errors
///
/// Says why when a parameter is missing, or would change which path is meant.
pub(super) fn fill(
    template: &str,
    parameters: &[(&'static str, String)],
    out: &mut String,
) -> Result<(), String> {
    let mut left = template;
    while let Some((before, after)) = left.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let Some((_, value)) = parameters.iter().find(|(given, _)| *given == name) else {
            return Err(format!("the path parameter `{name}` is missing"));
        };
        if is_blank(value) || leaves(value) {
            return Err(format!("the path parameter `{name}` cannot be {value:?}"));
        }
        out.push_str(before);
        encode(value, out);
        left = after;
    }
    out.push_str(left);
    match Official::instead_of(template, parameters) {
        None => Ok(()),
        Some(other) => Err(format!(
            "its path would be that of another call: with this parameter, `{template}` becomes \
             `{}`",
            other.path
        )),
    }
}

/// The segments that a server could find in a value. Some take an encoded slash for one that separates;
/// what follows a semicolon is no part of a segment for others, nor are the blanks around it.
fn segments(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split(['/', '\\']);
    parts.map(|part| part.split(';').next().unwrap_or_default().trim())
}

/// Whether a server could take a value for none: the path would be that of all things, and not of one.
fn is_blank(value: &str) -> bool {
    segments(value).all(str::is_empty)
}

/// Whether a server could go up the path by a value.
fn leaves(value: &str) -> bool {
    segments(value).any(|name| matches!(name, "." | ".."))
}

/// Appends a query. The keys are constants that are safe as they are.
pub(super) fn query(pairs: &[(&'static str, String)], out: &mut String) {
    for (at, (key, value)) in pairs.iter().enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(key);
        out.push('=');
        out.push_str(value);
    }
}
