//! What it costs to turn a stranger away: to check what anybody may send, before it is known who sent
//! it. Each input is taken in one size and in eight times that; a cost that is linear grows by eight.
//!
//! Time is that of the processors, the least of several rounds.

#[allow(dead_code, reason = "not every bench needs all of it")]
mod support {
    pub mod report;
}

use std::{error::Error, hint::black_box};

use axum::{
    body::Body,
    extract::{FromRequest, Request},
};
use bigcommerce_client::{
    app::{App, AppUser, Callback, SignedPayload},
    policy::Policy,
    scopes::ScopeSet,
    webhook::{self, Signer, Timestamp, VerifiedDelivery, Verifier},
};
use cpu_time::ProcessTime;
use support::report::{figure, heading, judged, row};

const ROUNDS: usize = 7;
const TIMES: usize = 8;
/// By how much a cost may grow where the input grows by eight: what is over is the machine's.
const LINEAR: f64 = 14.0;

const SECRET: &str = "client secret";
/// A signature of the right form that is right for nothing.
const WRONG: &str = "v1,eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=";

fn main() -> Result<(), Box<dyn Error>> {
    heading("Deliveries of webhooks");
    signatures();
    bodies();
    extractor()?;
    heading("Callbacks of an app");
    payloads()?;
    callbacks();
    heading("Access policies");
    policies();
    Ok(())
}

fn signatures() {
    let verifier = Verifier::new(SECRET);
    let body = vec![b' '; 1024 * 1024];
    let signed = Signer::new(SECRET).sign("msg_1", Timestamp::now(), &body);
    let headers = |count: usize| {
        let [id, timestamp, _] = signed.pairs();
        let signatures = [WRONG].repeat(count).join(" ");
        [id, timestamp, ("webhook-signature", &*signatures)]
            .map(|(name, value)| (name, value.to_owned()))
    };
    let [one, eight, flood] = [1, 8, 380 * 1024 / WRONG.len()].map(headers);
    let check = |headers: &[(&str, String)]| {
        least(|| assert!(verifier.verify(black_box(headers), &body).is_err()))
    };
    let (one, eight, flood) = (check(&one), check(&eight), check(&flood));
    let label = "1 MiB with eight wrong signatures, to the same with one";
    judged(label, eight / one, "", ..=1.1);
    let label = "1 MiB with 380 KiB of signatures, which is not hashed";
    judged(label, flood / 1e3, "us", ..=100.0);
}

fn bodies() {
    let verifier = Verifier::new(SECRET);
    let sized = |fields: usize| {
        let fields: String = (0..fields)
            .map(|at| format!(r#","field_{at}":[{at}]"#))
            .collect();
        format!(r#"{{"scope":"store/order/created","data":{{"id":1{fields}}}{fields}}}"#)
    };
    let signed = |body: &str| Signer::new(SECRET).sign("msg_1", Timestamp::now(), body.as_bytes());
    let bodies = [2_000, 2_000 * TIMES].map(sized);
    grows(
        "a body that is checked",
        bodies.each_ref().map(|body| {
            let headers = signed(body);
            least(|| {
                assert!(
                    verifier
                        .verify(&headers, black_box(body.as_bytes()))
                        .is_ok()
                )
            })
        }),
    );
    grows(
        "a delivery that is read",
        bodies
            .each_ref()
            .map(|body| least(|| assert!(webhook::parse(black_box(body.as_bytes())).is_ok()))),
    );
}

/// The extractor of axum, with a body that comes in many pieces and is not genuine.
fn extractor() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let verifier = Verifier::new(SECRET);
    let signed = Signer::new("a guess").sign("msg_1", Timestamp::now(), b"{}");
    let extract = |bytes: usize| {
        least(|| {
            let mut request = Request::post("/hooks");
            for (name, value) in signed.pairs() {
                request = request.header(name, value);
            }
            let request = request.body(Body::from(vec![b' '; bytes]));
            let refused = runtime.block_on(async {
                VerifiedDelivery::from_request(request.ok()?, &verifier)
                    .await
                    .err()
            });
            assert!(refused.is_some());
        })
    };
    grows(
        "a request to the extractor",
        [100_000, 100_000 * TIMES].map(extract),
    );
    Ok(())
}

fn payloads() -> Result<(), Box<dyn Error>> {
    let app = App::new("client id", SECRET, "https://app.example.com/auth")?;
    let made = |letters: usize| {
        let mut payload = SignedPayload::new("abc123", AppUser::new(7, "ada@example.com"));
        payload.url = Some("/".repeat(letters));
        app.sign_jwt(&payload)
    };
    let jwts = [1_400, 1_400 * TIMES].map(made);
    grows(
        "a JWT that is believed",
        jwts.each_ref()
            .map(|jwt| least(|| assert!(app.verify_jwt(black_box(jwt)).is_ok()))),
    );
    let forged = jwts.each_ref().map(|jwt| jwt.replace(['A', 'b'], "c"));
    grows(
        "a JWT that is not",
        forged
            .each_ref()
            .map(|jwt| least(|| assert!(app.verify_jwt(black_box(jwt)).is_err()))),
    );
    let label = "a JWT of 1 MiB, which is not read";
    let large = ".".repeat(1024 * 1024);
    let cost = least(|| assert!(app.verify_jwt(black_box(&large)).is_err()));
    judged(label, cost / 1e3, "us", ..=100.0);
    let cost = least(|| assert!(app.verify_legacy(black_box(&large)).is_err()));
    judged(
        "an old payload of 1 MiB, which is not read",
        cost / 1e3,
        "us",
        ..=100.0,
    );
    Ok(())
}

fn callbacks() {
    let query = |count: usize| {
        let scopes: String = (0..count).map(|at| format!("+scope_{at}")).collect();
        let others: String = (0..count).map(|at| format!("&other_{at}={at}")).collect();
        format!("code=a&scope=store_v2_orders{scopes}&context=stores%2Fabc123{others}")
    };
    let queries = [2_000, 2_000 * TIMES].map(query);
    grows(
        "the query of an installation",
        queries
            .each_ref()
            .map(|query| least(|| assert!(Callback::parse(black_box(query)).is_ok()))),
    );
    let grants = queries.each_ref().map(|query| query.replace('+', " "));
    grows(
        "a grant of many scopes",
        grants
            .each_ref()
            .map(|grant| least(|| assert!(black_box(grant).parse::<ScopeSet>().is_ok()))),
    );
}

fn policies() {
    let unknown = |count: usize| {
        let groups: String = (0..count)
            .map(|at| format!(r#","product{at}": "read""#))
            .collect();
        let calls: String = (0..count)
            .map(|at| format!(r#","orders.x{at}": "deny""#))
            .collect();
        format!(r#"{{"groups":{{"orders":"raed"{groups}}},"endpoints":{{"x":"deny"{calls}}}}}"#)
    };
    let repeated = |count: usize| {
        let groups = r#","orders":"read""#.repeat(count);
        format!(r#"{{"groups":{{"orders":"read"{groups}}}}}"#)
    };
    let long = |count: usize| format!(r#"{{"groups":{{"{}":"read"}}}}"#, "p".repeat(count * 10));
    let nested = |count: usize| format!(r#"{{"groups":{}}}"#, "[".repeat(count));
    for (what, made) in [
        ("unknown names", &unknown as &dyn Fn(usize) -> String),
        ("one name again and again", &repeated),
        ("one name without end", &long),
        ("lists in lists", &nested),
    ] {
        let texts = [2_500, 2_500 * TIMES].map(made);
        grows(
            &format!("JSON, {what}"),
            texts
                .each_ref()
                .map(|text| least(|| assert!(Policy::from_json(black_box(text)).is_err()))),
        );
        grows(
            &format!("YAML, {what}"),
            texts
                .each_ref()
                .map(|text| least(|| assert!(Policy::from_yaml(black_box(text)).is_err()))),
        );
        let spread = texts.each_ref().map(|text| text.replace(',', ",\n"));
        grows(
            &format!("JSON with a line for each, {what}"),
            spread
                .each_ref()
                .map(|text| least(|| assert!(Policy::from_json(black_box(text)).is_err()))),
        );
    }
}

/// Shows what the larger one costs, and judges by how much it costs more.
fn grows(what: &str, [small, large]: [f64; 2]) {
    row(what, &format!("{} ms", figure(large / 1e6)));
    judged("  to that of an eighth of it", large / small, "", ..=LINEAR);
}

/// The least time of several rounds, in nanoseconds. What is too short to be told is done again and
/// again.
fn least(mut work: impl FnMut()) -> f64 {
    let mut least = f64::MAX;
    for _ in 0..ROUNDS {
        let (began, mut times) = (ProcessTime::now(), 0);
        while times == 0 || (began.elapsed().as_nanos() < 2_000_000 && times < 10_000) {
            work();
            times += 1;
        }
        let each = began.elapsed().as_nanos() as f64 / f64::from(times);
        least = least.min(each);
    }
    least
}
