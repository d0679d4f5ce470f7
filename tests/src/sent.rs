//! What came of a call, without its type.

use bigcommerce_client::{Error, Response};

/// What came of a call.
#[derive(Debug)]
pub struct Sent {
    /// The status of a response that was understood.
    pub status: Option<u16>,
    /// Why there is none, in words.
    pub error: Option<String>,
    /// Why there is none.
    pub failure: Option<Error>,
    /// The response as `Debug` shows it.
    pub value: String,
}

/// Forgets the type of a response.
pub fn sent<T: std::fmt::Debug>(answer: Result<Response<T>, Error>) -> Sent {
    match answer {
        Ok(answer) => Sent {
            status: Some(answer.status().as_u16()),
            error: None,
            failure: None,
            value: format!("{:?}", answer.value()),
        },
        Err(error) => Sent {
            status: None,
            error: Some(error.to_string()),
            failure: Some(error),
            value: String::new(),
        },
    }
}
