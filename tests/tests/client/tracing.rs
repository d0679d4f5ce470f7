//! What the feature `tracing` logs, and what no log at any level may contain.

use std::{
    fmt::{Debug, Write},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use bigcommerce_client::{CallOptions, brands::BrandCreate};
use bigcommerce_tests::{
    server::{Answer, Server, TOKEN, store_with},
    time::Hurry,
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// Records everything from every library, at every level.
#[derive(Clone, Default)]
struct Everything {
    lines: Arc<Mutex<Vec<String>>>,
    spans: Arc<AtomicU64>,
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Everything {
    fn keep(&self, what: &str, fields: impl FnOnce(&mut Line)) {
        let mut line = Line(what.to_owned());
        fields(&mut line);
        self.lines.lock().unwrap().push(line.0);
    }

    /// The lines of the client itself.
    fn ours(&self) -> Vec<String> {
        let lines = self.lines.lock().unwrap();
        let ours = |line: &&String| line.starts_with("bigcommerce_client::");
        lines.iter().filter(ours).cloned().collect()
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let what = format!(
            "{} span {}",
            span.metadata().target(),
            span.metadata().name()
        );
        self.keep(&what, |line| span.record(line));
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.keep("bigcommerce_client:: later", |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let what = format!("{} {}", metadata.target(), metadata.level());
        self.keep(&what, |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Everything {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.keep(record.target(), |line| {
            line.0 = format!("{} {}", line.0, record.args())
        });
    }

    fn flush(&self) {}
}

#[test]
fn a_call_is_one_span_and_neither_token_nor_body_is_logged_at_any_level() {
    // A subscriber applies to the whole process, so the call has its own.
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "tracing::a_call_with_a_subscriber", "--ignored"]);
    let output = program.arg("--nocapture").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let passed = output.status.success() && said.contains("1 passed");
    assert!(
        passed,
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
#[ignore = "another test runs it in a program of its own"]
async fn a_call_with_a_subscriber() {
    let everything = Everything::default();
    log::set_boxed_logger(Box::new(everything.clone())).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(everything.clone()).unwrap();

    let server = Server::script([
        Answer::empty(429).header("x-rate-limit-time-reset-ms", "1500"),
        Answer::json(
            200,
            r#"{"data":{"id":1,"name":"b0dy-of-answer"},"meta":{}}"#,
        ),
    ])
    .await;
    let store = store_with(&server, |builder| builder.clock(Hurry::new(0.0)));
    let options = CallOptions::new()
        .header("X-Partner", "s3cret-header")
        .unwrap();
    let create = store.brands().create(BrandCreate::new("b0dy-of-request"));
    let _ = create.with_options(options).await.unwrap();

    let lines = everything.lines.lock().unwrap().join("\n");
    for secret in [TOKEN, "b0dy", "s3cret-header"] {
        assert!(!lines.contains(secret), "{secret} is logged:\n{lines}");
    }
    assert!(
        lines.contains("reqwest") || lines.contains("hyper"),
        "nobody else logged:\n{lines}"
    );
    let ours = everything.ours();
    assert_eq!(
        ours[0],
        "bigcommerce_client::observe::span span bigcommerce_call endpoint=\"brands.create\" \
         method=\"POST\" store_hash=\"abc123\""
    );
    let later = ours.iter().filter(|line| line.contains(":: later"));
    let later: Vec<&str> = later.map(|line| line.as_str()).collect();
    assert_eq!(
        later,
        [
            "bigcommerce_client:: later attempts=2",
            "bigcommerce_client:: later waited_ms=1500",
            "bigcommerce_client:: later status=200",
        ]
    );
    assert_eq!(
        everything.spans.load(Ordering::Relaxed),
        spans(&lines),
        "{lines}"
    );
    let retrying = ours.iter().find(|line| line.contains("retrying")).unwrap();
    assert!(
        retrying.contains(" INFO ") && retrying.contains("attempt=2"),
        "{retrying}"
    );
}

/// How many spans the lines contain; ours is one.
fn spans(lines: &str) -> u64 {
    let spans = lines.lines().filter(|line| line.contains(" span "));
    let ours = spans
        .clone()
        .filter(|line| line.contains("bigcommerce_call"));
    assert_eq!(ours.count(), 1);
    u64::try_from(spans.count()).unwrap()
}
