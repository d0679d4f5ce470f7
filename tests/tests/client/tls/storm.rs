//! HTTP/2 and TLS that fail at random, over many calls: no create that may have happened is sent twice,
//! every call ends, and the caller gets what was returned.

use std::{collections::BTreeMap, time::Duration};

use bigcommerce_client::{
    Client, Error, RetryPolicy, brands::BrandCreate, transport::HttpTransport,
};
use bigcommerce_tests::{
    choices::cases,
    server::{STORE_HASH, TOKEN},
    time::Fast,
};

use super::{
    BASE_URL, Caller,
    http2::{Frames, Greets, Meets, Play},
    server::Authority,
};
use crate::faults::server::mixed;

const CALLS: &str = "TLS_CALLS";
const SEED: u64 = 20_261_129;
const ATTEMPTS: u32 = 4;

/// The fault depends on the seed and the number of earlier requests.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 += 1;
        mixed(SEED ^ self.0) % end
    }
}

impl Play for Random {
    fn greets(&mut self) -> Greets {
        match self.below(16) {
            // Faults that take time are less frequent.
            0 => Greets::Hangs,
            1 => Greets::Shut,
            2 | 3 => Greets::HangsUp,
            4 | 5 => Greets::Babbles,
            _ => Greets::Well,
        }
    }

    fn meets(&mut self) -> Meets {
        match self.below(24) {
            0 => Meets::Silence,
            1 => Meets::Stalled,
            2 | 3 => Meets::Refused,
            4 | 5 => Meets::Reset,
            6 | 7 => Meets::GoneBefore,
            8 => Meets::FailedBefore,
            9 => Meets::GoneAfter,
            10 => Meets::CutShort,
            11 => Meets::Dropped,
            12 => Meets::BadFrame,
            13 => Meets::BadRecord,
            _ => Meets::Answer,
        }
    }
}

#[tokio::test]
#[ignore = "another test runs it in an environment of its own"]
async fn many_calls_of_another_program() {
    let policy = RetryPolicy::standard().attempts(ATTEMPTS);
    let long = Duration::from_secs(1_000_000_000);
    let store = Client::builder(STORE_HASH, TOKEN)
        .base_url(std::env::var(BASE_URL).unwrap())
        .transport(HttpTransport::new().unwrap())
        .timeout(Duration::from_millis(250))
        .retry(policy.within(long))
        .retry_budget(u32::MAX / 10)
        .max_wait(long)
        .clock(Fast::new(50_000))
        .build()
        .unwrap();
    let calls: u64 = std::env::var(CALLS).unwrap().parse().unwrap();
    let mut said = Vec::new();
    for number in 0..calls {
        let result = if number % 2 == 0 {
            let create = BrandCreate::new(format!("brand-{number}-"));
            store.brands().create(create).await.map(drop)
        } else {
            store.brands().get(7).await.map(drop)
        };
        said.push(told(&result));
    }
    println!("said: {}", said.join(" "));
}

/// The result of a call in one word.
fn told(result: &Result<(), Error>) -> String {
    match result {
        Ok(()) => "ok".to_owned(),
        Err(error) if error.may_have_happened() => format!("{:?}?", error.kind()),
        Err(error) => format!("{:?}", error.kind()),
    }
}

#[tokio::test]
async fn under_broken_tls_and_http_2_no_create_is_sent_twice_that_may_have_happened() {
    let calls = u64::from(cases(60));
    let authority = Authority::new("ours");
    let server = Frames::play(&authority, Random(0)).await;
    let name = "tls::storm::many_calls_of_another_program";
    let caller = Caller::believing(&authority, &server.url()).running(name);
    let said = caller.setting(CALLS, &calls.to_string()).says().await;
    let results: Vec<&str> = said.split(' ').collect();
    assert_eq!(results.len() as u64, calls, "seed {SEED}: {said}");

    let mut creates = BTreeMap::<u64, Vec<Meets>>::new();
    let requests = server.requests();
    for (body, meets) in &requests {
        if let Some((_, rest)) = body.split_once("brand-") {
            let number = rest.split('-').next().unwrap().parse().unwrap();
            creates.entry(number).or_default().push(*meets);
        }
    }
    for (number, result) in (0..).zip(&results) {
        let came = creates.get(&number).map_or(&[][..], Vec::as_slice);
        if number % 2 > 0 {
            continue;
        }
        let why = format!("seed {SEED}: brand {number} ended as {result} and met {came:?}");
        let (last, before) = came
            .split_last()
            .map_or((None, came), |(last, before)| (Some(last), before));
        assert!(before.iter().all(|meets| meets.refuses()), "{why}");
        assert!(came.len() <= ATTEMPTS as usize, "{why}");
        let answered = matches!(last, Some(Meets::Answer));
        assert!(*result != "ok" || answered, "{why}");
        // A caller that is told that nothing happened may send it again.
        let unknown = last.is_some_and(|last| !last.refuses());
        assert!(
            *result == "ok" || result.ends_with('?') || !unknown,
            "{why}"
        );
    }
    let worked = results.iter().filter(|result| **result == "ok").count();
    assert!(worked as u64 > calls / 3, "seed {SEED}: {said}");
    assert!(requests.len() as u64 > calls / 2, "seed {SEED}: {said}");
}
