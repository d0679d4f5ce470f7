//! The URL of a call: the endpoint's path template with its parameters, and the query.

pub(crate) use crate::query::encode;

use crate::paths::Official;

/// Fills in a path template.
///
/// # Errors
///
/// Returns the reason if a parameter is missing, or would turn the path into that of another call.
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

/// The segments that a server could see in a value. Some servers treat an encoded slash as a separator;
/// some strip what follows a semicolon, and surrounding whitespace.
fn segments(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split(['/', '\\']);
    parts.map(|part| part.split(';').next().unwrap_or_default().trim())
}

/// Whether a server could treat a value as absent: the path would then be that of the whole collection
/// instead of one record.
fn is_blank(value: &str) -> bool {
    segments(value).all(str::is_empty)
}

/// Whether a value could make a server go up in the path.
fn leaves(value: &str) -> bool {
    segments(value).any(|name| matches!(name, "." | ".."))
}

/// Appends a query. The keys are constants that need no encoding.
pub(super) fn query(pairs: &[(&'static str, String)], out: &mut String) {
    for (at, (key, value)) in pairs.iter().enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(key);
        out.push('=');
        out.push_str(value);
    }
}
