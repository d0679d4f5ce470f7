//! An earlier spec: in a folder, or in a revision of the repository.

use std::{
    error::Error,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Command, Stdio},
};

use codegen::{
    pipeline::{self, Spec},
    source::Sources,
};

use crate::root;

/// The schemas of the format, which tell how the spec of a revision is to be read.
const FORMAT: &str = "spec/schema/*.json";

/// The spec that `of` names: a folder if one of that name exists, otherwise a revision.
pub fn spec(of: &str) -> Result<Spec, Box<dyn Error>> {
    if Path::new(of).is_dir() {
        return Ok(pipeline::read(Path::new(of)));
    }
    let spec = pipeline::of(sources(of)?);
    match spec.api.is_none() && has_other_format(of) {
        true => Err(other_format(of).into()),
        false => Ok(spec),
    }
}

/// Whether the format of the spec has changed since a revision.
fn has_other_format(revision: &str) -> bool {
    let status = git(&["diff", "--quiet", revision, "--", FORMAT]).status();
    status.is_ok_and(|status| status.code() == Some(1))
}

/// What to do about a spec in a format that is no longer supported: which revision can be compared instead.
/// The first supported one of those that changed the format since is found by bisection.
fn other_format(revision: &str) -> String {
    let since = format!("{revision}..HEAD");
    let log = ["log", "--first-parent", "--reverse", "--format=%h"];
    let changed = git(&log).args([since.as_str(), "--", FORMAT]).output();
    let changed = changed
        .ok()
        .and_then(|it| String::from_utf8(it.stdout).ok());
    let changed = changed.unwrap_or_default();
    let changed: Vec<&str> = changed.lines().collect();
    let is_read = |one: &str| sources(one).is_ok_and(|it| pipeline::of(it).api.is_some());
    let first = changed.partition_point(|one| !is_read(one));
    let then = match changed.get(first) {
        Some(first) => format!(
            "`{first}` is the first readable one after it: use that or a later one, and for earlier changes \
             the command line of that time"
        ),
        None => "no revision has the current format yet".to_owned(),
    };
    format!("the spec of `{revision}` is in an older format, which is no longer supported; {then}")
}

/// The texts of the spec in a revision.
pub fn sources(revision: &str) -> Result<Sources, Box<dyn Error>> {
    // Git would read a name that starts with a hyphen as an option.
    if revision.starts_with('-') {
        return Err(format!("`{revision}` is not a revision").into());
    }
    // Full names, where git would quote those that are not ASCII.
    let list = ["ls-tree", "-r", "-z", "--name-only", revision, "--", "spec"];
    let listed = git(&list).output()?;
    if !listed.status.success() {
        if Path::new(revision).is_file() {
            let why = "is a file; name the folder of a spec, or a revision of this repository";
            return Err(format!("`{revision}` {why}").into());
        }
        let said = String::from_utf8_lossy(&listed.stderr);
        let mut why = format!("`{revision}` is neither a folder nor a revision of this repository");
        // Without a repository, for example.
        if !said.contains("Not a valid object name") {
            why.push_str(&format!(": {}", said.trim()));
        }
        return Err(why.into());
    }
    let names = String::from_utf8(listed.stdout)?;
    let names = names.split('\0').filter(|name| {
        let extension = Path::new(name).extension();
        extension.is_some_and(|it| it == "yaml" || it == "yml")
    });
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return Err(format!("the revision `{revision}` has no spec").into());
    }
    Ok(Sources::from_texts(contents(revision, &names)?))
}

/// The last release tag up to a revision.
pub fn last_release(revision: &str) -> Option<String> {
    let mut describe = git(&["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"]);
    let described = describe.arg(revision).output();
    let described = described.ok().filter(|it| it.status.success())?;
    let tag = String::from_utf8(described.stdout).ok()?;
    Some(tag.trim().to_owned())
}

/// The base version of changes since a revision: the last released one by then, because a higher one in the
/// manifest comes from earlier changes; without a release, the one in the manifest.
pub fn released_version(revision: &str) -> Option<String> {
    let release = last_release(revision);
    let manifest = file(release.as_deref().unwrap_or(revision), "Cargo.toml").ok()?;
    version_in(&manifest)
}

/// The version in a manifest, the workspace's or a package's.
pub fn version_in(manifest: &str) -> Option<String> {
    let mut lines = manifest.lines();
    let found = lines.find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    found.map(str::to_owned)
}

/// A file of a revision.
pub fn file(revision: &str, path: &str) -> Result<String, Box<dyn Error>> {
    let shown = git(&["show", &format!("{revision}:{path}")]).output()?;
    if !shown.status.success() {
        return Err(format!("the revision `{revision}` has no {path}").into());
    }
    Ok(String::from_utf8(shown.stdout)?)
}

/// The files of a revision, by their path below the spec's folder. One process reads all of them.
fn contents(revision: &str, names: &[&str]) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut child = git(&["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let asked: String = names
        .iter()
        .map(|name| format!("{revision}:{name}\n"))
        .collect();
    let mut stdin = child.stdin.take().ok_or("git does not accept names")?;
    // Git would block on its output while requests are still being written.
    let asking = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let mut answers = BufReader::new(child.stdout.take().ok_or("git returned nothing")?);
    let mut files = Vec::new();
    for name in names {
        let mut head = String::new();
        answers.read_line(&mut head)?;
        let size = head
            .trim()
            .rsplit(' ')
            .next()
            .and_then(|it| it.parse().ok());
        let size: usize = size.ok_or_else(|| format!("git has no {revision}:{name}"))?;
        let mut text = vec![0; size + 1];
        answers.read_exact(&mut text)?;
        text.pop();
        let path = name.strip_prefix("spec/").unwrap_or(name);
        files.push((path.to_owned(), String::from_utf8(text)?));
    }
    let asked = asking.join().map_err(|_| "git could not be queried")?;
    asked?;
    child.wait()?;
    Ok(files)
}

fn git(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(root()).args(arguments);
    command
}
