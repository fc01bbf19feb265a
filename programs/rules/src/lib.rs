//! What an escrow allows, as pure functions over the bytes of its account. The program adds the checks of accounts and
//! moves the tokens; the property tests run exactly this code without a chain.
#![cfg_attr(not(test), no_std)]

pub mod bytes;
pub mod change;
pub mod close;
pub mod config;
pub mod dispute;
pub mod escrow;
pub mod open;
pub mod refusal;
pub mod release;
pub mod settle;
pub mod token;
