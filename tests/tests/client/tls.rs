//! The default transport against real servers on this machine that speak TLS: which protocols it uses,
//! which certificates it trusts, and that it uses a proxy. Trusted certificates and the proxy come from
//! the environment, so each call is made by a separate process of this program.

#![cfg(target_os = "linux")]
mod http2;
mod server;
mod storm;

use std::{
    net::Ipv4Addr,
    process::{Command, Stdio},
    time::Duration,
};

use bigcommerce_client::{Client, RetryPolicy, brands::BrandCreate, transport::HttpTransport};
use bigcommerce_tests::{
    server::{Answer, STORE_HASH, TOKEN},
    time::Hurry,
};
use tokio::{io::AsyncReadExt, net::TcpListener};

use self::{
    http2::{Frames, Meets},
    server::{Authority, Proxy, Server},
};

const BASE_URL: &str = "TLS_BASE_URL";
/// If set, the call is retried by default rules, on a clock that records the waits.
const REPEATED: &str = "TLS_REPEATED";
/// If set, the call is a create.
const CREATE: &str = "TLS_CREATE";

/// The result of a call from a client in its own process.
struct Caller {
    command: Command,
    /// The test of this program that makes it.
    test: String,
    /// Where its certificates are, while it runs.
    folder: tempfile::TempDir,
}

impl Caller {
    /// A caller that trusts only this authority.
    fn believing(authority: &Authority, base_url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("authority.pem");
        std::fs::write(&file, authority.pem()).unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .env(BASE_URL, base_url)
            .env("SSL_CERT_FILE", file)
            .env_remove("SSL_CERT_DIR")
            .stdin(Stdio::null());
        for name in ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        let test = "tls::a_call_of_another_program".to_owned();
        Self {
            command,
            test,
            folder,
        }
    }

    fn through(mut self, proxy: &str) -> Self {
        self.command.env("HTTPS_PROXY", proxy);
        self
    }

    /// With every other environment variable for a proxy.
    fn through_any(mut self, proxy: &str) -> Self {
        for name in ["HTTP_PROXY", "ALL_PROXY"] {
            self.command.env(name, proxy);
            self.command.env(name.to_lowercase(), proxy);
        }
        self
    }

    fn with(self, setting: &str) -> Self {
        self.setting(setting, "1")
    }

    fn setting(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Makes other calls.
    fn running(mut self, test: &str) -> Self {
        self.test = test.to_owned();
        self
    }

    /// The output line with the result of the call.
    async fn says(mut self) -> String {
        self.command
            .args(["--exact", &self.test, "--ignored", "--nocapture"]);
        let run = tokio::task::spawn_blocking(move || self.command.output());
        let output = run.await.unwrap().unwrap();
        drop(self.folder);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(!text.contains(TOKEN), "{text}");
        let line = text.split_once("said: ").map(|(_, rest)| rest);
        let line = line.and_then(|rest| rest.lines().next());
        let errors = String::from_utf8_lossy(&output.stderr);
        line.unwrap_or_else(|| panic!("{text}\n{errors}"))
            .to_owned()
    }
}

#[tokio::test]
#[ignore = "the other tests run it in an environment of its own"]
async fn a_call_of_another_program() {
    let set = |name: &str| std::env::var_os(name).is_some();
    let clock = Hurry::new(1.0);
    let builder = Client::builder(STORE_HASH, TOKEN)
        .base_url(std::env::var(BASE_URL).unwrap())
        .transport(HttpTransport::new().unwrap())
        .timeout(Duration::from_secs(20));
    let store = if set(REPEATED) {
        builder.clock(clock.clone()).build().unwrap()
    } else {
        builder.retry(RetryPolicy::never()).build().unwrap()
    };
    let called = if set(CREATE) {
        let create = store.brands().create(BrandCreate::new("Acme"));
        create.await.map(|created| created.value().id)
    } else {
        store.brands().get(7).await.map(|brand| brand.id)
    };
    let waited = match &*clock.waits_ms() {
        [] => String::new(),
        waits => format!(" after {waits:?} ms"),
    };
    match called {
        Ok(id) => println!("said: brand {id}{waited}"),
        Err(error) => println!("said: {:?}{waited}: {error}", error.kind()),
    }
}

#[tokio::test]
async fn http_2_is_spoken_where_the_server_offers_it_and_http_1_otherwise() {
    let authority = Authority::new("ours");
    for (offered, chosen, version) in [
        (&["h2", "http/1.1"][..], Some("h2"), http::Version::HTTP_2),
        (&["http/1.1"], Some("http/1.1"), http::Version::HTTP_11),
        (&[], None, http::Version::HTTP_11),
    ] {
        let server = Server::start(&authority, "localhost", offered).await;
        let said = Caller::believing(&authority, &server.url("localhost")).says();
        assert_eq!(said.await, "brand 7", "{offered:?}");
        let asked = server.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert_eq!(asked[0].protocol.as_deref(), chosen);
        assert_eq!(asked[0].version, version);
        assert_eq!(asked[0].path, "/stores/abc123/v3/catalog/brands/7");
        assert_eq!(asked[0].token, TOKEN);
    }
}

#[tokio::test]
async fn tls_1_2_and_1_3_are_offered_and_nothing_older() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let authority = Authority::new("ours");
    let said = tokio::spawn(Caller::believing(&authority, &url).says());
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut head = [0; 5];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(head[0], 22, "a handshake");
    let mut hello = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
    stream.read_exact(&mut hello).await.unwrap();
    drop(stream);
    let mut versions = server::offered_versions(&hello);
    versions.sort_unstable();
    assert_eq!(versions, [0x0303, 0x0304]);
    let said = said.await.unwrap();
    assert!(said.starts_with("Connect: "), "{said}");
}

#[tokio::test]
async fn a_certificate_that_nobody_trusted_signed_is_refused_and_the_error_says_so() {
    let ours = Authority::new("ours");
    // One is unknown, and one only has the name of a known one.
    for (name, why) in [("strange", "UnknownIssuer"), ("ours", "BadSignature")] {
        let other = Authority::new(name);
        let server = Server::start(&other, "localhost", &["h2"]).await;
        let said = Caller::believing(&ours, &server.url("localhost")).says();
        let said = said.await;
        assert!(said.starts_with("Connect: "), "{said}");
        let why = format!("invalid peer certificate: {why}");
        assert!(said.contains(&why), "{said}");
        assert!(server.asked().is_empty(), "the token was sent");
    }
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused_and_the_error_says_so() {
    let authority = Authority::new("ours");
    let server = Server::start(&authority, "other.example", &["h2"]).await;
    let said = Caller::believing(&authority, &server.url("localhost")).says();
    let said = said.await;
    assert!(said.starts_with("Connect: "), "{said}");
    assert!(said.contains("not valid for name"), "{said}");
    assert!(server.asked().is_empty(), "the token was sent");
}

#[tokio::test]
async fn calls_go_through_the_proxy_of_the_environment_which_sees_no_token() {
    let authority = Authority::new("ours");
    let server = Server::start(&authority, "api.example", &["h2"]).await;
    let proxy = Proxy::start(server.port()).await;
    // This host does not exist; only the proxy can resolve it.
    let caller = Caller::believing(&authority, "https://api.example");
    assert_eq!(caller.through(&proxy.url()).says().await, "brand 7");
    let asked = server.asked();
    assert_eq!((asked.len(), asked[0].token.as_str()), (1, TOKEN));
    let heads = proxy.heads();
    assert_eq!(heads.len(), 1, "{heads:?}");
    assert!(heads[0].starts_with("CONNECT api.example:443 HTTP/1.1"));
    assert!(!heads[0].contains(TOKEN), "{heads:?}");
}

#[tokio::test]
async fn without_tls_no_proxy_of_the_environment_reads_the_token() {
    let brand = |_: &_| Answer::json(200, r#"{"data":{"id":7}}"#);
    let server = bigcommerce_tests::server::Server::start(brand).await;
    let url = server.url();
    let proxy = Proxy::start(url.rsplit(':').next().unwrap().parse().unwrap()).await;
    let authority = Authority::new("ours");
    for url in [url.clone(), url.replace("127.0.0.1", "localhost")] {
        let caller = Caller::believing(&authority, &url);
        let caller = caller.through(&proxy.url()).through_any(&proxy.url());
        assert_eq!(caller.says().await, "brand 7", "{url}");
    }
    assert_eq!(proxy.heads(), Vec::<String>::new());
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn what_a_server_did_not_process_is_sent_again_after_a_wait_and_nothing_else_is() {
    use Meets::{Answer, FailedBefore, GoneAfter, GoneBefore, Refused, Reset};
    let authority = Authority::new("ours");
    let creates: [(&[Meets], &str); 7] = [
        (&[Refused, Answer], "brand 7 after [500] ms"),
        (&[GoneBefore, Answer], "brand 7 after [500] ms"),
        (&[FailedBefore, Answer], "brand 7 after [500] ms"),
        (
            &[Refused, GoneBefore, Refused, GoneBefore],
            "Unprocessed after [500, 1000, 2000] ms: brands.create was refused before it was processed: ",
        ),
        (
            &[GoneAfter],
            "Transport: brands.create got no response: the connection failed: ",
        ),
        (
            &[Reset],
            "Transport: brands.create got no response: the connection failed: ",
        ),
        (
            &[Refused, Reset],
            "Transport after [500] ms: brands.create got no response: the connection failed: ",
        ),
    ];
    for (script, expected) in creates {
        let server = Frames::start(&authority, script).await;
        let caller = Caller::believing(&authority, &server.url());
        let said = caller.with(REPEATED).with(CREATE).says().await;
        assert!(said.starts_with(expected), "{script:?}: {said}");
        assert_eq!(server.came(), script.len(), "{script:?}: {said}");
    }
    for script in [[GoneAfter, Answer], [Reset, Answer], [Refused, Answer]] {
        let server = Frames::start(&authority, &script).await;
        let caller = Caller::believing(&authority, &server.url());
        let said = caller.with(REPEATED).says().await;
        assert_eq!(said, "brand 7 after [500] ms", "{script:?}");
        assert_eq!(server.came(), 2, "{script:?}");
    }
    // Nothing is repeated that must not be.
    let server = Frames::start(&authority, &[Refused]).await;
    let said = Caller::believing(&authority, &server.url()).says().await;
    assert!(said.starts_with("Unprocessed: brands.get "), "{said}");
    assert_eq!(server.came(), 1);
}
