//! The nested handle of a group: its parts in the spec, and the name of its type.

use super::type_name;
use crate::spec::Group;

/// `images(product_id)` in its parts.
pub(in crate::model) fn handle_parts(text: &str) -> Option<(&str, Vec<&str>)> {
    let name = |part: &str| {
        let fits = |c: char| c == '_' || c.is_ascii_alphanumeric();
        !part.is_empty() && part.chars().all(fits)
    };
    let (method, takes) = match text.split_once('(') {
        Some((method, rest)) => {
            let takes = rest.strip_suffix(')')?.split(',').map(str::trim);
            (method.trim(), takes.collect())
        }
        None => (text.trim(), Vec::new()),
    };
    (name(method) && takes.iter().all(|part| name(part))).then_some((method, takes))
}

/// The name of a group's nested handle; `None` if it has none.
pub(super) fn nested_handle(group: &Group) -> Option<String> {
    let (method, takes) = handle_parts(group.handle.as_ref()?)?;
    Some(type_of(method, &takes, group.under.as_ref()?))
}

/// The name of a nested handle: `ImagesOfProduct`, by its last parameter or else by its parent group.
fn type_of(method: &str, takes: &[&str], under: &str) -> String {
    let of = takes.last().map_or(under, |name| {
        let bare = name.strip_suffix("_id").or(name.strip_suffix("Id"));
        bare.unwrap_or(name)
    });
    type_name(method) + "Of" + &type_name(of)
}

#[cfg(test)]
mod tests {
    use super::type_of;

    #[test]
    fn a_nested_handle_is_named_after_its_resource_however_the_parameter_is_spelled() {
        for parameter in ["cart_id", "cartId", "cart"] {
            let name = type_of("metafields", &[parameter], "carts");
            assert_eq!(name, "MetafieldsOfCart");
        }
        assert_eq!(type_of("summary", &[], "products"), "SummaryOfProducts");
    }
}
