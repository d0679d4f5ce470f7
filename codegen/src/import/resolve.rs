//! Resolves `$ref`s. It never fails: a dangling or circular reference is a doubt for the maintainer, not a
//! reason to stop.

use serde_json::Value;

/// How many references may follow one another.
const HOPS: usize = 32;

/// An OpenAPI file.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    root: &'a Value,
}

impl<'a> Source<'a> {
    pub(crate) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &'a Value {
        self.root
    }

    /// The target of a local pointer such as `#/components/schemas/brand_Full`.
    pub(crate) fn at(&self, reference: &str) -> Option<&'a Value> {
        self.root.pointer(&unescape(reference.strip_prefix('#')?))
    }

    /// `value`, or the target if it is just a reference.
    pub(crate) fn follow(&self, value: &'a Value) -> &'a Value {
        let mut here = value;
        for _ in 0..HOPS {
            match reference(here).and_then(|target| self.at(target)) {
                Some(next) => here = next,
                None => return here,
            }
        }
        here
    }
}

/// The target of a `$ref`.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref").and_then(Value::as_str)
}

/// The name of a schema component, if the reference is to one.
pub(crate) fn component(reference: &str) -> Option<String> {
    let (place, name) = reference.rsplit_once('/')?;
    (place.ends_with("/schemas") || place.ends_with("/definitions"))
        .then(|| unescape(name).replace("~1", "/").replace("~0", "~"))
}

/// The keys of a local reference.
pub(crate) fn pointer(reference: &str) -> Vec<String> {
    let path = unescape(reference.trim_start_matches('#'));
    let keys = path.split('/').skip(1);
    keys.map(|key| key.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// A reference is a URL fragment, so a space may be `%20`.
fn unescape(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
