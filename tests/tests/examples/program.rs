//! Running a program: to its end, or while a test watches it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

/// The environment of an example.
const VARIABLES: [&str; 12] = [
    "ACCESS_TOKEN",
    "BASE_URL",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "FROM_ACCESS_TOKEN",
    "FROM_BASE_URL",
    "FROM_STORE_HASH",
    "LISTEN",
    "LOGIN_URL",
    "PUBLIC_URL",
    "SCOPES",
    "STORE_HASH",
];

/// How long a program may take for its next line.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs the program with only these environment variables.
pub async fn run(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = command(program, arguments, variables);
    tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap()
}

/// Runs the program while nobody reads its output, and returns its exit code and its messages.
pub async fn unread(
    program: &str,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = command(program, arguments, variables);
    command.stdout(writer);
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.unwrap().unwrap();
    (output.status.code(), text(&output.stderr))
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn command(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.args(arguments).envs(variables.iter().copied());
    command
}

/// A program that runs until it is stopped; it ends when this is dropped.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    pub fn start(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = command(program, arguments, variables);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (said, lines) = channel();
        thread::spawn(move || {
            out.lines()
                .map_while(Result::ok)
                .try_for_each(|line| said.send(line))
        });
        Self { child, lines }
    }

    /// The next line of its output. The test needs another thread for its store.
    pub fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    /// The URL in its first line.
    pub fn url(&self) -> String {
        let line = self.line();
        format!("http://{}", line.strip_prefix("listening on ").unwrap())
    }

    /// Presses Ctrl-C, and waits for its end.
    #[cfg(unix)]
    pub fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A minimal browser: it follows redirects, and knows nothing about the API.
pub fn browser() -> reqwest::Client {
    // Nothing here uses TLS, yet it requires a provider of certificates.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// The status and the body of the page at a URL.
pub async fn visit(url: &str) -> (u16, String) {
    let page = browser().get(url).send().await.unwrap();
    (page.status().as_u16(), page.text().await.unwrap())
}
