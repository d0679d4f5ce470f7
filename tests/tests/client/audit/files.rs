//! Records in a file: lines stay complete whatever happens to the program or the disk.

use std::{
    io,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use bigcommerce_client::{Client, audit::JsonLines, policy::Policy};
use bigcommerce_tests::server::{Answer, STORE_HASH, Server, TOKEN, nobody};
use serde_json::Value;

#[tokio::test]
async fn lines_of_concurrent_calls_do_not_interleave() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.jsonl");
    let store = Client::builder(STORE_HASH, TOKEN)
        .base_url(nobody())
        .policy(Policy::new())
        .audit(JsonLines::append(&path).unwrap())
        .build()
        .unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for id in 0..100 {
        let call = store.orders().get(id).send();
        calls.spawn(async move { call.await.is_err() });
    }
    assert!(calls.join_all().await.into_iter().all(|denied| denied));
    let text = std::fs::read_to_string(path).unwrap();
    let ids: std::collections::BTreeSet<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["ids"]["order_id"].to_string())
        .collect();
    assert_eq!(ids.len(), 100);
}

#[tokio::test]
async fn a_record_after_an_incomplete_line_starts_a_new_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.jsonl");
    let whole = "{\"whole\":true}\n";
    for (before, kept) in [
        ("", 0),
        (whole, 1),
        ("{\"ha", 1),
        ("{\"whole\":true}\n{\"ha", 2),
    ] {
        std::fs::write(&path, before).unwrap();
        for _ in 0..2 {
            let store = Client::builder(STORE_HASH, TOKEN).base_url(nobody());
            let store = store.policy(Policy::new());
            let store = store
                .audit(JsonLines::append(&path).unwrap())
                .build()
                .unwrap();
            assert!(store.orders().get(7).await.is_err());
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(text.starts_with(before), "{text}");
        assert_eq!(lines.len(), kept + 2, "{text}");
        for line in &lines[kept..] {
            let record: Value = serde_json::from_str(line).unwrap();
            assert_eq!(record["ids"]["order_id"], "7");
        }
    }
}

/// A disk that is full in the middle of the first line, and has space again afterwards.
#[derive(Default)]
struct Crowded {
    written: Vec<u8>,
    calls: u32,
}

impl io::Write for Crowded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.calls += 1;
        match self.calls {
            1 => self.written.write(&bytes[..bytes.len() / 2]),
            2 => Err(io::Error::from(io::ErrorKind::StorageFull)),
            _ => self.written.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_partially_written_line_affects_no_other() {
    let log = Arc::new(JsonLines::new(Crowded::default()));
    let store = Client::builder(STORE_HASH, TOKEN).base_url(nobody());
    let store = store.policy(Policy::new()).audit(Arc::clone(&log));
    let store = store.build().unwrap();
    for id in [7, 8, 9] {
        assert!(store.orders().get(id).await.is_err());
    }
    let text = log.with(|disk| String::from_utf8(disk.written.clone()).unwrap());
    let ids = text.lines().map(|line| {
        let record = serde_json::from_str::<Value>(line).ok()?;
        Some(record["ids"]["order_id"].as_str()?.to_owned())
    });
    let ids: Vec<Option<String>> = ids.collect();
    assert_eq!(ids, [None, Some("8".to_owned()), Some("9".to_owned())]);
}

/// The environment of a program that is killed: its server, and its log.
const VICTIM: &str = "AUDIT_VICTIM";

/// Not a test of its own: the next one runs it as a program and kills it.
#[tokio::test]
async fn a_program_that_deletes_until_it_is_killed() {
    let Ok(victim) = std::env::var(VICTIM) else {
        return;
    };
    let (url, log) = victim.split_once(' ').unwrap();
    let store = Client::builder(STORE_HASH, TOKEN)
        .base_url(url)
        .audit(JsonLines::append(log).unwrap())
        .build()
        .unwrap();
    let _ = store.customers().delete_all([7, 8]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_was_sent_is_in_the_log_of_a_killed_program() {
    let never = Answer::empty(204).after(Duration::from_secs(60));
    let server = Server::start(move |_| never.clone()).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.jsonl");
    let name = "audit::files::a_program_that_deletes_until_it_is_killed";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .env(VICTIM, format!("{} {}", server.url(), path.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while server.asked().is_empty() {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "nothing was sent"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();

    let text = std::fs::read_to_string(path).unwrap();
    let record: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["endpoint"], "customers.delete");
    assert_eq!(record["ids"], serde_json::json!({"id:in": "7,8"}));
    assert_eq!(
        (&record["decision"], &record["end"]),
        (&"allowed".into(), &"pending".into())
    );
}
