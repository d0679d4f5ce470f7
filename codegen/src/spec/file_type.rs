//! The types of the files that a form accepts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A type of file.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum FileType {
    /// A Windows bitmap.
    Bmp,
    /// Comma-separated values.
    Csv,
    /// A GIF image.
    Gif,
    /// A Windows icon.
    Ico,
    /// A JPEG image.
    Jpeg,
    /// A PNG image.
    Png,
    /// A wireless bitmap.
    Wbmp,
    /// A WebP image.
    Webp,
    /// An X bitmap.
    Xbm,
    /// A zip archive.
    Zip,
}

impl FileType {
    /// The value in the YAML, which is also the usual extension of a file name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bmp => "bmp",
            Self::Csv => "csv",
            Self::Gif => "gif",
            Self::Ico => "ico",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Wbmp => "wbmp",
            Self::Webp => "webp",
            Self::Xbm => "xbm",
            Self::Zip => "zip",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Bmp => "image/bmp",
            Self::Csv => "text/csv",
            Self::Gif => "image/gif",
            Self::Ico => "image/x-icon",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Wbmp => "image/vnd.wap.wbmp",
            Self::Webp => "image/webp",
            Self::Xbm => "image/x-xbitmap",
            Self::Zip => "application/zip",
        }
    }
}
