//! A browser controlled through the DevTools protocol.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, stream::MaybeTlsStream};

use super::find::Browser;

/// How long anything may take before the browser counts as hung, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// A running browser.
pub struct Devtools {
    process: Child,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    next: u64,
    /// Events received while waiting for a response.
    pub events: VecDeque<Value>,
}

impl Devtools {
    /// Starts a headless browser, and connects to it.
    pub fn launch(browser: &Browser, profile: &Path) -> Result<Self, String> {
        let mut command = Command::new(&browser.program);
        command
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        if let Some(libraries) = &browser.libraries {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        let mut process = command
            .spawn()
            .map_err(|error| format!("{} does not start: {error}", browser.program.display()))?;
        let said = process.stderr.take().ok_or("its output cannot be read")?;
        let mut lines = BufReader::new(said).lines();
        let mut heard = Vec::new();
        let address = loop {
            match lines.next() {
                Some(Ok(line)) => match line.strip_prefix("DevTools listening on ") {
                    Some(address) => break address.trim().to_owned(),
                    None => heard.push(line),
                },
                _ => {
                    let _ = process.kill();
                    let _ = process.wait();
                    return Err(format!("it ended at once: {}", heard.join("; ")));
                }
            }
        };
        // The browser blocks if nobody reads its output.
        std::thread::spawn(move || lines.for_each(drop));
        let (socket, _) =
            tungstenite::connect(&address).map_err(|error| format!("{address}: {error}"))?;
        if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
            let _ = stream.set_read_timeout(Some(PATIENCE));
        }
        Ok(Self {
            process,
            socket,
            next: 0,
            events: VecDeque::new(),
        })
    }

    /// Sends a command, and waits for the response. Events that arrive before it are kept.
    pub fn call(
        &mut self,
        session: Option<&str>,
        method: &str,
        parameters: &Value,
    ) -> Result<Value, String> {
        self.next += 1;
        let id = self.next;
        let mut order = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = session {
            order["sessionId"] = json!(session);
        }
        self.socket
            .send(Message::text(order.to_string()))
            .map_err(|error| format!("{method}: {error}"))?;
        loop {
            let mut message = self.read().map_err(|why| format!("{method}: {why}"))?;
            if message["id"] == id {
                return match message.get("error") {
                    Some(error) => Err(format!("{method}: {error}")),
                    None => Ok(message["result"].take()),
                };
            }
            self.events.push_back(message);
        }
    }

    fn read(&mut self) -> Result<Value, String> {
        loop {
            match self.socket.read().map_err(|error| error.to_string())? {
                Message::Text(text) => {
                    return serde_json::from_str(&text).map_err(|error| error.to_string());
                }
                Message::Close(_) => return Err("the browser hung up".to_owned()),
                _ => {}
            }
        }
    }
}

impl Drop for Devtools {
    fn drop(&mut self) {
        let _ = self.call(None, "Browser.close", &json!({}));
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
