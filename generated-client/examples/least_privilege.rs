//! Prints the minimum scopes that a token needs for some calls, with their scope strings and the labels
//! of the control panel. Nothing is sent.
//!
//! ```sh
//! cargo run --example least_privilege products.list orders.get orders.update
//! ```
//!
//! With `SCOPES`, the scopes of a token as it was granted them, it prints those that are missing, and the
//! exit code is 0 if none is. A group, such as `orders`, stands for all of its calls.

mod support;

use std::{env, process::ExitCode};

use bigcommerce_client::{
    Endpoint, Group, Scope,
    scopes::{self, ScopeSet},
};

fn main() -> ExitCode {
    match report() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the report, and returns whether the given scopes are sufficient.
fn report() -> Result<bool, support::Failure> {
    let mut calls = Vec::new();
    for name in support::arguments("least_privilege CALL...") {
        calls.extend(named(&name)?);
    }
    if calls.is_empty() {
        return Err("name calls, such as products.list, or groups of them".into());
    }

    println!("Calls:");
    for call in &calls {
        println!("  {:<24} {}", call.id(), line(call.scope()));
        if let Some(other) = call.facts().or_scope {
            println!("  {:<24} or {}", "", line(other));
        }
        let conflicts = call.facts().conflicts.iter();
        for doubt in conflicts.filter(|conflict| conflict.about == "scope") {
            println!("  {:<24} sources disagree on the scope: {}", "", doubt.why);
        }
    }
    println!("The minimum scopes for all of them:");
    show(&scopes::required_by(calls.iter().copied()));

    let Ok(granted) = env::var("SCOPES") else {
        return Ok(true);
    };
    let mut set = ScopeSet::new();
    for name in granted.split_whitespace() {
        set.insert_name(name);
    }
    let missing = set.missing(calls);
    if missing.is_empty() {
        println!("The token has them.");
    } else {
        println!("The token lacks:");
        show(&missing);
    }
    Ok(missing.is_empty())
}

/// The call with this id, or the calls of this group.
fn named(name: &str) -> Result<Vec<Endpoint>, String> {
    if let Some(call) = Endpoint::from_id(name) {
        return Ok(vec![call]);
    }
    if let Some(group) = Group::from_name(name) {
        return Ok(group.endpoints().collect());
    }
    let group = name.split('.').next().and_then(Group::from_name);
    let near: Vec<&str> = match group {
        Some(group) => group.endpoints().map(Endpoint::id).collect(),
        None => Group::ALL.iter().map(|group| group.as_str()).collect(),
    };
    Err(format!(
        "there is no call {name}; there are {}",
        near.join(", ")
    ))
}

fn show(scopes: &ScopeSet) {
    for scope in scopes.iter() {
        println!("  {}", line(scope));
    }
}

fn line(scope: Scope) -> String {
    format!(
        "{:<31} {}: {}",
        scope.as_str(),
        scope.label(),
        scope.level()
    )
}
