use super::accounts;
use crate::checks;
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Reader;

/// Stops `open` and `settle` everywhere. Nothing that pays payees or payers can be stopped.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let account = accounts::check(program, given)?;
    let now = now()?;
    checks::config_mut(account, program)?.pause(now)?;
    Event::new(8, checks::key(account)).number(now as u64).log();
    Ok(())
}
