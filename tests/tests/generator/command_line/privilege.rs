//! `cargo xtask scopes` as a user runs it: its formats, its exit codes, and what it says about a wrong
//! name.

use bigcommerce_tests::cases::minimal;
use serde_json::Value;

use super::user::{User, xtask};

#[test]
fn missing_or_excess_scopes_exit_with_3_and_a_wrong_name_with_2() {
    let held = |granted: &str, calls: &[&str]| {
        let words = [&["scopes", "check", "--granted", granted], calls].concat();
        xtask(&words)
    };
    let fits = held(
        "store_v2_orders_read_only store_v2_default users_basic_information",
        &["orders.list"],
    );
    assert_eq!((fits.code, &*fits.err), (0, ""), "{fits}");
    for granted in ["store_v2_products_read_only", "store_v2_orders", ""] {
        let run = held(granted, &["orders.list"]);
        assert_eq!((run.code, &*run.err), (3, ""), "{run}");
    }
    let wrong = held("store_v2_orders", &["ordres.list"]);
    assert_eq!((wrong.code, &*wrong.out), (2, ""), "{wrong}");
    assert!(wrong.err.contains("did you mean `orders.list`?"), "{wrong}");
}

#[test]
fn every_question_is_answered_in_every_form() {
    for question in [
        &["for", "things"][..],
        &["allow", "things_read"],
        &["check", "things", "--granted", "things_read"],
        &["explain", "things_read"],
        &["scan", "src"],
    ] {
        let user = User::new(&minimal());
        user.write("src/main.rs", "fn main() {}");
        user.write("src/target/no.rs", "no Rust");
        let asked = |form: &str| {
            let words = [&["scopes", "--spec", "../spec", "--format", form], question].concat();
            let run = user.run(&words);
            assert!(run.code == 0 || question[0] == "check", "{run}");
            assert_eq!(run.err, "", "{run}");
            run.out
        };
        assert!(
            serde_json::from_str::<Value>(&asked("json"))
                .unwrap()
                .is_object()
        );
        let csv = asked("csv");
        let columns = csv.lines().next().unwrap().matches(',').count();
        assert!(columns >= 3, "{csv}");
        for form in ["text", "md"] {
            assert!(asked(form).ends_with('\n'));
        }
    }
}

#[test]
fn scan_tells_where_calls_are_and_compares_them_with_a_token() {
    let user = User::new(&minimal());
    user.write("app/src/main.rs", "fn main() { store.things().list(); }");
    let run = user.run(&["scopes", "--spec", "../spec", "scan", "app"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(
        run.out.contains("app/src/main.rs:1:28  things.list"),
        "{run}"
    );
    let words = [
        "scopes",
        "--spec",
        "../spec",
        "scan",
        "app",
        "--granted",
        "nothing",
    ];
    assert_eq!(user.run(&words).code, 3);
    assert_eq!(
        user.run(&["scopes", "--spec", "../spec", "scan", "nowhere"])
            .code,
        2
    );
}

#[test]
fn scan_leaves_out_the_files_of_modules_for_tests_unless_they_are_asked_for() {
    let user = User::new(&minimal());
    let call = "fn call(store: &Client) { store.things().list(); }";
    user.write("app/src/main.rs", "#[cfg(test)]\nmod tests;\n");
    user.write("app/src/tests.rs", call);
    user.write("app/tests/whole.rs", call);
    let scan = ["scopes", "--spec", "../spec", "scan", "app"];
    let run = user.run(&scan);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    assert!(run.out.starts_with("0 calls in 1 file.\n"), "{run}");
    let run = user.run(&[&scan[..], &["--tests"]].concat());
    assert!(run.out.starts_with("2 calls in 3 files.\n"), "{run}");
}

#[test]
fn a_method_and_a_path_without_quotes_are_not_taken_for_two_names() {
    for half in [
        "GET",
        "/v3/catalog/products",
        "https://api.bigcommerce.com/v3/x",
    ] {
        let run = xtask(&["scopes", "for", half]);
        assert_eq!((run.code, &*run.out), (2, ""), "{run}");
        let says = format!(
            "error: `{half}` is not a call; write the method and the path in one pair of quotes"
        );
        assert!(run.err.starts_with(&says), "{run}");
    }
}

#[test]
fn a_level_that_no_group_has_is_answered_with_the_one_that_names_all_of_its_calls() {
    let run = xtask(&["scopes", "for", "products:write"]);
    assert_eq!((run.code, &*run.out), (2, ""), "{run}");
    assert!(run.err.contains("did you mean `products:full`?"), "{run}");
}

#[test]
fn scan_names_each_file_that_it_cannot_read_and_compares_no_token_with_the_rest() {
    let user = User::new(&minimal());
    user.write("app/main.rs", "fn main() { store.things().list(); }");
    let deep = ["(".repeat(20_000), ")".repeat(20_000)].concat();
    user.write("app/deep.rs", &format!("fn deep() {{ {deep}; }}"));
    let chain = ".things()".repeat(20_000);
    user.write("app/long.rs", &format!("fn long() {{ store{chain}; }}"));
    std::fs::write(user.path("app/latin.rs"), b"fn caf\xe9() {}").unwrap();
    let scan = ["scopes", "--spec", "../spec", "scan", "app"];
    let run = user.run(&scan);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    assert!(run.out.contains("app/main.rs:1:28  things.list"), "{run}");
    for file in ["app/deep.rs:1:", "app/latin.rs:1:", "app/long.rs:1:"] {
        assert!(run.out.contains(file), "{file}: {run}");
    }
    assert_eq!(run.out.matches("nests too deeply").count(), 2, "{run}");
    let compared = user.run(&[&scan[..], &["--granted", "things_read"]].concat());
    assert_eq!(compared.code, 2, "{compared}");
    assert!(
        compared
            .err
            .contains("app/deep.rs, app/latin.rs, app/long.rs"),
        "{compared}"
    );
}
