//! A running browser, which `chromiumoxide` starts and drives.

use std::{path::Path, time::Duration};

use chromiumoxide::BrowserConfig;
use futures_util::StreamExt;
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use super::find::Browser;

/// How long anything may take before the browser counts as hung, on a busy machine. Commands to a page other
/// than evaluating an expression have 30 seconds, which `chromiumoxide` 0.9 lets nobody change.
const PATIENCE: Duration = Duration::from_secs(240);

/// How long it may take to close.
const CLOSING: Duration = Duration::from_secs(5);

/// A running browser.
pub struct Devtools {
    pub browser: chromiumoxide::Browser,
    /// Drives it while a check waits for it. It has one thread, so that the events before a response have
    /// been delivered when the response is.
    runtime: Runtime,
}

impl Devtools {
    /// Starts a headless browser, and connects to it.
    pub fn launch(found: &Browser, profile: &Path) -> Result<Self, String> {
        let mut config = BrowserConfig::builder()
            .chrome_executable(&found.program)
            .user_data_dir(profile)
            .no_sandbox()
            .arg("disable-gpu")
            .viewport(None)
            .launch_timeout(PATIENCE)
            .request_timeout(PATIENCE);
        if let Some(libraries) = &found.libraries {
            config = config.env("LD_LIBRARY_PATH", libraries.to_string_lossy());
        }
        let config = config.build()?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let (browser, mut handler) = runtime
            .block_on(chromiumoxide::Browser::launch(config))
            .map_err(|error| error.to_string())?;
        // It ends with the connection, and fails whatever waits for a response.
        runtime.spawn(async move { while let Some(Ok(())) = handler.next().await {} });
        Ok(Self { browser, runtime })
    }

    /// Waits for the browser.
    pub fn wait<T>(
        &self,
        work: impl Future<Output = chromiumoxide::Result<T>>,
    ) -> Result<T, String> {
        self.runtime
            .block_on(work)
            .map_err(|error| error.to_string())
    }
}

impl Drop for Devtools {
    fn drop(&mut self) {
        let Self { browser, runtime } = self;
        runtime.block_on(async {
            let closed = timeout(CLOSING, async {
                let _ = browser.close().await;
                browser.wait().await
            });
            if !matches!(closed.await, Ok(Ok(_))) {
                browser.kill().await;
            }
        });
    }
}
