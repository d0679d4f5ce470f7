//! The product that its parts, reviews and rules belong to.

use crate::refusal::Refusal;
use crate::rules::fields::get;
use crate::rules::{Context, Write};

/// What is written stays with the product of the path, whatever its body says.
pub(super) fn stays(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    let product = context.in_path("products", "product_id")?;
    write.set("product_id", get(&product, "id").clone());
    Ok(())
}
