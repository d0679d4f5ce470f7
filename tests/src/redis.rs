//! A real Redis server for the tests that need one: the one on the `PATH`, or the one that
//! `cargo xtask test` has installed below `target/tools`.

use std::{
    fmt,
    io::{self, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::root;

/// A running Redis server; it ends when this is dropped.
pub struct Redis {
    server: Child,
    port: u16,
}

impl Redis {
    /// Starts a server; `None`, with a message, if there is none on this machine.
    ///
    /// # Panics
    ///
    /// If there is one and it does not start.
    pub fn start() -> Option<Self> {
        let fetched = root().join("target/tools/redis/redis-server");
        let places = [
            fetched,
            PathBuf::from("redis-server"),
            PathBuf::from("valkey-server"),
        ];
        let Some(server) = places.iter().find_map(Self::run) else {
            eprintln!("SKIPPED: there is no Redis server; install one, or run `cargo xtask test`");
            return None;
        };
        Some(server)
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Sends it a command, whose arguments contain no spaces.
    ///
    /// # Panics
    ///
    /// If it returns an error.
    pub fn tell(&self, command: &str) {
        match self.ask::<1>(command) {
            Ok(said) if said != *b"-" => {}
            refused => crate::fail(&format!("Redis refuses `{command}`: {refused:?}")),
        }
    }

    fn run(program: &PathBuf) -> Option<Self> {
        // Another test may take a port that was free before the server does.
        for _ in 0..10 {
            let mut server = Self::spawn(program)?;
            if server.is_ready() {
                return Some(server);
            }
        }
        crate::fail("the Redis server does not start")
    }

    fn spawn(program: &PathBuf) -> Option<Self> {
        let port = free_port();
        let server = Command::new(program)
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", "", "--appendonly", "no", "--loglevel", "warning"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .stdin(Stdio::null())
            .spawn();
        Some(Self {
            server: server.ok()?,
            port,
        })
    }

    /// Waits for the server; `false` if it ended, such as without its port.
    fn is_ready(&mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if !matches!(self.server.try_wait(), Ok(None)) {
                return false;
            }
            let said = self.ask::<5>("PING");
            if said.is_ok_and(|said| said == *b"+PONG") {
                return true;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        false
    }

    /// Sends it a command, and returns the start of its response.
    fn ask<const N: usize>(&self, command: &str) -> io::Result<[u8; N]> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(command.as_bytes())?;
        stream.write_all(b"\r\n")?;
        let mut said = [0; N];
        stream.read_exact(&mut said)?;
        Ok(said)
    }
}

fn free_port() -> u16 {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    match bound.and_then(|listener| listener.local_addr()) {
        Ok(address) => address.port(),
        Err(error) => crate::fail(&format!("no port is free: {error}")),
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}
