//! What every program of ours stands in. A program brings its instructions and `rules` says what they allow; how accounts
//! are checked and made, how tokens move, and what an indexer reads is the same for all.
#![cfg_attr(target_os = "solana", no_std)]

pub mod addresses;
pub mod checks;
pub mod clock;
pub mod creation;
pub mod entry;
pub mod events;
pub mod fault;
pub mod tokens;
pub mod upgrade;
