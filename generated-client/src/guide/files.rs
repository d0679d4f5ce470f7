//! Files: uploads, downloads, the jobs that process them, and event streams.
//!
//! # Uploads
//!
//! A [`FilePart`](crate::upload::FilePart) is a file from memory, disk or a stream. A file on disk or from a stream
//! is sent while it is read and never loaded into memory as a whole.
//!
//! ```no_run
//! # bigcommerce_client::example!(["products"] store:
//! use bigcommerce_client::upload::FilePart;
//!
//! let image = FilePart::path("front.jpg").on_progress(|sent, total| println!("{sent} of {total:?}"));
//! let image = store.products().images(118).upload(image).description("Front").await?;
//! # );
//! ```
//!
//! - **Size.** A file that is larger than the API accepts is an error before anything is sent. A stream is
//!   checked in advance if its [`length`](crate::upload::FilePart::length) is known, otherwise while it is sent.
//! - **Type.** The media type follows from the extension of the file name;
//!   [`content_type`](crate::upload::FilePart::content_type) sets another one. Where the accepted types are documented,
//!   a file that is certainly of another type is an error before anything is sent: by its first bytes if it is in
//!   memory, its media type or its extension. A file of unknown type is sent.
//! - **No checks.** [`unchecked`](crate::upload::FilePart::unchecked) sends a file whatever its size and type, as raw
//!   calls do.
//! - **Retries.** Bytes and files on disk are sent again where the call may be retried. A stream can be read only
//!   once.
//! - **Timeout.** A large upload may take longer than the client's [`timeout`](crate::ClientBuilder::timeout), as
//!   long as it makes progress.
//!
//! # Downloads
//!
//! Calls that return a file return a [`Download`](crate::download::Download). It is read on demand: saved to disk,
//! completely into memory with [`bytes`](crate::download::Download::bytes), or in chunks, as a stream.
//!
//! ```no_run
//! # bigcommerce_client::example!(["content"] store:
//! let file = store.redirects().download_export("9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11").await?;
//! file.on_progress(|read, total| println!("{read} of {total:?}")).save_to("redirects.csv").await?;
//! # );
//! ```
//!
//! A saved file gets its name only once it is complete, so an interrupted download never looks like a whole file.
//! [`max_size`](crate::download::Download::max_size) limits its size.
//!
//! Other calls return the URL of a file on another host. [`file_at`](crate::Client::file_at) downloads it without
//! sending the token there. An interrupted download continues where it stopped, if the host supports that, and both
//! its size and its time are limited.
//!
//! ```no_run
//! # bigcommerce_client::example!(["themes"] store:
//! let job = store.themes().wait_for_job("9b0d7f6e-2c1a-4f64").await?;
//! let result = job.job().and_then(|job| job.result.as_ref());
//! if let Some(url) = result.and_then(|result| result.download_url.as_deref()) {
//!     let theme = store.file_at(url).max_size(100 * 1024 * 1024).await?;
//!     theme.save_to("theme.zip").await?;
//! }
//! # );
//! ```
//!
//! A URL that expects a file works the other way round: [`upload_to`](crate::Client::upload_to) sends it there, also
//! without the token.
//!
//! # Jobs
//!
//! Themes and redirects are processed after the call that uploads or requests them has returned. A single call
//! waits for the result:
//!
//! ```no_run
//! # bigcommerce_client::example!(["themes"] store:
//! use std::time::Duration;
//! use bigcommerce_client::{job::JobEnd, upload::FilePart};
//!
//! let started = store.themes().upload(FilePart::path("theme.zip")).await?;
//! let job = started.job_id.ok_or("the response has no job")?;
//! let end = store
//!     .themes()
//!     .wait_for_job(job)
//!     .within(Duration::from_secs(300))
//!     .on_progress(|job| println!("{:?} %", job.percent_complete))
//!     .await?;
//! match end {
//!     JobEnd::Done(job) => println!("{:?}", job.result),
//!     JobEnd::Failed(job) => eprintln!("{:?}", job.errors),
//!     end => eprintln!("not finished in time, or not found: {:?}", end.job()),
//! }
//! # );
//! ```
//!
//! The job is polled at intervals that grow from one second to 15;
//! [`polling`](crate::job::JobWait::polling) sets others. If the time runs out, the job continues and can be awaited
//! again by its id. Imports and exports of redirects have such a call, too, and so have deployments, which report
//! their progress as events.
//!
//! # Event streams
//!
//! Some calls return events for as long as something happens. An
//! [`EventStream`](crate::download::EventStream) decodes them, and if the connection breaks, it reconnects and
//! continues after the last event:
//!
//! ```no_run
//! # bigcommerce_client::example!(["content"] store:
//! let mut events = store.redirects().import_events("9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11").await?;
//! while let Some(event) = events.try_next().await? {
//!     println!("{:?} of {:?}", event.data.completed_items, event.data.total_items);
//! }
//! # );
//! ```
//!
//! The stream ends when the API ends it, which may be before the work is done: the log of a project ends after 60
//! seconds. [`following`](crate::download::EventStream::following) makes the call again each time.
//! [`CallOptions::reconnect`](crate::CallOptions::reconnect) turns reconnecting off. An event that cannot be
//! decoded is an error in its place, and the stream continues.
//!
//! # Other paths
//!
//! [Raw calls](crate::Client::raw) upload, download and stream as well: with
//! [`form`](crate::RawRequest::form), [`download`](crate::RawRequest::download) and
//! [`events`](crate::RawRequest::events).
