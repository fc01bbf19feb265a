//! Holds the money of one run. What may happen to it is decided in the crate `escrow-rules`; here stand the checks of
//! accounts and the transfers. One folder per instruction: accounts, data, processor.
#![cfg_attr(target_os = "solana", no_std)]

mod addresses;
mod checks;
mod clock;
mod close;
mod configure;
mod creation;
mod dispute;
mod events;
mod extend;
mod fault;
mod open;
mod pause;
mod release;
mod resolve;
mod settle;
mod tokens;
mod top_up;
mod unpause;

use escrow_rules::refusal::Refusal;
use fault::Outcome;
use pinocchio::{AccountView, Address, ProgramResult};

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

pub fn process(program: &Address, accounts: &mut [AccountView], input: &[u8]) -> ProgramResult {
    dispatch(program, accounts, input).map_err(fault::Fault::into_error)
}

/// The most accounts that one call may bring: those of `close`, and one for each payee.
#[cfg(target_os = "solana")]
const MOST_ACCOUNTS: usize = 48;

/// # Safety
/// Called by the loader alone, with the serialized input of one instruction.
#[cfg(target_os = "solana")]
#[no_mangle]
pub unsafe extern "C" fn entrypoint(input: *mut u8) -> u64 {
    pinocchio::entrypoint::process_entrypoint::<MOST_ACCOUNTS>(input, process)
}

#[cfg(target_os = "solana")]
#[panic_handler]
fn panicked(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: ends the program, and the whole transaction is undone.
    unsafe { pinocchio::syscalls::abort() }
}
