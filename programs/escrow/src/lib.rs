//! Holds the money of one run. What may happen to it is decided in the crate `rules`; here stand the checks of
//! accounts and the transfers. One folder per instruction: accounts, data, processor.
#![cfg_attr(target_os = "solana", no_std)]

mod addresses;
mod checks;
mod close;
mod configure;
mod dispute;
mod extend;
mod open;
mod pause;
mod release;
mod resolve;
mod settle;
mod top_up;
mod unpause;

use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;

fn dispatch(program: &Address, accounts: &mut [AccountView], input: &[u8]) -> Outcome {
    let (tag, data) = input.split_first().ok_or(Refusal::InstructionUnknown)?;
    match tag {
        0 => open::processor::process(program, accounts, data),
        1 => top_up::processor::process(program, accounts, data),
        2 => extend::processor::process(program, accounts, data),
        3 => settle::processor::process(program, accounts, data),
        4 => dispute::processor::process(program, accounts, data),
        5 => resolve::processor::process(program, accounts, data),
        6 => release::processor::process(program, accounts, data),
        7 => close::processor::process(program, accounts, data),
        8 => pause::processor::process(program, accounts, data),
        9 => unpause::processor::process(program, accounts, data),
        10 => configure::processor::process(program, accounts, data),
        _ => Err(Refusal::InstructionUnknown.into()),
    }
}

// The most accounts that one call brings: those of `close`, and one for each payee.
frame::entry!(dispatch, 48);
