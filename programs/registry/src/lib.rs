//! Registers agents with their versions and prices, and holds what is staked for them. What may happen to that is decided
//! in the crate `rules`; here stand the checks of accounts and the transfers. One folder per instruction: accounts, data,
//! processor.
#![cfg_attr(target_os = "solana", no_std)]

mod accept;
mod addresses;
mod amount;
mod checks;
mod close;
mod close_version;
mod configure;
mod contest_slash;
mod decide_slash;
mod execute_slash;
mod movers;
mod new_version;
mod offer;
mod propose_slash;
mod register;
mod rent;
mod set_agent_state;
mod set_version_state;
mod stake;
mod take_back_slash;
mod unstake;
mod vault;
mod versions;
mod withdraw;

use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;

fn dispatch(program: &Address, accounts: &mut [AccountView], input: &[u8]) -> Outcome {
    let (tag, data) = input.split_first().ok_or(Refusal::InstructionUnknown)?;
    match tag {
        0 => register::processor::process(program, accounts, data),
        1 => new_version::processor::process(program, accounts, data),
        2 => set_agent_state::processor::process(program, accounts, data),
        3 => set_version_state::processor::process(program, accounts, data),
        4 => stake::processor::process(program, accounts, data),
        5 => unstake::processor::process(program, accounts, data),
        6 => withdraw::processor::process(program, accounts, data),
        7 => propose_slash::processor::process(program, accounts, data),
        8 => contest_slash::processor::process(program, accounts, data),
        9 => decide_slash::processor::process(program, accounts, data),
        10 => execute_slash::processor::process(program, accounts, data),
        11 => take_back_slash::processor::process(program, accounts, data),
        12 => offer::processor::process(program, accounts, data),
        13 => accept::processor::process(program, accounts, data),
        14 => close_version::processor::process(program, accounts, data),
        15 => close::processor::process(program, accounts, data),
        16 => configure::processor::process(program, accounts, data),
        _ => Err(Refusal::InstructionUnknown.into()),
    }
}

// The most accounts that one call brings: those of `configure`, with members to spare.
frame::entry!(dispatch, 24);
