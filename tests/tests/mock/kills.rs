//! A program that is killed while it records and audits: its files can be read, up to the last complete
//! line.

use std::{
    convert::Infallible,
    fs,
    future::{Ready, ready},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bigcommerce_client::{Client, audit::JsonLines};
use bigcommerce_mock::replay::{Recorder, Replay};
use bigcommerce_tests::{
    choices::cases,
    server::{STORE_HASH, TOKEN},
};
use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;
use tower_service::Service;

const FOLDER: &str = "KILLED_FOLDER";

/// A store without a network.
#[derive(Clone)]
struct Brands;

impl Service<Request<Bytes>> for Brands {
    type Response = Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Bytes>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Bytes>) -> Self::Future {
        let body = br#"{"data":{"id":7,"name":"Acme"},"meta":{}}"#;
        ready(Ok(Response::new(Bytes::from_static(body))))
    }
}

fn files(folder: &Path) -> (PathBuf, PathBuf) {
    (folder.join("tape.jsonl"), folder.join("audit.jsonl"))
}

#[tokio::test]
#[ignore = "another test runs it in a program of its own, and kills it"]
async fn a_program_that_records_and_audits_without_an_end() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let (tape, audit) = files(&folder);
    let store = Client::builder(STORE_HASH, TOKEN)
        .transport(Recorder::new(Brands, tape).unwrap())
        .audit(JsonLines::append(audit).unwrap())
        .build()
        .unwrap();
    // If nobody kills it, it ends.
    for id in 0..500_000 {
        store.brands().delete(id).await.unwrap();
    }
}

/// The complete lines of a file, each of which is JSON, and their number.
fn whole_lines(path: &Path, attempt: u64) -> usize {
    let bytes = fs::read(path).unwrap();
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    let whole = end.map_or(&[][..], |end| &bytes[..=end]);
    let text = String::from_utf8(whole.to_vec()).unwrap();
    for line in text.lines() {
        let read: Result<Value, _> = serde_json::from_str(line);
        assert!(
            read.is_ok(),
            "kill {attempt}: {} has {line:?}",
            path.display()
        );
    }
    text.lines().count()
}

#[test]
fn a_recording_is_played_back_up_to_where_it_breaks_off_and_no_other_broken_line_is_passed_over() {
    let line =
        r#"{"asked":{"method":"GET","path":"/stores/abc123/v2/time"},"answered":{"status":200}}"#;
    for end in 1..line.len() {
        let (half, _) = line.split_at(end);
        let played = Replay::from_text(&format!("{line}\n{half}")).unwrap();
        let left = played.finish().unwrap_err().to_string();
        assert_eq!(left.matches("/v2/time").count(), 1, "{left}");
        assert!(Replay::from_text(&format!("{line}\n{half}\n")).is_err());
        assert!(Replay::from_text(&format!("{half}\n{line}")).is_err());
    }
    assert!(Replay::from_text(&format!("{line}\nno line")).is_err());
}

#[test]
fn what_a_killed_program_recorded_and_audited_can_be_read_up_to_the_last_whole_line() {
    let folder = tempfile::tempdir().unwrap();
    let (tape, audit) = files(folder.path());
    let mut audited = 0;
    for attempt in 0..u64::from(cases(3)) {
        let before = fs::metadata(&audit).map_or(0, |file| file.len());
        let mut command = Command::new(std::env::current_exe().unwrap());
        let exact = "kills::a_program_that_records_and_audits_without_an_end";
        let mut child = command
            .args(["--exact", exact, "--ignored"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The program is killed after a certain amount was written, so that the test is the same on
        // every machine.
        let wanted = before + 1_000 + attempt * 7_919 % 60_000;
        let deadline = Instant::now() + Duration::from_secs(60);
        while fs::metadata(&audit).map_or(0, |file| file.len()) < wanted {
            assert!(
                Instant::now() < deadline,
                "kill {attempt}: nothing is written"
            );
            assert_eq!(child.try_wait().unwrap(), None, "kill {attempt}: it ended");
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();

        assert!(whole_lines(&tape, attempt) > 0, "kill {attempt}");
        Replay::from_file(&tape).unwrap_or_else(|error| panic!("kill {attempt}: {error}"));
        // The audit log continues where the last program was killed.
        let lines = whole_lines(&audit, attempt);
        assert!(lines > audited, "kill {attempt}");
        audited = lines;
    }
}
