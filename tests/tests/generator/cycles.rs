//! No folders of a crate import each other in a cycle: reading one part must not require reading all
//! the others.

mod graph;
mod modules;

use bigcommerce_tests::root;

use self::{
    graph::{Circle, circles},
    modules::Crate,
};

/// The crates, including the mock store's.
const CRATES: [&str; 4] = [
    "codegen",
    "xtask",
    "generated-client",
    "generated-client/mock",
];

#[test]
fn no_folders_of_a_crate_import_each_other_in_a_circle() {
    let mut wrong = String::new();
    for package in CRATES {
        let krate = Crate::read(&root().join(package).join("src"));
        for circle in circles(&krate).iter().filter(|circle| !of_groups(circle)) {
            wrong += &format!("{package}: {:?}\n{}\n", circle.modules, circle.edges());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
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
