//! Descriptions and folders that somebody else made, or that are not what they were taken for.

use bigcommerce_tests::cases::minimal;
use serde_json::{Value, json};

use super::user::User;

#[test]
fn import_names_the_file_that_is_no_description() {
    let user = User::new(&minimal());
    let file = bigcommerce_tests::root().join("tests/data/import/v2.json");
    let file = file.to_str().unwrap();
    user.write("cut.json", "{ \"openapi\":");
    user.write("old.json", "{ \"swagger\": \"2.0\" }");
    for (name, why) in [("cut.json", "not JSON"), ("old.json", "Swagger 2")] {
        for words in [
            &["import", file, name][..],
            &["import", "--paths", file, name],
        ] {
            let run = user.run(words);
            assert_eq!((run.code, &*run.out), (2, ""), "{run}");
            let says = format!("error: {name}: the file is not ");
            assert!(run.err.contains(&says) && run.err.contains(why), "{run}");
            assert_eq!(run.err.lines().count(), 1, "said twice: {run}");
        }
    }
}

#[test]
fn a_folder_without_descriptions_is_named_as_such() {
    let user = User::new(&minimal());
    user.write("empty/readme.txt", "Nothing.");
    user.write("things.json", "{ \"openapi\": \"3.0.0\", \"paths\": {} }");
    for words in [
        &["upstream", "empty", "--spec", "../spec"][..],
        &[
            "upstream",
            "things.json",
            "--since",
            "empty",
            "--spec",
            "../spec",
        ],
    ] {
        let run = user.run(words);
        let error = "error: empty: the folder contains no JSON or YAML file\n";
        assert_eq!((run.code, &*run.out, &*run.err), (2, "", error), "{run}");
    }
    let run = user.run(&["import", "empty"]);
    let error = "error: empty: this is a folder; name the descriptions in it\n";
    assert_eq!((run.code, &*run.out, &*run.err), (2, "", error), "{run}");
}

#[test]
fn what_a_description_says_neither_steers_the_terminal_nor_breaks_the_command_to_copy() {
    let user = User::new(&minimal());
    let description = json!({
        "openapi": "3.0.0",
        "info": { "title": "things" },
        "paths": { "/v1/others": { "get": {
            "operationId": "x; touch 'y'\u{1b}[31m\u{202e}",
            "responses": { "200": { "description": "" } },
        } } },
    });
    user.write("things.json", &description.to_string());
    let run = user.run(&["upstream", "things.json", "--spec", "../spec"]);
    assert_eq!(run.code, 1, "{run}");
    let command = r"cargo xtask import things.json --operation 'x; touch '\''y'\''";
    assert!(run.out.contains(command), "{run}");
    assert!(!run.out.contains(['\u{1b}', '\u{202e}']), "{run}");
}

#[test]
fn the_paths_of_a_description_are_yaml_whatever_it_is_called() {
    let user = User::new(&minimal());
    let description = json!({
        "openapi": "3.0.0",
        "info": { "title": "a: [\n# b" },
        "paths": { "/v1/a b": { "get": {} } },
    });
    user.write("a: [ # b.json", &description.to_string());
    let run = user.run(&["import", "--paths", "a: [ # b.json"]);
    assert_eq!((run.code, &*run.err), (0, ""), "{run}");
    let read: Value = serde_yaml::from_str(&run.out).unwrap();
    assert_eq!(read["files"]["a: [ # b"]["/v1/a b"], "GET", "{run}");
}
