//! The categories and channels of products: assignment records with two ids, and the same ids in a
//! field of the product. Writing one of them updates the other.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::categories::Categories;
use crate::rules::fields::{get, items};
use crate::rules::{Context, Rules, Settings, Work, Written, object};
use crate::state::Record;

pub(in crate::rules) struct Assignments {
    path: &'static str,
    name: &'static str,
    /// The field of an assignment.
    own: &'static str,
    /// The field of a product.
    listed: &'static str,
}

impl Assignments {
    pub(in crate::rules) const CATEGORIES: Self = Self {
        path: "catalog/products/category-assignments",
        name: "category_assignments",
        own: "category_id",
        listed: "categories",
    };
    pub(in crate::rules) const CHANNELS: Self = Self {
        path: "catalog/products/channel-assignments",
        name: "channel_assignments",
        own: "channel_id",
        listed: "channels",
    };

    /// Updates the assignments after a product was written.
    pub(super) fn keep(
        &self,
        work: &mut Work<'_, '_>,
        product: &Record,
        written: &Written,
    ) -> Result<(), Refusal> {
        if written.before.is_some() && written.body.get(self.listed).is_none() {
            return Ok(());
        }
        let id = get(product, "id");
        let new = items(get(product, self.listed));
        let old = work.context().all(self.name, &[("product_id", id.clone())]);
        for gone in &old {
            if !new.contains(get(gone, self.own)) {
                work.remove(self.name, get(gone, "id"))?;
            }
        }
        for own in new {
            if !old.iter().any(|known| get(known, self.own) == own) {
                let assignment = json!({ "product_id": id, self.own: own });
                work.make(self.name, object(assignment))?;
            }
        }
        Ok(())
    }

    /// Updates a product after an assignment was written.
    fn follow(
        &self,
        work: &mut Work<'_, '_>,
        assignment: &Record,
        assigned: bool,
    ) -> Result<(), Refusal> {
        let (id, own) = (get(assignment, "product_id"), get(assignment, self.own));
        let Some(product) = work.context().one("products", id) else {
            return Ok(());
        };
        let mut listed: Vec<Value> = items(get(&product, self.listed)).to_vec();
        listed.retain(|other| other != own);
        if assigned {
            listed.push(own.clone());
        }
        work.amend("products", id, json!({ self.listed: listed }))
    }
}

impl Rules for Assignments {
    fn settings(&self) -> Settings {
        Settings {
            path: self.path,
            name: self.name,
            file: Some("products/assignments.rs"),
            ..Settings::USUAL
        }
    }

    fn channel(&self, context: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        let category = context.one("categories", get(record, "category_id"))?;
        let (channel, _) = Categories.channel(context, &category)?;
        Some((channel, Value::Null))
    }

    fn channel_event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Option<Vec<Value>> {
        // A product that is already there is not assigned again.
        let is_old = scope.ends_with("/assigned") && written.before.is_some();
        is_old.then(Vec::new)
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        self.follow(work, &written.record, true)
    }

    fn removed(&self, work: &mut Work<'_, '_>, record: &Record) -> Result<(), Refusal> {
        self.follow(work, record, false)
    }
}
