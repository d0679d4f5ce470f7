//! The media types of files.

use std::path::Path;

use super::{FilePart, Source};

impl FilePart {
    /// The media type that is sent.
    pub(crate) fn kind(&self) -> &str {
        let kind = self.content_type.as_deref().or_else(|| self.by_name());
        kind.unwrap_or(BYTES)
    }

    /// Its media type, if it is certainly none of these types: by its content in memory, else by the media type that
    /// was set, else by the extension of its name. A file of an unknown type may be of any, and so may one whose
    /// caller set another spelling of a type, such as `image/jpg`, whatever its name.
    pub(super) fn not_of(&self, types: &[&str]) -> Option<&'static str> {
        let told = || match self.content_type.as_deref() {
            Some(kind) if plain(kind) != BYTES => known(kind),
            _ => self.by_name(),
        };
        let found = self.by_content().or_else(told)?;
        let fits = types.iter().any(|ty| of_extension(ty) == Some(found));
        (!types.is_empty() && !fits).then_some(found)
    }

    /// Its media type by its first bytes, if they are in memory.
    fn by_content(&self) -> Option<&'static str> {
        let Source::Bytes(bytes) = &self.source else {
            return None;
        };
        let known = SIGNATURES
            .iter()
            .find(|(first, _)| bytes.starts_with(first));
        known.map(|(_, kind)| *kind)
    }

    /// Its media type by the extension of its name.
    fn by_name(&self) -> Option<&'static str> {
        of_extension(Path::new(&self.name).extension()?.to_str()?)
    }
}

fn of_extension(extension: &str) -> Option<&'static str> {
    let mut known = KINDS.iter();
    let known = known.find(|(known, _)| extension.eq_ignore_ascii_case(known));
    known.map(|(_, kind)| *kind)
}

/// A media type without its parameters, in lower case.
fn plain(kind: &str) -> String {
    let kind = kind.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

/// A media type without its parameters, if it is that of an extension.
fn known(kind: &str) -> Option<&'static str> {
    let kind = plain(kind);
    let mut known = KINDS.iter().map(|(_, known)| *known);
    known.find(|known| kind == *known)
}

/// The media type of any bytes, which says nothing about them.
const BYTES: &str = "application/octet-stream";

/// The media types of file name extensions: those that the API accepts, and others that files often have.
const KINDS: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("csv", "text/csv"),
    ("gif", "image/gif"),
    ("heic", "image/heic"),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("wbmp", "image/vnd.wap.wbmp"),
    ("webp", "image/webp"),
    ("xbm", "image/x-xbitmap"),
    ("zip", "application/zip"),
];

/// The first bytes of some types.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x89PNG", "image/png"),
    (b"\xFF\xD8\xFF", "image/jpeg"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Endpoint;

    #[test]
    fn a_file_is_of_no_accepted_type_only_if_that_is_certain() {
        let (any, csv): (&[&str], &[&str]) = (&[], &["csv"]);
        let images: &[&str] = &["gif", "jpeg", "png"];
        let named = |name: &str| FilePart::bytes(name, "content");
        let png = b"\x89PNG\r\n".as_slice();
        for (file, types, other) in [
            (named("acme.JPG"), images, None),
            (named("acme.csv"), csv, None),
            (named("acme.pdf"), any, None),
            (named("acme.pdf"), images, Some("application/pdf")),
            (FilePart::path("acme.svg"), images, Some("image/svg+xml")),
            // Nothing is known about these.
            (named("acme"), images, None),
            (named("acme.psd"), images, None),
            (named("acme").content_type("image/jpg"), images, None),
            // What the caller sets counts more than the name, unless it says nothing.
            (named("acme.pdf").content_type("Image/PNG"), images, None),
            (named("acme.heic").content_type("image/jpg"), images, None),
            (
                named("acme.png").content_type("text/csv; charset=utf-8"),
                images,
                Some("text/csv"),
            ),
            (
                named("acme.pdf").content_type("application/octet-stream"),
                images,
                Some("application/pdf"),
            ),
            // The content counts most.
            (FilePart::bytes("acme.pdf", png), images, None),
            (FilePart::bytes("acme.csv", png), csv, Some("image/png")),
        ] {
            assert_eq!(file.not_of(types), other, "{file:?}");
        }
    }

    #[test]
    fn every_type_that_an_endpoint_accepts_is_known() {
        for endpoint in Endpoint::ALL {
            for (part, types) in endpoint.facts().file_types {
                let unknown = types.iter().find(|ty| of_extension(ty).is_none());
                assert_eq!(unknown, None, "{part}");
            }
        }
    }
}
