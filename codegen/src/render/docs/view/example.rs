//! The example of a call in Rust, with its types imported so that the call itself stays short.

use crate::{
    model::{Api, Endpoint},
    render::rust::{CRATE, all_text, call_text, formatted},
};

/// The lines of an endpoint's example.
pub(super) fn text(api: &Api, endpoint: &Endpoint) -> String {
    written(&call_text(api, endpoint))
}

/// The lines of the example of its call for any number of items.
pub(super) fn of_all(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let call = all_text(api, endpoint)?;
    Some(written(&call))
}

fn written(call: &str) -> String {
    let (call, uses) = shorten(call);
    let mut text = String::new();
    for path in &uses {
        text += &format!("use {path};\n");
    }
    if !uses.is_empty() {
        text.push('\n');
    }
    text + &formatted(&format!("store.{call}.await?;")).join("\n")
}

/// The call with bare type names, and the paths of those types.
fn shorten(call: &str) -> (String, Vec<String>) {
    let start = format!("{CRATE}::");
    let mut uses: Vec<String> = Vec::new();
    let mut out = String::new();
    let mut rest = call;
    while let Some(at) = rest.find(&start) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = type_end(rest);
        let path = &rest[..end];
        if !uses.iter().any(|used| used == path) {
            uses.push(path.to_owned());
        }
        out.push_str(path.rsplit("::").next().unwrap_or(path));
        rest = &rest[end..];
    }
    out.push_str(rest);
    uses.sort();
    (out, uses)
}

/// Where the path of a type ends: behind the first segment that is written like a type.
fn type_end(path: &str) -> usize {
    let mut at = 0;
    for segment in path.split("::") {
        let name = segment
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .next();
        let length = name.map_or(0, str::len);
        if length < segment.len() || segment.starts_with(|c: char| c.is_ascii_uppercase()) {
            return at + length;
        }
        at += segment.len() + 2;
    }
    path.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_imported_and_the_call_stays_short() {
        let call = "brands().create(bigcommerce_client::brands::BrandCreate::new(\"name\"))";
        let (short, uses) = shorten(call);
        assert_eq!(short, "brands().create(BrandCreate::new(\"name\"))");
        assert_eq!(uses, ["bigcommerce_client::brands::BrandCreate"]);
        let (short, _) = shorten("a(bigcommerce_client::Date::from_wire(\"x\"), 1)");
        assert_eq!(short, "a(Date::from_wire(\"x\"), 1)");
    }
}
