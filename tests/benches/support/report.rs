//! The rows a bench prints: label, value and verdict with tabs between them. `cargo xtask bench`
//! draws a table of them; without it they can still be read. A missed target is shown, not an error.

use std::ops::{Bound, RangeBounds};

/// What the rows below it are about.
pub fn heading(text: &str) {
    println!("\n{text}");
}

/// A figure without a target.
pub fn row(label: &str, value: &str) {
    println!("{label}\t{value}");
}

/// A figure with its target, a range that is open at one end.
pub fn judged(label: &str, value: f64, unit: &str, target: impl RangeBounds<f64>) {
    let words = match (target.start_bound(), target.end_bound()) {
        (_, Bound::Included(most)) => format!("at most {most} {unit}"),
        (Bound::Included(least), _) => format!("at least {least} {unit}"),
        _ => String::new(),
    };
    let verdict = if target.contains(&value) {
        "ok"
    } else {
        "missed"
    };
    println!(
        "{label}\t{} {unit}\t{}: {verdict}",
        figure(value),
        words.trim_end()
    );
}

/// A number as short as it is exact enough.
pub fn figure(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// The one in the middle; 0 of none.
#[allow(dead_code, reason = "not every bench measures several times")]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
