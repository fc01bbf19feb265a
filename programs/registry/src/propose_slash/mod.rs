mod data;
pub mod processor;
