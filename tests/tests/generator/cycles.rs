//! No folders of a crate import each other in a cycle: reading one part must not require reading all
//! the others.

mod graph;
mod modules;

use std::sync::LazyLock;

use bigcommerce_tests::root;

use self::{
    graph::{Circle, circles, circles_of_files},
    modules::Crate,
};

/// The crates, including the mock store's.
const CRATES: [&str; 4] = [
    "codegen",
    "xtask",
    "generated-client",
    "generated-client/mock",
];

/// The circles of files that are left: their crate, the folder that all of them are in, and why they are one.
static LEFT: [(&str, &str, &str); 1] = [(
    "generated-client",
    "json",
    "a model is read field by field, and a field may be a model; what nobody knows is kept as it came",
)];

/// The crates as they are read, which both tests need.
static READ: LazyLock<Vec<(&str, Crate)>> = LazyLock::new(|| {
    let crates = CRATES.into_iter();
    let read = crates.map(|package| (package, Crate::read(&root().join(package).join("src"))));
    read.collect()
});

#[test]
fn no_folders_of_a_crate_import_each_other_in_a_circle() {
    let mut wrong = String::new();
    for (package, krate) in READ.iter() {
        for circle in circles(krate).iter().filter(|circle| !of_groups(circle)) {
            wrong += &told(package, circle);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_files_of_a_crate_import_each_other_in_a_circle_but_those_that_are_listed() {
    let mut wrong = String::new();
    let mut left = Vec::new();
    for (package, krate) in READ.iter() {
        for circle in circles_of_files(krate) {
            let mut listed = LEFT.iter().filter(|(of, _, _)| of == package);
            match listed.find(|(_, folder, _)| is_within(&circle, folder)) {
                Some(listed) => left.push(listed),
                None => wrong += &told(package, &circle),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let gone = LEFT.iter().find(|listed| !left.contains(listed));
    assert_eq!(
        gone, None,
        "this circle is no more, so it is not to be listed"
    );
}

fn told(package: &str, circle: &Circle) -> String {
    format!("{package}: {:?}\n{}\n", circle.modules, circle.edges())
}

fn is_within(circle: &Circle, folder: &str) -> bool {
    let below = format!("{folder}::");
    circle.modules.iter().all(|name| name.starts_with(&below))
}

/// Whether a cycle consists of generated groups only: a handle returns the handles of its sub-resources,
/// which return types of the parent group.
fn of_groups(circle: &Circle) -> bool {
    let generated = root().join("generated-client/src/generated");
    let mut modules = circle.modules.iter();
    modules.all(|name| generated.join(name).join("handle.rs").is_file())
}

#[test]
fn a_circle_is_found_through_names_that_a_module_hands_on() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; pub use a::Thing;"),
        ("a.rs", "use crate::b::Other; pub struct Thing;"),
        ("b/mod.rs", "mod inner; pub use inner::*; use crate::c;"),
        ("b/inner.rs", "pub struct Other(crate::Thing);"),
        ("c.rs", "#[cfg(test)] mod tests { use crate::a::Thing; }"),
    ];
    let found = circles(&Crate::of(&files));
    let modules: Vec<_> = found.into_iter().map(|circle| circle.modules).collect();
    assert_eq!(modules, [["a", "b"]]);
}

#[test]
fn files_that_use_each_other_are_a_circle_and_a_folder_and_its_files_are_none() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        (
            "a/mod.rs",
            "mod first; mod second; pub struct Own; use self::first::First;",
        ),
        (
            "a/first.rs",
            "use super::{Own, second::Second}; pub struct First;",
        ),
        ("a/second.rs", "pub struct Second(super::first::First);"),
        (
            "b/mod.rs",
            "mod low; mod high; pub struct Own; use self::high::High;",
        ),
        ("b/high.rs", "use super::{Own, low::Low}; pub struct High;"),
        ("b/low.rs", "use super::Own; pub struct Low;"),
    ];
    let found = circles_of_files(&Crate::of(&files));
    let modules: Vec<_> = found.into_iter().map(|circle| circle.modules).collect();
    assert_eq!(modules, [["a::first", "a::second"]]);
}
