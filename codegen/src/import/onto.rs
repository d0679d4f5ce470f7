//! Writes drafts into the files of a spec: a new group gets a file, an existing one is extended.

use super::{
    ImportError, ImportedFile, SCOPES, SERVICE, SHARED,
    draft::{DraftGroup, DraftSchema},
    edit,
    facts::Facts,
    known::Known,
    listed,
    report::Report,
    scopes,
    settle::Settled,
    write,
};

/// The new and extended files.
pub(crate) fn files(
    settled: &Settled,
    there: &[ImportedFile],
    known: &Known,
    facts: &Facts,
    report: &mut Report,
) -> Result<Vec<ImportedFile>, ImportError> {
    let mut files = Vec::new();
    for group in &settled.groups {
        let file = known
            .groups
            .get(&group.name)
            .map(|known| known.file.as_str());
        let file = file.and_then(|name| there.iter().find(|file| file.name == name));
        files.push(match file {
            Some(file) => {
                report.extended += 1;
                grown(file, group)?
            }
            None => {
                report.groups += 1;
                ImportedFile {
                    name: format!("groups/{}.yaml", group.name),
                    text: write::group(group),
                }
            }
        });
    }
    let groups = settled.groups.iter().map(|group| group.name.as_str());
    let added = groups.filter(|name| !known.groups.contains_key(*name));
    files.extend(service(&added.collect::<Vec<_>>(), there)?);
    files.extend(shared(&settled.shared, there)?);
    files.extend(areas(&settled.groups, there, facts)?);
    Ok(files)
}

/// The extended file of a group.
fn grown(file: &ImportedFile, group: &DraftGroup) -> Result<ImportedFile, ImportError> {
    let added = group.path.iter().filter(|(_, parameter)| !parameter.kept);
    let parts = [
        ("path", write::parameters(added), Some("endpoints")),
        (
            "endpoints",
            write::endpoints(&group.endpoints),
            Some("schemas"),
        ),
        ("templates", write::uses(&group.templates), Some("schemas")),
        ("schemas", write::all_schemas(&group.schemas), None),
    ];
    let mut text = file.text.clone();
    for (key, addition, before) in parts {
        text = add(&file.name, &text, key, &addition, before)?;
    }
    Ok(ImportedFile {
        name: file.name.clone(),
        text,
    })
}

/// The service with more groups in its list.
fn service(added: &[&str], there: &[ImportedFile]) -> Result<Option<ImportedFile>, ImportError> {
    let file = there.iter().find(|file| file.name == SERVICE);
    let Some(file) = file.filter(|_| !added.is_empty()) else {
        return Ok(None);
    };
    let text = listed::append(&file.text, "groups", added).map_err(|why| ImportError::File {
        file: SERVICE.to_owned(),
        why,
    })?;
    Ok(Some(ImportedFile {
        name: SERVICE.to_owned(),
        text,
    }))
}

/// The file of shared schemas, if there are more.
fn shared(
    schemas: &[DraftSchema],
    there: &[ImportedFile],
) -> Result<Option<ImportedFile>, ImportError> {
    if schemas.is_empty() {
        return Ok(None);
    }
    let text = match there.iter().find(|file| file.name == SHARED) {
        Some(file) => add(
            SHARED,
            &file.text,
            "schemas",
            &write::all_schemas(schemas),
            None,
        )?,
        None => write::shared(schemas),
    };
    Ok(Some(ImportedFile {
        name: SHARED.to_owned(),
        text,
    }))
}

/// The scope areas of a spec, with those that the groups need and it lacks.
fn areas(
    groups: &[DraftGroup],
    there: &[ImportedFile],
    facts: &Facts,
) -> Result<Option<ImportedFile>, ImportError> {
    let Some(file) = there.iter().find(|file| file.name == SCOPES) else {
        return Ok(None);
    };
    let missing = scopes::missing(groups, &file.text, facts).map_err(|why| ImportError::File {
        file: SCOPES.to_owned(),
        why: why.to_string(),
    })?;
    if missing.is_empty() {
        return Ok(None);
    }
    Ok(Some(ImportedFile {
        name: SCOPES.to_owned(),
        text: add(SCOPES, &file.text, "areas", &missing.join("\n"), None)?,
    }))
}

fn add(
    file: &str,
    text: &str,
    key: &str,
    addition: &str,
    before: Option<&str>,
) -> Result<String, ImportError> {
    edit::append(text, key, addition, before).map_err(|why| ImportError::File {
        file: file.to_owned(),
        why,
    })
}
