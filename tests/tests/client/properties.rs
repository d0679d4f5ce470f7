//! What holds for every type whatever a body contains: nothing is lost, a written value is read as
//! itself, and no input makes the codec panic. The cases are drawn from a fixed seed.

use bigcommerce_tests::{
    Trip, api,
    choices::{Choices, cases},
    exact::{Merging, difference},
    generated::types::{PATHS, round_trip},
    samples::{Samples, Target},
};
use codegen::model::{Api, Field, Kind, Ty, TypeId};
use codegen::spec::View;
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    sample::Index,
    strategy::Strategy,
    test_runner::{RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};

/// A runner that draws the same cases each time.
fn runner(quick: u32) -> TestRunner {
    let config = ProptestConfig {
        cases: cases(quick),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// The numbers from which a sample is built; see [`Choices`].
fn numbers() -> impl Strategy<Value = Vec<u32>> {
    vec(any::<u32>(), 0..400)
}

/// Each path with its type.
fn targets<'a>(samples: &Samples<'a>) -> Vec<(&'static str, Target)> {
    let target = |path: &&'static str| {
        let target = samples.target(path);
        (
            *path,
            target.unwrap_or_else(|| panic!("no sample can be made for {path}")),
        )
    };
    PATHS.iter().map(target).collect()
}

fn refuse(why: String) -> TestCaseError {
    TestCaseError::fail(why)
}

/// Checks that `body` is a value of the type, is written as it was read, and is read again as itself.
fn survives(path: &str, body: &str, merging: Merging) -> Result<(), TestCaseError> {
    match round_trip(path, body.as_bytes()) {
        None => Err(refuse(format!("there is no type {path}"))),
        Some(Trip::Refused(error)) => Err(refuse(format!("{body}\nis refused: {error}"))),
        Some(Trip::Done { encoded, same, .. }) => {
            let encoded = String::from_utf8(encoded).map_err(|error| refuse(error.to_string()))?;
            match difference(body, &encoded, merging) {
                Err(error) => Err(refuse(format!("{body}\nis written as {encoded}: {error}"))),
                Ok(Some(change)) => {
                    Err(refuse(format!("{body}\nis written as {encoded}: {change}")))
                }
                Ok(None) if !same => Err(refuse(format!("{body}\nis not the same read again"))),
                Ok(None) => Ok(()),
            }
        }
    }
}

/// Runs `property` on some samples of each `wanted` type, and reports every type that fails.
fn for_each_type(
    wanted: impl Fn(&Samples<'_>, &Target) -> bool,
    property: impl Fn(&str, &Target, &Samples<'_>, &[u32]) -> Result<(), TestCaseError>,
) {
    let api = api();
    let samples = Samples::new(&api);
    let mut wrong = Vec::new();
    for (path, target) in targets(&samples)
        .into_iter()
        .filter(|(_, t)| wanted(&samples, t))
    {
        // A runner counts its cases across all its runs.
        let outcome = runner(48).run(&numbers(), |numbers| {
            property(path, &target, &samples, &numbers)
        });
        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(why, _)) => wrong.push(format!("{path}: {why}")),
            Err(other) => wrong.push(format!("{path}: {other}")),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} types fail\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn every_object_of_the_model_is_in_the_registry() {
    fn path(api: &Api, at: usize) -> String {
        let def = api.ty(TypeId(at));
        format!("bigcommerce_client::{}::{}", api.module(def.home), def.name)
    }
    let api = api();
    let objects = (0..api.types.len())
        .filter(|at| {
            matches!(
                api.types[*at].kind,
                Kind::Object { .. } | Kind::OneOf { .. }
            )
        })
        .map(|at| path(&api, at));
    let missing: Vec<_> = objects
        .filter(|path| !PATHS.contains(&path.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_is_read_is_written_as_it_came_and_read_again_as_itself() {
    for_each_type(
        |samples, target| !samples.is_written(target),
        |path, target, samples, numbers| {
            let body = samples.body(target, &mut Choices::new(numbers));
            survives(path, &body, Merging::Allowed)
        },
    );
}

#[test]
fn what_is_sent_is_written_to_the_letter_and_read_again_as_itself() {
    for_each_type(
        |samples, target| samples.is_written(target),
        |path, target, samples, numbers| {
            let body = samples.body(target, &mut Choices::new(numbers));
            survives(path, &body, Merging::Nothing)
        },
    );
}

/// The plainest body of each object type: only the required fields.
fn plainest(
    api: &Api,
) -> Vec<(
    &'static str,
    TypeId,
    serde_json::Map<String, serde_json::Value>,
)> {
    let samples = Samples::new(api);
    let body = |(path, target): (_, Target)| {
        let id = target.alone()?;
        if !matches!(api.ty(id).kind, Kind::Object { .. }) {
            return None;
        }
        let body = samples.body(&target, &mut Choices::new(&[]));
        Some((path, id, serde_json::from_str(&body).unwrap()))
    };
    targets(&samples).into_iter().filter_map(body).collect()
}

fn refusal(path: &str, body: &serde_json::Map<String, serde_json::Value>) -> Option<String> {
    match round_trip(path, serde_json::to_string(body).unwrap().as_bytes())? {
        Trip::Refused(error) => Some(error),
        Trip::Done { .. } => None,
    }
}

/// The reports about a body, whether or not it is rejected for them.
fn told(path: &str, body: &serde_json::Map<String, serde_json::Value>) -> Vec<String> {
    match round_trip(path, serde_json::to_string(body).unwrap().as_bytes()) {
        Some(Trip::Refused(error)) => vec![error],
        Some(Trip::Done { oddities, .. }) => oddities,
        None => Vec::new(),
    }
}

#[test]
fn a_missing_required_field_is_named_and_no_other_field() {
    let api = api();
    for (path, id, body) in plainest(&api) {
        let Kind::Object { fields, .. } = &api.ty(id).kind else {
            continue;
        };
        let required: Vec<_> = fields.iter().filter(|field| field.is_certain()).collect();
        // A body that is sent has each required field; null says that a field has no value.
        let written = api.ty(id).view.is_some_and(|view| view != View::Read);
        let named = |field: &&Field| field.is_certain() || (written && field.required);
        assert_eq!(body.len(), fields.iter().filter(named).count(), "{path}");
        assert_eq!(told(path, &body), [""; 0], "{path}");
        for field in &required {
            let mut without = body.clone();
            without.remove(&field.wire);
            // A body that is read may lack one field, as long as any field is left.
            let is_nothing = required.len() == 1;
            let refused = refusal(path, &without).is_some();
            assert_eq!(
                refused,
                written || is_nothing,
                "{path} without {}",
                field.wire
            );
            let named = format!("the field `{}` is missing", field.wire);
            let said = told(path, &without);
            assert!(
                said.len() == 1 && said[0].contains(&named),
                "{path} without {}: {said:?}",
                field.wire
            );
            // Where any value is allowed, null is allowed; a one-of keeps a value that matches none of
            // its branches.
            let one_of = |id: TypeId| matches!(api.ty(id).kind, Kind::OneOf { .. });
            if field.ty == Ty::Json || field.ty.named().is_some_and(one_of) {
                continue;
            }
            without.insert(field.wire.clone(), serde_json::Value::Null);
            assert_eq!(refusal(path, &without).is_some(), written, "{path}");
            let named = format!("`{}`", field.wire);
            let said = told(path, &without);
            let by_name = said.len() == 1
                && (said[0].contains(&named) || said[0].contains(&format!("at {}", field.wire)));
            assert!(by_name, "{path} with null for {}: {said:?}", field.wire);
        }
    }
}

#[test]
fn what_is_sent_has_no_field_that_its_type_does_not_know() {
    let api = api();
    let mut seen = 0;
    let samples = Samples::new(&api);
    for (path, _, mut body) in plainest(&api) {
        body.insert("not_known".to_owned(), serde_json::Value::Null);
        if samples.is_written(&samples.target(path).unwrap()) {
            let error = refusal(path, &body).unwrap_or_default();
            assert!(
                error.contains("the field `not_known` is not known"),
                "{path}: {error:?}"
            );
            seen += 1;
        } else {
            assert_eq!(refusal(path, &body), None, "{path}");
        }
    }
    assert!(seen > 20, "only {seen} types are sent");
}

/// Bytes that occur in JSON, and some that do not.
const BYTES: &[u8] = b"{}[]\",:0179-+.eE \n\\untrflsa\x00\x7f\xc3\xa9\xff";

/// Changes one place of a body.
fn mutate(body: &mut Vec<u8>, kind: u8, at: Index, byte: Index) {
    if body.is_empty() {
        return body.push(BYTES[byte.index(BYTES.len())]);
    }
    let at = at.index(body.len());
    let byte_at = byte.index(body.len());
    match kind % 6 {
        0 => body[at] = BYTES[byte.index(BYTES.len())],
        1 => body.insert(at, BYTES[byte.index(BYTES.len())]),
        2 => drop(body.remove(at)),
        3 => body.truncate(at),
        4 => body.swap(at, byte_at),
        _ => {
            let (from, to) = (at.min(byte_at), at.max(byte_at).min(at.min(byte_at) + 64));
            let copy = body[from..to].to_vec();
            body.splice(from..from, copy);
        }
    }
}

/// Checks that the codec returns at all: an error with a location, or a value that is read again as
/// itself; and that it accepts nothing that is not JSON.
fn answers(path: &str, body: &[u8]) -> Result<(), TestCaseError> {
    let shown = || String::from_utf8_lossy(body).into_owned();
    match round_trip(path, body) {
        None => Err(refuse(format!("there is no type {path}"))),
        Some(Trip::Refused(error)) if error.starts_with("at ") => Ok(()),
        Some(Trip::Refused(error)) => Err(refuse(format!(
            "{}\nis refused without a place: {error}",
            shown()
        ))),
        Some(Trip::Done { encoded, same, .. }) => {
            let of_json = serde_json::from_slice::<serde::de::IgnoredAny>;
            if let Err(error) = of_json(body) {
                Err(refuse(format!(
                    "{}\nis no JSON and is read: {error}",
                    shown()
                )))
            } else if let Err(error) = of_json(&encoded) {
                let encoded = String::from_utf8_lossy(&encoded);
                Err(refuse(format!(
                    "{}\nis written as {encoded}: {error}",
                    shown()
                )))
            } else if same {
                Ok(())
            } else {
                Err(refuse(format!("{}\nis not the same read again", shown())))
            }
        }
    }
}

#[test]
fn a_damaged_body_is_an_error_with_a_place_or_still_a_value() {
    let api = api();
    let samples = Samples::new(&api);
    let targets = targets(&samples);
    let damage = vec((any::<u8>(), any::<Index>(), any::<Index>()), 1..5);
    let damaged = (any::<Index>(), numbers(), damage);
    let outcome = runner(6000).run(&damaged, |(at, numbers, damage)| {
        let (path, target) = &targets[at.index(targets.len())];
        let mut body = samples
            .body(target, &mut Choices::new(&numbers))
            .into_bytes();
        for (kind, at, byte) in damage {
            mutate(&mut body, kind, at, byte);
        }
        answers(path, &body)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn any_bytes_are_an_error_with_a_place_or_a_value() {
    let bytes = vec(any::<Index>(), 0..40).prop_map(|picks| {
        picks
            .iter()
            .map(|pick| BYTES[pick.index(BYTES.len())])
            .collect()
    });
    let bodies = (any::<Index>(), bytes);
    let outcome = runner(6000).run(&bodies, |(at, bytes): (Index, Vec<u8>)| {
        answers(PATHS[at.index(PATHS.len())], &bytes)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn a_body_that_nests_without_end_is_refused() {
    for path in PATHS {
        for open in ["[", r#"{"a":"#, r#"{"children":[{"id":1,"#, r#"{"data":"#] {
            let body = open.repeat(5000);
            if let Err(error) = answers(path, body.as_bytes()) {
                panic!(
                    "{path}: {}",
                    error.to_string().chars().take(300).collect::<String>()
                );
            }
        }
    }
}
