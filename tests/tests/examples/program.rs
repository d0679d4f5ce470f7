//! Running a program: to its end, or as long as a test watches it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

/// What an example takes from the environment.
const VARIABLES: [&str; 9] = [
    "ACCESS_TOKEN",
    "BASE_URL",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "LISTEN",
    "LOGIN_URL",
    "PUBLIC_URL",
    "SCOPES",
    "STORE_HASH",
];

/// How long a program may take for its next line.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs the program with these variables and no others of its own.
pub async fn run(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = command(program, arguments, variables);
    tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap()
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

/// A program that goes on until it is stopped; it ends when this is dropped.
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

    /// The next line that it prints. The test must have a thread beside this one for its store.
    pub fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    /// The address that its first line names.
    pub fn address(&self) -> String {
        let line = self.line();
        line.strip_prefix("listening on ").unwrap().to_owned()
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

/// Sends one request, and answers the status and the body.
pub fn ask(address: &str, line: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let length = body.len();
    let rest = format!("host: {address}\r\ncontent-length: {length}\r\nconnection: close\r\n");
    write!(stream, "{line} HTTP/1.1\r\n{rest}{headers}\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    (status, body.to_owned())
}
