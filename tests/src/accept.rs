//! What to do about a snapshot that differs, printed where the test fails.

/// While this is held, a failing test says how to accept what it produced. Nothing has to be installed.
#[derive(Debug)]
#[must_use = "it speaks when it is dropped by a failing test"]
pub struct Accept(());

/// Compares a snapshot with what a test produced.
pub const fn accept() -> Accept {
    Accept(())
}

impl Drop for Accept {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let program = std::env::current_exe().ok();
        let stem = program
            .as_deref()
            .and_then(|path| path.file_stem()?.to_str());
        let program = stem.and_then(|stem| Some(stem.rsplit_once('-')?.0));
        let program = program.map_or(String::new(), |name| format!(" --test {name}"));
        eprintln!(
            "If that is what you meant: INSTA_UPDATE=always cargo test --package bigcommerce-tests{program}\n\
             writes the snapshots anew; read the diff before you commit it."
        );
    }
}
