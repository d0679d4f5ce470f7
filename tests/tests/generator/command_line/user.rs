//! A user at a terminal: a folder with a spec and one for the outputs, and the built command.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant, SystemTime},
};

use codegen::source::Sources;
use serde_json::Value;
use tempfile::TempDir;

pub const MANIFEST: &str = "generated-client/codegen.manifest";

/// The output of a command, and how it ended.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit {}\n{}\n{}", self.code, self.out, self.err)
    }
}

pub struct User {
    folder: TempDir,
}

impl User {
    /// A user with this spec and nothing generated yet.
    pub fn new(spec: &Sources) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let user = Self { folder };
        fs::create_dir(user.path("")).unwrap();
        user.spec(spec);
        user
    }

    /// A path below the output folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("out").join(path)
    }

    /// Replaces the spec by this one.
    pub fn spec(&self, spec: &Sources) {
        let folder = self.folder.path().join("spec");
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in spec.iter() {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Every output file.
    pub fn files(&self) -> BTreeMap<String, String> {
        self.walk(|path| fs::read_to_string(path).unwrap())
    }

    /// When each output file was written.
    pub fn stamps(&self) -> BTreeMap<String, SystemTime> {
        self.walk(|path| fs::metadata(path).unwrap().modified().unwrap())
    }

    fn walk<T>(&self, look: impl Fn(&Path) -> T) -> BTreeMap<String, T> {
        let root = self.path("");
        let mut found = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                    found.insert(name.replace('\\', "/"), look(&path));
                }
            }
        }
        found
    }

    /// A command in the output folder.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = command(words);
        command.current_dir(self.path(""));
        command
    }

    pub fn run(&self, words: &[&str]) -> Run {
        printed(&mut self.command(words))
    }

    pub fn codegen(&self, words: &[&str]) -> Run {
        self.run(&[&["codegen", "--spec", "../spec", "--out", "."], words].concat())
    }

    /// A command for which the folder with the spec is the repository.
    pub fn at_root(&self, words: &[&str]) -> Run {
        self.below_root("", words)
    }

    /// The same in one of its folders.
    pub fn below_root(&self, folder: &str, words: &[&str]) -> Run {
        let root = self.folder.path();
        let mut command = command(words);
        command.env("CARGO_MANIFEST_DIR", root.join("xtask"));
        printed(command.current_dir(root.join(folder)))
    }

    /// Commits everything, and tags it.
    pub fn commit(&self, tag: &str) {
        let git = |words: &[&str]| {
            let mut git = Command::new("git");
            git.current_dir(self.folder.path()).args([
                "-c",
                "user.name=Somebody",
                "-c",
                "user.email=somebody@example.com",
                "-c",
                "core.autocrlf=false",
            ]);
            let run = printed(git.args(words));
            assert_eq!(run.code, 0, "{words:?}: {run}");
        };
        git(&["init", "--quiet"]);
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--no-gpg-sign", "--message", tag]);
        git(&["tag", "--no-sign", tag]);
    }

    /// Creates a lock file next to each manifest of a workspace.
    pub fn lock(&self) {
        for folder in ["", "tests/downstream", "tests/fuzz"] {
            let mut cargo = Command::new(std::env::var_os("CARGO").unwrap());
            cargo.current_dir(self.folder.path().join(folder));
            let run = printed(cargo.args(["generate-lockfile", "--offline", "--quiet"]));
            assert_eq!(run.code, 0, "{folder}: {run}");
        }
    }

    /// Starts to render, and kills it this long after the first file has changed.
    pub fn kill_after_first_change(&self, delay: Duration) {
        let manifest = self.path(MANIFEST);
        let before = fs::read(&manifest).unwrap();
        let mut command = self.command(&["codegen", "--spec", "../spec", "--out", "."]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let deadline = Instant::now() + Duration::from_secs(60);
        while fs::read(&manifest).is_ok_and(|now| now == before)
            && child.try_wait().unwrap().is_none()
            && Instant::now() < deadline
        {
            std::hint::spin_loop();
        }
        std::thread::sleep(delay);
        let _ = child.kill();
        child.wait().unwrap();
    }
}

/// Runs a command that needs no folder.
pub fn xtask(words: &[&str]) -> Run {
    printed(&mut command(words))
}

pub fn printed(command: &mut Command) -> Run {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(words);
    for variable in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "TERM",
        "COLORTERM",
    ] {
        command.env_remove(variable);
    }
    command
}

/// The command as cargo builds it, once for all tests.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args([
                "build",
                "--quiet",
                "--package",
                "xtask",
                "--message-format=json",
            ])
            .current_dir(bigcommerce_tests::root())
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(output.status.success(), "the command does not build");
        let messages = String::from_utf8(output.stdout).unwrap();
        let built = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
            .next_back();
        built.unwrap()
    })
}
