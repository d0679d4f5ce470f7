//! A `multipart/form-data` body: its values, and its files by name, size and URL.

use std::{convert::Infallible, sync::Arc};

use bytes::Bytes;
use futures_util::{FutureExt, future::ready, stream};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use multer::Multipart;
use serde_json::{Map, Value, json};

use super::{Done, Run};
use crate::catalogue::{Endpoint, Type, TypeExpr};
use crate::exchange::Request;
use crate::refusal::Refusal;
use crate::rules::Special;
use crate::state::{Change, Record};

/// What is stored of a form's file, by the name of its part.
#[derive(Debug)]
pub(super) struct File {
    name: String,
    size: usize,
}

/// The values of a form, as in a JSON body, and its files.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) values: Map<String, Value>,
    pub(super) files: Vec<File>,
}

impl Form {
    /// Parses the form, and rejects files that the call does not accept.
    pub(super) fn read(
        endpoint: &Endpoint,
        special: Option<&Special>,
        request: &Request,
    ) -> Result<Self, Refusal> {
        // Whether its files are values too.
        let reads = special.is_some_and(|special| special.reads);
        let mut form = Self::default();
        for Part {
            name,
            file,
            content,
        } in parts(endpoint, &request.headers, &request.body)?
        {
            let mut known = endpoint.parameters.iter();
            let Some(part) = known.find(|one| one.place == "form" && one.name == name) else {
                continue;
            };
            if let (Some(file), "file") = (&file, part.form.as_str()) {
                judge(endpoint, special, &name, (file.as_str(), content.len()))?;
            }
            let value = match file {
                Some(file) if part.form == "file" && reads => {
                    let text = String::from_utf8_lossy(&content);
                    json!({ "name": file, "size": content.len(), "text": text })
                }
                Some(file) if part.form == "file" => {
                    form.files.push(File {
                        name: file.clone(),
                        size: content.len(),
                    });
                    Value::from(file)
                }
                None if part.form == "file" => {
                    let says = format!("{name} is not a file.");
                    return Err(Refusal::new(endpoint.bad_status(), says.clone()).about(name, says));
                }
                _ => String::from_utf8_lossy(&content).into(),
            };
            form.values.insert(name, value);
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
    /// Sets the fields of a record that contain a file's URL, name or size.
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

/// Rejects a file that is too large or of a type that the call does not accept.
fn judge(
    endpoint: &Endpoint,
    special: Option<&Special>,
    part: &str,
    (file, size): (&str, usize),
) -> Result<(), Refusal> {
    let refused = |status, says: &str| Err(Refusal::new(status, says).about(part, says));
    let most = endpoint.file_limits.get(part);
    if most.is_some_and(|most| size > *most) {
        let status = special.and_then(|special| special.too_large);
        return refused(
            status.unwrap_or(endpoint.bad_status()),
            "The file is too large",
        );
    }
    let reads = special.is_some_and(|special| special.reads);
    let types: Vec<&str> = match endpoint.file_types.get(part) {
        // If the files are read, their content shows the type.
        Some(types) if !reads => types.iter().map(String::as_str).collect(),
        _ => special.map_or(&[][..], |special| special.endings).to_vec(),
    };
    let ending = file.rsplit_once('.').map(|(_, ending)| ending);
    let ending = ending.map(str::to_ascii_lowercase).unwrap_or_default();
    let ty = match ending.as_str() {
        "jpg" => "jpeg",
        other => other,
    };
    if !types.is_empty() && !types.contains(&ty) {
        let says = format!("The file must be one of these types: {}", types.join(", "));
        return refused(endpoint.bad_status(), &says);
    }
    Ok(())
}

/// A part of a form.
struct Part {
    name: String,
    /// The name of its file.
    file: Option<String>,
    content: Bytes,
}

/// The named parts of a form.
fn parts(endpoint: &Endpoint, headers: &HeaderMap, body: &Bytes) -> Result<Vec<Part>, Refusal> {
    let kind = headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| {
        let says = "The Content-Type of a form must be multipart/form-data.";
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, says)
    })?;
    let whole = stream::once(ready(Ok::<_, Infallible>(body.clone())));
    let mut form = Multipart::new(whole, boundary);
    let read = async {
        let mut parts = Vec::new();
        while let Some(field) = form.next_field().await? {
            let Some(name) = field.name().map(str::to_owned) else {
                continue;
            };
            parts.push(Part {
                name,
                file: field.file_name().map(str::to_owned),
                content: field.bytes().await?,
            });
        }
        Ok::<_, multer::Error>(parts)
    };
    // The body is already complete, so this never waits.
    let read = read
        .now_or_never()
        .unwrap_or(Err(multer::Error::IncompleteStream));
    read.map_err(|error| {
        Refusal::new(
            endpoint.bad_status(),
            format!("The form is broken: {error}."),
        )
    })
}

impl<'a> Run<'a> {
    /// Writes the values of a form, and describes its files.
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
                if before.is_none() && !self.collection.given && !self.collection.single {
                    return Err(Refusal::not_found(&key));
                }
                self.write(&mut change, key, before, body)?
            }
            false => self.make_new(&mut change, body)?,
        };
        let mut record = (*written.record).clone();
        if let Some(ty) = self.catalogue.types.get(&self.collection.holds) {
            for file in files {
                file.tell(ty, &mut record, &self.setting.url);
            }
            let types = &self.catalogue.types;
            self.collection.finish(types, &self.context, &mut record);
        }
        written.record = Arc::new(record);
        change.put(
            &self.collection.name,
            &written.key,
            Some(Arc::clone(&written.record)),
        );
        let shown = self.shown(&written.record);
        let done = self.done(self.wrapped(shown), None, &[written]);
        change.keep();
        Ok(done)
    }
}
