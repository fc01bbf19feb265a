mod accounts;
mod data;
pub mod processor;
