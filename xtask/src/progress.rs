//! A line about what is going on, once a run takes longer than a second. It stands on standard error,
//! on a terminal only, and is gone when the run ends.

use std::{
    io::{IsTerminal as _, Write as _},
    sync::{
        Arc, Mutex,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::JoinHandle,
    time::Duration,
};

/// Tells what is going on until it is dropped.
pub struct Progress {
    stage: Arc<Mutex<&'static str>>,
    stop: Option<Sender<()>>,
    teller: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts telling, unless nobody looks.
    pub fn start() -> Self {
        let stage = Arc::new(Mutex::new("reading the spec"));
        if !std::io::stderr().is_terminal() {
            return Self {
                stage,
                stop: None,
                teller: None,
            };
        }
        let (stop, stopped) = mpsc::channel();
        let told = Arc::clone(&stage);
        let teller = std::thread::spawn(move || {
            let mut wait = Duration::from_secs(1);
            let mut said = false;
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(wait) {
                if let Ok(stage) = told.lock() {
                    eprint!("\r\x1b[K{stage}…");
                    let _ = std::io::stderr().flush();
                    said = true;
                }
                wait = Duration::from_millis(100);
            }
            if said {
                eprint!("\r\x1b[K");
            }
        });
        Self {
            stage,
            stop: Some(stop),
            teller: Some(teller),
        }
    }

    /// Prints something else, which takes the place of the line.
    pub fn aside(&self, print: impl FnOnce()) {
        // While this is held the teller is silent.
        let _stage = self.stage.lock();
        if self.teller.is_some() {
            eprint!("\r\x1b[K");
        }
        print();
    }

    /// Names what is being done now.
    pub fn say(&self, stage: &'static str) {
        if let Ok(mut current) = self.stage.lock() {
            *current = stage;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(teller) = self.teller.take() {
            let _ = teller.join();
        }
    }
}
