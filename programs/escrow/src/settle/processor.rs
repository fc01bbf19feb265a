use super::accounts::Accounts;
use super::data::parse;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Key;
use rules::escrow::settle::settle;

/// The settler records what payees earned. No token moves.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let asked = parse(data)?;
    let accounts = Accounts::check(program, given)?;
    let config = checks::config(accounts.config, program)?;
    let mut escrow = checks::escrow(accounts.escrow, program)?;
    settle(&mut escrow, config, &asked, now()?)?;
    let chain = chained(&escrow.head.chain, asked.receipt_root);
    escrow.head.chain = chain;
    let earned = escrow.head.earned;
    Event::new(3, checks::key(accounts.escrow))
        .number(asked.sequence)
        .number(earned)
        .key(asked.receipt_root)
        .key(&chain)
        .log();
    Ok(())
}

/// The new root hashed onto all before it: whoever has the receipts can tell that none was left out or exchanged.
#[cfg(target_os = "solana")]
#[inline(always)]
fn chained(chain: &Key, root: &Key) -> Key {
    let parts: [&[u8]; 2] = [chain, root];
    let mut result = [0; 32];
    // SAFETY: the system call reads two slices and writes 32 bytes, all of which live until it returns.
    unsafe { pinocchio::syscalls::sol_sha256(parts.as_ptr().cast(), 2, result.as_mut_ptr()) };
    result
}

#[cfg(not(target_os = "solana"))]
fn chained(_: &Key, root: &Key) -> Key {
    *root // the chain hashes; outside of it nothing reads this
}
