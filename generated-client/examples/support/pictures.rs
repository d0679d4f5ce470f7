//! The images of a storefront. They are at public URLs, and are uploaded as files.

use bigcommerce_client::{
    ReadOnlyClient, bytes::Bytes, settings::Settings, settings_logo::LogoSettings, upload::FilePart,
};

use super::support::Failure;

/// An image of a storefront.
pub struct Picture {
    pub name: &'static str,
    pub url: fn(&LogoSettings) -> Option<&str>,
    uploaded_as: Part,
}

enum Part {
    Logo,
    Favicon,
}

pub static PICTURES: [Picture; 2] = [
    Picture {
        name: "image",
        url: |logo| logo.logo_image_url.as_deref().filter(|url| !url.is_empty()),
        uploaded_as: Part::Logo,
    },
    Picture {
        name: "favicon",
        url: |logo| logo.favicon_url.as_deref().filter(|url| !url.is_empty()),
        uploaded_as: Part::Favicon,
    },
];

/// An image, with a name derived from its content: an upload is recognised by it, whatever the store
/// does to the rest of its URL.
pub struct File {
    name: String,
    mark: String,
    content: Bytes,
}

impl File {
    /// Downloads it from the store.
    pub async fn fetch(store: &ReadOnlyClient, address: &str) -> Result<Self, Failure> {
        let file = store.file_at(address).await;
        let file = file.map_err(|error| match error.status() {
            Some(status) => Failure::from(format!("the response was {status}")),
            None => Failure::from(error),
        })?;
        let content = file.bytes().await?;
        let mark = mark(&content);
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "png"));
        Ok(Self {
            name: format!("{stem}-{mark}.{ending}"),
            mark,
            content,
        })
    }

    pub fn is_at(&self, address: Option<&str>) -> bool {
        address.is_some_and(|address| address.contains(&self.mark))
    }

    pub async fn upload(self, picture: &Picture, to: &Settings) -> Result<(), Failure> {
        let file = FilePart::bytes(self.name, self.content);
        match picture.uploaded_as {
            Part::Logo => drop(to.logo().upload(file).await?),
            Part::Favicon => to.logo().upload_favicon(file).await?,
        }
        Ok(())
    }
}

/// A short hash of a file (FNV-1a), the same on every machine.
fn mark(content: &[u8]) -> String {
    let hash = content
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}
