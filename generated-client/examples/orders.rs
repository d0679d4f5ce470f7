//! An order pipeline: shows the latest orders and each new one, and moves the paid ones on, to Awaiting
//! Shipment, or to Completed where there is nothing to ship.
//!
//! ```sh
//! STORE_HASH=abc123 ACCESS_TOKEN=... cargo run --example orders -- --once
//! ```
//!
//! It checks every 30 seconds, or as often as `--every SECONDS` says, until Ctrl-C; with `--once` it
//! checks once, and the exit code is 0 if no order was rejected. The token needs the scope
//! `store_v2_orders` (Orders: modify). `BASE_URL` points to a mock store.

mod support;

use std::{collections::HashSet, process::ExitCode, time::Duration};

use bigcommerce_client::{
    Direction, Error,
    order_statuses::OrderStatus,
    orders::{Order, OrderSort, OrderUpdate, Orders},
};
use support::Failure;
use tokio::{signal, sync::watch, time::sleep};

const PAID: i64 = OrderStatus::AWAITING_FULFILLMENT;

/// How many orders are shown at first.
const LATEST: i64 = 10;
/// How many orders are moved each time; the others are moved next time.
const MOST: usize = 250;

struct Pipeline {
    orders: Orders,
    /// The lowest id that a new order can have, once the latest were read.
    next: Option<i64>,
    /// Orders that the API refused to move: reported once, then left to people.
    refused: HashSet<i64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    support::ended(run().await)
}

async fn run() -> Result<ExitCode, Failure> {
    let every = arguments()?;
    let mut pipeline = Pipeline {
        orders: support::connect()?.orders(),
        next: None,
        refused: HashSet::new(),
    };
    let mut stop = stopped_by_ctrl_c();
    loop {
        // A read can be dropped at any moment.
        let looked = tokio::select! {
            looked = pipeline.look() => looked,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        match looked {
            Ok(paid) => {
                for id in paid {
                    // Moving an order must not be interrupted.
                    if *stop.borrow() {
                        break;
                    }
                    pipeline.advance(id).await?;
                }
            }
            Err(error) if every.is_some() && error.is_retryable() => eprintln!("{error}"),
            Err(error) => return Err(error.into()),
        }
        let Some(every) = every else {
            let refused = !pipeline.refused.is_empty();
            return Ok(if refused {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            });
        };
        tokio::select! {
            () = sleep(every) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    eprintln!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// How long to wait between two checks; `None` for a single check.
fn arguments() -> Result<Option<Duration>, Failure> {
    let arguments = support::arguments("orders [--once | --every SECONDS]");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => Ok(Some(Duration::from_secs(30))),
        ["--once"] => Ok(None),
        ["--every", seconds] => {
            let every = seconds.parse().ok().map(Duration::try_from_secs_f64);
            let every = every.and_then(Result::ok);
            Ok(Some(every.ok_or("--every takes a number of seconds")?))
        }
        _ => Err("the options are --once, or --every SECONDS".into()),
    }
}

/// Becomes true on Ctrl-C. A second one does not wait for the current order.
fn stopped_by_ctrl_c() -> watch::Receiver<bool> {
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        while signal::ctrl_c().await.is_ok() {
            if stop.send_replace(true) {
                std::process::exit(130);
            }
        }
    });
    stopped
}

impl Pipeline {
    /// Shows the new orders, and finds those to be moved.
    async fn look(&mut self) -> Result<Vec<i64>, Error> {
        match self.next {
            None => {
                let latest = self.orders.list().sort(OrderSort::Id, Direction::Desc);
                let latest = latest.limit(LATEST).await?;
                self.next = Some(1);
                latest.iter().rev().for_each(|order| self.show(order));
            }
            Some(next) => {
                let new = self.orders.list().id_min(next);
                let mut new = new.sort(OrderSort::Id, Direction::Asc).stream();
                while let Some(order) = new.try_next().await? {
                    self.show(&order);
                }
            }
        }
        // Moving an order removes it from this list, so all are collected before the first is moved.
        let paid = self.orders.list().status_id(PAID);
        let mut paid = paid.sort(OrderSort::Id, Direction::Asc).stream();
        let mut found = Vec::new();
        while found.len() < MOST
            && let Some(order) = paid.try_next().await?
        {
            // An order that was placed after the new ones were read is shown first.
            if Some(order.id) < self.next && !self.refused.contains(&order.id) {
                found.push(order.id);
            }
        }
        Ok(found)
    }

    fn show(&mut self, order: &Order) {
        self.next = self.next.max(Some(order.id + 1));
        let total = order.total_inc_tax.as_ref().map(ToString::to_string);
        let total = total.unwrap_or_else(|| "?".to_owned());
        // What the shopper paid in, which is not always the currency that prices were shown in.
        let paid = order.default_currency_code.as_deref();
        let currency = paid.or(order.currency_code.as_deref()).unwrap_or("?");
        println!("order {}: {total} {currency}, {}", order.id, status(order));
    }

    /// Moves an order, if its status is still the paid one.
    async fn advance(&mut self, id: i64) -> Result<(), Error> {
        match self.moved(id).await {
            Ok(Some(order)) => println!("order {id}: is now {}", status(&order)),
            Ok(None) => println!("order {id}: its status has changed in the meantime"),
            // Every other order would fail in the same way.
            Err(error) if error.is_unauthorized() || error.is_missing_scope() => return Err(error),
            Err(error) => {
                eprintln!("order {id}: {error}");
                if !error.is_retryable() {
                    self.refused.insert(id);
                }
            }
        }
        Ok(())
    }

    async fn moved(&self, id: i64) -> Result<Option<Order>, Error> {
        let order = self.orders.get(id).await?;
        if order.status_id != Some(PAID) {
            return Ok(None);
        }
        let digital = order.order_is_digital == Some(true);
        let to = if digital {
            OrderStatus::COMPLETED
        } else {
            OrderStatus::AWAITING_SHIPMENT
        };
        let change = OrderUpdate::new().status_id(to);
        self.orders.update(id, change).await.map(Some)
    }
}

fn status(order: &Order) -> String {
    let name = order.status.as_deref().unwrap_or("of unknown status");
    let id = order.status_id.map(|id| format!(" ({id})"));
    format!("{name}{}", id.unwrap_or_default())
}
