//! The program `bigcommerce-mock`.

#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use bigcommerce_mock::{Plan, Script, Store, app::Registration, events::Schedule};
use clap::Parser;

/// A BigCommerce store on your own machine.
///
/// It prints where it is and how to sign in, and answers on loopback until it is stopped.
#[derive(Parser)]
#[command(name = "bigcommerce-mock", version)]
struct Arguments {
    /// The port; 0 is any that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Decides what is made up: the records, the store hash and the tokens. Without one the records are
    /// those of the seed 1, and the tokens are random.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How many products there are at the start.
    #[arg(long, default_value_t = 24, value_name = "N")]
    products: usize,
    /// How many milliseconds each answer takes at least.
    #[arg(long, default_value_t = 0, value_name = "MS")]
    latency: u64,
    /// The plan, which decides how many requests the store takes: standard, pro or enterprise.
    #[arg(long, default_value_t = Plan::Standard)]
    plan: Plan,
    /// How many seconds go by in one for webhooks, when deliveries are tried again or a hook is switched
    /// off; 1 is the pace of the API.
    #[arg(long, default_value_t = 3600, value_name = "N")]
    clock: u32,
    /// A file in JSON that says what goes wrong on purpose.
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// The auth callback of a single-click app, which has the client id and secret that are printed.
    #[arg(long, value_name = "URL")]
    app: Option<String>,
    /// Where a browser opens that app.
    #[arg(long, value_name = "URL", requires = "app")]
    app_load: Option<String>,
    /// The scopes that app asks for, separated by commas or spaces.
    #[arg(long, value_name = "SCOPES", requires = "app", value_delimiter = ',')]
    app_scopes: Vec<String>,
    /// Leave out the oddities of the live API.
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
    if let Some(file) = arguments.faults {
        builder = builder.faults(Script::read(file).map_err(|error| error.to_string())?);
    }
    let store = builder.start().await.map_err(|error| error.to_string())?;
    println!("{}", greeting(&store));
    if let Some(callback) = arguments.app {
        let scopes = arguments
            .app_scopes
            .iter()
            .flat_map(|scopes| scopes.split_whitespace());
        let mut app = Registration::new(store.client_id(), store.client_secret(), callback)
            .name("my app")
            .scopes(scopes);
        if let Some(load) = arguments.app_load {
            app = app.load_url(load);
        }
        store.apps().register(app);
        println!(
            "{}/app/{}/install installs the app.",
            store.url(),
            store.client_id()
        );
    }
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| format!("Ctrl-C cannot be listened for: {error}"))?;
    store.stop().await;
    Ok(())
}

fn greeting(store: &Store) -> String {
    let (url, hash, token) = (store.url(), store.hash(), store.token());
    format!(
        "\
A BigCommerce store is at {url}/stores/{hash}

  Control page     {url}/
  Store hash       {hash}
  Access token     {token}
  Read-only token  {}
  Client id        {}
  Client secret    {}

export STORE_HASH={hash}
export ACCESS_TOKEN={token}
export BASE_URL={url}

Ctrl-C stops it.",
        store.read_only_token(),
        store.client_id(),
        store.client_secret(),
    )
}
