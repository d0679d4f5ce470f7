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
        if value.is_empty() || leaves(value) {
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
            "its path would be that of another call: with this parameter, `{template}` is `{}`",
            other.path
        )),
    }
}

/// Whether a server could go up the path by a value, which some do where an encoded slash separates the
/// dots. What follows a semicolon is no part of a segment for others.
fn leaves(value: &str) -> bool {
    let names = value.split(['/', '\\']).map(|part| part.split(';').next());
    names.flatten().any(|name| matches!(name, "." | ".."))
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
