//! A progress line for runs that take longer than a second. It is written to standard error, only on a
//! terminal, and removed when the run ends.

use std::{
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::JoinHandle,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget};

/// Shows progress until it is dropped.
pub struct Progress {
    line: ProgressBar,
    stop: Option<Sender<()>>,
    starter: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts showing progress after a second, unless nobody looks.
    pub fn start() -> Self {
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        line.set_message("reading the spec");
        let (stop, stopped) = mpsc::channel();
        let told = line.clone();
        let starter = std::thread::spawn(move || {
            // Most runs end before anybody could read a line.
            if let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(Duration::from_secs(1)) {
                told.set_draw_target(ProgressDrawTarget::stderr());
                told.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Self {
            line,
            stop: Some(stop),
            starter: Some(starter),
        }
    }

    /// Prints something else, which replaces the line.
    pub fn aside(&self, print: impl FnOnce()) {
        self.line.suspend(print);
    }

    /// Sets the current step.
    pub fn say(&self, stage: &'static str) {
        self.line.set_message(stage);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(starter) = self.starter.take() {
            let _ = starter.join();
        }
        self.line.finish_and_clear();
    }
}
