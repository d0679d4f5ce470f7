//! The examples, run as a user runs them: each one is a program with a store, and its effect is
//! checked.

#[path = "examples/app.rs"]
mod app;
#[path = "examples/backup.rs"]
mod backup;
#[path = "examples/catalog.rs"]
mod catalog;
#[path = "examples/export_products.rs"]
mod export_products;
#[path = "examples/fulfil_orders.rs"]
mod fulfil_orders;
#[path = "examples/import_catalog.rs"]
mod import_catalog;
#[path = "examples/least_privilege.rs"]
mod least_privilege;
#[path = "examples/move_settings.rs"]
mod move_settings;
#[path = "examples/orders.rs"]
mod orders;
#[path = "examples/program.rs"]
mod program;
#[path = "examples/redirects.rs"]
mod redirects;
#[path = "examples/refund_report.rs"]
mod refund_report;
#[path = "examples/store.rs"]
mod store;
#[path = "examples/sync_inventory.rs"]
mod sync_inventory;
#[path = "examples/sync_prices.rs"]
mod sync_prices;
#[path = "examples/tax_report.rs"]
mod tax_report;
#[path = "examples/texts.rs"]
mod texts;
#[path = "examples/webhook_receiver.rs"]
mod webhook_receiver;
