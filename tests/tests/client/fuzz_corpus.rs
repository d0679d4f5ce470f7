//! The corpus of the fuzz targets, replayed through the same checks, so that a fixed bug does not come
//! back.

#[path = "../../fuzz/checks/decode.rs"]
mod decode;
#[path = "../../fuzz/checks/error_body.rs"]
mod error_body;
#[path = "../../fuzz/checks/webhook_verify.rs"]
mod webhook_verify;

use std::fs;

use bigcommerce_tests::root;
use proptest::prelude::*;

type Check = fn(&[u8]);

const TARGETS: [(&str, Check); 3] = [
    ("decode", decode::check),
    ("webhook_verify", webhook_verify::check),
    ("error_body", error_body::check),
];

#[test]
fn every_input_of_the_corpus_passes_its_check() {
    for (target, check) in TARGETS {
        let folder = root().join("tests/fuzz/corpus").join(target);
        let inputs: Vec<_> = fs::read_dir(&folder).unwrap().collect();
        assert!(!inputs.is_empty(), "{target} has no corpus");
        for input in inputs {
            let path = input.unwrap().path();
            println!("{}", path.display());
            let data = fs::read(&path).unwrap();
            check(&data);
            // And every prefix of it, since a connection may break anywhere.
            for end in 0..data.len().min(600) {
                check(&data[..end]);
            }
        }
    }
}

proptest! {
    #[test]
    fn nor_does_any_other_input_panic(data in proptest::collection::vec(any::<u8>(), 0..300)) {
        for (_, check) in TARGETS {
            check(&data);
        }
    }

    /// The targets learn this from coverage; here it is stated.
    #[test]
    fn nor_does_any_json(kind in "[pockhlnrd]", body in r#"[\[\]{}":,0-9a-z.eE+ -]{0,60}"#) {
        decode::check(format!("{kind}{body}").as_bytes());
        error_body::check(format!("{kind}{body}").as_bytes());
    }
}
