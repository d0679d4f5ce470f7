//! The minimum scopes for any calls: they allow all of them, and none can be left out. Some of the calls need only
//! one of two scopes.

use std::collections::BTreeSet;

use bigcommerce_tests::api;
use codegen::{
    model::{Api, Endpoint},
    scopes::{self, Allowed, Checked, Granted, Needed},
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    sample::Index,
    test_runner::TestRunner,
};

fn allows(api: &Api, scopes: &[&str], calls: &[&Endpoint]) -> bool {
    let granted = Granted::read(api, &scopes.join(" "));
    calls.iter().all(|call| granted.allows(api, call))
}

/// The areas of scopes of which calls need only one.
fn areas(api: &Api) -> BTreeSet<usize> {
    let with = api.endpoints.iter().filter(|one| one.or_scope.is_some());
    let leasts = with.flat_map(|one| [Some(one.scope), one.or_scope]);
    leasts.flatten().map(|id| api.scope(id).area).collect()
}

/// Every call with an alternative, and one for each other scope of their areas.
fn near_alternatives(api: &Api) -> Vec<&Endpoint> {
    let areas = areas(api);
    let mut seen = BTreeSet::new();
    let near = api.endpoints.iter().filter(|one| {
        let is_near = areas.contains(&api.scope(one.scope).area);
        one.or_scope.is_some() || (is_near && seen.insert(one.scope))
    });
    near.collect()
}

/// Different calls among these, by their ids.
fn picked<'a>(api: &'a Api, pool: &[&Endpoint], picked: &[Index]) -> Vec<&'a Endpoint> {
    let names: BTreeSet<&String> = picked.iter().map(|at| &at.get(pool).id).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    let calls = scopes::calls(api, &names).unwrap();
    assert_eq!(calls.len(), names.len());
    calls
}

#[test]
fn the_answer_for_any_endpoints_allows_all_of_them_and_not_without_any_one_of_its_scopes() {
    let api = api();
    let all: Vec<&Endpoint> = api.endpoints.iter().collect();
    let near = near_alternatives(&api);
    assert!(near.len() > 6, "{}", near.len());
    let mut runner = TestRunner::new(ProptestConfig::with_cases(400));
    for (pool, most) in [(all, 40), (near, 7)] {
        let outcome = runner.run(&vec(any::<Index>(), 0..most), |indices| {
            let calls = picked(&api, &pool, &indices);
            is_least(&api, &calls);
            Ok(())
        });
        outcome.unwrap();
    }
}

fn is_least(api: &Api, calls: &[&Endpoint]) {
    let names: Vec<&str> = calls.iter().map(|one| one.id.as_str()).collect();
    let needed = Needed::of(api, calls);
    let held: Vec<&str> = needed.scopes.iter().map(|one| one.scope).collect();
    assert!(allows(api, &held, calls), "{held:?} for {names:?}");
    for without in 0..held.len() {
        let mut fewer = held.clone();
        fewer.remove(without);
        assert!(!allows(api, &fewer, calls), "{fewer:?} for {names:?}");
    }
    // Of two alternatives, the second is only needed for another call.
    let leasts = calls.iter().map(|one| api.scope(one.scope).wire.as_str());
    let leasts: BTreeSet<&str> = leasts.collect();
    assert!(held.iter().all(|scope| leasts.contains(scope)), "{names:?}");
    // In reverse: what the answer allows includes the requested calls, and is the complement of the
    // rest.
    let granted = Granted::read(api, &needed.oauth);
    let allowed = Allowed::of(api, &granted);
    assert_eq!(
        allowed.allowed.len() + allowed.denied.len(),
        api.endpoints.len()
    );
    let open: BTreeSet<&str> = allowed.allowed.iter().map(|one| one.id).collect();
    assert!(names.iter().all(|name| open.contains(name)));
    for denied in allowed.denied.iter().step_by(9) {
        let one = scopes::call(api, denied.call.id).unwrap();
        let more = [&held[..], &[denied.call.scope]].concat();
        assert!(!allows(api, &held, &[one]) && allows(api, &more, &[one]));
    }
}

#[test]
fn a_token_lacks_nothing_if_it_allows_every_call_and_with_what_it_lacks_it_does() {
    let api = api();
    let (pool, areas) = (near_alternatives(&api), areas(&api));
    let wires = api.scopes.iter().filter(|one| areas.contains(&one.area));
    let wires: Vec<&str> = wires.map(|one| one.wire.as_str()).collect();
    let some = (vec(any::<Index>(), 0..7), vec(any::<Index>(), 0..4));
    let mut runner = TestRunner::new(ProptestConfig::with_cases(400));
    let outcome = runner.run(&some, |(indices, held)| {
        let calls = picked(&api, &pool, &indices);
        let held: BTreeSet<&str> = held.iter().map(|at| *at.get(&wires)).collect();
        let held: Vec<&str> = held.into_iter().collect();
        let granted = Granted::read(&api, &held.join(" "));
        let checked = Checked::of(&api, &granted, &calls);
        let missing: Vec<&str> = checked.missing.iter().map(|one| one.scope).collect();
        assert_eq!(
            missing.is_empty(),
            allows(&api, &held, &calls),
            "{held:?} lacks {missing:?}"
        );
        assert!(allows(&api, &[&held[..], &missing[..]].concat(), &calls));
        for without in (0..held.len()).filter(|_| checked.fits) {
            let mut fewer = held.clone();
            fewer.remove(without);
            assert!(!allows(&api, &fewer, &calls), "{held:?}");
        }
        Ok(())
    });
    outcome.unwrap();
}
