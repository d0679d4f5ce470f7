//! How fast pages are decoded and encoded, compared with derived types in the same process: by serde_json, which
//! the targets refer to, and by sonic-rs, which parses with SIMD and is what to come near.
//!
//! The client keeps dates and decimal numbers as they were spelled, takes odd spellings and keeps
//! unknown fields; the derived types do none of that. The program that is timed is a crate of its own
//! below target/bench, since the derived types are made from the spec when the bench runs.

mod support {
    pub mod body;
    pub mod derived;
    pub mod report;
}

use std::{
    error::Error,
    fs,
    process::{Command, Stdio},
};

use bigcommerce_tests::{api, root};
use support::{
    body, derived,
    report::{figure, heading, judged, median, row},
};

const MANIFEST: &str = r#"[package]
name = "decode"
version = "0.1.0"
edition = "2024"

[dependencies]
bigcommerce-client = { path = "../../../generated-client", default-features = false, features = ["all"] }
cpu-time = "1"
derived = { path = "../derived" }
serde = "1"
serde_json = "1"
sonic-rs = "0.5"

[workspace]
"#;

/// How many things a page has.
const COUNT: usize = 250;

fn main() -> Result<(), Box<dyn Error>> {
    let api = api();
    derived::write(&api, derived::Derived::Plain)?;
    let folder = root().join("target/bench/decode");
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), MANIFEST)?;
    fs::write(
        folder.join("src/main.rs"),
        include_str!("support/decode_main.rs.txt"),
    )?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let products = body::items(&api, "products", "Product", COUNT).ok_or("there is no Product")?;
    let orders = body::items(&api, "orders", "Order", COUNT).ok_or("there is no Order")?;
    fs::write(
        folder.join("products.json"),
        body::page(products, COUNT).to_string(),
    )?;
    fs::write(folder.join("orders.json"), orders.to_string())?;

    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--release", "--target-dir"])
        .arg(root().join("target/bench/decode-target"))
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    for line in String::from_utf8(output.stdout)?.lines() {
        show(line).ok_or_else(|| format!("`{line}` is no result"))?;
    }
    Ok(())
}

/// What the client has reached before, as its speed relative to that of the derived types with serde_json. It
/// must not become slower, and encoding must be at least as fast as theirs.
const TARGETS: [(&str, f64); 4] = [
    ("Decode 250 products", 1.68),
    ("Encode 250 products", 1.0),
    ("Decode 250 orders", 1.89),
    ("Encode 250 orders", 1.0),
];

/// Shows a line of the program: what was done, how many bytes that is, and the nanoseconds of each
/// round by the client, by serde_json and by sonic-rs.
fn show(line: &str) -> Option<()> {
    let mut parts = line.split('\t');
    let (what, bytes) = (parts.next()?, parts.next()?.parse::<f64>().ok()?);
    let (mut client, mut derive, mut sonic) = (Vec::new(), Vec::new(), Vec::new());
    for round in parts {
        let mut times = round.split(' ');
        for codec in [&mut client, &mut derive, &mut sonic] {
            codec.push(times.next()?.parse().ok()?);
        }
    }
    let (client, derive, sonic) = (median(client), median(derive), median(sonic));
    heading(&format!("{what} ({} MB)", figure(bytes / 1e6)));
    for (name, time) in [
        ("client", client),
        ("derived types with serde_json", derive),
        ("derived types with sonic-rs", sonic),
    ] {
        row(name, &format!("{} MB/s", figure(bytes * 1e3 / time)));
    }
    let (_, least) = TARGETS.iter().find(|(name, _)| *name == what)?;
    let label = "speed of the client, relative to serde_json";
    judged(label, derive / client, "", *least..);
    row("  relative to sonic-rs", &figure(sonic / client));
    Some(())
}
