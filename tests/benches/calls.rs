//! What calls cost, compared with the same calls written by hand with reqwest and serde: a long list one page
//! after the other and several at once, its memory, and small calls.
//!
//! The hand-written code has derived types that do less than the client's, see support/derived, and no
//! quota, retry or observers. Both sides are one program below target/bench, and they take turns on
//! this machine's loopback; the server is this process, so processor times are the clients' alone.

mod support {
    #[allow(dead_code, reason = "not every bench needs all of it")]
    pub mod body;
    pub mod derived;
    pub mod paged;
    pub mod program;
    #[allow(dead_code, reason = "not every bench needs all of it")]
    pub mod report;
}

use bigcommerce_tests::api;
use support::{
    derived,
    paged::{PAGES, PER_PAGE, Prepared},
    program::{Outcome, Programs, Ran, build, least},
    report::{figure, heading, judged, row},
};

/// How many products the list has.
const PRODUCTS: usize = PAGES * PER_PAGE;
/// How many small calls a round makes.
const SMALL: usize = 2000;

fn main() -> Outcome<()> {
    let api = api();
    derived::write(&api, derived::Derived::Plain)?;
    let programs = build()?;
    let prepared = Prepared::of(&api).ok_or("there is no Product or no Brand")?;
    let (list, brand) = prepared.sizes();
    let url = format!("http://{}", prepared.serve()?);

    let size = figure(list as f64 / 1e6);
    heading(&format!(
        "{PRODUCTS} products on {PAGES} pages ({size} MB), one page after the other"
    ));
    in_turn(&programs, &format!("{url}/{PAGES}/0"))?;
    heading("The same with 20 ms until each response, eight pages ahead");
    ahead(&programs, &format!("{url}/{PAGES}/20"))?;
    heading("Peak memory of a stream, by what is allocated");
    memory(&programs, &url)?;
    heading(&format!("A small call: one brand ({brand} bytes)"));
    small(&programs, &format!("{url}/1/0"))
}

fn in_turn(programs: &Programs, url: &str) -> Outcome<()> {
    let names = ["client", "plain", "client-usual"];
    let [client, plain, usual] = &programs.times(1, url, PRODUCTS, names)?;
    show("client", client);
    show("client, with its usual prefetch", usual);
    show("by hand", plain);
    let (wall, cpu) = client.relative_to(plain);
    most("processor time of the client, to that by hand", cpu, 1.05);
    most("wall time of the client, to that by hand", wall, 1.05);
    Ok(())
}

fn ahead(programs: &Programs, url: &str) -> Outcome<()> {
    let names = ["client-ahead", "plain-ahead", "plain-spawned", "client"];
    let [client, plain, spawned, one] = &programs.times(2, url, PRODUCTS, names)?;
    show("client", client);
    show("by hand, in one task", plain);
    show("by hand, a task for each page", spawned);
    show("client, one page after the other", one);
    for (by_hand, how) in [(plain, "in one task"), (spawned, "a task for each")] {
        let (wall, cpu) = client.relative_to(by_hand);
        let label = format!("wall time of the client, to that by hand, {how}");
        most(&label, wall, 1.1);
        row("  processor time", &figure(cpu));
    }
    let faster = one.relative_to(client).0;
    judged("times as fast as one after the other", faster, "", 4.0..);
    Ok(())
}

fn memory(programs: &Programs, url: &str) -> Outcome<()> {
    let few = format!("{url}/{PAGES}/0");
    let many = format!("{url}/{}/0", 10 * PAGES);
    for (name, way) in [
        ("client, one page after the other", "client"),
        ("client, with its usual prefetch", "client-usual"),
        ("client, eight pages ahead", "client-ahead"),
    ] {
        let peak = programs.peak(way, &few)?;
        judged(&format!("{name}: {PAGES} pages"), peak, "MiB", ..=16.0);
        let peak = programs.peak(way, &many)?;
        let label = format!("{name}: {} pages", 10 * PAGES);
        judged(&label, peak, "MiB", ..=16.0);
    }
    for (name, way) in [
        ("by hand, one page after the other", "plain"),
        ("by hand, eight at once", "plain-ahead"),
    ] {
        let peak = figure(programs.peak(way, &few)?);
        row(&format!("{name}: {PAGES} pages"), &format!("{peak} MiB"));
    }
    Ok(())
}

fn small(programs: &Programs, url: &str) -> Outcome<()> {
    let names = ["client-small", "plain-small"];
    let [client, plain] = &programs.times(1, url, SMALL, names)?;
    for (name, ran) in [("client", client), ("by hand", plain)] {
        let each = figure(least(&ran.cpu) / SMALL as f64 / 1e3);
        row(&format!("{name}: processor time"), &format!("{each} us"));
    }
    let cpu = client.relative_to(plain).1;
    most("processor time of the client, to that by hand", cpu, 1.0);
    let [client, plain] = names.map(|way| programs.instructions(way, url));
    let (Some(client), Some(plain)) = (client?, plain?) else {
        row("instructions", "are counted where valgrind is installed");
        return Ok(());
    };
    row("client: instructions", &figure(client));
    row("by hand: instructions", &figure(plain));
    let label = "instructions of the client, to those by hand";
    most(label, client / plain, 1.0);
    Ok(())
}

/// The wall and processor time of a way.
fn show(name: &str, ran: &Ran) {
    let [wall, cpu] = [&ran.wall, &ran.cpu].map(|times| figure(least(times) / 1e6));
    let times = format!("{wall} ms, {cpu} ms");
    row(&format!("{name}: wall, processor time"), &times);
}

/// A ratio that has a bound.
fn most(label: &str, ratio: f64, bound: f64) {
    judged(label, ratio, "", ..=bound);
}
