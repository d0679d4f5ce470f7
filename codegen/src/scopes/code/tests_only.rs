//! What is compiled only for tests: items with such an attribute, and the files of modules that have one.

use std::{
    collections::{HashMap, HashSet},
    path::{Component, Path, PathBuf},
};

use syn::{
    Attribute, Expr, Item, ItemMod, Lit, Meta, Token, ext::IdentExt as _, punctuated::Punctuated,
};

use super::Text;

/// Files whose modules are next to them, and not in a folder of their name. Other roots of crates are told by the
/// absence of such a folder.
const ROOTS: [&str; 3] = ["lib", "main", "mod"];

/// `#[test]`, `#[tokio::test]` or `#[cfg(test)]`.
pub(super) fn is_of_tests(attribute: &Attribute) -> bool {
    if attribute.path().is_ident("cfg") {
        let condition = attribute.parse_args::<Meta>();
        return condition.is_ok_and(|condition| needs_tests(&condition));
    }
    let last = attribute.path().segments.last();
    last.is_some_and(|last| last.ident == "test")
}

/// Whether a condition is met only in tests: `test`, or `all(test, unix)`.
fn needs_tests(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => {
            let all = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            all.is_ok_and(|all| all.iter().any(needs_tests))
        }
        Meta::List(_) | Meta::NameValue(_) => false,
    }
}

/// The positions of the files that are compiled only for tests. Of a package, these are also all files in its folder
/// `tests`. The trees are those of the files that are Rust, each with its position.
pub(super) fn files(files: &[Text], trees: &[(usize, syn::File)]) -> HashSet<usize> {
    let paths: Vec<PathBuf> = files.iter().map(|one| normal(one.file.as_ref())).collect();
    let mut left = of_packages(&paths);
    let by_path: HashMap<&Path, usize> = paths
        .iter()
        .enumerate()
        .map(|(at, path)| (path.as_path(), at))
        .collect();
    let mut declared = Vec::new();
    for (at, tree) in trees {
        if tree.attrs.iter().any(is_of_tests) {
            left.insert(*at);
        }
        if let Some(path) = paths.get(*at) {
            let mut look = Look::new(*at, path, &by_path);
            look.modules(&tree.items, &look.folders.clone(), false, false);
            declared.extend(look.found);
        }
    }
    loop {
        // A file that something else uses as well is not only for tests.
        let is_used = |to: usize| {
            let mut all = declared.iter().filter(|one| one.to == to);
            all.any(|one| !one.of_tests && !left.contains(&one.from))
        };
        let found = declared.iter().map(|one| one.to);
        let found: Vec<usize> = found
            .filter(|to| !left.contains(to) && !is_used(*to))
            .collect();
        if found.is_empty() {
            return left;
        }
        left.extend(found);
    }
}

/// The files in a folder `tests` next to a folder `src`.
fn of_packages(paths: &[PathBuf]) -> HashSet<usize> {
    let above = |path: &Path, folder: &str| -> Vec<PathBuf> {
        let folders = path.ancestors().skip(1);
        let folders = folders.filter(|it| it.file_name().is_some_and(|name| name == folder));
        folders
            .filter_map(|it| Some(it.parent()?.to_owned()))
            .collect()
    };
    let packages: HashSet<PathBuf> = paths.iter().flat_map(|path| above(path, "src")).collect();
    let all = paths.iter().enumerate();
    let tests = all.filter(|(_, path)| {
        let folders = above(path, "tests");
        folders.iter().any(|folder| packages.contains(folder))
    });
    tests.map(|(at, _)| at).collect()
}

/// A module in its own file.
struct Declared {
    from: usize,
    to: usize,
    /// Whether it is declared only for tests.
    of_tests: bool,
}

/// Finds the files of the modules that a file declares.
struct Look<'p> {
    from: usize,
    files: &'p HashMap<&'p Path, usize>,
    /// The folder of the file.
    here: PathBuf,
    /// Where its modules may be, the likelier folder first.
    folders: Vec<PathBuf>,
    found: Vec<Declared>,
}

impl<'p> Look<'p> {
    fn new(from: usize, path: &Path, files: &'p HashMap<&'p Path, usize>) -> Self {
        let here = path.parent().unwrap_or(Path::new("")).to_owned();
        let stem = path.file_stem().unwrap_or_default();
        let folders = match ROOTS.iter().any(|root| stem == *root) {
            true => vec![here.clone()],
            false => vec![here.join(stem), here.clone()],
        };
        Self {
            from,
            files,
            here,
            folders,
            found: Vec::new(),
        }
    }

    fn modules(&mut self, items: &[Item], folders: &[PathBuf], is_inside: bool, of_tests: bool) {
        for item in items {
            let Item::Mod(module) = item else { continue };
            let of_tests = of_tests || module.attrs.iter().any(is_of_tests);
            let name = module.ident.unraw().to_string();
            if let Some((_, items)) = &module.content {
                let inner: Vec<PathBuf> = folders.iter().map(|it| it.join(&name)).collect();
                self.modules(items, &inner, true, of_tests);
            } else if let Some(to) = self.file(module, &name, folders, is_inside) {
                let from = self.from;
                self.found.push(Declared { from, to, of_tests });
            }
        }
    }

    fn file(
        &self,
        module: &ItemMod,
        name: &str,
        folders: &[PathBuf],
        is_inside: bool,
    ) -> Option<usize> {
        let candidates: Vec<PathBuf> = match module.attrs.iter().find_map(path_of) {
            Some(path) if is_inside => folders.iter().map(|it| it.join(&path)).collect(),
            Some(path) => vec![self.here.join(path)],
            None => {
                let forms =
                    |it: &PathBuf| [it.join(format!("{name}.rs")), it.join(name).join("mod.rs")];
                folders.iter().flat_map(forms).collect()
            }
        };
        let mut candidates = candidates.iter().map(|path| normal(path));
        candidates.find_map(|path| self.files.get(path.as_path()).copied())
    }
}

/// The path in `#[path = "..."]`.
fn path_of(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(path) => Some(path.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The path without `.` and `..`, as far as its own text tells.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let last = out.components().next_back();
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(last, Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files that are left out of these.
    fn left(files: &[(&str, &str)]) -> Vec<String> {
        let texts: Vec<Text> = files
            .iter()
            .map(|(file, text)| Text {
                file: (*file).to_owned(),
                text: (*text).to_owned(),
            })
            .collect();
        let trees = texts.iter().map(|one| syn::parse_file(&one.text).unwrap());
        let trees: Vec<(usize, syn::File)> = trees.enumerate().collect();
        let mut left: Vec<usize> = super::files(&texts, &trees).into_iter().collect();
        left.sort_unstable();
        left.into_iter().map(|at| texts[at].file.clone()).collect()
    }

    #[test]
    fn the_file_of_a_module_for_tests_is_left_out_wherever_its_declaration_leads() {
        let tests = "#[cfg(test)]\nmod tests;";
        for (from, text, to) in [
            ("a/src/main.rs", tests, "a/src/tests.rs"),
            ("./a/src/lib.rs", tests, "a/src/tests/mod.rs"),
            ("a/src/one.rs", tests, "a/src/one/tests.rs"),
            ("a/src/one/mod.rs", tests, "a/src/one/tests.rs"),
            ("a/src/bin/tool.rs", tests, "a/src/bin/tests.rs"),
            ("one.rs", "#[cfg(all(test, unix))] mod more;", "one/more.rs"),
            (
                "one.rs",
                "mod two { #[cfg(test)] mod tests; }",
                "one/two/tests.rs",
            ),
            (
                "one.rs",
                "#[cfg(test)] mod tests { mod more; }",
                "one/tests/more.rs",
            ),
            (
                "a/one.rs",
                "#[cfg(test)] #[path = \"../b.rs\"] mod tests;",
                "b.rs",
            ),
            ("one.rs", "#[cfg(test)] mod r#try;", "one/try.rs"),
        ] {
            assert_eq!(left(&[(from, text), (to, "")]), [to], "{from}: {text}");
        }
    }

    #[test]
    fn what_only_a_left_out_file_declares_is_left_out_and_what_others_use_is_not() {
        let files = [
            (
                "lib.rs",
                "mod used; #[cfg(test)] mod tests; #[cfg(any(test, unix))] mod both;",
            ),
            ("used.rs", "#[path = \"tests/shared.rs\"] mod shared;"),
            ("tests.rs", "mod cases; mod shared;"),
            ("tests/cases.rs", "mod deep;"),
            ("tests/cases/deep.rs", ""),
            ("tests/shared.rs", ""),
            ("both.rs", ""),
            ("own.rs", "#![cfg(test)]"),
        ];
        let expected = [
            "tests.rs",
            "tests/cases.rs",
            "tests/cases/deep.rs",
            "own.rs",
        ];
        assert_eq!(left(&files), expected);
    }

    #[test]
    fn the_tests_of_a_package_are_left_out_and_other_folders_of_that_name_are_not() {
        let files = [
            "app/src/main.rs",
            "app/src/tests/run.rs",
            "app/tests/run.rs",
            "tests/run.rs",
        ];
        assert_eq!(left(&files.map(|file| (file, ""))), ["app/tests/run.rs"]);
    }
}
