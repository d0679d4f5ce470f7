//! A client whose spec has a server in addition to that of the store: compiled, and called against two
//! hosts.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
};

use bigcommerce_tests::cases::cases;

use super::{alone, package, scratch};

const STORE: (&str, &str) = ("https://api.example.com", "the-token-of-the-store");
const PAYMENTS: (&str, &str) = ("https://pay.example.com", "the-token-of-payments");

/// A host on this machine, with its received requests.
struct Host {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Host {
    /// Starts a host that responds to each request with what `answer` returns for its first line.
    fn start(answer: impl Fn(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let request = answered(stream.unwrap(), &answer);
                told.lock().unwrap().push(request);
            }
        });
        Self { address, heard }
    }

    /// The heads of the received requests.
    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// Reads the head of a request and responds to it.
fn answered(mut stream: TcpStream, answer: &impl Fn(&str) -> String) -> String {
    let mut head = String::new();
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    while lines.read_line(&mut head).unwrap() > 2 {}
    let first = head.lines().next().unwrap_or_default();
    stream.write_all(answer(first).as_bytes()).unwrap();
    head
}

fn ok(body: &str) -> String {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
    format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// Redirects the client of a package to hosts on this machine in place of those in its spec.
fn redirect(folder: &Path, hosts: &[(&str, &str)]) {
    let path = folder.join("src/generated/catalogue/service.rs");
    let mut text = fs::read_to_string(&path).unwrap();
    for (from, to) in hosts {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    fs::write(path, text).unwrap();
}

/// A program that uses the client in the package.
fn program(folder: &Path, code: &str) {
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = "[package]\nname = \"caller\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                    [dependencies]\nbigcommerce-client = { path = \"../hosts\", default-features = false, \
                    features = [\"all\", \"reqwest\"] }\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), code).unwrap();
    // The versions that the workspace has.
    let lock = bigcommerce_tests::root().join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
}

const CODE: &str = r#"
use bigcommerce_client::{Client, payments::PageCreate};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let store = Client::builder("abc123", "STORE").build().unwrap();
    store.things().list().await.unwrap();
    let payments = store.payments("PAYMENTS");
    assert_eq!(payments.response(7).await.unwrap().id, 7);
    payments.pending(PageCreate::new(2)).await.unwrap();
    store.read_only().payments("PAYMENTS").response(7).await.unwrap();
    // A host that redirects its callers is not followed with a token.
    let moved = payments.response(8).await;
    assert!(!format!("{moved:?}").contains("PAYMENTS"));
    store.things().list().await.unwrap();
}
"#;

#[test]
fn a_client_with_a_server_of_its_own_sends_each_token_to_its_host_alone() {
    if std::env::var_os("BIGCOMMERCE_LONG").is_none() {
        return;
    }
    let _alone = alone();
    let page = r#"{"data":[],"meta":{"pagination":{"total":0,"current_page":1,"total_pages":1}}}"#;
    let store = Host::start(move |_| ok(page));
    let elsewhere = store.address.clone();
    let payments = Host::start(move |first| {
        if first.contains("/payments/8") {
            let to = "HTTP/1.1 307 Temporary Redirect\r\nConnection: close\r\nContent-Length: 0";
            return format!("{to}\r\nLocation: {elsewhere}/stores/abc123/v1/things\r\n\r\n");
        }
        ok(r#"{"data":{"id":7,"amount":"1.50","from":{"slot":1}},"meta":{}}"#)
    });
    let case = cases("server").remove(0);
    let folder = scratch().join("hosts");
    package(&case.sources(), &folder);
    redirect(
        &folder,
        &[(STORE.0, &store.address), (PAYMENTS.0, &payments.address)],
    );
    let caller = scratch().join("caller");
    let code = CODE
        .replace("STORE", STORE.1)
        .replace("PAYMENTS", PAYMENTS.1);
    program(&caller, &code);
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--manifest-path"])
        .arg(caller.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(scratch().join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let (at_store, at_payments) = (store.heard(), payments.heard());
    assert!(at_store.len() >= 2, "{at_store:?}");
    assert_eq!(at_payments.len(), 4, "{at_payments:?}");
    for head in &at_store {
        assert!(!head.contains(PAYMENTS.1), "{head}");
    }
    for head in &at_payments {
        let head = head.to_lowercase();
        assert!(!head.contains(STORE.1), "{head}");
        let token = format!("authorization: pat {}\r\n", PAYMENTS.1);
        assert!(head.contains(&token), "{head}");
        assert!(
            head.contains("accept: application/vnd.bc.v1+json"),
            "{head}"
        );
        assert!(head.contains(" /stores/abc123/v1/payments"), "{head}");
    }
    let own = at_store.iter().filter(|head| head.contains(STORE.1));
    assert_eq!(own.count(), 2, "{at_store:?}");
}
