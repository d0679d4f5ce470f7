//! The groups that a path could reach: each group whose resources it names, in any segment and
//! spelling. A raw call must satisfy the rules of all of them.

use std::sync::LazyLock;

use crate::catalogue::Group;
use crate::paths::{word, words};

/// How paths name the resources of a group.
struct GroupWords {
    group: Group,
    /// The words for them.
    words: Vec<String>,
    /// The words for their parent, one of which is in the path as well.
    within: Vec<String>,
}

static NAMES: LazyLock<Vec<GroupWords>> = LazyLock::new(|| {
    let plain = |words: &[&str]| words.iter().map(|it| word(it)).collect();
    let groups = Group::ALL.iter();
    let named = |group: &Group| GroupWords {
        group: *group,
        words: plain(group.facts().words),
        within: plain(group.facts().within),
    };
    groups.map(named).collect()
});

/// The groups that a path could reach.
pub(super) fn groups(segments: &[String]) -> Vec<Group> {
    let said: Vec<String> = segments.iter().flat_map(|it| words(it)).collect();
    // Some servers convert characters to the letters that they resemble.
    let foreign = !segments.iter().all(|segment| segment.is_ascii());
    let says = |names: &[String]| names.iter().any(|name| said.contains(name));
    let reached = NAMES.iter().filter(|named| {
        foreign || says(&named.words) && (named.within.is_empty() || says(&named.within))
    });
    reached.map(|named| named.group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Endpoint;

    fn reached(path: &str) -> Vec<Group> {
        let segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        groups(&segments)
    }

    #[test]
    fn a_path_reaches_each_group_whose_things_it_names() {
        for (path, expected) in [
            (
                "/v2/orders/118/shipments",
                &[Group::Orders, Group::Shipments][..],
            ),
            ("/v2/ORDERS.json;x", &[Group::Orders]),
            (
                "/v3/orders/118/payment_actions",
                &[Group::Orders, Group::PaymentActions],
            ),
            // The lines of an order are called `products` too, but their path always names the order.
            ("/v2/products/7", &[Group::Products]),
            (
                "/v2/Orders/118/products.json",
                &[Group::Products, Group::Orders, Group::OrderProducts],
            ),
            // Variants have a path that does not name a product.
            ("/v2/variants/8", &[Group::Variants]),
            ("/v2/hooks/7", &[Group::Webhooks]),
            (
                "/v3/catalog/categories",
                &[Group::Categories, Group::LegacyCategories],
            ),
            ("/v3/catalog/trees", &[Group::Categories]),
            (
                "/v3/pricelists/assignments",
                &[Group::Pricelists, Group::PricelistAssignments],
            ),
            ("/v3/price-lists/2/records", &[Group::Pricelists]),
            ("/v3/inventory/items", &[Group::Inventory]),
            ("/v3/channels/1", &[Group::Channels]),
            ("/v3/loyalty/1", &[]),
            // Taxes are written at one path and read at another.
            ("/v2/tax_classes/1/x", &[Group::TaxClasses]),
            ("/v3/tax/classes/1/x", &[Group::TaxClasses]),
            ("/v2/shipping/zones/1/x", &[Group::ShippingZones]),
            ("/v3/tax/zones/1", &[Group::TaxZones]),
            // The catalog's settings belong to the store's settings; the catalog does not.
            ("/v3/settings/catalog/x", &[Group::Settings]),
            ("/v3/catalog/x", &[]),
            (
                "/v2/categories/7",
                &[Group::Categories, Group::LegacyCategories],
            ),
            (
                "/v3/checkouts/settings/x",
                &[Group::Checkouts, Group::CheckoutSettings, Group::Settings],
            ),
            (
                "/v3/catalog/products/7/variants/8/metafields",
                &[
                    Group::Products,
                    Group::ProductMetafields,
                    Group::Variants,
                    Group::VariantMetafields,
                ],
            ),
            ("/v2/\u{ff4f}rders", Group::ALL),
        ] {
            assert_eq!(reached(path), expected, "{path}");
        }
    }

    #[test]
    fn every_endpoint_reaches_its_own_group() {
        for endpoint in Endpoint::ALL {
            let groups = reached(endpoint.path());
            assert!(groups.contains(&endpoint.group()), "{endpoint}");
        }
    }
}
