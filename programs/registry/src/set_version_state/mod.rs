mod accounts;
pub mod processor;
