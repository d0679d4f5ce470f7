//! Work that the API continues after the call that started it.

/// How a job is awaited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The name in Rust of the call that waits for it.
    pub name: String,
    /// What selects it in a list; `None` if it is returned alone.
    pub by: Option<JobKey>,
    /// The field with its state, on the wire.
    pub status: String,
    /// That field in Rust.
    pub field: JobField,
    /// Its values once the job is done.
    pub done: Vec<String>,
    /// Its values when the job has failed.
    pub failed: Vec<String>,
}

/// What selects a job in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobKey {
    /// The position, in the query, of its parameter.
    pub parameter: usize,
    pub field: JobField,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobField {
    /// Its name in Rust.
    pub name: String,
    /// Whether it is always present.
    pub certain: bool,
}
