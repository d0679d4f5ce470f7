//! Screenshots of a page of each kind, for people to look at.

use std::{fs, path::Path};

use serde_json::Value;

use super::{page::Page, pages::KINDS, search::search};

/// Anchors that are worth a screenshot of their own: a name for the file, and the URL.
const PLACES: [(&str, &str); 4] = [
    ("endpoint", "products.html#products.create"),
    ("type", "promotions.html#Promotion"),
    ("header", "limits.html#X-Retry-After"),
    ("event", "events.html#store/order/created"),
];

/// Screenshots of a page of each kind: at three widths, light and dark.
pub fn pictures(page: &mut Page<'_>, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    for scheme in ["light", "dark"] {
        page.media("", scheme)?;
        for (width, height) in [(1440, 1400), (820, 1400), (360, 1400)] {
            page.size(width, height)?;
            let kinds = KINDS.iter().map(|kind| (*kind, format!("{kind}.html")));
            let places = PLACES.iter().map(|(name, at)| (*name, (*at).to_owned()));
            for (name, address) in kinds.chain(places) {
                page.open(&address)?;
                page.picture(&folder.join(format!("{name}-{width}-{scheme}.png")))?;
            }
            page.open("products.html")?;
            search(page, "product price")?;
            page.picture(&folder.join(format!("search-{width}-{scheme}.png")))?;
            let _: Value = page.eval("document.activeElement.blur()")?;
        }
    }
    Ok(())
}
