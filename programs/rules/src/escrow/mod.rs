//! What an escrow allows.
pub mod account;
pub mod change;
pub mod close;
pub mod config;
pub mod dispute;
pub mod open;
pub mod release;
pub mod settle;
