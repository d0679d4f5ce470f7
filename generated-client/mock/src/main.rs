//! The program `bigcommerce-mock`.

#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::{self, ExitCode};
use std::time::Duration;
use std::{fmt::Display, io};

use bigcommerce_mock::{
    Plan, Script, Store, app::Registration, catalogue::Catalogue, coverage, events::Schedule,
};
use clap::Parser;

/// A BigCommerce store on your own machine.
///
/// It prints its URL and credentials, and listens on loopback until it is stopped.
#[derive(Parser)]
#[command(name = "bigcommerce-mock", version)]
struct Arguments {
    /// The port; 0 for any free port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The seed for generated records, store hash and tokens. Without it the records are those of the
    /// seed 1, and the hash and the tokens are random.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How many products the store starts with.
    #[arg(long, default_value_t = 24, value_name = "N")]
    products: usize,
    /// The minimum time of each response, in milliseconds.
    #[arg(long, default_value_t = 0, value_name = "MS")]
    latency: u64,
    /// The plan, which determines the quota: standard, pro or enterprise.
    #[arg(long, default_value_t = Plan::Standard)]
    plan: Plan,
    /// How many times faster than in real time webhooks are retried and deactivated; 1 for real time.
    #[arg(long, default_value_t = 3600, value_name = "N")]
    clock: u32,
    /// A JSON file of faults to inject.
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// The auth callback of a single-click app, with the printed client id and secret.
    #[arg(long, value_name = "URL")]
    app: Option<String>,
    /// The load callback of that app.
    #[arg(long, value_name = "URL", requires = "app")]
    app_load: Option<String>,
    /// The scopes that app requests, separated by commas or spaces; all by default.
    #[arg(long, value_name = "SCOPES", requires = "app", value_delimiter = ',')]
    app_scopes: Vec<String>,
    /// List every operation of the API and how the store serves it, by convention or by rules,
    /// without starting the store.
    #[arg(long)]
    coverage: bool,
    /// Omit the quirks of the live API.
    #[arg(long)]
    strict: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(says) => {
            eprintln!("error: {says}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    if arguments.coverage {
        for operation in coverage()? {
            say(&operation)?;
        }
        return Ok(());
    }
    let mut builder = Store::builder()
        .port(arguments.port)
        .products(arguments.products)
        .latency(Duration::from_millis(arguments.latency))
        .plan(arguments.plan)
        .schedule(Schedule::compressed(arguments.clock))
        .strict(arguments.strict);
    if let Some(seed) = arguments.seed {
        builder = builder.seed(seed);
    }
    if let Some(file) = &arguments.faults {
        builder = builder.faults(Script::read(file).map_err(|error| error.to_string())?);
    }
    let store = builder.start().await.map_err(|error| error.to_string())?;
    say(&greeting(&store))?;
    if let Some(app) = registration(&store, &arguments)? {
        store.apps().register(app);
        let (url, id) = (store.url(), store.client_id());
        say(&format!("{url}/app/{id}/install installs the app."))?;
    }
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| format!("cannot listen for Ctrl-C: {error}"))?;
    store.stop().await;
    Ok(())
}

/// Prints a line. If nobody reads it any more, as in `| head -1`, the program ends without a message, with the
/// exit code that shells report for programs that the signal SIGPIPE ends.
fn say(line: &dyn Display) -> Result<(), String> {
    if !is_read(io::stdout(), line)? {
        process::exit(141);
    }
    Ok(())
}

/// Prints a line, and returns whether somebody reads it.
fn is_read(mut to: impl io::Write, line: &dyn Display) -> Result<bool, String> {
    match writeln!(to, "{line}") {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(format!("cannot print: {error}")),
    }
}

/// The app from the arguments, if they name one. Without scopes it requests all of them.
fn registration(store: &Store, arguments: &Arguments) -> Result<Option<Registration>, String> {
    let Some(callback) = &arguments.app else {
        return Ok(None);
    };
    let named = arguments.app_scopes.iter();
    let mut scopes: Vec<&str> = named.flat_map(|scopes| scopes.split_whitespace()).collect();
    if scopes.is_empty() {
        let all = Catalogue::shared()?.scopes.iter();
        scopes = all.map(|scope| scope.wire.as_str()).collect();
    }
    let app = Registration::new(store.client_id(), store.client_secret(), callback);
    let app = app.name("my app").scopes(scopes);
    Ok(Some(match &arguments.app_load {
        Some(load) => app.load_url(load),
        None => app,
    }))
}

fn greeting(store: &Store) -> String {
    let (url, hash, token) = (store.url(), store.hash(), store.token());
    let (id, secret) = (store.client_id(), store.client_secret());
    format!(
        "\
A BigCommerce store is at {url}/stores/{hash}

  Control page     {url}/
  Store hash       {hash}
  Access token     {token}
  Read-only token  {}
  Client id        {id}
  Client secret    {secret}

export STORE_HASH={hash}
export ACCESS_TOKEN={token}
export BASE_URL={url}
export CLIENT_ID={id}
export CLIENT_SECRET={secret}
export LOGIN_URL={url}

Ctrl-C stops it.",
        store.read_only_token(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_went_away_is_no_error_and_a_full_disk_is_one() {
        struct Fails(io::ErrorKind);
        impl io::Write for Fails {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert_eq!(is_read(io::sink(), &"line"), Ok(true));
        assert_eq!(
            is_read(Fails(io::ErrorKind::BrokenPipe), &"line"),
            Ok(false)
        );
        let full = is_read(Fails(io::ErrorKind::StorageFull), &"line").unwrap_err();
        assert!(full.starts_with("cannot print: "), "{full}");
    }

    async fn scopes(more: &[&str]) -> Vec<String> {
        let url = "http://127.0.0.1:3000/auth";
        let arguments = ["bigcommerce-mock", "--app", url].into_iter();
        let arguments = Arguments::parse_from(arguments.chain(more.iter().copied()));
        let store = Store::start().await.unwrap();
        let app = registration(&store, &arguments).unwrap().unwrap();
        assert_eq!(app.redirect_uri, url);
        app.scopes
    }

    #[tokio::test]
    async fn an_app_that_names_no_scopes_may_ask_for_all_of_the_catalogue() {
        let all = scopes(&[]).await;
        assert_eq!(all.len(), Catalogue::shared().unwrap().scopes.len());
        assert!(all.iter().any(|scope| scope == "store_v2_orders_read_only"));
        let named = [
            "--app-scopes",
            "store_v2_orders,store_v2_products store_cart",
        ];
        let three = ["store_v2_orders", "store_v2_products", "store_cart"];
        assert_eq!(scopes(&named).await, three);
    }
}
