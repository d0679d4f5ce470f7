//! The taxes of orders and refunds, processed while they are read, with one page prefetched. Only the
//! sums are kept.

use bigcommerce_client::{
    Client, Error,
    order_statuses::OrderStatus,
    order_taxes::OrderTax,
    orders::Order,
    rust_decimal::Decimal,
    value::{DateTime, Number},
};
use indicatif::ProgressBar;

use super::{
    exact::exact,
    shares::spread,
    support::Failure,
    tax_names::Names,
    tax_sums::{Kind, Sums},
};

/// The statuses of orders that were not paid.
const UNPAID: [i64; 3] = [
    OrderStatus::INCOMPLETE,
    OrderStatus::CANCELLED,
    OrderStatus::DECLINED,
];

/// Whether its taxes do not count.
fn is_unpaid(order: &Order) -> bool {
    let status = order.status_id;
    status.is_some_and(|status| UNPAID.contains(&status))
}

/// An order, in messages.
fn of(order: i64) -> String {
    format!("order {order}")
}

pub struct Report {
    store: Client,
    names: Names,
    pub sums: Sums,
    /// How many amounts differed from those of the records.
    pub spread: u64,
    pub bar: ProgressBar,
}

impl Report {
    pub fn new(store: Client, names: Names) -> Self {
        Self {
            store,
            names,
            sums: Sums::default(),
            spread: 0,
            bar: ProgressBar::new_spinner(),
        }
    }

    /// Adds the taxes of orders while they are read, with one page prefetched, and returns how many
    /// orders there were.
    pub async fn orders(&mut self, first: &DateTime, last: &DateTime) -> Result<u64, Failure> {
        let list = self.store.orders().list();
        let list = list
            .date_created_min(first.clone())
            .date_created_max(last.clone());
        let mut orders = list.limit(250).stream();
        let mut count = 0;
        while let Some(order) = orders.try_next().await? {
            if is_unpaid(&order) {
                continue;
            }
            count += 1;
            self.bar.set_message(format!("{count} orders"));
            self.bar.tick();
            let tax = exact(of(order.id), order.total_tax.as_ref())?;
            for (kind, part) in self.parts(&order, tax).await? {
                self.sums.sold(kind, part);
            }
        }
        Ok(count)
    }

    /// Subtracts the refunded taxes of orders, whenever those were placed.
    pub async fn refunds(&mut self, first: &DateTime, last: &DateTime) -> Result<u64, Failure> {
        let list = self.store.refunds().list_across();
        let list = list.created_min(first.clone()).created_max(last.clone());
        let mut refunds = list.limit(250).stream();
        let mut count = 0;
        while let Some(refund) = refunds.try_next().await? {
            let id = refund.order_id.unwrap_or_default();
            let tax = exact(of(id), refund.total_tax.as_ref())?;
            if !tax.is_zero() {
                match self.store.orders().get(id).await {
                    // A deleted order keeps its refunds.
                    Err(error) if error.is_not_found() => {
                        self.sums.refunded(Kind::unknown("?"), tax);
                    }
                    order => {
                        let order = order?;
                        // Its tax was not counted, so there is nothing to subtract from.
                        if is_unpaid(&order) {
                            continue;
                        }
                        for (kind, part) in self.parts(&order, tax).await? {
                            self.sums.refunded(kind, part);
                        }
                    }
                }
            }
            count += 1;
        }
        Ok(count)
    }

    /// The shares of a tax according to the records of its order.
    async fn parts(
        &mut self,
        order: &Order,
        tax: Decimal,
    ) -> Result<Vec<(Kind, Decimal)>, Failure> {
        let currency = order.default_currency_code.as_deref();
        let currency = currency.or(order.currency_code.as_deref()).unwrap_or("?");
        let records = self.records(order.id).await?;
        if records.is_empty() {
            let unknown = vec![(Kind::unknown(currency), tax)];
            return Ok(if tax.is_zero() { Vec::new() } else { unknown });
        }
        let amounts = records.iter().map(|record| {
            let own = record
                .line_amount
                .as_ref()
                .or(record.priority_amount.as_ref());
            exact(of(order.id), own)
        });
        let amounts: Vec<Decimal> = amounts.collect::<Result<_, _>>()?;
        if amounts.len() > 1 && amounts.iter().sum::<Decimal>() != tax {
            self.spread += 1;
        }
        let kinds = records.iter().map(|record| Kind {
            currency: currency.to_owned(),
            class: self.names.class(record),
            zone: self.names.zone(record),
            name: record.name.clone().unwrap_or_default(),
            rate: record
                .rate
                .as_ref()
                .and_then(Number::value)
                .unwrap_or_default(),
        });
        let shares = spread(tax, &amounts).ok_or_else(|| {
            let id = order.id;
            format!("order {id}: its tax of {tax} cannot be divided among its tax records")
        })?;
        Ok(kinds.zip(shares).collect())
    }

    async fn records(&self, order: i64) -> Result<Vec<OrderTax>, Error> {
        self.store
            .orders()
            .taxes(order)
            .list()
            .stream()
            .into_vec()
            .await
    }
}
