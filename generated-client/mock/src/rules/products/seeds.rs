//! The products of a new store.

use serde_json::{Value, json};

use crate::rules::fields::or;

/// The body of the `n`th product.
pub(super) fn seed(n: usize, brand: &Value, category: &Value) -> Value {
    const ADJECTIVES: [&str; 12] = [
        "Fog", "Amber", "Moss", "Slate", "Cloud", "Clay", "Dune", "Ink", "Fern", "Rust", "Pearl",
        "Night",
    ];
    const NOUNS: [&str; 19] = [
        "Linen Towel",
        "Canvas Tote",
        "Enamel Mug",
        "Oak Board",
        "Wool Throw",
        "Copper Kettle",
        "Stoneware Bowl",
        "Rain Jacket",
        "Field Notebook",
        "Desk Lamp",
        "Walking Boot",
        "Tea Caddy",
        "Bread Knife",
        "Picnic Blanket",
        "Garden Trowel",
        "Leather Belt",
        "Glass Carafe",
        "Knitted Cap",
        "Wash Bag",
    ];
    // The first 228 have unique names; further ones are numbered.
    const NAMES: usize = 228;
    let (adjective, noun) = (ADJECTIVES[n * 5 % ADJECTIVES.len()], NOUNS[n % NOUNS.len()]);
    let number = match n > NAMES {
        true => format!(" No. {}", (n - 1) / NAMES + 1),
        false => String::new(),
    };
    let cents = |whole: usize, hundredths: usize| -> Value {
        let whole = u32::try_from(whole * 100 + hundredths).unwrap_or_default();
        crate::values::rounded(f64::from(whole) / 100.0)
    };
    let has_sizes = n.is_multiple_of(4);
    let size = |size: &str| {
        json!({
            "sku": format!("OW-{}-{}", 1000 + n, &size[..1]),
            "inventory_level": n * 7 % 30,
            "option_values": [{ "option_display_name": "Size", "label": size }],
        })
    };
    let sizes: &[&str] = if has_sizes {
        &["Small", "Medium", "Large"]
    } else {
        &[]
    };
    json!({
        "name": format!("{adjective} {noun}{number}"),
        "type": "physical",
        "sku": format!("OW-{}", 1000 + n),
        "description": "<p>Made in small batches, and made to be mended.</p>",
        "price": cents(9 + n * 37 % 90, 95),
        "sale_price": if n.is_multiple_of(6) { cents(7 + n * 37 % 90, 95) } else { json!(0) },
        "cost_price": 4 + n * 17 % 40,
        "weight": cents(n * 3 % 9, 20),
        "brand_id": or([brand, &json!(0)]),
        "categories": [category],
        "inventory_tracking": if has_sizes { "variant" } else { "product" },
        "inventory_level": n * 13 % 60,
        "inventory_warning_level": 5,
        "is_featured": n.is_multiple_of(5),
        "search_keywords": "home, everyday",
        "custom_fields": [
            { "name": "Made in", "value": (["Wales", "Saxony", "Jutland", "Vermont"][n % 4]) },
        ],
        "images": [{
            "image_url": format!("https://example.com/pictures/{n}.jpg"),
            "is_thumbnail": true,
            "description": "Front",
        }],
        "variants": sizes.iter().map(|name| size(name)).collect::<Vec<_>>(),
    })
}
