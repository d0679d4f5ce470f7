//! The strings of examples by the name of their field or parameter: one table for all outputs. A string for
//! just one object is an `example` of the spec.

use heck::ToSnakeCase;

/// The UUID of every example.
pub const UUID: &str = "9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11";

/// Names in snake case, each with its string. A `*` is any prefix; the first match counts.
const TABLE: &[(&str, &str)] = &[
    // People and companies.
    ("first_name", "Ada"),
    ("last_name", "Lovelace"),
    ("from_name to_name", "Ada Lovelace"),
    ("company *company_name", "Example Ltd"),
    ("*phone", "+1 512 555 0100"),
    ("*email", "shopper@example.com"),
    ("*password password_confirmation", "correct-horse-9"),
    ("locale *_locale", "en-US"),
    ("registration_ip_address ip_address", "192.0.2.1"),
    ("ip_address_v6", "2001:db8::1"),
    // Addresses.
    ("street_1 address1", "1 Example Street"),
    ("street_2 address2", "Suite 4"),
    ("city", "Austin"),
    ("state state_or_province", "Texas"),
    ("state_or_province_code state_iso2 state_abbreviation", "TX"),
    ("zip postal_code", "78701"),
    ("*country_code *country_codes *country_iso2", "US"),
    ("subdivision_codes", "US-TX"),
    ("*country_iso3", "USA"),
    ("*country", "United States"),
    // Things for sale.
    (
        "name title name_customer name_merchant product_name",
        "Cedar tray",
    ),
    ("label", "Large"),
    ("option_display_name", "Size"),
    ("*display_name *name_customer *name_merchant", "Standard"),
    ("brand_name", "Northwind"),
    ("sku", "SMP-118"),
    ("upc", "012345678905"),
    ("gtin", "00012345678905"),
    ("mpn", "CT-118"),
    ("bin_picking_number", "A-12"),
    ("location_code", "WH-EAST"),
    ("colors *color *colour", "#FAFAEB"),
    ("description", "A short description."),
    (
        "meta_description open_graph_description",
        "What search engines show.",
    ),
    ("meta_keywords search_keywords", "cedar, tray"),
    ("page_title meta_title open_graph_title", "Cedar trays"),
    ("keyword query", "cedar"),
    ("tag", "how-to"),
    ("layout_file", "category.html"),
    ("template_file", "pages/product"),
    ("widget_template_kind", "custom"),
    (
        "*image_url *icon_url url_zoom url_standard url_thumbnail url_tiny",
        "https://example.com/cedar-tray.png",
    ),
    ("*url *urls", "https://example.com/"),
    ("namespace", "warehouse"),
    ("key", "location"),
    ("field_name", "Gift message"),
    // Orders and payments.
    ("code", "A118"),
    ("*coupon_code", "SPRING10"),
    ("gift_certificate_code", "AB1-CD2-EF3-GH4"),
    ("*currency *currency_code", "USD"),
    ("shipping_method shipping_methods", "Flat rate"),
    ("payment_method", "Credit Card"),
    ("credit_card_type", "VISA"),
    ("card_last4", "4242"),
    ("card_iin iin", "424242"),
    ("store_credit", "25.0000"),
    ("tax_exempt_category", "EXEMPT"),
    ("staff_notes", "Packed by hand."),
    // What programs need.
    ("before after", "aWQ6MTE4"),
    ("date_created date_modified", "2026-01-31T12:00:00Z"),
    ("token checkout_token", "0123456789abcdef0123456789abcdef"),
    ("sf_api_token", "header.payload.signature"),
    ("template_name", "abandoned_cart_email"),
    ("ids line_item_ids", UUID),
    ("id *_id", "118"),
];

/// The string for a field or parameter of this name; nothing if the name does not determine it.
pub(super) fn text_named(name: &str) -> Option<&'static str> {
    let name = name.to_snake_case();
    let is = |known: &str| match known.strip_prefix('*') {
        Some(end) => name.ends_with(end),
        None => known == name,
    };
    let mut lines = TABLE.iter();
    let line = lines.find(|(names, _)| names.split(' ').any(is));
    line.map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_name_tells_what_its_string_holds_in_any_case_and_behind_any_beginning() {
        assert_eq!(text_named("couponCode"), Some("SPRING10"));
        assert_eq!(text_named("Sf-Api-Token"), Some("header.payload.signature"));
        assert_eq!(text_named("billing_email"), Some("shopper@example.com"));
        assert_eq!(text_named("itemId"), Some("118"));
        assert_eq!(text_named("paid"), None);
    }

    #[test]
    fn each_name_is_in_the_table_once_and_no_text_is_a_placeholder() {
        let mut names = HashSet::new();
        for (line, text) in TABLE {
            for name in line.split(' ') {
                assert!(names.insert(name), "{name} is there twice");
            }
            assert_ne!(text.to_lowercase(), "example", "{line}");
        }
    }
}
