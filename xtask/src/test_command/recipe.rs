//! Follows the steps of CONTRIBUTING.md after an entry in the API's changelog, in a fresh clone: a field,
//! an endpoint, a group and an event are added, a field is renamed and an endpoint deprecated. Each time the
//! spec is checked and rendered, and at the end the tests pass.

use std::{fs, path::PathBuf, process::Command};

use super::{command::outside, step::Outcome, tools::passes};
use crate::root;

const BRANDS: &str = "spec/groups/brands.yaml";
const WRAPPING: &str = "spec/groups/gift_wrapping.yaml";
const EVENTS: &str = "spec/events.yaml";
const OFFICIAL: &str = "spec/official.yaml";
const CALLS: &str = "tests/tests/mock/end_to_end/every_call.rs";

/// The tests that an edit affects. Tests that need a browser or a Redis server are not among them.
const TESTS: [&str; 5] = ["client", "generator", "mock", "examples", "rendered_rust"];

/// The pagination of a list, which the scaffold of an endpoint leaves out.
const PAGE: &str = "    page: v3\n    limit: { default: 50, max: 250 }\n";

const MOTTOS: &str = "  BrandMotto:\n    does: A motto of a brand.\n    fields:\n      id: { type: int, required: [read] }\n      text: { type: string, does: What customers read. }\n\n";

const WRAPS: &str = "\nschemas:\n  GiftWrap:\n    does: A way to wrap gifts.\n    fields:\n      id: { type: int, required: [read] }\n      name: { type: string, does: What customers choose. }\n";

/// Checks that all of it works as documented.
pub fn follows() -> Result<Outcome, String> {
    // In the same place each time, so that builds are reused.
    let folder = root().join("target/recipe");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let clone = Checkout { folder };
    let mut git = Command::new("git");
    git.args(["clone", "--quiet", "--shared"]);
    passes(git.arg(root()).arg(&clone.folder))?;

    let field = "      custom_url: { type: BrandUrl";
    let motto = "      motto: { type: string, does: What it stands for. }\n";
    clone.puts(BRANDS, field, &format!("{motto}{field}"))?;
    clone.renders("a field")?;

    let path = "/v3/catalog/brands/{brand_id}/mottos";
    clone.xtask(&["new", "endpoint", "brands.list_mottos", "GET", path])?;
    let answers = [
        ("operation:", "getBrandMottos"),
        ("does:", "List the mottos of a brand."),
        ("acts_on:", "motto"),
        ("returns:", "\"[BrandMotto]\""),
    ];
    clone.answers(BRANDS, &answers)?;
    let returns = "    returns: \"[BrandMotto]\"\n";
    clone.puts(BRANDS, returns, &format!("{PAGE}{returns}"))?;
    clone.puts(
        BRANDS,
        "  BrandImage:\n",
        &format!("{MOTTOS}  BrandImage:\n"),
    )?;
    let categories = "  catalog/categories_catalog.v3:\n";
    let listed = format!("    \"{path}\": GET\n");
    clone.puts(OFFICIAL, categories, &format!("{listed}{categories}"))?;
    clone.renders("an endpoint")?;
    let last = "    brands.delete(id).await\n";
    let call = "    assert_eq!(brands.list_mottos(id).await?.len(), 0);\n";
    clone.puts(CALLS, last, &format!("{call}{last}"))?;

    let words = ["new", "group", "gift_wrapping", "--version", "v3"];
    clone.xtask(&[&words[..], &["--scope", "products"]].concat())?;
    let path = "/v3/gift-wrapping";
    clone.xtask(&["new", "endpoint", "gift_wrapping.list", "GET", path])?;
    let answers = [
        ("does:", "List the ways to wrap gifts."),
        ("warning:", "A write here changes how gifts are wrapped."),
        ("source:", "reference/gift_wrapping.v3.yml"),
        ("operation:", "getGiftWrapping"),
        ("acts_on:", "gift wrap"),
        ("returns:", "\"[GiftWrap]\""),
    ];
    clone.answers(WRAPPING, &answers)?;
    let returns = "    returns: \"[GiftWrap]\"\n";
    clone.puts(WRAPPING, returns, &format!("{PAGE}{returns}"))?;
    clone.writes(WRAPPING, &(clone.reads(WRAPPING)? + WRAPS))?;
    let hosting = "  infrastructure_hosting.v3:\n";
    let listed = format!("  gift_wrapping.v3:\n    {path}: GET\n");
    clone.puts(OFFICIAL, hosting, &format!("{listed}{hosting}"))?;
    clone.renders("a group")?;

    clone.xtask(&["new", "event", "store/giftWrapping/created"])?;
    let answers = [
        ("does:", "A way to wrap gifts is added."),
        ("payload:", "ProductEvent"),
    ];
    clone.answers(EVENTS, &answers)?;
    clone.renders("an event")?;

    clone.puts(BRANDS, "      motto: {", "      slogan: {")?;
    clone.renders("a field that is renamed")?;

    let does = "    does: List the mottos of a brand.\n";
    let deprecated =
        "    deprecated: { since: 2026-01-01, use: brands.get, why: A brand has one. }\n";
    clone.puts(BRANDS, does, &format!("{does}{deprecated}"))?;
    clone.renders("an endpoint that is deprecated")?;

    clone.tests()
}

/// A clone of the repository.
struct Checkout {
    folder: PathBuf,
}

impl Checkout {
    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    fn reads(&self, file: &str) -> Result<String, String> {
        fs::read_to_string(self.path(file)).map_err(|error| format!("{file}: {error}"))
    }

    fn writes(&self, file: &str, text: &str) -> Result<(), String> {
        fs::write(self.path(file), text).map_err(|error| format!("{file}: {error}"))
    }

    /// Replaces one text, which occurs once, by another.
    fn puts(&self, file: &str, from: &str, to: &str) -> Result<(), String> {
        let text = self.reads(file)?;
        match text.matches(from).count() {
            1 => self.writes(file, &text.replace(from, to)),
            count => Err(format!("`{}` is in {file} {count} times", from.trim())),
        }
    }

    /// Fills in the scaffold: each pair is the key of an empty text and its new text.
    fn answers(&self, file: &str, answers: &[(&str, &str)]) -> Result<(), String> {
        let text = self.reads(file)?;
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("todo: "));
        let answered = lines.map(|line| {
            let asked = line.trim_start().strip_suffix(" \"\"");
            let said = asked.and_then(|key| answers.iter().find(|(asked, _)| *asked == key));
            said.map_or_else(|| line.to_owned(), |(_, said)| line.replace("\"\"", said)) + "\n"
        });
        self.writes(file, &answered.collect::<String>())
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let mut command = outside(words);
        command.current_dir(&self.folder);
        command
    }

    fn xtask(&self, words: &[&str]) -> Result<(), String> {
        passes(&mut self.cargo(&[&["xtask"], words].concat())).map(|_| ())
    }

    /// Checks and renders the spec after an edit, which changes the output.
    fn renders(&self, edit: &str) -> Result<(), String> {
        let done = || {
            self.xtask(&["check"])?;
            if self.xtask(&["codegen", "--check"]).is_ok() {
                return Err("it changes nothing".to_owned());
            }
            self.xtask(&["codegen"])?;
            self.xtask(&["codegen", "--check"])?;
            self.commits(edit)
        };
        done().map_err(|why| format!("{edit}: {why}"))
    }

    fn commits(&self, edit: &str) -> Result<(), String> {
        let git = |words: &[&str]| {
            let mut git = Command::new("git");
            git.current_dir(&self.folder);
            git.args(["-c", "user.name=Somebody"]);
            git.args(["-c", "user.email=somebody@example.com"]);
            passes(git.args(words)).map(|_| ())
        };
        git(&["add", "--all"])?;
        git(&["commit", "--quiet", "--no-gpg-sign", "--message", edit])
    }

    /// Accepts the changed snapshots, after which the tests pass.
    fn tests(&self) -> Result<Outcome, String> {
        let mut all = vec!["test", "--quiet", "--workspace", "--all-features"];
        all.extend(["--lib", "--bins"]);
        all.extend(TESTS.iter().flat_map(|name| ["--test", *name]));
        let mut accept = self.cargo(&[&all[..], &["--no-fail-fast"]].concat());
        // Anything that fails for another reason fails again.
        let accepted = accept.env("INSTA_UPDATE", "always").output();
        accepted.map_err(|error| format!("cargo did not start: {error}"))?;
        passes(&mut self.cargo(&all))
    }
}
