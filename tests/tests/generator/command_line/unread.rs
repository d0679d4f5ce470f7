//! A command whose output nobody reads to its end, as in `cargo xtask explain | head -1`.

use std::{fs, io};

use bigcommerce_tests::cases::minimal;

use super::user::{User, printed};

#[test]
fn a_command_whose_reader_went_away_says_nothing_about_it_and_ends_as_usual() {
    let user = User::new(&minimal());
    fs::write(user.path("old.yaml"), OLD).unwrap();
    fs::write(user.path("new.yaml"), OLD.replace("/gadgets", "/gizmos")).unwrap();
    let commands: [&[&str]; 7] = [
        &["check", "--spec", "../spec"],
        &["check", "--spec", "../nothing", "--format", "json"],
        &["explain"],
        &["export", "openapi", "--spec", "../spec"],
        &["scopes", "for", "things", "--spec", "../spec"],
        &["upstream", "new.yaml", "--spec", "../spec"],
        &[
            "upstream", "new.yaml", "--since", "old.yaml", "--spec", "../spec",
        ],
    ];
    for words in commands {
        let heard = user.run(words);
        assert!(!heard.out.is_empty(), "{words:?}: {heard}");
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let run = printed(user.command(words).stdout(writer));
        assert_eq!((run.code, &run.err), (heard.code, &heard.err), "{words:?}");
        // Nor does it end in a panic if both of its outputs are closed.
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = user.command(words);
        command.stderr(writer.try_clone().unwrap());
        let run = printed(command.stdout(writer));
        assert_eq!(run.code, heard.code, "{words:?}");
    }
}

/// A description with one operation that the minimal spec lacks.
const OLD: &str = "\
openapi: 3.0.0
info: { title: Gadgets, version: '1' }
paths:
  /gadgets:
    get:
      operationId: getGadgets
      responses: { '200': { description: ok } }
";
