//! Adds drafted schemas to a file of shared schemas that is there already. What stands there stays as
//! it is, word for word; a schema of the same name is not added.

use super::ImportError;

/// A file of shared schemas with more of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extended {
    /// The whole text.
    pub text: String,
    /// What was added.
    pub added: Vec<String>,
    /// What was drafted and has a namesake in the file, which stays.
    pub kept: Vec<String>,
}

/// Adds the schemas of `drafted`, a draft of this importer, to the text of a `shared.yaml`.
///
/// # Errors
///
/// When the text of the file cannot be read as YAML.
pub fn onto_shared(existing: &str, drafted: &str) -> Result<Extended, ImportError> {
    let there: serde_yaml::Value = serde_yaml::from_str(existing).map_err(ImportError::Yaml)?;
    let there = there.get("schemas").and_then(serde_yaml::Value::as_mapping);
    let is_there = |name: &str| there.is_some_and(|schemas| schemas.contains_key(name));
    let mut extended = Extended {
        text: opened(existing),
        added: Vec::new(),
        kept: Vec::new(),
    };
    for (name, text) in schemas(drafted) {
        if is_there(&name) {
            extended.kept.push(name);
            continue;
        }
        if there.is_some_and(|schemas| !schemas.is_empty()) || !extended.added.is_empty() {
            extended.text.push('\n');
        }
        extended.text.push_str(&text);
        extended.added.push(name);
    }
    if extended.added.is_empty() {
        existing.clone_into(&mut extended.text);
    }
    Ok(extended)
}

/// The text, so that a schema can follow it.
fn opened(existing: &str) -> String {
    let mut out = String::new();
    let mut open = false;
    for line in existing.trim_end().lines() {
        let bare = line.split(" #").next().unwrap_or(line).trim_end();
        open |= bare.starts_with("schemas:");
        let line = if bare == "schemas: {}" {
            "schemas:"
        } else {
            line
        };
        out.push_str(line);
        out.push('\n');
    }
    if !open {
        out.push_str("schemas:\n");
    }
    out
}

/// The schemas of a draft by their names, each with its lines.
fn schemas(drafted: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let body = drafted.lines().skip_while(|line| *line != "schemas:");
    for line in body.skip(1).filter(|line| !line.trim().is_empty()) {
        match line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with(' '))
        {
            Some(head) => {
                let name = head.trim_end_matches(':').trim_matches('"').to_owned();
                found.push((name, format!("{line}\n")));
            }
            None => {
                if let Some((_, text)) = found.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAFT: &str = "# head\n\nschemas:\n  A:\n    does: \"\"\n    fields:\n      x: { type: int }\n\n  B:\n    does: \"\"\n";

    #[test]
    fn what_is_new_follows_what_is_there_and_namesakes_stay() {
        let existing = "# kept\nschemas:\n  A: # mine\n    does: Ours.\n";
        let extended = onto_shared(existing, DRAFT).unwrap();
        assert_eq!(
            extended.text,
            "# kept\nschemas:\n  A: # mine\n    does: Ours.\n\n  B:\n    does: \"\"\n"
        );
        assert_eq!(
            (extended.added, extended.kept),
            (vec!["B".to_owned()], vec!["A".to_owned()])
        );
    }

    #[test]
    fn a_file_without_schemas_is_filled_and_one_with_all_of_them_is_left_alone() {
        for empty in ["# head\nschemas: {}\n", "# head\n", "# head\nschemas:\n"] {
            let extended = onto_shared(empty, DRAFT).unwrap();
            assert!(
                extended.text.starts_with("# head\nschemas:\n  A:\n"),
                "{}",
                extended.text
            );
            assert_eq!(extended.added, ["A", "B"]);
            let again = onto_shared(&extended.text, DRAFT).unwrap();
            assert_eq!(again.text, extended.text);
            assert_eq!(again.kept, ["A", "B"]);
        }
        assert!(onto_shared("schemas: [", DRAFT).is_err());
    }
}
