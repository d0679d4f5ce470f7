//! Sums of taxes by kind, with exact decimals.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use bigcommerce_client::rust_decimal::Decimal;

use super::support::Failure;

/// The kind of a tax.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    pub currency: String,
    pub class: String,
    pub zone: String,
    pub name: String,
    /// In percent.
    pub rate: Decimal,
}

impl Kind {
    /// The kind of a tax without a record.
    pub fn unknown(currency: &str) -> Self {
        Self {
            currency: currency.to_owned(),
            class: "(no record)".to_owned(),
            zone: "-".to_owned(),
            name: "-".to_owned(),
            rate: Decimal::ZERO,
        }
    }
}

#[derive(Default)]
struct Sum {
    tax: Decimal,
    refunded: Decimal,
}

/// The sums by kind. Nothing else is kept, however many orders there are.
#[derive(Default)]
pub struct Sums(BTreeMap<Kind, Sum>);

const COLUMNS: [&str; 8] = [
    "currency", "class", "zone", "name", "rate", "tax", "refunded", "net",
];

impl Sums {
    pub fn sold(&mut self, kind: Kind, tax: Decimal) {
        self.0.entry(kind).or_default().tax += tax;
    }

    pub fn refunded(&mut self, kind: Kind, tax: Decimal) {
        self.0.entry(kind).or_default().refunded += tax;
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn rows(&self) -> impl Iterator<Item = [String; 8]> {
        self.0.iter().map(|(kind, sum)| {
            let amounts = [kind.rate, sum.tax, sum.refunded, sum.tax - sum.refunded];
            let [rate, tax, refunded, net] = amounts.map(|amount| amount.normalize().to_string());
            let texts = [&kind.currency, &kind.class, &kind.zone, &kind.name];
            let [currency, class, zone, name] = texts.map(String::clone);
            [currency, class, zone, name, rate, tax, refunded, net]
        })
    }

    pub fn write_csv(&self, to: impl Write) -> Result<(), Failure> {
        let mut file = csv::Writer::from_writer(to);
        file.write_record(COLUMNS)?;
        for row in self.rows() {
            file.write_record(row)?;
        }
        Ok(file.flush()?)
    }

    /// A table for people: text is left-aligned, numbers are right-aligned, with the sums of each
    /// currency.
    pub fn write_table(&self, mut to: impl Write) -> io::Result<()> {
        let mut lines = vec![COLUMNS.map(str::to_owned)];
        lines.extend(self.rows());
        let mut currencies: BTreeMap<&str, Sum> = BTreeMap::new();
        for (kind, own) in &self.0 {
            let sum = currencies.entry(&kind.currency).or_default();
            sum.tax += own.tax;
            sum.refunded += own.refunded;
        }
        for (currency, sum) in currencies {
            let [tax, refunded, net] = [sum.tax, sum.refunded, sum.tax - sum.refunded]
                .map(|amount| amount.normalize().to_string());
            let [class, zone, name, rate] = ["all", "", "", ""].map(str::to_owned);
            lines.push([
                currency.to_owned(),
                class,
                zone,
                name,
                rate,
                tax,
                refunded,
                net,
            ]);
        }
        let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max();
        let widths: [usize; 8] = std::array::from_fn(|at| width(at).unwrap_or_default());
        for line in &lines {
            let mut text = String::new();
            for (at, (cell, width)) in line.iter().zip(widths).enumerate() {
                let padded = match at {
                    0..4 => format!("{cell:<width$}"),
                    _ => format!("{cell:>width$}"),
                };
                text += &padded;
                text += "  ";
            }
            writeln!(to, "{}", text.trim_end())?;
        }
        Ok(())
    }
}
