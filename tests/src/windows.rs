//! A server with a quota: it counts calls in windows of time, and reports and rejects like the API.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use crate::server::{Answer, Server};

/// A quota that the server enforces.
#[derive(Debug)]
pub struct Windows {
    quota: usize,
    length: Duration,
    /// When the window began, and how many calls it has seen.
    window: Mutex<(Instant, usize)>,
    refused: AtomicUsize,
}

impl Windows {
    /// This many calls in each window of this length.
    pub fn new(quota: usize, length: Duration) -> Arc<Self> {
        Arc::new(Self {
            quota,
            length,
            window: Mutex::new((Instant::now(), 0)),
            refused: AtomicUsize::new(0),
        })
    }

    /// How many calls exceeded the quota.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }

    /// A server that responds to every call with an empty list, a moment later.
    pub async fn serve(self: &Arc<Self>) -> Server {
        self.serve_body(r#"{"data":[],"meta":{}}"#).await
    }

    /// A server that responds to every call with this, a moment later. `PAGE` in it is replaced by the
    /// page number.
    pub async fn serve_body(self: &Arc<Self>, body: &'static str) -> Server {
        let windows = Arc::clone(self);
        Server::start(move |asked| {
            let pairs = asked.pairs();
            let page = pairs.iter().find(|(name, _)| *name == "page");
            let body = body.replace("PAGE", page.map_or("1", |(_, page)| page));
            windows.answer(body).after(Duration::from_millis(2))
        })
        .await
    }

    fn answer(&self, body: String) -> Answer {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while now >= window.0 + self.length {
            *window = (window.0 + self.length, 0);
        }
        window.1 += 1;
        let left = self.quota.saturating_sub(window.1);
        let reset = (window.0 + self.length - now).as_millis() + 1;
        let answer = if window.1 > self.quota {
            self.refused.fetch_add(1, Ordering::Relaxed);
            Answer::empty(429)
        } else {
            Answer::json(200, body)
        };
        answer
            .header("x-rate-limit-requests-quota", &self.quota.to_string())
            .header("x-rate-limit-requests-left", &left.to_string())
            .header(
                "x-rate-limit-time-window-ms",
                &self.length.as_millis().to_string(),
            )
            .header("x-rate-limit-time-reset-ms", &reset.to_string())
    }
}
