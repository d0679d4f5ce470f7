//! How fast pages are decoded and encoded, beside serde_json with derived types in one process.
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

/// Shows a line of the program: what was done, how many bytes that is, and the nanoseconds of each
/// round by the client and by the derived types in turn.
fn show(line: &str) -> Option<()> {
    let mut parts = line.split('\t');
    let (what, bytes) = (parts.next()?, parts.next()?.parse::<f64>().ok()?);
    let (mut client, mut derive) = (Vec::new(), Vec::new());
    for round in parts {
        let (one, other) = round.split_once(' ')?;
        client.push(one.parse().ok()?);
        derive.push(other.parse().ok()?);
    }
    let (client, derive) = (median(client), median(derive));
    heading(&format!("{what} ({} MB)", figure(bytes / 1e6)));
    row("client", &format!("{} MB/s", figure(bytes * 1e3 / client)));
    row(
        "derived types",
        &format!("{} MB/s", figure(bytes * 1e3 / derive)),
    );
    let ratio = derive / client;
    let label = "speed of the client, to that of the derived types";
    if what.starts_with("Decode") {
        judged(label, ratio, "", 1.0..);
    } else {
        row(label, &figure(ratio));
    }
    Some(())
}
