//! The rows a bench answers: label, value and verdict with tabs between them. `cargo xtask bench`
//! draws a table of them; without it they can still be read. A missed target is shown, not an error.

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Target {
    AtMost(f64),
    AtLeast(f64),
}

/// What the rows below it are about.
pub fn heading(text: &str) {
    println!("\n{text}");
}

/// A figure without a target.
pub fn row(label: &str, value: &str) {
    println!("{label}\t{value}");
}

/// A figure with its target.
pub fn judged(label: &str, value: f64, unit: &str, target: Target) {
    let (words, bound, met) = match target {
        Target::AtMost(bound) => ("at most", bound, value <= bound),
        Target::AtLeast(bound) => ("at least", bound, value >= bound),
    };
    let verdict = if met { "ok" } else { "missed" };
    let value = figure(value);
    println!("{label}\t{value} {unit}\t{words} {bound} {unit}: {verdict}");
}

/// A number as short as it is exact enough.
pub fn figure(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// The one in the middle; 0 of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
