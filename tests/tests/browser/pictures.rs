//! Pictures of every page, for people to look at.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{checks::search, page::Page};

/// Pictures of every page: wide and narrow, light and dark.
pub fn pictures(page: &mut Page<'_>, pages: &[String], folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    for scheme in ["light", "dark"] {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        page.order(
            "Emulation.setEmulatedMedia",
            &json!({ "features": features }),
        )?;
        for (width, height) in [(1280, 1600), (390, 1600)] {
            page.size(width, height)?;
            for name in pages {
                page.open(name)?;
                let stem = name.trim_end_matches(".html");
                page.picture(&folder.join(format!("{stem}-{width}-{scheme}.png")))?;
            }
            page.open("products.html")?;
            search(page, "product price")?;
            page.picture(&folder.join(format!("search-{width}-{scheme}.png")))?;
            let _: Value = page.eval("document.activeElement.blur()")?;
        }
    }
    Ok(())
}
