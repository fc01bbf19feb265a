//! What the registry of agents allows.
pub mod account;
pub mod config;
pub mod ownership;
pub mod register;
pub mod slash;
pub mod stake;
pub mod states;
