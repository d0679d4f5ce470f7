//! The spec at the size of the whole API, as measured by the benches, and the size of the docs site then.

use std::{collections::BTreeMap, io::Write as _};

use bigcommerce_tests::{multiply::multiplied, root};
use codegen::{
    pipeline,
    render::{File, docs},
};
use flate2::{Compression, write::GzEncoder};

use crate::outputs::{self, SITE};

/// The approximate number of endpoints of the whole API.
const WHOLE: usize = 700;

/// The maximum sizes in bytes: of the search index, of a compressed page, and of the first page with
/// everything it loads.
const INDEX: usize = 400_000;
const PAGE: usize = 150_000;
const FIRST: usize = 60_000;

#[test]
fn the_spec_made_to_seven_hundred_operations_is_sound_and_its_site_is_small() {
    let spec = pipeline::read(&root().join("spec"));
    let document = spec.document.unwrap();
    let ours = document.groups.iter().map(|group| group.endpoints.len());
    let ours: usize = ours.sum();
    let made = document.groups.iter().filter(|group| group.made.is_some());
    let made: usize = made.map(|group| group.endpoints.len()).sum();
    let times = WHOLE.div_ceil(ours);
    let many = match multiplied(&document, &spec.sources, times) {
        Ok(api) => api,
        Err(said) => panic!("{said}"),
    };
    // What templates generate exists only once.
    assert_eq!(many.endpoints.len(), (ours - made) * times + made);

    let small = Site::of(ours, outputs::whole());
    let large = Site::of(many.endpoints.len(), &docs::site(&many).unwrap());
    let whole = |size: fn(&Site) -> usize| small.at_whole(&large, size);
    for (what, now, whole, most) in [
        (
            "the index of the search",
            small.index,
            whole(|it| it.index),
            INDEX,
        ),
        ("the first page", small.first, whole(|it| it.first), FIRST),
        ("the largest page", small.page, whole(|it| it.page), PAGE),
    ] {
        println!("{what}: {now} bytes, {whole} with {WHOLE} operations, at most {most}");
        assert!(
            now < most && whole < most,
            "{what} has {now} bytes, and {whole} with {WHOLE} operations; it may have {most}"
        );
    }
}

/// The sizes of a site.
struct Site {
    endpoints: usize,
    /// The search index, uncompressed.
    index: usize,
    /// The first page with everything it loads, compressed.
    first: usize,
    /// The largest page, compressed.
    page: usize,
}

impl Site {
    fn of(endpoints: usize, files: &[File]) -> Self {
        let files: BTreeMap<&str, &str> = files
            .iter()
            .filter(|file| file.path.starts_with(SITE))
            .map(|file| (file.path.rsplit('/').next().unwrap(), &*file.text))
            .collect();
        let first = files["index.html"];
        let loaded = values(first, " src=\"").chain(values(first, "rel=\"stylesheet\" href=\""));
        let loaded: usize = loaded.map(|name| sent(files[name])).sum();
        let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
        // A file that is small enough uncompressed need not be compressed.
        let large = pages.filter(|(_, text)| text.len() > PAGE);
        Self {
            endpoints,
            index: files["search-index.js"].len(),
            first: sent(first) + loaded,
            page: large.map(|(_, text)| sent(text)).max().unwrap_or_default(),
        }
    }

    /// The size extrapolated to the number of endpoints of the whole API, from two sites.
    fn at_whole(&self, other: &Self, size: fn(&Self) -> usize) -> usize {
        let more = size(other).saturating_sub(size(self));
        let each = more as f64 / (other.endpoints - self.endpoints) as f64;
        let missing = WHOLE.saturating_sub(self.endpoints);
        size(self) + (each * missing as f64).ceil() as usize
    }
}

fn values<'a>(html: &'a str, attribute: &'a str) -> impl Iterator<Item = &'a str> {
    let parts = html.split(attribute).skip(1);
    parts.map(|rest| rest.split('"').next().unwrap())
}

/// How many bytes a server sends for a file.
fn sent(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}
