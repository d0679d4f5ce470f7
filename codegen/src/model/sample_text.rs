//! What a string field holds in an example that the spec has none for: by its format, else by its name.

use super::Field;
use crate::spec::Format;

/// A string that looks like what its field holds, where one is known that is as long as it may be; else the
/// field's name.
#[must_use]
pub fn sample_text(field: &Field) -> String {
    let wire = field.wire.as_str();
    let (low, high) = field.limits.length;
    let fits = |text: &&str| {
        let length = text.chars().count() as u64;
        low.is_none_or(|low| length >= low) && high.is_none_or(|high| length <= high)
    };
    let known = field.limits.format.map(of_format).or_else(|| named(wire));
    let known = known.filter(|_| field.limits.pattern.is_none());
    let known = known.filter(fits);
    known.map_or_else(|| wire.replace('_', " "), str::to_owned)
}

const fn of_format(format: Format) -> &'static str {
    match format {
        Format::Url => "https://example.com/",
        Format::Currency => "USD",
        Format::Country => "US",
        Format::Email => "shopper@example.com",
        Format::EventScope => "store/order/created",
    }
}

/// What stands in fields that many objects have.
fn named(wire: &str) -> Option<&'static str> {
    Some(match wire {
        "name"
        | "title"
        | "label"
        | "display_name"
        | "name_customer"
        | "name_merchant"
        | "display_name_customer"
        | "display_name_merchant" => "Example",
        "first_name" => "Ada",
        "last_name" => "Example",
        "author" | "from_name" | "to_name" => "Ada Example",
        "company" => "Example Ltd",
        "phone" | "store_phone" => "+1 512 555 0100",
        "street_1" | "address1" | "line1" | "address_line_1" | "store_address" => {
            "1 Example Street"
        }
        "street_2" | "address2" | "line2" | "address_line_2" => "Suite 4",
        "city" => "Austin",
        "state" | "state_or_province" | "region_name" => "Texas",
        "state_or_province_code" | "state_iso2" | "region_code" => "TX",
        "zip" | "postal_code" => "78701",
        "country" | "country_name" | "store_country" => "United States",
        "currency" => "USD",
        "sku" | "item_reference" => "SMP-118",
        "upc" | "item_code" => "012345678905",
        "code" => "EXAMPLE",
        "namespace" => "warehouse",
        "key" => "location",
        "description" | "summary" => "A short description.",
        "meta_description" => "What search engines show.",
        "meta_keywords" | "search_keywords" => "cedar, tray",
        "page_title" => "Example page",
        "message" => "Thank you for the order.",
        "text" => "Works well.",
        "notes" => "Prefers to be called.",
        "reason" => "Arrived damaged.",
        "subject" => "Your order",
        "transit_time" => "3 to 5 days",
        "shipping_method" => "Flat rate",
        "tracking_carrier" => "fedex",
        "tracking_link" | "generated_tracking_link" => "https://example.com/track/118",
        "location_code" => "WH-EAST",
        "location_name" => "East warehouse",
        "option_display_name" => "Size",
        "checkbox_label" => "Wrap it",
        "icon_name" => "star",
        "layout_file" => "category.html",
        "image_file" => "example.png",
        "html" => "<p>Example</p>",
        "registration_ip_address" => "192.0.2.1",
        "robots_txt_ssl" => "User-agent: *",
        "client_id" | "owner_client_id" => "example-client",
        "store_hash" => "abc123",
        "date_created" | "date_modified" => "2026-01-31T12:00:00Z",
        _ if wire.ends_with("email") => "shopper@example.com",
        _ if wire.ends_with("url") => "https://example.com/",
        _ if wire.ends_with("currency_code") => "USD",
        _ if wire.ends_with("country_code") || wire.ends_with("country_iso2") => "US",
        _ if wire == "id" || wire.ends_with("_id") => "118",
        _ => return None,
    })
}
