//! What the processes cost that a bench starts.

use std::fs;

/// The seconds that the processors have spent on processes this one has waited for.
pub fn children() -> Option<f64> {
    /// What the kernel counts such times in, on every architecture that Rust builds on.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold spaces: the state is field 3, the two times are 16 and 17.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}
