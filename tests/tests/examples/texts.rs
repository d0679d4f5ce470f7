//! What is written about the examples is true.

use std::{collections::BTreeSet, fs, process::Command};

use bigcommerce_tests::{root, text};

use super::program::{run, text as said, unread};

/// Each example, by the name of its file.
fn examples() -> BTreeSet<String> {
    let files = fs::read_dir(root().join("generated-client/examples")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .collect()
}

/// The programs of the README, in order.
fn programs() -> Vec<String> {
    let readme = text("README.md");
    let programs = readme.split("```rust,no_run\n").skip(1);
    let ends = programs.map(|rest| rest.split_once("```\n").unwrap().0.to_owned());
    ends.collect()
}

#[test]
fn the_readme_makes_a_client_in_about_ten_lines_and_then_shows_the_heart_of_the_export() {
    let [first, export] = &programs()[..] else {
        panic!("{:?}", programs())
    };
    let lines = |code: &str| code.lines().filter(|line| !line.is_empty()).count();
    assert!(first.contains("Client::new("), "{first}");
    assert!(lines(first) <= 10, "{first}");
    let example = text("generated-client/examples/export_products.rs");
    let (_, example) = example.split_once("\n\n").unwrap();
    let example = example.replace("mod support;\n\n", "");
    assert!(example.starts_with(export.as_str()), "{export}");
    assert!(lines(export) <= 22);
}

/// With only the dependencies that the README names, from this checkout.
#[test]
fn the_programs_of_the_readme_are_built_from_its_own_dependencies() {
    let readme = text("README.md");
    let (_, dependencies) = readme.split_once("```toml\n[dependencies]\n").unwrap();
    let (dependencies, _) = dependencies.split_once("```\n").unwrap();
    let client = format!("{{ path = {:?} }}", root().join("generated-client"));
    let published = "bigcommerce-client = \"0.1\"";
    assert!(dependencies.contains(published), "{dependencies}");
    let dependencies = dependencies.replace(published, &format!("bigcommerce-client = {client}"));
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    fs::create_dir_all(folder.path().join("src/bin")).unwrap();
    let head = "[package]\nname = \"readme\"\nedition = \"2024\"\n\n[workspace]\n";
    put(
        "Cargo.toml",
        &format!("{head}\n[dependencies]\n{dependencies}"),
    );
    // What is already downloaded is sufficient.
    put("Cargo.lock", &text("Cargo.lock"));
    let [first, export] = &programs()[..] else {
        panic!("{:?}", programs())
    };
    put("src/main.rs", first);
    put("src/bin/export.rs", &format!("{export}\nfn main() {{}}\n"));
    let built = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", root().join("target"))
        .output();
    let built = built.unwrap();
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
}

/// Optional environment variables of a program.
const OPTIONAL: [&str; 5] = [
    "FROM_ACCESS_TOKEN",
    "FROM_BASE_URL",
    "FROM_STORE_HASH",
    "LISTEN",
    "SCOPES",
];

#[test]
fn each_example_has_its_command_for_the_mock_store_which_gives_it_all_that_it_needs() {
    let readme = text("README.md");
    let mock = text("generated-client/mock/src/main.rs");
    let given = |name: &str| mock.contains(&format!("\nexport {name}="));
    for name in examples() {
        let row = readme
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("{name} is not in the README"));
        assert!(
            row.contains(&format!("cargo run --example {name}")),
            "{row}"
        );
        let mut source = text(&format!("generated-client/examples/{name}.rs"));
        if source.contains("support::connect()") {
            source += &text("generated-client/examples/support/mod.rs");
        }
        let variables = ["variable(\"", "env::var(\""].map(|call| {
            let named = source.split(call).skip(1);
            named
                .filter_map(|rest| rest.split_once('"'))
                .map(|(name, _)| name)
        });
        for variable in variables.into_iter().flatten() {
            let set = row.contains(&format!("{variable}=")) || OPTIONAL.contains(&variable);
            assert!(set || given(variable), "{name} needs {variable}");
        }
    }
}

#[test]
fn the_periods_of_the_reports_end_today_when_a_new_mock_store_has_its_latest_orders() {
    let readme = text("README.md");
    let periods = |line: &&str| line.contains(" 2026-01-01 ");
    let commands: Vec<&str> = readme.lines().filter(periods).collect();
    assert_eq!(commands.len(), 2);
    for command in commands {
        assert!(
            command.contains(" 2026-01-01 \"$(date -u +%F)\""),
            "{command}"
        );
    }
}

#[test]
fn each_example_begins_with_its_command_and_is_in_the_readme() {
    let readme = text("README.md");
    for name in examples() {
        let source = text(&format!("generated-client/examples/{name}.rs"));
        let docs: String = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .collect();
        assert!(
            docs.contains(&format!("cargo run --example {name}")),
            "{name}"
        );
        assert!(readme.contains(&format!("| `{name}` |")), "{name}");
        assert!(source.lines().count() < 200, "{name} is long");
    }
}

#[tokio::test]
async fn each_example_tells_how_it_is_used_and_takes_nothing_that_it_does_not_know() {
    let programs = [
        ("app", env!("CARGO_BIN_EXE_app")),
        ("backup", env!("CARGO_BIN_EXE_backup")),
        ("catalog", env!("CARGO_BIN_EXE_catalog")),
        ("export_products", env!("CARGO_BIN_EXE_export_products")),
        ("fulfil_orders", env!("CARGO_BIN_EXE_fulfil_orders")),
        ("import_catalog", env!("CARGO_BIN_EXE_import_catalog")),
        ("least_privilege", env!("CARGO_BIN_EXE_least_privilege")),
        ("move_settings", env!("CARGO_BIN_EXE_move_settings")),
        ("orders", env!("CARGO_BIN_EXE_orders")),
        ("redirects", env!("CARGO_BIN_EXE_redirects")),
        ("refund_report", env!("CARGO_BIN_EXE_refund_report")),
        ("sync_inventory", env!("CARGO_BIN_EXE_sync_inventory")),
        ("sync_prices", env!("CARGO_BIN_EXE_sync_prices")),
        ("tax_report", env!("CARGO_BIN_EXE_tax_report")),
        ("webhook_receiver", env!("CARGO_BIN_EXE_webhook_receiver")),
    ];
    let names: BTreeSet<String> = programs
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(names, examples());
    for (name, program) in programs {
        for help in ["--help", "-h"] {
            let output = run(program, &[help], &[]).await;
            let shown = said(&output.stdout);
            assert!(shown.starts_with(&format!("usage: {name}")), "{shown}");
            assert_eq!(
                (output.status.code(), output.stderr.len()),
                (Some(0), 0),
                "{name}"
            );
        }
        let (code, message) = unread(program, &["--help"], &[]).await;
        assert_eq!((code, &*message), (Some(141), ""), "{name}");
        let output = run(program, &["--nothing"], &[]).await;
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(!said(&output.stderr).contains("variable"), "{name}");
    }
}
