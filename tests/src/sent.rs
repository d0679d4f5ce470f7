//! The result of a call, without its type.

use std::{future::Future, pin::Pin};

use bigcommerce_client::{Error, Response};

/// The result of a call.
#[derive(Debug)]
pub struct Sent {
    /// The status of a response that was understood.
    pub status: Option<u16>,
    /// Why there is none, in words.
    pub error: Option<String>,
    /// Why there is none.
    pub failure: Option<Error>,
    /// The response in `Debug` format.
    pub value: String,
}

/// Makes a call, and erases the type of its response. It runs in a separate function, because the stack
/// frame of a function with hundreds of calls would have room for each.
pub fn sent<'a, T, F>(
    call: impl FnOnce() -> F + Send + 'a,
) -> Pin<Box<dyn Future<Output = Sent> + Send + 'a>>
where
    T: std::fmt::Debug + Send + 'a,
    F: Future<Output = Result<Response<T>, Error>> + Send + 'a,
{
    Box::pin(async move {
        match call().await {
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
    })
}
