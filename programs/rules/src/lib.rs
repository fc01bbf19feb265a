//! What our programs allow, as pure functions over the bytes of their accounts. A program adds the checks of accounts and
//! moves the tokens; the property tests run exactly this code without a chain.
#![cfg_attr(not(test), no_std)]

pub mod bytes;
pub mod escrow;
pub mod members;
pub mod record;
pub mod refusal;
pub mod registry;
pub mod token;
