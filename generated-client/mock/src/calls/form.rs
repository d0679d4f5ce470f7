//! A body that is a form, `multipart/form-data`: its values, and its files by name, size and address.

use std::sync::Arc;

use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value};

use super::{Done, Run};
use crate::catalogue::{Endpoint, Type, TypeExpr};
use crate::refusal::Refusal;
use crate::state::{Change, Record};

/// What a file of a form is kept as, by its part's name.
#[derive(Debug)]
pub(super) struct File {
    name: String,
    size: usize,
}

/// The values of a form, as a body of JSON would have them, and its files.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) values: Map<String, Value>,
    pub(super) files: Vec<File>,
}

impl Form {
    /// Reads it.
    pub(super) fn read(
        endpoint: &Endpoint,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Self, Refusal> {
        let kind = headers.get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let boundary = kind
            .strip_prefix("multipart/form-data")
            .and_then(|rest| attribute(rest, "boundary"));
        let Some(boundary) = boundary else {
            let says = "The Content-Type of a form must be multipart/form-data.";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, says));
        };
        let mut form = Self::default();
        for (head, content) in parts(body, boundary) {
            let Some(name) = attribute(&head, "name") else {
                continue;
            };
            let mut known = endpoint.parameters.iter();
            let Some(part) = known.find(|one| one.place == "form" && one.name == name) else {
                continue;
            };
            let value = match attribute(&head, "filename") {
                Some(file) if part.form == "file" => {
                    form.files.push(File {
                        name: file.to_owned(),
                        size: content.len(),
                    });
                    Value::from(file)
                }
                _ => String::from_utf8_lossy(content).into(),
            };
            form.values.insert(name.to_owned(), value);
        }
        let parts = endpoint.parameters.iter().filter(|one| one.place == "form");
        for part in parts {
            if part.required && !form.values.contains_key(&part.name) {
                let says = format!("{} is a required field and cannot be empty.", part.name);
                return Err(Refusal::new(endpoint.bad_status(), says.clone())
                    .about(part.name.clone(), says));
            }
        }
        Ok(form)
    }
}

impl File {
    /// Tells of the file in the fields of a record that ask for its address, name or size.
    pub(super) fn tell(&self, ty: &Type, record: &mut Record, root: &str) {
        let own = ty.fields.iter();
        for (name, field) in own {
            let words: Vec<&str> = name.split('_').collect();
            let value = match field.ty {
                TypeExpr::Int if words.contains(&"size") => Value::from(self.size),
                TypeExpr::Text | TypeExpr::Plain if words.contains(&"url") => {
                    format!("{root}/files/{}", self.name).into()
                }
                TypeExpr::Text if name.ends_with("file_name") => self.name.as_str().into(),
                _ => continue,
            };
            record.insert(name.clone(), value);
        }
    }
}

/// The parts of a form: the headers of each, and its content.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<(String, &'a [u8])> {
    let mark = format!("--{boundary}").into_bytes();
    let mut found = Vec::new();
    let mut rest = body;
    while let Some(at) = position(rest, &mark) {
        let part = rest.get(..at).unwrap_or_default();
        let part = part.strip_suffix(b"\r\n").unwrap_or(part);
        if let Some(end) = position(part, b"\r\n\r\n") {
            let (head, content) = part.split_at(end);
            found.push((
                String::from_utf8_lossy(head).into_owned(),
                content.get(4..).unwrap_or_default(),
            ));
        }
        rest = rest.get(at + mark.len()..).unwrap_or_default();
    }
    found
}

fn position(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// An attribute of a header: `; name="picture"`.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut all = text.split([';', '\r', '\n']).map(str::trim);
    all.find_map(|one| {
        let value = one.strip_prefix(name)?.strip_prefix('=')?;
        Some(value.trim_matches('"'))
    })
}

impl<'a> Run<'a> {
    /// Writes what a form says, and tells of its files.
    pub(super) fn keep_files(
        &self,
        mut change: Change<'a>,
        body: Value,
        files: &[File],
    ) -> Result<Done, Refusal> {
        let named = self.operation.key.is_some() || self.collection.single;
        let mut written = match named {
            true => {
                let key = self.own_key()?;
                let before = self.find(&key)?;
                self.write(&mut change, key, before, body)?
            }
            false => self.make_new(&mut change, body)?,
        };
        let mut record = (*written.record).clone();
        if let Some(ty) = self.catalogue.types.get(&self.collection.holds) {
            for file in files {
                file.tell(ty, &mut record, &self.setting.url);
            }
        }
        written.record = Arc::new(record);
        change.put(
            &self.collection.name,
            &written.key,
            Some(Arc::clone(&written.record)),
        );
        change.keep();
        let shown = self.shown(&written.record);
        Ok(self.done(self.wrapped(shown), None, &[written]))
    }
}
