//! Puts the cases of tests/data/diagnostics into the library, which explains each code by one of them.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../tests/data");
    let mut text = String::new();
    for (name, folder) in [("SOUND", "minimal"), ("CASES", "diagnostics")] {
        let folder = data.join(folder);
        let mut found = Vec::new();
        files(&folder, "", &mut found)?;
        found.sort();
        writeln!(text, "static {name}: &[(&str, &str)] = &[")?;
        for path in found {
            let whole = folder.join(&path);
            writeln!(text, "({path:?}, include_str!({whole:?})),")?;
        }
        text += "];\n";
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("cases.rs"), text)?;
    Ok(())
}

/// The files below a folder, by their paths in it.
fn files(folder: &Path, below: &str, found: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.join(below).display());
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{below}{}", name.to_string_lossy());
        if entry.file_type()?.is_dir() {
            files(folder, &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
