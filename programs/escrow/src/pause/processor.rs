use super::accounts;
use crate::checks;
use crate::clock::now;
use crate::events::Event;
use crate::fault::Outcome;
use escrow_rules::bytes::Reader;
use pinocchio::{AccountView, Address};

/// Stops `open` and `settle` everywhere. Nothing that pays payees or payers can be stopped.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let account = accounts::check(program, given)?;
    let now = now()?;
    checks::config_mut(account, program)?.pause(now)?;
    Event::new(8, checks::key(account)).number(now as u64).log();
    Ok(())
}
