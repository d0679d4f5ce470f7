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
        let told = || -> io::Result<[u8; 1]> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.write_all(command.as_bytes())?;
            stream.write_all(b"\r\n")?;
            let mut said = [0];
            stream.read_exact(&mut said)?;
            Ok(said)
        };
        match told() {
            Ok(said) if said != *b"-" => {}
            refused => crate::fail(&format!("Redis refuses `{command}`: {refused:?}")),
        }
    }

    fn run(program: &PathBuf) -> Option<Self> {
        let port = free_port();
        let server = Command::new(program)
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", "", "--appendonly", "no", "--loglevel", "warning"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .stdin(Stdio::null())
            .spawn();
        let server = Self {
            server: server.ok()?,
            port,
        };
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if begun.elapsed() > Duration::from_secs(10) {
                crate::fail("the Redis server does not start");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Some(server)
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
